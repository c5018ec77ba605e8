"""Does several pieces of work side by side, a few at a time, and stops handing out more when one fails."""

from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from contextvars import copy_context
from typing import TypeVar

Result = TypeVar("Result")


def do_at_once(work: Sequence[Callable[[], Result]], most: int) -> list[Result]:
    """Give the results in the order of the work, at most `most` done at a time.

    When one raises, what has not begun is never begun; what runs is waited for, and the first error in time is raised.
    """
    if most == 1 or len(work) == 1:
        return [one() for one in work]
    with ThreadPoolExecutor(most, thread_name_prefix="asking") as pool:
        futures = [pool.submit(copy_context().run, one) for one in work]
        done, waiting = wait(futures, return_when=FIRST_EXCEPTION)
        for future in waiting:
            future.cancel()
    for future in futures:
        if future in done:
            future.result()
    return [future.result() for future in futures]
