"""What may stand in one quiz: one question for a fact, no answer twice, none that tells another's."""

import pytest

from domain.claims import Claim
from domain.documents import Citation, Span
from domain.ids import DocumentId, UnitId, stable_id
from domain.questions import Pair, Question, QuestionForm
from generators.compose.quizzes.mix import Mix, place_of
from generators.kinds.quiz import rivals

BOOK = DocumentId("b" * 32)


def claim(start: int, text: str = "Sap is a sweet liquid.") -> Claim:
    return Claim(text, (Citation(Span(BOOK, 1, start, start + len(text)), text),))


def a_question(
    start: int,
    answer: str,
    *,
    stem: str = "",
    form: QuestionForm = QuestionForm.CLOZE,
    concepts: tuple[str, ...] = (),
    parts: tuple[Claim, ...] = (),
    pairs: tuple[Pair, ...] = (),
) -> Question:
    stem = stem or f"Number {start}: what is it?"
    identifier = UnitId(stable_id(start, stem, answer))
    options = tuple(pair.right for pair in pairs)
    return Question(identifier, claim(start), form, stem, answer, options, concepts=concepts, parts=parts, pairs=pairs)


SAP = a_question(0, "sap", stem="A sweet liquid is called _____.", concepts=("sap",))


@pytest.mark.parametrize(
    "other",
    [
        SAP,
        a_question(5, "liquid syrup"),
        a_question(100, "Saps"),
        a_question(100, "bark", stem="The sap runs under the _____."),
        a_question(100, "sweet liquid"),
        a_question(100, "bark", concepts=("Sap",)),
        a_question(100, "bark", stem="A sweet liquid is called _____."),
        a_question(100, "bark", parts=(claim(10),)),
        a_question(100, "x", form=QuestionForm.MATCHING, pairs=(Pair("sap", "juice"), Pair("bark", "skin"))),
        a_question(100, "x", form=QuestionForm.MATCHING, pairs=(Pair("juice", "the sap"), Pair("bark", "skin"))),
        a_question(100, "True", form=QuestionForm.TRUE_FALSE, stem="True or false? Sap is sweet."),
    ],
    ids=["same", "place", "answer", "tells", "told", "concept", "stem", "part", "term", "meaning", "statement"],
)
def test_what_asks_or_tells_the_same_has_no_room(other: Question) -> None:
    """Neither the same fact, answer or stem, nor what holds the answer, stands beside a question."""
    mix = Mix()
    mix.take([SAP])

    assert not mix.take([other])
    assert mix.chosen == [SAP]


def test_what_asks_for_something_else_is_taken() -> None:
    """The first that fits is taken; orders and pairs may share a stem, and statements an answer."""
    stem = "Match each term with its meaning."
    pairs = (Pair("bark", "skin"), Pair("root", "foot"))
    others = (Pair("leaf", "hand"), Pair("bud", "eye"))
    first = a_question(100, "bark: skin", stem=stem, form=QuestionForm.MATCHING, pairs=pairs)
    second = a_question(200, "leaf: hand", stem=stem, form=QuestionForm.MATCHING, pairs=others)
    true = [a_question(n, "True", form=QuestionForm.TRUE_FALSE, stem=f"True or false? {n}") for n in (300, 400)]
    mix = Mix()

    taken = [mix.take([SAP, question]) for question in (SAP, first, second, *true)]

    assert all(taken)
    assert [place_of(question)[1] for question in mix.chosen] == [0, 100, 200, 300, 400]


def test_rivals_are_what_must_not_hold() -> None:
    """A false statement, each term with another's meaning, and nothing of an order or a gap."""
    pairs = (Pair("bark", "skin"), Pair("root", "foot"))
    matching = a_question(1, "x", form=QuestionForm.MATCHING, pairs=pairs, parts=(claim(50),))
    false = a_question(1, "False", form=QuestionForm.TRUE_FALSE, stem="True or false? Sap is sour.")
    true = a_question(1, "True", form=QuestionForm.TRUE_FALSE, stem="True or false? Sap is sweet.")

    assert [one.text for one in rivals(matching)] == ["bark: foot", "root: skin"]
    assert [one.text for one in rivals(false)] == ["Sap is sour."]
    assert rivals(true) == rivals(SAP) == rivals(a_question(1, "1. a", form=QuestionForm.ORDERING)) == ()


@pytest.mark.parametrize(
    ("stem", "answer", "said"),
    [
        ("Which term belongs in the gap? A(n) _____ is sweet.", "juice", "A axe is sweet."),
        ("Which term fits this description: “a sweet thing”?", "juice", "axe: a sweet thing"),
        ("What does “juice” mean in this reading?", "a sweet thing", "juice: axe"),
        ("What is sap?", "a sweet liquid", "Sap is axe."),
    ],
)
def test_a_wrong_option_is_put_in_the_answer_s_place(stem: str, answer: str, said: str) -> None:
    """In the gap, before or after the description, or in the statement."""
    asked = Question(UnitId("q"), claim(1), QuestionForm.CHOICE, stem, answer, (answer, "axe"))

    assert [one.text for one in rivals(asked)] == [said]
