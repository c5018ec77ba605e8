"""A study aid is kept in its place, and only while what it cites stands there."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from domain.documents import Document, Page, ParsedDocument, Position, RedactedDocument, Section
from domain.errors import Transient
from domain.ids import ArtifactId, new_id
from domain.jobs import GenerateAids
from domain.material import Artifact, Kind
from domain.outcomes import Served
from domain.ports import Store
from domain.scope import EVERYTHING
from generators import jobs
from generators.evidence import Ground
from generators.kinds.contract import Request
from generators.pipeline import Tools
from generators.retrieval import Retriever
from generators.shelf import make
from tests.conftest import FixedClock
from tests.pipeline_tools import QuietContext


def _served(request: Request, tools: Tools) -> Artifact:
    outcome = make(request, tools)
    assert isinstance(outcome, Served)
    return outcome.artifact


def _list(tools: Tools, document: Document) -> list[Artifact]:
    with tools.store(EVERYTHING) as work:
        return work.material.list_for(document.id)


def test_what_is_made_again_keeps_its_id(tools: Tools, plants: Document) -> None:
    """Whatever id the one before has: attempts at it stay with it."""
    request = Request(Kind.QUIZ, plants, 0)
    before = _served(request, tools)
    moved = replace(before, id=ArtifactId(new_id()))
    with tools.store(EVERYTHING) as work:
        work.material.delete(before.id)
        work.material.save(moved)
        work.commit()

    again = _served(request, tools)

    assert again.id == moved.id
    assert _list(tools, plants) == [again]


def test_an_id_that_moved_away_is_not_taken_back(tools: Tools, plants: Document) -> None:
    """Where the aids of a part moved to another with the file's new version, new ones get an id of their own."""
    request = Request(Kind.SUMMARY, plants, 0)
    moved = replace(_served(request, tools), section=1)
    with tools.store(EVERYTHING) as work:
        work.material.save(moved)
        work.commit()

    fresh = _served(request, tools)

    assert fresh.id != moved.id
    assert {aid.section: aid.id for aid in _list(tools, plants)} == {0: fresh.id, 1: moved.id}


def _other_words(pages: list[Page], sections: list[Section]) -> tuple[list[Page], list[Section]]:
    return [replace(page, text="x" + page.text) for page in pages], sections


def _other_parts(pages: list[Page], sections: list[Section]) -> tuple[list[Page], list[Section]]:
    return pages, [replace(one, start=one.end) for one in sections]


def _before(pages: list[Page], sections: list[Section]) -> tuple[list[Page], list[Section]]:
    return pages, [replace(one, end=Position(1, 0)) for one in sections]


def _no_parts(pages: list[Page], _: list[Section]) -> tuple[list[Page], list[Section]]:
    return pages, []


def _no_pages(_: list[Page], sections: list[Section]) -> tuple[list[Page], list[Section]]:
    return [], sections


Change = Callable[[list[Page], list[Section]], tuple[list[Page], list[Section]]]


@pytest.mark.parametrize("change", [_other_words, _other_parts, _before, _no_parts, _no_pages])
def test_nothing_is_kept_that_cites_what_is_gone(tools: Tools, plants: Document, change: Change) -> None:
    """When the file is replaced while an aid is made, the aid is not kept, and the work is tried again."""

    def gather(request: Request, store: Store, retriever: Retriever) -> Ground:
        ground = tools.gather(request, store, retriever)
        with store(EVERYTHING) as work:
            pages, sections = change(work.readings.list_pages(plants.id), work.readings.list_sections(plants.id))
            parsed = ParsedDocument(plants.id, plants.title, "en", tuple(pages), tuple(sections))
            work.readings.save_pages(RedactedDocument(parsed, ()))
            work.commit()
        return ground

    with pytest.raises(Transient, match="changed"):
        make(Request(Kind.SUMMARY, plants, 0), replace(tools, gather=gather))

    assert _list(tools, plants) == []


def test_aids_for_the_whole_are_made_anew_when_their_parts_are_others(
    tools: Tools, plants: Document, clock: FixedClock
) -> None:
    """A part that comes back as it was changes nothing; one with fewer sentences changes the whole, in its place."""
    jobs.handle(GenerateAids(plants.id), tools, QuietContext())
    before = {(aid.section, aid.kind): aid for aid in _list(tools, plants)}
    part = before[0, Kind.SUMMARY]
    with tools.store(EVERYTHING) as work:
        work.material.delete(part.id)
        work.commit()
    clock.move(timedelta(hours=1))

    jobs.handle(GenerateAids(plants.id), tools, QuietContext())
    again = {(aid.section, aid.kind): aid for aid in _list(tools, plants)}
    with tools.store(EVERYTHING) as work:
        work.material.save(replace(again[0, Kind.SUMMARY], units=part.units[:1]))
        work.commit()
    jobs.handle(GenerateAids(plants.id), tools, QuietContext())

    after = {(aid.section, aid.kind): aid for aid in _list(tools, plants)}
    assert {place for place in again if again[place] != before[place]} == {(0, Kind.SUMMARY)}
    assert after[None, Kind.SUMMARY].created_at > before[None, Kind.SUMMARY].created_at
    assert after[None, Kind.SUMMARY].id == before[None, Kind.SUMMARY].id
