"""Packages of QTI taken apart, and items of 3.0 with the names of 2.1."""

import io
import re
import zipfile

from lxml import etree

QTI_2 = "http://www.imsglobal.org/xsd/imsqti_v2p1"
QTI_3 = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"


def files_of(package: bytes) -> dict[str, bytes]:
    """The files of a package by their names."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def to_2(item: bytes) -> bytes:
    """An item of QTI 3.0 with the names of 2.1, by the migration rules of 1EdTech: for readers that know 2.1 alone."""
    root = etree.fromstring(item)
    for one in list(root.iter()):
        space, _, name = one.tag.rpartition("}")
        if space == f"{{{QTI_3}":
            one.tag = f"{{{QTI_2}}}" + re.sub("-(.)", lambda found: found[1].upper(), name.removeprefix("qti-"))
            for key, value in [pair for pair in one.attrib.items() if not pair[0].startswith("{")]:
                del one.attrib[key]
                one.set(re.sub("-(.)", lambda found: found[1].upper(), key), value)
    for body in list(root.iter(f"{{{QTI_2}}}contentBody")):
        parent = body.getparent()
        parent.extend(list(body))
        parent.remove(body)
    written: bytes = etree.tostring(root)
    return written
