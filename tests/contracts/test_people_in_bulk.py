"""What every PeopleRepository does with many people at once."""

from dataclasses import replace

from adapters.sql.store import SqlStore
from domain.ids import ClassId, PersonId, SchoolId, new_id
from domain.people import ClassRoom, Role, School
from domain.scope import EVERYTHING
from tests.builders import CLASS, SCHOOL, a_person

STUDENT = a_person(Role.STUDENT)
GUARDIAN = a_person(Role.GUARDIAN)


def test_people_saved_together_come_back_as_saved(store: SqlStore) -> None:
    """New people are added and known ones replaced, with their classes and children."""
    second = ClassId(new_id())
    new = a_person(id=PersonId(new_id()), email="", name="Ada", class_ids=(CLASS, second), external_id="1")
    student = replace(STUDENT, name="Sam Changed", class_ids=(second,))
    guardian = replace(GUARDIAN, class_ids=(), ward_ids=(STUDENT.id, new.id))
    with store(EVERYTHING) as unit:
        unit.people.save_class(ClassRoom(second, SCHOOL, "Class 9"))
        assert unit.people.save_people([new, student, guardian]) == []
        unit.commit()

    with store(EVERYTHING) as unit:
        found = {one.id: one for one in unit.people.load_people([new.id, student.id, guardian.id, PersonId("f" * 32)])}
    assert found[student.id] == student
    assert found[new.id] == new
    assert set(found[guardian.id].ward_ids) == {STUDENT.id, new.id}
    assert len(found) == 3


def test_nobody_saved_is_nothing(store: SqlStore) -> None:
    """An empty list saves and loads nobody."""
    with store(EVERYTHING) as unit:
        assert unit.people.save_people([]) == []
        assert unit.people.load_people([]) == []


def test_whoever_wants_a_taken_address_is_left_out(store: SqlStore) -> None:
    """New people and known ones who ask for somebody's address are given back, unsaved; the others are saved."""
    new = a_person(id=PersonId(new_id()), email="TEACHER@school.example", name="Ada")
    student = replace(STUDENT, email="counsellor@school.example")
    fine = a_person(id=PersonId(new_id()), email="fine@school.example", name="Fin")

    with store(EVERYTHING) as unit:
        assert unit.people.save_people([new, student, fine]) == [new, student]
        assert unit.people.find_person(new.id) is None
        assert unit.people.find_person(student.id) == STUDENT
        assert unit.people.find_person(fine.id) == fine


def test_an_address_is_handed_on(store: SqlStore) -> None:
    """Somebody gets the address that another gives up in the same list, before."""
    giver = replace(STUDENT, email="new@school.example")
    taker = a_person(id=PersonId(new_id()), email=STUDENT.email, name="Tak")

    with store(EVERYTHING) as unit:
        assert unit.people.save_people([giver, taker]) == []
        found = unit.people.find_by_email(STUDENT.email)

    assert found == taker


def test_addresses_of_other_schools_are_known(store: SqlStore) -> None:
    """Of a list of addresses those come back, in small letters, that another school's people have."""
    elsewhere = SchoolId(new_id())
    stranger = a_person(id=PersonId(new_id()), school_id=elsewhere, email="Strange@else.example", class_ids=())
    with store(EVERYTHING) as unit:
        unit.people.save_school(School(elsewhere, "Another"))
        unit.people.save_person(stranger)
        asked = ["STRANGE@else.example", STUDENT.email, *(f"{number}@x.example" for number in range(1200))]

        assert unit.people.find_elsewhere(SCHOOL, asked) == {"strange@else.example"}
        assert unit.people.find_elsewhere(SCHOOL, []) == frozenset()
