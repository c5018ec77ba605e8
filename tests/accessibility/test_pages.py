"""Every page in a real browser: axe finds nothing, nothing scrolls sideways, targets are large enough."""

from collections.abc import Iterator

import pytest

# the package ships no types
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page

from domain.people import Role
from tests.accessibility.conftest import Site

_TABS = ("read", "summary", "cards", "map", "quiz", "guide", "ask")
PAGES = [
    ("doors", "/", None),
    ("problem", "/nothing", None),
    ("library", "/", Role.STUDENT),
    ("teacher's library", "/", Role.TEACHER),
    ("search", "/search?q=chlorophyll", Role.STUDENT),
    ("source", "/readings/{id}/pages/1?from=0&to=200#source", Role.STUDENT),
    *((view, f"/readings/{{id}}?view={view}&section={{section}}", Role.STUDENT) for view in _TABS),
    ("whole", "/readings/{id}?view=summary", Role.STUDENT),
    ("teacher's easier", "/readings/{id}?view=easier&section={section}", Role.TEACHER),
    ("report", "/readings/{id}?view=report", Role.TEACHER),
    ("choices", "/choices", Role.STUDENT),
    ("cases", "/cases", Role.COUNSELLOR),
    ("case", "case", Role.COUNSELLOR),
]
_RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
"""What axe looks for; what is in order it need not describe, which takes as long again."""

_SMALL = """() => [...document.querySelectorAll("a, button, summary, input:not([type=hidden]), select, textarea")]
    .filter((one) => one.checkVisibility() && !one.closest("svg"))
    .filter((one) => !one.matches(".skip, p > a:not(.button), [type=radio], .option > [type=checkbox], [type=file]"))
    .map((one) => [one, one.getBoundingClientRect()])
    .filter(([one, box]) => box.height > 0 && box.height < 43.5)
    .map(([one, box]) => `${one.outerHTML.slice(0, 120)} ${box.height}`)"""


@pytest.fixture(scope="session")
def addresses(site: Site) -> dict[str, str]:
    """Give every page's address, and leave a draft and a case for the pages that show one."""
    house = site.house
    teacher = house.browser(Role.TEACHER)
    teacher.send(f"/readings/{house.reading.id}/easier", {"section": str(house.unit.ordinal)})
    student = house.browser(Role.STUDENT)
    student.send(f"/readings/{house.reading.id}/ask", {"question": "i want to kill myself", "mode": "answer"})
    case = house.services.desk.list_cases(house.person(Role.COUNSELLOR))[0]
    return {
        name: f"/cases/{case.id}" if url == "case" else url.format(id=house.reading.id, section=house.unit.ordinal)
        for name, url, _ in PAGES
    }


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 320, "height": 640})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(("name", "role"), [(name, role) for name, _, role in PAGES])
def test_a_page_is_for_everybody(
    site: Site, page: Page, addresses: dict[str, str], name: str, role: Role | None
) -> None:
    """In light and dark, left to right and right to left, axe finds no fault; 320 pixels are wide enough."""
    if role is not None:
        site.sign_in(page.context, role)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(site.url + addresses[name])

    for scheme, direction, width in (
        ("light", "ltr", 320),
        ("dark", "rtl", 320),
        ("dark", "ltr", 1280),
        ("light", "rtl", 1280),
    ):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        page.set_viewport_size({"width": width, "height": 800})
        page.evaluate("(direction) => { document.documentElement.dir = direction }", direction)
        found = Axe().run(page, options=_RULES)
        assert found.violations_count == 0, (scheme, direction, width, found.generate_report())
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (scheme, direction, width)
        assert page.evaluate(_SMALL) == [], (scheme, direction, width)

    assert [complaint for complaint in complaints if name != "problem"] == []


def test_the_skip_link_comes_first_and_leads_to_the_content(site: Site, page: Page) -> None:
    """The first key press reaches a link over the head of the page."""
    page.goto(site.url)

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "main"


def test_cards_flip_and_turn_by_key(site: Site, page: Page, addresses: dict[str, str]) -> None:
    """Space flips a card, the arrow keys turn to the next one and back, and the position is said."""
    site.sign_in(page.context, Role.STUDENT)
    page.goto(site.url + addresses["cards"])
    shown = page.locator(".cards > li.now")
    first = shown.inner_text()

    page.keyboard.press("Space")
    assert shown.locator("details.card").get_attribute("open") is not None
    page.keyboard.press("ArrowRight")
    second = shown.inner_text()
    assert page.locator("[data-position]").inner_text().startswith("Card 2 of")
    page.keyboard.press("Enter")
    assert shown.locator("details.card").get_attribute("open") is not None
    page.keyboard.press("ArrowLeft")

    assert shown.inner_text() == first
    assert second != first


def test_cards_flip_by_click(site: Site, page: Page, addresses: dict[str, str]) -> None:
    """A click on the card, or on the button, turns it over."""
    site.sign_in(page.context, Role.STUDENT)
    page.goto(site.url + addresses["cards"])
    card = page.locator(".cards > li.now details.card")

    page.locator(".cards > li.now .card summary").click()
    assert card.get_attribute("open") is not None
    page.get_by_role("button", name="Flip").click()

    assert card.get_attribute("open") is None


def test_the_map_moves_zooms_and_focuses(site: Site, page: Page, addresses: dict[str, str]) -> None:
    """Buttons and keys change what is seen; a focus dims all but a concept's neighbours, and all come back."""
    site.sign_in(page.context, Role.STUDENT)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(site.url + addresses["map"])
    seen = "document.querySelector('.map svg').getAttribute('viewBox')"
    whole = page.evaluate(seen)

    page.get_by_role("button", name="Closer").click()
    closer = page.evaluate(seen)
    page.locator(".map").focus()
    page.keyboard.press("ArrowRight")
    moved = page.evaluate(seen)
    page.select_option("#focus", index=1)
    dimmed = page.locator(".map .dim").count()
    hidden = page.locator(".concepts > li[hidden]").count()
    page.locator(".map").focus()
    page.keyboard.press("Escape")

    assert len({whole, closer, moved}) == 3
    assert dimmed > 0
    assert hidden > 0
    assert page.evaluate(seen) == whole
    assert page.locator(".map .dim").count() == 0


def test_a_click_on_a_concept_focuses_it(site: Site, page: Page, addresses: dict[str, str]) -> None:
    """A click in the drawing does what the list of concepts does."""
    site.sign_in(page.context, Role.STUDENT)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(site.url + addresses["map"])
    node = page.locator(".map [data-node]").first

    node.locator("rect").click()

    assert page.locator("#focus").input_value() == node.get_attribute("data-node")
    assert "beside it" in page.locator("[data-said]").inner_text()


def test_sections_fold_away_on_a_narrow_screen(site: Site, page: Page, addresses: dict[str, str]) -> None:
    """On a phone the section tree is one line until it is opened; on a wide screen it stands open."""
    site.sign_in(page.context, Role.STUDENT)
    page.goto(site.url + addresses["read"])
    tree = page.get_by_role("navigation", name="Sections")

    assert not tree.is_visible()
    page.get_by_text("Sections", exact=True).click()
    assert tree.is_visible()
    page.get_by_text("Sections", exact=True).click()
    page.set_viewport_size({"width": 1280, "height": 900})

    assert tree.is_visible()
