"""Sets what a web page or a chapter says as blocks: lines end where elements do, lists, captions and notes are kept."""

from dataclasses import dataclass, replace

from domain.documents import Part, PartKind, Range
from ingest.parsers.flow import Block
from ingest.parsers.html.inline import Formula, Picture, leading_mark
from ingest.parsers.office.text import Item, Line, Tally, join_blocks, on_one_line, set_list

_LONGEST_HEADING = 300
_LONGEST_LINE = 80
_DEEPEST = 10


@dataclass(slots=True)
class _Gathered:
    """Where the blocks of a caption or a note begin, and what they belong to."""

    start: int
    picture: Picture | None = None
    mark: str | None = None


class Setting:
    """Collects blocks."""

    def __init__(self, tally: Tally, *, is_cell: bool = False) -> None:
        """Count in `tally` what is left out. What is set may be the cell of a table."""
        self._is_cell = is_cell
        self.blocks: list[Block] = []
        self._tally = tally
        self._line = Line()
        self._has_words = False
        self._lists: list[int | None] = []
        self._items: list[Item] = []
        self._mark: str | None = None
        self._picture: Picture | None = None
        self._is_picture_first = False
        self._gathered: list[_Gathered] = []
        self._last_line = (0, -1)

    @property
    def is_empty(self) -> bool:
        """Whether the line that is being set has no words yet."""
        return not self._has_words

    @property
    def count(self) -> int:
        """How many blocks are set, the list that is not at its end and the picture without a caption among them."""
        return len(self.blocks) + bool(self._items) + (self._picture is not None and self._picture.says_something)

    @property
    def is_in_list(self) -> bool:
        """Whether a list is not at its end."""
        return bool(self._lists)

    @property
    def awaits_caption(self) -> bool:
        """Whether a picture came just before and nothing after it."""
        return self._picture is not None

    def add(self, text: str, *, is_strong: bool = False) -> None:
        """Add words to the line."""
        self._line.add(text, is_strong=is_strong)
        self._has_words = self._has_words or not text.isspace()

    def add_formula(self, formula: Formula) -> None:
        """Add a formula to the line."""
        self._line.add_formula(formula.latex, is_displayed=formula.is_displayed)
        self._has_words = self._has_words or bool(formula.latex)

    def hide(self, text: str) -> None:
        """Put words aside that nobody sees."""
        if text:
            self._line.hide(f"{text} ")

    def end_line(self, *, level: int = 0, of: int = 0) -> None:
        """End the paragraph, or the heading of a level. Short lines of one element `of` stand one below the other."""
        block = self._line.finish(is_part=self._is_cell or bool(self._lists))
        self._line, self._has_words = Line(), False
        if not block.text:
            if block.hidden:
                self.blocks.append(block)
            return
        if self._is_picture_first and not self._gathered:
            self.end_picture()
        if level and len(block.text) <= _LONGEST_HEADING:
            self.put(replace(on_one_line(block), level=level, emphasis=()))
        elif self._lists:
            self._add_item(block)
        else:
            self._put_paragraph(block, of)
        if not self._gathered:
            self.end_picture()

    def put(self, block: Block) -> None:
        """Put a block that is complete in itself; a list that is not at its end goes on after it."""
        self._end_items()
        self._mark = None
        self.blocks.append(block)

    def open_list(self, first: int | None) -> None:
        """Begin a list: numbered from `first`, or with bullets."""
        self.end_line()
        self._lists.append(first)

    def open_term(self) -> None:
        """Begin an item without a mark."""
        self.end_line()
        self._mark = ""

    def open_item(self, number: int | None = None) -> None:
        """Begin an item, with its own number where it has one."""
        self.end_line()
        if not self._lists:
            return
        following = self._lists[-1] if number is None else number
        self._mark = "•" if self._lists[-1] is None else f"{following}."
        if following is not None and self._lists[-1] is not None:
            self._lists[-1] = following + 1

    def close_list(self) -> None:
        """End a list."""
        self.end_line()
        self._lists.pop()
        self._mark = None
        if not self._lists:
            self._end_items()

    def show(self, picture: Picture) -> None:
        """Take a picture; its caption may follow, else what the page says that it shows is set."""
        self.end_picture()
        self._picture, self._is_picture_first = picture, not self._has_words

    def end_picture(self) -> None:
        """Set what a picture without a caption shows, or count it."""
        picture, self._picture, self._is_picture_first = self._picture, None, False
        if picture is None:
            return
        if not picture.says_something:
            self._tally.add("picture_without_caption", picture.alt or picture.source.rpartition("/")[2])
            return
        part = Part(PartKind.FIGURE, Range(0, len(picture.alt)), label=picture.alt, source=picture.source)
        self.put(Block(picture.alt, parts=(part,)))

    def open_caption(self) -> None:
        """Begin the caption of the picture that came before, or of one that comes."""
        self.end_line()
        self._end_items()
        self._gathered.append(_Gathered(len(self.blocks), self._picture))
        self._picture, self._is_picture_first = None, False

    def close_caption(self, picture: Picture | None = None) -> None:
        """End the caption; `picture` is the one it belongs to where none came before."""
        gathered, block = self._end_gathered()
        picture = gathered.picture or picture
        if block.text and picture is not None:
            part = Part(PartKind.FIGURE, Range(0, len(block.text)), label=picture.alt, source=picture.source)
            block = replace(block, parts=(part, *block.parts))
        elif picture is not None:
            self._picture, self._is_picture_first = picture, True
        self.blocks.append(block)

    def open_note(self, mark: str) -> None:
        """Begin a note; its mark, where no reference told it, is what it begins with."""
        self.end_line()
        self._end_items()
        self._gathered.append(_Gathered(len(self.blocks), mark=mark))

    def close_note(self) -> None:
        """End a note."""
        gathered, block = self._end_gathered()
        leading = leading_mark(block.text)
        mark = gathered.mark or (leading[1] if leading else "")
        if leading and leading[1] == mark:
            block = _without(block, leading.end())
        if not block.text:
            self.blocks.append(block)
            return
        whole = join_blocks([Block(f"[{mark}] " if mark else ""), block], "")
        part = Part(PartKind.FOOTNOTE, Range(0, len(whole.text)), label=mark)
        self.blocks.append(replace(whole, parts=(part, *whole.parts)))

    def _end_gathered(self) -> tuple[_Gathered, Block]:
        self.end_line()
        self._end_items()
        gathered = self._gathered.pop()
        found = self.blocks[gathered.start :]
        del self.blocks[gathered.start :]
        return gathered, on_one_line(join_blocks([block for block in found if block.text or block.hidden], " "))

    def _add_item(self, block: Block) -> None:
        depth = min(len(self._lists), _DEEPEST)
        last = self._items[-1] if self._items else None
        if self._mark is None and last is not None and last.depth == depth:
            self._items[-1] = replace(last, block=join_blocks([last.block, block], " "))
        else:
            self._items.append(Item(self._mark or "", depth, block))
        self._mark = None

    def _end_items(self) -> None:
        if self._items:
            self.blocks.append(set_list(self._items))
            self._items = []

    def _put_paragraph(self, block: Block, of: int) -> None:
        """Put a paragraph, or a line of verse below the line before it."""
        is_line = of and "\n" not in block.text and len(block.text) <= _LONGEST_LINE
        if is_line and self._last_line == (of, len(self.blocks)):
            self.blocks[-1] = join_blocks([self.blocks[-1], block], "\n")
        else:
            self.blocks.append(block)
        self._last_line = (of, len(self.blocks)) if is_line else (0, -1)


def _without(block: Block, count: int) -> Block:
    """Give a block without its first characters."""
    marks = [Range(max(mark.start - count, 0), mark.end - count) for mark in block.emphasis if mark.end > count]
    parts = [
        replace(part, at=Range(part.at.start - count, part.at.end - count))
        for part in block.parts
        if part.at.start >= count
    ]
    return Block(block.text[count:], emphasis=tuple(marks), hidden=block.hidden, parts=tuple(parts))
