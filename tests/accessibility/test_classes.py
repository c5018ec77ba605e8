"""Pages of classes in a real browser, without script where children use them: axe, 320 pixels, large targets."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, FilePayload, Page

from api.security import SESSION_COOKIE
from domain.people import Role
from tests.accessibility.conftest import Site
from tests.accessibility.test_office import look


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 320, "height": 640})
    yield context.new_page()
    context.close()


def test_a_class_from_its_first_page_to_a_child_s_pictures(site: Site, page: Page, chromium: Browser) -> None:
    """Every page that a teacher and a child meet on the way is usable by everybody; the child's need no script."""
    session = site.house.newcomer(Role.TEACHER, name="Tina Teacher").client.cookies[SESSION_COOKIE]
    page.context.add_cookies([{"name": SESSION_COOKIE, "value": session, "url": site.url}])
    page.goto(f"{site.url}/classes")
    look(page)
    page.fill("#name", "Class 1b")
    page.check("#is_young")
    page.click("text=Make the class")
    address = page.url
    page.click("text=Open for joining")
    page.goto(f"{address}/roster")
    look(page)
    page.set_input_files(
        "#files", FilePayload(name="x.csv", mimeType="text/csv", buffer=b"name\nMia\n=Ben\n,\n\nMia\n")
    )
    page.click("button:has-text('See what it would do')")
    look(page)
    page.click("button:has-text('Bring it in')")
    look(page)
    page.goto(address)
    look(page)
    page.click("text=Picture cards")
    look(page)
    page.click("button.main")
    look(page)
    card = page.locator(".cut > li").first.inner_text()
    avatar, secret = re.findall(r"picture: (\w+)", card)[0], re.findall(r"\d\. (\w+)", card)
    code = page.locator(".code").first.inner_text()

    plain = chromium.new_context(viewport={"width": 320, "height": 640}, java_script_enabled=False)
    child = plain.new_page()
    child.goto(f"{site.url}/sign-in/class")
    child.fill("#code", code)
    child.keyboard.press("Enter")
    child.focus(f"button[value={avatar}]")
    child.keyboard.press("Enter")
    for word in secret:
        child.click(f"button[value={word}]")

    assert child.url == f"{site.url}/"
    assert "Your readings" in child.content()
    plain.close()
    page.context.clear_cookies()
    for path in ("/join", "/sign-in/class", f"/sign-in/class?code={code}"):
        page.goto(site.url + path)
        look(page)
    page.click(f"button[value={avatar}]")
    look(page)


def test_the_form_of_a_newcomer(site: Site, page: Page) -> None:
    """Joining is usable by everybody, and what is wrong stands beside its field."""
    teacher = site.house.newcomer(Role.TEACHER)
    teacher.open("/classes")
    address = teacher.send("/classes", {"name": "Class 7c"}).headers["location"]
    teacher.send(f"{address}/open")
    found = re.search(r'class="code">\s*([A-Z0-9-]+)', teacher.open(address).text)
    assert found is not None

    page.goto(f"{site.url}/join?code={found[1]}")
    page.click("text=Go on")
    look(page)
    page.fill("#name", "Mia")
    page.fill("#email", "a b")
    page.fill("#password", "four words in row")
    page.select_option("#month", "May")
    page.select_option("#year", index=10)
    page.click("button:has-text('Join the class')")

    assert page.locator("#email").get_attribute("aria-invalid") == "true"
    look(page)
