"""The thread that looks after time: again and again, whatever goes wrong."""

import threading
from collections.abc import Callable
from datetime import datetime

from structlog.testing import capture_logs

from adapters.queue.ticker import Ticker
from domain.errors import StoreBusy
from tests.conftest import FixedClock


def until(count: int, fault: Exception | None = None) -> tuple[Callable[[datetime], None], threading.Event]:
    """Give a step that fails each time, and the event that it was run so often."""
    seen: list[datetime] = []
    done = threading.Event()

    def step(now: datetime) -> None:
        seen.append(now)
        if len(seen) == count:
            done.set()
        if fault is not None:
            raise fault

    return step, done


def test_steps_are_run_again_and_again(clock: FixedClock) -> None:
    """Each step is told the time and runs until the ticker stops."""
    step, done = until(3)
    ticker = Ticker({"one": step}, clock, seconds=0.001)
    others = set(threading.enumerate())

    ticker.start()

    assert done.wait(20)
    ticker.stop()
    assert not [one for one in threading.enumerate() if one.name == "ticker" and one not in others]


def test_waking_waits_for_nobody(clock: FixedClock) -> None:
    """A ticker that sleeps for an hour runs as soon as it is woken."""
    first, second = until(1)[0], until(2)
    began = threading.Event()

    def step(now: datetime) -> None:
        second[0](now)
        began.set()

    ticker = Ticker({"first": first, "second": step}, clock, seconds=3600)
    ticker.start()
    assert began.wait(20)

    ticker.wake()

    assert second[1].wait(20)
    ticker.stop()


def test_a_step_that_fails_holds_up_no_other(clock: FixedClock) -> None:
    """Neither a store that does not answer nor a mistake of ours ends the thread; no words get into the log."""
    busy, _ = until(9, StoreBusy("Busy."))
    broken, _ = until(9, ZeroDivisionError("private words"))
    fine, done = until(2)
    ticker = Ticker({"busy": busy, "broken": broken, "fine": fine}, clock, seconds=0.001)

    with capture_logs() as logs:
        ticker.start()
        assert done.wait(20)
        ticker.stop()

    assert {(one["event"], one["step"]) for one in logs} == {("step.put_off", "busy"), ("step.failed", "broken")}
    assert "private words" not in repr(logs)


def test_stopping_what_never_began_does_nothing(clock: FixedClock) -> None:
    """A ticker that was not started can be stopped."""
    Ticker({}, clock).stop()
