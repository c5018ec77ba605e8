"""Card files: an Anki package that updates and never doubles, tables that run nothing, pictures with a part covered."""

import csv
import io
import re
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from domain.documents import Box, Document
from domain.errors import NotFound, Unreadable
from domain.ids import DocumentId
from domain.material import CardForm, Kind
from domain.people import Person
from generators.exports.anki import to_apkg
from generators.exports.pictures import WIDTH, cover, drawn_for, picture_of
from generators.exports.tables import to_csv, to_tsv
from tests.builders import a_document, a_person
from tests.unit.generators.exported import CARDS, COVERED, a_card, a_picture, an_aid, an_origin

WHOLE = an_aid(Kind.FLASHCARDS, *CARDS)


def _rows(package: bytes, query: str) -> list[tuple[Any, ...]]:
    with zipfile.ZipFile(io.BytesIO(package)) as archive, closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(archive.read("collection.anki2"))
        return database.execute(query).fetchall()


def _fields(package: bytes) -> list[list[str]]:
    return [str(fields).split("\x1f") for (fields,) in _rows(package, "select flds from notes order by id")]


def test_package_holds_cards_with_their_source() -> None:
    """A note has the front, the back, and the reading, page and words that it comes from."""
    package = to_apkg(an_aid(Kind.FLASHCARDS, a_card()), an_origin())

    assert _fields(package) == [
        [
            "What is a delta?",
            "flat piece of land",
            "How plants live, page 3: “What is a delta? flat piece of land”",
        ]
    ]
    assert _rows(package, "select trim(tags) from notes") == [("fact",)]


def test_formulas_are_set_by_anki() -> None:
    """Formulas stand between the signs that Anki's MathJax looks for; money stays as it is, and all is escaped."""
    card = a_card("What is $a<b$ at $5 or $10?", "$$x^2$$")

    ((front, back, _),) = _fields(to_apkg(an_aid(Kind.FLASHCARDS, card), an_origin()))

    assert front == r"What is \(a&lt;b\) at $5 or $10?"
    assert back == r"\[x^2\]"


def test_gaps_are_anki_s_own() -> None:
    """A card with a gap is a cloze note: Anki hides and shows the word in its sentence."""
    cloze = a_card("Leaves hold _____ and {{light}}.", "a}}b::c", CardForm.CLOZE)
    package = to_apkg(an_aid(Kind.FLASHCARDS, cloze, a_card("_____", "", CardForm.CLOZE)), an_origin())

    (gapped, plain) = _fields(package)

    assert gapped[0] == "Leaves hold {{c1::a&#125;&#125;b&#58;&#58;c}} and &#123;&#123;light}}."
    assert plain[0] == "_____"
    assert len(_rows(package, "select id from cards")) == 2


def test_two_gaps_are_one_card() -> None:
    """The same word left out twice is asked once."""
    package = to_apkg(an_aid(Kind.FLASHCARDS, a_card("_____ is _____.", "light", CardForm.CLOZE)), an_origin())

    assert _fields(package)[0][0] == "{{c1::light}} is {{c1::light}}."
    assert len(_rows(package, "select id from cards")) == 1


def test_pictures_are_in_the_package() -> None:
    """A card with a figure shows it covered in front and whole behind; both files are in the package."""
    package = to_apkg(an_aid(Kind.FLASHCARDS, COVERED, replace(COVERED, id=a_card().id)), an_origin())

    names = re.findall('src="([^"]+)"', "".join(_fields(package)[0]))
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        media = archive.read("media").decode()
        pictures = [Image.open(io.BytesIO(archive.read(str(place)))).size for place in range(2)]
    assert len(set(names)) == 2
    assert all(name in media for name in names)
    assert pictures == [(200, 100), (200, 100)]


def test_words_that_run_leftward_are_set_so() -> None:
    """Arabic and Hebrew are marked, so that their signs stand at the right end."""
    fields = _fields(to_apkg(an_aid(Kind.FLASHCARDS, a_card("מהו אור?", "קרינה")), an_origin()))

    assert fields[0][0] == '<div dir="rtl">מהו אור?</div>'


def test_exporting_again_updates() -> None:
    """Ids of notes, types and deck stay when the aid is made again; the time of a note grows with every version."""
    query = "select notes.guid, notes.mid, cards.did, notes.mod from notes join cards on cards.nid = notes.id"
    later = replace(WHOLE, version=2, units=(replace(CARDS[0], back="land"), *CARDS[1:]))

    first, edited = (_rows(to_apkg(aid, an_origin()), query) for aid in (WHOLE, later))

    assert [row[:3] for row in first] == [row[:3] for row in edited]
    assert all(one[3] < other[3] for one, other in zip(first, edited, strict=True))


def test_decks_are_of_their_place() -> None:
    """Two sections are two decks below the reading, whatever the titles; a set without a reading has its own."""
    query = "select decks from col"

    def decks(aid: Any, reading: str = "R::S") -> str:
        return str(_rows(to_apkg(aid, an_origin(reading)), query)[0][0])

    one, other, whole = (decks(replace(WHOLE, section=section)) for section in (0, 1, None))
    assert len({one, other, whole}) == 3
    assert "R:S::Light and leaves" in one
    assert '"name": "R:S"' in whole
    assert decks(replace(WHOLE, document_id=DocumentId(""), section=None)) != whole
    assert r'"name": "\u2013::Light' in decks(WHOLE, "::")


def test_package_shows_text_as_text() -> None:
    """What looks like markup in a reading is shown, not run."""
    package = to_apkg(an_aid(Kind.FLASHCARDS, a_card("What is <b>?", "<script>alert(1)</script>")), an_origin("<i>"))

    fields = "".join(_fields(package)[0])

    assert "<script" not in fields
    assert "<i>" not in fields
    assert "&lt;script&gt;" in fields


def _changed(before: bytes, after: bytes) -> set[tuple[int, int]]:
    one, other = (Image.open(io.BytesIO(picture)).convert("L") for picture in (before, after))
    pairs = zip(one.tobytes(), other.tobytes(), strict=True)
    return {divmod(at, one.width)[::-1] for at, (old, new) in enumerate(pairs) if abs(old - new) > 100}


def test_a_covered_label_is_gone() -> None:
    """Under the patch nothing of the label can be seen, and outside it nothing changes."""
    whole = a_picture()

    changed = _changed(whole, cover(whole, Box(0.7, 0.35, 0.9, 0.65)))

    assert {(x, y) for x in range(151, 170) for y in range(41, 60)} <= changed
    assert all(138 <= x <= 182 and 33 <= y <= 67 for x, y in changed)
    assert cover(whole, Box(0.5, 0.5, 0.5, 0.5))


def test_a_picture_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bomb of a picture is not opened up."""
    monkeypatch.setattr("generators.exports.pictures._MOST_PIXELS", 10)

    with pytest.raises(Unreadable):
        cover(a_picture(), Box(0, 0, 1, 1))


def test_cards_show_what_they_ask() -> None:
    """Where only the caption is asked both sides are the whole figure; without a figure there is no picture."""
    assert COVERED.picture is not None
    caption = replace(COVERED, picture=replace(COVERED.picture, hidden=None))

    shown = picture_of(caption, a_picture)

    assert shown is not None
    assert shown.front == shown.back
    assert picture_of(a_card(), a_picture) is None
    assert picture_of(COVERED, lambda _document_id, _page, _part: None) is None


class _Album:
    """Draws figures, or says why not."""

    def __init__(self, error: Exception | None) -> None:
        self.error = error
        self.asked: list[tuple[tuple[int, int], int]] = []

    def draw_figure(self, _person: Person, _document: Document, place: tuple[int, int], *, width: int) -> bytes:
        self.asked.append((place, width))
        if self.error:
            raise self.error
        return b"picture"


@pytest.mark.parametrize("error", [NotFound("Gone."), Unreadable("Damaged.")], ids=["gone", "damaged"])
def test_a_figure_that_cannot_be_drawn_leaves_the_words(error: Exception) -> None:
    """A file is written all the same when a figure is gone or damaged, or when nobody draws."""
    assert drawn_for(_Album(error), a_person(), [a_document()])(a_document().id, 3, 0) is None
    assert drawn_for(None, a_person(), [a_document()])(a_document().id, 3, 0) is None


def test_figures_are_drawn_for_the_person() -> None:
    """The figure is asked for by its page and its place on it, at the width of a card; of these readings alone."""
    album = _Album(None)
    draw = drawn_for(album, a_person(), [a_document()])

    assert draw(a_document().id, 3, 1) == b"picture"
    assert draw(DocumentId("0" * 32), 3, 1) is None
    assert album.asked == [((3, 1), WIDTH)]


@pytest.mark.parametrize(("write", "sign"), [(to_csv, ","), (to_tsv, "\t")], ids=["csv", "tsv"])
def test_table_has_a_row_a_card(write: Callable[..., str], sign: str) -> None:
    """The table has a header, and for each card its sides, term, form, reading, page, source and whose words."""
    rows = list(csv.DictReader(io.StringIO(write([a_card()], an_origin())), delimiter=sign))

    assert rows == [
        {
            "front": "What is a delta?",
            "back": "flat piece of land",
            "term": "delta",
            "form": "fact",
            "reading": "How plants live",
            "page": "3",
            "source": "What is a delta? flat piece of land",
            "whose words": "",
        }
    ]


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "  =1", "\r=1", "＝1", "\x00=1"])
def test_formulas_are_defused(cell: str) -> None:
    """A cell that a spreadsheet would run gets a quote in front."""
    (row,) = csv.DictReader(io.StringIO(to_csv([a_card(back=cell)], an_origin()), newline=""))

    assert row["back"].startswith("'")


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_no_cell_opens_a_formula(back: str) -> None:
    """Whatever the text, no cell opens with a formula sign, and nothing but a quote is added."""
    (row,) = csv.DictReader(io.StringIO(to_csv([a_card(back=back)], an_origin()), newline=""))

    assert not row["back"].lstrip().startswith(("=", "+", "-", "@"))
    assert row["back"] in {back, f"'{back}"}
