"""The background job that makes all study aids of a reading."""

from dataclasses import replace

import pytest

from domain.documents import Document
from domain.errors import Cancelled
from domain.evidence import Evidence
from domain.ids import DocumentId
from domain.jobs import GenerateAids, Progress
from domain.material import Artifact, Kind
from domain.scope import EVERYTHING
from generators import jobs
from generators.compose.reading.parse import ParsedSection, Parser
from generators.pipeline import Tools
from tests.pipeline_tools import QuietContext

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
