"""That migrations make on PostgreSQL what is declared, whatever a database held before, and hold roles to policies."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, func, inspect, select, text

from adapters.sql import migrate
from adapters.sql.columns import metadata
from adapters.sql.engine import build_engine
from adapters.sql.scoping import SCOPE, policies
from domain.errors import Conflict
from domain.scope import EVERYTHING
from tests.postgres import Server

MIGRATIONS = Path(migrate.__file__).parent / "migrations"
ROOT = MIGRATIONS.parents[2]


@pytest.fixture
def empty(postgres_server: Server) -> Iterator[str]:
    """The address of a database without tables."""
    address = postgres_server.make_empty()
    yield address
    postgres_server.drop(address)


@pytest.fixture
def migrated(postgres_server: Server) -> Iterator[Engine]:
    """A database with all tables."""
    address = postgres_server.make_migrated()
    engine = create_engine(address)
    yield engine
    engine.dispose()
    postgres_server.drop(address)


def test_migrations_make_the_declared_tables(migrated: Engine) -> None:
    """Alembic finds nothing to change between a migrated database and the declared tables."""
    options = {
        "compare_type": True,
        "include_name": lambda name, kind, _above: (kind, name) != ("table", "chunk_words"),
    }

    with migrated.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection, opts=options), metadata)

    assert differences == []


def test_the_policies_are_the_rules_of_today(migrated: Engine) -> None:
    """Every table is held to one policy, its owner too, and that is what its rule comes to now."""
    with migrated.connect() as connection:
        kept = _policies(connection)
        held = set(
            connection.scalars(
                text("SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity AND relkind = 'r'")
            )
        )
        for name, rule in policies().items():
            connection.exec_driver_sql(f"ALTER POLICY scope ON {name} USING ({rule}) WITH CHECK ({rule})")
        meant = _policies(connection)
        tables = set(inspect(connection).get_table_names()) - {"alembic_version"}

    assert kept == meant
    assert held == tables == {name for name, *_ in kept}


def _policies(connection: Connection) -> set[tuple[Any, ...]]:
    query = "SELECT tablename, policyname, permissive, roles::text, cmd, qual, with_check FROM pg_policies"
    return {tuple(row) for row in connection.execute(text(query))}


def test_downgrade_leaves_nothing(empty: str) -> None:
    """Going back from the newest revision drops every table, the word index and what it is made of too."""
    migrate.upgrade(empty)
    engine = create_engine(empty)

    with engine.begin() as connection, Operations.context(MigrationContext.configure(connection)):
        for revision in ScriptDirectory(str(MIGRATIONS)).walk_revisions():
            revision.module.downgrade()
        tables = inspect(connection).get_table_names()
        words = connection.scalars(text("SELECT cfgname FROM pg_ts_config WHERE cfgname = 'margent'")).all()
    engine.dispose()

    assert tables == ["alembic_version"]
    assert words == []


def test_several_processes_may_upgrade_at_once(empty: str) -> None:
    """Of several processes that start on an empty database, one makes the tables and the others wait for it."""
    code = f"from adapters.sql.migrate import upgrade; upgrade({empty!r})"
    started = [subprocess.Popen([sys.executable, "-W", "error", "-c", code], cwd=ROOT) for _ in range(3)]

    assert [one.wait(timeout=60) for one in started] == [0, 0, 0]


def test_a_role_that_rules_do_not_bind_is_refused(postgres_server: Server, empty: str) -> None:
    """As a superuser, whom row security lets pass, nothing is made, and the reason is told."""
    with pytest.raises(Conflict, match="sees every row") as caught:
        migrate.upgrade(postgres_server.as_superuser(empty))

    assert caught.value.code == "role_too_strong"
    engine = create_engine(empty)
    assert inspect(engine).get_table_names() == []
    engine.dispose()


def test_a_newer_database_is_left_alone(empty: str) -> None:
    """A database of a revision that this Margent does not know is refused in plain words."""
    migrate.upgrade(empty)
    engine = create_engine(empty)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()

    with pytest.raises(Conflict, match="newer Margent"):
        migrate.upgrade(empty)


OLD_ROWS = """
INSERT INTO school (number, id, name) VALUES (1, 's', 'The School');
INSERT INTO class_room (id, school_id, name) VALUES ('c', 's', '8b');
INSERT INTO person (id, school_id, name, email, email_key, role, password_hash, is_demo)
VALUES ('p', 's', 'Ada', 'ada@school.example', 'ada@school.example', 'student', '', false);
INSERT INTO enrolment (person_id, class_id) VALUES ('p', 'c');
INSERT INTO sign_in (token_hash, person_id, created_at, expires_at, form_token)
VALUES ('t', 'p', '2026-09-01 08:00:00', '2026-09-01 20:00:00', 'f');
INSERT INTO document (id, school_id, owner_id, class_id, title, filename, media_type, content_hash, size, status,
created_at, language, page_count, problem_code, problem, page_problems, aids_ready, stage_seconds)
VALUES ('d', 's', 'p', 'c', 'Plants', 'plants.md', 'text/markdown', 'h', 1, 'ready', '2026-09-01 08:00:00', 'en', 1,
'', '', '[]', true, '{}');
INSERT INTO interaction (number, id, at, kind, provenance, verdicts, outcome, person_id, document_id, section,
input_hash, tokens_in, tokens_out, tokens_estimated, failure)
VALUES (1, 'i', '2026-09-01 08:00:00', 'summary', '{}', '[]', 'made', 'p', 'd', NULL, '', 0, 0, false, '');
INSERT INTO care_case (id, school_id, person_id, severity, subject, status, opened_at, due_at)
VALUES ('k', 's', 'p', 'high', 'worry', 'open', '2026-09-01 08:00:00', '2026-09-01 08:15:00');
INSERT INTO job (number, id, name, document_id, status, created_at, run_at, attempts, retries, stage, done, total,
is_cancel_asked, error_code, error)
VALUES (1, 'j', 'ingest_document', 'd', 'queued', '2026-09-01 08:00:00', '2026-09-01 08:00:00', 0, 0, '', 0, 0, false,
'', '');
"""
"""Rows as the first released tables held them."""


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_an_old_database_keeps_its_rows(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """A database of the first revision with rows comes to the newest one with all of them, and with what they gain."""
    address = f"sqlite:///{tmp_path / 'old.db'}" if kind == "sqlite" else request.getfixturevalue("empty")
    engine = build_engine(address)
    with engine.connect().execution_options(**{SCOPE: EVERYTHING}) as connection:
        _go_to(connection, "0001")
        for statement in OLD_ROWS.strip().split(";\n"):
            connection.exec_driver_sql(statement.removesuffix(";"))
        connection.commit()

    migrate.upgrade(address)

    with engine.connect().execution_options(**{SCOPE: EVERYTHING}) as connection:
        counts = {
            name: connection.execute(select(func.count()).select_from(metadata.tables[name])).scalar()
            for name in ("school", "class_room", "person", "enrolment", "sign_in", "document", "care_case")
        }
        job = connection.execute(text("SELECT subject FROM job")).scalar()
        school = connection.execute(text("SELECT school_id FROM interaction")).scalar()
    engine.dispose()
    assert set(counts.values()) == {1}
    assert (job, school) == ("d", "s")


def _go_to(connection: Connection, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
