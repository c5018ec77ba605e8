"""Guardians' pages and the API beside them, over HTTP, without script."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from api.security import SESSION_COOKIE
from domain.consent import Purpose
from domain.ids import PersonId
from domain.material import Kind
from domain.people import Person, Role, SchoolRules, Term
from domain.questions import Question
from domain.scope import EVERYTHING
from tests.faces import Browser, House


def who(house: House, browser: Browser) -> Person:
    found = house.services.accounts.find_session(browser.client.cookies[SESSION_COOKIE])
    assert found is not None
    return found[0]


def a_family(house: House, *, allows: tuple[Purpose, ...] = (Purpose.STUDY,), **changes: Any) -> tuple[Person, Browser]:
    """Add a young child who may allow nothing alone, and a browser of the child's guardian."""
    child = who(house, house.newcomer(allows=allows, name="Mia <b>Muster</b>", **{"decides_from": None, **changes}))
    guardian = house.newcomer(Role.GUARDIAN, name="Gabi Muster", ward_ids=(child.id,), class_ids=(), allows=())
    return child, guardian


def practise(house: House, child: Person) -> int:
    """Let a child answer all questions of the unit's quiz, the first one wrongly; give how many there are."""
    questions = [unit for unit in house.aid(Kind.QUIZ).units if isinstance(unit, Question)]
    for question in questions:
        text = "nothing of the kind" if question is questions[0] else question.answer
        house.services.learning.answer(child, question.id, text)
    return len(questions)


def addresses(child: Person) -> list[str]:
    """Give every page and route that tells a guardian about a child."""
    return [
        f"{prefix}{path}"
        for prefix in ("", "/api/v1")
        for path in ("/children", f"/children/{child.id}", f"/children/{child.id}/report")
    ]


def test_a_guardian_lands_on_the_children(house: House) -> None:
    """A card for each child says what is new and how many decisions wait, and leads on."""
    child, guardian = a_family(house)
    count = practise(house, child)

    page = guardian.open("/children").text

    assert guardian.open("/").headers["location"] == "/children"
    assert "Mia &lt;b&gt;Muster&lt;/b&gt;" in page
    assert f"Quiz questions answered: {count}" in page
    assert "Decisions that wait for you: 5" in page
    assert f'href="/children/{child.id}?language=en#choices"' in page


def test_a_guardian_without_a_child_learns_what_to_do(house: House) -> None:
    """The empty list says whom to ask."""
    guardian = house.newcomer(Role.GUARDIAN, class_ids=(), allows=())

    assert "Please ask the school" in guardian.open("/children").text
    assert guardian.client.get("/api/v1/children").json() == []


def test_progress_is_numbers(house: House) -> None:
    """The page and the API say how many questions were answered and how many were right, and no word of an answer."""
    child, guardian = a_family(house)
    count = practise(house, child)

    page = guardian.open(f"/children/{child.id}").text
    (work,) = guardian.client.get(f"/api/v1/children/{child.id}").json()["work"]

    assert "How plants feed themselves" in page
    assert (work["tally"]["questions"], work["tally"]["right"]) == (count, count - 1)
    assert f'width="{round(100 * (count - 1) / count)}"' in page
    assert "nothing of the kind" not in page


def test_without_consent_nothing_is_recorded(house: House) -> None:
    """Where answers may not be kept, the pages say so plainly."""
    child, guardian = a_family(house, allows=())
    practise(house, child)

    for url in ("/children", f"/children/{child.id}", f"/children/{child.id}/report"):
        assert "answers are not kept now" in guardian.open(url).text
    assert guardian.client.get(f"/api/v1/children/{child.id}").json()["work"] == []


def test_choices_are_made_where_they_are_explained(house: House) -> None:
    """What is allowed and not allowed is kept, shown with who decided; what got no answer still waits."""
    child, guardian = a_family(house)
    page = guardian.open(f"/children/{child.id}/report?language=de").text
    assert re.findall(r'name="(\w+)" value="(\w+)" checked', page) == [("study", "yes")]

    answer = guardian.send(f"/children/{child.id}/choices", {"language": "de", "tutor": "yes", "research": "no"})
    after = guardian.open(answer.headers["location"].partition("#")[0]).text

    assert answer.status_code == 303
    assert answer.headers["location"] == f"/children/{child.id}?language=de&saved=yes#choices"
    assert "Ihre Entscheidungen sind gespeichert." in after
    assert re.findall(r'name="(\w+)" value="(\w+)" checked', after) == [
        ("study", "yes"),
        ("tutor", "yes"),
        ("research", "no"),
    ]
    assert house.services.consents.has(child, Purpose.TUTOR)
    assert not house.services.consents.has(child, Purpose.RESEARCH)


def test_a_form_without_an_answer_changes_nothing(house: House) -> None:
    """Sending nothing, or what is no answer, keeps everything as it is and says nothing was saved."""
    child, guardian = a_family(house)

    answer = guardian.send(f"/children/{child.id}/choices", {"tutor": "perhaps", "language": "en"})
    page = guardian.open(answer.headers["location"].partition("#")[0]).text

    assert "Your choices are saved." not in page
    assert not house.services.consents.has(child, Purpose.TUTOR)


def test_a_child_who_is_old_enough_is_not_decided_for(house: House) -> None:
    """There is no form, and sending one is refused."""
    child, guardian = a_family(house, decides_from=house.services.clock.now().date())

    page = guardian.open(f"/children/{child.id}").text
    answer = guardian.send(f"/children/{child.id}/choices", {"tutor": "yes"})

    assert "decides this alone" in page
    assert "<fieldset" not in page
    assert answer.status_code == 403


@pytest.mark.parametrize("what", ["foreign", "unknown", "oneself"])
def test_nobody_elses_child_is_there(house: House, what: str) -> None:
    """A foreign id and one that nothing has look the same, on every page, route and form."""
    child, guardian = a_family(house)
    other, _ = a_family(house)
    person_id = {"foreign": other.id, "unknown": PersonId("0" * 32), "oneself": who(house, guardian).id}[what]

    for path in (f"/children/{person_id}", f"/children/{person_id}/report"):
        assert guardian.open(path).status_code == 404
        refused = guardian.client.get(f"/api/v1{path}")
        assert (refused.status_code, refused.json()["detail"]) == (404, "There is no such child.")
    assert guardian.send(f"/children/{person_id}/choices", {"study": "yes"}).status_code == 404
    assert child.id != person_id


@pytest.mark.parametrize("role", [Role.STUDENT, Role.TEACHER, Role.COUNSELLOR])
def test_children_are_for_guardians(house: House, role: Role) -> None:
    """Nobody else gets in, not even by a ward's id."""
    child, _ = a_family(house)
    browser = house.browser(role)

    assert [browser.open(url).status_code for url in addresses(child)] == [403] * 6


def test_a_case_changes_no_byte(house: House) -> None:
    """With a case (hidden, then told), its flags and looks, and own questions, all pages and routes are the same."""
    child, guardian = a_family(house, allows=tuple(Purpose))
    practise(house, child)
    counsellor = house.person(Role.COUNSELLOR)
    urls = [*addresses(child), f"/children/{child.id}/report?language=ar"]
    for url in urls:
        guardian.open(url)  # the guardian's own look stands on the pages from the second time on
    before = {url: guardian.open(url).content for url in urls}

    house.services.material.ask(child, house.reading.id, "What is chlorophyll?")
    house.services.material.ask(child, house.reading.id, "i want to kill myself")
    (case,) = [one for one in house.services.desk.list_cases(counsellor) if one.person_id == child.id]
    house.services.desk.load(counsellor, case.id)
    hidden = {url: guardian.open(url).content for url in urls}
    house.services.desk.tell(counsellor, case.id)
    house.services.tutor.ask_hint(child, house.reading.id, "Why are leaves green?")
    told = {url: guardian.open(url).content for url in urls}

    assert before == hidden == told


def test_a_look_is_seen_by_the_child(house: House) -> None:
    """A guardian who opened the page stands on the child's own record."""
    child, guardian = a_family(house)

    guardian.open(f"/children/{child.id}")

    (look,) = house.services.accesses.list_for(child)
    assert (look.by_id, look.what, look.why) == (who(house, guardian).id, "progress", "guardian")


def test_pages_speak_the_language_that_was_chosen(house: House) -> None:
    """Language and direction are the page's own; every link keeps them; English needs no note about a translation."""
    child, guardian = a_family(house)

    page = guardian.open(f"/children/{child.id}?language=ar").text
    english = guardian.open(f"/children/{child.id}").text

    assert '<html lang="ar" dir="rtl">' in page
    assert '<html lang="en" dir="ltr">' in english
    assert f'href="/children/{child.id}/report?language=ar"' in page
    assert 'href="/children?language=ar"' in page
    assert f'href="/children/{child.id}?language=so" lang="so"' in page
    assert "القراءة بالإنجليزية" in page
    assert "native speaker" not in english
    assert guardian.client.get(f"/api/v1/children/{child.id}?language=ar").json()["language"] == "ar"


def test_a_language_nobody_speaks_here_is_the_schools(house: House) -> None:
    """An unknown language is no error."""
    child, guardian = a_family(house)

    assert '<html lang="en"' in guardian.open(f"/children/{child.id}?language=xx").text
    assert guardian.open(f"/children/{child.id}?language={'x' * 30}").status_code == 422


def test_terms_are_chosen_on_the_report(house: House) -> None:
    """Each term that has begun has a link that keeps the language; another term is not there."""
    child, guardian = a_family(house)
    practise(house, child)
    today = house.services.clock.now().date()
    old = Term("Term 1", today - timedelta(days=365), today - timedelta(days=200))
    now = Term("Term 2", today - timedelta(days=20), today + timedelta(days=100))
    school = house.services.office.load_school(child)
    with house.store(EVERYTHING) as work:
        work.people.save_school(replace(school, rules=SchoolRules(terms=(old, now))))
        work.commit()

    newest = guardian.open(f"/children/{child.id}/report").text
    older = guardian.open(f"/children/{child.id}/report?term={old.first_day}&language=fr").text
    facts = guardian.client.get(f"/api/v1/children/{child.id}/report?term={old.first_day}").json()
    missing = guardian.open(f"/children/{child.id}/report?term=2001-01-01")
    with house.store(EVERYTHING) as work:
        work.people.save_school(school)
        work.commit()

    assert "How plants feed themselves" in newest
    assert "This term is not over yet." in newest
    assert f"report?term={old.first_day}&amp;language=en" in newest
    assert "How plants feed themselves" not in older
    assert f"report?term={old.first_day}&amp;language=ar" in older
    assert (facts["period"]["name"], facts["work"]) == ("Term 1", [])
    assert missing.status_code == 404


def test_without_terms_the_report_says_so(house: House) -> None:
    """The days it covers are named plainly."""
    child, guardian = a_family(house)

    assert "The school has not set its terms." in guardian.open(f"/children/{child.id}/report").text
