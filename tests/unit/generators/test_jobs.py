"""The background job that makes all study aids of a reading."""

from dataclasses import replace

import pytest

from domain.documents import Document, ParsedDocument, Position, RedactedDocument, Section
from domain.errors import Cancelled
from domain.evidence import Evidence
from domain.ids import DocumentId
from domain.jobs import GenerateAids, Progress
from domain.material import Artifact, Kind
from domain.scope import EVERYTHING
from generators import jobs
from generators.compose.reading.parse import ParsedSection, Parser
from generators.pipeline import Tools
from tests.pipeline_tools import LIGHT, WATER, QuietContext, save_plants

MADE = set(jobs.AIDS) - {Kind.WORKED_EXAMPLES}
"""The sample works out no examples."""


class CountingParser:
    """The real parser, counting what it parses."""

    def __init__(self, parser: Parser) -> None:
        self.parser = parser
        self.count = 0

    def parse(self, evidence: Evidence) -> ParsedSection:
        self.count += 1
        return self.parser.parse(evidence)


def artifacts(tools: Tools, document: Document) -> list[Artifact]:
    with tools.store(EVERYTHING) as work:
        return work.material.list_for(document.id)


def test_every_kind_is_made_for_every_part(tools: Tools, plants: Document) -> None:
    """Each section and the whole get their aids, and the reading says that they are there."""
    jobs.handle(GenerateAids(plants.id), tools, QuietContext())

    places = {(aid.section, aid.kind) for aid in artifacts(tools, plants)}
    assert places == {(section, kind) for section in (0, 1, None) for kind in MADE}
    with tools.store(EVERYTHING) as work:
        document = work.documents.find(plants.id)
    assert document is not None
    assert document.aids_ready


def _tree(*spans: tuple[int, int, bool]) -> list[Section]:
    """Sections by their ordinal, their last one, and whether study aids are made for them."""
    at = Position(1, 0)
    return [
        Section(DocumentId("d" * 32), ordinal, last, 1, "T", ("T",), at, at, is_unit)
        for ordinal, last, is_unit in spans
    ]


@pytest.mark.parametrize(
    ("spans", "parts"),
    [
        ([(0, 0, True), (1, 1, True)], [0, 1, None]),
        ([(0, 2, False), (1, 1, True), (2, 2, True), (3, 3, True)], [1, 2, 3, 0, None]),
        ([(0, 2, False), (1, 1, True), (2, 2, True)], [1, 2, None]),
        ([(0, 1, False), (1, 1, True), (2, 2, True)], [1, 2, None]),
    ],
    ids=["no chapters", "a chapter", "a chapter that is all", "a chapter of one section"],
)
def test_chapters_get_study_aids(spans: list[tuple[int, int, bool]], parts: list[int | None]) -> None:
    """What holds several of the sections, and not all, gets study aids after them and before the whole."""
    assert jobs.list_parts(_tree(*spans)) == parts


def test_a_chapter_puts_its_sections_together(tools: Tools) -> None:
    """Its cards are cards of its two sections, and none of the section before it."""
    book = save_plants(tools, (LIGHT, WATER, WATER.replace("stoma", "pore").replace("Transpiration", "Guttation")))
    with tools.store(EVERYTHING) as work:
        first, second, third = work.readings.list_sections(book.id)
        chapter = replace(second, last=3, end=third.end, is_unit=False)
        tree = (first, chapter, replace(second, ordinal=2, last=2), replace(third, ordinal=3, last=3))
        pages = tuple(page for number in (1, 2, 3) if (page := work.readings.find_page(book.id, number)))
        chunks = [
            replace(chunk, section=at) for chunk, at in zip(work.readings.list_chunks(book.id), (0, 2, 3), strict=True)
        ]
        work.readings.save_pages(RedactedDocument(ParsedDocument(book.id, book.title, "en", pages, tree), ()))
        work.readings.save_chunks(book.id, chunks)
        work.commit()

    jobs.handle(GenerateAids(book.id), tools, QuietContext())

    cards = {
        aid.section: {unit.id for unit in aid.units} for aid in artifacts(tools, book) if aid.kind is Kind.FLASHCARDS
    }
    assert set(cards) == {0, 1, 2, 3, None}
    assert cards[1]
    assert cards[1] <= cards[2] | cards[3]
    assert not cards[1] & cards[0]


def test_progress_counts_the_parts(tools: Tools, plants: Document) -> None:
    """The job reports before each part and at the end."""
    context = QuietContext()

    jobs.handle(GenerateAids(plants.id), tools, context)

    assert context.reports == [Progress("study aids", done, 3) for done in range(4)]


def test_a_section_is_parsed_once(tools: Tools, plants: Document, parser: Parser) -> None:
    """All kinds share one parse of each section, and the whole needs none."""
    counting = CountingParser(parser)

    jobs.handle(GenerateAids(plants.id), replace(tools, parser=counting), QuietContext())

    assert counting.count == 2


def test_running_twice_changes_nothing(tools: Tools, plants: Document, parser: Parser) -> None:
    """The second run finds everything made and writes nothing."""
    jobs.handle(GenerateAids(plants.id), tools, QuietContext())
    before = artifacts(tools, plants)
    counting = CountingParser(parser)

    jobs.handle(GenerateAids(plants.id), replace(tools, parser=counting), QuietContext())

    assert artifacts(tools, plants) == before
    assert counting.count == 0


@pytest.mark.parametrize("section", [0, None], ids=["a section", "the whole"])
def test_what_another_writer_would_make_is_made_anew(tools: Tools, plants: Document, section: int | None) -> None:
    """What was made while the model was busy, or by an older writer, is replaced when the job runs again."""
    jobs.handle(GenerateAids(plants.id), tools, QuietContext())
    with tools.store(EVERYTHING) as work:
        summary = next(aid for aid in work.material.list_for(plants.id, kind=Kind.SUMMARY) if aid.section == section)
        work.material.save(replace(summary, evidence_hash="0" * 64, units=summary.units[:1]))
        work.commit()

    jobs.handle(GenerateAids(plants.id), tools, QuietContext())

    anew = next(aid for aid in artifacts(tools, plants) if (aid.section, aid.kind) == (section, Kind.SUMMARY))
    assert (anew.id, anew.units, anew.evidence_hash) == (summary.id, summary.units, summary.evidence_hash)


def test_what_could_not_be_made_is_not_tried_again(tools: Tools, plants: Document) -> None:
    """The sample has no worked examples: that was found once for each part, and is known."""
    jobs.handle(GenerateAids(plants.id), tools, QuietContext())
    with tools.store(EVERYTHING) as work:
        before = len(work.interactions.list_for(plants.id))

    jobs.handle(GenerateAids(plants.id), tools, QuietContext())

    with tools.store(EVERYTHING) as work:
        found = work.interactions.list_for(plants.id)
    assert len(found) == before
    assert sum(one.kind is Kind.WORKED_EXAMPLES for one in found) == 3


def test_a_cancelled_job_stops_between_parts_and_goes_on_later(tools: Tools, plants: Document) -> None:
    """What was made before the job was cancelled is kept, and the next run makes the rest."""
    with pytest.raises(Cancelled):
        jobs.handle(GenerateAids(plants.id), tools, QuietContext(cancel_after=1))
    assert {aid.section for aid in artifacts(tools, plants)} == {0}

    jobs.handle(GenerateAids(plants.id), tools, QuietContext())

    assert {aid.section for aid in artifacts(tools, plants)} == {0, 1, None}


def test_a_deleted_reading_needs_nothing(tools: Tools) -> None:
    """A job whose reading is gone ends quietly."""
    context = QuietContext()

    jobs.handle(GenerateAids(DocumentId("f" * 32)), tools, context)

    assert context.reports == []


def test_a_reading_deleted_meanwhile_stays_deleted(tools: Tools, plants: Document) -> None:
    """When the reading goes while its last aids are looked for, nothing of it comes back."""
    jobs.handle(GenerateAids(plants.id), tools, QuietContext())

    jobs.handle(GenerateAids(plants.id), tools, DeletingContext(tools, plants))

    with tools.store(EVERYTHING) as work:
        assert work.documents.find(plants.id) is None


class DeletingContext(QuietContext):
    """Deletes the reading before the whole reading's turn."""

    def __init__(self, tools: Tools, document: Document) -> None:
        super().__init__()
        self._tools = tools
        self._document = document

    def report(self, progress: Progress) -> None:
        super().report(progress)
        if progress.done == progress.total - 1:
            with self._tools.store(EVERYTHING) as work:
                work.documents.delete(self._document.id)
                work.commit()
