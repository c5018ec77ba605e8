"""Recognises several pages at once, each in a process that may die without harm to the others.

A process is killed with all it started when it takes too long, when the job is cancelled, and when this one goes away.
"""

import json
import os
import selectors
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from domain.documents import Page
from domain.jobs import Progress
from ingest.limits import Limits
from ingest.parsers import wire
from ingest.recognition.engine import Program

Report = Callable[[Progress], None]

STAGE = "recognising"
_ROOT = Path(__file__).parents[2]
_POLL_SECONDS = 0.25
_MOST_AT_ONCE = 4
_MOST_DEATHS = 4
_WALL_FACTOR = 4
_READ_BYTES = 1 << 16


@dataclass(frozen=True, slots=True)
class Task:
    """A file to recognise pages of. `languages`: ISO 639-1, likeliest first."""

    path: Path
    media_type: str
    limits: Limits
    program: Program
    languages: Sequence[str]


class _Worker:
    """A process that recognises one page after the other."""

    def __init__(self, task: Task) -> None:
        order = {
            "path": str(task.path),
            "media_type": task.media_type,
            "limits": asdict(task.limits),
            "program": task.program.to_data(),
            "languages": list(task.languages),
        }
        # our own module, started by this very interpreter, with data of ours as its one argument
        self._process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "ingest.recognition.worker", json.dumps(order)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"PYTHONPATH": str(_ROOT), "PATH": os.defpath, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
            start_new_session=True,
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._numbers = self._process.stdin
        self._answers = self._process.stdout
        self._rest = b""
        self._seconds = _WALL_FACTOR * task.limits.recognise_seconds
        self.deadline = 0.0

    def fileno(self) -> int:
        """Give what a selector waits for."""
        return self._answers.fileno()

    def give(self, number: int) -> None:
        """Let it recognise a page. That it has died is noticed when its answer is read."""
        self.deadline = time.monotonic() + self._seconds
        with suppress(BrokenPipeError):
            self._numbers.write(f"{number}\n".encode())
            self._numbers.flush()

    def take(self) -> dict[str, Any] | None:
        """Give its answer once that is whole, else None. Raises EOFError when it has died."""
        data = os.read(self._answers.fileno(), _READ_BYTES)
        if not data:
            raise EOFError
        line, end, self._rest = (self._rest + data).partition(b"\n")
        if not end:
            self._rest = line
            return None
        answer: dict[str, Any] = json.loads(line)
        return answer

    def end(self) -> None:
        """Kill it and all it started."""
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        with suppress(BrokenPipeError):
            self._numbers.close()
        self._answers.close()


def run(task: Task, numbers: Sequence[int], report: Report) -> Iterator[Page]:
    """Yield the pages of these numbers as they come; those that fail are left out. Raises what `report` raises."""
    waiting = deque(numbers)
    count, done, deaths = len(numbers), 0, 0
    report(Progress(STAGE, done, count))
    with selectors.DefaultSelector() as selector:
        try:
            for _ in range(min(count, cores())):
                _start(task, waiting, selector)
            while selector.get_map():
                for worker, answer in _answers(selector):
                    done += 1
                    if answer is None:
                        deaths += 1
                        _stop(worker, selector)
                        if waiting and deaths < _MOST_DEATHS:
                            _start(task, waiting, selector)
                        continue
                    if waiting:
                        worker.give(waiting.popleft())
                    else:
                        _stop(worker, selector)
                    if "page" in answer:
                        yield wire.page_from_data(answer["page"])
                report(Progress(STAGE, done, count))
        finally:
            for worker in _workers(selector):
                _stop(worker, selector)


def cores() -> int:
    """Give how many pages are recognised at once: as many as there are cores for this process, up to four."""
    return min(len(os.sched_getaffinity(0)), _MOST_AT_ONCE)


def _start(task: Task, waiting: deque[int], selector: selectors.BaseSelector) -> None:
    worker = _Worker(task)
    selector.register(worker, selectors.EVENT_READ, worker)
    worker.give(waiting.popleft())


def _stop(worker: _Worker, selector: selectors.BaseSelector) -> None:
    selector.unregister(worker)
    worker.end()


def _workers(selector: selectors.BaseSelector) -> list[_Worker]:
    return [key.data for key in selector.get_map().values()]


def _answers(selector: selectors.BaseSelector) -> list[tuple[_Worker, dict[str, Any] | None]]:
    """Wait a moment, and give who answered what; None for one that has died or takes too long."""
    ready = {key.data for key, _ in selector.select(_POLL_SECONDS)}
    answers: list[tuple[_Worker, dict[str, Any] | None]] = []
    for worker in _workers(selector):
        if worker not in ready:
            if time.monotonic() > worker.deadline:
                answers.append((worker, None))
            continue
        try:
            answer = worker.take()
        except EOFError:
            answers.append((worker, None))
            continue
        if answer is not None:
            answers.append((worker, answer))
    return answers
