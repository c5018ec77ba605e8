"""What a request may be answered from."""

from dataclasses import replace

import pytest

from domain.claims import Claim
from domain.documents import Document, ParsedDocument, Part, PartKind, Position, Range, RedactedDocument, Section
from domain.errors import NotFound
from domain.ids import UnitId
from domain.material import Kind
from domain.outcomes import Served
from domain.questions import Question, QuestionForm
from domain.scope import EVERYTHING
from generators.evidence import Ground, gather_for
from generators.kinds.contract import Request
from generators.pipeline import Tools
from generators.shelf import make
from tests.pipeline_tools import a_request, save_plants


def ground_of(tools: Tools, request: Request) -> Ground:
    return gather_for(request, tools.store, tools.retriever)


def nest(tools: Tools, document: Document) -> None:
    """Put the reading's two sections under a chapter."""
    with tools.store(EVERYTHING) as work:
        pages = [page for number in (1, 2) if (page := work.readings.find_page(document.id, number))]
        old = work.readings.list_sections(document.id)
        chunks = work.readings.list_chunks(document.id)
    chapter = Section(document.id, 0, 2, 1, "Plants", ("Plants",), Position(1, 0), old[-1].end, is_unit=False)
    inner = [replace(one, ordinal=one.ordinal + 1, last=one.last + 1, level=2) for one in old]
    moved = [replace(chunk, section=chunk.section + 1) for chunk in chunks]
    parsed = ParsedDocument(document.id, document.title, "en", tuple(pages), (chapter, *inner))
    with tools.store(EVERYTHING) as work:
        work.readings.save_pages(RedactedDocument(parsed, ()))
        work.readings.save_chunks(document.id, moved)
        work.commit()


def test_a_section_is_its_chunks(tools: Tools, plants: Document) -> None:
    """A unit section is answered from its own text, under its own title."""
    ground = ground_of(tools, a_request(plants, section=1))

    assert ground.title == "Moving water"
    assert ground.evidence.text.startswith("Transpiration is")
    assert ground.parts == ()


def test_a_question_is_answered_from_what_is_found(tools: Tools, plants: Document) -> None:
    """Evidence for a question comes best first, whatever the section."""
    ground = ground_of(tools, a_request(plants, Kind.ANSWER, None, text="guard cells and xylem"))

    assert ground.evidence.text.startswith("Transpiration is")
    assert ground.title == plants.title


def test_a_question_of_one_s_own_is_hinted_at_from_what_is_found(tools: Tools, plants: Document) -> None:
    """A hint ladder without a quiz item searches, as an answer does."""
    ground = ground_of(tools, a_request(plants, Kind.HINTS, None, text="guard cells and xylem"))

    assert ground.evidence.text.startswith("Transpiration is")


def test_hints_for_an_item_stay_in_its_section(tools: Tools, plants: Document) -> None:
    """For an item of the whole reading's quiz, the section that it cites is enough."""
    water = ground_of(tools, a_request(plants, section=1)).evidence
    claim = Claim("Xylem carries water.", water.cite(0, 20))
    question = Question(UnitId("1" * 32), claim, QuestionForm.SHORT, "What carries water?", "xylem")

    ground = ground_of(tools, a_request(plants, Kind.HINTS, None, question=question))

    assert ground.evidence.text == water.text


def test_the_whole_without_parts_has_no_evidence(tools: Tools, plants: Document) -> None:
    """Before the sections' aids are made there is nothing to combine."""
    ground = ground_of(tools, a_request(plants, section=None))

    assert (ground.parts, ground.evidence.chunks) == ((), ())


def test_a_chapter_is_combined_from_its_sections(tools: Tools, plants: Document) -> None:
    """A section that holds units is made of their aids, with the chunks these cite."""
    nest(tools, plants)
    for section in (1, 2):
        assert isinstance(make(a_request(plants, Kind.FLASHCARDS, section), tools), Served)

    ground = ground_of(tools, a_request(plants, Kind.FLASHCARDS, 0))

    assert ground.title == "Plants"
    assert [part.section for part in ground.parts] == [1, 2]
    assert len(ground.evidence.chunks) == 2


def test_a_small_section_without_units_is_its_own_text(tools: Tools) -> None:
    """A section too small to be a unit can still be asked about, and so can a reading that has none."""
    document = save_plants(tools)
    with tools.store(EVERYTHING) as work:
        page = work.readings.find_page(document.id, 1)
        sections = [replace(one, is_unit=False) for one in work.readings.list_sections(document.id)]
        assert page is not None
    parsed = ParsedDocument(document.id, document.title, "en", (page,), tuple(sections))
    with tools.store(EVERYTHING) as work:
        work.readings.save_pages(RedactedDocument(parsed, ()))
        work.commit()

    assert ground_of(tools, a_request(document, section=1)).evidence.text.startswith("Transpiration")
    assert len(ground_of(tools, a_request(document, section=None)).evidence.chunks) == 2


def test_an_unknown_section_is_not_found(tools: Tools, plants: Document) -> None:
    """A number that is no section's is not found."""
    with pytest.raises(NotFound):
        ground_of(tools, a_request(plants, section=9))


@pytest.mark.parametrize("kind", [PartKind.NOTES, PartKind.FOOTNOTE, PartKind.CODE])
def test_asides_are_no_matter_for_study_aids(tools: Tools, plants: Document, kind: PartKind) -> None:
    """Notes, footnotes and code are left out; what stands around them keeps its place in the reading."""
    before = ground_of(tools, a_request(plants, section=1)).evidence
    with tools.store(EVERYTHING) as work:
        pages = [page for number in (1, 2) if (page := work.readings.find_page(plants.id, number))]
        sections = tuple(work.readings.list_sections(plants.id))
        chunks = work.readings.list_chunks(plants.id)
    pages[1] = replace(pages[1], parts=(Part(kind, Range(20, 60)), Part(PartKind.SPEECH, Range(60, 70))))
    parsed = ParsedDocument(plants.id, plants.title, "en", tuple(pages), sections)
    with tools.store(EVERYTHING) as work:
        work.readings.save_pages(RedactedDocument(parsed, ()))
        work.readings.save_chunks(plants.id, chunks)
        work.commit()

    evidence = ground_of(tools, a_request(plants, section=1)).evidence

    assert evidence.text == f"{before.text[:20]}\n\n{before.text[60:]}"
    assert all(chunk.text == pages[1].text[chunk.span.start : chunk.span.end] for chunk in evidence.chunks)
    assert [evidence.text[at.start : at.end] for at in evidence.emphasis][-1:] == [
        before.text[at.start : at.end] for at in before.emphasis
    ][-1:]


def test_a_chunk_of_notes_alone_is_left_out(tools: Tools, plants: Document) -> None:
    """A section that holds nothing but notes gives no evidence."""
    with tools.store(EVERYTHING) as work:
        pages = [page for number in (1, 2) if (page := work.readings.find_page(plants.id, number))]
        sections = tuple(work.readings.list_sections(plants.id))
        chunks = work.readings.list_chunks(plants.id)
    pages[1] = replace(pages[1], parts=(Part(PartKind.NOTES, Range(0, len(pages[1].text))),))
    parsed = ParsedDocument(plants.id, plants.title, "en", tuple(pages), sections)
    with tools.store(EVERYTHING) as work:
        work.readings.save_pages(RedactedDocument(parsed, ()))
        work.readings.save_chunks(plants.id, chunks)
        work.commit()

    assert ground_of(tools, a_request(plants, section=1)).evidence.chunks == ()
