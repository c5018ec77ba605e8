"""What somebody in danger wrote to the running application, and what came of it: for the tests of the gate's doors."""

import re
from dataclasses import dataclass

from domain.material import Kind
from domain.people import Role
from domain.questions import Question
from domain.scope import EVERYTHING
from tests.faces import Browser, House

DANGER = "I want to kill myself"


def visitor(house: House, role: Role | None) -> Browser:
    """Open a browser for somebody of a role who is new, or for a stranger."""
    if role is not None:
        return house.newcomer(role)
    browser = house.browser()
    browser.open("/")
    return browser


def texts_of(house: House, browser: Browser) -> set[str]:
    """List what was flagged of somebody."""
    person_id = browser.client.get("/api/v1/me").json()["id"]
    with house.store(EVERYTHING) as work:
        return {flag.text for case in work.care.list_about(person_id) for flag in case.flags}


def filled(house: House, path: str) -> str:
    known = {"document_id": house.reading.id, "question_id": question(house).id, "name": "cards.csv", "number": "1"}
    return re.sub(r"{(\w+)(?::\w+)?}", lambda found: known.get(found[1], "9" * 32), path)


def question(house: House) -> Question:
    return next(unit for unit in house.aid(Kind.QUIZ).units if isinstance(unit, Question))


def is_support(text: str) -> bool:
    return "Please read this first" in text or "are you thinking about ending your life" in text.lower()


@dataclass(frozen=True)
class Sent:
    """What somebody of a role sent (`about` says where to), and the answer."""

    browser: Browser
    role: Role | None
    answer: str
    about: object


def assert_heard(house: House, sent: Sent, said: set[str]) -> None:
    """Of a student every text is in a case; of others none is, and of all the answer is words of support."""
    assert is_support(sent.answer), (sent.about, sent.answer[:300])
    if sent.role is Role.STUDENT:
        assert said <= texts_of(house, sent.browser), sent.about
    elif sent.role is not None:
        assert texts_of(house, sent.browser) == set(), sent.about
