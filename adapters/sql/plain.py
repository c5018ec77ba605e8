"""Seals what was written before there were keys: once, after the upgrade that brought them.

Rows go in small steps, each committed, so that a process that dies half-way loses nothing: the next one goes through
all of them again and leaves alone what opens already.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from typing import Any

from sqlalchemy import Row, Select, Table, select, tuple_, update

from adapters.sql.columns import metadata
from adapters.sql.sealing import Sealer, place_of
from adapters.sql.transaction import Transaction
from adapters.sql.whose import told_of
from domain.ports import KeyRing

_AT_ONCE = 500


def seal_plain(begin: Callable[[], Transaction], ring: KeyRing) -> int:
    """Seal every plain text that its table says is kept sealed; give how many rows were looked at."""
    count = 0
    for table in metadata.sorted_tables:
        if told_of(table).sealed:
            count += sum(len(rows) for rows in _steps(table, begin, ring))
    return count


def _steps(table: Table, begin: Callable[[], Transaction], ring: KeyRing) -> Iterator[Sequence[Row[Any]]]:
    keys = tuple(table.primary_key.columns)
    query = _rows_of_somebody(table).order_by(*keys).limit(_AT_ONCE)
    rest = query
    while True:
        with closing(begin()) as transaction:
            transaction.begin_write()
            rows = transaction.read(rest).all()
            if not rows:
                return
            sealer = Sealer(transaction, ring)
            sealer.load([row.whose for row in rows])
            for row in rows:
                _seal_row(transaction, sealer, table, row)
            transaction.commit()
        yield rows
        rest = query.where(tuple_(*keys) > tuple(getattr(rows[-1], key.name) for key in keys))


def _rows_of_somebody(table: Table) -> Select[Any]:
    """Select the rows with whose they are; rows that are nobody's are not sealed."""
    said = told_of(table)
    if said.about:
        whose = table.c[said.about[0]]
        return select(table, whose.label("whose")).where(whose.is_not(None))
    parent = metadata.tables[said.parent]
    return select(table, parent.c[told_of(parent).about[0]].label("whose")).select_from(table.join(parent))


def _seal_row(transaction: Transaction, sealer: Sealer, table: Table, row: Row[Any]) -> None:
    said, values = told_of(table), {}
    for name in said.sealed:
        text: str = getattr(row, name)
        place = place_of(table.name, "/".join(str(getattr(row, key)) for key in said.sealed_by), name)
        if not sealer.opens(text, person_id=row.whose, place=place):
            values[name] = sealer.seal(text, person_id=row.whose, place=place)
    if values:
        is_it = (key == getattr(row, key.name) for key in table.primary_key.columns)
        transaction.write(update(table).where(*is_it).values(values))
