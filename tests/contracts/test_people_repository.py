"""What every PeopleRepository does."""

from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.sql.store import SqlStore
from domain.errors import Conflict
from domain.ids import ClassId, PersonId, SchoolId, new_id
from domain.people import ClassRoom, Role, School, SignIn
from domain.people_repositories import PeopleSearch
from domain.scope import EVERYTHING
from tests.builders import CLASS, NOW, SCHOOL, a_person

STUDENT = a_person(Role.STUDENT)
SESSION = SignIn("a" * 64, STUDENT.id, NOW, NOW + timedelta(hours=12), "form")


def test_the_first_school_is_found(store: SqlStore) -> None:
    """The school that was made first is found, under its newest name."""
    with store(EVERYTHING) as unit:
        unit.people.save_school(School(SchoolId("0" * 32), "A second one"))
        unit.people.save_school(School(SCHOOL, "A new name"))
        unit.commit()

    with store(EVERYTHING) as unit:
        assert unit.people.load_school(SCHOOL) == School(SCHOOL, "A new name")


def test_classes_are_listed_by_name(store: SqlStore) -> None:
    """The classes of a school, and of no other, come by name; each is found by its id."""
    early, foreign = ClassRoom(ClassId(new_id()), SCHOOL, "Class 5a"), SchoolId(new_id())
    with store(EVERYTHING) as unit:
        unit.people.save_school(School(foreign, "Another"))
        unit.people.save_class(early)
        unit.people.save_class(ClassRoom(ClassId(new_id()), foreign, "Class 1"))
        unit.commit()

    with store(EVERYTHING) as unit:
        assert unit.people.list_classes(SCHOOL) == [early, ClassRoom(CLASS, SCHOOL, "Class 8b")]
        assert unit.people.find_class(early.id) == early
        assert unit.people.find_class(ClassId(new_id())) is None


def test_a_person_comes_back_as_saved(store: SqlStore) -> None:
    """A person keeps classes, role, hash and the mark of the demo, and is found by id."""
    second = ClassId(new_id())
    person = replace(STUDENT, class_ids=(CLASS, second), password_hash="hash", is_demo=True)
    with store(EVERYTHING) as unit:
        unit.people.save_class(ClassRoom(second, SCHOOL, "Class 9"))
        unit.people.save_person(person)
        unit.commit()

    with store(EVERYTHING) as unit:
        assert unit.people.find_person(person.id) == person
        assert unit.people.find_person(PersonId(new_id())) is None


def test_leaving_a_class_is_saved(store: SqlStore) -> None:
    """A person who is saved without a class is in it no longer."""
    with store(EVERYTHING) as unit:
        unit.people.save_person(replace(STUDENT, class_ids=()))
        unit.commit()

    with store(EVERYTHING) as unit:
        found = unit.people.find_person(STUDENT.id)

    assert found is not None
    assert found.class_ids == ()


@pytest.mark.parametrize("typed", [STUDENT.email, STUDENT.email.upper(), f" {STUDENT.email} "])
def test_capitals_do_not_matter_in_addresses(store: SqlStore, typed: str) -> None:
    """A person is found by e-mail address whatever its capitals."""
    with store(EVERYTHING) as unit:
        assert unit.people.find_by_email(typed) == STUDENT
        assert unit.people.find_by_email("nobody@school.example") is None
        assert unit.people.find_by_email("") is None


def test_an_address_belongs_to_one_person(store: SqlStore) -> None:
    """A second person with the same address, in other capitals, is a Conflict; people without one are not."""
    twin = a_person(Role.STUDENT, id=PersonId(new_id()), email=STUDENT.email.upper())
    with store(EVERYTHING) as unit:
        with pytest.raises(Conflict, match="e-mail address"):
            unit.people.save_person(twin)
        unit.people.save_person(replace(twin, email=""))
        unit.people.save_person(replace(twin, id=PersonId(new_id()), email=""))
        unit.commit()


def test_people_are_listed_by_name(store: SqlStore) -> None:
    """The people of a school, and of no other, come by name, whatever its capitals."""
    with store(EVERYTHING) as unit:
        unit.people.save_person(replace(STUDENT, name="adam"))
        unit.commit()

    with store(EVERYTHING) as unit:
        names = [person.name for person in unit.people.list_people(SCHOOL)]
        assert unit.people.list_people(SchoolId(new_id())) == []

    assert names == ["adam", "Sam Administrator", "Sam Counsellor", "Sam Guardian", "Sam Teacher"]


def test_sessions_are_kept_and_ended(store: SqlStore) -> None:
    """A session is found by its token's hash until it is ended; ending it twice does no harm."""
    with store(EVERYTHING) as unit:
        unit.people.save_sign_in(SESSION)
        assert unit.people.find_sign_in(SESSION.token_hash) == SESSION
        unit.people.delete_sign_in(SESSION.token_hash)
        unit.people.delete_sign_in(SESSION.token_hash)
        assert unit.people.find_sign_in(SESSION.token_hash) is None


def test_ended_sessions_do_not_pile_up(store: SqlStore) -> None:
    """A new session sweeps away those of the person that had ended, and only those."""
    running = replace(SESSION, token_hash="b" * 64, expires_at=NOW + timedelta(hours=30))
    late = replace(SESSION, token_hash="c" * 64, created_at=NOW + timedelta(hours=13))
    with store(EVERYTHING) as unit:
        for session in (SESSION, running, late):
            unit.people.save_sign_in(session)
        found = [unit.people.find_sign_in(one.token_hash) for one in (SESSION, running, late)]

    assert found == [None, running, late]


@pytest.mark.parametrize(
    ("search", "expected"),
    [
        (
            PeopleSearch(),
            ["Sam Administrator", "Sam Counsellor", "Sam Guardian", "Sam Student", "Sam Teacher", "Äda_B"],
        ),
        (PeopleSearch(words="äda"), ["Äda_B"]),
        (PeopleSearch(words="STUD school"), ["Sam Student"]),
        (PeopleSearch(words="%"), []),
        (PeopleSearch(words="a_b"), ["Äda_B"]),
        (PeopleSearch(role=Role.TEACHER), ["Sam Teacher", "Äda_B"]),
        (PeopleSearch(is_active=False), ["Äda_B"]),
        (PeopleSearch(class_id=CLASS, role=Role.TEACHER), ["Sam Teacher"]),
        (PeopleSearch(offset=4, limit=1), ["Sam Teacher"]),
    ],
)
def test_people_are_found_by_what_is_asked(store: SqlStore, search: PeopleSearch, expected: list[str]) -> None:
    """A search gives the school's people by name who are all that was asked; its signs are taken literally."""
    with store(EVERYTHING) as unit:
        gone = replace(a_person(Role.TEACHER), id=PersonId(new_id()), name="Äda_B", email="ada_b@x.example")
        unit.people.save_person(replace(gone, is_active=False, class_ids=()))
        unit.people.save_school(School(SchoolId("0" * 32), "Another"))
        stranger = replace(gone, id=PersonId(new_id()), school_id=SchoolId("0" * 32), email="", class_ids=())
        unit.people.save_person(stranger)

        found, total = unit.people.search_people(SCHOOL, search)

    assert [person.name for person in found] == expected
    assert total == (6 if search.limit == 1 else len(expected))


def test_members_are_counted_by_class_and_role(store: SqlStore) -> None:
    """A count says for each class asked about how many of a role are in it; an empty one has none."""
    empty = ClassId(new_id())
    with store(EVERYTHING) as unit:
        unit.people.save_class(ClassRoom(empty, SCHOOL, "Class 9"))
        unit.people.save_person(a_person(id=PersonId(new_id()), email=""))

        counts = unit.people.count_members([CLASS, empty])
        nothing = unit.people.count_members([])

    assert counts == {CLASS: dict.fromkeys(Role, 1) | {Role.STUDENT: 2}, empty: {}}
    assert nothing == {}


def test_active_people_are_counted_by_role(store: SqlStore) -> None:
    """A count says how many of a role there are, without those who are active no more."""
    with store(EVERYTHING) as unit:
        unit.people.lock()
        unit.people.save_person(replace(STUDENT, is_active=False))
        unit.people.save_person(a_person(Role.TEACHER, id=PersonId(new_id()), email=""))

        counts = unit.people.count_people(SCHOOL)

    assert counts == {Role.TEACHER: 2, Role.COUNSELLOR: 1, Role.GUARDIAN: 1, Role.ADMINISTRATOR: 1}
