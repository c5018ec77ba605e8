"""Proves that no change of the audit chain goes unnoticed: thousands of random ones, each on a chain that was whole.

`python -m bench.proof_audit [mutations] [records]` changes a real SQLite database behind the service's back, or the
file of signed heads, and asks `safety.audit` each time. Exit status 1 when one was not found, or when the whole chain
was called changed.
"""

import random
import sqlite3
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from adapters.keys.ring import RingFile
from adapters.keys.signing import FileSigner, HeadFile
from adapters.sql.migrate import upgrade
from adapters.sql.store import SqlStore
from domain.audit import FIRST, AuditRecord, Entry, chain_hash
from domain.clock import SystemClock
from domain.errors import Unreadable
from domain.scope import EVERYTHING
from safety.audit import Audit

Database = sqlite3.Connection
_COLUMNS = ("at", "school_id", "action", "by_id", "about_id", "ref", "digest", "is_care", "previous", "hash")


def _changed(database: Database, luck: random.Random, count: int) -> None:
    column, seq = luck.choice(_COLUMNS), luck.randint(1, count)
    # the names are those of our own table
    (old,) = database.execute(f"SELECT {column} FROM audit WHERE seq = ?", (seq,)).fetchone()  # noqa: S608
    new = {"at": "2020-01-01 00:00:00.000000", "is_care": 1 - int(old) if column == "is_care" else 0}
    value = new.get(column, f"{luck.getrandbits(64):064x}")
    database.execute(f"UPDATE audit SET {column} = ? WHERE seq = ?", (value, seq))  # noqa: S608


def _dropped(database: Database, luck: random.Random, count: int) -> None:
    database.execute("DELETE FROM audit WHERE seq = ?", (luck.randint(1, count),))


def _closed_up(database: Database, luck: random.Random, count: int) -> None:
    """Drop a record and let those after it move up."""
    seq = luck.randint(1, count - 1)
    database.execute("DELETE FROM audit WHERE seq = ?", (seq,))
    database.execute("UPDATE audit SET seq = -seq WHERE seq > ?", (seq,))
    database.execute("UPDATE audit SET seq = -seq - 1 WHERE seq < 0")


def _swapped(database: Database, luck: random.Random, count: int) -> None:
    one, other = luck.sample(range(1, count + 1), 2)
    for old, new in ((one, 0), (other, one), (0, other)):
        database.execute("UPDATE audit SET seq = ? WHERE seq = ?", (new, old))


def _cut_off(database: Database, luck: random.Random, count: int) -> None:
    database.execute("DELETE FROM audit WHERE seq > ?", (luck.randint(0, count - 1),))


def _cut_at_the_start(database: Database, luck: random.Random, count: int) -> None:
    database.execute("DELETE FROM audit WHERE seq <= ?", (luck.randint(1, count),))


def _rewritten(database: Database, luck: random.Random, count: int, store: SqlStore) -> None:
    """Change a record and count every later hash anew, as somebody would who has read our source."""
    seq = luck.randint(1, count)
    with store(EVERYTHING) as work:
        records = list(work.audit.walk(seq - 1))
    previous = records[0].previous if seq > 1 else FIRST
    for number, record in enumerate(records):
        entry = Entry("case.read", by_id=f"{luck.getrandbits(64):x}") if number == 0 else record.entry
        made = AuditRecord(record.seq, record.at, entry, previous, chain_hash(record.seq, record.at, entry, previous))
        values = (entry.school_id, entry.by_id, entry.about_id, entry.ref, previous, made.hash, made.seq)
        database.execute(
            "UPDATE audit SET school_id = ?, by_id = ?, about_id = ?, ref = ?, previous = ?, hash = ? WHERE seq = ?",
            values,
        )
        previous = made.hash


def _heads(lines: list[str], luck: random.Random) -> list[str]:
    """Change, drop, swap or cut the lines of the file of heads."""
    at = luck.randrange(len(lines))
    match luck.choice(["letter", "drop", "swap", "cut"]):
        case "letter":
            place = luck.randrange(len(lines[at]))
            letter = "7" if lines[at][place] != "7" else "3"
            return [*lines[:at], lines[at][:place] + letter + lines[at][place + 1 :], *lines[at + 1 :]]
        case "drop":
            # dropping the last is a cut, which is found once the records after it are old
            at = luck.randrange(len(lines) - 1)
            return lines[:at] + lines[at + 1 :]
        case "swap":
            other = (at + 1) % len(lines)
            made = list(lines)
            made[at], made[other] = made[other], made[at]
            return made
        case _:
            return lines[max(at, 1) :]


_CHANGES: dict[str, Callable[[Database, random.Random, int], None]] = {
    "a field changed": _changed,
    "a record dropped": _dropped,
    "dropped, the rest moved up": _closed_up,
    "two records swapped": _swapped,
    "the end cut off": _cut_off,
    "the start cut off": _cut_at_the_start,
}


def prove(mutations: int, records: int, folder: Path) -> Counter[tuple[str, bool]]:
    """Make a chain, then change it again and again; count by kind of change whether it was found."""
    database = folder / "margent.db"
    upgrade(f"sqlite:///{database}")
    with closing(SqlStore(f"sqlite:///{database}", ring=RingFile(folder / "ring.json"))) as store:
        heads = HeadFile(folder / "heads.jsonl")
        audit = Audit(store, FileSigner(folder / "audit.key"), heads, SystemClock())
        for number in range(records):
            with store(EVERYTHING) as work:
                work.audit.append(Entry("case.read", "a" * 32, "b" * 32, "c" * 32, f"case:{number}", is_care=True))
                work.commit()
            if number % 7 == 6 or number == records - 1:
                audit.sign()
        if audit.verify().faults:
            sys.exit("the whole chain was called changed")
        return _mutate(mutations, records, database, store=store, audit=audit, heads=heads)


# each is a part of the one installation that is changed
def _mutate(  # noqa: PLR0913
    mutations: int, records: int, database: Path, *, store: SqlStore, audit: Audit, heads: HeadFile
) -> Counter[tuple[str, bool]]:
    # a seed, so that a failure can be had again
    luck = random.Random(20261122)  # noqa: S311
    found: Counter[tuple[str, bool]] = Counter()
    kinds = [*_CHANGES, "all later hashes counted anew", "the file of heads"]
    whole = heads.path.read_text("utf-8")
    with closing(sqlite3.connect(database, isolation_level=None)) as raw:
        raw.execute("CREATE TABLE kept AS SELECT * FROM audit")
        for number in range(mutations):
            kind = kinds[number % len(kinds)]
            if kind == "the file of heads":
                heads.path.write_text("".join(f"{one}\n" for one in _heads(whole.splitlines(), luck)), "utf-8")
            elif kind in _CHANGES:
                _CHANGES[kind](raw, luck, records)
            else:
                _rewritten(raw, luck, records, store)
            found[kind, _is_found(audit)] += 1
            raw.execute("BEGIN")
            raw.execute("DELETE FROM audit")
            raw.execute("INSERT INTO audit SELECT * FROM kept")
            raw.execute("COMMIT")
            heads.path.write_text(whole, "utf-8")
    if audit.verify().faults:
        sys.exit("the chain that was put back was called changed")
    return found


def _is_found(audit: Audit) -> bool:
    try:
        return bool(audit.verify().faults)
    except (Unreadable, ValueError):
        return True


def main() -> None:
    """Print the table."""
    given = [int(word) for word in sys.argv[1:3]]
    mutations, records = [*given, *(10_000, 40)[len(given) :]]
    with tempfile.TemporaryDirectory() as folder:
        found = prove(mutations, records, Path(folder))
    for kind in dict.fromkeys(kind for kind, _ in found):
        print(f"{kind:32} {found[kind, True]:6} found {found[kind, False]:4} unnoticed")
    unnoticed = sum(count for (_, was_found), count in found.items() if not was_found)
    print(f"{sum(found.values())} mutations, {unnoticed} unnoticed")
    sys.exit(1 if unnoticed else 0)


if __name__ == "__main__":
    main()
