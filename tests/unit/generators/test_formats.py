"""Every file that study aids can be taken as, whatever it holds."""

import io
import json
import zipfile
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from domain.claims import Claim
from domain.documents import Citation, Span
from domain.ids import DocumentId
from domain.material import Kind
from generators.exports.formats import FORMATS, list_files
from generators.exports.origin import Origin
from generators.exports.packing import pack
from tests.unit.generators.exported import AIDS, DOCUMENT, HOSTILE, a_card, a_claim, an_aid, an_origin

OTHER = DocumentId("2" * 32)
NO_SOURCES = {"map.svg", "map.mmd", "quiz-questions.pdf", "quiz-questions.docx", "quiz-questions.md"}
"""A picture and a drawing in words show no sentences; questions without answers must not say where those stand."""


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_aid_gives_the_same_bytes(name: str) -> None:
    """Nothing in a file but the study aid: written twice, it is the same."""
    wanted = FORMATS[name]

    first, again = (wanted.write(AIDS[wanted.kind], an_origin()) for _ in range(2))

    assert first
    assert first == again


@pytest.mark.parametrize("name", FORMATS)
def test_an_empty_aid_is_still_a_file(name: str) -> None:
    """A study aid of which everything was taken out gives a file that can be opened."""
    wanted = FORMATS[name]

    assert isinstance(wanted.write(replace(AIDS[wanted.kind], units=(), drawing=""), an_origin()), bytes)


def _text_of(content: bytes) -> str:
    """What can be read in a file, however it is packed."""
    if content.startswith(b"%PDF"):
        import pypdfium2

        pages = pypdfium2.PdfDocument(content)
        return "\n".join(page.get_textpage().get_text_range() for page in pages)
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            files = [archive.read(name) for name in archive.namelist() if not name.isdigit()]
        return "\n".join(one.decode("utf-8", errors="ignore") for one in files)
    return content.decode()


@pytest.mark.parametrize("name", [name for name in FORMATS if name not in NO_SOURCES])
def test_every_file_says_where_its_words_stand(name: str) -> None:
    """The words of the reading and the page are in the file, whatever its format."""
    wanted = FORMATS[name]
    units = tuple(replace(unit, claim=a_claim("Chlorophyll catches sunlight.", 77)) for unit in AIDS[wanted.kind].units)

    text = _text_of(wanted.write(replace(AIDS[wanted.kind], units=units), an_origin()))

    assert "Chlorophyll catches sunlight." in " ".join(text.split())
    assert "77" in text


@pytest.mark.parametrize("name", ["quiz-questions.pdf", "quiz-questions.docx", "quiz-questions.md"])
def test_questions_alone_do_not_give_answers_away(name: str) -> None:
    """What students may take of a quiz holds neither a claim nor a key."""
    wanted = FORMATS[name]
    units = tuple(replace(unit, claim=a_claim("The secret sentence.", 77)) for unit in AIDS[Kind.QUIZ].units)

    text = _text_of(wanted.write(replace(AIDS[Kind.QUIZ], units=units), an_origin()))

    assert "secret" not in text
    assert "Light gives energy" not in text
    assert "Energy makes sugar" not in text
    assert "autumn" not in text
    assert not wanted.holds_answers


def test_only_written_answers_have_a_marking_key() -> None:
    """What a writer notes at other forms is not printed as if a full answer had to say it."""
    written = FORMATS["quiz.md"].write(AIDS[Kind.QUIZ], an_origin()).decode()

    assert "   - Energy makes sugar" in written
    assert "not Asia" not in written


def test_lists_leave_out_what_holds_answers() -> None:
    """Students are offered the questions, teachers the key too; cards are everybody's."""
    for_students = [name for name, _ in list_files(Kind.QUIZ, has_answers=False)]
    for_teachers = [name for name, _ in list_files(Kind.QUIZ, has_answers=True)]

    assert for_students == ["quiz-questions.pdf", "quiz-questions.docx", "quiz-questions.md"]
    assert set(for_teachers) > set(for_students)
    assert list_files(Kind.FLASHCARDS, has_answers=False) == list_files(Kind.FLASHCARDS, has_answers=True)
    assert ("quiz.pdf", "With answers, to print (PDF)") in list_files(Kind.QUIZ, has_answers=True)


def test_a_set_names_each_of_its_readings() -> None:
    """What comes from several readings says which one each statement stands in."""
    claims = [Claim("One.", (Citation(Span(document, 4, 0, 4), "One."),)) for document in (DOCUMENT, OTHER)]
    cards = [replace(a_card(str(number)), claim=claim) for number, claim in enumerate(claims)]
    origin = Origin("My set", "en", lambda _document_id, _page, _part: None, {OTHER: "Another book"})

    written = FORMATS["cards.md"].write(an_aid(Kind.FLASHCARDS, *cards), origin).decode()
    both = origin.source_line(*claims)

    assert "1. Page 4: “One.”" in written
    assert "2. Another book, page 4: “One.”" in written
    assert both == "My set, page 4: “One.”; Another book, page 4: “One.”"


def test_own_words_say_so() -> None:
    """A card that somebody wrote and no reading says is not given a source that it does not have."""
    origin = an_origin()

    assert "own words" in origin.source_line(Claim("Mine.", (), by_person=True))
    assert origin.source_line(Claim("Nobody's.", ())) == "How plants live"


@pytest.mark.parametrize("name", ["map.graphml", "quiz.moodle.xml", "map.svg"])
def test_markup_in_a_reading_makes_no_elements(name: str) -> None:
    """XML files have the elements of their format and none that the reading's words spell."""
    wanted = FORMATS[name]

    root = etree.fromstring(wanted.write(AIDS[wanted.kind], an_origin()))

    assert {etree.QName(one).localname for one in root.iter() if isinstance(one.tag, str)}.isdisjoint({"script", "i"})


def test_quizzes_as_json_hold_all_that_is_known() -> None:
    """The JSON has every question with its answer, key, level, and the places that its claims stand at."""
    written = json.loads(FORMATS["quiz.json"].write(AIDS[Kind.QUIZ], an_origin()))

    by_form = {one["form"]: one for one in written["questions"]}
    assert (written["title"], written["reading"]) == ("Light and leaves", "How plants live")
    assert by_form["ordering"]["sequence"] == ["seed", "sprout", "tree"]
    assert by_form["ordering"]["parts"][0]["sources"] == [
        {"page": 4, "start": 0, "end": 15, "quote": "A sprout grows."}
    ]
    assert written["questions"][0]["bloom"] == "remember"
    assert written["questions"][1]["bloom"] is None
    assert by_form["matching"]["pairs"][0] == {"left": "France", "right": "Paris"}


def test_packed_files_have_no_time() -> None:
    """A ZIP file of ours does not say when it was written."""
    with zipfile.ZipFile(io.BytesIO(pack({"a": b"1", "b/c": b"2"}))) as archive:
        assert [(one.filename, one.date_time[0]) for one in archive.infolist()] == [("a", 1980), ("b/c", 1980)]


@given(st.text(max_size=60))
def test_whatever_is_on_a_card_every_text_file_can_be_read(words: str) -> None:
    """Any words at all end up in well-formed files."""
    aid = an_aid(Kind.FLASHCARDS, a_card(words, words + HOSTILE), title=words)

    for name in ("cards.csv", "cards.tsv", "cards.md"):
        FORMATS[name].write(aid, an_origin(words)).decode()
