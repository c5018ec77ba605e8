"""Tells elements of a web page or a book's chapter apart, and has them set as blocks."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from domain.documents import Part, PartKind, Range
from ingest.parsers.flow import Block
from ingest.parsers.html.hidden import Sight
from ingest.parsers.html.inline import (
    Formula,
    Picture,
    formula_in,
    holds_notes,
    is_note,
    is_preview,
    is_strong,
    leads_back,
    note_reference,
    picture_of,
    raised,
    split_typed,
)
from ingest.parsers.html.main import CONTROLS, unread_code, words_unread
from ingest.parsers.html.setting import Setting
from ingest.parsers.html.tables import caption_of, count_heads, holds_data, lay_out, rows_of
from ingest.parsers.html.tree import NEVER, Attributes, attributes_of, classes_of, kinds_of, walk, words_of
from ingest.parsers.office.text import Tally, clean, join_blocks, set_table

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_BLOCK_NAMES = (
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main nav ol p section summary table tbody td tfoot "
    "th thead tr ul"
)
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_FRAMES = frozenset(["html", "body", "main"])
_LISTS = frozenset(["ul", "ol", "dl", "dir"])
_INLINE = frozenset(["rt", "img", "image", "br", "sup", "a"])
_UNREAD = NEVER | CONTROLS | {"rp"}
_PAGE_BREAKS = {"pagebreak", "doc-pagebreak"}
_LONG_DEFINITION = "dd p + p, dd ul, dd ol, dd pre, dd table, dd dl, dd figure"
_HEADING = re.compile(r"h([1-6])")
_WIDE = "\u3000-\u30ff\u3400-\u9fff\uff00-\uffef"
_WITHIN_WIDE = re.compile(rf"(?<=[{_WIDE}])[ \t]*\n\s*(?=[{_WIDE}])")
_COMMENT = re.compile(r"\s*(?:[\w'’]+[\s,.;:!?-]+){4,}[\w'’]*[\s.!?]*")
_EDITING = {
    "mw-editsection",
    "mw-cite-backlink",
    "edit-link",
    "linenos",
    "lineno",
    "lnum",
    "linenum",
    "line-number",
    "gutter",
    "copybtn",
}
_VERSE = {"poem", "verse", "poetry", "stanza", "lg"}
_SHORT_ALT = 3
_LONGEST_COMMENT = 1_000
_LONGEST_LABEL = 20

LeaveOut = Callable[["LexborNode", str, Attributes], str]
"""Gives the code of what is left out (see `Dropped`), or nothing for what is read."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What decides about elements: who sees them, and which only stand around the reading."""

    sight: Sight
    leave_out: LeaveOut
    is_most: Callable[["LexborNode"], bool]
    tally: Tally


class HtmlWriter:
    """Is told of elements and texts.

    `places` says before which block an id stands, `labels` before which a page of the printed book begins.
    """

    def __init__(self, rules: Rules, *, is_cell: bool = False) -> None:
        """Start with nothing read. What is read may be the cell of a table."""
        self.places: dict[str, int] = {}
        self.labels: dict[int, str] = {}
        self._rules = rules
        self._setting = Setting(rules.tally, is_cell=is_cell)
        self._ends: list[list[Callable[[], None]]] = []
        self._is_cell = is_cell
        self._strong = 0
        self._is_unseen = False
        self._marks: dict[str, str] = {}
        self._note_lists = 0
        self._sections: list[int] = [0]
        self._readings: list[str] = []

    def finish(self) -> list[Block]:
        """Give the blocks, once all is read."""
        self._setting.end_line()
        self._setting.end_picture()
        return self._setting.blocks

    def open(self, node: "LexborNode", name: str, attributes: Attributes) -> bool:
        """Take the beginning of an element."""
        for key in ("id", "name"):
            if attributes.get(key):
                self.places.setdefault(attributes[key], self._setting.count)
        if (
            self._is_unread(node, name, attributes)
            or self._put_aside(node, name, attributes)
            or self._take_whole(node, name, attributes)
        ):
            return False
        self._ends.append([])
        self._look_at(node)
        if name in _BLOCKS:
            self._open_block(node, name, attributes)
        elif name == "q":
            self._setting.add("“")
            self._at_end(partial(self._setting.add, "”"))
        elif name == "ruby":
            self._at_end(self._close_ruby)
        if is_strong(name, attributes):
            self._stress()
        return True

    def text(self, text: str) -> None:
        """Take a text; one that nobody can read is put aside."""
        if self._is_unseen:
            self._setting.hide(text.strip())
            return
        text = _WITHIN_WIDE.sub("", text).replace("\n", " ").replace("\r", " ")
        pieces = split_typed(text) if "\\" in text or "$" in text else (text,)
        for piece in pieces:
            if isinstance(piece, Formula):
                self._setting.add_formula(piece)
            elif piece:
                self._setting.add(piece, is_strong=self._strong > 0)

    def comment(self, text: str) -> None:
        """Put aside what a comment says in words, not in signs for programs."""
        if _COMMENT.fullmatch(text[:_LONGEST_COMMENT]):
            self._setting.hide(" ".join(text[:_LONGEST_COMMENT].split()))

    def close(self, _node: "LexborNode", _name: str) -> None:
        """Take the end of an element: what was begun with it ends, the last first."""
        for end in reversed(self._ends.pop()):
            end()

    def _at_end(self, end: Callable[[], None]) -> None:
        self._ends[-1].append(end)

    def _look_at(self, node: "LexborNode") -> None:
        """Note whether the letters of an element can be read, until it ends."""
        is_unseen = self._rules.sight.is_unseen(node)
        if is_unseen != self._is_unseen:
            self._at_end(partial(setattr, self, "_is_unseen", self._is_unseen))
            self._is_unseen = is_unseen

    def _stress(self) -> None:
        self._strong += 1
        self._at_end(self._unstress)

    def _unstress(self) -> None:
        self._strong -= 1

    def _is_unread(self, node: "LexborNode", name: str, attributes: Attributes) -> bool:
        """Leave out what is no text of the page; a formula may stand in a script."""
        if name == "script" and (formula := formula_in(node, name, attributes)):
            self._setting.add_formula(formula)
        if (code := unread_code(name)) and (words := words_unread(node)):
            self._rules.tally.add(code, words)
        return name in _UNREAD or is_preview(attributes) or bool(classes_of(attributes) & _EDITING)

    def _take_whole(self, node: "LexborNode", name: str, attributes: Attributes) -> bool:
        """Take an element that is read with all that stands in it."""
        if formula := formula_in(node, name, attributes):
            self._setting.add_formula(formula)
        elif name in _INLINE:
            return self._take_inline(node, name, attributes)
        elif kinds_of(attributes) & _PAGE_BREAKS:
            self._begin_page(attributes.get("title") or attributes.get("aria-label") or words_of(node))
        elif name == "pre":
            self._take_code(node, attributes)
        elif name == "table":
            return self._take_table(node)
        else:
            return False
        return True

    def _take_inline(self, node: "LexborNode", name: str, attributes: Attributes) -> bool:
        setting = self._setting
        if reference := note_reference(node, name, attributes):
            mark, target = reference
            self._marks.setdefault(target, mark)
            setting.add(f"[{mark}]")
        elif name == "rt":
            self._readings.append(words_of(node))
        elif name == "br":
            setting.add("\n")
        elif name in {"img", "image"}:
            self._take_picture(attributes)
        elif name == "sup" and (small := raised(text := words_of(node))) != text:
            setting.add(small, is_strong=self._strong > 0)
        else:
            return leads_back(node, name, attributes)
        return True

    def _put_aside(self, node: "LexborNode", name: str, attributes: Attributes) -> bool:
        """Leave an element out: one that nobody sees, or one that only stands around the reading."""
        if name in _FRAMES:
            return False
        sight = self._rules.sight
        is_hidden = sight.is_hidden(node, name, attributes) and not self._rules.is_most(node)
        if is_hidden or sight.is_all_unseen(node):
            self._setting.hide(words_of(node))
            return True
        if code := self._rules.leave_out(node, name, attributes):
            self._rules.tally.add(code, words_of(node))
            return True
        return False

    def _begin_page(self, label: str) -> None:
        """Note where a page of the printed book begins; a paragraph that runs over it is cut there."""
        if not self._setting.is_in_list:
            self._setting.end_line()
        at = len(self._setting.blocks) + self._setting.is_in_list
        self.labels.setdefault(at, " ".join(label.split()).strip(" .")[:_LONGEST_LABEL])

    def _take_picture(self, attributes: Attributes) -> None:
        picture = picture_of(attributes)
        if 0 < len(picture.alt) <= _SHORT_ALT:
            # a letter drawn large at the beginning of a chapter, or a sign within a line
            self._setting.add(picture.alt)
        elif picture.source or picture.alt:
            self._setting.show(picture)

    def _take_code(self, node: "LexborNode", attributes: Attributes) -> None:
        self._setting.end_line()
        lines = clean((node.text(deep=True) or "").replace("\r\n", "\n").expandtabs(4)).split("\n")
        text = "\n".join(line.rstrip() for line in lines).strip("\n")
        if text.strip():
            is_verse = classes_of(attributes) & _VERSE
            self._setting.put(Block(text, parts=() if is_verse else (Part(PartKind.CODE, Range(0, len(text))),)))

    def _take_table(self, node: "LexborNode") -> bool:
        rows = rows_of(node)
        # a table within a cell gives the cell its words
        if self._is_cell or not holds_data(node, rows):
            return False
        self._setting.end_line()
        caption = caption_of(node)
        if caption is not None:
            self._setting.put(self._inner(caption))
        cells = [[Block("") if cell is None else self._inner(cell) for cell in row] for row in lay_out(rows)]
        self._setting.put(set_table(cells, heads=count_heads(rows)))
        return True

    def _inner(self, node: "LexborNode") -> Block:
        """Read what stands in a cell or a caption as one paragraph; of its parts only formulas stay."""
        writer = HtmlWriter(self._rules, is_cell=True)
        walk(node, writer)
        self._marks |= writer._marks
        block = join_blocks(writer.finish(), " ")
        formulas = tuple(part for part in block.parts if part.kind is PartKind.FORMULA)
        return Block(block.text, emphasis=block.emphasis, hidden=block.hidden, parts=formulas)

    def _open_block(self, node: "LexborNode", name: str, attributes: Attributes) -> None:
        setting = self._setting
        self._at_end(partial(self._end_line, node, name, attributes))
        if holds_notes(attributes):
            self._note_lists += 1
            self._at_end(self._close_notes)
        if is_note(name, attributes) or (self._note_lists and name == "li"):
            setting.open_note(self._mark_of(node, attributes))
            self._at_end(setting.close_note)
        elif name == "figcaption" or _is_caption(attributes, is_awaited=setting.awaits_caption):
            setting.open_caption()
            self._at_end(partial(setting.close_caption, _picture_beside(node)))
        elif name in _LISTS and not self._note_lists:
            self._open_list(node, name, attributes)
        elif name in {"li", "dt", "dd"}:
            self._open_item(name, attributes)
        else:
            setting.end_line()
        if name == "section":
            self._sections.append(0)
            self._at_end(self._close_section)

    def _open_list(self, node: "LexborNode", name: str, attributes: Attributes) -> None:
        if name == "dl" and node.css_first(_LONG_DEFINITION) is not None:
            self._setting.end_line()
            return
        self._setting.open_list(_number(attributes.get("start", "")) or 1 if name == "ol" else None)
        self._at_end(self._setting.close_list)

    def _open_item(self, name: str, attributes: Attributes) -> None:
        if name == "li":
            self._setting.open_item(_number(attributes.get("value", "")))
        elif name == "dt":
            if self._setting.is_in_list:
                self._setting.open_term()
            else:
                self._setting.end_line()
            self._stress()

    def _end_line(self, node: "LexborNode", name: str, attributes: Attributes) -> None:
        if name == "dt" and self._setting.is_in_list:
            # the definition follows on the same line
            self._setting.add(": ")
            return
        above = node.parent
        of = above.mem_id if name == "div" and above is not None else 0
        self._setting.end_line(level=self._level(name, attributes), of=of)

    def _level(self, name: str, attributes: Attributes) -> int:
        """Give the level of a heading: a top heading within a section stands below that of the section around it."""
        found = _HEADING.fullmatch(name)
        rank = int(found[1]) if found else 0
        if "heading" in kinds_of(attributes):
            rank = min(_number(attributes.get("aria-level", "")) or rank or 2, 6)
        if rank == 1 and len(self._sections) > 1:
            rank = self._sections[-1] or max(self._sections) + 1
        if rank and not self._sections[-1]:
            self._sections[-1] = rank
        return rank

    def _mark_of(self, node: "LexborNode", attributes: Attributes) -> str:
        """Give the mark by which the text points at a note, or at something in it."""
        ids = [attributes.get("id", "")] + [inner.attributes.get("id") or "" for inner in node.css("[id]")[:5]]
        return next((self._marks[one] for one in ids if one in self._marks), "")

    def _close_section(self) -> None:
        self._sections.pop()

    def _close_notes(self) -> None:
        self._note_lists -= 1

    def _close_ruby(self) -> None:
        """Set how the signs before are read, after all of them: a word is not torn apart."""
        if self._readings:
            self._setting.add(f"（{''.join(self._readings)}）")
        self._readings = []


def _number(text: str) -> int | None:
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else None


def _is_caption(attributes: Attributes, *, is_awaited: bool) -> bool:
    """Whether an element right after a picture is named a caption."""
    return is_awaited and any("caption" in one for one in classes_of(attributes))


def _picture_beside(node: "LexborNode") -> Picture | None:
    """Give the picture of the figure that a caption stands in, where it stands before the picture."""
    above = node.parent
    found = above.css_first("img") if above is not None else None
    return picture_of(attributes_of(found)) if found is not None else None
