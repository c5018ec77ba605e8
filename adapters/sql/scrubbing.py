"""Makes a database forget what was deleted: deleting alone leaves the bytes in free pages, logs and the word index.

A child's sign of danger must get in meanwhile, so whatever shuts out writers is kept short.
"""

import time
from collections.abc import Callable

from sqlalchemy import Connection, Engine, inspect

from domain.errors import StoreBusy

_PATIENCE_SECONDS = 10.0
"""How long others may hold up the scrubbing."""

_WAIT_MILLISECONDS = 100
"""How long one try to empty the log may wait for readers; writers wait along with it."""

_STEP_PAGES = 500
"""Pages of the word index that are merged in one step (of at most 4 kB each)."""

_OPEN_TO_FLAGS = frozenset(
    {"school", "class_room", "enrolment", "person", "person_key", "care_case", "flag", "case_event"}
)
"""Tables that raising a flag reads or writes."""


def scrub(engine: Engine, *, patience: float = _PATIENCE_SECONDS) -> None:
    """Overwrite what was deleted, so that no byte of it is left in the store's files.

    Raises StoreBusy when somebody reads or writes for longer than `patience` seconds. SQLite's files are rewritten
    whole, since even with `secure_delete` copies of deleted rows stay where rows were moved between pages; writers
    wait meanwhile, well below a second for each 100 MB.

    On PostgreSQL no table that a sign of danger needs is rewritten, which would lock it: there the server is only
    told to use the room again. What was written in these tables is sealed and its key is gone; a name or an
    address of a deleted person stays in the table's file until that room is used. The server's own log and its
    backups turn over by the rules of whoever runs it.
    """
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            usual = connection.exec_driver_sql("PRAGMA busy_timeout").scalar_one()
            connection.exec_driver_sql(f"PRAGMA busy_timeout={int(patience * 1000)}")
            try:
                _scrub_sqlite(connection, patience)
            finally:
                connection.exec_driver_sql(f"PRAGMA busy_timeout={usual}")
        else:
            _scrub_postgres(connection.execution_options(isolation_level="AUTOCOMMIT"))


def _scrub_postgres(connection: Connection) -> None:
    for name in sorted(inspect(connection).get_table_names()):
        how = "VACUUM" if name in _OPEN_TO_FLAGS else "VACUUM FULL"
        connection.exec_driver_sql(f'{how} "{name}"')


def _scrub_sqlite(connection: Connection, patience: float) -> None:
    _merge_words(connection)
    connection.exec_driver_sql("VACUUM")
    # writers go on while this copies; what is left for the next is little
    connection.exec_driver_sql("PRAGMA wal_checkpoint(PASSIVE)")
    connection.exec_driver_sql(f"PRAGMA busy_timeout={min(_WAIT_MILLISECONDS, int(patience * 1000))}")
    _try(lambda: _empties_log(connection), patience)


def _merge_words(connection: Connection) -> None:
    """Merge the word index into one part, step by step, each a short transaction of its own.

    FTS5 marks words as deleted and keeps them until its parts are merged (sqlite.org/fts5.html, section 6.7).
    """
    pages = -_STEP_PAGES
    while _changes_of_merge(connection, pages) > 1:
        pages = _STEP_PAGES


def _changes_of_merge(connection: Connection, pages: int) -> int:
    count = "SELECT total_changes()"
    before = connection.exec_driver_sql(count).scalar_one()
    connection.exec_driver_sql("INSERT INTO chunk_words (chunk_words, rank) VALUES ('merge', ?)", (pages,))
    return int(connection.exec_driver_sql(count).scalar_one() - before)


def _empties_log(connection: Connection) -> bool:
    # the log keeps old pages until it is emptied, which waits for readers (sqlite.org/wal.html, section 3.1)
    is_busy, _, _ = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()
    return not is_busy


def _try(does: Callable[[], bool], patience: float) -> None:
    """Try until it is done, with pauses in which others get their turn. Raises StoreBusy after `patience` seconds."""
    until = time.monotonic() + patience
    while not does():
        if time.monotonic() > until:
            raise StoreBusy("The store is busy. Try again in a moment.")
        time.sleep(_WAIT_MILLISECONDS / 1000)
