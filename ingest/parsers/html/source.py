"""Bytes of a web page or a book's chapter to a tree of elements, in whatever encoding and however badly nested."""

import codecs
import re
from typing import TYPE_CHECKING

from domain.errors import TooLarge, Unreadable
from ingest.parsers.decoding import decode

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

MAX_DEPTH = 10_000
"""How deep elements may nest: building the tree takes time that grows with the square of it."""

_HEAD = 4_096
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_DECLARED = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
_ENCODINGS = {
    **dict.fromkeys(("ascii", "iso8859-1", "cp1252"), "cp1252"),
    **dict.fromkeys(("gb2312", "gbk", "gb18030"), "gb18030"),
    **dict.fromkeys(("shift_jis", "cp932", "shift_jisx0213"), "cp932"),
    **dict.fromkeys(("euc_kr", "cp949"), "cp949"),
    **dict.fromkeys(("big5", "big5hkscs", "cp950"), "big5hkscs"),
    **{f"iso8859-{number}": f"iso8859-{number}" for number in (*range(2, 12), 13, 14, 15, 16)},
    **{f"cp{number}": f"cp{number}" for number in (866, 874, *range(1250, 1252), *range(1253, 1259))},
    **{name: name for name in ("utf-8", "koi8-r", "koi8-u", "mac-roman", "mac-cyrillic", "euc_jp", "iso2022_jp")},
    "tis-620": "cp874",
}
"""Encodings of the web by Python's names (https://encoding.spec.whatwg.org/#names-and-labels), and what reads them."""

_TAG = re.compile(r"<(/?)([A-Za-z][\w:-]*)[^<>]*?(/?)>")
_SELF_CLOSED = re.compile(r"<([A-Za-z][\w:.-]*)((?:[^<>\"'/]|/(?!>)|\"[^<\"]*\"|'[^<']*')*)/>")
_CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_DECLARATION = re.compile(r"<\?xml[^>]{0,500}\?>|<!DOCTYPE[^<>\[]{0,1000}(?:\[.*?\]\s*)?>", re.DOTALL)
_PREFIX = re.compile(r"xmlns:(\w{1,20})\s*=\s*[\"']http://www\.w3\.org/(?:1998/Math/MathML|1999/xhtml|2000/svg)[\"']")
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)
_UNCOUNTED = _VOID | {"p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "colgroup", "a"}
"""Elements whose end may be left out, or that end each other."""


def decode_page(data: bytes) -> str:
    """Decode a page: by its byte order mark, as UTF-8 when it is, as it says of itself, else by what it reads like."""
    if not data.startswith(_MARKS):
        encoding = _declared(data)
        if encoding and encoding != "utf-8" and not _is_utf8(data):
            data = codecs.BOM_UTF8 + data.decode(encoding, errors="replace").encode("utf-8", errors="replace")
    return decode(data)


def parse_page(text: str) -> "LexborHTMLParser":
    """Build the tree of a web page. Raises TooLarge for one that is nested too deep, or takes too much memory."""
    from selectolax.lexbor import LexborHTMLParser, SelectolaxError

    _bound_depth(text)
    try:
        return LexborHTMLParser(text)
    except SelectolaxError as error:
        raise TooLarge("This page is too tangled to read. Save it as a PDF, then upload that.") from error


def parse_chapter(text: str) -> "LexborHTMLParser":
    """Build the tree of a chapter of a book, which is XML: empty elements end at once, prefixes are taken off.

    Raises TooLarge as `parse_page` does, and Unreadable for what has no elements.
    """
    text = _DECLARATION.sub("", text)
    for prefix in set(_PREFIX.findall(text[:20_000])):
        text = re.sub(rf"<(/?){prefix}:", r"<\1", text)
    text = _CDATA.sub(lambda found: found[1].replace("&", "&amp;").replace("<", "&lt;"), text)
    text = _SELF_CLOSED.sub(_opened, text)
    if "<" not in text:
        raise Unreadable("A chapter of this book is damaged. Get a fresh copy of the book.")
    return parse_page(text)


def _opened(found: re.Match[str]) -> str:
    name = found[1]
    return f"<{name}{found[2]}>" if name.lower() in _VOID else f"<{name}{found[2]}></{name}>"


def _declared(data: bytes) -> str:
    """Give Python's name of the encoding that a page says it is in; empty for one that is not of the web."""
    found = _DECLARED.search(data[:_HEAD])
    if not found:
        return ""
    try:
        name = codecs.lookup(found[1].decode("ascii")).name
    except LookupError:
        return ""
    return _ENCODINGS.get(name, "")


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    # only escapes tell Japanese in seven bits from plain letters
    return b"\x1b$" not in data


def _bound_depth(text: str) -> None:
    """Count how deep elements nest, by their tags alone. Raises TooLarge."""
    depth = 0
    for found in _TAG.finditer(text):
        if found[3] or found[2].lower() in _UNCOUNTED:
            continue
        depth = max(depth - 1, 0) if found[1] else depth + 1
        if depth > MAX_DEPTH:
            raise TooLarge("The parts of this page are nested too deep to read. Save it as a PDF, then upload that.")
