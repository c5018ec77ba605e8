"""A student who has allowed nothing reads, studies and searches, and leaves nothing behind."""

from api.security import SESSION_COOKIE
from domain.consent import Purpose
from domain.ids import PersonId
from domain.material import Kind
from domain.questions import Question
from domain.scope import EVERYTHING
from tests.faces import Browser, House

_ACCOUNT = {"person", "enrolment", "sign_in"}
"""What there is about anybody who can sign in."""


def _person_id(house: House, browser: Browser) -> PersonId:
    found = house.services.accounts.find_session(browser.client.cookies[SESSION_COOKIE])
    assert found is not None
    return found[0].id


def _held(house: House, person_id: PersonId) -> set[str]:
    with house.store(EVERYTHING) as work:
        rows = work.records.collect(person_id, told_cases=())
    return {table for table, found in rows.items() if found} - _ACCOUNT


def _questions(house: House) -> list[Question]:
    return [unit for unit in house.aid(Kind.QUIZ).units if isinstance(unit, Question)]


def test_the_service_works_with_no_consent_at_all(house: House) -> None:
    """Every tab opens, the quiz is graded and explained, hints climb, search finds, and no row of it is kept."""
    browser = house.newcomer(allows=(), name="Lea Least")
    person_id = _person_id(house, browser)
    question = _questions(house)[0]
    quiz, fields = f"/readings/{house.reading.id}/quiz", {"section": str(house.unit.ordinal)}

    for view in ("read", "summary", "cards", "map", "quiz", "ask"):
        assert browser.open(house.url(view)).status_code == 200, view
    assert "not kept" in browser.open(house.url("quiz")).text
    browser.send(quiz, fields | {f"a.{question.id}": question.answer, "only": question.id})
    page = browser.open(house.url("quiz")).text
    assert "1 right of 1 answered" in page
    assert question.claim.text in browser.open(house.url("quiz", why=question.id)).text
    hints = [browser.send(quiz, fields | {"hint": _questions(house)[1].id}).text for _ in range(2)]
    assert "Hint 1 of" in hints[0]
    assert "Hint 2 of" in hints[1]
    assert "What have you found so far?" not in hints[0]
    assert "<mark>" in browser.open("/search?q=chlorophyll").text

    assert _held(house, person_id) == set()


def test_signing_out_forgets_the_page(house: House) -> None:
    """Whoever comes back after signing out starts from the beginning."""
    browser = house.newcomer(allows=())
    question = _questions(house)[0]
    fields = {"section": str(house.unit.ordinal), f"a.{question.id}": question.answer, "only": question.id}
    browser.send(f"/readings/{house.reading.id}/quiz", fields)
    found = house.services.accounts.find_session(browser.client.cookies[SESSION_COOKIE])
    assert found is not None
    quiz = house.aid(Kind.QUIZ)
    assert len(house.services.learning.attempts(found[0], quiz.id)) == 1

    browser.send("/sign-out")

    assert house.services.learning.attempts(found[0], quiz.id) == []


def test_danger_is_heard_with_no_consent_at_all(house: House) -> None:
    """Words of danger in a search or a question lead to support and to people, whatever was allowed."""
    browser = house.newcomer(allows=())
    words = "I want to kill myself"

    searched = browser.open(f"/search?q={words}").text
    asked = browser.send(f"/readings/{house.reading.id}/ask", {"question": words, "mode": "answer"}).text

    for page in (searched, asked):
        assert "You matter more than any reading" in page


def test_what_is_allowed_is_kept(house: House) -> None:
    """The same answer of a student who allows it stands in the store, so the test above can fail."""
    browser = house.newcomer(allows=(Purpose.STUDY,))
    question = _questions(house)[0]
    fields = {"section": str(house.unit.ordinal), f"a.{question.id}": question.answer, "only": question.id}

    browser.send(f"/readings/{house.reading.id}/quiz", fields)

    assert "attempt" in _held(house, _person_id(house, browser))
    assert "not kept" not in browser.open(house.url("quiz")).text
