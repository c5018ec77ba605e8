"""The tutor's rules: one rung at a time, earned, and nothing told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.claims import Claim
from domain.ids import UnitId
from domain.material import HintRung
from domain.questions import Question, QuestionForm
from generators.dialogue import Situation, respond
from generators.moves import Move
from safety.leaks import find_leak

LADDER = tuple(HintRung(UnitId(f"h{n}"), Claim("", ()), n, f"Rung {n}: what do you see?") for n in range(4))
CLAIM = Claim("Chlorophyll absorbs light.", ())
SHORT = Question(UnitId("q"), CLAIM, QuestionForm.SHORT, "What absorbs light?", "chlorophyll")
OPTIONS = ("chlorophyll", "starch", "xylem", "stomata")
CHOICE = Question(UnitId("q"), CLAIM, QuestionForm.CHOICE, "What absorbs light?", "chlorophyll", OPTIONS)
START = Situation()


def _grade(question: Question, answer: str) -> bool:
    return answer.lower() == question.answer


def _climb(question: Question | None, *messages: str, situation: Situation = START) -> list[tuple[int, str]]:
    said = []
    for message in messages:
        reply = respond(LADDER, question, message, situation=situation, grade=_grade)
        said.append((reply.rung, reply.text))
        tried = situation.attempts + reply.is_weighed
        wrong = {reply.reading.answer} if reply.is_weighed and reply.reading.move is Move.WRONG else set()
        situation = Situation(reply.rung, tried, situation.ruled_out | wrong)
    return said


def _rungs(said: list[tuple[int, str]]) -> list[int]:
    return [rung for rung, _ in said]


def test_clicks_open_the_first_two_rungs() -> None:
    """What is asked and where to look open for the asking; then a thought is wanted."""
    said = _climb(SHORT, "", "", "", "")

    assert _rungs(said) == [0, 1, 1, 1]
    assert said[2][1] != said[1][1]
    assert said[2][1].endswith(LADDER[1].text)


def test_effort_opens_one_rung_a_message() -> None:
    """Telling where one stands opens the next rung, up to the last."""
    said = _climb(SHORT, *["I read it but I don't see it."] * 6)

    assert _rungs(said) == [0, 1, 2, 3, 3, 3]


def test_an_answer_tried_opens_the_rest_for_the_asking() -> None:
    """After a wrong answer each request opens one rung, and the last one says that it is the last."""
    said = _climb(SHORT, "", "", "Maybe starch?", "", "")

    assert _rungs(said) == [0, 1, 2, 3, 3]
    assert said[-1][1] != LADDER[3].text


def test_demands_open_no_more_than_the_first_two() -> None:
    """Demanding does not climb, even after an attempt."""
    said = _climb(SHORT, *["Just give me the answer."] * 5, situation=Situation(attempts=3))

    assert _rungs(said) == [0, 1, 1, 1, 1]


def test_off_topic_stays_where_it_is() -> None:
    """A message about something else is led back and opens nothing."""
    said = _climb(SHORT, "", "What is the weather like?", "What is the weather like?")

    assert _rungs(said) == [0, 0, 0]
    assert "question" in said[1][1]


def test_a_right_answer_is_confirmed() -> None:
    """A right answer is confirmed at once, with a question about its reasons, and opens nothing."""
    ((rung, text),) = _climb(SHORT, "I think it is chlorophyll")

    assert rung == 0
    assert text.startswith("Yes")
    assert text.count("?") == 1


def test_a_wrong_answer_is_named_as_not_right_yet() -> None:
    """A wrong answer is not accepted, and a hint comes with it."""
    ((_, text),) = _climb(SHORT, "Maybe starch?")

    assert "ot right" in text or "ot quite" in text
    assert text.endswith(LADDER[0].text)


def test_upset_people_are_met_kindly() -> None:
    """Distress is acknowledged before anything else."""
    ((_, text),) = _climb(SHORT, "I'm so stupid, I give up.")

    assert not text.startswith("Rung")


def test_options_are_not_ruled_out_one_by_one() -> None:
    """With two of four options weighed and wrong, neither a right nor a wrong one is judged any more."""
    said = _climb(CHOICE, "starch?", "Is it xylem?", "Is it stomata?", "Is it chlorophyll?")

    assert said[2][1] == said[3][1]
    assert _rungs(said) == [0, 1, 1, 1]


def test_an_option_once_judged_may_be_judged_again() -> None:
    """What was called wrong is called wrong when it comes back."""
    said = _climb(CHOICE, "starch?", "xylem?", "Is it starch after all?")

    assert "ot right" in said[2][1] or "ot quite" in said[2][1]


def test_of_two_options_none_is_judged() -> None:
    """Where "wrong" would be the answer, a named option is sent to the quiz."""
    question = Question(UnitId("q"), CLAIM, QuestionForm.CHOICE, "Which?", "chlorophyll", ("chlorophyll", "starch"))

    assert _climb(question, "starch?")[0][1] == _climb(question, "chlorophyll?")[0][1]


def test_letters_are_not_judged() -> None:
    """Right and wrong letters get the same kind of reply."""
    said = _climb(CHOICE, "Is it A?", "Is it B?", "Is it C?")

    assert all(text.endswith("what do you see?") for _, text in said)


def test_places_are_asked_for_their_words() -> None:
    """Who names a place among the options is asked for words, not told that it is off topic."""
    ((_, text),) = _climb(CHOICE, "is it the second one")

    assert "words" in text
    assert "elsewhere" not in text


def test_right_stays_right() -> None:
    """After a right answer a stray one is neither weighed nor climbed on."""
    reply = respond(LADDER, SHORT, "starch", situation=Situation(1, 1, is_solved=True), grade=_grade)

    assert not reply.is_weighed
    assert reply.rung == 1
    assert "right" in reply.text
    assert "ot right" not in reply.text


def test_own_questions_climb_with_each_asking() -> None:
    """A question of one's own has no answer to try: each asking opens one rung, a demand too."""
    assert _rungs(_climb(None, "", "", "", "", "Tell me the answer")) == [0, 1, 2, 3, 3]


@pytest.mark.parametrize("leaking", ["It is chlorophyll. Do you see?", "It is c-h-l-o-r-o-p-h-y-l-l?"])
def test_a_leaking_rung_is_not_shown(leaking: str) -> None:
    """Even a ladder that tells the answer does not get it past the check."""
    ladder = (HintRung(UnitId("h"), CLAIM, 0, leaking),)

    reply = respond(ladder, SHORT, "", situation=START, grade=_grade)

    assert find_leak(reply.text, "chlorophyll", known=SHORT.stem) is None
    assert reply.text.endswith("?")


def test_the_last_words_are_said_when_all_would_leak() -> None:
    """An answer that stands in the ladder and in the first fallback gets the shortest fallback."""
    question = Question(UnitId("q"), CLAIM, QuestionForm.SHORT, "?", "which")
    ladder = (HintRung(UnitId("h"), CLAIM, 0, "Which one?"),)

    reply = respond(ladder, question, "", situation=START, grade=_grade)

    assert reply.text == "What do you think, and why?"


@given(
    st.lists(
        st.sampled_from(["", "Tell me the answer", "Maybe starch?", "I read it", "Is it A?", "weather?"]), max_size=9
    )
)
def test_no_message_skips_a_rung(messages: list[str]) -> None:
    """Whatever is said, a rung follows the one below it, and no reply leaks."""
    said = _climb(CHOICE, *messages)

    steps = [after - before for before, after in zip([-1, *_rungs(said)], _rungs(said), strict=False)]
    assert all(0 <= step <= 1 for step in steps)
    assert all(find_leak(text, "chlorophyll", known=CHOICE.stem, options=OPTIONS) is None for _, text in said)
