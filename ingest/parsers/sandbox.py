"""Reads a file in a child process with limits, so that a hostile or broken file harms nothing else.

The child is killed when it runs out of time, when the job is cancelled, and when this process goes away
(its pipe breaks). A page it dies of is left out and named; the rest is read again without it.
"""

import json
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from domain.documents import Page, PageProblem
from domain.errors import Invalid, TooLarge, Unreadable
from domain.jobs import Progress
from domain.parts_data import dropped_from_data
from ingest.parsers import wire
from ingest.parsers.contract import Order, Reading

Report = Callable[[Progress], None]

STAGE = "reading"
_ROOT = Path(__file__).parents[2]
_POLL_SECONDS = 0.25
_MEMORY = {"MALLOC_TRIM_THRESHOLD_": "50000000", "MALLOC_TOP_PAD_": "1000000"}
"""Tells the C library (glibc) not to give memory back between pages and to take more at once: 3 % less time."""

_MOST_DEATHS = 3
_OUT_OF_TIME = {signal.SIGXCPU, signal.SIGKILL}
_OUT_OF_MEMORY = {signal.SIGABRT, signal.SIGTRAP, signal.SIGILL}


@dataclass
class _Attempt:
    """What one child has said so far."""

    pages: list[Page] = field(default_factory=list)
    started: tuple[int, int] = (0, 0)
    end: dict[str, Any] | None = None
    error: Invalid | None = None


def read_apart(order: Order, report: Report) -> Reading:
    """Read a file in a child process. Raises Unreadable, Unsupported, TooLarge, or what `report` raises."""
    lost: list[PageProblem] = []
    while True:
        skip = frozenset(problem.page for problem in lost)
        attempt, death = _run(replace(order, skip=skip), report)
        if attempt.error:
            raise attempt.error
        if attempt.end is not None:
            problems = [wire.problem_from_data(item) for item in attempt.end["problems"]]
            found = sorted([*lost, *problems], key=lambda problem: problem.page)
            dropped = dropped_from_data(attempt.end["dropped"])
            return Reading(tuple(attempt.pages), attempt.end["title"], tuple(found), dropped)
        number, count = attempt.started
        if number == 0 or count == 1 or number in skip or len(lost) == _MOST_DEATHS:
            raise _refusal(death)
        lost.append(PageProblem(number, "page_failed", f"Page {number} could not be read and was left out."))


def _run(order: Order, report: Report) -> tuple[_Attempt, int]:
    """Run one child to its end; give what it said and its exit code."""
    attempt = _Attempt()
    request = {
        "path": str(order.path),
        "media_type": order.media_type,
        "limits": asdict(order.limits),
        "skip": sorted(order.skip),
    }
    # our own module, started by this very interpreter, with data of ours as its one argument
    child = subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "ingest.parsers.child", json.dumps(request)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"PYTHONPATH": str(_ROOT), "PATH": os.defpath, **_MEMORY},
        start_new_session=True,
    )
    try:
        assert child.stdout is not None
        deadline = time.monotonic() + 4 * order.limits.parse_seconds
        due_at = 0.0
        for line in _lines(child.stdout.fileno(), deadline):
            is_first = attempt.started[0] == 0
            if line:
                _hear(attempt, json.loads(line))
            if time.monotonic() >= due_at or is_first:
                report(Progress(STAGE, *attempt.started))
                due_at = time.monotonic() + _POLL_SECONDS
    finally:
        child.kill()
        child.wait()
        if child.stdout is not None:
            child.stdout.close()
    return attempt, child.returncode


def _lines(source: int, deadline: float) -> Iterator[bytes]:
    """Yield the child's lines, and an empty one now and then while it is silent, until it ends or time is up."""
    rest = b""
    with selectors.DefaultSelector() as selector:
        selector.register(source, selectors.EVENT_READ)
        while time.monotonic() < deadline:
            if not selector.select(_POLL_SECONDS):
                yield b""
                continue
            data = os.read(source, 1 << 16)
            if not data:
                return
            *lines, rest = (rest + data).split(b"\n")
            yield from lines


def _hear(attempt: _Attempt, message: dict[str, Any]) -> None:
    match message:
        case {"start": [number, count]}:
            attempt.started = (number, count)
        case {"page": data}:
            attempt.pages.append(wire.page_from_data(data))
        case {"end": data}:
            attempt.end = data
        case {"error": data}:
            attempt.error = wire.error_from_data(data)


def _refusal(exit_code: int) -> Invalid:
    """Put a child's death into words."""
    if -exit_code in _OUT_OF_TIME:
        return TooLarge("This file takes too long to read. Split it, or save it again from the program it came from.")
    if -exit_code in _OUT_OF_MEMORY:
        return TooLarge("This file needs too much memory to read. Split it, or save it again as a new file.")
    return Unreadable("This file is damaged and cannot be read. Open it in the program it came from and save it again.")
