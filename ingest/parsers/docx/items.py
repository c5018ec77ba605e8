"""What a Word document's paragraphs and tables say, and what their setting says about them."""

from dataclasses import dataclass, field, replace

from ingest.parsers.docx.styles import PLAIN, Style
from ingest.parsers.flow import Block
from ingest.parsers.office.figures import Figure
from ingest.parsers.office.text import join_blocks, on_one_line

Note = tuple[str, str, str]
"""The kind, id and mark of a footnote or endnote."""


@dataclass(slots=True)
class Item:
    """A paragraph, a table or a chart. `mark` and `depth` are those of an item of a list.

    `size` (points), `is_bold` and `style` say how a paragraph is set; a table or chart has none.
    `rows` are the cells of a table.
    """

    block: Block
    level: int = 0
    mark: str | None = None
    depth: int = 0
    figures: list[Figure] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    style: Style = PLAIN
    size: float = 0.0
    is_bold: bool = False
    has_sequence: bool = False
    rows: list[list[Block]] = field(default_factory=list)


def as_heading(item: Item, level: int) -> Block:
    """Set a heading, its number before it."""
    mark = Block(f"{item.mark} " if item.mark else "")
    return replace(join_blocks([mark, on_one_line(item.block)], ""), level=level, emphasis=())


def is_bullet(item: Item) -> bool:
    """Whether a paragraph's mark is no number."""
    return item.mark is not None and not any(letter.isalnum() for letter in item.mark)
