"""Words of support stand where the student looks, in a real browser, with script and without."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from domain.material import Kind
from domain.people import Role
from domain.questions import Question, QuestionForm
from tests.accessibility.conftest import Site

DANGER = "I want to kill myself"
_SEEN = """(heading) => {
    const { top, bottom, left, right } = heading.getBoundingClientRect();
    const seen = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
    return top >= 0 && bottom <= innerHeight * 0.6 && heading.contains(seen);
}"""
_PATIENCE = 20
"""Looks, a tenth of a second apart, while the browser scrolls."""


@pytest.fixture(params=[True, False], ids=["script", "plain"])
def page(chromium: Browser, site: Site, request: pytest.FixtureRequest) -> Iterator[Page]:
    """Open the quiz in a browser with script, and in one without."""
    context = chromium.new_context(java_script_enabled=request.param, viewport={"width": 390, "height": 700})
    site.sign_in(context, Role.STUDENT)
    page = context.new_page()
    page.goto(site.url + site.house.url("quiz"))
    yield page
    context.close()


_WRITTEN = frozenset({QuestionForm.CLOZE, QuestionForm.SHORT})
"""Forms that are answered in one's own words."""


def questions(site: Site, *, written: bool = False) -> list[Question]:
    """Give the quiz's questions, or those alone that are answered in writing."""
    units = [unit for unit in site.house.aid(Kind.QUIZ).units if isinstance(unit, Question)]
    return [unit for unit in units if not written or unit.form in _WRITTEN]


def part(page: Page, question: Question) -> Locator:
    """Give a question's part of the page."""
    return page.locator(f"#u{question.id}")


def expect_support(page: Page, question: Question) -> None:
    """Check that the words stand with the question, in the upper part of what is seen."""
    box = part(page, question).locator(".calm")
    expect(box).to_have_role("status")
    expect(page.locator(".calm")).to_have_count(1)
    heading = box.get_by_role("heading")
    for _ in range(_PATIENCE):
        if heading.evaluate(_SEEN):
            return
        page.wait_for_timeout(100)
    pytest.fail(f"The words of support are out of sight: {heading.bounding_box()}")


@pytest.mark.parametrize("place", [0, -1], ids=["first", "last"])
def test_support_is_seen_after_an_answer(site: Site, page: Page, place: int) -> None:
    """Whoever writes of danger into the first or last written answer sees the supportive words at once."""
    question = questions(site, written=True)[place]

    part(page, question).locator("[name^='a.']").fill(DANGER)
    part(page, question).get_by_role("button", name="Check").click()

    expect_support(page, question)


@pytest.mark.parametrize("place", [0, -1], ids=["first", "last"])
def test_support_is_seen_after_a_message_for_a_hint(site: Site, page: Page, place: int) -> None:
    """Whoever writes of danger when asked what they found sees the supportive words at once."""
    question = questions(site)[place]

    part(page, question).get_by_role("button", name="hint").click()
    part(page, question).get_by_label("What have you found so far?").fill(DANGER)
    part(page, question).get_by_role("button", name="hint").click()

    expect_support(page, question)


def test_support_is_seen_after_all_answers_are_checked(site: Site, page: Page) -> None:
    """The button for all answers leads to the question where the words of danger stood, and puts the focus there."""
    question = questions(site, written=True)[-1]

    part(page, question).locator("[name^='a.']").fill(DANGER)
    page.get_by_role("button", name="Check all my answers").click()

    expect_support(page, question)
    expect(page.locator(".calm h2")).to_be_focused()
