"""The path from request to outcome, with the built-in writer."""

from dataclasses import replace

import pytest

from domain.documents import Document, DocumentStatus
from domain.errors import Conflict, NotAllowed, NotFound
from domain.ids import PersonId
from domain.interactions import Interaction
from domain.material import ArtifactStatus, Kind, Writer
from domain.outcomes import Escalated, Reason, Refused, Served, Verdict
from domain.people import Role
from domain.scope import EVERYTHING
from generators.kinds.registry import KINDS
from generators.pipeline import Tools, generate
from tests.builders import a_person
from tests.pipeline_tools import a_request, save_plants

STRANGER = a_person(id=PersonId("0" * 32), class_ids=())


def interactions(tools: Tools, document: Document) -> list[Interaction]:
    with tools.store(EVERYTHING) as work:
        return work.interactions.list_for(document.id)


@pytest.mark.parametrize("kind", [Kind.SUMMARY, Kind.FLASHCARDS, Kind.CONCEPT_MAP, Kind.QUIZ])
def test_a_section_gets_its_aids(tools: Tools, plants: Document, kind: Kind) -> None:
    """Each kind serves units for a section, and every unit's citation holds the words at its span."""
    outcome = generate(a_request(plants, kind), KINDS[kind], tools)

    assert isinstance(outcome, Served)
    with tools.store(EVERYTHING) as work:
        page = work.readings.find_page(plants.id, 1)
    assert page is not None
    for unit in outcome.artifact.units:
        assert unit.claim.citations
        for citation in unit.claim.citations:
            assert page.text[citation.span.start : citation.span.end] == citation.quote


def test_the_same_request_gives_the_same_artifact(tools: Tools, plants: Document) -> None:
    """The built-in writer is deterministic, down to the ids."""
    request = a_request(plants, Kind.FLASHCARDS)

    assert generate(request, KINDS[request.kind], tools) == generate(request, KINDS[request.kind], tools)


def test_what_was_made_is_recorded(tools: Tools, plants: Document) -> None:
    """One exchange with the built-in writer leaves one record with a verdict for each unit."""
    outcome = generate(a_request(plants), KINDS[Kind.SUMMARY], tools)

    (record,) = interactions(tools, plants)
    assert isinstance(outcome, Served)
    assert (record.outcome, record.provenance.writer, record.section) == ("served", Writer.BUILT_IN, 0)
    assert record.verdicts.count(Verdict.SUPPORTED) == len(outcome.artifact.units)
    assert record.person_id == a_person().id


def test_a_stranger_learns_nothing(tools: Tools, plants: Document) -> None:
    """For a person who does not see the reading there is none, and nothing is recorded."""
    with pytest.raises(NotFound):
        generate(a_request(plants, person=STRANGER), KINDS[Kind.SUMMARY], tools)

    assert interactions(tools, plants) == []


def test_a_reading_that_is_not_read_in_makes_nothing(tools: Tools) -> None:
    """Asking before the reading can be searched is a conflict."""
    document = save_plants(tools, status=DocumentStatus.READING)

    with pytest.raises(Conflict) as caught:
        generate(a_request(document), KINDS[Kind.SUMMARY], tools)

    assert caught.value.code == "not_ready"


def test_an_unknown_section_is_not_found(tools: Tools, plants: Document) -> None:
    """A section that the reading does not have is named as such, and the failure is recorded."""
    with pytest.raises(NotFound):
        generate(a_request(plants, section=7), KINDS[Kind.SUMMARY], tools)

    (record,) = interactions(tools, plants)
    assert (record.outcome, record.failure) == ("failed", "not_found")


def test_students_make_no_variants(tools: Tools, plants: Document) -> None:
    """An easier version is the teacher's to make."""
    with pytest.raises(NotAllowed):
        generate(a_request(plants, Kind.LESSON_VARIANT), KINDS[Kind.LESSON_VARIANT], tools)


def test_a_variant_starts_as_a_draft(tools: Tools, plants: Document) -> None:
    """A teacher's variant is a draft, with the levels of both texts."""
    request = a_request(plants, Kind.LESSON_VARIANT, person=a_person(Role.TEACHER))

    outcome = generate(request, KINDS[Kind.LESSON_VARIANT], tools)

    assert isinstance(outcome, Served)
    assert outcome.artifact.status is ArtifactStatus.DRAFT
    assert outcome.artifact.levels is not None


def test_a_person_in_danger_gets_people(tools: Tools, plants: Document) -> None:
    """Crisis language gets supportive words and a case, and no writer is asked."""
    request = a_request(plants, Kind.ANSWER, None, text="I want to kill myself tonight")

    outcome = generate(request, KINDS[Kind.ANSWER], tools)

    assert isinstance(outcome, Escalated)
    assert outcome.case_id is not None
    with tools.store(EVERYTHING) as work:
        case = work.care.find(outcome.case_id)
    assert case is not None
    assert case.person_id == a_person().id
    (record,) = interactions(tools, plants)
    assert (record.outcome, record.verdicts) == ("escalated", ())


def test_a_question_is_answered_from_the_reading(tools: Tools, plants: Document) -> None:
    """An answer is made of sentences that the reading holds, for the person who asked alone."""
    request = a_request(plants, Kind.ANSWER, None, text="What is transpiration?")

    outcome = generate(request, KINDS[Kind.ANSWER], tools)

    assert isinstance(outcome, Served)
    assert "loss of water" in outcome.artifact.units[0].claim.text
    assert outcome.artifact.owner_id == a_person().id


def test_what_the_reading_does_not_say_is_refused(tools: Tools, plants: Document) -> None:
    """A question about something else ends in a plain refusal, on the record."""
    request = a_request(plants, Kind.ANSWER, None, text="Who won the football world cup in 1998?")

    outcome = generate(request, KINDS[Kind.ANSWER], tools)

    assert isinstance(outcome, Refused)
    assert outcome.reason is Reason.NOTHING_FOUND
    assert "does not say" in outcome.message
    assert [record.outcome for record in interactions(tools, plants)] == ["nothing_found"]


def test_nothing_is_made_of_nothing(tools: Tools) -> None:
    """A reading without text is refused, for a section and for the whole."""
    document = save_plants(tools, texts=())

    outcome = generate(a_request(document, section=None), KINDS[Kind.SUMMARY], tools)

    assert isinstance(outcome, Refused)
    assert outcome.reason is Reason.NOTHING_FOUND


@pytest.mark.parametrize("kind", [Kind.SUMMARY, Kind.FLASHCARDS, Kind.CONCEPT_MAP, Kind.QUIZ])
def test_the_whole_is_combined_from_its_sections(tools: Tools, plants: Document, kind: Kind) -> None:
    """The whole reading's aid holds claims that its sections' aids hold, from both of them."""
    parts = []
    for section in (0, 1):
        outcome = generate(a_request(plants, kind, section), KINDS[kind], tools)
        assert isinstance(outcome, Served)
        parts.append(outcome.artifact)
        with tools.store(EVERYTHING) as work:
            work.material.save(outcome.artifact)
            work.commit()

    whole = generate(a_request(plants, kind, None), KINDS[kind], tools)

    assert isinstance(whole, Served)
    assert whole.artifact.section is None
    assert whole.artifact.title == plants.title
    pages = {citation.span.page for unit in whole.artifact.units for citation in unit.claim.citations}
    assert pages == {1, 2}


def test_the_service_asks_on_its_own(tools: Tools, plants: Document) -> None:
    """Without a person, after ingest, the record names nobody and nothing is screened."""
    outcome = generate(replace(a_request(plants), person=None, text=""), KINDS[Kind.SUMMARY], tools)

    assert isinstance(outcome, Served)
    assert outcome.artifact.owner_id is None
    assert interactions(tools, plants)[0].person_id is None
