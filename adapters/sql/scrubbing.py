"""Makes a database forget what was deleted: deleting alone leaves the bytes in free pages, logs and the word index."""

from sqlalchemy import Connection, Engine

from domain.errors import StoreBusy

_PATIENCE_SECONDS = 10.0
"""How long others may hold up the scrubbing."""


def scrub(engine: Engine, *, patience: float = _PATIENCE_SECONDS) -> None:
    """Overwrite what was deleted, so that no byte of it is left in the store's files.

    Raises StoreBusy when somebody reads or writes for longer than `patience` seconds. On PostgreSQL the server's own
    log and its backups turn over by the rules of whoever runs it.
    """
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            usual = connection.exec_driver_sql("PRAGMA busy_timeout").scalar_one()
            connection.exec_driver_sql(f"PRAGMA busy_timeout={int(patience * 1000)}")
            try:
                _scrub_sqlite(connection)
            finally:
                connection.exec_driver_sql(f"PRAGMA busy_timeout={usual}")
        else:
            connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql("VACUUM FULL")


def _scrub_sqlite(connection: Connection) -> None:
    # FTS5 marks words as deleted and keeps them until its parts are merged (sqlite.org/fts5.html, section 6.8)
    connection.exec_driver_sql("INSERT INTO chunk_words (chunk_words) VALUES ('optimize')")
    connection.exec_driver_sql("VACUUM")
    # the log keeps old pages until it is emptied, which waits for readers (sqlite.org/wal.html, section 3.1)
    is_busy, _, _ = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()
    if is_busy:
        raise StoreBusy("The store is busy. Try again in a moment.")
