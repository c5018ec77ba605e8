"""The quiz tab: answers are graded, hints climb one by one, explanations open after an attempt."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from domain.ids import UnitId
from domain.material import Kind
from domain.people import Role
from domain.questions import Bloom, Misconception, Pair, Question, QuestionForm
from domain.scope import EVERYTHING
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


BARK, ROOT, LEAF = (f"a thing {which} the tree" for which in ("around", "under", "over"))
ORDER_ID, MATCH_ID, POINTS_ID, TRUE_ID = ("a1" * 16, "b2" * 16, "c3" * 16, "d4" * 16)


@pytest.fixture(scope="module")
def forms(house: House) -> Iterator[dict[str, Question]]:
    """Put a quiz of the newer forms into the place of the whole reading's, and take it away again."""
    claim = house.aid(Kind.QUIZ).units[0].claim
    pairs = (Pair("bark", BARK), Pair("root", ROOT), Pair("leaf", LEAF))
    made = (
        Question(
            UnitId(ORDER_ID),
            claim,
            QuestionForm.ORDERING,
            "What comes first?",
            "1. dig; 2. plant; 3. water",
            options=("water", "dig", "plant"),
            sequence=("dig", "plant", "water"),
            parts=(claim, claim),
            bloom=Bloom.UNDERSTAND,
        ),
        Question(
            UnitId(MATCH_ID),
            claim,
            QuestionForm.MATCHING,
            "Match each term with its meaning.",
            "; ".join(f"{pair.left}: {pair.right}" for pair in pairs),
            options=(LEAF, BARK, ROOT),
            pairs=pairs,
            parts=(claim, claim),
        ),
        Question(
            UnitId(POINTS_ID),
            claim,
            QuestionForm.SHORT,
            "Say what mulch is.",
            "layer of bark that keeps the ground moist",
            key_points=("layer of bark", "keeps the ground moist"),
            difficulty=0.7,
            bloom=Bloom.UNDERSTAND,
        ),
        Question(
            UnitId(TRUE_ID),
            claim,
            QuestionForm.TRUE_FALSE,
            "True or false? Bats are blind.",
            "False",
            options=("True", "False"),
            misconceptions=(Misconception("True", "Believes what many believe of bats."),),
        ),
    )
    with house.store(EVERYTHING) as work:
        quiz = work.material.find_for(house.reading.id, None, Kind.QUIZ)
        assert quiz is not None
        work.material.save(replace(quiz, units=made))
        work.commit()
    yield {str(question.id): question for question in made}
    with house.store(EVERYTHING) as work:
        work.material.save(quiz)
        work.commit()


def whole(house: House, **more: str) -> str:
    return house.url("quiz", section=None, **more)


def put(browser: Browser, house: House, question_id: str, *values: str, only: bool = True) -> str:
    """Choose in the menus of a question, check it, and give its part of the page that comes then."""
    fields = {f"a.{question_id}.{place}": value for place, value in enumerate(values)}
    result = browser.send(f"/readings/{house.reading.id}/quiz", fields | ({"only": question_id} if only else {}))
    page = result.text if result.status_code == 422 else browser.open(whole(house)).text
    return page.split(f'id="u{question_id}"', 1)[1].split('id="u', 1)[0]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (("3", "1", "2"), "3 of 3 stand in their place."),
        (("1", "2", "3"), "0 of 3 stand in their place."),
        (("3", "2", "1"), "1 of 3 stand in their place."),
    ],
)
def test_an_order_is_put_in_by_menus(
    house: House, forms: dict[str, Question], values: tuple[str, ...], said: str
) -> None:
    """Each item has a menu of places; what is right is said item by item, and the choice stays."""
    part = put(house.newcomer(), house, ORDER_ID, *values)

    assert said in part
    assert part.count("selected") == 3
    assert ("Not yet" in part) is (said[0] != "3")
    assert forms


def test_terms_are_matched_by_menus(house: House, forms: dict[str, Question]) -> None:
    """Each term has a menu of letters; pairs are marked one by one, and the meanings shown with the reason."""
    browser = house.newcomer()

    part = put(browser, house, MATCH_ID, "2", "3", "1")
    wrong = put(browser, house, MATCH_ID, "3", "2", "1")
    why = browser.open(whole(house, why=MATCH_ID)).text

    assert "3 of 3 pairs are right." in part
    assert "1 of 3 pairs are right." in wrong
    assert f'<dd dir="auto">{BARK}</dd>' in why
    assert forms


@pytest.mark.parametrize(
    ("question_id", "values", "said"),
    [
        (ORDER_ID, ("1", "1", "2"), "Give every line a place"),
        (ORDER_ID, ("", "", ""), "Give every line a place"),
        (ORDER_ID, ("1", "2", "99"), "Give every line a place"),
        (MATCH_ID, ("1", "", ""), "Choose a meaning for every term"),
    ],
)
def test_what_is_left_out_is_asked_for(
    house: House, forms: dict[str, Question], question_id: str, values: tuple[str, ...], said: str
) -> None:
    """A place given twice, an empty menu and a number of no menu are named at the question, and nothing is graded."""
    part = put(house.newcomer(), house, question_id, *values)

    assert said in part
    assert "of 3" not in part
    assert forms


def test_checking_all_keeps_what_is_unfinished(house: House, forms: dict[str, Question]) -> None:
    """What is whole is graded, what is half done stays as it was chosen, with a notice."""
    browser = house.newcomer()
    fields = {f"a.{ORDER_ID}.0": "3", f"a.{POINTS_ID}": "A layer of bark", f"a.{TRUE_ID}": "True"}

    result = browser.send(f"/readings/{house.reading.id}/quiz", fields)

    assert result.status_code == 422
    assert "1 of 2 points of a full answer found" in result.text
    assert "Give every line a place" in result.text
    assert result.text.count("selected") == 1
    assert "Believes what many believe of bats." not in result.text
    assert "Believes what many believe of bats." in browser.open(whole(house, why=TRUE_ID)).text
    assert forms


def test_before_an_attempt_new_forms_give_nothing_away(house: House, forms: dict[str, Question]) -> None:
    """Neither the order, nor the points, nor what a wrong answer may tell stand on a student's page."""
    page = house.newcomer().open(whole(house)).text

    assert "keeps the ground moist" not in page
    assert "Believes" not in page
    assert "1. dig" not in page
    assert "There are no hints for this kind of question" not in page
    assert "Understand" in page
    assert "by estimate" not in page
    assert forms


def test_the_reason_shows_the_order_and_the_points(house: House, forms: dict[str, Question]) -> None:
    """After an attempt the right order, and what a full answer names, can be read."""
    browser = house.newcomer()
    put(browser, house, ORDER_ID, "1", "2", "3")
    browser.send(f"/readings/{house.reading.id}/quiz", {f"a.{POINTS_ID}": "stones", "only": POINTS_ID})

    order = browser.open(whole(house, why=ORDER_ID)).text
    points = browser.open(whole(house, why=POINTS_ID)).text

    assert '<li><span dir="auto">dig</span></li>' in order
    assert '<li><span dir="auto">keeps the ground moist</span></li>' in points
    assert forms


def test_teachers_see_how_hard_a_question_is_and_what_mistakes_tell(house: House, forms: dict[str, Question]) -> None:
    """Difficulty and misconceptions stand on the teacher's page before any attempt."""
    page = house.browser(Role.TEACHER).open(whole(house)).text

    assert "hard, by estimate" in page
    assert "Believes what many believe of bats." in page
    assert forms


def test_a_hint_for_an_order_tells_no_order(house: House, forms: dict[str, Question]) -> None:
    """The first one says what is asked; no hint holds an item."""
    result = house.newcomer().send(f"/readings/{house.reading.id}/quiz", {"hint": ORDER_ID})

    assert "You are asked in what order 3 things come." in result.text
    assert "Hint 1" in result.text
    assert forms


def test_new_forms_are_answered_over_the_api(house: House, forms: dict[str, Question]) -> None:
    """Lines answer orders and pairs; marks, the right order, the points and the mistake come with the grade."""
    client = house.newcomer().client

    def answer(question_id: str, text: str) -> dict[str, Any]:
        body: dict[str, Any] = client.post(f"/api/v1/questions/{question_id}/attempts", json={"answer": text}).json()
        return body

    order, pairs = answer(ORDER_ID, "dig\nwater\nplant"), answer(MATCH_ID, f"\n{ROOT}\n{LEAF}")
    points, statement = answer(POINTS_ID, "a layer of bark"), answer(TRUE_ID, "True")

    assert (order["marks"], order["sequence"]) == ([True, False, False], ["dig", "plant", "water"])
    assert len(order["parts"]) == 2
    assert pairs["marks"] == [False, True, True]
    assert (points["marks"], len(points["key_points"])) == ([True, False], 2)
    assert statement["mistake"] == "Believes what many believe of bats."
    assert forms
