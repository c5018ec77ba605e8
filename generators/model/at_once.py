"""Does several pieces of work side by side, a few at a time, and stops handing out more when one fails."""

from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from contextvars import copy_context
from typing import TypeVar

Result = TypeVar("Result")


class Stopped(Exception):
    """Work was broken off because other work that it belongs to had failed."""


def do_at_once(work: Sequence[Callable[[], Result]], most: int) -> list[Result]:
    """Give the results in the order of the work, at most `most` done at a time.

    When one raises, what has not begun is never begun, and what runs is waited for. The first error in the order of the
    work is raised, one that others were stopped for before theirs.
    """
    if most == 1 or len(work) == 1:
        return [one() for one in work]
    with ThreadPoolExecutor(most, thread_name_prefix="asking") as pool:
        futures = [pool.submit(copy_context().run, one) for one in work]
        for future in wait(futures, return_when=FIRST_EXCEPTION).not_done:
            future.cancel()
    errors = [error for future in futures if not future.cancelled() and (error := future.exception()) is not None]
    for error in sorted(errors, key=lambda one: isinstance(one, Stopped)):
        raise error
    return [future.result() for future in futures]
