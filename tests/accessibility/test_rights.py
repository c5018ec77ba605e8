"""What is held, and keeping and deleting, in a real browser: usable by everybody, and without script."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from api.security import SESSION_COOKIE
from domain.ids import PersonId
from domain.people import Role
from domain.scope import EVERYTHING
from tests.accessibility.conftest import Site
from tests.accessibility.test_office import look


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 320, "height": 640}, java_script_enabled=True)
    yield context.new_page()
    context.close()


def _enter(site: Site, page: Page, role: Role, name: str) -> PersonId:
    """Sign a newcomer in, somebody of the staff having looked at a student; give the id."""
    browser = site.house.newcomer(role, name=name)
    person_id = PersonId(browser.client.get("/api/v1/me").json()["id"])
    page.context.add_cookies(
        [{"name": SESSION_COOKIE, "value": browser.client.cookies[SESSION_COOKIE], "url": site.url}]
    )
    with site.house.store(EVERYTHING) as work:
        teacher = site.house.person(Role.TEACHER)
        site.house.services.accesses.note(work, teacher, person_id, what="progress", why="teacher")
        work.commit()
    return person_id


def test_the_record_is_for_everybody(site: Site, page: Page) -> None:
    """The page about what is held, with a look in its table, is usable by everybody."""
    _enter(site, page, Role.STUDENT, "Rosa Record")

    page.goto(site.url + "/record")

    expect(page.get_by_role("table")).to_contain_text("how you get on")
    look(page)


def test_keeping_is_for_everybody(site: Site, page: Page) -> None:
    """The page about keeping, and what an erasure would delete, are usable by everybody; the days can be set by key."""
    _enter(site, page, Role.ADMINISTRATOR, "Olga Office")
    pupil = _enter(site, page, Role.STUDENT, "Paula Pupil")
    _enter(site, page, Role.ADMINISTRATOR, "Olga Again")

    page.goto(f"{site.url}/school/keeping/people/{pupil}")
    look(page)
    page.get_by_label("Reason of the legal hold").fill("A court asks for it.")
    page.get_by_role("button", name="Place a legal hold").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("in place")
    look(page)
    page.get_by_role("button", name="Lift this hold").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("lifted")

    page.goto(f"{site.url}/school/keeping/people/{pupil}")
    page.get_by_label("I mean to erase everything").check()
    page.get_by_role("button", name="Erase for good").press("Enter")

    expect(page.get_by_role("status")).to_contain_text("It is done")
    expect(page.get_by_text("account: 1").first).to_be_visible()
