"""Pages are recognised at once in processes that may be killed, and none is recognised twice."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pytest
from PIL import Image

from domain.errors import Cancelled, Invalid, TooLarge
from domain.jobs import Progress
from ingest.limits import Limits
from ingest.parsers.contract import PDF
from ingest.recognition import is_available, pool, recognise_pages, worker
from ingest.recognition.contract import RecognisedPage
from ingest.recognition.opening import Pages
from tests.scans import PLANTS, WATER, draw_page, write_scan
from tests.unit.ingest.conftest import child_processes


@pytest.fixture(scope="module")
def scan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("scan") / "scan.pdf"
    return write_scan(path, draw_page(PLANTS), draw_page(WATER), draw_page(PLANTS))


def _ignore(_: Progress) -> None:
    return


def test_pages_are_recognised_and_counted(scan: Path) -> None:
    """Every page asked for comes once, and progress counts them to the end."""
    steps: list[Progress] = []

    pages = sorted(recognise_pages(scan, PDF, [1, 2], Limits(), steps.append), key=lambda page: page.number)

    assert [page.text for page in pages] == [" ".join(PLANTS), " ".join(WATER)]
    assert (steps[0].done, steps[0].total) == (0, 2)
    assert (steps[-1].done, steps[-1].total) == (2, 2)


def test_known_pages_are_not_recognised_again(scan: Path) -> None:
    """What an earlier try recognised is left alone; with nothing left to do, nothing is started."""
    rest = list(recognise_pages(scan, PDF, [1, 2, 3], Limits(), _ignore, known=[1, 3]))
    nothing = list(recognise_pages(scan, PDF, [1], Limits(), _ignore, known=[1]))

    assert [page.number for page in rest] == [2]
    assert nothing == []


def test_more_pages_than_processes_are_shared(scan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One process takes one page after the other."""
    monkeypatch.setattr(pool, "cores", lambda: 1)

    pages = list(recognise_pages(scan, PDF, [1, 2, 3], Limits(), _ignore))

    assert [page.number for page in pages] == [1, 2, 3]


def test_answers_come_in_pieces(scan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer is taken once it is whole, however it comes."""
    monkeypatch.setattr(pool, "_READ_BYTES", 700)

    (page,) = recognise_pages(scan, PDF, [2], Limits(), _ignore)

    assert page.text == " ".join(WATER)


def test_a_page_that_fails_is_left_out(scan: Path) -> None:
    """The others come all the same."""
    pages = list(recognise_pages(scan, PDF, [2, 99], Limits(), _ignore))

    assert [page.number for page in pages] == [2]


def test_cancelling_kills_all_processes(scan: Path) -> None:
    """When the job is cancelled, nothing that was started runs on."""

    def cancel(progress: Progress) -> None:
        if set(child_processes()) > before:
            raise Cancelled(f"Enough of {progress.stage}.")

    before = set(child_processes())
    with pytest.raises(Cancelled):
        list(recognise_pages(scan, PDF, [1, 2, 3], Limits(), cancel))

    assert set(child_processes()) == before


def test_processes_that_die_at_once_are_not_started_for_ever(scan: Path) -> None:
    """In too little memory every process dies; after a few the rest is given up."""
    limits = Limits(recognise_memory_bytes=10_000_000)
    steps: list[Progress] = []

    pages = list(recognise_pages(scan, PDF, range(1, 30), limits, steps.append))

    assert pages == []
    assert steps[-1].done < 10


def test_a_process_that_takes_too_long_is_killed(scan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page has so much time by the clock on the wall; then the next process takes the next page."""
    monkeypatch.setattr(pool, "_WALL_FACTOR", 0)

    pages = list(recognise_pages(scan, PDF, [1, 2], Limits(), _ignore))

    assert pages == []
    assert not [number for number in child_processes() if _is_ours(number)]


def _is_ours(number: int) -> bool:
    return b"ingest.recognition.worker" in Path(f"/proc/{number}/cmdline").read_bytes()


def test_without_a_program_nothing_is_recognised(scan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where OCR is not installed, it says so and gives no page."""
    monkeypatch.setattr("ingest.recognition.find_program", lambda: None)

    pages = list(recognise_pages(scan, PDF, [1], Limits(), _ignore))

    assert pages == []
    assert not is_available()


@dataclass
class Refusing:
    """A recogniser to which something happens."""

    fault: Exception

    def recognise(self, image: Image.Image, *, languages: Sequence[str]) -> RecognisedPage:
        assert image.width
        assert languages == ["en"]
        raise self.fault


@pytest.mark.parametrize("fault", [TooLarge("Too large."), MemoryError()], ids=["refused", "memory"])
def test_a_fault_is_told(scan: Path, fault: Invalid | MemoryError) -> None:
    """The process says why a page failed, and goes on."""
    pages, out = Pages(scan, PDF), StringIO()

    worker.answer([1, 2], pages, Refusing(fault), out, languages=["en"])

    pages.close()
    assert out.getvalue().count('"code": "too_large"') == 2
