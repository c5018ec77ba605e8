"""Work that is done side by side."""

import threading
from functools import partial

import pytest

from generators.model.at_once import Stopped, do_at_once


class Broken(Exception):
    """A piece of work failed."""


def test_results_keep_the_order_of_the_work() -> None:
    """Whoever is ready first, results come in the order of the work."""
    second_is_done = threading.Event()

    def first() -> str:
        assert second_is_done.wait(10)
        return "first"

    def second() -> str:
        second_is_done.set()
        return "second"

    assert do_at_once([first, second], 2) == ["first", "second"]


@pytest.mark.parametrize("most", [1, 3])
def test_no_work_has_no_results(most: int) -> None:
    """Nothing to do gives nothing."""
    assert do_at_once([], most) == []


def test_no_more_is_begun_when_one_fails() -> None:
    """The error comes out, and what had not begun by then never does."""
    begun: list[int] = []
    has_failed = threading.Event()

    def fail() -> None:
        has_failed.set()
        raise Broken

    def work(number: int) -> None:
        begun.append(number)
        assert has_failed.wait(10)

    with pytest.raises(Broken):
        do_at_once([partial(work, 0), partial(fail), *(partial(work, number) for number in range(1, 400))], 2)

    assert len(begun) < 399


def test_what_was_stopped_hides_no_reason() -> None:
    """The error that others were stopped for is raised, also where theirs came first."""
    has_begun, is_stopped = threading.Event(), threading.Event()

    def stop() -> None:
        assert has_begun.wait(10)
        is_stopped.set()
        raise Stopped

    def fail() -> None:
        has_begun.set()
        assert is_stopped.wait(10)
        raise Broken

    with pytest.raises(Broken):
        do_at_once([stop, fail], 2)


@pytest.mark.parametrize("work", [1, 2], ids=["one piece", "one at a time"])
def test_alone_it_is_done_right_here(work: int) -> None:
    """One piece, or one at a time, needs no other thread."""
    threads = do_at_once([threading.get_ident] * work, 2 if work == 1 else 1)

    assert set(threads) == {threading.get_ident()}
