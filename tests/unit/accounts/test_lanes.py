"""Turns at slow work: suspects never hold up others."""

import threading
from collections.abc import Callable, Iterator

import pytest

from accounts.lanes import Lanes
from accounts.tries import Lane, TooManyTries
from domain.errors import Transient
from tests.conftest import FixedClock


class Workers:
    """Threads that wait for their turn and then note their name."""

    def __init__(self, lanes: Lanes) -> None:
        self.lanes = lanes
        self.order: list[str] = []
        self._threads: list[threading.Thread] = []

    def add(self, name: str, lane: Lane = Lane.CALM) -> None:
        """Start a worker, and return once it waits or has done."""
        waiting = self._waiting() + 1
        thread = threading.Thread(target=self._work, args=(name, lane))
        self._threads.append(thread)
        thread.start()
        wait_until(lambda: self._waiting() >= waiting or not thread.is_alive())

    def finish(self) -> None:
        """Wait until all have done."""
        for thread in self._threads:
            thread.join(10)

    def _waiting(self) -> int:
        return sum(map(len, self.lanes._waiting.values()))

    def _work(self, name: str, lane: Lane) -> None:
        with self.lanes.turn(lane):
            self.order.append(name)


def wait_until(holds: Callable[[], bool]) -> None:
    pause = threading.Event()
    for _ in range(1000):
        if holds():
            return
        pause.wait(0.01)
    pytest.fail("it never came to that")


@pytest.fixture
def lanes(clock: FixedClock) -> Lanes:
    return Lanes(clock)


@pytest.fixture
def workers(lanes: Lanes) -> Iterator[Workers]:
    workers = Workers(lanes)
    yield workers
    workers.finish()


def test_two_work_at_a_time(lanes: Lanes, workers: Workers) -> None:
    """A third one waits until one of two has done."""
    with lanes.turn(), lanes.turn():
        workers.add("third")
        assert workers.order == []
    workers.finish()

    assert workers.order == ["third"]


def test_people_go_before_suspects(lanes: Lanes, workers: Workers) -> None:
    """The calm go first, then the wary, then the suspects; within a lane in the order of coming."""
    with lanes.turn():
        with lanes.turn():
            workers.add("early suspect", Lane.SUSPECT)
            workers.add("late suspect", Lane.SUSPECT)
            workers.add("wary", Lane.WARY)
            workers.add("first")
            workers.add("second")
        workers.finish()

    assert workers.order == ["first", "second", "wary", "early suspect", "late suspect"]


@pytest.mark.parametrize("lane", [Lane.WARY, Lane.SUSPECT])
def test_suspects_have_one_processor_at_most(lanes: Lanes, workers: Workers, lane: Lane) -> None:
    """While one of them works, others wait, wary or suspect, and somebody calm gets the other processor at once."""
    with lanes.turn(lane):
        workers.add("suspect", Lane.SUSPECT)
        workers.add("wary", Lane.WARY)
        workers.add("somebody")
        wait_until(lambda: workers.order == ["somebody"])
    workers.finish()

    assert workers.order == ["somebody", "wary", "suspect"]


@pytest.mark.parametrize("lane", [Lane.WARY, Lane.SUSPECT])
def test_a_full_lane_turns_the_next_one_away(lanes: Lanes, workers: Workers, clock: FixedClock, lane: Lane) -> None:
    """The ninth who would wait is refused at once, before any work, with the time to come back; others are not."""
    with lanes.turn(lane):
        for number in range(8):
            workers.add(str(number), lane)
        with pytest.raises(TooManyTries) as caught, lanes.turn(lane):
            pytest.fail("there is no turn")
        with lanes.turn():
            pass
    workers.finish()

    assert caught.value.renews_at > clock.now()
    assert workers.order == list("01234567")


@pytest.mark.parametrize("lane", Lane)
def test_nobody_waits_for_ever(clock: FixedClock, lane: Lane) -> None:
    """Who waited too long is refused, and the turn that was not taken is not lost."""
    lanes = Lanes(clock, longest_wait=0.01)

    with lanes.turn(), lanes.turn(), pytest.raises((Transient, TooManyTries)) as caught, lanes.turn(lane):
        pytest.fail("there is no turn")

    assert isinstance(caught.value, Transient) == (lane is Lane.CALM)
    with lanes.turn(), lanes.turn(Lane.SUSPECT):
        pass


def test_a_turn_ends_with_an_error_too(lanes: Lanes) -> None:
    """Work that fails gives its processor back."""
    for _ in range(5):
        with pytest.raises(ValueError, match="work"), lanes.turn(Lane.SUSPECT):
            raise ValueError("work")

    with lanes.turn(), lanes.turn(Lane.WARY):
        pass
