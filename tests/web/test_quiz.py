"""The quiz tab: answers are graded, hints climb one by one, explanations open after an attempt."""

import pytest

from domain.material import Kind
from domain.questions import Question, QuestionForm
from tests.faces import Browser, House


def questions(house: House) -> list[Question]:
    return [unit for unit in house.aid(Kind.QUIZ).units if isinstance(unit, Question)]


def a_choice(house: House) -> Question:
    return next(question for question in questions(house) if question.form is QuestionForm.CHOICE)


def answer(browser: Browser, house: House, question: Question, text: str) -> None:
    fields = {f"a.{question.id}": text, "only": question.id, "section": str(house.unit.ordinal)}
    result = browser.send(f"/readings/{house.reading.id}/quiz", fields)
    assert result.status_code == 303, result.text
    assert result.headers["location"].endswith(f"#u{question.id}")


def part_of(page: str, question: Question) -> str:
    """Give the question's part of the page."""
    return page.split(f'id="u{question.id}"', 1)[1].split('id="u', 1)[0]


def test_before_an_attempt_nothing_gives_the_answer_away(house: House) -> None:
    """Neither the source nor the statement of a question stands on the page before somebody has tried."""
    page = house.newcomer().open(house.url("quiz")).text

    for question in questions(house):
        part = part_of(page, question)
        assert "#source" not in part
        assert question.claim.text not in part or question.form is QuestionForm.TRUE_FALSE
        assert "Show me why" not in part


def test_a_right_answer_is_right_and_shows_its_source(house: House) -> None:
    """After the attempt the verdict and the source stand with the question."""
    browser, question = house.newcomer(), a_choice(house)

    answer(browser, house, question, question.answer)

    part = part_of(browser.open(house.url("quiz")).text, question)
    assert "Right" in part
    assert "#source" in part
    assert "checked" in part


def test_a_wrong_answer_is_not_yet_right(house: House) -> None:
    """A wrong answer sends the reader to the source, and does not show the right one."""
    browser, question = house.newcomer(), a_choice(house)
    wrong = next(option for option in question.options if option != question.answer)

    answer(browser, house, question, wrong)

    part = part_of(browser.open(house.url("quiz")).text, question)
    assert "Not yet" in part
    assert question.claim.text not in part


def test_show_me_why_opens_after_an_attempt(house: House) -> None:
    """Before an attempt the explanation is refused; afterwards it stands with the question."""
    browser, question = house.newcomer(), a_choice(house)
    url = house.url("quiz", why=question.id)

    assert browser.open(url).status_code == 403
    answer(browser, house, question, question.answer)

    part = part_of(browser.open(url).text, question)
    assert "note good" in part


def test_hints_climb_one_rung_at_a_time(house: House) -> None:
    """Each press gives at most the next rung, whatever the form says, and none names the answer."""
    browser, question = house.newcomer(), a_choice(house)
    fields = {"hint": question.id, "section": str(house.unit.ordinal), "rung": "4"}

    pages = [browser.send(f"/readings/{house.reading.id}/quiz", fields).text for _ in range(2)]

    assert "Hint 1 of" in part_of(pages[0], question)
    assert "Hint 2 of" in part_of(pages[1], question)
    assert "What have you found so far?" in part_of(pages[1], question)


def test_a_hint_stays_when_the_page_is_opened_again(house: House) -> None:
    """The highest hint so far stands with its question; opening the page climbs no further, and others see none."""
    browser, question = house.newcomer(), a_choice(house)
    fields = {"hint": question.id, "section": str(house.unit.ordinal)}
    for _ in range(2):
        browser.send(f"/readings/{house.reading.id}/quiz", fields)

    pages = [browser.open(house.url("quiz")).text for _ in range(2)]

    for page in pages:
        assert "Hint 2 of" in part_of(page, question)
        assert page.count("Hint 2 of") == 1
        assert "Hint 1 of" not in page
    assert "Hint 2 of" not in house.newcomer().open(house.url("quiz")).text


def test_an_empty_answer_is_asked_for(house: House) -> None:
    """Checking nothing says what to do, at the question."""
    question = a_choice(house)

    result = house.newcomer().send(
        f"/readings/{house.reading.id}/quiz", {"only": question.id, "section": str(house.unit.ordinal)}
    )

    assert result.status_code == 422
    assert "Choose or write an answer first" in part_of(result.text, question)


@pytest.mark.parametrize("button", ["only", "hint"])
def test_a_question_that_is_gone_is_not_found(house: House, button: str) -> None:
    """An old page's button ends in a sentence."""
    fields = {button: "f" * 32, "section": str(house.unit.ordinal)}

    assert house.newcomer().send(f"/readings/{house.reading.id}/quiz", fields).status_code == 404


def test_the_whole_quiz_is_checked_at_once_and_only_what_is_new(house: House) -> None:
    """One button grades every new answer; sending the same again adds no attempts."""
    browser = house.newcomer()
    fields = {f"a.{question.id}": question.answer for question in questions(house)}
    fields["section"] = str(house.unit.ordinal)

    for _ in range(2):
        assert browser.send(f"/readings/{house.reading.id}/quiz", fields).status_code == 303

    page = browser.open(house.url("quiz")).text
    count = len(questions(house))
    assert f"{count} right of {count} answered" in page
    quiz = house.aid(Kind.QUIZ)
    kept = browser.client.get(f"/api/v1/artifacts/{quiz.id}/attempts").json()
    assert len(kept) == count


def test_a_quiz_can_be_started_again(house: House) -> None:
    """Starting again shows every question unanswered, counts from there, and keeps all attempts."""
    browser, question = house.newcomer(), a_choice(house)
    target, section = f"/readings/{house.reading.id}/quiz", {"section": str(house.unit.ordinal)}
    assert "Start again" not in browser.open(house.url("quiz")).text
    browser.send(target, section | {f"a.{one.id}": one.answer for one in questions(house)})
    assert "Start again" in browser.open(house.url("quiz")).text

    fresh = browser.send(target, section | {"again": "yes"}).headers["location"]
    page = browser.open(fresh).text
    after = page.split('name="after" value="')[1].split('"')[0]
    again = browser.send(
        target, section | {"after": after, f"a.{question.id}": question.answer, "only": question.id}
    ).headers["location"]

    assert "answered" not in page
    assert " checked" not in page
    assert "1 right of 1 answered" in browser.open(again).text
    kept = browser.client.get(f"/api/v1/artifacts/{house.aid(Kind.QUIZ).id}/attempts").json()
    assert len(kept) == len(questions(house)) + 1


def test_a_quiz_that_is_not_there_starts_empty(house: House) -> None:
    """Where there is no quiz, starting again shows the page as it is."""
    answer = house.newcomer().send(f"/readings/{house.reading.id}/quiz", {"section": "0", "again": "yes"})

    assert "after=0" in answer.headers["location"]


def test_words_of_danger_in_an_answer_get_support_and_no_grade(house: House) -> None:
    """A worrying answer shows the supportive words at its question, and not what was written."""
    browser = house.newcomer()
    question = next(question for question in questions(house) if question.form is not QuestionForm.CHOICE)
    fields = {f"a.{question.id}": "I want to kill myself", "only": question.id, "section": str(house.unit.ordinal)}

    result = browser.send(f"/readings/{house.reading.id}/quiz", fields)

    assert result.status_code == 200
    assert 'class="calm"' in part_of(result.text, question)
    assert result.text.count('class="calm"') == 1
    assert "Not yet" not in result.text
    assert "kill myself" not in result.text


def test_words_of_danger_while_asking_for_a_hint_get_support(house: House) -> None:
    """A worrying thought written for a hint shows the supportive words, and no hint."""
    browser, question = house.newcomer(), a_choice(house)
    fields = {"hint": question.id, f"t.{question.id}": "i want to kill myself", "section": str(house.unit.ordinal)}

    result = browser.send(f"/readings/{house.reading.id}/quiz", fields)

    assert 'class="calm"' in part_of(result.text, question)
    assert "Hint 1" not in result.text


def test_words_of_danger_in_an_unsent_answer_are_heard_with_a_hint(house: House) -> None:
    """Asking for a hint sends what stands in the answer's field too, and danger there gets support."""
    browser = house.newcomer()
    question = next(question for question in questions(house) if question.form is not QuestionForm.CHOICE)
    fields = {"hint": question.id, f"a.{question.id}": "I want to kill myself", "section": str(house.unit.ordinal)}

    result = browser.send(f"/readings/{house.reading.id}/quiz", fields)

    assert 'class="calm"' in part_of(result.text, question)
    assert "Hint 1" not in result.text
    assert "kill myself" not in result.text


def test_words_of_danger_among_all_answers_stop_no_other_grade(house: House) -> None:
    """When all are checked, the support stands at its question and the other answers are graded."""
    browser = house.newcomer()
    worried = next(question for question in questions(house) if question.form is not QuestionForm.CHOICE)
    fields = {f"a.{question.id}": question.answer for question in questions(house)}
    fields |= {f"a.{worried.id}": "I want to kill myself", "section": str(house.unit.ordinal)}

    result = browser.send(f"/readings/{house.reading.id}/quiz", fields)

    count = len(questions(house)) - 1
    assert 'class="calm"' in part_of(result.text, worried)
    assert f"{count} right of {count} answered" in result.text


def test_every_answer_is_heard_before_a_bad_one_is_refused(house: House) -> None:
    """An endless answer before it keeps no words of danger from being heard, and those get support."""
    browser = house.newcomer()
    first, *_, last = (question for question in questions(house) if question.form is not QuestionForm.CHOICE)
    section = {"section": str(house.unit.ordinal)}
    fields = {f"a.{first.id}": "green " * 400, f"a.{last.id}": "leaf " * 500 + "I want to kill myself"}

    result = browser.send(f"/readings/{house.reading.id}/quiz", fields | section)
    endless = browser.send(f"/readings/{house.reading.id}/quiz", {f"a.{first.id}": "green " * 20_000} | section)

    assert result.status_code == 200
    assert 'class="calm"' in part_of(result.text, last)
    assert endless.status_code == 422


@pytest.mark.parametrize("reading", ["own", "unknown"])
def test_words_for_a_question_that_is_gone_are_heard(house: House, reading: str) -> None:
    """A quiz made anew meanwhile and a reading that is not there change nothing: words of danger get support."""
    document_id = house.reading.id if reading == "own" else "0" * 32
    fields = {f"a.{'9' * 32}": "I want to kill myself", "only": "9" * 32, "section": str(house.unit.ordinal)}

    result = house.newcomer().send(f"/readings/{document_id}/quiz", fields)
    calm = house.newcomer().send(f"/readings/{document_id}/quiz", fields | {f"a.{'9' * 32}": "green"})

    assert result.status_code == 200
    assert 'class="calm"' in result.text
    assert calm.status_code == 404
