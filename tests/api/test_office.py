"""People, the school, invitations and one's own sessions, for programs."""

from dataclasses import dataclass, replace
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from domain.ids import PersonId, new_id
from domain.people import Person, Role
from domain.scope import EVERYTHING
from tests.faces import PASSWORD, House


@dataclass(frozen=True)
class Program:
    """A program with somebody's bearer token."""

    client: TestClient
    token: str

    def ask(self, method: str, path: str, body: Any = None) -> Response:
        """Send a request."""
        headers = {"Authorization": f"Bearer {self.token}"}
        return self.client.request(method, f"/api/v1{path}", json=body, headers=headers)


@dataclass(frozen=True)
class Desk:
    """A school with an administrator, a teacher in a class, a student and a guardian."""

    house: House
    people: dict[Role, Person]

    def program(self, role: Role) -> Program:
        """Give a program that acts for somebody."""
        token = self.house.services.accounts.begin(self.people[role], device="curl/8").token
        return Program(TestClient(self.house.school), token)

    def add(self, role: Role) -> Person:
        """Add somebody, with PASSWORD."""
        person = replace(self.people[role], id=PersonId(new_id()), email=f"{new_id()}@school.example", class_ids=())
        with self.house.store(EVERYTHING) as work:
            work.people.save_person(person)
            work.commit()
        return person


@pytest.fixture(scope="module")
def desk(house: House) -> Desk:
    add = house.services.accounts.add_person
    first = add("Vic", f"{new_id()}@school.example", role=Role.TEACHER, password=PASSWORD, classes=["7d"])
    people = {role: replace(first, id=PersonId(new_id()), role=role, email=f"{new_id()}@x.example") for role in Role}
    people = {
        role: replace(one, class_ids=first.class_ids if role in {Role.STUDENT, Role.TEACHER} else ())
        for role, one in people.items()
    }
    with house.store(EVERYTHING) as work:
        for person in people.values():
            work.people.save_person(person)
        work.commit()
    return Desk(house, people)


def test_people_are_listed_shown_and_changed(desk: Desk) -> None:
    """A page of people, an account, a new name: nothing of passwords is told."""
    office, student = desk.program(Role.ADMINISTRATOR), desk.add(Role.STUDENT)

    listed = office.ask("GET", f"/people?role=student&words={student.email}").json()
    changed = office.ask("PATCH", f"/people/{student.id}", {"name": "Kim", "email": student.email})
    shown = office.ask("GET", f"/people/{student.id}")

    assert [one["id"] for one in listed["people"]] == [student.id]
    assert (listed["total"], listed["last"]) == (1, 1)
    assert changed.json()["name"] == shown.json()["person"]["name"] == "Kim"
    assert (shown.json()["has_way_in"], shown.json()["devices"]) == (True, 0)
    assert "hash" not in shown.text


def test_roles_classes_and_standing_change(desk: Desk) -> None:
    """Each has an address of its own; what they change ends sessions as on the pages."""
    office, person = desk.program(Role.ADMINISTRATOR), desk.add(Role.STUDENT)
    class_id = desk.people[Role.TEACHER].class_ids[0]
    url = f"/people/{person.id}"

    assert office.ask("PUT", f"{url}/classes", {"class_ids": [class_id]}).json()["class_ids"] == [class_id]
    assert office.ask("PUT", f"{url}/role", {"role": "teacher"}).json()["role"] == "teacher"
    assert office.ask("PUT", f"{url}/standing", {"is_active": False}).json()["is_active"] is False
    assert office.ask("DELETE", f"{url}/sessions").status_code == 204
    assert office.ask("PUT", f"{url}/role", {"role": "king"}).status_code == 422
    assert office.ask("PUT", f"/people/{new_id()}/standing", {"is_active": False}).status_code == 404


def test_families_are_linked(desk: Desk) -> None:
    """A guardian is put to a child and taken off again."""
    office, child, guardian = desk.program(Role.ADMINISTRATOR), desk.add(Role.STUDENT), desk.add(Role.GUARDIAN)
    url = f"/people/{child.id}/guardians/{guardian.id}"

    assert office.ask("PUT", url).json()["ward_ids"] == [child.id]
    assert [one["id"] for one in office.ask("GET", f"/people/{child.id}").json()["guardians"]] == [guardian.id]
    assert office.ask("DELETE", url).status_code == 204
    assert office.ask("GET", f"/people/{child.id}").json()["guardians"] == []


def test_the_school_is_shown_and_set(desk: Desk) -> None:
    """What was read can be sent back; terms that overlap are refused by field."""
    office = desk.program(Role.ADMINISTRATOR)
    school = office.ask("GET", "/school").json()
    term = {"name": "Autumn", "first_day": "2026-09-01", "last_day": "2026-12-20"}

    hours = school["rules"]["hours"] | {"zone": "Europe/Vienna"}
    school["rules"] |= {"country": "AT", "terms": [term], "hours": hours}
    assert office.ask("PUT", "/school", school).json() == school
    school["rules"]["terms"] = [term, term]
    refused = office.ask("PUT", "/school", school)

    assert (refused.status_code, refused.json()["field"]) == (422, "terms")


def test_an_invitation_is_made_listed_and_used(desk: Desk) -> None:
    """The token stands in the answer once; whoever has it gets an account and a session, once."""
    teacher, stranger = desk.program(Role.TEACHER), TestClient(desk.house.school)
    class_id = desk.people[Role.TEACHER].class_ids[0]
    made = teacher.ask("POST", "/invitations", {"role": "student", "class_ids": [class_id]})
    assert made.status_code == 201
    token = made.json()["token"]
    assert made.json()["invitation"] in teacher.ask("GET", "/invitations").json()
    assert token not in teacher.ask("GET", "/invitations").text

    wish = {"token": token, "name": "Kai", "email": f"{new_id()}@x.example", "password": PASSWORD}
    unborn = stranger.post("/api/v1/invitations/acceptance", json=wish)
    taken = stranger.post("/api/v1/invitations/acceptance", json={**wish, "born_month": 5, "born_year": 2013})
    again = stranger.post("/api/v1/invitations/acceptance", json={**wish, "born_month": 5, "born_year": 2013})

    assert (unborn.status_code, unborn.json()["field"]) == (422, "born")
    assert taken.status_code == 201
    assert (again.status_code, again.json()["code"]) == (404, "bad_link")
    assert Program(stranger, taken.json()["token"]).ask("GET", "/me").json()["name"] == "Kai"


def test_an_invitation_is_taken_back(desk: Desk) -> None:
    """A link that was taken back does not work; taking it back twice is NotFound."""
    office = desk.program(Role.ADMINISTRATOR)
    made = office.ask("POST", "/invitations", {"role": "teacher", "person_id": None}).json()
    url = f"/invitations/{made['invitation']['id']}"

    assert [office.ask("DELETE", url).status_code for _ in range(2)] == [204, 404]
    wish = {"token": made["token"], "password": PASSWORD, "name": "Kai", "email": "kai@x.example"}
    assert office.ask("POST", "/invitations/acceptance", wish).status_code == 404


def test_an_invitation_may_be_about_somebody(desk: Desk) -> None:
    """With a person's id the link is a new way in for that person."""
    person = desk.add(Role.TEACHER)

    made = desk.program(Role.ADMINISTRATOR).ask("POST", "/invitations", {"role": "teacher", "person_id": person.id})

    assert made.json()["invitation"]["person_id"] == person.id


def test_own_sessions_and_password(desk: Desk) -> None:
    """A program sees its session, ends another, and changes the password, which gives it a new token."""
    person = desk.add(Role.TEACHER)
    own = Desk(desk.house, {Role.TEACHER: person})
    first, second = own.program(Role.TEACHER), own.program(Role.TEACHER)

    listed = first.ask("GET", "/me/sessions").json()
    other = next(one for one in listed if not one["is_this"])
    assert [one["device"] for one in listed] == ["A program", "A program"]
    assert first.ask("DELETE", f"/me/sessions/{other['name']}").status_code == 204
    assert second.ask("GET", "/me").status_code == 401

    wrong = first.ask("PUT", "/me/password", {"old": "not this one", "new": "another password"})
    done = first.ask("PUT", "/me/password", {"old": PASSWORD, "new": "another password"})

    assert (wrong.status_code, wrong.json()["field"]) == (422, "old")
    assert Program(TestClient(desk.house.school), first.token).ask("GET", "/me").status_code == 401
    assert Program(TestClient(desk.house.school), done.json()["token"]).ask("GET", "/me").status_code == 200


@pytest.mark.parametrize("role", [Role.STUDENT, Role.TEACHER, Role.COUNSELLOR, Role.GUARDIAN])
def test_others_manage_nobody(desk: Desk, role: Role) -> None:
    """Whoever is no administrator is refused, whatever the request holds."""
    program, student = desk.program(role), desk.people[Role.STUDENT]

    assert program.ask("GET", "/people").status_code == 403
    assert program.ask("GET", f"/people/{student.id}").status_code == 403
    assert program.ask("PUT", f"/people/{student.id}/role", {"role": "administrator"}).status_code == 403
    assert program.ask("GET", "/school").status_code == 403
