"""A sign of danger is saved while the person reads on, and cried out where it cannot be."""

import threading

import pytest
from structlog.testing import capture_logs

from domain.errors import StoreBusy
from domain.ids import CaseId
from safety.handing_over import hand_over

CASE = CaseId("4" * 32)
ABOUT = {"person_id": "5" * 32}


class Saving:
    """Saves at the try number `works_at`, and fails before with an error."""

    def __init__(self, works_at: int, error: BaseException | None = None) -> None:
        self.tries = 0
        self._works_at = works_at
        self._error = error or StoreBusy("Busy.")

    def __call__(self) -> CaseId:
        self.tries += 1
        if self.tries < self._works_at:
            raise self._error
        return CASE


class Alarm:
    """Counts how often it is given."""

    def __init__(self) -> None:
        self.given = threading.Event()

    def __call__(self) -> None:
        self.given.set()


def test_what_is_saved_is_given() -> None:
    """The first try is enough, and nobody is alarmed."""
    alarm = Alarm()

    assert hand_over(Saving(1), alarm, about=ABOUT) == CASE
    assert not alarm.given.is_set()


def test_a_busy_store_is_tried_again() -> None:
    """A later try within the patience counts as saved."""
    assert hand_over(Saving(3), Alarm(), about=ABOUT, pauses=(0, 0)) == CASE


@pytest.mark.parametrize("error", [StoreBusy("Busy."), OSError("no space left"), MemoryError(), KeyError("words")])
def test_what_cannot_be_saved_is_cried_out(error: BaseException) -> None:
    """Whatever the fault, the person gets an answer, somebody is alarmed, and the log holds codes alone."""
    alarm = Alarm()

    with capture_logs() as logs:
        assert hand_over(Saving(99, error), alarm, about=ABOUT, pauses=(0,)) is None
        assert alarm.given.wait(5)

    assert [one["event"] for one in logs] == ["flag.not_saved"] * 2
    assert all(one["person_id"] == ABOUT["person_id"] for one in logs)
    assert "words" not in str(logs)


def test_a_store_that_does_not_answer_keeps_nobody_waiting() -> None:
    """After the patience the person reads that nobody was told; the save that comes later is kept all the same."""
    alarm, store, saved = Alarm(), threading.Event(), threading.Event()

    def save() -> CaseId:
        store.wait()
        saved.set()
        return CASE

    assert hand_over(save, alarm, about=ABOUT, patience=0.05) is None
    assert alarm.given.wait(5)
    store.set()
    assert saved.wait(5)


def test_tries_go_on_after_the_answer() -> None:
    """What is not saved within the patience is still tried."""
    saving = Saving(2)
    done = threading.Event()

    def save() -> CaseId:
        case_id = saving()
        done.set()
        return case_id

    assert hand_over(save, Alarm(), about=ABOUT, pauses=(0.2,), patience=0.01) is None
    assert done.wait(5)


def test_an_alarm_that_cannot_be_given_is_logged() -> None:
    """The fault goes no further than the log."""
    logged = threading.Event()

    def alarm() -> None:
        logged.set()
        raise OSError

    with capture_logs() as logs:
        assert hand_over(Saving(99), alarm, about=ABOUT, pauses=()) is None
        assert logged.wait(5)
        for _ in range(500):
            if len(logs) > 1:
                break
            threading.Event().wait(0.01)

    assert logs[-1]["event"] == "alarm.not_given"
    assert logs[-1]["code"] == "OSError"


@pytest.fixture
def no_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    def start(_thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", start)


@pytest.mark.usefixtures("no_thread")
def test_without_a_thread_it_is_saved_here() -> None:
    """Where the machine has no thread to give, whoever writes waits for one try."""
    assert hand_over(Saving(1), Alarm(), about=ABOUT) == CASE


@pytest.mark.usefixtures("no_thread")
def test_without_a_thread_it_is_cried_out_here() -> None:
    """What one try could not save is cried out before the person reads on."""
    alarm, saving = Alarm(), Saving(2)

    assert hand_over(saving, alarm, about=ABOUT, pauses=(60,)) is None

    assert alarm.given.is_set()
    assert saving.tries == 1
