"""The page with the choices: one's own, a child's, what the office writes down from paper, and where one is missing."""

import re
from typing import Any

import pytest

from api.security import SESSION_COOKIE
from domain.consent import WORDING, ConsentRecord, Purpose
from domain.ids import ConsentId, PersonId, new_id
from domain.people import Person, Role
from domain.scope import EVERYTHING
from tests.builders import NOW
from tests.faces import Browser, House


def someone(
    house: House, role: Role = Role.STUDENT, *, is_young: bool = False, **changes: Any
) -> tuple[Person, Browser]:
    """Add somebody to the demo's school who has allowed nothing, and open a browser for them."""
    browser = house.newcomer(role, allows=(), **changes | ({"decides_from": None} if is_young else {}))
    found = house.services.accounts.find_session(browser.client.cookies[SESSION_COOKIE])
    assert found is not None
    return found[0], browser


def chosen(page: str) -> dict[str, str]:
    return dict(re.findall(r'type="radio" name="(\w+)" value="(\w+)" checked', page))


def test_nothing_is_chosen_at_first(house: House) -> None:
    """Every purpose stands there with what happens without it, and no answer is set."""
    _, browser = someone(house)

    page = browser.open("/choices").text

    assert chosen(page) == {}
    assert page.count("<fieldset") == len(Purpose)
    assert "Quizzes still work" in page
    assert "Reading, search, study aids and quizzes work without any of this" in page


def test_a_choice_is_made_and_taken_back(house: House) -> None:
    """What was chosen stands there with its day, and is withdrawn by the same form; the rest stays as it is."""
    person, browser = someone(house)

    answer = browser.send("/choices", {"study": "yes", "tutor": "no"})
    page = browser.open(answer.headers["location"]).text

    assert chosen(page) == {"study": "yes", "tutor": "no"}
    assert "Saved." in page
    assert "Allowed since" in page
    assert "by you" in page
    assert house.services.consents.allowed_by(person) == {Purpose.STUDY}
    browser.send("/choices", {"study": "no"})
    assert house.services.consents.allowed_by(person) == set()


def test_sending_nothing_is_told(house: House) -> None:
    """A form without any answer comes back with what to do, in the language it was read in."""
    _, browser = someone(house)

    answer = browser.send("/choices", {"study": "perhaps", "language": "de", "next": "/library"})

    assert answer.status_code == 422
    assert answer.text.count("<fieldset") == len(Purpose)
    assert 'name="next" value="/library"' in answer.text
    assert "Nicht erlauben" in answer.text
    assert "Choose “allow” or “do not allow” first" in answer.text


def test_a_language_stays_and_has_its_own_headings(house: House) -> None:
    """Saving in Arabic comes back in Arabic, headings and answers are Arabic; a child reads so who decides."""
    _, browser = someone(house)
    _, child = someone(house, is_young=True)

    answer = browser.send("/choices", {"study": "yes", "language": "ar"})
    page = child.open("/choices?language=ar").text
    banner = child.open("/library").text

    assert answer.headers["location"] == "/choices?language=ar&saved=yes"
    assert "غير مسموح" in page
    assert ">not allowed<" not in page
    assert "Your choices</h1>" not in page
    assert "have a say" not in banner


def test_new_words_are_asked_anew(house: House) -> None:
    """An old yes to other words stands there as history, and nothing is preselected."""
    person, browser = someone(house)
    with house.store(EVERYTHING) as work:
        work.consents.add(
            ConsentRecord(ConsentId(new_id()), person.id, Purpose.STUDY, True, WORDING - 1, person.id, NOW)
        )
        work.commit()

    page = browser.open("/choices").text

    assert "the words have changed since" in page
    assert chosen(page) == {}


def test_a_young_student_reads_who_decides(house: House) -> None:
    """Too young to decide: the page shows how things stand and who can change them, without a form."""
    person, browser = someone(house, is_young=True)

    page = browser.open("/choices").text

    assert "<fieldset" not in page
    assert "A parent or guardian can allow it" in page
    assert browser.send("/choices", {"study": "yes"}).status_code == 403
    assert house.services.consents.allowed_by(person) == set()


def test_a_guardian_decides_for_the_child(house: House) -> None:
    """The own child's page takes the choice; the child then reads who made it."""
    child, childs_browser = someone(house, is_young=True)
    _, guardian = someone(house, Role.GUARDIAN, ward_ids=(child.id,), class_ids=())

    answer = guardian.send(f"/choices/{child.id}", {"study": "yes"})

    assert "by you" in guardian.open(answer.headers["location"]).text
    assert house.services.consents.allowed_by(child) == {Purpose.STUDY}
    assert "by a parent or guardian" in childs_browser.open("/choices").text
    assert guardian.open("/choices").headers["location"] == "/children"


def test_a_guardian_of_somebody_old_enough_only_looks(house: House) -> None:
    """The child's own word prevails: the guardian sees how things stand, and who decided."""
    child, childs_browser = someone(house, name="Olga Old")
    _, guardian = someone(house, Role.GUARDIAN, ward_ids=(child.id,), class_ids=())
    childs_browser.send("/choices", {"study": "no"})

    page = guardian.open(f"/choices/{child.id}").text

    assert "<fieldset" not in page
    assert "Only Olga Old can decide this" in page
    assert "by Olga Old" in page
    assert guardian.send(f"/choices/{child.id}", {"study": "yes"}).status_code == 403


def test_the_office_writes_down_what_is_on_paper(house: House) -> None:
    """Without the tick that there is paper nothing is kept; with it the page says where it comes from."""
    child, _ = someone(house, is_young=True)
    _, office = someone(house, Role.ADMINISTRATOR, class_ids=())

    refused = office.send(f"/choices/{child.id}", {"study": "yes"})
    office.send(f"/choices/{child.id}", {"study": "yes", "is_on_paper": "yes"})

    assert refused.status_code == 403
    assert "on paper, written down by the school" in office.open(f"/choices/{child.id}").text
    assert house.services.consents.allowed_by(child) == {Purpose.STUDY}
    assert office.open("/choices").headers["location"] == "/school/people"


@pytest.mark.parametrize("role", [Role.STUDENT, Role.GUARDIAN])
def test_others_children_are_not_there(house: House, role: Role) -> None:
    """A forged id looks like one that nobody has, on the page and in the API."""
    child, _ = someone(house, is_young=True)
    _, browser = someone(house, role)
    unknown = PersonId("0" * 32)

    for url in ("/choices/{}", "/api/v1/people/{}/choices"):
        answers = [browser.open(url.format(one)) for one in (child.id, unknown)]
        assert [answer.status_code for answer in answers] == [404, 404]
        assert answers[0].text.replace(child.id, "") == answers[1].text.replace(unknown, "")
    assert browser.send(f"/choices/{child.id}", {"study": "yes"}).status_code == 404


def test_staff_have_no_choices_to_look_at(house: House) -> None:
    """An administrator finds students there, and nobody else."""
    _, office = someone(house, Role.ADMINISTRATOR, class_ids=())

    assert office.open(f"/choices/{house.person(Role.TEACHER).id}").status_code == 404


def test_the_choice_stands_where_it_is_missing(house: House) -> None:
    """On the tab for questions a student old enough makes the choice there and goes on."""
    _, browser = someone(house)
    page = browser.open(house.url("ask")).text
    assert "not allowed yet" in page
    assert 'name="question"' not in page

    answer = browser.send("/choices", {"tutor": "yes", "next": house.url("ask")})

    assert answer.headers["location"] == house.url("ask")
    assert 'name="question"' in browser.open(house.url("ask")).text
    assert browser.send("/choices", {"tutor": "yes", "next": "https://example.org"}).headers["location"] == "/"


def test_a_young_student_is_told_whom_to_ask(house: House) -> None:
    """On the same tab somebody too young finds no button; a page that was still open says the same."""
    _, browser = someone(house, is_young=True)

    page = browser.open(house.url("ask")).text
    late = browser.send(f"/readings/{house.reading.id}/ask", {"question": "What is sap?", "mode": "answer"})

    assert 'action="/choices"' not in page
    assert "A parent or guardian can allow it" in page
    assert late.status_code == 403
    assert "A parent or guardian can allow it" in late.text


def test_the_library_points_to_the_choices_until_they_were_seen(house: House) -> None:
    """A quiet sentence leads there once; a decision or a look at the page ends it."""
    _, browser = someone(house)
    _, decided = someone(house)

    assert "Choose what may be kept" in browser.open("/").text
    browser.open("/choices")
    assert "Choose what may be kept" not in browser.open("/").text
    decided.send("/choices", {"study": "no"})
    assert "Choose what may be kept" not in decided.open("/").text
    assert "Choose what may be kept" not in house.browser(Role.TEACHER).open("/").text


def test_the_words_come_in_other_languages(house: House) -> None:
    """Every language is offered by its own name; unknown ones get English."""
    _, browser = someone(house)

    page = browser.open("/choices?language=ar").text

    assert '<span lang="ar" dir="rtl">' in page
    assert "has checked these words yet" in page
    assert '<span lang="en" dir="ltr">' in browser.open("/choices?language=xx").text


def test_the_api_tells_and_takes_choices(house: House) -> None:
    """The same by the API: a list by purpose, and a change of some of them."""
    person, browser = someone(house)

    before = browser.client.get("/api/v1/choices").json()
    after = browser.client.put("/api/v1/choices", json={"choices": {"study": True}}).json()

    assert [line["purpose"] for line in before] == [purpose.value for purpose in Purpose]
    assert not any(line["is_allowed"] or line["decided_at"] for line in before)
    assert [line["purpose"] for line in after if line["is_allowed"]] == ["study"]
    assert house.services.consents.allowed_by(person) == {Purpose.STUDY}


def test_the_api_takes_a_guardians_choice(house: House) -> None:
    """A guardian lists and decides for the own child; paper is for the office."""
    child, _ = someone(house, is_young=True)
    _, guardian = someone(house, Role.GUARDIAN, ward_ids=(child.id,), class_ids=())
    _, office = someone(house, Role.ADMINISTRATOR, class_ids=())
    url = f"/api/v1/people/{child.id}/choices"

    guardian.client.put(url, json={"choices": {"study": True}})
    on_paper = {"choices": {"tutor": True}, "is_on_paper": True}
    after = office.client.put(url, json=on_paper).json()

    assert {line["purpose"]: line["is_on_paper"] for line in after if line["is_allowed"]} == {
        "study": False,
        "tutor": True,
    }
    assert guardian.client.get(url).json() == after


def test_what_is_missing_is_named_by_the_api(house: House) -> None:
    """The refusal carries the purpose, so that a client can ask for it."""
    _, browser = someone(house)

    answer = browser.client.post(f"/api/v1/documents/{house.reading.id}/ask", json={"question": "What is sap?"})

    assert answer.status_code == 403, answer.text
    assert (answer.json()["code"], answer.json()["purpose"]) == ("consent_missing", "tutor")
