"""Turns at slow work: suspects never hold up others."""

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from accounts.lanes import Lanes
from accounts.tries import TooManyTries
from domain.errors import MargentError, Transient
from tests.conftest import FixedClock


class Workers:
    """Threads that wait for their turn and then note their name."""

    def __init__(self, lanes: Lanes) -> None:
        self.lanes = lanes
        self.order: list[str] = []
        self.errors: list[MargentError] = []
        self._threads: list[threading.Thread] = []

    def add(self, name: str, *, is_suspect: bool = False, is_full: bool = False) -> None:
        """Start a worker, and return once it waits or has done; where the lane is full, once somebody was sent away."""
        waiting, refused = self._waiting() + 1, len(self.errors)
        thread = threading.Thread(target=self._work, args=(name, is_suspect))
        self._threads.append(thread)
        thread.start()
        if is_full:
            wait_until(lambda: len(self.errors) > refused)
        else:
            wait_until(lambda: self._waiting() >= waiting or not thread.is_alive())

    def finish(self) -> None:
        """Wait until all have done."""
        for thread in self._threads:
            thread.join(10)

    def _waiting(self) -> int:
        return len(self.lanes._calm) + len(self.lanes._suspect)

    def _work(self, name: str, is_suspect: bool) -> None:  # noqa: FBT001 - a thread's arguments have no names
        try:
            with self.lanes.turn(is_suspect=is_suspect):
                self.order.append(name)
        except MargentError as error:
            self.errors.append(error)


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
    """Whoever has no failures goes first, in the order of coming; of the suspects the last one goes first."""
    with lanes.turn(), ExitStack() as other:
        other.enter_context(lanes.turn())
        workers.add("early suspect", is_suspect=True)
        workers.add("late suspect", is_suspect=True)
        workers.add("first")
        workers.add("second")
        other.close()
        workers.finish()

    assert workers.order == ["first", "second", "late suspect", "early suspect"]


def test_suspects_have_one_processor_at_most(lanes: Lanes, workers: Workers) -> None:
    """While a suspect works, other suspects wait and somebody else gets the other processor at once."""
    with lanes.turn(is_suspect=True):
        workers.add("suspect", is_suspect=True)
        workers.add("somebody")
        wait_until(lambda: workers.order == ["somebody"])
    workers.finish()

    assert workers.order == ["somebody", "suspect"]


def test_a_full_lane_turns_away_who_waited_longest(lanes: Lanes, workers: Workers, clock: FixedClock) -> None:
    """One suspect too many sends the oldest away before any work, with the time to come back; nobody else."""
    with lanes.turn(is_suspect=True):
        for number in range(8):
            workers.add(str(number), is_suspect=True)
        assert workers.errors == []
        workers.add("one too many", is_suspect=True, is_full=True)
        with lanes.turn():
            pass
    workers.finish()

    (error,) = workers.errors
    assert isinstance(error, TooManyTries)
    assert error.renews_at > clock.now()
    assert workers.order == ["one too many", *"7654321"]


@pytest.mark.parametrize(("is_suspect", "kind"), [(True, TooManyTries), (False, Transient)])
def test_nobody_waits_for_ever(
    clock: FixedClock,
    is_suspect: bool,  # noqa: FBT001 - pytest gives it by name
    kind: type[MargentError],
) -> None:
    """Who waited too long is refused, and the turn that was not taken is not lost."""
    lanes = Lanes(clock, longest_wait=0.01)

    with lanes.turn(), lanes.turn(), pytest.raises(kind), lanes.turn(is_suspect=is_suspect):
        pytest.fail("there is no turn")

    with lanes.turn(), lanes.turn(is_suspect=True):
        pass


def test_a_turn_ends_with_an_error_too(lanes: Lanes) -> None:
    """Work that fails gives its processor back."""
    for _ in range(5):
        with pytest.raises(ValueError, match="work"), lanes.turn(is_suspect=True):
            raise ValueError("work")

    with lanes.turn(), lanes.turn():
        pass


def test_who_is_called_at_the_last_moment_takes_the_turn(clock: FixedClock) -> None:
    """A turn that is given to somebody who was about to give up is not lost."""
    lanes = Lanes(clock, longest_wait=0.05)
    workers = Workers(lanes)

    with lanes.turn(), lanes.turn():
        workers.add("late")
        with lanes._lock:
            threading.Event().wait(0.3)  # it has given up by now, and waits for the lock to say so
            lanes._free += 1
            lanes._call()
        workers.finish()
    lanes._free -= 1

    assert (workers.order, workers.errors) == (["late"], [])
