"""A quiz as a QTI package, version 3.0 or 2.1 (1EdTech): a manifest, a test, and a file for each question."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from generators.exports.aid import Aid
from generators.exports.origin import Origin
from generators.exports.packing import pack
from generators.exports.qti_items import Dialect, Pen, write_item
from generators.exports.quiz_sheet import questions_of
from generators.exports.sheet import one_line

_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"


@dataclass(frozen=True, slots=True)
class _Version:
    """What the two versions of the package differ in."""

    dialect: Dialect
    schema: str
    manifest: str
    manifest_schema: str
    name: str
    number: str
    suffix: str


def _hump(name: str) -> str:
    """Spell a name of QTI 3.0 as QTI 2.1 does: `qti-item-body` is `itemBody`."""
    return re.sub("-(.)", lambda found: found[1].upper(), name.removeprefix("qti-"))


_QTI_3 = _Version(
    dialect=Dialect("http://www.imsglobal.org/xsd/imsqtiasi_v3p0", str, has_content_body=True),
    schema="https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd/imsqti_asiv3p0_v1p0.xsd",
    manifest="http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1",
    manifest_schema="https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd/imsqtiv3p0_imscpv1p2_v1p0.xsd",
    name="QTI Package",
    number="3.0.0",
    suffix="xmlv3p0",
)
_QTI_2 = _Version(
    dialect=Dialect("http://www.imsglobal.org/xsd/imsqti_v2p1", _hump, has_content_body=False),
    schema="http://www.imsglobal.org/xsd/qti/qtiv2p1/imsqti_v2p1.xsd",
    manifest="http://www.imsglobal.org/xsd/imscp_v1p1",
    manifest_schema="http://www.imsglobal.org/xsd/qti/qtiv2p1/qtiv2p1_imscpv1p2_v1p0.xsd",
    name="QTIv2.1 Package",
    number="1.0.0",
    suffix="xmlv2p1",
)


def _package(quiz: Aid, origin: Origin, *, version: _Version) -> bytes:
    pen = Pen(version.dialect)
    items = {f"I{question.id}": write_item(question, f"I{question.id}", origin, pen) for question in questions_of(quiz)}
    test = _test(quiz, list(items), pen)
    for root in (test, *items.values()):
        root.set(f"{{{_INSTANCE}}}schemaLocation", f"{version.dialect.namespace} {version.schema}")
    return pack(
        {
            "imsmanifest.xml": _file(_manifest(quiz, list(items), version)),
            "test.xml": _file(test),
            **{f"items/{name}.xml": _file(item) for name, item in items.items()},
        }
    )


to_qti_3 = partial(_package, version=_QTI_3)
to_qti_2 = partial(_package, version=_QTI_2)


def _test(quiz: Aid, names: Sequence[str], pen: Pen) -> Any:
    from lxml import etree

    root = etree.Element(pen.tag("qti-assessment-test"), nsmap={None: pen.dialect.namespace, "xsi": _INSTANCE})
    root.set("identifier", f"T{quiz.id}")
    root.set("title", one_line(quiz.title) or "Quiz")
    part = pen.add(root, "test-part", identifier="P1", navigation_mode="nonlinear", submission_mode="individual")
    section = pen.add(part, "assessment-section", identifier="S1", title=one_line(quiz.title) or "Quiz", visible="true")
    for name in names:
        pen.add(section, "assessment-item-ref", identifier=name, href=f"items/{name}.xml")
    return root


def _manifest(quiz: Aid, names: Sequence[str], version: _Version) -> Any:
    from lxml import etree

    root = etree.Element(f"{{{version.manifest}}}manifest", nsmap={None: version.manifest, "xsi": _INSTANCE})
    root.set("identifier", f"M{quiz.id}")
    root.set(f"{{{_INSTANCE}}}schemaLocation", f"{version.manifest} {version.manifest_schema}")

    def add(parent: Any, name: str, **attributes: str) -> Any:
        return etree.SubElement(parent, f"{{{version.manifest}}}{name}", attributes)

    about = add(root, "metadata")
    add(about, "schema").text = version.name
    add(about, "schemaversion").text = version.number
    add(root, "organizations")
    resources = add(root, "resources")
    test = add(resources, "resource", identifier="RT", type=f"imsqti_test_{version.suffix}", href="test.xml")
    add(test, "file", href="test.xml")
    for name in names:
        add(test, "dependency", identifierref=f"R{name}")
    for name in names:
        path = f"items/{name}.xml"
        item = add(resources, "resource", identifier=f"R{name}", type=f"imsqti_item_{version.suffix}", href=path)
        add(item, "file", href=path)
    return root


def _file(root: Any) -> bytes:
    from lxml import etree

    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return written
