"""No row of another class or school is read, changed, deleted or added by whoever it is not for, in either store."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Table, delete, insert, select, text, update

from adapters.keys.ring import RingFile
from adapters.sql.columns import metadata
from adapters.sql.scoping import policies
from adapters.sql.store import SqlStore, SqlUnitOfWork
from domain.errors import Conflict, OutOfScope
from domain.people import Role
from domain.scope import EVERYTHING, NOTHING
from tests.areas import AREAS, SEEN, TABLES, Row, Scene, an_id, rows_of, scope_in, settle
from tests.conftest import copy_of
from tests.postgres import Server
from tests.raw import connect


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def scene(
    request: pytest.FixtureRequest, empty_database: Path, tmp_path_factory: pytest.TempPathFactory, ring: RingFile
) -> Iterator[Scene]:
    if request.param == "sqlite":
        address = copy_of(empty_database, tmp_path_factory.mktemp("scope"))
    else:
        server: Server = request.getfixturevalue("postgres_server")
        address = server.make_migrated()
    store = SqlStore(address, ring=ring)
    yield settle(store)
    store.close()


every_table = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
every_role = pytest.mark.parametrize("role", list(Role))


def test_every_table_has_a_rule_and_somebody_who_sees_it() -> None:
    """A table without a rule, or without a line here that says who sees it, is a mistake."""
    assert set(policies()) - {"chunk_words"} == set(metadata.tables) == set(SEEN)
    assert all(any(seen.values()) for seen in SEEN.values())


@every_role
@every_table
def test_each_role_reads_its_own_rows_and_no_others(scene: Scene, table: Table, role: Role) -> None:
    """Asked for all rows of a table, the store gives exactly those that are for the person."""
    assert scene.found(table, scope_in(role)) == scene.expected(table, role)


@every_table
def test_nobody_sees_nothing(scene: Scene, table: Table) -> None:
    """A scope that names nobody sees no row, and a connection that says nothing does not either."""
    assert scene.found(table, NOTHING) == set()
    with scene.store._engine.connect() as connection:
        assert connection.execute(select(table)).all() == []
    assert len(scene.found(table, EVERYTHING)) >= 2


@every_role
@every_table
def test_each_role_changes_and_deletes_its_own_rows_alone(scene: Scene, table: Table, role: Role) -> None:
    """An update or a deletion of all rows of a table touches exactly those that are for the person."""
    expected = len(scene.expected(table, role))
    column = table.primary_key.columns[0]

    for statement in (update(table).values({column: column}), delete(table)):
        with scene.store(scope_in(role)) as unit:
            assert unit._transaction.write(statement).rowcount == expected
    assert len(scene.found(table, EVERYTHING)) == len([row for area in AREAS for row in rows_of(table, area)])


@every_role
@every_table
def test_each_role_adds_rows_of_its_own_alone(scene: Scene, table: Table, role: Role) -> None:
    """A copy of somebody else's row is refused before it is compared; one of a row of one's own is a Conflict."""
    expected = scene.expected(table, role)

    for area in AREAS:
        for row in rows_of(table, area):
            wanted = Conflict if scene.key(table, row) in expected else OutOfScope
            with scene.store(scope_in(role)) as unit, pytest.raises(wanted):
                unit._transaction.write(insert(table), [row])


@every_role
def test_no_row_is_given_away(scene: Scene, role: Role) -> None:
    """A row of one's own cannot be moved to where one would not see it, nor somebody else's be taken."""
    moves: list[tuple[str, Row]] = [
        ("document", {"school_id": an_id("b1", "school")}),
        ("attempt", {"person_id": an_id("a2", "person")}),
        ("care_case", {"person_id": an_id("b1", "person"), "school_id": an_id("b1", "school")}),
        ("consent", {"person_id": an_id("b1", "person")}),
        ("class_room", {"school_id": an_id("b1", "school")}),
    ]

    for name, values in moves:
        table = metadata.tables[name]
        for area in AREAS:
            (row,) = rows_of(table, area)
            with scene.store(scope_in(role)) as unit:
                _expect_refusal(unit, table, {"id": row["id"]}, values)


def _expect_refusal(unit: SqlUnitOfWork, table: Table, key: Row, values: Row) -> None:
    # adding what one cannot see and what is not whole is refused for one reason or another
    with pytest.raises((OutOfScope, Conflict)):
        unit._transaction.put(table, key, values)


@every_role
def test_what_is_ones_own_can_be_saved(scene: Scene, role: Role) -> None:
    """Rows that a person sees can be put back as they are."""
    for table in TABLES:
        for area in SEEN[table.name][role]:
            for row in rows_of(table, area):
                if scene.key(table, row) not in scene.expected(table, role):
                    continue
                key = {column.name: row[column.name] for column in table.primary_key.columns}
                with scene.store(scope_in(role)) as unit:
                    unit._transaction.put(table, key, {name: row[name] for name in row.keys() - key.keys()} or key)


QUERIES = [
    "SELECT attempt.id FROM person JOIN attempt ON attempt.person_id = person.id",
    "SELECT attempt.id FROM school LEFT JOIN attempt ON 1 = 1 WHERE attempt.id IS NOT NULL",
    "SELECT id FROM attempt AS other",
    "SELECT id FROM school WHERE EXISTS (SELECT 1 FROM attempt WHERE person_id = '{other}') AND id = ''",
    "SELECT 1 WHERE EXISTS (SELECT 1 FROM attempt WHERE person_id = '{other}')",
    "SELECT id FROM (SELECT * FROM attempt) AS inner_attempts",
    "SELECT id FROM attempt UNION SELECT id FROM attempt",
    "WITH mine AS (SELECT * FROM attempt) SELECT id FROM mine",
    "SELECT id FROM ATTEMPT",
    'SELECT id FROM "attempt"',
    "SELECT (SELECT max(id) FROM attempt WHERE person_id = '{other}') AS id FROM school WHERE id = ''",
]


@pytest.mark.parametrize("query", QUERIES)
def test_hand_written_queries_see_no_more(scene: Scene, query: str) -> None:
    """Joins, subqueries, other names and unions find only rows that the person sees."""
    own = an_id("a1", "attempt")

    with connect(scene.store, scope_in(Role.STUDENT)) as connection:
        found = set(connection.execute(text(query.format(other=an_id("b1", "person")))).scalars())

    assert found <= {own}


def test_queries_built_of_parts_see_no_more(scene: Scene) -> None:
    """Subqueries in the condition of an update or a deletion find only rows that the person sees."""
    attempt, progress = metadata.tables["attempt"], metadata.tables["hint_progress"]
    theirs = select(attempt.c.person_id).where(attempt.c.person_id != an_id("a1", "person"))
    is_any = select(1).where(attempt.c.person_id != an_id("a1", "person")).select_from(attempt).exists()

    with scene.store(scope_in(Role.STUDENT)) as unit:
        write = unit._transaction.write
        assert write(update(progress).where(progress.c.person_id.in_(theirs)).values(rung=5)).rowcount == 0
        assert write(update(progress).where(is_any).values(rung=5)).rowcount == 0
        assert write(delete(progress).where(is_any)).rowcount == 0
        assert write(update(progress).values(rung=5)).rowcount == 1


def test_text_that_changes_rows_is_refused_or_held(scene: Scene) -> None:
    """Hand-written updates and deletions reach no row of others."""
    before = scene.found(metadata.tables["attempt"], EVERYTHING)

    for statement in ("DELETE FROM attempt", "UPDATE attempt SET answer = ''", "REPLACE INTO attempt (id) VALUES ('')"):
        with scene.store(scope_in(Role.COUNSELLOR)) as unit:
            if not scene.is_postgres:
                with pytest.raises(OutOfScope):
                    unit._transaction.write(text(statement))
            elif not statement.startswith("REPLACE"):
                assert unit._transaction.write(text(statement)).rowcount == 0

    assert scene.found(metadata.tables["attempt"], EVERYTHING) == before


def test_the_scope_ends_with_the_unit(scene: Scene) -> None:
    """A connection that goes back to the pool takes nobody's eyes along, and after a commit they are still the same."""
    attempt = metadata.tables["attempt"]
    for role in (Role.STUDENT, Role.ADMINISTRATOR, Role.GUARDIAN):
        with scene.store(scope_in(role)) as unit:
            assert len(unit._transaction.read(select(attempt)).all()) == len(scene.expected(attempt, role))
            unit.commit()
            assert len(unit._transaction.read(select(attempt)).all()) == len(scene.expected(attempt, role))
        with scene.store(EVERYTHING) as unit:
            assert len(unit._transaction.read(select(attempt)).all()) == len(AREAS)
            unit.commit()
        with scene.store._engine.connect() as connection:
            assert connection.execute(select(attempt)).all() == []


FINDERS: list[Callable[[SqlUnitOfWork, str], object]] = [
    lambda work, area: work.documents.find(an_id(area, "document")),
    lambda work, area: work.readings.find_page(an_id(area, "document"), AREAS.index(area) + 1),
    lambda work, area: work.readings.list_sections(an_id(area, "document")),
    lambda work, area: work.readings.list_chunks(an_id(area, "document")),
    lambda work, area: work.readings.load_chunks([an_id(area, "chunk")]),
    lambda work, area: work.learning.list_attempts(an_id(area, "person"), an_id(area, "artifact")),
    lambda work, area: work.people.find_person(an_id(area, "person")),
    lambda work, area: work.people.find_by_subject(f"{area} student subject"),
    lambda work, area: work.people.list_people(an_id(area, "school")) if area[0] == "b" else None,
    lambda work, area: work.people.list_members(an_id(area, "class_room")),
    lambda work, area: work.people.list_guardians(an_id(area, "person")),
    lambda work, area: work.people.list_invitations(an_id(area, "school")) if area[0] == "b" else None,
    lambda work, area: work.people.list_sign_ins(an_id(area, "person")),
    lambda work, area: work.consents.list_for(an_id(area, "person")),
    lambda work, area: work.rights.list_accesses(an_id(area, "person")),
    lambda work, area: work.rights.find_hold(an_id(area, "hold")) if area[0] == "b" else None,
    lambda work, area: work.rights.list_receipts(an_id(area, "school")) if area[0] == "b" else None,
    lambda work, area: work.interactions.list_for(an_id(area, "document")),
    lambda work, area: work.care.list_about(an_id(area, "person")),
]


@pytest.mark.parametrize("role", [Role.STUDENT, Role.TEACHER, Role.GUARDIAN])
@pytest.mark.parametrize("area", ["a2", "b1"])
def test_repositories_find_nothing_of_other_classes(scene: Scene, role: Role, area: str) -> None:
    """By any repository, with the right ids of another class or school, nothing is found."""
    for find in FINDERS:
        with scene.store(scope_in(role)) as work:
            assert not find(work, area)


@every_table
def test_without_its_rule_a_table_leaks(scene: Scene, table: Table) -> None:
    """When one rule or policy is taken out, this suite sees it: somebody reads rows that are not theirs."""
    with scene.opened(table):
        assert any(scene.found(table, scope_in(role)) - scene.expected(table, role) for role in Role)

    assert all(scene.found(table, scope_in(role)) == scene.expected(table, role) for role in Role)
