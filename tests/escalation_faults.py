"""Scenarios beside sudden deaths: a sink that is down for a day, clocks that jump, a disk that is full, a store gone.

Each lets messages through the real gate and gives the faults that it found, none when all is well.
"""

import json
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from httpx2 import Response
from sqlalchemy import event

from adapters.files.alarms import AlarmFile
from adapters.notices.webhook import WebhookCourier
from adapters.sql.store import SqlStore
from domain.errors import Transient
from domain.notices import Alarm, Channel
from domain.outcomes import Escalated
from safety.alarms import Alarms
from safety.cases import Cases
from safety.gate import Gate
from safety.notice_words import Stationery
from safety.notices import Notices
from safety.screening import Screener
from safety.sending import Pace
from safety.watch import Watch
from tests.conftest import FixedClock
from tests.escalation import Tally, look, new_store
from tests.faces import Browser, House
from tests.killed_sender import SECRET, message, student
from tests.scripted_sink import Sink, scripted_sink

_PATIENT = Pace(patience=10.0)
"""Each round waits for its deliveries; all pauses are those of the product."""


@dataclass
class Installation:
    """The gate and the sender over one store, with a clock that is moved by hand."""

    store: SqlStore
    gate: Gate
    notices: Notices
    watch: Watch
    clock: FixedClock

    def write(self, number: int) -> Escalated:
        """Let a message through the gate."""
        outcome = self.gate.stop(student(number), message(number), entry="ask")
        assert outcome is not None, "The message was not flagged."
        return outcome

    def live(self, minutes: int) -> None:
        """Let time go by, a minute at a time."""
        for _ in range(minutes):
            self.watch.run(self.clock.now())
            self.notices.run(self.clock.now())
            self.clock.move(timedelta(minutes=1))


def install(store: SqlStore, sink: Sink, book: Path, screener: Screener) -> Installation:
    """Put the parts together as the service does, but for the clock and the pauses of a busy store."""
    clock = FixedClock()
    alarms = AlarmFile(book)
    alarms.prepare()
    courier = WebhookCourier(sink.url, SECRET, clock)
    stationery = Stationery("https://margent.school.example")
    notices = Notices(
        store, {Channel.WEBHOOK: courier}, stationery, Alarms(alarms, {Channel.WEBHOOK: ""}), pace=_PATIENT
    )
    gate = Gate(
        screener,
        Cases(store, clock, has=notices.channels),
        pauses=(),
        cry_out=lambda severity: notices.cry_out(severity, clock.now()),
    )
    return Installation(store, gate, notices, Watch(store, has=notices.channels), clock)


@contextmanager
def a_house(folder: Path, screener: Screener, *statuses: int) -> Iterator[tuple[Installation, Sink]]:
    """Open an installation of its own with its sink."""
    with new_store(folder) as store, scripted_sink(*statuses) as sink:
        yield install(store, sink, folder / "alarms", screener), sink


def long_without_sink(folder: Path, screener: Screener, *, hours: int = 24) -> Tally:
    """Let nothing be delivered for hours while messages come, then let the sink come back."""
    with a_house(folder, screener, 503) as (house, sink):
        received = []
        for hour in range(hours):
            house.write(hour)
            received.append(hour)
            house.live(60)
        sink.requests.clear()
        sink.statuses = [204]
        house.live(20)
        return look(house.store, sink, received)


def clock_that_jumps(folder: Path, screener: Screener) -> Tally:
    """Let the clock be four hundred days ahead for a while, with the sink down, and then right again."""
    with a_house(folder, screener, 503) as (house, sink):
        house.write(0)
        house.live(2)
        house.clock.move(timedelta(days=400))
        house.write(1)
        house.live(30)
        house.clock.move(-timedelta(days=400))
        house.write(2)
        house.live(1)
        sink.requests.clear()
        sink.statuses = [204]
        house.live(20)
        return look(house.store, sink, [0, 1, 2])


def full_disk(folder: Path, screener: Screener) -> list[str]:
    """Let the database have no room left."""
    with a_house(folder, screener) as (house, sink):
        received = [number for number in range(3) if house.write(number).case_id]
        fill_up(house.store)
        unsaved = _first_unsaved(house)
        faults = _unsaved_faults(house, sink, unsaved)
        return faults + ([] if received == [0, 1, 2] else ["nothing could be saved before"])


def no_store(folder: Path, screener: Screener) -> list[str]:
    """Let the database be gone, and the process die before anybody was told; the next one tells it."""
    with a_house(folder, screener, 503) as (house, sink):
        house.store.close()
        away = folder / "margent.db"
        away.rename(folder / "away.db")
        away.mkdir()
        unsaved = house.write(0)
        _wait_for_alarm(folder / "alarms")
        sink.statuses = [204]
        after = install(house.store, sink, folder / "alarms", screener)
        return _unsaved_faults(after, sink, unsaved)


DANGER = "I want to kill myself"

_UNNAMED: Mapping[str, Callable[[House, Browser], Response]] = {
    "question, API": lambda house, browser: browser.client.post(
        f"/api/v1/documents/{house.reading.id}/ask", json={"question": DANGER}
    ),
    "search, API": lambda _house, browser: browser.client.get("/api/v1/search", params={"q": DANGER}),
    "question, page": lambda house, browser: browser.send(f"/readings/{house.reading.id}/ask", {"question": DANGER}),
    "search, page": lambda _house, browser: browser.client.get("/search", params={"q": DANGER}),
}
"""Ways of writing by HTTP, where the store has to say who writes before anything else."""


def no_store_over_http(house: House) -> list[str]:
    """Let the database of a running application be gone while a student writes by each face."""
    browser = house.newcomer()
    browser.open("/")
    faults = []
    with store_away(house):
        for name, write in _UNNAMED.items():
            before = len(_alarms_of(house))
            answer = write(house, browser)
            faults += [] if "could not be saved" in answer.text else [f"{name}: no words of support, {answer}"]
            faults += [] if _comes_to(partial(_has_more_than, house, before)) else [f"{name}: nobody alarmed"]
        before = len(_alarms_of(house))
        calm = browser.client.get("/api/v1/search", params={"q": "leaf"})
        faults += [] if calm.status_code == 503 else [f"a calm search: {calm}"]
        faults += [] if len(_alarms_of(house)) == before else ["an alarm for a calm search"]
    return faults


@contextmanager
def store_away(house: House) -> Iterator[None]:
    """Take the database of an installation away for the length of the block, with something else in its place."""
    assert isinstance(house.store, SqlStore)
    house.store.close()
    path = Path(str(house.store._engine.url.database))
    moved = {one: one.with_name(f"away-{one.name}") for one in path.parent.glob(f"{path.name}*")}
    for one, other in moved.items():
        one.rename(other)
    path.mkdir()
    try:
        yield
    finally:
        house.store.close()
        path.rmdir()
        for one, other in moved.items():
            other.rename(one)


def _has_more_than(house: House, count: int) -> bool:
    return len(_alarms_of(house)) > count


def _alarms_of(house: House) -> list[Alarm]:
    return house.services.notices._alarms._book.list_alarms()


def fill_up(store: SqlStore) -> None:
    """Let the database grow no more. The next connections hear of it; those that are open are closed."""

    def limit(connection: Any, _record: object) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")

    event.listen(store._engine, "connect", limit)
    store.close()


def _first_unsaved(house: Installation) -> Escalated:
    """Write until there is no room in the last page either."""
    for number in range(3, 200):
        outcome = house.write(number)
        if outcome.case_id is None:
            return outcome
    raise AssertionError("The disk was never full.")


def _unsaved_faults(house: Installation, sink: Sink, unsaved: Escalated) -> list[str]:
    """Say what is wrong about a message that could not be saved: what was shown, and whether anybody was told."""
    faults = [] if unsaved.case_id is None else ["it says that there is a case"]
    faults += [] if "could not be saved" in unsaved.message else ["it does not say that it was not saved"]
    faults += [] if "112" in unsaved.message or "emergency" in unsaved.message.lower() else ["it names no help"]
    faults += [] if _is_told(house, sink) else ["nobody was told"]
    return faults


def _is_told(house: Installation, sink: Sink) -> bool:
    """Run as the ticker does, whatever the store says, until the sink has heard of what could not be saved."""
    until = time.monotonic() + 10
    while time.monotonic() < until:
        with suppress(Transient):
            house.notices.run(house.clock.now())
        if any(json.loads(one.body)["occasion"] == "unsaved" for one in sink.posts):
            return True
        time.sleep(0.01)
    return False


def _wait_for_alarm(path: Path) -> None:
    _comes_to(lambda: bool(AlarmFile(path).list_alarms()))


def _comes_to(is_so: Callable[[], bool]) -> bool:
    until = time.monotonic() + 10
    while not is_so() and time.monotonic() < until:
        time.sleep(0.01)
    return is_so()
