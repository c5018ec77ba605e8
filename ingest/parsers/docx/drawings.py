"""What is drawn between the words of a Word document: pictures, text boxes, charts and diagrams."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ingest.parsers.office.figures import Figure, clean_alt
from ingest.parsers.office.ooxml import DGM, A, C, Element, R, Relation, V, W

_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_PIC = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
_WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
_DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
_BOX = f"{W}txbxContent"
_FILLS = (f"{A}solidFill", f"{A}gradFill", f"{A}blipFill", f"{A}pattFill")
_WHITE = {"white", "#fff", "#ffffff", "window"}


@dataclass(frozen=True, slots=True)
class Box:
    """The words of a text box, and whether they stand on a ground that is not known to be white."""

    content: Element
    is_shaded: bool


@dataclass(slots=True)
class Drawings:
    """What is drawn in a paragraph; `charts` and `diagrams` are names of parts."""

    figures: list[Figure] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    charts: list[str] = field(default_factory=list)
    diagrams: list[str] = field(default_factory=list)

    def add(self, element: Element, relations: Mapping[str, Relation]) -> None:
        """Take in a drawing (DrawingML), or a picture or object of old (VML)."""
        boxes = [Box(content, is_shaded) for content, is_shaded in _boxes(element, is_shaded=False)]
        charts = [_target(chart, f"{R}id", relations) for chart in element.iter(f"{C}chart")]
        diagrams = [_target(one, f"{R}dm", relations) for one in element.iter(f"{DGM}relIds")]
        figures = [*_pictures(element, relations), *_old_pictures(element, relations)]
        alt = _alt(element)
        if alt and not (figures or boxes or charts or diagrams):
            figures = [Figure("", alt)]
        if len(figures) == 1 and not figures[0].alt:
            figures = [Figure(figures[0].source, alt)]
        if next(element.iter(_DECORATIVE), None) is None:
            self.figures += figures
        self.boxes += boxes
        self.charts += [name for name in charts if name]
        self.diagrams += [name for name in diagrams if name]


def _boxes(element: Element, *, is_shaded: bool) -> Iterator[tuple[Element, bool]]:
    """Find text boxes, but none within a box: those are found when its words are read."""
    for child in element:
        if child.tag == _BOX:
            yield child, is_shaded
        else:
            yield from _boxes(child, is_shaded=is_shaded or _is_filled(child))


def _is_filled(shape: Element) -> bool:
    """Whether a shape has a ground of its own that is not white."""
    colour = shape.get("fillcolor", "").split(" ")[0].lower() if shape.get("filled") not in {"f", "false"} else ""
    if colour and colour not in _WHITE:
        return True
    fills = [fill for properties in shape.findall(f"{_WPS}spPr") for fill in properties if fill.tag in _FILLS]
    if fills:
        plain = fills[0].find(f"{A}srgbClr")
        return plain is None or plain.get("val", "").lower() != "ffffff"
    reference = shape.find(f"{_WPS}style/{A}fillRef")
    properties = shape.find(f"{_WPS}spPr/{A}noFill")
    return properties is None and reference is not None and reference.get("idx", "0") != "0"


def _alt(element: Element) -> str:
    properties = next(element.iter(f"{_WP}docPr"), None)
    if properties is None:
        return ""
    return clean_alt(properties.get("descr") or "") or clean_alt(properties.get("title") or "")


def _pictures(element: Element, relations: Mapping[str, Relation]) -> Iterator[Figure]:
    for picture in element.iter(f"{_PIC}pic"):
        blip = picture.find(f"{_PIC}blipFill/{A}blip")
        properties = picture.find(f"{_PIC}nvPicPr/{_PIC}cNvPr")
        source = _target(blip, f"{R}embed", relations) if blip is not None else ""
        yield Figure(source, clean_alt(properties.get("descr") or "") if properties is not None else "")


def _old_pictures(element: Element, relations: Mapping[str, Relation]) -> Iterator[Figure]:
    for picture in element.iter(f"{V}imagedata"):
        shape = picture.getparent()
        alt = shape.get("alt") if shape is not None else ""
        yield Figure(_target(picture, f"{R}id", relations), clean_alt(alt or ""))


def _target(element: Element, name: str, relations: Mapping[str, Relation]) -> str:
    """Give the part that an attribute refers to; empty for what is outside of the file."""
    relation = relations.get(element.get(name, ""))
    return "" if relation is None or relation.is_outside else relation.target
