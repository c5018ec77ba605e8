"""Footnotes and endnotes of a Word document: numbered as they are referred to, each given once."""

from collections import Counter
from collections.abc import Callable, Iterator

from ingest.parsers.docx.items import Item, Note
from ingest.parsers.docx.setting import set_note
from ingest.parsers.flow import Block
from ingest.parsers.office.numbers import spell
from ingest.parsers.office.ooxml import Element, W
from ingest.parsers.office.text import join_blocks, on_one_line

_CUSTOM = "*"
_USUAL = {"footnote": "decimal", "endnote": "lowerRoman"}
_SEPARATORS = {"separator", "continuationSeparator", "continuationNotice"}

ReadNote = Callable[[str, Element], Iterator[Item]]
"""Reads what stands in a note of a kind."""


class Notes:
    """The notes of a document, by their kinds and ids."""

    def __init__(self, body: Element) -> None:
        self._formats = {kind: _format(body, kind) for kind in _USUAL}
        self._counts = Counter[str]()
        self._marks: dict[tuple[str, str], str] = {}
        self._notes: dict[tuple[str, str], Element] = {}
        self._read: dict[str, ReadNote] = {}

    def add(self, root: Element, kind: str, read: ReadNote) -> None:
        """Take in the part of the file that holds the notes of a kind."""
        self._read[kind] = read
        for note in root.findall(f"{W}{kind}"):
            if note.get(f"{W}type") not in _SEPARATORS:
                self._notes[kind, note.get(f"{W}id", "")] = note

    def mark(self, kind: str, reference: Element) -> str:
        """Give the mark of a note that is referred to."""
        place = kind, reference.get(f"{W}id", "")
        if reference.get(f"{W}customMarkFollows") in {"1", "true", "on"}:
            return _CUSTOM
        if place not in self._marks:
            self._counts[kind] += 1
            self._marks[place] = spell(self._counts[kind], self._formats[kind])
        return self._marks[place]

    def take(self, note: Note) -> Block | None:
        """Give a note's words the first time that they are asked for."""
        kind, name, mark = note
        element = self._notes.pop((kind, name), None)
        if element is None:
            return None
        said = [on_one_line(item.block) for item in self._read[kind](kind, element)]
        block = join_blocks([one for one in said if one.text or one.hidden], " ")
        return set_note(block, mark) if block.text else None


def _format(body: Element, kind: str) -> str:
    """Give how the notes of a kind are numbered, as the last section says."""
    found = [said.get(f"{W}val", "") for said in body.iterfind(f"{W}sectPr/{W}{kind}Pr/{W}numFmt")]
    return found[-1] if found else _USUAL[kind]
