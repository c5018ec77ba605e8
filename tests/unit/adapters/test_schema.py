"""What the tables declare, and that the migrations make exactly them."""

import io
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import Script, ScriptDirectory
from sqlalchemy import Connection, Table, create_engine, text

from adapters.sql import migrate
from adapters.sql.columns import Told, metadata
from domain.errors import Conflict, StoreBusy

MIGRATIONS = Path(migrate.__file__).parent / "migrations"


@pytest.mark.parametrize("table", metadata.tables.values(), ids=lambda table: table.name)
def test_every_table_says_what_it_holds_of_people(table: Table) -> None:
    """Each table says what personal data it holds and when its rows go."""
    said = table.info["told"]

    assert isinstance(said, Told)
    assert said.personal
    assert said.retired


@pytest.mark.parametrize("table", metadata.tables.values(), ids=lambda table: table.name)
def test_every_reference_says_what_happens_to_it(table: Table) -> None:
    """Each foreign key deletes or empties what points at a deleted row, so deleting a person or reading works."""
    assert {key.ondelete for key in table.foreign_keys} <= {"CASCADE", "SET NULL"}


def test_migrations_make_the_declared_tables(empty_database: Path) -> None:
    """Alembic finds nothing to change between a migrated database and the declared tables."""
    engine = create_engine(f"sqlite:///{empty_database}")
    options = {
        "compare_type": True,
        "include_name": lambda name, kind, _parents: not (kind == "table" and str(name).startswith("chunk_words")),
    }

    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection, opts=options), metadata)
    engine.dispose()

    assert differences == []


def test_the_named_head_is_the_newest_revision() -> None:
    """The revision that start-up compares with is the newest one in the folder."""
    assert ScriptDirectory(str(MIGRATIONS)).get_current_head() == migrate.HEAD


def test_migrations_can_be_written_for_postgresql() -> None:
    """The same revisions give PostgreSQL statements, with its own word index and without that of SQLite."""
    written = io.StringIO()
    options = {"as_sql": True, "output_buffer": written, "target_metadata": metadata}
    context = MigrationContext.configure(dialect_name="postgresql", opts=options)

    with Operations.context(context):
        for revision in ScriptDirectory(str(MIGRATIONS)).walk_revisions():
            revision.module.upgrade()
            revision.module.downgrade()

    assert "TIMESTAMP WITH TIME ZONE" in written.getvalue()
    assert "words tsvector" in written.getvalue()
    assert "fts5" not in written.getvalue()


def test_downgrade_leaves_nothing(tmp_path: Path) -> None:
    """Going back from the first revision drops every table, the word index too."""
    url = f"sqlite:///{tmp_path / 'margent.db'}"
    migrate.upgrade(url)
    engine = create_engine(url)

    with engine.begin() as connection, Operations.context(MigrationContext.configure(connection)):
        for revision in ScriptDirectory(str(MIGRATIONS)).walk_revisions():
            revision.module.downgrade()
        left = connection.execute(text("SELECT name FROM sqlite_master")).scalars().all()
    engine.dispose()

    assert set(left) <= {"alembic_version", "sqlite_autoindex_alembic_version_1"}


def test_what_students_added_before_is_screened_once(tmp_path: Path) -> None:
    """The revision that brings screening queues a job for each student's document with words, and for no other."""
    engine = create_engine(f"sqlite:///{tmp_path / 'margent.db'}")
    before, safety = _around("0004")
    documents = [("s" * 32, "1", "ready"), ("s" * 32, "2", "failed"), ("t" * 32, "3", "ready")]

    with engine.begin() as connection, Operations.context(MigrationContext.configure(connection)):
        for revision in before:
            revision.module.upgrade()
        _insert(connection, "school", id="5" * 32)
        for role in ("student", "teacher"):
            _insert(connection, "person", id=role[0] * 32, school_id="5" * 32, role=role, email=f"{role}@x")
        for owner, number, status in documents:
            _insert(connection, "document", id=number * 32, school_id="5" * 32, owner_id=owner, status=status)
        safety.module.upgrade()
        jobs = connection.execute(text("SELECT name, subject, status FROM job")).all()
    engine.dispose()

    assert jobs == [("screen_document", "1" * 32, "queued")]


def _around(name: str) -> tuple[list[Script], Script]:
    """Give the revisions before one, oldest first, and the one."""
    revisions = list(reversed(list(ScriptDirectory(str(MIGRATIONS)).walk_revisions())))
    at = next(at for at, one in enumerate(revisions) if one.revision == name)
    return revisions[:at], revisions[at]


def _insert(connection: Connection, table: str, **values: str) -> None:
    """Insert a row as the table is now, with something in each column that needs it."""
    for column in connection.execute(text(f"PRAGMA table_info({table})")).all():
        if column.notnull and column.dflt_value is None:
            is_number = column.type in {"INTEGER", "BOOLEAN"}
            is_time = column.type == "DATETIME"
            values.setdefault(column.name, "0" if is_number else "2026-09-01 08:00:00.000000" if is_time else "{}")
    names = ", ".join(values)
    places = ", ".join(f":{name}" for name in values)
    connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({places})"), values)  # noqa: S608


def test_upgrade_makes_the_folder_and_can_be_repeated(tmp_path: Path) -> None:
    """Upgrading makes the folder of the database, and a second time changes nothing."""
    path = tmp_path / "deep" / "margent.db"
    migrate.upgrade(f"sqlite:///{path}")
    before = path.read_bytes()

    migrate.upgrade(f"sqlite:///{path}")

    assert path.read_bytes() == before


def test_a_current_database_does_not_load_alembic(empty_database: Path) -> None:
    """Starting with a current database does without importing Alembic."""
    code = (
        "import sys; from adapters.sql.migrate import upgrade; "
        f"upgrade('sqlite:///{empty_database}'); assert 'alembic' not in sys.modules"
    )

    subprocess.run([sys.executable, "-c", code], check=True, cwd=MIGRATIONS.parents[2])


def test_several_processes_may_upgrade_at_once(tmp_path: Path) -> None:
    """Of several processes that start on an empty folder, one makes the tables and the others wait for it."""
    code = f"from adapters.sql.migrate import upgrade; upgrade('sqlite:///{tmp_path / 'margent.db'}')"
    started = [
        subprocess.Popen([sys.executable, "-W", "error", "-c", code], cwd=MIGRATIONS.parents[2]) for _ in range(3)
    ]

    assert [one.wait(timeout=60) for one in started] == [0, 0, 0]


def test_a_newer_database_is_left_alone(tmp_path: Path) -> None:
    """A database of a revision that this Margent does not know is refused in plain words."""
    url = f"sqlite:///{tmp_path / 'margent.db'}"
    migrate.upgrade(url)
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()

    with pytest.raises(Conflict, match="newer Margent") as caught:
        migrate.upgrade(url)

    assert caught.value.code == "newer_store"


def test_a_folder_in_place_of_the_database_is_refused(tmp_path: Path) -> None:
    """Where the database cannot be opened, upgrading says that the store does not answer."""
    with pytest.raises(StoreBusy):
        migrate.upgrade(f"sqlite:///{tmp_path}")
