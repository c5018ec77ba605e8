"""The on-call pages, the drill, the school's hours, and what teachers see of support."""

import re
from dataclasses import replace

import pytest

from domain.people import Role
from domain.scope import EVERYTHING
from tests.faces import Browser, House

NURSE = {"name": "Nadia Nurse", "email": "nurse@call.example", "step": "1", "duty": "always", "person_id": ""}


@pytest.fixture
def keeper(house: House) -> Browser:
    """A counsellor with an empty on-call list."""
    with house.store(EVERYTHING) as work:
        for contact in work.notices.list_contacts(house.reading.school_id):
            work.notices.delete_contact(contact.id)
        work.commit()
    return house.newcomer(Role.COUNSELLOR, name="Kim Keeper", class_ids=(), is_demo=False)


def contact_of(page: str, name: str) -> str:
    found = re.search(rf'href="(/on-call/[0-9a-f]{{32}})"[^>]*>{name}<', page)
    assert found is not None
    return found[1]


def test_the_list_is_kept(keeper: Browser, house: House) -> None:
    """Nobody on it is said on both pages; people are put on it, changed, and taken off."""
    assert "Nobody is on call" in keeper.open("/on-call").text
    assert "Nobody is on call" in keeper.open("/cases").text

    assert keeper.send("/on-call", NURSE).headers["location"] == "/on-call"
    me = keeper.client.get("/api/v1/me").json()
    keeper.send("/on-call", {**NURSE, "person_id": me["id"], "step": "2"})
    page = keeper.open("/on-call").text
    assert "Nobody is on call" not in page
    assert page.count("cannot open cases: is told to reach a counsellor") == 1
    assert "Nobody on this list can open a case" not in page
    assert re.search(r"Would be called now</dt><dd><bdi>Nadia Nurse", page)
    assert re.search(r"Last responder</dt><dd><bdi>Kim Keeper", page)

    url = contact_of(page, "Nadia Nurse")
    assert 'value="nurse@call.example"' in keeper.open(url).text
    assert f'value="{me["id"]}" selected' in keeper.open(contact_of(page, "Kim Keeper")).text
    keeper.send(url, {**NURSE, "duty": "out_of_hours"})
    assert "outside school hours" in keeper.open("/on-call").text
    keeper.send(f"{url}/remove")
    assert keeper.open(url).status_code == 404
    assert "Nadia Nurse" not in keeper.open("/on-call").text
    assert house.newcomer(Role.ADMINISTRATOR, class_ids=()).open("/on-call").status_code == 200


def test_mistakes_stand_beside_what_was_typed(keeper: Browser) -> None:
    """Adding and changing both show what is wrong, and keep nothing."""
    keeper.send("/on-call", NURSE)
    url = contact_of(keeper.open("/on-call").text, "Nadia Nurse")

    for place in ("/on-call", url):
        for wrong in ({"email": "nowhere"}, {"duty": "sometimes"}, {"step": "99"}, {"name": ""}):
            answer = keeper.send(place, {**NURSE, **wrong})
            assert answer.status_code == 422, (place, wrong)
            assert 'role="alert"' in answer.text


def test_somebody_whose_account_is_closed_is_marked(keeper: Browser, house: House) -> None:
    """They stay on the list until somebody takes them off, and the list says that they are never called."""
    leaver = house.newcomer(Role.TEACHER, name="Lou Leaver")
    me = leaver.client.get("/api/v1/me").json()
    keeper.send("/on-call", {**NURSE, "person_id": me["id"]})
    with house.store(EVERYTHING) as work:
        person = work.people.find_person(me["id"])
        assert person is not None
        work.people.save_person(replace(person, is_active=False))
        work.commit()

    listed = keeper.open("/on-call").text
    assert "Nobody on this list can open a case" in listed
    assert "never called" in keeper.open("/on-call").text


def test_the_rules_for_recipients_are_readable(keeper: Browser) -> None:
    """Whoever keeps the list reads who is told what, subject by subject."""
    page = keeper.open("/on-call").text

    assert "A case about abuse" in page
    assert "nobody may tell them by way of Margent" in page


@pytest.mark.parametrize("role", [Role.COUNSELLOR, Role.ADMINISTRATOR])
def test_a_drill_shows_step_by_step_what_happened(house: House, role: Role) -> None:
    """It begins once, is taken on by a counsellor, and ends; it is not among the open cases."""
    caller = house.newcomer(role, name=f"Dana {role.value.title()}", class_ids=())
    counsellor = house.browser(Role.COUNSELLOR)
    assert "You have begun no drill yet" in caller.open("/on-call/drill").text

    assert caller.send("/on-call/drill").headers["location"] == "/on-call/drill"
    assert caller.send("/on-call/drill").status_code == 409
    page = caller.open("/on-call/drill").text
    assert "Here on the desk" in page
    assert "Nobody has taken it on yet" in page
    assert "Nothing left the house" in page

    name = f"Dana {role.value.title()}"
    assert name not in counsellor.open("/cases").text
    listed = counsellor.open("/cases?show=drills").text
    url = re.findall(rf'href="(/cases/[0-9a-f]+)">{name}<', listed)[0]
    assert "This is a drill" in counsellor.open(url).text
    counsellor.send(f"{url}/acknowledge")
    assert "acknowledged by <bdi>Cora Counsellor" in caller.open("/on-call/drill").text
    caller.send("/on-call/drill/end")
    assert "<strong>Passed:</strong>" in caller.open("/on-call/drill").text
    assert "passed" in counsellor.open("/cases?show=drills").text
    caller.send("/on-call/drill")
    caller.send("/on-call/drill/end")
    assert "<strong>Failed:</strong>" in caller.open("/on-call/drill").text
    assert counsellor.send(f"{url}/reopen", {"note": "Again."}).status_code == 409


def test_a_counsellor_closes_a_drill_without_a_note(house: House) -> None:
    """The form of a drill asks for nothing."""
    counsellor = house.newcomer(Role.COUNSELLOR, name="Quinn Quick", class_ids=())
    counsellor.send("/on-call/drill")
    url = re.findall(r'href="(/cases/[0-9a-f]+)">Quinn Quick<', counsellor.open("/cases?show=drills").text)[0]

    page = counsellor.open(url).text

    assert "How it ended" not in page
    assert counsellor.send(f"{url}/close", {"ending": "resolved"}).status_code == 303


def test_the_api_keeps_the_list_and_drills(keeper: Browser) -> None:
    """The same by the API."""
    client = keeper.client
    wish = {"step": 1, "duty": "always", "name": "Nadia Nurse", "email": "nurse@call.example"}

    added = client.post("/api/v1/on-call", json=wish)
    changed = client.put(f"/api/v1/on-call/{added.json()['id']}", json={**wish, "step": 3})
    standing = client.get("/api/v1/on-call").json()
    drill = client.post("/api/v1/on-call/drill")

    assert (added.status_code, changed.json()["step"]) == (201, 3)
    assert [one["step"] for one in standing["last"]] == [3]
    assert (drill.status_code, drill.json()["is_drill"]) == (201, True)
    assert client.post("/api/v1/on-call/drill").status_code == 409
    assert client.delete("/api/v1/on-call/drill/latest").status_code == 204
    assert client.delete(f"/api/v1/on-call/{added.json()['id']}").status_code == 204
    assert client.delete(f"/api/v1/on-call/{added.json()['id']}").status_code == 404


@pytest.mark.parametrize("role", [Role.STUDENT, Role.TEACHER, Role.GUARDIAN])
def test_others_do_not_keep_the_list(house: House, role: Role) -> None:
    """They are told that their account is not for this."""
    browser = house.newcomer(role)

    assert browser.open("/on-call").status_code == 403
    assert browser.send("/on-call/drill").status_code == 403


def test_the_school_sets_its_hours(house: House) -> None:
    """Zone, days and times are kept and shown; what makes no sense is shown again; other rules leave them alone."""
    office = house.newcomer(Role.ADMINISTRATOR, class_ids=())
    fields = {"school_name": "The School", "country": "", "consent_age": "", "language": "en"}
    days = {"weekday_7": "yes", "weekday_1": "yes"}
    hours = {"zone": "America/New_York", "opens": "07:30", "closes": "14:45", **days}

    saved = office.send("/school/rules", {**fields, **hours})
    page = office.open("/school/rules").text
    office.send("/school/rules", fields)
    kept = office.client.get("/api/v1/school").json()["rules"]["hours"]

    assert saved.status_code == 303
    assert 'value="America/New_York"' in page
    assert re.search(r'name="weekday_7" type="checkbox" value="yes" checked', page)
    assert kept == {"zone": "America/New_York", "days": [1, 7], "opens": "07:30:00", "closes": "14:45:00"}
    for wrong in ({"zone": "Moon/Base"}, {"closes": "07:00"}, {"opens": "early"}, dict.fromkeys(days, "")):
        answer = office.send("/school/rules", {**fields, **hours, **wrong})
        assert answer.status_code == 422, wrong
        assert 'role="alert"' in answer.text
    assert "07:30 to 14:45, America/New_York" in office.open("/on-call").text


def test_teachers_see_support_where_the_school_so_decides(house: House) -> None:
    """Beside the student's name once a counsellor took the case on, and nothing of why."""
    counsellor, teacher = house.browser(Role.COUNSELLOR), house.browser(Role.TEACHER)
    student = house.newcomer(name="Susi Supported")
    student.send(f"/readings/{house.reading.id}/ask", {"question": "i want to kill myself", "mode": "answer"})
    url = re.findall(r'href="(/cases/[0-9a-f]+)">Susi Supported<', counsellor.open("/cases").text)[0]
    counsellor.send(f"{url}/acknowledge")
    page = f"/classes/{house.person(Role.TEACHER).class_ids[0]}"
    before = teacher.open(page).text
    with house.store(EVERYTHING) as work:
        school = work.people.load_school(house.reading.school_id)
        work.people.save_school(replace(school, rules=replace(school.rules, tells_teachers_of_support=True)))
        work.commit()

    after = teacher.open(page).text

    with house.store(EVERYTHING) as work:
        work.people.save_school(school)
        work.commit()
    assert "is being supported" not in before
    assert re.search(r"Susi Supported <span[^>]*>is being supported", after)
    assert "suicide" not in after
