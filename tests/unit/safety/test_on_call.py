"""The on-call list: who keeps it, who is on it, who would be called now."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.sql.store import SqlStore
from domain.errors import Conflict, Invalid, NotAllowed, NotFound
from domain.ids import ContactId, PersonId, SchoolId
from domain.notices import Contact, Duty
from domain.people import Person, Role, School, SchoolHours, SchoolRules
from domain.scope import EVERYTHING
from safety.on_call import MOST_CONTACTS, STEPS, ContactWish, OnCall, is_address
from tests.builders import SCHOOL, a_person
from tests.care import ADMINISTRATOR, COUNSELLOR, GUARDIAN, STUDENT, a_contact, add_people, break_table, list_audit
from tests.care import put_on_call as put
from tests.conftest import FixedClock

NURSE = ContactWish(1, Duty.ALWAYS, name=" Nadia  Nurse ", email=" nurse@call.example ")


@pytest.fixture
def on_call(store: SqlStore, clock: FixedClock) -> OnCall:
    return OnCall(store, clock)


def names(contacts: tuple[Contact, ...]) -> list[str]:
    return [one.name for one in contacts]


@pytest.mark.parametrize("keeper", [COUNSELLOR, ADMINISTRATOR], ids=lambda person: person.role.value)
def test_keepers_add_change_and_remove(on_call: OnCall, store: SqlStore, keeper: Person) -> None:
    """Each change is kept and recorded; blanks around a name and an address are not."""
    added = on_call.save(keeper, NURSE)
    changed = on_call.save(keeper, replace(NURSE, step=2), added.id)

    assert (added.name, added.email, added.person_id) == ("Nadia Nurse", "nurse@call.example", None)
    assert on_call.standing(keeper).contacts == (changed,)
    assert (changed.id, changed.step) == (added.id, 2)
    on_call.delete(keeper, added.id)
    assert on_call.standing(keeper).contacts == ()
    entries = [record.entry for record in list_audit(store)]
    assert [entry.action for entry in entries] == ["contact.saved", "contact.saved", "contact.deleted"]
    assert {(entry.by_id, entry.ref, entry.is_care) for entry in entries} == {(keeper.id, f"contact:{added.id}", False)}


@pytest.mark.parametrize("role", [Role.STUDENT, Role.TEACHER, Role.GUARDIAN])
def test_nobody_else_keeps_the_list(on_call: OnCall, role: Role) -> None:
    """Others neither see nor change it."""
    person = a_person(role)

    for attempt in (
        lambda: on_call.standing(person),
        lambda: on_call.list_staff(person),
        lambda: on_call.save(person, NURSE),
        lambda: on_call.delete(person, ContactId("0" * 32)),
    ):
        with pytest.raises(NotAllowed):
            attempt()


def test_another_schools_contact_is_not_there(on_call: OnCall, store: SqlStore) -> None:
    """It can neither be changed nor taken off, and is told apart from nothing by nobody."""
    other = School(SchoolId("5" * 32), "Another")
    with store(EVERYTHING) as work:
        work.people.save_school(other)
        work.commit()
    theirs = replace(a_contact("Theirs"), school_id=other.id)
    put(store, theirs)

    for contact_id in (theirs.id, ContactId("0" * 32)):
        with pytest.raises(NotFound):
            on_call.save(COUNSELLOR, NURSE, contact_id)
        with pytest.raises(NotFound):
            on_call.delete(COUNSELLOR, contact_id)
    with store(EVERYTHING) as work:
        assert work.notices.list_contacts(other.id) == [theirs]


def test_a_change_without_its_record_is_none(on_call: OnCall, store: SqlStore) -> None:
    """Where the audit record cannot be written the list stays as it was."""
    nurse = on_call.save(COUNSELLOR, NURSE)
    break_table(store, "audit")

    with pytest.raises(Conflict):
        on_call.save(COUNSELLOR, NURSE)
    with pytest.raises(Conflict):
        on_call.delete(COUNSELLOR, nurse.id)

    assert on_call.standing(COUNSELLOR).contacts == (nurse,)


def test_somebody_with_an_account_has_its_name_and_address(on_call: OnCall) -> None:
    """What was typed beside it does not count."""
    added = on_call.save(COUNSELLOR, replace(NURSE, person_id=ADMINISTRATOR.id))

    assert (added.person_id, added.name, added.email) == (ADMINISTRATOR.id, ADMINISTRATOR.name, ADMINISTRATOR.email)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"step": 0}, "step"),
        ({"step": 10}, "step"),
        ({"name": "  "}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"name": "Nadia\u202eesruN"}, "name"),
        ({"email": ""}, "email"),
        ({"email": "nurse"}, "email"),
        ({"email": "nurse@call.example, other@call.example"}, "email"),
        ({"email": "nurse@call.example\nBcc: other@call.example"}, "email"),
        ({"email": f"{'x' * 250}@call.example"}, "email"),
        ({"person_id": PersonId("0" * 32)}, "person_id"),
        ({"person_id": STUDENT.id}, "person_id"),
        ({"person_id": GUARDIAN.id}, "person_id"),
    ],
)
def test_contacts_that_cannot_be_called_are_refused(on_call: OnCall, changes: dict[str, object], field: str) -> None:
    """The field that is wrong is named, and nothing is kept."""
    with pytest.raises(Invalid) as caught:
        on_call.save(COUNSELLOR, replace(NURSE, **changes))  # type: ignore[arg-type]

    assert caught.value.field == field
    assert on_call.standing(COUNSELLOR).contacts == ()


def test_an_account_without_an_address_cannot_be_called(on_call: OnCall, store: SqlStore) -> None:
    """A user name is no address."""
    add_people(store, replace(a_person(Role.TEACHER), email="tom.teacher"))

    with pytest.raises(Invalid) as caught:
        on_call.save(COUNSELLOR, replace(NURSE, person_id=a_person(Role.TEACHER).id))

    assert caught.value.field == "person_id"


@given(text=st.text(alphabet="a@. \n,\u202e", max_size=12))
def test_an_address_has_one_at_and_no_blanks(text: str) -> None:
    """Whatever passes can stand in a header of a letter and names one box."""
    if is_address(text):
        assert text.count("@") == 1
        assert text.isprintable()
        assert not set(text) & set(" ,\n")


def test_the_list_has_an_end(on_call: OnCall, store: SqlStore) -> None:
    """Changing somebody still works when it is full."""
    put(store, *(a_contact(f"Contact{number}") for number in range(MOST_CONTACTS)))
    known = on_call.standing(COUNSELLOR).contacts[0]

    with pytest.raises(Conflict):
        on_call.save(COUNSELLOR, NURSE)
    assert on_call.save(COUNSELLOR, NURSE, known.id).id == known.id


def test_it_says_who_would_be_called_now(on_call: OnCall, store: SqlStore, clock: FixedClock) -> None:
    """By the school's own hours: the first step that somebody of answers, and the last responders."""
    hours = SchoolHours("America/New_York")
    with store(EVERYTHING) as work:
        school = work.people.load_school(SCHOOL)
        work.people.save_school(replace(school, rules=SchoolRules(hours=hours)))
        work.commit()
    put(store, a_contact("Day", 1, Duty.SCHOOL_HOURS), a_contact("Night", 2, Duty.OUT_OF_HOURS), a_contact("Last", 3))

    night = on_call.standing(COUNSELLOR)  # 4 in the morning there
    clock.time = datetime(2026, 9, 1, 15, tzinfo=UTC)
    day = on_call.standing(COUNSELLOR)

    assert (night.is_open, names(night.called_now), names(night.last)) == (False, ["Night"], ["Last"])
    assert (day.is_open, names(day.called_now), names(day.last)) == (True, ["Day"], ["Last"])
    assert not day.is_nobody
    assert not day.is_off_duty


def test_it_says_when_nobody_has_duty_or_answers(on_call: OnCall, store: SqlStore) -> None:
    """Without duty everybody is called; a closed account is on the list and never called; an empty list is nobody."""
    empty = on_call.standing(COUNSELLOR)
    teacher = a_person(Role.TEACHER)
    gone = a_contact("Gone", account=teacher)
    put(store, gone)
    add_people(store, replace(teacher, is_active=False))
    silent = on_call.standing(COUNSELLOR)
    put(store, a_contact("Night", duty=Duty.OUT_OF_HOURS))
    off_duty = on_call.standing(COUNSELLOR)

    assert (empty.is_nobody, empty.is_off_duty, empty.contacts) == (True, False, ())
    assert (silent.is_nobody, silent.silent, names(silent.contacts)) == (True, frozenset({gone.id}), ["Gone"])
    assert (off_duty.is_nobody, off_duty.is_off_duty, names(off_duty.called_now)) == (False, True, ["Night"])


def test_staff_can_be_chosen(on_call: OnCall, store: SqlStore) -> None:
    """Active counsellors, teachers and administrators, by name."""
    add_people(store, replace(a_person(Role.TEACHER), is_active=False))

    assert [one.role for one in on_call.list_staff(COUNSELLOR)] == [Role.ADMINISTRATOR, Role.COUNSELLOR]
    assert STEPS[0] == 1
