"""The package of an office file (ISO/IEC 29500-2): its parts as XML, and which part refers to which.

Nothing outside the file is ever read: no entity, no DTD, no network.
"""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from domain.errors import MargentError, TooLarge, Unreadable
from ingest.parsers.archive import Archive

Element = Any
"""An element of lxml."""

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
DGM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
V = "{urn:schemas-microsoft-com:vml}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"

_STRICT = b"http://purl.oclc.org/ooxml/"
_STRICT_NAMES = {
    b"wordprocessingml/main": b"wordprocessingml/2006/main",
    b"presentationml/main": b"presentationml/2006/main",
    b"officeDocument/relationships": b"officeDocument/2006/relationships",
    b"officeDocument/math": b"officeDocument/2006/math",
    b"drawingml/wordprocessingDrawing": b"drawingml/2006/wordprocessingDrawing",
    b"drawingml/chart": b"drawingml/2006/chart",
    b"drawingml/diagram": b"drawingml/2006/diagram",
    b"drawingml/picture": b"drawingml/2006/picture",
    b"drawingml/main": b"drawingml/2006/main",
}
"""What the strict form of the format calls the same things (ISO/IEC 29500-1, annex A)."""

_MOST_XML = 60_000_000
"""Bytes of one part: about 4,000 pages of text; its tree takes some eight times as much memory."""

_MOST_DIGITS = 9
_TOO_LONG = "This file is too long to read at once. Split it into smaller files."
_DAMAGED = "This file is damaged. Open it in the program it came from and save it again."
_TEXTS = {"t", "delText", "text"}
_BREAKS = {"p", "br", "cr", "tab", "tc"}
_MADE_UP_TITLES = ("microsoft word - ", "powerpoint presentation", "powerpoint-präsentation", "untitled", "document1")


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part refers to: the last word of the kind of relation, and the name of the part (or an address)."""

    kind: str
    target: str
    is_outside: bool = False


class Package:
    """The parts of an open office file."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._relations: dict[str, dict[str, Relation]] = {}
        self.broken: set[str] = set()
        """Parts that break off: what stands before the break was read."""

    def __contains__(self, name: object) -> bool:
        return name in self._archive

    def main_part(self, usual: str) -> str:
        """Give the name of the part that the others hang from. Raises Unreadable when there is none."""
        named = self.related("", "officeDocument")
        for name in (*named, usual):
            if name in self:
                return name
        raise Unreadable(_DAMAGED)

    def read(self, name: str) -> Element:
        """Parse a part. Raises Unreadable or TooLarge."""
        if self._archive.size(name) > _MOST_XML:
            raise TooLarge(_TOO_LONG)
        root, is_broken = _parse(self._archive.read(name))
        if is_broken:
            self.broken.add(name)
        return root

    def find(self, name: str) -> Element | None:
        """Parse a part that a document can do without; None when it is not there or cannot be read."""
        if name not in self:
            return None
        try:
            return self.read(name)
        except MargentError:
            return None

    def relations(self, name: str) -> dict[str, Relation]:
        """Give by their ids what a part refers to; the whole package goes by the empty name."""
        if name not in self._relations:
            self._relations[name] = dict(self._read_relations(name))
        return self._relations[name]

    def related(self, name: str, kind: str) -> list[str]:
        """Give the names of the parts that a part refers to in one way, as far as they are in the file."""
        relations = self.relations(name).values()
        return [one.target for one in relations if one.kind == kind and one.target in self]

    def find_related(self, name: str, kind: str) -> Element | None:
        """Parse the first part that a part refers to in one way, or give None."""
        targets = self.related(name, kind)
        return self.find(targets[0]) if targets else None

    def title(self) -> str:
        """Give the title that the file's properties hold, unless a program made it up."""
        for name in self.related("", "core-properties"):
            root = self.find(name)
            title = " ".join((root.findtext(_TITLE) or "").split()) if root is not None else ""
            if title and not title.lower().startswith(_MADE_UP_TITLES):
                return title
        return ""

    def _read_relations(self, name: str) -> Iterator[tuple[str, Relation]]:
        folder, file = posixpath.split(name)
        root = self.find(posixpath.join(folder, "_rels", f"{file}.rels"))
        if root is None:
            return
        for one in root.iter(f"{_RELATIONS}Relationship"):
            kind = one.get("Type", "").rpartition("/")[2]
            target = one.get("Target", "")
            is_outside = one.get("TargetMode") == "External"
            if not is_outside:
                target = posixpath.normpath(posixpath.join("/", folder, unquote(target))).lstrip("/")
            yield one.get("Id", ""), Relation(kind, target, is_outside)


def whole(text: str | None, default: int = 0) -> int:
    """Read a whole number of an attribute; what is none, or has over nine digits, gives the default."""
    text = text or ""
    digits = text.removeprefix("-")
    return int(text) if digits.isdecimal() and len(digits) <= _MOST_DIGITS else default


def _parse(data: bytes) -> tuple[Element, bool]:
    """Parse XML of an office file (of alternatives the newest, names in the usual form), and say whether it breaks off.

    Broken XML is read as far as it goes. Raises Unreadable where it goes nowhere, TooLarge for one that grows.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        recover=True,
    )
    try:
        root = etree.fromstring(_usual(data), parser)
    except etree.XMLSyntaxError as error:
        raise Unreadable(_DAMAGED) from error
    if root is None:
        raise Unreadable(_DAMAGED)
    _refuse_growth(root)
    etree.strip_elements(root, etree.Entity, with_tail=False)
    _choose(root)
    return root, any(entry.level == etree.ErrorLevels.FATAL for entry in parser.error_log)


def _usual(data: bytes) -> bytes:
    """Give the strict form's names as everybody writes them."""
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        text = data.decode("utf-16", errors="replace")
        data = text.partition("?>")[2].encode() if text.startswith("<?xml") else text.encode()
    if _STRICT in data[:20_000]:
        for strict, usual in _STRICT_NAMES.items():
            data = data.replace(_STRICT + strict, b"http://schemas.openxmlformats.org/" + usual)
    return data


def _refuse_growth(root: Element) -> None:
    """Refuse a file whose entities are made of entities: a few lines that unfold to gigabytes."""
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and any("&" in (entity.content or "") for entity in declared.iterentities()):
        raise TooLarge("This file becomes far too large once unfolded. Save it again from the program it came from.")


def _choose(root: Element) -> None:
    """Leave of each set of alternatives the first: what the newest programs show."""
    for one in list(root.iter(f"{_MC}AlternateContent")):
        parent = one.getparent()
        if parent is None:
            continue
        chosen = one.find(f"{_MC}Choice")
        chosen = one.find(f"{_MC}Fallback") if chosen is None else chosen
        for child in [] if chosen is None else list(chosen):
            one.addprevious(child)
        parent.remove(one)


def words_of(root: Element | None) -> str:
    """Give all words within an element on one line, shown or deleted, with blanks where paragraphs and lines end."""
    pieces = []
    for element in root.iter() if root is not None else ():
        name = element.tag.rpartition("}")[2]
        pieces.append(" " if name in _BREAKS else (element.text or "") if name in _TEXTS else "")
    return " ".join("".join(pieces).split())
