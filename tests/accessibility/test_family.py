"""Guardians' pages in a real browser: faultless by axe in three scripts, 320 pixels wide, and two printed pages."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pypdfium2
import pytest

# the package ships no types
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page

from accounts.family_words import list_languages
from api.security import SESSION_COOKIE
from domain.consent import Purpose
from domain.documents import DocumentStatus
from domain.ids import AccessId, ArtifactId, AttemptId, DocumentId, PersonId, new_id
from domain.learning import Attempt
from domain.material import Kind
from domain.people import Person, Role
from domain.questions import Question
from domain.rights import Access
from domain.scope import EVERYTHING
from tests.accessibility.conftest import Site
from tests.accessibility.test_pages import _RULES, _SMALL
from tests.faces import Browser as Client

_MOST_PRINTED = 2
_READINGS = 12
_TEACHERS = 9


@dataclass(frozen=True)
class Family:
    """A child with a full term behind, and a guardian's session."""

    child_id: PersonId
    token: str


@pytest.fixture(scope="module")
def family(site: Site) -> Family:
    house = site.house
    child = _person(
        site, house.newcomer(name="Maximiliane Hohenstein-Garcia", allows=[Purpose.STUDY], decides_from=None)
    )
    guardian = house.newcomer(Role.GUARDIAN, ward_ids=(child.id,), class_ids=(), allows=())
    teachers = [
        _person(site, house.newcomer(Role.TEACHER, name=f"Teacher Number {number} of Many", allows=()))
        for number in range(_TEACHERS)
    ]
    _fill(site, child, teachers)
    return Family(child.id, guardian.client.cookies[SESSION_COOKIE])


@pytest.fixture
def page(chromium: Browser, site: Site, family: Family) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 320, "height": 640}, java_script_enabled=True)
    context.add_cookies([{"name": SESSION_COOKIE, "value": family.token, "url": site.url}])
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("language", ["en", "ar", "zh"])
@pytest.mark.parametrize("path", ["/children", "/children/{id}", "/children/{id}/report"])
def test_a_page_is_for_everybody(site: Site, page: Page, family: Family, path: str, language: str) -> None:
    """In light and dark, on a phone and on a desk, axe finds no fault, nothing scrolls sideways, targets are large."""
    page.goto(f"{site.url}{path.format(id=family.child_id)}?language={language}")
    page.locator(".tongues summary").click()

    for scheme, width in (("light", 320), ("dark", 320), ("dark", 1280), ("light", 1280)):
        # a parameter's value is one of those that the browser knows
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        page.set_viewport_size({"width": width, "height": 800})
        found = Axe().run(page, options=_RULES)
        assert found.violations_count == 0, (scheme, width, found.generate_report())
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (scheme, width)
        assert page.evaluate(_SMALL) == [], (scheme, width)


@pytest.mark.parametrize("language", list_languages())
def test_the_report_fits_two_printed_pages(site: Site, page: Page, family: Family, language: str) -> None:
    """With twelve readings and ten people who looked, in every language, it takes two pages of A4 or Letter."""
    page.goto(f"{site.url}/children/{family.child_id}/report?language={language}")

    for paper in ("A4", "Letter"):
        printed = pypdfium2.PdfDocument(page.pdf(format=paper))
        assert len(printed) <= _MOST_PRINTED, paper
        printed.close()


def test_the_print_shows_what_is_allowed_and_no_form(site: Site, page: Page, family: Family) -> None:
    """On paper stands how each purpose stands; forms, links to languages and the navigation stay on the screen."""
    page.goto(f"{site.url}/children/{family.child_id}/report")
    on_screen = page.locator("form.ask").is_visible(), page.locator("dl.told").is_visible()

    page.emulate_media(media="print")

    assert on_screen == (True, False)
    assert page.locator("dl.told dd").count() == len(Purpose)
    assert page.locator("dl.told").is_visible()
    for hidden in ("form.ask", ".tongues", ".crumbs", ".top"):
        assert not page.locator(hidden).is_visible(), hidden


def test_choices_are_made_by_keyboard(site: Site, page: Page, family: Family) -> None:
    """A purpose is allowed with keys alone, and the answer is said where the form stands."""
    page.goto(f"{site.url}/children/{family.child_id}?language=en")

    page.locator("input[name=research][value=yes]").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.wait_for_url("**saved=yes**")

    assert page.locator("input[name=research][value=no]").is_checked()
    assert page.get_by_role("status").inner_text() == "Your choices are saved."


def test_everything_works_without_script(chromium: Browser, site: Site, family: Family) -> None:
    """With script off the languages open, the report opens, and choices are saved."""
    context = chromium.new_context(java_script_enabled=False)
    context.add_cookies([{"name": SESSION_COOKIE, "value": family.token, "url": site.url}])
    page = context.new_page()
    page.goto(f"{site.url}/children")

    page.locator(".tongues summary").click()
    page.get_by_role("link", name="Français").click()
    page.get_by_role("link", name="Bilan de la période").first.click()
    page.locator("input[name=analytics][value=yes]").check()
    page.get_by_role("button", name="Enregistrer mes choix").click()

    assert page.get_by_text("Vos choix sont enregistrés.").is_visible()
    context.close()


def _person(site: Site, browser: Client) -> Person:
    found = site.house.services.accounts.find_session(browser.client.cookies[SESSION_COOKIE])
    assert found is not None
    return found[0]


def _fill(site: Site, child: Person, teachers: list[Person]) -> None:
    """Let the child work on many readings, and many people look."""
    house, now = site.house, site.house.services.clock.now()
    quiz = house.aid(Kind.QUIZ)
    questions = [unit for unit in quiz.units if isinstance(unit, Question)]
    with house.store(EVERYTHING) as work:
        for number in range(_READINGS):
            title = f"A reading with a rather long title about rivers, part {number} of the whole course"
            reading = replace(
                house.reading, id=DocumentId(new_id()), title=title, status=DocumentStatus.READY, class_id=None
            )
            reading = replace(reading, class_id=child.class_ids[0])
            work.documents.save(reading)
            copy = replace(quiz, id=ArtifactId(new_id()), document_id=reading.id, section=None, units=())
            work.material.save(copy)
            for at, question in enumerate(questions):
                attempt = Attempt(AttemptId(new_id()), child.id, copy.id, question.id, "A", at % 2 == 0, now)
                work.learning.add_attempt(attempt)
        for teacher in teachers:
            look = Access(AccessId(new_id()), child.school_id, child.id, teacher.id, "progress", "teaching", now)
            work.rights.add_access(look)
        work.commit()
