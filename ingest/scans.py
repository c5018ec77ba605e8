"""Pages that are pictures: recognised one by one, each kept at once, so that no page is ever recognised twice."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from domain.documents import Document, Page
from domain.errors import Cancelled
from domain.jobs import Progress
from domain.ports import Store
from domain.scope import EVERYTHING
from ingest.limits import Limits
from ingest.parsers.contract import Reading
from ingest.parsing import SCAN, list_scans
from ingest.recognition import recognise_pages
from ingest.recognition.settling import settle
from ingest.storing import coming_file

_FALLBACK = "en"


@dataclass(frozen=True)
class Scanner:
    """Recognises scanned pages of readings. What `report` raises ends it."""

    store: Store
    limits: Limits
    report: Callable[[Progress], None]

    def recognise(self, document: Document, reading: Reading, path: Path) -> Reading:
        """Give a reading with its scanned pages recognised; a page that gave no words is named with another problem.

        Run again after a crash, it goes on with the pages that are missing.
        """
        numbers = list_scans(reading.problems)
        file = coming_file(document) or document
        with self.store(EVERYTHING) as work:
            found = {page.number: page for page in work.readings.list_recognised(document.id, file.content_hash)}
        # the language of the pages that are text, else the one that is most likely here
        languages = (document.language,) if reading.pages else (_FALLBACK,)
        for page in recognise_pages(
            path, file.media_type, numbers, self.limits, self.report, languages=languages, known=tuple(found)
        ):
            self._keep(document, file.content_hash, page)
            found[page.number] = page
        return _merged(reading, [page for page in found.values() if page.number in set(numbers)], numbers)

    def _keep(self, document: Document, content_hash: str, page: Page) -> None:
        with self.store(EVERYTHING) as work:
            if work.documents.find(document.id) is None:
                raise Cancelled("This reading was deleted.")
            work.readings.save_recognised(document.id, content_hash, page)
            work.commit()


def _merged(reading: Reading, pages: list[Page], numbers: list[int]) -> Reading:
    settled = settle(pages, numbers)
    others = tuple(problem for problem in reading.problems if problem.code != SCAN)
    return replace(
        reading,
        pages=tuple(sorted((*reading.pages, *settled.pages), key=lambda page: page.number)),
        problems=tuple(sorted((*others, *settled.problems), key=lambda problem: problem.page)),
        dropped=(*reading.dropped, *settled.dropped),
    )
