"""A process that lets flagged messages through the real gate and sends their notices, until it is killed.

It loads everything once and then forks: for each line `<first> <is_broken>` on its standard input a child begins with
message `first`, and says `received <n>` as soon as the gate has answered message n with a case. Arguments: the folder
with `margent.db` and `ring.json`, and the address of the sink.
"""

import os
import sys
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import structlog

from adapters.keys.ring import RingFile
from adapters.notices.webhook import WebhookCourier
from adapters.queue.ticker import Ticker
from adapters.sql.store import SqlStore
from domain.clock import SystemClock
from domain.ids import PersonId, stable_id
from domain.notices import Channel
from domain.people import Person, Role
from safety.alarms import Alarms
from safety.cases import Cases
from safety.gate import Gate
from safety.notice_words import Stationery
from safety.notices import Notices
from safety.screening import Screener
from safety.sending import Pace
from safety.watch import Watch
from tests.builders import a_person
from tests.silent_book import SilentBook

SECRET = "a secret of the school"
PEOPLE = 400
QUICK = Pace(lease=1.0, first=0.05, longest=0.2, patience=0.05)

_WORDS = (
    "I am going to kill myself tonight",
    "I want to die and I have a plan to end my life",
    "I cut myself again last night and I cannot stop",
    "My stepfather hits me with a belt and I am afraid to go home",
)


class Broken(Notices):
    """A sender that says a notice was delivered before it was: whoever checks it must see what it loses."""

    def _send(self, notice: Any, write: Any, now: Any, delivered: Any) -> None:
        delivered.append(notice.key)
        self._keep(replace(notice, delivered_at=now, attempts=1))
        self._try(notice.channel, write)


def student(number: int) -> Person:
    """Give the student who writes a message."""
    place = number % PEOPLE
    name = f"Wilhelmina Quux{place}"
    return a_person(Role.STUDENT, id=PersonId(stable_id("quux", place)), name=name, email=f"q{place}@school.example")


def message(number: int) -> str:
    """Give the text of a message; no two are the same."""
    return f"{_WORDS[number % len(_WORDS)]}, said number {number:06d} of them."


def build(store: SqlStore, url: str, *, kind: type[Notices] = Notices, pace: Pace = QUICK) -> Notices:
    """Give a sender with the one webhook."""
    courier = WebhookCourier(url, SECRET, SystemClock(), seconds=5)
    stationery = Stationery("https://margent.school.example")
    return kind(store, {Channel.WEBHOOK: courier}, stationery, Alarms(SilentBook(), {}), pace=pace)


def _live(folder: Path, url: str, screener: Screener, *, first: int, is_broken: bool) -> None:
    store = SqlStore(f"sqlite:///{folder / 'margent.db'}", ring=RingFile(folder / "ring.json"))
    notices = build(store, url, kind=Broken if is_broken else Notices)
    gate = Gate(screener, Cases(store, SystemClock(), has=notices.channels))
    watch = Watch(store, has=notices.channels)
    Ticker({"watch": watch.run, "notices": notices.run}, SystemClock(), seconds=0.005).start()
    _say("begun")
    number = first
    while True:
        outcome = gate.stop(student(number), message(number), entry="ask")
        _say(f"{'received' if outcome and outcome.case_id else 'passed'} {number}")
        number += 1


def _say(line: str) -> None:
    os.write(1, f"{line}\n".encode())


def main(folder: Path, url: str) -> None:
    """Fork a child for each line, and wait for its end."""
    structlog.configure(logger_factory=structlog.PrintLoggerFactory((folder / "log").open("a", encoding="utf-8")))
    screener = Screener()
    screener.screen("Read what there is to read.")
    # nobody is killed while a library is read: that would be most of the time
    import_module("httpx")
    _say("ready")
    for line in sys.stdin:
        first, is_broken = line.split()
        if child := os.fork():
            _say(f"child {child}")
            os.waitpid(child, 0)
            _say("dead")
        else:
            _live(folder, url, screener, first=int(first), is_broken=is_broken == "True")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
