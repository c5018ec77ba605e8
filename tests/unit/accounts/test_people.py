"""The school's office."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.people import PAGE, Office
from accounts.service import Accounts
from adapters.sql.store import SqlStore
from domain.errors import Conflict, Invalid, MargentError, NotAllowed, NotFound
from domain.ids import ClassId, HoldId, PersonId, SchoolId, new_id
from domain.people import ClassRoom, Person, Role, School, SchoolRules, Term
from domain.rights import Hold
from domain.scope import EVERYTHING
from tests.builders import CLASS, NOW, SCHOOL, a_person
from tests.conftest import FixedClock

OTHER_SCHOOL = SchoolId("0" * 32)
ADMIN = a_person(Role.ADMINISTRATOR, class_ids=(), password_hash="hash")
STUDENT = a_person(Role.STUDENT)
TEACHER = a_person(Role.TEACHER)
GUARDIAN = a_person(Role.GUARDIAN, class_ids=())


@pytest.fixture
def office(store: SqlStore, clock: FixedClock) -> Office:
    keep(store, ADMIN)
    keep(store, GUARDIAN)
    return Office(store, clock)


def keep(store: SqlStore, person: Person) -> Person:
    with store(EVERYTHING) as work:
        work.people.save_person(person)
        work.commit()
    return person


def stranger(store: SqlStore, role: Role = Role.STUDENT) -> Person:
    """Add somebody of another school."""
    with store(EVERYTHING) as work:
        work.people.save_school(School(OTHER_SCHOOL, "Another school"))
        work.commit()
    return keep(store, a_person(role, id=PersonId(new_id()), school_id=OTHER_SCHOOL, email="", class_ids=()))


def test_people_come_by_pages(office: Office, store: SqlStore) -> None:
    """A school of many is listed a page at a time, by name, and the count says how many there are."""
    with store(EVERYTHING) as work:
        for number in range(2 * PAGE):
            one = a_person(id=PersonId(new_id()), name=f"Kim {number:03}", email="", class_ids=())
            work.people.save_person(one)
        work.commit()

    first = office.list_people(ADMIN)
    last = office.list_people(ADMIN, number=first.last)

    assert (len(first.people), first.total, first.last) == (PAGE, 2 * PAGE + 5, 3)
    assert [one.name for one in last.people][-1] == "Sam Teacher"
    assert office.list_people(ADMIN, number=99).people == ()
    assert [one.name for one in office.list_people(ADMIN, words="kim 007").people] == ["Kim 007"]
    assert [one.id for one in office.list_people(ADMIN, role=Role.STUDENT, class_id=CLASS).people] == [STUDENT.id]


def test_the_office_counts(office: Office) -> None:
    """The landing page's numbers are those of the school."""
    tally = office.tally(ADMIN)

    assert set(tally.people.values()) == {1}
    assert (tally.classes, tally.school.name) == (1, "The School")
    assert [one.id for one in office.list_classes(ADMIN)] == [CLASS]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_the_office_is_for_administrators(office: Office, role: Role) -> None:
    """Nobody else lists, sees or changes people, not even oneself."""
    person = a_person(role)
    actions: list[Callable[[], object]] = [
        lambda: office.list_people(person),
        lambda: office.tally(person),
        lambda: office.list_classes(person),
        lambda: office.load_person(person, person.id),
        lambda: office.load_account(person, person.id),
        lambda: office.change(person, person.id, name="X", email="x@x.example"),
        lambda: office.change_role(person, person.id, Role.ADMINISTRATOR),
        lambda: office.set_active(person, STUDENT.id, is_active=False),
        lambda: office.set_classes(person, person.id, [CLASS]),
        lambda: office.link_guardian(person, person.id, STUDENT.id),
        lambda: office.unlink_guardian(person, GUARDIAN.id, STUDENT.id),
        lambda: office.end_sessions(person, STUDENT.id),
        lambda: office.set_rules(person, SchoolRules()),
    ]

    for action in actions:
        with pytest.raises((NotAllowed, NotFound)):
            action()


def test_people_of_other_schools_are_not_there(office: Office, store: SqlStore) -> None:
    """Somebody of another school and an id that nothing has are the same to the office."""
    foreign = stranger(store)

    for person_id in (foreign.id, PersonId("f" * 32), PersonId("'; --")):
        with pytest.raises(NotFound) as caught:
            office.load_account(ADMIN, person_id)
        assert caught.value.message == "There is nothing at this address, or it is not yours to see."
        with pytest.raises(NotFound):
            office.set_active(ADMIN, person_id, is_active=False)
        with pytest.raises(NotFound):
            office.link_guardian(ADMIN, GUARDIAN.id, person_id)


def test_names_and_addresses_change(office: Office, store: SqlStore) -> None:
    """A person gets another name and address; the address must be free, in all schools."""
    foreign = keep(store, replace(stranger(store), email="taken@y.example"))

    changed = office.change(ADMIN, STUDENT.id, name=" Kim  Neu ", email="kim.neu")

    assert (changed.name, changed.email) == ("Kim Neu", "kim.neu")
    assert office.load_person(ADMIN, STUDENT.id) == changed
    with pytest.raises(Conflict):
        office.change(ADMIN, STUDENT.id, name="Kim", email=foreign.email.upper())
    with pytest.raises(Invalid):
        office.change(ADMIN, STUDENT.id, name="Kim", email="")


def test_whoever_has_no_address_may_go_on_without(office: Office, store: SqlStore) -> None:
    """A young child without an address can be renamed without making one up."""
    child = keep(store, replace(STUDENT, email=""))

    assert office.change(ADMIN, child.id, name="Mia", email=" ").email == ""


def test_a_change_of_role_bites_at_once(office: Office, store: SqlStore, clock: FixedClock) -> None:
    """Sessions end, classes and family go where the new role has none."""
    keep(store, replace(GUARDIAN, ward_ids=(STUDENT.id,)))
    accounts = Accounts(store, clock)
    token = accounts.begin(STUDENT).token

    changed = office.change_role(ADMIN, STUDENT.id, Role.COUNSELLOR)

    assert accounts.find_session(token) is None
    assert (changed.role, changed.class_ids) == (Role.COUNSELLOR, ())
    assert office.load_person(ADMIN, GUARDIAN.id).ward_ids == ()


def test_the_same_role_changes_nothing(office: Office, store: SqlStore, clock: FixedClock) -> None:
    """Giving somebody the role that the person has ends no session."""
    accounts = Accounts(store, clock)
    token = accounts.begin(STUDENT).token

    office.change_role(ADMIN, STUDENT.id, Role.STUDENT)

    assert accounts.find_session(token)


def test_a_teacher_keeps_the_classes(office: Office, store: SqlStore) -> None:
    """A student teacher who becomes a teacher stays in the classes, and the day for consent goes."""
    keep(store, replace(STUDENT, decides_from=date(2026, 1, 1)))

    changed = office.change_role(ADMIN, STUDENT.id, Role.TEACHER)

    assert (changed.class_ids, changed.decides_from) == ((CLASS,), None)


def test_a_closed_account_is_shut_at_once(office: Office, store: SqlStore, clock: FixedClock) -> None:
    """Closing ends the sessions; opening lets the person sign in again but brings no session back."""
    accounts = Accounts(store, clock)
    person = accounts.add_person("Ada", "ada@x.example", role=Role.TEACHER, password="four plain words here")
    token = accounts.sign_in("ada@x.example", "four plain words here").token

    closed = office.set_active(ADMIN, person.id, is_active=False)

    assert (closed.is_active, closed.left_at) == (False, clock.now())
    assert accounts.find_session(token) is None
    with pytest.raises(MargentError) as caught:
        accounts.sign_in("ada@x.example", "four plain words here")
    assert caught.value.message == "The e-mail address or the password is not right."
    opened = office.set_active(ADMIN, person.id, is_active=True)
    assert (opened.is_active, opened.left_at) == (True, None)
    assert accounts.find_session(token) is None
    assert accounts.sign_in("ada@x.example", "four plain words here").person == opened


def test_closing_twice_keeps_the_day(office: Office, clock: FixedClock) -> None:
    """An account that is closed already keeps the day on which the person left."""
    first = office.set_active(ADMIN, STUDENT.id, is_active=False)
    clock.time = clock.time.replace(year=2027)

    assert office.set_active(ADMIN, STUDENT.id, is_active=False) == first


def test_people_are_put_into_classes(office: Office, store: SqlStore) -> None:
    """Students and teachers are in the school's classes alone; others in none."""
    second, foreign = ClassId(new_id()), ClassId(new_id())
    stranger(store)
    with store(EVERYTHING) as work:
        work.people.save_class(ClassRoom(second, SCHOOL, "9a"))
        work.people.save_class(ClassRoom(foreign, OTHER_SCHOOL, "9a"))
        work.commit()

    assert office.set_classes(ADMIN, STUDENT.id, [second, second]).class_ids == (second,)
    assert office.set_classes(ADMIN, GUARDIAN.id, []).class_ids == ()
    with pytest.raises(NotFound):
        office.set_classes(ADMIN, STUDENT.id, [foreign])
    with pytest.raises(Invalid):
        office.set_classes(ADMIN, GUARDIAN.id, [second])


def test_families_are_linked_and_unlinked(office: Office) -> None:
    """A guardian is linked to a student, once, and no two others can be."""
    office.link_guardian(ADMIN, GUARDIAN.id, STUDENT.id)
    office.link_guardian(ADMIN, GUARDIAN.id, STUDENT.id)

    assert [one.id for one in office.load_account(ADMIN, STUDENT.id).guardians] == [GUARDIAN.id]
    assert [one.id for one in office.load_account(ADMIN, GUARDIAN.id).children] == [STUDENT.id]
    for guardian_id, child_id in [(TEACHER.id, STUDENT.id), (GUARDIAN.id, TEACHER.id), (STUDENT.id, GUARDIAN.id)]:
        with pytest.raises(Invalid):
            office.link_guardian(ADMIN, guardian_id, child_id)

    office.unlink_guardian(ADMIN, GUARDIAN.id, STUDENT.id)
    assert office.load_account(ADMIN, GUARDIAN.id).children == ()


def test_the_office_ends_sessions(office: Office, store: SqlStore, clock: FixedClock) -> None:
    """All of a person's sessions end, and the account shows how many there were."""
    accounts = Accounts(store, clock)
    tokens = [accounts.begin(STUDENT).token for _ in range(2)]
    assert len(office.load_account(ADMIN, STUDENT.id).sessions) == 2

    office.end_sessions(ADMIN, STUDENT.id)

    assert not any(accounts.find_session(token) for token in tokens)


@pytest.mark.parametrize(
    ("changes", "has_way_in"),
    [({}, False), ({"password_hash": "h"}, True), ({"subject": "s"}, True), ({"picture_hash": "p"}, True)],
)
def test_an_account_says_whether_there_is_a_way_in(
    office: Office, store: SqlStore, changes: dict[str, Any], *, has_way_in: bool
) -> None:
    """Somebody comes in by a password, a school account or pictures; without any, a link is needed."""
    keep(store, replace(STUDENT, **changes))

    assert office.load_account(ADMIN, STUDENT.id).has_way_in is has_way_in


def test_students_decide_alone_by_the_rules_in_force(office: Office, store: SqlStore) -> None:
    """Another country or age moves every known day by as many years, up and down; a day not known stays unknown."""
    office.set_rules(ADMIN, SchoolRules(country="AT"))
    keep(store, replace(STUDENT, decides_from=date(2026, 3, 1)))
    closed = keep(
        store, replace(STUDENT, id=PersonId(new_id()), email="", is_active=False, decides_from=date(2028, 1, 1))
    )
    unknown = keep(store, replace(STUDENT, id=PersonId(new_id()), email=""))

    def days() -> list[date | None]:
        return [office.load_person(ADMIN, one.id).decides_from for one in (STUDENT, closed, unknown)]

    office.set_rules(ADMIN, SchoolRules(country="DE"))
    after_moving = days()
    office.set_rules(ADMIN, SchoolRules(country="DE", consent_age=18))
    after_asking = days()
    office.set_rules(ADMIN, SchoolRules(country="AT"))

    assert after_moving == [date(2028, 3, 1), date(2030, 1, 1), None]
    assert after_asking == [date(2030, 3, 1), date(2032, 1, 1), None]
    assert days() == [date(2026, 3, 1), date(2028, 1, 1), None]


def test_who_is_held_keeps_the_classes(office: Office, store: SqlStore) -> None:
    """Under a legal hold the office takes nobody out of a class either."""
    with store(EVERYTHING) as work:
        work.rights.save_hold(Hold(HoldId(new_id()), SCHOOL, STUDENT.id, "a claim", ADMIN.id, NOW))
        work.commit()

    with pytest.raises(Conflict):
        office.set_classes(ADMIN, STUDENT.id, [])
    with pytest.raises(Conflict):
        office.change_role(ADMIN, STUDENT.id, Role.GUARDIAN)

    assert office.load_person(ADMIN, STUDENT.id) == STUDENT


def test_rules_are_set_and_keep_what_is_decided_elsewhere(office: Office, store: SqlStore) -> None:
    """The school gets its name, country and terms; how long things are kept stays."""
    with store(EVERYTHING) as work:
        work.people.save_school(School(SCHOOL, "The School", SchoolRules(keep_days={"attempts": 90})))
        work.commit()
    term = Term("Autumn", date(2026, 9, 1), date(2026, 12, 20))

    school = office.set_rules(ADMIN, SchoolRules(country="at", terms=(term,)), name="Neue Schule")

    assert school == office.load_school(TEACHER)
    assert (school.name, school.rules.country, school.rules.terms) == ("Neue Schule", "AT", (term,))
    assert school.rules.keep_days == {"attempts": 90}
    assert office.set_rules(ADMIN, SchoolRules()).name == "Neue Schule"


@pytest.mark.parametrize(
    "leave",
    [
        lambda office: office.change_role(ADMIN, ADMIN.id, Role.TEACHER),
        lambda office: office.set_active(ADMIN, ADMIN.id, is_active=False),
    ],
)
def test_the_last_administrator_stays(office: Office, store: SqlStore, leave: Callable[[Office], object]) -> None:
    """The last one who can sign in is neither demoted nor closed, whoever else is called an administrator."""
    keep(store, a_person(Role.ADMINISTRATOR, id=PersonId(new_id()), email=""))
    keep(store, replace(ADMIN, id=PersonId(new_id()), email="", is_active=False))

    with pytest.raises(Conflict) as caught:
        leave(office)

    assert caught.value.code == "last_administrator"
    assert office.load_person(ADMIN, ADMIN.id) == ADMIN


_ACTIONS = st.tuples(
    st.integers(0, 3), st.integers(0, 3), st.sampled_from(["close", "open", "teacher", "administrator", "address"])
)


@given(st.lists(_ACTIONS, max_size=8))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_sequence_of_changes_leaves_a_school_alone(
    store: SqlStore, clock: FixedClock, actions: list[tuple[int, int, str]]
) -> None:
    """Whatever administrators do to each other, one who can sign in is left after every step."""
    office = Office(store, clock)
    people = [
        a_person(Role.ADMINISTRATOR, id=PersonId(f"{number}" * 32), email=f"a{number}@x.example", class_ids=())
        for number in range(4)
    ]
    for number, person in enumerate(people):
        keep(store, replace(person, password_hash="hash" if number < 3 else ""))

    for by, about, what in actions:
        with suppress(MargentError):
            _act(office, office.load_person(ADMIN, people[by].id), people[about].id, what)
        with store(EVERYTHING) as work:
            found = [work.people.find_person(person.id) for person in people]
        assert any(one and one.is_active and one.password_hash and one.role is Role.ADMINISTRATOR for one in found)


def _act(office: Office, by: Person, person_id: PersonId, what: str) -> None:
    if what in {"close", "open"}:
        office.set_active(by, person_id, is_active=what == "open")
    elif what == "address":
        office.change(by, person_id, name="Ada", email=f"{person_id[:5]}@x.example")
    else:
        office.change_role(by, person_id, Role(what))
