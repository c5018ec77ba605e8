"""One slide as blocks: its title, then its shapes in reading order, then what the speaker noted."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from domain.documents import Part, PartKind, Range
from ingest.parsers.flow import Block
from ingest.parsers.office.figures import Figure, clean_alt, describe
from ingest.parsers.office.graphics import read_chart, read_diagram
from ingest.parsers.office.ooxml import DGM, A, C, Element, P, Package, R, Relation, words_of
from ingest.parsers.office.text import Tally, join_blocks, on_one_line, set_table
from ingest.parsers.pptx.colours import Colours, fill_of
from ingest.parsers.pptx.places import Frame, Shape, flatten, list_shapes, sort_shapes
from ingest.parsers.pptx.text import Ground, largest_size, read_body, read_lines

_TITLES = {"title", "ctrTitle"}
_RUNNING = {"dt", "ftr", "sldNum", "hdr"}
_TOP_LAYOUTS = {"title", "secHead"}
_LONGEST_TITLE = 100
_MERGED = {"1", "true"}
_MOSTLY = 0.5
_DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"


@dataclass(frozen=True, slots=True)
class Deck:
    """What the slides of a presentation share. `size` is the rectangle that people see of a slide."""

    package: Package
    size: Frame
    tally: Tally
    masters: dict[str, tuple[Element | None, Colours]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Slide:
    """A slide's blocks, notes last; `is_picture` says that it shows pictures and no words."""

    title: str
    blocks: tuple[Block, ...]
    is_picture: bool


class SlideReader:
    """Reads one slide."""

    def __init__(self, deck: Deck, name: str, slide: Element) -> None:
        self._deck = deck
        self._slide = slide
        self._name = name
        self._relations = deck.package.relations(name)
        layouts = deck.package.related(name, "slideLayout")
        self._layout = deck.package.find(layouts[0]) if layouts else None
        self._master, self._colours = self._find_master(layouts[0]) if layouts else (None, Colours(None, None))
        self._ground = self._colours.background(slide, self._layout, self._master)
        self._hidden: list[str] = []
        self._has_picture = False

    def read(self) -> Slide:
        """Read the slide."""
        shapes = list_shapes(self._slide, (self._layout, self._master))
        drawn = [shape for shape in flatten(shapes) if shape.frame]
        is_mirrored = _reads_from_right(self._slide)
        ordered = list(sort_shapes(shapes, is_mirrored=is_mirrored))
        titles = [shape for shape in ordered if shape.kind in _TITLES and self._is_shown(shape)]
        title = self._read_title(titles[:1])
        blocks = [block for shape in ordered if shape not in titles[:1] for block in self._read_shape(shape, drawn)]
        if not title.text:
            title, blocks = self._infer_title(ordered, blocks)
        hidden = tuple(text for text in self._hidden if text)
        aside = [Block("", hidden=hidden)] if hidden else []
        seen = [title] if title.text or title.hidden else []
        is_picture = self._has_picture and not any(block.text for block in (*seen, *blocks))
        return Slide(title.text, (*seen, *blocks, *self._read_notes(), *aside), is_picture)

    def _find_master(self, layout: str) -> tuple[Element | None, Colours]:
        masters = self._deck.package.related(layout, "slideMaster")
        name = masters[0] if masters else ""
        if name not in self._deck.masters:
            master = self._deck.package.find(name)
            theme = self._deck.package.find_related(name, "theme") if name else None
            self._deck.masters[name] = master, Colours(theme, master)
        return self._deck.masters[name]

    def _read_title(self, shapes: Sequence[Shape]) -> Block:
        lines = [line for shape in shapes for line in read_lines(shape.element.find(f"{P}txBody"), self._on(shape, ()))]
        title = on_one_line(join_blocks([line for line in lines if line.text or line.hidden], " "))
        return replace(title, level=self._level(), emphasis=())

    def _level(self) -> int:
        kind = self._layout.get("type", "") if self._layout is not None else ""
        return 1 if kind in _TOP_LAYOUTS else 2

    def _infer_title(self, ordered: Sequence[Shape], blocks: list[Block]) -> tuple[Block, list[Block]]:
        """Take a slide's first line for its title where it is set larger than all that follows."""
        texts = [(shape, largest_size(shape.element.find(f"{P}txBody"))) for shape in ordered if self._is_shown(shape)]
        texts = [(shape, size) for shape, size in texts if "".join(shape.element.itertext()).strip()]
        first = blocks[0] if blocks else Block("")
        is_line = 0 < len(first.text) <= _LONGEST_TITLE and "\n" not in first.text and not first.parts
        is_largest = len(texts) > 1 and texts[0][1] > max(size for _, size in texts[1:])
        if not (is_line and is_largest):
            return Block(""), blocks
        return replace(first, level=self._level(), emphasis=()), blocks[1:]

    def _is_shown(self, shape: Shape) -> bool:
        """Whether a shape stands on the slide and is not switched off."""
        frame = shape.frame
        is_outside = frame is not None and (frame.width or frame.height) and not frame.meets(self._deck.size)
        return not (shape.is_hidden or is_outside)

    def _read_shape(self, shape: Shape, drawn: Sequence[Shape]) -> Iterator[Block]:
        words = words_of(shape.element)
        if not self._is_shown(shape):
            self._hidden.append(words)
        elif shape.kind in _RUNNING:
            if words:
                self._deck.tally.add("running_line", words)
        elif shape.element.tag == f"{P}sp":
            yield from self._read_text(shape, drawn)
        elif shape.element.tag == f"{P}pic":
            yield from self._read_picture(shape)
        elif shape.element.tag == f"{P}graphicFrame":
            yield from self._read_graphic(shape, drawn)

    def _read_text(self, shape: Shape, drawn: Sequence[Shape]) -> Iterator[Block]:
        blocks = read_body(shape.element.find(f"{P}txBody"), self._on(shape, drawn))
        yield from blocks
        alt = _alt(shape.element)
        if alt and not blocks:
            yield from self._describe(Figure(self._picture(shape.element), alt))

    def _read_picture(self, shape: Shape) -> Iterator[Block]:
        self._has_picture = True
        if next(shape.element.iter(_DECORATIVE), None) is None:
            yield from self._describe(Figure(self._picture(shape.element), _alt(shape.element)))

    def _describe(self, figure: Figure) -> Iterator[Block]:
        described = describe(figure, self._deck.tally)
        if described:
            yield described

    def _read_graphic(self, shape: Shape, drawn: Sequence[Shape]) -> Iterator[Block]:
        """Read a table, a chart or a diagram; of anything else what is said about it."""
        package, element = self._deck.package, shape.element
        found: list[Block | None] = [self._read_table(table, shape, drawn) for table in element.iter(f"{A}tbl")]
        found += [read_chart(package, self._target(chart, "id")) for chart in element.iter(f"{C}chart")]
        found += [read_diagram(package, self._target(one, "dm")) for one in element.iter(f"{DGM}relIds")]
        blocks = [block for block in found if block and (block.text or block.hidden)]
        yield from blocks
        if not blocks:
            self._has_picture = True
            yield from self._describe(Figure(self._picture(element), _alt(element)))

    def _read_table(self, table: Element, shape: Shape, drawn: Sequence[Shape]) -> Block:
        ground = replace(self._on(shape, drawn), colour=None)
        rows = []
        for row in table.iter(f"{A}tr"):
            cells = []
            for cell in row.findall(f"{A}tc"):
                is_covered = bool({cell.get("hMerge"), cell.get("vMerge")} & _MERGED)
                lines = [] if is_covered else read_lines(cell.find(f"{A}txBody"), ground)
                cells.append(join_blocks(lines, " "))
            rows.append(cells)
        properties = table.find(f"{A}tblPr")
        is_headed = properties is not None and properties.get("firstRow") in _MERGED and len(rows) > 1
        return set_table(rows, heads=int(is_headed))

    def _read_notes(self) -> Iterator[Block]:
        """Read what the speaker noted: the body of the notes page."""
        for name in self._deck.package.related(self._name, "notesSlide"):
            page = self._deck.package.find(name)
            for shape in list_shapes(page, ()) if page is not None else ():
                holder = next(shape.element.iter(f"{P}ph"), None)
                if holder is None or holder.get("type") != "body":
                    continue
                said = join_blocks(read_lines(shape.element.find(f"{P}txBody"), Ground(self._colours)), "\n")
                if said.text:
                    part = Part(PartKind.NOTES, Range(0, len(said.text)))
                    yield replace(said, parts=(part, *said.parts))

    def _on(self, shape: Shape, drawn: Sequence[Shape]) -> Ground:
        """Say what a shape's words stand on: its own fill, else the slide, unless something is drawn between."""
        styles = [body for one in shape.ancestors if (body := one.find(f"{P}txBody/{A}lstStyle")) is not None]
        name = "titleStyle" if shape.kind in _TITLES else ("bodyStyle" if shape.ancestors else "otherStyle")
        usual = self._master.find(f"{P}txStyles/{P}{name}") if self._master is not None else None
        is_coloured = shape.element.find(f".//{A}rPr/{A}solidFill") is not None
        colour = self._colour_under(shape, drawn) if is_coloured else None
        return Ground(self._colours, colour, (*styles, *([usual] if usual is not None else [])))

    def _colour_under(self, shape: Shape, drawn: Sequence[Shape]) -> str | None:
        fills = (fill_of(one.find(f"{P}spPr")) for one in (shape.element, *shape.ancestors))
        fill = next((one for one in fills if one is not None), None)
        if fill is not None and fill.tag != f"{A}noFill":
            return self._colours.find(fill) if fill.tag == f"{A}solidFill" else None
        reference = shape.element.find(f"{P}style/{A}fillRef")
        if fill is None and reference is not None and reference.get("idx", "0") != "0":
            return None
        for other in drawn:
            if other is shape:
                break
            if other.frame and shape.frame and other.frame.meets(shape.frame):
                return None
        return self._ground

    def _picture(self, element: Element) -> str:
        blip = next(element.iter(f"{A}blip"), None)
        return self._target(blip, "embed") if blip is not None else ""

    def _target(self, element: Element, name: str) -> str:
        relation: Relation | None = self._relations.get(element.get(f"{R}{name}", ""))
        return "" if relation is None or relation.is_outside else relation.target


def _alt(element: Element) -> str:
    properties = next(element.iter(f"{P}cNvPr"), None)
    if properties is None:
        return ""
    return clean_alt(properties.get("descr") or "") or clean_alt(properties.get("title") or "")


def _reads_from_right(slide: Element) -> bool:
    """Whether most letters of a slide belong to scripts that are read from right to left."""
    letters = [letter for text in slide.iter(f"{A}t") for letter in text.text or "" if letter.isalpha()]
    from_right = sum(1 for letter in letters if unicodedata.bidirectional(letter) in {"R", "AL"})
    return from_right > _MOSTLY * len(letters)


_CONTINUED = re.compile(
    r"\s*[(\[–—-]?\s*(?:continued|cont(?:[’']?d|\.)?|fortsetzung|forts\.|suite|continuación|continua|vervolg|ctd\.?"
    r"|続き|续|續|计|\d{1,2}\s*(?:/|of|von|de)\s*\d{1,2}|\d{1,2})\s*[)\]]?\s*$",
    re.IGNORECASE,
)


def same_title(title: str, before: str) -> bool:
    """Whether a slide goes on with the one before: the same title, "(continued)" or "(2/3)" aside."""
    return bool(title) and _base(title) == _base(before)


def _base(title: str) -> str:
    return _CONTINUED.sub("", title).casefold() or title.casefold()
