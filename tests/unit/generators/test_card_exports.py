"""Card files: an Anki package that updates instead of doubling, and a table that runs nothing."""

import csv
import io
import sqlite3
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.claims import Claim
from domain.documents import Citation, Span
from domain.ids import UnitId, stable_id
from domain.material import CardForm, Flashcard
from generators.exports.anki import to_apkg
from generators.exports.tables import to_csv
from tests.builders import a_document


def _card(front: str = "What is a delta?", back: str = "flat piece of land", page: int = 3) -> Flashcard:
    span = Span(a_document().id, page, 10, 50)
    claim = Claim("A delta is a flat piece of land.", (Citation(span, "A delta is a flat\npiece of land."),))
    return Flashcard(UnitId(stable_id(front)), claim, CardForm.DEFINITION, front, back, "delta")


def _rows(package: bytes, folder: Path, query: str) -> list[tuple[object, ...]]:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        archive.extract("collection.anki2", folder)
    connection = sqlite3.connect(folder / "collection.anki2")
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def test_package_holds_cards_with_their_source(tmp_path: Path) -> None:
    """A note has the front, the back, and the reading, page and words that it comes from."""
    package = to_apkg("Rivers", [_card()], "How rivers work")

    ((fields, tags),) = _rows(package, tmp_path, "select flds, tags from notes")

    assert str(fields).split("\x1f") == [
        "What is a delta?",
        "flat piece of land",
        "How rivers work, page 3: “A delta is a flat piece of land.”",
    ]
    assert str(tags).strip() == "definition"


def test_formulas_are_set_by_anki(tmp_path: Path) -> None:
    """Formulas stand between the signs that Anki's MathJax looks for; money stays as it is, and all is escaped."""
    package = to_apkg("Maths", [_card("What is $a<b$ at $5 or $10?", "$$x^2$$")], "R")

    ((fields,),) = _rows(package, tmp_path, "select flds from notes")

    assert str(fields).split("\x1f")[:2] == [r"What is \(a&lt;b\) at $5 or $10?", r"\[x^2\]"]


def test_same_cards_keep_their_ids(tmp_path: Path) -> None:
    """Exporting again gives the same note and deck ids, so that Anki updates; another title is another deck."""
    query = "select notes.guid, notes.mid, cards.did from notes join cards on cards.nid = notes.id"

    first, again, other = (_rows(to_apkg(title, [_card()], "R"), tmp_path, query) for title in ("A", "A", "B"))

    assert first == again
    assert first[0][:2] == other[0][:2]
    assert first[0][2] != other[0][2]


def test_package_shows_text_as_text(tmp_path: Path) -> None:
    """What looks like markup in a reading is shown, not run."""
    package = to_apkg("Rivers", [_card("What is <b>?", "<script>alert(1)</script>")], "<i>")

    ((fields,),) = _rows(package, tmp_path, "select flds from notes")

    assert "<script" not in str(fields)
    assert "&lt;script&gt;" in str(fields)


def test_empty_deck_is_a_package() -> None:
    """A deck without cards is still a file that Anki opens."""
    assert zipfile.is_zipfile(io.BytesIO(to_apkg("Rivers", [], "R")))


def test_table_has_a_row_a_card() -> None:
    """The table has a header, and for each card its sides, term, form, page and source."""
    rows = list(csv.DictReader(io.StringIO(to_csv([_card()]))))

    assert rows == [
        {
            "front": "What is a delta?",
            "back": "flat piece of land",
            "term": "delta",
            "form": "definition",
            "page": "3",
            "source": "A delta is a flat piece of land.",
        }
    ]


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "  =1", "\r=1"])
def test_formulas_are_defused(cell: str) -> None:
    """A cell that a spreadsheet would run gets a quote in front."""
    (row,) = csv.DictReader(io.StringIO(to_csv([_card(back=cell)]), newline=""))

    assert row["back"].startswith("'")


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_no_cell_opens_a_formula(back: str) -> None:
    """Whatever the text, no cell opens with a formula sign, and nothing but a quote is added."""
    (row,) = csv.DictReader(io.StringIO(to_csv([_card(back=back)]), newline=""))

    assert not row["back"].lstrip().startswith(("=", "+", "-", "@"))
    assert row["back"] in {back, f"'{back}"}
