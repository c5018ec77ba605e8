"""What becomes of signs of danger when things go wrong: processes killed, a sink that is down, clocks, a full disk.

Each scenario runs the real gate, store and sender against a sink on this machine, and gives a tally of what it found.
`tests/journeys/test_escalation.py` runs them small, `bench/proof_escalation.py` at length.
"""

import base64
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from adapters.keys.ring import RingFile
from adapters.sql.migrate import upgrade
from adapters.sql.store import SqlStore
from domain.clock import SystemClock
from domain.notices import Channel
from domain.people import ClassRoom, School
from domain.scope import EVERYTHING
from tests.builders import CLASS, SCHOOL
from tests.killed_sender import PEOPLE, build, message, student
from tests.scripted_sink import Posted, Sink, scripted_sink

ROOT = Path(__file__).parent.parent
_CLASS_NAME = "Class of the Purple Heron"


@dataclass
class Tally:
    """What was found at the end. Whatever is in `faults` should not be."""

    kills: int = 0
    received: int = 0
    flags: int = 0
    cases: int = 0
    notices: int = 0
    posts: int = 0
    repeated: int = 0
    faults: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        said = (
            f"{self.kills} kills, {self.received} received, {self.flags} flags in {self.cases} cases, "
            f"{self.notices} notices to the sink, {self.posts} deliveries ({self.repeated} repeated): "
        )
        return said + (f"{len(self.faults)} FAULTS, as {self.faults[0]}" if self.faults else "nothing lost")


@contextmanager
def new_store(folder: Path) -> Iterator[SqlStore]:
    """Open a database of its own with the school, the class and all who write."""
    url = f"sqlite:///{folder / 'margent.db'}"
    upgrade(url)
    ring = RingFile(folder / "ring.json")
    ring.prepare(())
    with closing(SqlStore(url, ring=ring)) as store:
        with store(EVERYTHING) as work:
            work.people.save_school(School(SCHOOL, "The School of the Purple Heron"))
            work.people.save_class(ClassRoom(CLASS, SCHOOL, _CLASS_NAME))
            work.people.save_people([student(number) for number in range(PEOPLE)])
            work.commit()
        yield store


def killed(folder: Path, kills: int, *, seed: int = 1, is_broken: bool = False) -> Tally:
    """Kill the process that takes messages and sends notices again and again, at random points around a receipt."""
    luck = random.Random(seed)  # noqa: S311 - repeatable on purpose, and no secret
    with new_store(folder) as store, scripted_sink() as sink:
        sink.seconds = 0.004
        with _sender(folder, sink) as sender:
            received = _kill(sender, luck, kills, is_broken=is_broken)
        drain(store, sink)
        tally = look(store, sink, received)
    tally.kills = kills
    log = folder / "log"
    tally.faults += [f"the log holds a text of {number}" for number in _leaks(log.read_bytes(), tally)]
    return tally


def drain(store: SqlStore, sink: Sink, *, seconds: float = 30.0) -> None:
    """Let a process that lives send what is left, as the next start of the service does."""
    notices = build(store, sink.url)
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        notices.run(SystemClock().now())
        with store(EVERYTHING) as work:
            if work.notices.oldest_undelivered() is None:
                return


def look(store: SqlStore, sink: Sink, received: list[int]) -> Tally:
    """Compare what was received with what is in the store, and that with what reached the sink."""
    with store(EVERYTHING) as work:
        cases = work.care.list_cases(SCHOOL)
        rows = [one for case in cases for one in work.notices.list_for(case.id) if one.channel is Channel.WEBHOOK]
    flags = Counter(flag.text for case in cases for flag in case.flags)
    bodies: dict[str, set[bytes]] = {}
    for post in sink.posts:
        bodies.setdefault(post.headers["Idempotency-Key"], set()).add(post.body)
    told = {one.case_id for one in rows if one.key in bodies}
    tally = Tally(
        received=len(received),
        flags=flags.total(),
        cases=len(cases),
        notices=len(rows),
        posts=len(sink.posts),
        repeated=len(sink.posts) - len(bodies),
    )
    tally.faults += [f"message {one} is in {flags[message(one)]} cases" for one in received if flags[message(one)] != 1]
    tally.faults += [f"{count} flags for one message" for count in flags.values() if count > 1]
    tally.faults += [f"case {case.id} reached nobody" for case in cases if case.id not in told]
    tally.faults += [f"notice {one.key} was never sent" for one in rows if one.key not in bodies]
    tally.faults += [f"notice {one.key} is not delivered" for one in rows if one.delivered_at is None]
    tally.faults += [f"{key} has several letters: {letters}" for key, letters in bodies.items() if len(letters) > 1]
    tally.faults += [f"{key} is no notice's" for key in bodies.keys() - {one.key for one in rows}]
    tally.faults += [f"a notice holds a text of {one}" for one in _leaks(_bytes(sink.requests), tally)]
    return tally


def _leaks(content: bytes, tally: Tally) -> Iterator[str]:
    """Yield what private of anybody is in these bytes, as it is or encoded."""
    private = [
        "said number",
        "to kill myself",
        "I cut myself",
        "My stepfather",
        "Wilhelmina Quux",
        "Purple Heron",
        "@school.example",
    ]
    for one in private if tally.flags else []:
        raw = one.encode()
        forms = [raw, quote(one).encode(), raw.hex().encode(), one.encode("utf-16-le")]
        # the middle of its base64, whatever stood before it
        forms += [base64.b64encode(b"x" * lead + raw)[4:-4] for lead in range(3)]
        if any(form.lower() in content.lower() for form in forms):
            yield one


def _bytes(requests: list[Posted]) -> bytes:
    return b"\n".join(
        part
        for one in requests
        for part in (one.body, *(f"{name}: {said}".encode() for name, said in one.headers.items()))
    )


@contextmanager
def _sender(folder: Path, sink: Sink) -> Iterator["subprocess.Popen[str]"]:
    command = [sys.executable, "-m", "tests.killed_sender", str(folder), sink.url]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as sender:
        assert _line(sender) == "ready"
        yield sender
        assert sender.stdin is not None
        sender.stdin.close()


def _kill(sender: "subprocess.Popen[str]", luck: random.Random, kills: int, *, is_broken: bool) -> list[int]:
    """Kill child after child; give the numbers of the messages that were answered with a case."""
    received: list[int] = []
    first = 0
    for _ in range(kills):
        assert sender.stdin is not None
        sender.stdin.write(f"{first} {is_broken}\n")
        sender.stdin.flush()
        child = 0
        said: list[str] = []
        wanted = luck.randint(0, 3)
        while sum(one.startswith("received") for one in said) < wanted or not child or "begun" not in said:
            line = _line(sender)
            child = int(line.split()[1]) if line.startswith("child") else child
            said.append(line)
        time.sleep(luck.uniform(0, 0.08))
        os.kill(child, signal.SIGKILL)
        while said[-1] != "dead":
            said.append(_line(sender))
        received += [int(one.split()[1]) for one in said if one.startswith("received")]
        # the message after the last that was answered may have been saved or not
        first = 2 + max([first, *(int(one.split()[1]) for one in said if one[0] in "rp" and one != "ready")])
    return received


def _line(sender: "subprocess.Popen[str]") -> str:
    assert sender.stdout is not None
    line = sender.stdout.readline()
    assert line, "The process that takes messages has ended."
    return line.strip()
