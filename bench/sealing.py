"""What sealing costs: `python -m bench.sealing`. Processor microseconds and milliseconds of this process."""

import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from accounts import keys
from adapters.keys.box import Box
from adapters.keys.ring import RingFile
from adapters.sql.migrate import upgrade
from adapters.sql.sealing import bound_to
from adapters.sql.store import SqlStore
from domain.care import Case, CaseStatus, Flag, Severity, Worry
from domain.clock import SystemClock
from domain.ids import CaseId, FlagId, PersonId, SchoolId, new_id
from domain.jobs import Progress
from domain.people import Person, Role, School
from domain.scope import EVERYTHING

PEOPLE = 10_000
IN_CARE = 50
FLAGS_EACH = 4
TEXT = "I do not want to be here any more and nobody would notice. " * 5
SCHOOL = SchoolId("5" * 32)


class _Silent:
    def report(self, progress: Progress) -> None:
        """Hear it and say nothing."""


def main() -> None:
    one_text()
    with tempfile.TemporaryDirectory() as folder:
        ring = RingFile(Path(folder) / "keys" / "ring.json")
        ring.prepare(())
        url = f"sqlite:///{folder}/bench.db"
        upgrade(url)
        with closing(SqlStore(url, ring=ring)) as store:
            a_school(store, ring)


def one_text() -> None:
    box = Box(bytes(32))
    content, place = TEXT.encode(), "flag:" + "0" * 32 + ":text"
    sealed = box.seal(content, place)
    print(f"seal {len(content)} bytes: {_cost(lambda: box.seal(content, place), 20_000) * 1e6:.1f} us")
    print(f"open {len(content)} bytes: {_cost(lambda: box.open(sealed, place), 20_000) * 1e6:.1f} us")
    print(f"kept as {len(sealed) + 3} characters")


def a_school(store: SqlStore, ring: RingFile) -> None:
    now = SystemClock().now()
    everybody = [
        Person(PersonId(new_id()), SCHOOL, "Sam", f"{number}@x.example", Role.STUDENT) for number in range(PEOPLE)
    ]
    with store(EVERYTHING) as work:
        work.people.save_school(School(SCHOOL, "School"))
        for person in everybody:
            work.people.save_person(person)
        work.commit()
    with store(EVERYTHING) as work:
        for person in everybody:
            work._sealer.seal("", person_id=person.id, place="")  # noqa: SLF001 - keys, and nothing else
        work.commit()
    worry = Worry(Severity.HIGH, "self_harm", "rule")
    case = Case(CaseId(""), SCHOOL, PersonId(""), Severity.HIGH, "self_harm", CaseStatus.OPEN, now, now)
    with store(EVERYTHING) as work:
        for person in everybody[:IN_CARE]:
            flags = tuple(Flag(FlagId(new_id()), person.id, worry, TEXT, "ask", now) for _ in range(FLAGS_EACH))
            work.care.save(replace(case, id=CaseId(new_id()), person_id=person.id, flags=flags))
        work.commit()
    wrapped = ring.wrap(bytes(32), about=bound_to(everybody[0].id))
    print(f"unwrap a key: {_cost(lambda: ring.unwrap(wrapped, about=bound_to(everybody[0].id)), 5000) * 1e6:.1f} us")
    print(f"list {IN_CARE} cases with {IN_CARE * FLAGS_EACH} flags: {_cost(lambda: _list(store), 20) * 1e3:.1f} ms")
    began = time.perf_counter()
    cost = _cost(lambda: keys.rewrap(keys.rotate(store, ring), store, _Silent()), 1)
    print(f"wrap {PEOPLE} keys anew: {cost:.2f} s of processor, {time.perf_counter() - began:.2f} s in all")


def _list(store: SqlStore) -> None:
    with store(EVERYTHING) as work:
        assert len(work.care.list_cases(SCHOOL)) == IN_CARE


def _cost(work: Callable[[], object], times: int) -> float:
    """Give the processor seconds that one run takes."""
    began = time.process_time()
    for _ in range(times):
        work()
    return (time.process_time() - began) / times


if __name__ == "__main__":
    main()
