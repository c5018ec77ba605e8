"""Books give their chapters in reading order, their headings as the contents have them."""

from pathlib import Path

import pytest

from domain.documents import PartKind
from domain.errors import TooLarge, Unreadable
from ingest.parsers.epub import package as epub_package
from ingest.parsers.epub import parser as epub
from tests.unit.ingest.parsers.pages import (
    CONTAINER,
    a_book,
    a_chapter,
    headings_of,
    pack,
    parts_of,
    read_book,
)

LONG = "<p>" + "Plants make their own food. " * 30 + "</p>"


def _point(title: str, target: str, inner: str = "") -> str:
    return f'<navPoint><navLabel><text>{title}</text></navLabel><content src="{target}"/>{inner}</navPoint>'


def test_chapters_come_in_reading_order(tmp_path: Path) -> None:
    """The spine says what follows what; pictures are named by where they lie in the file."""
    book = a_book({"b/two.xhtml": "<h1>Two</h1>", "a.xhtml": '<h1>One</h1><img src="../OPS/x.png" alt="A leaf"/>'})

    reading = read_book(tmp_path, book)

    assert reading.title == "The book of leaves"
    assert headings_of(reading) == [(1, "Two"), (1, "One")]
    assert [part.source for _, part in parts_of(reading.pages[0], PartKind.FIGURE)] == ["OPS/x.png"]


def test_what_stands_apart_comes_last(tmp_path: Path) -> None:
    """A part that is not linear follows the others; one that is named twice is read once; a style sheet is no page."""
    package = (
        '<package><manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/>'
        '<item id="b" href="b.xhtml"/><item id="c" href="c.css" media-type="text/css"/></manifest>'
        '<spine><itemref idref="b" linear="no"/><itemref idref="a"/><itemref idref="a"/><itemref idref="c"/></spine>'
        "</package>"
    )
    book = pack({"book.opf": package, "a.xhtml": a_chapter("<p>First</p>"), "b.xhtml": a_chapter("<p>Answers</p>")})

    reading = read_book(tmp_path, book)

    assert reading.pages[0].text == "First\n\nAnswers"
    assert reading.title == ""


def test_the_contents_say_how_deep_headings_stand(tmp_path: Path) -> None:
    """What the contents name stands as deep as its line; other headings stand below, as far as they are set."""
    toc = _point("Part I", "p.xhtml", _point("1 Leaves", "c.xhtml", _point("1.1 Holes", "c.xhtml#s")))
    book = a_book(
        {"p.xhtml": "<h1>Part I</h1>", "c.xhtml": '<h1>Leaves</h1><h1 id="s">Holes</h1><h2>Size</h2>'}, toc=toc
    )

    assert headings_of(read_book(tmp_path, book)) == [(1, "Part I"), (2, "Leaves"), (3, "Holes"), (4, "Size")]


def test_a_title_that_is_no_heading_becomes_one(tmp_path: Path) -> None:
    """A paragraph that says the same is the heading; where nothing says it, the line of the contents is set."""
    toc = (
        _point("Leaves", "a.xhtml") + _point("Roots", "b.xhtml") + _point("Cover", "c.xhtml") + _point("No", "n.xhtml")
    )
    book = a_book({"a.xhtml": f"<p>LEAVES</p>{LONG}", "b.xhtml": LONG, "c.xhtml": "<p>A cover</p>"}, toc=toc)

    assert headings_of(read_book(tmp_path, book)) == [(1, "LEAVES"), (1, "Roots")]


def test_flat_contents_leave_levels_as_they_are(tmp_path: Path) -> None:
    """Contents without depth say nothing of levels."""
    toc = _point("Leaves", "a.xhtml") + _point("", "a.xhtml") + _point("Holes", "a.xhtml#h")

    reading = read_book(tmp_path, a_book({"a.xhtml": '<h1>Leaves</h1><h2 id="h">Holes</h2>'}, toc=toc))

    assert headings_of(reading) == [(1, "Leaves"), (2, "Holes")]


def test_contents_of_the_third_edition_are_read_and_not_shown(tmp_path: Path) -> None:
    """The page of contents gives levels and no text; lists of nothing but links are left out too."""
    package = (
        '<package><manifest><item id="n" href="n.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
        '<item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest>'
        '<spine><itemref idref="n"/><itemref idref="a"/></spine></package>'
    )
    contents = (
        '<nav epub:type="toc" xmlns:epub="http://www.idpf.org/2007/ops"><ol><li><a href="a.xhtml">One</a><ol><li>'
        '<a href="a.xhtml#x">Two</a></li><li><a href="a.xhtml#y"/></li></ol></li></ol></nav>'
    )
    links = "".join(f'<li><a href="#{number}">Line {number}</a></li>' for number in range(9))
    chapter = f'<nav>Menu</nav><ul>{links}</ul><h1>One</h1><h1 id="x">Two</h1>'

    reading = read_book(
        tmp_path, pack({"book.opf": package, "n.xhtml": a_chapter(contents), "a.xhtml": a_chapter(chapter)})
    )

    assert headings_of(reading) == [(1, "One"), (2, "Two")]
    assert reading.pages[0].text == "One\n\nTwo"
    assert [(one.code, one.count) for one in reading.dropped] == [("contents_list", 3)]


def test_a_page_of_nothing_but_links_is_contents(tmp_path: Path) -> None:
    """Older books show their contents as any page."""
    links = "".join(f'<p><a href="a.xhtml#{number}">Line {number}</a></p>' for number in range(9))

    assert read_book(tmp_path, a_book({"t.xhtml": links, "a.xhtml": "<p>Text</p>"})).pages[0].text == "Text"


def test_missing_and_broken_parts_are_named(tmp_path: Path) -> None:
    """The rest of the book is read, and the page tells what is not there."""
    book = a_book({"a.xhtml": LONG, "gone.xhtml": None, "deep.xhtml": "<div>" * 20_000, "b.xhtml": "<p>End</p>"})

    reading = read_book(tmp_path, book)

    assert reading.pages[-1].text.endswith("End")
    assert [(one.page, one.code) for one in reading.problems] == [(1, "page_failed"), (1, "page_failed")]
    assert "gone.xhtml" in reading.problems[0].message


def test_a_part_that_the_package_does_not_list_is_missing(tmp_path: Path) -> None:
    """The spine may name what no line of the manifest explains."""
    package = '<package><manifest/><spine><itemref idref="ghost"/></spine></package>'

    with pytest.raises(Unreadable):
        read_book(tmp_path, pack({"book.opf": package}))


def test_printed_pages_keep_their_numbers(tmp_path: Path) -> None:
    """Where a book marks its printed pages, those are its pages, and a paragraph over two of them is cut."""
    marked = (
        '<span role="doc-pagebreak" aria-label="iv"/><p>One</p><p>runs <span epub:type="pagebreak" title="5"/>on.</p>'
        '<ul><li>a<span epub:type="pagebreak">6</span></li></ul><p>Last.</p>'
    )

    pages = read_book(tmp_path, a_book({"a.xhtml": marked})).pages

    assert [(page.label, page.text) for page in pages] == [("iv", "One\n\nruns"), ("5", "on.\n\n• a"), ("6", "Last.")]


def test_few_marks_of_pages_are_not_used(tmp_path: Path) -> None:
    """One mark in a long book does not make a page of all of it."""
    pages = read_book(tmp_path, a_book({"a.xhtml": '<p role="doc-pagebreak">1</p>' + LONG * 20})).pages

    assert len(pages) > 3
    assert {page.label for page in pages} == {""}


def test_style_sheets_of_the_book_hide(tmp_path: Path) -> None:
    """What a class of the book's style hides is put aside; a chapter that is hidden by its own style too."""
    book = a_book(
        {
            "a.xhtml": '<p class="ghost">Secret words</p><style>.own{display:none}</style>'
            '<p class="own">More</p><p>Seen</p>'
        },
        extra={"OPS/s.css": ".ghost{display:none}", "OPS/big.css": "x" * 400_000},
    )

    page = read_book(tmp_path, book).pages[0]

    assert (page.text, page.hidden) == ("Seen", ("Secret words More",))


@pytest.mark.parametrize(
    ("method", "is_locked"),
    [("http://www.idpf.org/2008/embedding", False), ("http://www.w3.org/2001/04/xmlenc#aes128-cbc", True)],
)
def test_locked_books_are_named_as_such(tmp_path: Path, method: str, is_locked: bool) -> None:  # noqa: FBT001
    """Fonts in disguise are usual; a text behind a lock cannot be read."""
    lock = (
        '<encryption xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:EncryptedData><enc:EncryptionMethod '
        f'Algorithm="{method}"/><enc:CipherData><enc:CipherReference URI="OPS/a.xhtml"/></enc:CipherData>'
        "</enc:EncryptedData></encryption>"
    )
    book = a_book({"a.xhtml": "<p>Text</p>"}, extra={"META-INF/encryption.xml": lock})

    if is_locked:
        with pytest.raises(Unreadable) as refusal:
            read_book(tmp_path, book)
        assert refusal.value.code == "encrypted"
    else:
        assert read_book(tmp_path, book).pages[0].text == "Text"


def test_a_chapter_behind_a_password_is_named_as_such(tmp_path: Path) -> None:
    """A zip that wants a password is not a damaged book."""
    data = bytearray(a_book({"a.xhtml": "<p>Text</p>"}))
    at = data.rindex(b"PK\x01\x02")
    data[at + 8] |= 1

    with pytest.raises(Unreadable) as refusal:
        read_book(tmp_path, bytes(data))

    assert refusal.value.code == "encrypted"


@pytest.mark.parametrize(
    "members",
    [
        {},
        {"META-INF/container.xml": CONTAINER},
        {"META-INF/container.xml": "", "book.opf": "\x00"},
        {"META-INF/container.xml": CONTAINER, "OPS/book.opf": "<package/>"},
    ],
)
def test_books_without_a_package_are_damaged(tmp_path: Path, members: dict[str, str]) -> None:
    """No package, or none that names a text: nothing to read."""
    with pytest.raises(Unreadable):
        read_book(tmp_path, pack(members))


@pytest.mark.parametrize(
    ("bound", "place"), [("_MOST_BYTES", epub), ("_MOST_CHAPTERS", epub_package), ("_LONGEST_XML", epub_package)]
)
def test_books_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bound: str, place: object) -> None:
    """Text, parts and contents may each be so much and no more."""
    monkeypatch.setattr(place, bound, 1)

    with pytest.raises(TooLarge):
        read_book(tmp_path, a_book({"a.xhtml": "<p>Text</p>", "b.xhtml": "<p>Text</p>"}))


def test_addresses_that_lead_out_lead_nowhere(tmp_path: Path) -> None:
    """A chapter on the web, or none, is a missing one; a book of nothing else is refused."""
    with pytest.raises(Unreadable):
        read_book(tmp_path, a_book({"http://x.example/a.xhtml": None, "http://[": None}))


def test_contents_that_are_not_there_say_nothing(tmp_path: Path) -> None:
    """A page of contents that is missing, or has none, leaves headings as they are."""
    package = (
        '<package><manifest><item id="n" href="n.xhtml" properties="nav"/>'
        '<item id="m" href="m.xhtml" properties="nav"/>'
        '<item id="t" href="t.ncx" media-type="application/x-dtbncx+xml"/>'
        '<item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest>'
        '<spine><itemref idref="a"/></spine></package>'
    )

    reading = read_book(
        tmp_path, pack({"book.opf": package, "a.xhtml": a_chapter("<h2>A</h2>"), "m.xhtml": a_chapter("<nav/>")})
    )

    assert headings_of(reading) == [(2, "A")]
