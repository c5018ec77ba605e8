"""The page of who did what, for the office and for counsellors."""

from dataclasses import replace

from api.security import SESSION_COOKIE
from domain.ids import PersonId, new_id
from domain.people import Person, Role
from domain.scope import EVERYTHING
from tests.faces import Browser, House


def _enter(house: House, role: Role) -> tuple[Person, Browser]:
    add = house.services.accounts.add_person
    person = add(f"Ada {role.value}", f"{new_id()}@school.example", role=role, password=new_id())
    session = house.services.accounts.begin(person)
    browser = Browser(house.school)
    browser.client.cookies.set(SESSION_COOKIE, session.token)
    return person, browser


def test_the_office_sees_who_made_whom_what(house: House) -> None:
    """A change of role stands in the list with both names; the API gives the same by ids, and no case."""
    office, browser = _enter(house, Role.ADMINISTRATOR)
    teacher = replace(
        office, id=PersonId(new_id()), name="Toni Turner", role=Role.TEACHER, email=f"{new_id()}@x.example"
    )
    with house.store(EVERYTHING) as work:
        work.people.save_person(teacher)
        work.commit()
    house.services.office.change_role(office, teacher.id, Role.COUNSELLOR)

    page, acts = browser.open("/audit"), browser.client.get("/api/v1/audit").json()

    assert "Ada administrator" in page.text
    assert "changed the role of" in page.text
    assert "Who: </span><bdi>Ada administrator</bdi>" in page.text
    assert "Toni Turner" in page.text
    assert acts[0] | {"number": 0, "at": ""} == {
        "number": 0,
        "at": "",
        "action": "person.role_changed",
        "by_id": office.id,
        "about_id": teacher.id,
        "ref": "role:counsellor",
    }
    assert not [act for act in acts if act["action"].startswith("case.")]


def test_the_list_goes_on_where_it_stopped(house: House) -> None:
    """Older acts are a page further; past the oldest the page says so."""
    office, browser = _enter(house, Role.ADMINISTRATOR)
    rules = house.services.office.load_school(office).rules
    for _ in range(101):
        house.services.office.set_rules(office, rules)

    first = browser.open("/audit").text

    assert first.count("changed the school&#39;s rules") == 100
    assert "Older" in first
    assert "There is nothing older" in browser.open("/audit?before=1").text


def test_nobody_else_has_the_page(house: House) -> None:
    """Students and teachers are told that it is not for them."""
    for role in (Role.STUDENT, Role.TEACHER, Role.GUARDIAN):
        _, browser = _enter(house, role)

        assert browser.client.get("/audit").status_code == 403
