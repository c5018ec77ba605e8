"""Nobody in the office can tell from an erasure or a closed account whether there is a case about the person."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from domain.care import CaseStatus, Ending, Severity, Worry
from domain.ids import PersonId, new_id
from domain.people import Person, Role
from domain.scope import EVERYTHING
from tests.faces import Browser, House

WORRY = Worry(Severity.HIGH, "self_harm", "en.test")


@pytest.fixture(scope="module")
def office(house: House) -> Browser:
    return house.newcomer(Role.ADMINISTRATOR, name="Olga Office")


def _twins(house: House, **changes: object) -> tuple[Person, Person]:
    """Add two students who differ in nothing but the id and the address; about the second there is an open case."""
    known = house.person(Role.STUDENT)
    pair = [
        replace(known, id=PersonId(new_id()), name="Paula Pupil", email=f"{new_id()}@school.example", **changes)  # type: ignore[arg-type]
        for _ in range(2)
    ]
    with house.store(EVERYTHING) as work:
        for one in pair:
            work.people.save_person(one)
        work.commit()
    house.services.cases.raise_flag(pair[1], "words", WORRY, entry="answer")
    return pair[0], pair[1]


def _seen(office: Browser, person: Person) -> list[tuple[int, str]]:
    """Ask every page and API address about a person; leave out what differs between any two people and moments."""
    addresses = (
        f"/school/people?q={person.email}",
        f"/school/people/{person.id}",
        f"/school/keeping/people/{person.id}",
        f"/api/v1/keeping/people/{person.id}",
        f"/api/v1/people/{person.id}",
        f"/api/v1/people?words={person.email}",
    )
    answers = [office.client.get(address) for address in addresses]
    return [(one.status_code, _plain(one.text, person)) for one in answers]


def _plain(text: str, person: Person) -> str:
    text = text.replace(person.id, "ID").replace(person.email, "MAIL")
    text = re.sub(r"[0-9a-f]{32}", "RECEIPT", text)
    return re.sub(r"\d{4}-\d\d-\d\dT[^\"]+", "TIME", text)


def _left(house: House, person: Person) -> bool:
    with house.store(EVERYTHING) as work:
        return bool(work.people.name_people([person.id]))


def test_an_order_answers_the_same_with_and_without_a_case(house: House, office: Browser) -> None:
    """Before, at and after the order, and after a night, all answers are the same bytes but for ids and times."""
    plain, cared = _twins(house)

    stories = []
    for one in (plain, cared):
        before = _seen(office, one)
        order = office.client.delete(f"/api/v1/keeping/people/{one.id}")
        again = office.client.delete(f"/api/v1/keeping/people/{one.id}")
        told = [(answer.status_code, _plain(answer.text, one)) for answer in (order, again)]
        stories.append((before, told, _seen(office, one)))
    school = house.services.office.load_school(house.person(Role.STUDENT))
    later = house.services.retention.run(school, house.services.clock.now())
    last = [_seen(office, one) for one in (plain, cared)]

    assert stories[0] == stories[1]
    assert stories[0][1][0][0] == 200
    assert "people" not in later
    assert last == [stories[0][2], stories[1][2]]
    assert (_left(house, plain), _left(house, cared)) == (False, True)


def test_a_closed_account_goes_the_same_with_and_without_a_case(house: House, office: Browser) -> None:
    """When the days of closed accounts are over both are gone to the office; the counsellor still reads a name."""
    now = house.services.clock.now()
    plain, cared = _twins(house, is_active=False, left_at=now - timedelta(days=60))
    before = [_seen(office, one) for one in (plain, cared)]

    school = house.services.office.load_school(house.person(Role.STUDENT))
    counts = house.services.retention.run(school, now)

    after = [_seen(office, one) for one in (plain, cared)]
    assert before[0] == before[1]
    assert counts["people"] == 2
    assert after[0] == after[1]
    assert after[0][1][0] == 404
    counsellor = house.browser(Role.COUNSELLOR)
    assert "Paula Pupil" in counsellor.open("/cases").text


def test_the_order_stands_in_the_case(house: House, office: Browser) -> None:
    """The counsellor reads in the case that the erasure was asked, and can still close the case."""
    _, cared = _twins(house)

    office.client.delete(f"/api/v1/keeping/people/{cared.id}")

    counsellor = house.person(Role.COUNSELLOR)
    desk = house.services.desk
    (case,) = [one for one in desk.list_cases(counsellor) if one.person_id == cared.id]
    page = house.browser(Role.COUNSELLOR).open(f"/cases/{case.id}").text
    assert "erasure asked" in page
    assert "Paula Pupil" in page
    assert desk.end(counsellor, case.id, Ending.RESOLVED, "Talked to her.").status is CaseStatus.CLOSED
