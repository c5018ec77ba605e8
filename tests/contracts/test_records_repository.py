"""What every RecordsRepository does: everything about a person is found, given, erased and retired."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Table, delete, func, select

from adapters.sql.columns import Told, metadata
from adapters.sql.people_tables import person
from adapters.sql.schema import care_case
from adapters.sql.store import SqlStore
from adapters.sql.whose import told_of
from domain.ids import PersonId, stable_id
from domain.people import Invitation, Person, Role
from domain.people_repositories import PeopleSearch
from domain.scope import EVERYTHING
from safety.retention import list_rules
from tests.builders import CLASS, NOW, a_document, a_person
from tests.lives import a_pupil, case_of, live, quiz_of, reading_of
from tests.raw import connect

MINE, THEIRS = "zebramine", "okapitheirs"
ME, THEM = a_pupil(MINE), a_pupil(THEIRS)
WITH_CASES = (case_of(MINE), case_of(THEIRS))
TABLES = list(metadata.tables.values())
IMPERSONAL = {"school", "receipt", "audit"}
CARE = {"care_case", "flag", "case_event", "notice"}


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_table_leads_to_its_people(table: Table) -> None:
    """Each table names columns that it has, leads to a person unless it is about nobody, and says how it ends."""
    said = told_of(table)

    named = {*said.about, *said.about_lists, *said.by, *said.secret, *said.sealed}
    assert named <= set(table.c.keys())
    assert not said.sealed or set(said.sealed_by) <= set(table.c.keys())
    assert _leads_to_a_person(said) or table.name in IMPERSONAL | {"class_room"}
    people = {key.parent.name for key in table.foreign_keys if key.column.table.name == "person"}
    assert people <= {*said.about, *said.by}, "a column with a person that says nothing of it"
    assert said.kinds or said.parent or table.name == "school"


def _leads_to_a_person(said: Told) -> bool:
    return bool(said.about) or (bool(said.parent) and _leads_to_a_person(told_of(metadata.tables[said.parent])))


def test_the_rules_and_the_tables_know_the_same_kinds() -> None:
    """Every kind of the rules of keeping retires something, and every kind that a table names has a rule."""
    named = {kind for table in TABLES for kind in told_of(table).kinds}

    assert named == {rule.kind for rule in list_rules()}


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_time_that_is_counted_from_is_there(table: Table) -> None:
    """The columns that kinds are counted from are columns of the table, or of the class."""
    for name in told_of(table).kinds.values():
        owner, _, column = name.rpartition(".")
        assert column in (metadata.tables[owner] if owner else table).c


def _live_both(store: SqlStore) -> None:
    live(store, ME, MINE)
    live(store, THEM, THEIRS)


def _everything(store: SqlStore, person: Person) -> Mapping[str, list[Mapping[str, object]]]:
    with store(EVERYTHING) as unit:
        return unit.records.collect(person.id, told_cases=WITH_CASES)


def test_everything_about_a_person_is_collected(store: SqlStore) -> None:
    """Every table that can hold something about the person gives it, opened, and nothing of anybody else."""
    _live_both(store)

    found = _everything(store, ME)

    assert set(found) == {table.name for table in TABLES} - IMPERSONAL - {"class_room", "person_key", "concern"}
    said = str(found)
    words = ("name", "mail", "number", "title", "file", "page", "second", "quiz", "item", "own", "asked", "answer")
    for word in (
        *words,
        "flag",
        "note",
        "browser",
        "secret",
        "made",
        "good",
        "call",
        "scan",
        "version",
        "rated",
        "set",
        "front",
        "reply",
    ):
        assert f"{MINE}-{word}" in said, word
    assert THEIRS not in said


def test_secrets_are_left_out(store: SqlStore) -> None:
    """Hashes, tokens, keys and the reasons of holds are in nobody's copy."""
    live(store, replace(ME, password_hash="a-hash", picture_hash="a-picture-hash"), MINE)

    said = str(_everything(store, ME))

    for secret in ("a-hash", "a-picture-hash", stable_id("session", MINE), stable_id("token", MINE), "-reason"):
        assert secret not in said


def test_a_case_shows_only_where_it_is_told(store: SqlStore) -> None:
    """Without leave no row and no number shows that there is a case: no flag, no look at it, no worried exchange."""
    _live_both(store)

    with store(EVERYTHING) as unit:
        rows = unit.records.collect(ME.id, told_cases=())
        counts = unit.records.count(ME.id, told_cases=())
        told = unit.records.count(ME.id, told_cases=WITH_CASES)

    assert not {*CARE, "person_key", "concern"} & (set(rows) | set(counts))
    assert [len(rows["access"]), len(rows["interaction"])] == [1, 1]
    assert (counts["access"][0], counts["interaction"][0]) == (1, 1)
    assert "escalated" not in str(rows)
    assert (told["access"][0], told["flag"]) == (2, (1, NOW))


def test_a_person_without_worries_looks_the_same(store: SqlStore) -> None:
    """What is shown of somebody with a case that is not told is what is shown of somebody without one."""
    live(store, ME, MINE)
    with store(EVERYTHING) as unit:
        with_case = {name: len(rows) for name, rows in unit.records.collect(ME.id, told_cases=()).items()}
        unit.records.retire("cases", NOW, school_id=ME.school_id, held=())
        without = {name: len(rows) for name, rows in unit.records.collect(ME.id, told_cases=()).items()}

    assert with_case == without


def test_counting_says_how_many_and_since_when(store: SqlStore) -> None:
    """Own things are counted with the time of the first; study aids of one's reading count with the reading."""
    _live_both(store)

    with store(EVERYTHING) as unit:
        counts = unit.records.count(ME.id, told_cases=())

    assert counts["document"] == (1, NOW)
    assert counts["artifact"] == (1, NOW)
    assert counts["page"] == (2, None)
    assert counts["attempt"] == (1, NOW)


def test_erasing_leaves_nothing_of_one_and_all_of_others(store: SqlStore) -> None:
    """After an erasure no table holds a row about the person, each deleted row was counted, and others keep theirs."""
    _live_both(store)
    with connect(store) as connection:
        connection.execute(delete(care_case).where(care_case.c.person_id == ME.id))
        connection.commit()
    before, theirs = _sizes(store), _everything(store, THEM)

    with store(EVERYTHING) as unit:
        counts = unit.records.erase(ME.id)
        unit.commit()

    after = _sizes(store)
    assert {name: before[name] - after[name] for name in before if before[name] != after[name]} == counts
    assert set(counts) == {table.name for table in TABLES} - IMPERSONAL - CARE - {"class_room"}
    assert _everything(store, ME) == {}
    assert _everything(store, THEM) == theirs


def test_erasing_leaves_the_case_the_key_and_the_name(store: SqlStore) -> None:
    """While a case is kept, a row with the name, the key and the case stay; the person counts as gone, and is."""
    _live_both(store)
    before = _sizes(store)

    with store(EVERYTHING) as unit:
        counts = unit.records.erase(ME.id)
        unit.commit()

    after = _sizes(store)
    stay = CARE | {"person", "person_key"}
    gone = {name: before[name] - after[name] for name in before if before[name] != after[name]}
    assert gone | {"person": 1} == counts
    assert not stay & gone.keys()
    with store(EVERYTHING) as unit:
        (case,) = unit.care.list_about(ME.id)
        assert case.flags[0].text == f"{MINE}-flag"
        assert unit.people.name_people([ME.id, THEM.id]) == {ME.id: ME.name, THEM.id: THEM.name}
        assert unit.people.find_person(ME.id) is None
        assert unit.people.load_people([ME.id]) == []
        found, total = unit.people.search_people(ME.school_id, PeopleSearch(words=MINE))
        assert (found, total) == ([], 0)
        assert ME.id not in {one.id for one in unit.people.list_people(ME.school_id)}
    with connect(store) as connection:
        row = connection.execute(select(person).where(person.c.id == ME.id)).one()._asdict()
    assert [name for name, value in row.items() if MINE in str(value)] == ["name"]


def _sizes(store: SqlStore) -> dict[str, int]:
    with connect(store) as connection:
        return {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one() for table in TABLES
        }


def test_an_invitation_for_several_children_stays_for_the_others(store: SqlStore) -> None:
    """Who is erased is taken off invitations that name others too; one that names nobody else goes."""
    _live_both(store)
    with store(EVERYTHING) as unit:
        (mine,) = [one for one in unit.people.list_invitations(ME.school_id) if one.ward_ids == (ME.id,)]
        unit.people.save_invitation(_shared(mine))
        unit.commit()

    with store(EVERYTHING) as unit:
        unit.records.erase(ME.id)
        left = [one.ward_ids for one in unit.people.list_invitations(ME.school_id)]

    assert sorted(left) == [(THEM.id,), (THEM.id,)]


def _shared(invitation: Invitation) -> Invitation:
    return replace(
        invitation,
        id=type(invitation.id)(stable_id("shared")),
        token_hash="5" * 64,
        ward_ids=(ME.id, THEM.id),
    )


def test_what_others_did_about_a_person_stays_without_their_names(store: SqlStore) -> None:
    """A counsellor who is erased is no longer named in cases and looks; these stay with the student."""
    live(store, ME, MINE)

    with store(EVERYTHING) as unit:
        unit.records.erase(a_person(Role.COUNSELLOR).id)
        unit.commit()

    with store(EVERYTHING) as unit:
        (case,) = unit.care.list_about(ME.id)
        looks = unit.rights.list_accesses(ME.id)
    assert [event.by for event in case.events] == [None, None]
    assert case.events[1].note == f"{MINE}-note"
    assert len(looks) == 2


def test_what_a_held_person_did_binds_the_reading(store: SqlStore) -> None:
    """A reading is bound by its owner and by whoever answered about it, and by nobody else."""
    _live_both(store)
    reading = reading_of(ME, MINE)
    with store(EVERYTHING) as unit:
        attempt = unit.learning.list_attempts(ME.id, quiz_of(MINE))[0]
        other = a_person(Role.TEACHER)
        unit.learning.add_attempt(replace(attempt, id=type(attempt.id)(stable_id("x")), person_id=other.id))
        unit.commit()

    with store(EVERYTHING) as unit:
        bound = [unit.records.is_bound(reading.id, [one]) for one in (ME.id, other.id, THEM.id)]
        assert not unit.records.is_bound(reading.id, [])

    assert bound == [True, True, False]


def test_files_are_listed_by_owner(store: SqlStore) -> None:
    """The documents that a person owns are listed, and no others."""
    _live_both(store)
    with store(EVERYTHING) as unit:
        unit.documents.save(a_document())

        assert unit.records.list_files(ME.id) == [reading_of(ME, MINE).id]
        assert unit.records.list_files(PersonId("0" * 32)) == []


def test_retiring_stays_within_the_school(store: SqlStore) -> None:
    """What is due in one school does not go in another."""
    live(store, ME, MINE)

    with store(EVERYTHING) as unit:
        later = NOW + timedelta(days=5000)
        counts = [
            unit.records.retire(rule.kind, later, school_id=type(ME.school_id)("0" * 32), held=())
            for rule in list_rules()
            if rule.kind != "jobs"
        ]

    assert set(counts) == {0}
    assert CLASS
