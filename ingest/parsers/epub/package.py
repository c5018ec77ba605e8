"""What a book in EPUB says of itself: its files in reading order, its contents, what is locked (EPUB 2 and 3).

Nothing outside the file is ever read: no entity, no DTD, no network.
"""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

from domain.errors import TooLarge, Unreadable
from ingest.parsers.archive import Archive

Element = Any
"""An element of lxml."""

_CONTAINER = "META-INF/container.xml"
_LOCKS = "META-INF/encryption.xml"
_FONTS = {"http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"}
"""How fonts are made unusable outside a book (EPUB 3.3, 4.4); their letters are not text."""

_PAGES = {"application/xhtml+xml", "text/html", "application/x-dtbook+xml", "text/x-oeb1-document"}
_NAMED_PAGES = (".xhtml", ".html", ".htm", ".xml")
_MOST_CHAPTERS = 5_000
_MOST_ENTRIES = 20_000
_LONGEST_XML = 10_000_000
_DAMAGED = "This book is damaged. Get a fresh copy of it."


@dataclass(frozen=True, slots=True)
class Chapter:
    """A file of the book in its reading order; one that is not `is_main` stands apart from it (notes, answers)."""

    name: str
    is_main: bool = True
    is_missing: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the table of contents: what it is called, where it leads, and how deep it stands (from 1)."""

    title: str
    file: str
    place: str
    depth: int


@dataclass(frozen=True, slots=True)
class Book:
    """What a book says of itself. `contents_file` is the page that shows its table of contents, if any."""

    title: str
    chapters: tuple[Chapter, ...]
    entries: tuple[Entry, ...]
    contents_file: str


def load_book(archive: Archive) -> Book:
    """Read the package of a book. Raises Unreadable (damaged, encrypted) or TooLarge."""
    package_name = _package_name(archive)
    package = _xml(archive, package_name)
    if package is None:
        raise Unreadable(_DAMAGED)
    folder = posixpath.dirname(package_name)
    items = {item.get("id", ""): item for item in _all(package, "item")}
    locked = _locked(archive)
    chapters = tuple(_chapters(archive, package, items, folder))
    if not chapters:
        raise Unreadable(_DAMAGED)
    if any(chapter.name in locked for chapter in chapters):
        message = "This book is locked for one reading program. Ask its publisher for a copy without the lock."
        raise Unreadable(message, code="encrypted")
    navigation = next((item for item in items.values() if "nav" in item.get("properties", "").split()), None)
    contents_file = resolve(folder, navigation.get("href", ""))[0] if navigation is not None else ""
    title = next((text for element in _all(package, "title") if (text := _text(element))), "")
    return Book(title[:300], chapters, tuple(_entries(archive, items, folder)), contents_file)


def _package_name(archive: Archive) -> str:
    container = _xml(archive, _CONTAINER)
    named = [root.get("full-path", "") for root in _all(container, "rootfile")] if container is not None else []
    for name in named:
        plain = resolve("", name)[0]
        if plain in archive:
            return plain
    # some books forget to say where their package is
    found = next((name for name in archive.names() if name.lower().endswith(".opf")), "")
    if not found:
        raise Unreadable(_DAMAGED)
    return found


def _chapters(archive: Archive, package: Element, items: dict[str, Element], folder: str) -> Iterator[Chapter]:
    seen: set[str] = set()
    references = _all(package, "itemref")
    if len(references) > _MOST_CHAPTERS:
        raise TooLarge(f"This book has over {_MOST_CHAPTERS:,} parts. Split it into smaller files.")
    for reference in references:
        item = items.get(reference.get("idref", ""))
        if item is None:
            yield Chapter(reference.get("idref", ""), is_missing=True)
            continue
        name = resolve(folder, item.get("href", ""))[0]
        if name in seen or not _is_page(item, name):
            continue
        seen.add(name)
        yield Chapter(name, reference.get("linear", "yes") != "no", is_missing=name not in archive)


def _is_page(item: Element, name: str) -> bool:
    kind = item.get("media-type", "").lower()
    return kind in _PAGES or (not kind.startswith(("image/", "text/css")) and name.lower().endswith(_NAMED_PAGES))


def _locked(archive: Archive) -> set[str]:
    """Give the names of what is encrypted by anything but the usual disguise of fonts."""
    locks = _xml(archive, _LOCKS) if _LOCKS in archive else None
    names = set()
    for lock in _all(locks, "EncryptedData") if locks is not None else []:
        method = next((one.get("Algorithm", "") for one in _all(lock, "EncryptionMethod")), "")
        if method not in _FONTS:
            names |= {resolve("", one.get("URI", ""))[0] for one in _all(lock, "CipherReference")}
    return names


def _entries(archive: Archive, items: dict[str, Element], folder: str) -> Iterator[Entry]:
    """Read the table of contents: the one of EPUB 3 where there is one, else that of EPUB 2."""
    for item in items.values():
        if "nav" in item.get("properties", "").split():
            name = resolve(folder, item.get("href", ""))[0]
            page = _xml(archive, name)
            lists = [] if page is None else [one for one in _all(page, "nav") if "toc" in _kind(one).split()]
            if lists:
                return _lines(lists[0], posixpath.dirname(name))
    maps = [item for item in items.values() if item.get("media-type") == "application/x-dtbncx+xml"]
    for item in maps:
        name = resolve(folder, item.get("href", ""))[0]
        page = _xml(archive, name)
        if page is not None:
            return _points(page, posixpath.dirname(name))
    return iter(())


def _lines(contents: Element, folder: str) -> Iterator[Entry]:
    for link in _all(contents, "a")[:_MOST_ENTRIES]:
        depth = sum(1 for above in link.iterancestors() if _name(above) == "ol")
        file, place = resolve(folder, link.get("href", ""))
        if title := _text(link):
            yield Entry(title, file, place, max(depth, 1))


def _points(contents: Element, folder: str) -> Iterator[Entry]:
    for point in _all(contents, "navPoint")[:_MOST_ENTRIES]:
        depth = 1 + sum(1 for above in point.iterancestors() if _name(above) == "navPoint")
        label = next((_text(child) for child in point if _name(child) == "navLabel"), "")
        target = next((child.get("src", "") for child in point if _name(child) == "content"), "")
        file, place = resolve(folder, target)
        if label:
            yield Entry(label, file, place, depth)


def _kind(element: Element) -> str:
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == "type"), "")


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _all(element: Element, name: str) -> list[Element]:
    return [one for one in element.iter() if _name(one) == name]


def _text(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def resolve(folder: str, address: str) -> tuple[str, str]:
    """Give the name of the file that an address within the book leads to, and the place in it."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return "", ""
    if parts.scheme or parts.netloc or not parts.path:
        return "", ""
    name = posixpath.normpath(posixpath.join(folder, unquote(parts.path)))
    return name.lstrip("/"), unquote(parts.fragment)


def _xml(archive: Archive, name: str) -> Element | None:
    """Read a small file of the package, mending what is not quite XML; None for what is not there or is none.

    Raises TooLarge.
    """
    from lxml import etree

    if name not in archive:
        return None
    if archive.size(name) > _LONGEST_XML:
        raise TooLarge(f"The contents of this book are too long. {_DAMAGED}")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False)
    try:
        return etree.fromstring(archive.read(name), parser)
    except etree.XMLSyntaxError:
        return None
