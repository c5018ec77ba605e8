"""What a large roster costs: 20,000 students with 10,000 guardians, new, again, and all changed; one line of JSON.

python -m bench.roster
"""

import json
import resource
import tempfile
import time
from pathlib import Path

from accounts.rosters import Rosters
from adapters.keys.ring import RingFile
from adapters.sql.migrate import upgrade
from adapters.sql.store import SqlStore
from domain.clock import SystemClock
from domain.ids import PersonId, SchoolId, new_id
from domain.people import Person, Role, School
from domain.scope import EVERYTHING

_ROWS = 20_000
_HEADER = "Nachname;Vorname;E-Mail;Rolle;Klasse;Schülernummer;Geburtsdatum;E-Mail Eltern"


def main() -> None:
    """Bring the roster in, on a fresh SQLite store."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'margent.db'}"
        upgrade(url)
        store = SqlStore(url, ring=RingFile(Path(folder) / "keys" / "ring.json"))
        office = _school(store)
        rosters = Rosters(store, SystemClock())
        seconds = {}
        for what, content, is_trial in (
            ("look_at", _roster("a"), True),
            ("add", _roster("a"), False),
            ("again", _roster("a"), False),
            ("change_all", _roster("b"), False),
        ):
            began, busy = time.perf_counter(), time.process_time()
            report = rosters.bring_in(office, content, is_trial=is_trial)
            wall, cpu = time.perf_counter() - began, time.process_time() - busy
            seconds[what] = {"wall": round(wall, 2), "cpu": round(cpu, 2)}
            print({outcome.value: count for outcome, count in report.counts.items()})
        store.close()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps({"rows": _ROWS, "bytes": len(_roster("a")), "seconds": seconds, "peak_rss_mb": peak}))


def _school(store: SqlStore) -> Person:
    school = School(SchoolId(new_id()), "The School")
    office = Person(PersonId(new_id()), school.id, "Olga Office", "office@school.example", Role.ADMINISTRATOR)
    with store(EVERYTHING) as work:
        work.people.save_school(school)
        work.people.save_person(office)
        work.commit()
    return office


def _roster(stream: str) -> bytes:
    """Make the list in Windows-1252 with semicolons, as a German school's system writes it."""
    rows = [
        f"Müller{i};Jürgen;j{i}@school.example;Schüler;{5 + i % 8}{stream};S{i};"
        f"{1 + i % 28}.{1 + i % 12}.{2010 + i % 9};e{i // 2}@home.example"
        for i in range(_ROWS)
    ]
    return "\n".join([_HEADER, *rows]).encode("cp1252")


if __name__ == "__main__":
    main()
