"""Classes: who makes and changes them, and who joins them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from accounts.classes import Classes
from accounts.joining import Newcomer
from accounts.passwords import Passwords
from accounts.tries import TooManyTries, Tries
from adapters.sql.store import SqlStore
from domain.errors import Conflict, Invalid, NotAllowed, NotFound
from domain.ids import ClassId, HoldId, PersonId, SchoolId, new_id
from domain.people import ClassRoom, Person, Role, School, SignIn
from domain.rights import Hold
from domain.scope import EVERYTHING
from tests.builders import CLASS, NOW, SCHOOL, a_person
from tests.conftest import FixedClock

TEACHER = a_person(Role.TEACHER)
OFFICE = a_person(Role.ADMINISTRATOR)
STUDENT = a_person(Role.STUDENT)
OTHER_TEACHER = a_person(Role.TEACHER, id=PersonId("7" * 32), email="other@school.example", class_ids=())
MIA = Newcomer("Mia Muster", "mia.8b", "four words in row", date(2012, 5, 1))


@pytest.fixture
def classes(store: SqlStore, clock: FixedClock) -> Classes:
    return Classes(store, clock, Passwords(), Tries(clock))


def stored(store: SqlStore, person: Person) -> Person:
    with store(EVERYTHING) as work:
        found = work.people.find_person(person.id)
    assert found is not None
    return found


def add(store: SqlStore, *people: Person) -> None:
    with store(EVERYTHING) as work:
        for person in people:
            work.people.save_person(person)
        work.commit()


def test_a_teacher_who_makes_a_class_is_in_it(classes: Classes, store: SqlStore) -> None:
    """The class is the teacher's own, and its name is tidied."""
    made = classes.make(TEACHER, "  Class   5a ", ends_on=date(2027, 7, 31))

    teacher = stored(store, TEACHER)
    assert set(teacher.class_ids) == {CLASS, made.id}
    assert classes.load(teacher, made.id) == ClassRoom(made.id, SCHOOL, "Class 5a", ends_on=date(2027, 7, 31))
    assert [one.name for one in classes.list_for(teacher)] == ["Class 5a", "Class 8b"]


def test_a_child_comes_into_a_young_class_by_name(classes: Classes, store: SqlStore) -> None:
    """The child has no address and no password; other classes take nobody so."""
    young = classes.make(OFFICE, "1a", is_young=True)

    child = stored(store, classes.add_child(OFFICE, young.id, " Ida  Igel "))

    assert (child.name, child.email, child.password_hash, child.class_ids) == ("Ida Igel", "", "", (young.id,))
    for name in ("", "x" * 201):
        with pytest.raises(Invalid):
            classes.add_child(OFFICE, young.id, name)
    with pytest.raises(Invalid):
        classes.add_child(OFFICE, CLASS, "Ida")
    with pytest.raises(NotFound):
        classes.add_child(OTHER_TEACHER, young.id, "Ida")


def test_the_office_makes_classes_without_being_in_them(classes: Classes, store: SqlStore) -> None:
    """An administrator sees all classes of the school and is a member of none that it makes."""
    made = classes.make(OFFICE, "Class 5a", is_young=True)

    assert made.id not in stored(store, OFFICE).class_ids
    assert made.sign_in_code
    assert [line.class_room.name for line in classes.list_lines(OFFICE)] == ["Class 5a", "Class 8b"]
    assert [(line.students, line.teachers, line.is_open) for line in classes.list_lines(OFFICE)] == [
        (0, 0, False),
        (1, 1, False),
    ]


@pytest.mark.parametrize("role", [Role.STUDENT, Role.GUARDIAN, Role.COUNSELLOR])
def test_others_make_no_classes(classes: Classes, role: Role) -> None:
    """Only teachers and administrators make classes, and others look after none."""
    with pytest.raises(NotAllowed):
        classes.make(a_person(role), "Class 5a")
    assert classes.list_lines(a_person(role)) == []


@pytest.mark.parametrize(
    ("name", "ends_on", "field"),
    [
        ("", None, "name"),
        ("x" * 101, None, "name"),
        ("5a", date(2020, 1, 1), "ends_on"),
        ("5a", date(2099, 1, 1), "ends_on"),
    ],
)
def test_a_class_needs_a_name_and_a_likely_last_day(
    classes: Classes, name: str, ends_on: date | None, field: str
) -> None:
    """What is wrong is refused with the name of the field."""
    with pytest.raises(Invalid) as error:
        classes.make(TEACHER, name, ends_on=ends_on)

    assert error.value.field == field


def test_a_class_can_be_renamed_after_its_last_day(classes: Classes, clock: FixedClock) -> None:
    """A last day that is over may stay as it is, but no other one in the past may be set."""
    made = classes.make(OFFICE, "5a", ends_on=date(2026, 9, 2))
    clock.move(timedelta(days=10))

    assert classes.change(OFFICE, made.id, name="5b", ends_on=date(2026, 9, 2)).name == "5b"
    assert classes.change(OFFICE, made.id, name="5b", ends_on=None).ends_on is None
    with pytest.raises(Invalid):
        classes.change(OFFICE, made.id, name="5b", ends_on=date(2026, 9, 3))


def forged(classes: Classes, by: Person, class_id: ClassId) -> list[str]:
    """Try everything with a class; give the words of each refusal."""
    tries: list[Callable[[], object]] = [
        lambda: classes.load(by, class_id),
        lambda: classes.members(by, class_id),
        lambda: classes.change(by, class_id, name="x", ends_on=None),
        lambda: classes.open_for_joining(by, class_id),
        lambda: classes.close(by, class_id),
        lambda: classes.set_young(by, class_id, is_young=True),
        lambda: classes.renew_sign_in_code(by, class_id),
        lambda: classes.remove_member(by, class_id, STUDENT.id),
        lambda: classes.delete(by, class_id),
    ]
    words = []
    for attempt in tries:
        with pytest.raises(NotFound) as error:
            attempt()
        words.append(error.value.message)
    return words


@pytest.mark.parametrize("by", [OTHER_TEACHER, STUDENT, a_person(Role.GUARDIAN), a_person(Role.COUNSELLOR)])
def test_another_s_class_is_like_none(classes: Classes, by: Person) -> None:
    """A class of other teachers and one that there is not are refused with the same words."""
    assert forged(classes, by, CLASS) == forged(classes, by, ClassId("f" * 32))


def test_another_school_s_class_is_like_none(classes: Classes, store: SqlStore) -> None:
    """An administrator's reach ends at the school."""
    foreign = ClassRoom(ClassId(new_id()), SchoolId("e" * 32), "Foreign")
    with store(EVERYTHING) as work:
        work.people.save_school(School(foreign.school_id, "Another"))
        work.people.save_class(foreign)
        work.commit()

    assert forged(classes, OFFICE, foreign.id) == forged(classes, OFFICE, ClassId("f" * 32))


def test_members_come_with_their_guardians(classes: Classes, store: SqlStore) -> None:
    """Teachers come first; guardians are counted; who has no way in yet is known."""
    add(
        store,
        replace(a_person(Role.GUARDIAN), class_ids=(), ward_ids=(STUDENT.id,)),
        replace(STUDENT, password_hash="h"),
    )

    members = classes.members(TEACHER, CLASS)

    found = [
        (one.person.role, one.guardians, one.has_way_in)
        for one in members
        if one.person.role in {Role.TEACHER, Role.STUDENT}
    ]
    assert found == [(Role.TEACHER, 0, False), (Role.STUDENT, 1, True)]


def test_whoever_has_the_code_joins_as_a_student(classes: Classes, store: SqlStore) -> None:
    """A newcomer gets an account, a session, the class, and a day of deciding alone, but no birthday is kept."""
    code = classes.open_for_joining(TEACHER, CLASS)

    session = classes.join(code.lower(), replace(MIA, device="Firefox on Linux"), address="1.2.3.4")

    person = stored(store, session.person)
    assert (person.role, person.class_ids, person.email) == (Role.STUDENT, (CLASS,), "mia.8b")
    assert person.decides_from == date(2028, 6, 1)
    with store(EVERYTHING) as work:
        sessions = work.people.list_sign_ins(person.id)
    assert [(one.person_id, one.device) for one in sessions] == [(person.id, "Firefox on Linux")]


def words_for(classes: Classes, code: str) -> str:
    with pytest.raises(NotFound) as error:
        classes.join(code, MIA, address="1.2.3.4")
    assert error.value.code == "bad_code"
    return error.value.message


def test_closed_expired_and_unknown_codes_are_alike(classes: Classes, clock: FixedClock) -> None:
    """A code that is closed, renewed, expired, of a class that is over, a sign-in code, or none: the same words."""
    said = {words_for(classes, "ABCD-EFGH"), words_for(classes, "")}
    renewed = classes.open_for_joining(TEACHER, CLASS)
    closed = classes.open_for_joining(TEACHER, CLASS)
    said.add(words_for(classes, renewed))
    classes.close(TEACHER, CLASS)
    said.add(words_for(classes, closed))
    expired = classes.open_for_joining(TEACHER, CLASS)
    clock.move(timedelta(days=14))
    said.add(words_for(classes, expired))
    over = classes.open_for_joining(TEACHER, CLASS)
    classes.change(TEACHER, CLASS, name="8b", ends_on=clock.now().date())
    clock.move(timedelta(days=1))
    said.add(words_for(classes, over))
    said.add(words_for(classes, classes.set_young(TEACHER, CLASS, is_young=True).sign_in_code))

    assert len(said) == 1


def test_wrong_codes_are_limited_and_right_ones_are_not(classes: Classes) -> None:
    """A class behind one address joins, and whoever guesses from there has to wait."""
    code = classes.open_for_joining(TEACHER, CLASS)
    for _ in range(120):
        classes.find_open(code, address="1.2.3.4")

    for _ in range(100):
        words_for(classes, "ABCD-EFGH")

    with pytest.raises(TooManyTries):
        classes.find_open(code, address="1.2.3.4")
    assert classes.find_open(code, address="5.6.7.8").id == CLASS


@pytest.mark.parametrize(
    ("newcomer", "field"),
    [
        (replace(MIA, name=" "), "name"),
        (replace(MIA, name="x" * 201), "name"),
        (replace(MIA, login="a b"), "email"),
        (replace(MIA, login="abc"), "email"),
        (replace(MIA, login=f"{'x' * 250}@x.example"), "email"),
        (replace(MIA, password="short"), "password"),
        (replace(MIA, born=date(2026, 10, 1)), "born"),
        (replace(MIA, born=date(2025, 1, 1)), "born"),
        (replace(MIA, born=date(1900, 1, 1)), "born"),
    ],
)
def test_what_a_newcomer_types_is_checked(classes: Classes, newcomer: Newcomer, field: str) -> None:
    """Each field that is wrong is named, and nobody is added."""
    code = classes.open_for_joining(TEACHER, CLASS)

    with pytest.raises(Invalid) as error:
        classes.join(code, newcomer, address="1.2.3.4")

    assert error.value.field == field


def test_a_user_name_belongs_to_one_person(classes: Classes) -> None:
    """The second who wants a user name or address hears that it is taken, whatever its capitals."""
    code = classes.open_for_joining(TEACHER, CLASS)
    classes.join(code, MIA, address="1.2.3.4")

    with pytest.raises(Conflict):
        classes.join(code, replace(MIA, login="MIA.8B"), address="1.2.3.4")


def test_a_student_of_the_school_joins_with_the_code_alone(classes: Classes, store: SqlStore) -> None:
    """Somebody who is signed in gets the class; a second time changes nothing."""
    made = classes.make(TEACHER, "5a")
    code = classes.open_for_joining(stored(store, TEACHER), made.id)

    classes.join_as(STUDENT, code, address="1.2.3.4")
    classes.join_as(STUDENT, code, address="1.2.3.4")

    assert set(stored(store, STUDENT).class_ids) == {CLASS, made.id}


def test_staff_and_other_schools_do_not_join(classes: Classes) -> None:
    """A teacher is told who can help; a student of another school hears what an unknown code hears."""
    code = classes.open_for_joining(TEACHER, CLASS)
    foreigner = a_person(id=PersonId("8" * 32), school_id=SchoolId("e" * 32), email="f@else.example", class_ids=())

    with pytest.raises(NotAllowed):
        classes.join_as(OTHER_TEACHER, code, address="1.2.3.4")
    with pytest.raises(NotFound) as error:
        classes.join_as(foreigner, code, address="1.2.3.4")
    assert error.value.message == words_for(classes, "ABCD-EFGH")


@pytest.mark.parametrize("days", [0, 400])
def test_a_class_opens_for_a_time_to_come(classes: Classes, days: int) -> None:
    """Neither a time that is over nor one years away is taken."""
    with pytest.raises(Invalid):
        classes.open_for_joining(TEACHER, CLASS, NOW + timedelta(days=days))


def test_a_teacher_takes_out_students_alone(classes: Classes, store: SqlStore) -> None:
    """The account stays; teachers are taken out by the office; who is not in the class is not found."""
    classes.remove_member(TEACHER, CLASS, STUDENT.id)

    assert stored(store, STUDENT).class_ids == ()
    with pytest.raises(NotAllowed):
        classes.remove_member(TEACHER, CLASS, TEACHER.id)
    for nobody in (STUDENT.id, PersonId("f" * 32)):
        with pytest.raises(NotFound):
            classes.remove_member(TEACHER, CLASS, nobody)
    classes.remove_member(OFFICE, CLASS, TEACHER.id)
    assert stored(store, TEACHER).class_ids == ()


def test_a_deleted_class_leaves_its_people(classes: Classes, store: SqlStore) -> None:
    """The class is gone, its students are not."""
    classes.delete(TEACHER, CLASS)

    assert stored(store, STUDENT).class_ids == ()
    with pytest.raises(NotFound):
        classes.load(OFFICE, CLASS)


def young(classes: Classes, store: SqlStore) -> Person:
    """Give a child with pictures and a session in the class, which is young."""
    classes.set_young(TEACHER, CLASS, is_young=True)
    child = replace(STUDENT, avatar="sun", picture_hash="hash")
    add(store, child)
    with store(EVERYTHING) as work:
        work.people.save_sign_in(SignIn("a" * 64, child.id, NOW, NOW + timedelta(hours=1), "form"))
        work.commit()
    return child


@pytest.mark.parametrize("way", ["no longer young", "taken out", "deleted"])
def test_pictures_end_with_the_young_class(classes: Classes, store: SqlStore, way: str) -> None:
    """A child that is in no young class any more has no pictures, and sessions begun with them are over."""
    child = young(classes, store)

    if way == "no longer young":
        assert classes.set_young(TEACHER, CLASS, is_young=False).sign_in_code == ""
    elif way == "taken out":
        classes.remove_member(TEACHER, CLASS, child.id)
    else:
        classes.delete(TEACHER, CLASS)

    found = stored(store, child)
    assert (found.avatar, found.picture_hash) == ("", "")
    with store(EVERYTHING) as work:
        assert work.people.list_sign_ins(child.id) == []


def test_pictures_stay_while_another_young_class_has_the_child(classes: Classes, store: SqlStore) -> None:
    """Leaving one of two young classes takes nothing away."""
    child = young(classes, store)
    second = classes.make(OFFICE, "1b", is_young=True)
    add(store, replace(child, class_ids=(CLASS, second.id)))

    classes.remove_member(TEACHER, CLASS, child.id)

    assert stored(store, child).avatar == "sun"


def test_a_young_class_keeps_its_code_until_it_gets_another(classes: Classes) -> None:
    """Saying twice that a class is young changes nothing; a new code is another; other classes have none."""
    with pytest.raises(Invalid):
        classes.renew_sign_in_code(TEACHER, CLASS)
    first = classes.set_young(TEACHER, CLASS, is_young=True).sign_in_code

    assert classes.set_young(TEACHER, CLASS, is_young=True).sign_in_code == first
    assert classes.renew_sign_in_code(TEACHER, CLASS).sign_in_code not in {first, ""}


def test_a_code_that_is_taken_is_dealt_again(store: SqlStore, clock: FixedClock) -> None:
    """Two classes never share a code."""
    codes = iter(["AAAAAAAA", "AAAAAAAA", "BBBBBBBB"])
    classes = Classes(store, clock, Passwords(), Tries(clock), make_code=lambda: next(codes))
    second = classes.make(OFFICE, "5a")

    assert classes.open_for_joining(TEACHER, CLASS) == "AAAA-AAAA"
    assert classes.open_for_joining(OFFICE, second.id) == "BBBB-BBBB"


def test_a_class_knows_its_school(classes: Classes) -> None:
    """The page on which one joins names the school."""
    assert classes.school_name(classes.load(TEACHER, CLASS)) == "The School"


@pytest.mark.parametrize("held", [STUDENT.id, None])
def test_who_is_held_stays_in_the_class(classes: Classes, store: SqlStore, held: PersonId | None) -> None:
    """Under a legal hold nobody is taken out of a class, and the class is not deleted; when it is lifted both work."""
    hold = Hold(HoldId(new_id()), SCHOOL, held, "a claim", OFFICE.id, NOW)
    with store(EVERYTHING) as work:
        work.rights.save_hold(hold)
        work.commit()

    with pytest.raises(Conflict, match=r"kept for now\. Ask the school's office\."):
        classes.remove_member(TEACHER, CLASS, STUDENT.id)
    with pytest.raises(Conflict, match=r"kept for now\. Ask the school's office\."):
        classes.delete(TEACHER, CLASS)
    assert stored(store, STUDENT).class_ids == (CLASS,)
    with store(EVERYTHING) as work:
        work.rights.save_hold(replace(hold, lifted_at=NOW))
        work.commit()
    classes.remove_member(TEACHER, CLASS, STUDENT.id)
    classes.delete(TEACHER, CLASS)


@pytest.mark.parametrize("change", [{"is_active": False}, {"role": Role.GUARDIAN}])
def test_an_account_that_changed_meanwhile_is_left_alone(
    classes: Classes, store: SqlStore, change: dict[str, Any]
) -> None:
    """Somebody closed or given another role after the page was asked for neither joins nor makes a class."""
    code = classes.open_for_joining(OFFICE, CLASS)
    newcomer = a_person(id=PersonId(new_id()), email="", class_ids=())
    teacher = replace(OTHER_TEACHER, class_ids=())
    add(store, replace(newcomer, **change), replace(teacher, **change))

    with pytest.raises(NotFound):
        classes.join_as(newcomer, code, address="1.2.3.4")
    with pytest.raises(NotFound):
        classes.make(teacher, "Class 5a")

    assert stored(store, newcomer) == replace(newcomer, **change)
