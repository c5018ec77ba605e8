"""Web pages and chapters become trees, whatever their encoding and however they are written."""

import codecs

import pytest

from domain.errors import TooLarge, Unreadable
from ingest.parsers.html.source import MAX_DEPTH, decode_page, parse_chapter, parse_page


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ('<meta charset="utf-8">é'.encode(), "é"),
        ('<meta charset="iso-8859-1">é’'.encode("cp1252"), "é’"),
        ('<meta http-equiv=x content="text/html; charset=Shift_JIS">漢字かな'.encode("cp932"), "漢字かな"),
        ('<?xml version="1.0" encoding="windows-1251"?>мир'.encode("cp1251"), "мир"),
        ('<meta charset="iso-2022-jp">漢字'.encode("iso2022_jp"), "漢字"),
        ('<meta charset="latin1">é'.encode(), "é"),
        (b"<meta charset=rot13>plain", "plain"),
        (b"<meta charset=nothing>plain", "plain"),
        (codecs.BOM_UTF16_LE + '<meta charset="utf-8">é'.encode("utf-16-le"), "é"),
    ],
    ids=["utf8", "western", "japanese", "russian", "seven bits", "wrong", "no encoding", "unknown", "marked"],
)
def test_the_encoding_is_found(data: bytes, text: str) -> None:
    """A byte order mark counts most, then that it is UTF-8, then what the page says of itself."""
    assert decode_page(data).endswith(text)


def test_depth_is_bounded_by_what_is_open() -> None:
    """Elements that end again, or whose end may be left out, do not add up."""
    flat = "<p>" * (MAX_DEPTH + 1) + "<div></div>" * (MAX_DEPTH + 1) + "</div>" * 3 + "<i/>" * 3

    assert parse_page(flat).body is not None
    with pytest.raises(TooLarge):
        parse_page("<div>" * (MAX_DEPTH + 1))


def test_a_tangle_that_takes_too_much_memory_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """When the library gives up, the person is told."""
    from selectolax import lexbor

    def give_up(_text: str) -> None:
        raise lexbor.SelectolaxError("no memory")

    monkeypatch.setattr(lexbor, "LexborHTMLParser", give_up)

    with pytest.raises(TooLarge):
        parse_page("<p>x")


def test_chapters_are_xml() -> None:
    """Empty elements end at once, prefixes are taken off, and character data is text."""
    page = parse_chapter(
        '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY x "y">]><html xmlns:m="http://www.w3.org/1998/Math/MathML">'
        '<head><title/><script src="a"/></head><body><p>One<br/><a id="a"/>two<m:math><m:mi>x</m:mi></m:math>'
        "<![CDATA[a < b & c]]></p></body></html>"
    )

    assert page.body is not None
    assert page.body.text() == "Onetwoxa < b & c"
    assert page.body.css_first("math mi") is not None


def test_a_chapter_without_elements_is_damaged() -> None:
    """Bytes that are no XML at all are no chapter."""
    with pytest.raises(Unreadable):
        parse_chapter("\x00\x01 nothing")
