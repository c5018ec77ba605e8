"""What the filter of SQLite does with statements that it cannot hold to the rules."""

import pytest
from sqlalchemy import select, text

from adapters.sql.schema import attempt
from adapters.sql.store import SqlStore
from domain.errors import OutOfScope
from domain.scope import scope_of
from tests.builders import a_person
from tests.raw import connect


def test_only_queries_and_changes_are_run_within_a_scope(store: SqlStore) -> None:
    """What a SQLite store cannot hold to the rules it does not run."""
    with connect(store, scope_of(a_person())) as connection:
        for statement in (f"EXPLAIN {select(attempt)}", "ATTACH DATABASE '' AS other", ""):
            with pytest.raises(OutOfScope):
                connection.exec_driver_sql(statement)


def test_statements_that_touch_no_row_are_run(store: SqlStore) -> None:
    """What names no table is left as it is."""
    with connect(store, scope_of(a_person())) as connection:
        assert connection.execute(text("SELECT 1")).scalar() == 1
        assert connection.execute(text("PRAGMA user_version")).scalar() == 0
