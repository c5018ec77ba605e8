"""Small real office files, written part by part, and what the parsers read in them."""

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from domain.documents import Page, Part, PartKind
from ingest.limits import Limits
from ingest.parsers.contract import DOCX, PPTX, Order, Reading
from ingest.parsers.docx.parser import parse_docx
from ingest.parsers.pptx.parser import parse_pptx
from tests.unit.ingest.papers import Steps

_MICROSOFT = "http://schemas.microsoft.com/office"
_OPEN = "http://schemas.openxmlformats.org"
RELATIONS = f"{_OPEN}/officeDocument/2006/relationships"
NAMES = " ".join(
    f'xmlns:{prefix}="{name}"'
    for prefix, name in {
        "w": f"{_OPEN}/wordprocessingml/2006/main",
        "a": f"{_OPEN}/drawingml/2006/main",
        "p": f"{_OPEN}/presentationml/2006/main",
        "r": RELATIONS,
        "m": f"{_OPEN}/officeDocument/2006/math",
        "c": f"{_OPEN}/drawingml/2006/chart",
        "dgm": f"{_OPEN}/drawingml/2006/diagram",
        "wp": f"{_OPEN}/drawingml/2006/wordprocessingDrawing",
        "pic": f"{_OPEN}/drawingml/2006/picture",
        "mc": f"{_OPEN}/markup-compatibility/2006",
        "wps": f"{_MICROSOFT}/word/2010/wordprocessingShape",
        "a14": f"{_MICROSOFT}/drawing/2010/main",
        "adec": f"{_MICROSOFT}/drawing/2017/decorative",
        "v": "urn:schemas-microsoft-com:vml",
        "dc": "http://purl.org/dc/elements/1.1/",
    }.items()
)
STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{title}"/>{more}</w:style>'
    for name, title, more in (
        ("Title", "Title", ""),
        ("H1", "heading 1", ""),
        ("H2", "heading 2", ""),
        ("Caption", "caption", ""),
        ("TOC1", "toc 1", ""),
        ("ListBullet2", "List Bullet 2", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'),
    )
)
CODE_OF_A_PICTURE = "rPic"

Relations = Mapping[str, tuple[str, str]]
"""Ids to the kind of a relation and its target."""


def run(text: str, properties: str = "") -> str:
    """A run of a Word document."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*inside: str, style: str = "", properties: str = "") -> str:
    """A paragraph of runs; plain text becomes one."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    runs = "".join(one if one.startswith("<") else run(one) for one in inside)
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{runs}</w:p>"


def listed(text: str, number: str = "1", depth: int = 0) -> str:
    """A paragraph in a list."""
    properties = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'
    return paragraph(text, properties=properties)


def table(*rows: Sequence[str], properties: str = "") -> str:
    """A table of Word; cells are texts or, beginning with "<", what stands in a cell."""
    written = "".join(
        "<w:tr>"
        + "".join(f"<w:tc>{cell if cell.startswith('<') else paragraph(cell)}</w:tc>" for cell in row)
        + "</w:tr>"
        for row in rows
    )
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr>{written}</w:tbl>"


def picture(alt: str = "", *, relation: str = CODE_OF_A_PICTURE, more: str = "") -> str:
    """A run with a picture."""
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="Picture 1" descr="{alt}">{more}</wp:docPr><a:graphic>'
        f'<a:graphicData><pic:pic><pic:nvPicPr><pic:cNvPr id="1" name="x"/></pic:nvPicPr><pic:blipFill>'
        f'<a:blip r:embed="{relation}"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>'
        "</w:r>"
    )


def wrap(root: str, inside: str) -> str:
    """XML with every name declared."""
    return f'<?xml version="1.0" encoding="UTF-8"?><{root} {NAMES}>{inside}</{root}>'


def relations(entries: Relations) -> str:
    """The relations of a part."""
    inside = "".join(
        f'<Relationship Id="{name}" Type="{RELATIONS}/{kind}" Target="{target}"'
        f"{' TargetMode=' + chr(34) + 'External' + chr(34) if target.startswith('http') else ''}/>"
        for name, (kind, target) in entries.items()
    )
    return f'<Relationships xmlns="{_OPEN}/package/2006/relationships">{inside}</Relationships>'


def write_parts(path: Path, parts: Mapping[str, str | bytes]) -> Path:
    """Zip parts to a file."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts.items():
            file.writestr(name, data)
    return path


def write_docx(
    folder: Path, *body: str, parts: Mapping[str, str] | None = None, styles: str = STYLES, numbering: str = ""
) -> Path:
    """A Word document; `parts` are further ones in its folder, named as their relations are (`footnotes`)."""
    more = {"styles": wrap("w:styles", styles), "numbering": wrap("w:numbering", numbering), **(parts or {})}
    entries = {f"r{name}": (name.rstrip("0123456789"), f"{name}.xml") for name in more}
    entries[CODE_OF_A_PICTURE] = ("image", "media/image1.png")
    written: dict[str, str | bytes] = {
        "_rels/.rels": relations(
            {"r1": ("officeDocument", "word/document.xml"), "r2": ("core-properties", "core.xml")}
        ),
        "word/document.xml": wrap("w:document", f"<w:body>{''.join(body)}</w:body>"),
        "word/_rels/document.xml.rels": relations(entries),
        "word/media/image1.png": b"a picture",
        **{f"word/{name}.xml": part for name, part in more.items()},
    }
    return write_parts(folder / "a.docx", written)


def read_docx(path: Path) -> Reading:
    """What the parser reads in a Word document."""
    return parse_docx(Order(path, DOCX, Limits()), Steps())


def read_pptx(path: Path, *, limits: Limits | None = None, skip: Sequence[int] = ()) -> Reading:
    """What the parser reads in a presentation."""
    return parse_pptx(Order(path, PPTX, limits or Limits(), frozenset(skip)), Steps())


def parts_of(page: Page, kind: PartKind) -> list[Part]:
    """The parts of a kind."""
    return [part for part in page.parts if part.kind is kind]


def said(page: Page, part: Part) -> str:
    """What a part says."""
    return page.text[part.at.start : part.at.end]


def cells(page: Page, part: Part) -> list[list[str]]:
    """What the cells of a table, or the items of a list, say."""
    return [[page.text[cell.start : cell.end] for cell in row] for row in part.rows]


BOX = '<a:xfrm><a:off x="{}" y="{}"/><a:ext cx="{}" cy="{}"/></a:xfrm>'
INCH = 914_400


def at(left: float, top: float, width: float = 1, height: float = 1) -> str:
    """A place on a slide, in inches."""
    return BOX.format(*(round(edge * INCH) for edge in (left, top, width, height)))


def shape(*paragraphs: str, place: str = "", kind: str = "", fill: str = "", more: str = "") -> str:
    """A shape with text; `kind` makes it a placeholder; plain texts become paragraphs."""
    holder = f"<p:nvPr><p:ph {kind}/></p:nvPr>" if kind else "<p:nvPr/>"
    text = "".join(one if one.startswith("<") else slide_line(one) for one in paragraphs)
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="1" name="x" {more}/><p:cNvSpPr/>{holder}</p:nvSpPr>'
        f"<p:spPr>{place}{fill}</p:spPr>"
        f"<p:txBody><a:bodyPr/>{text}</p:txBody></p:sp>"
    )


def slide_line(text: str, properties: str = "", run_properties: str = "") -> str:
    """A paragraph of a slide."""
    return f"<a:p>{properties}<a:r>{run_properties}<a:t>{text}</a:t></a:r></a:p>"


def slide(*shapes: str, more: str = "", before: str = "") -> str:
    """A slide."""
    root = f"p:sld {more}" if more else "p:sld"
    inside = f"<p:cSld>{before}<p:spTree>{''.join(shapes)}</p:spTree></p:cSld>"
    return wrap(root, inside).replace(f"</{root}>", "</p:sld>")


def write_pptx(
    folder: Path, *slides: str, parts: Mapping[str, str] | None = None, links: Relations | None = None
) -> Path:
    """A presentation with a layout for each kind, one master and a theme; `links` are further relations of slides."""
    master = (
        "<p:cSld><p:spTree>"
        + shape(kind='type="title"', place=at(1, 0, 8, 1))
        + shape(kind='type="body" idx="1"', place=at(1, 2, 8, 4))
        + "</p:spTree></p:cSld>"
        '<p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2"/><p:txStyles><p:titleStyle/><p:bodyStyle>'
        '<a:lvl1pPr><a:buChar char="•"/></a:lvl1pPr><a:lvl2pPr><a:buChar char="–"/></a:lvl2pPr></p:bodyStyle>'
        "<p:otherStyle/></p:txStyles>"
    )
    theme = (
        '<a:themeElements><a:clrScheme name="x"><a:dk1><a:sysClr val="windowText" lastClr="000000"/></a:dk1>'
        '<a:lt1><a:sysClr val="window" lastClr="FFFFFF"/></a:lt1><a:accent1><a:srgbClr val="4472C4"/></a:accent1>'
        "</a:clrScheme></a:themeElements>"
    )
    names = [f"slides/slide{number}.xml" for number in range(1, len(slides) + 1)]
    list_of_slides = "".join(f'<p:sldId id="{256 + n}" r:id="r{n}"/>' for n in range(len(slides)))
    presentation = f'<p:sldIdLst>{list_of_slides}</p:sldIdLst><p:sldSz cx="{10 * INCH}" cy="{7 * INCH}"/>'
    written: dict[str, str | bytes] = {
        "_rels/.rels": relations(
            {"r1": ("officeDocument", "ppt/presentation.xml"), "r2": ("core-properties", "core.xml")}
        ),
        "ppt/presentation.xml": wrap("p:presentation", presentation),
        "ppt/_rels/presentation.xml.rels": relations({f"r{n}": ("slide", name) for n, name in enumerate(names)}),
        "ppt/slideMasters/m.xml": wrap("p:sldMaster", master),
        "ppt/slideMasters/_rels/m.xml.rels": relations({"r1": ("theme", "../theme.xml")}),
        "ppt/theme.xml": wrap("a:theme", theme),
        "ppt/media/image1.png": b"a picture",
    }
    for kind in ("title", "secHead", "obj"):
        layout = wrap("p:sldLayout", "<p:cSld><p:spTree/></p:cSld>").replace(
            "<p:sldLayout ", f'<p:sldLayout type="{kind}" '
        )
        written[f"ppt/slideLayouts/{kind}.xml"] = layout
        written[f"ppt/slideLayouts/_rels/{kind}.xml.rels"] = relations({"r1": ("slideMaster", "../slideMasters/m.xml")})
    for number, text in enumerate(slides, start=1):
        kind = next((kind for kind in ("title", "secHead") if f"layout-{kind}" in text), "obj")
        entries = {
            "rLayout": ("slideLayout", f"../slideLayouts/{kind}.xml"),
            CODE_OF_A_PICTURE: ("image", "../media/image1.png"),
        }
        written[f"ppt/slides/slide{number}.xml"] = text
        written[f"ppt/slides/_rels/slide{number}.xml.rels"] = relations(entries | dict(links or {}))
    written |= {f"ppt/{name}": part for name, part in (parts or {}).items()}
    return write_parts(folder / "a.pptx", written)
