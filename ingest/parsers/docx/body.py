"""A Word document's paragraphs and tables in reading order, each with what its setting says."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ingest.parsers.docx.items import Item
from ingest.parsers.docx.numbering import Numbering
from ingest.parsers.docx.runs import Runs, Story
from ingest.parsers.docx.styles import Style, read_level, read_numbering
from ingest.parsers.docx.tables import read_table
from ingest.parsers.flow import Block
from ingest.parsers.office.ooxml import Element, W, words_of

_AROUND = frozenset(f"{W}{name}" for name in ("ins", "moveTo", "customXml", "sdtContent", "smartTag"))
_LONGEST_HEADING = 250


@dataclass(frozen=True, slots=True)
class Body:
    """Reads what stands in a document, a cell, a text box or a note.

    `chart` and `diagram` read a part of the file to a table or list, or give None.
    """

    story: Story
    numbering: Numbering
    chart: Callable[[str], Block | None]
    diagram: Callable[[str], Block | None]

    def read(self, element: Element) -> Iterator[Item]:
        """Yield what stands in an element."""
        for child in element:
            match child.tag.removeprefix(W):
                case "p":
                    yield from self._read_paragraph(child)
                case "tbl":
                    yield from read_table(child, self.story, self.read_on)
                case "sdt":
                    yield from self._read_control(child)
                case "altChunk":
                    self.story.tally.add("foreign_part")
                case _ if child.tag in _AROUND:
                    yield from self.read(child)
                case _:
                    pass

    # its callers pass it on
    def read_on(self, element: Element, is_shaded: bool) -> list[Item]:  # noqa: FBT001
        """Read what stands on a ground of its own, such as that of a cell or a box."""
        before = self.story.is_shaded
        self.story.is_shaded = before or is_shaded
        items = list(self.read(element))
        self.story.is_shaded = before
        return items

    def _read_control(self, control: Element) -> Iterator[Item]:
        """Read a content control; a table of contents repeats the headings and is left out."""
        gallery = control.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
        if gallery is not None and gallery.get(f"{W}val") == "Table of Contents":
            self.story.tally.add("contents_list", words_of(control))
            return
        for content in control.findall(f"{W}sdtContent"):
            yield from self.read(content)

    def _read_paragraph(self, paragraph: Element) -> Iterator[Item]:
        properties = paragraph.find(f"{W}pPr")
        named = properties.find(f"{W}pStyle") if properties is not None else None
        name = named.get(f"{W}val", "") if named is not None else ""
        style = self.story.styles.find(name)
        words = Runs(self.story, style).read(paragraph)
        if style.is_contents:
            self.story.tally.add("contents_list", words.block.text)
            return
        said = read_level(properties)
        level = style.level if said is None else said
        mark, depth = self._count(properties, style, name)
        yield Item(
            block=words.block,
            level=level if len(words.block.text) <= _LONGEST_HEADING else 0,
            mark=mark,
            depth=depth,
            figures=words.drawings.figures,
            notes=words.notes,
            style=style,
            size=words.size,
            is_bold=words.is_bold,
            has_sequence=words.has_sequence,
        )
        for box in words.drawings.boxes:
            yield from self.read_on(box.content, box.is_shaded)
        drawn = [*map(self.chart, words.drawings.charts), *map(self.diagram, words.drawings.diagrams)]
        yield from (Item(block) for block in drawn if block)

    def _count(self, properties: Element | None, style: Style, name: str) -> tuple[str | None, int]:
        """Give the mark and depth of a paragraph that is in a list."""
        own = read_numbering(properties)
        numbering = own or style.numbering
        if numbering is None:
            return None, 0
        number, depth = numbering
        if own and not number and style.numbering:
            number = style.numbering[0]
        if own is None:
            depth = self.numbering.depth_of(number, name, depth)
        return self.numbering.count(number, depth), depth or style.depth
