"""Answers with parts are marked part by part: places of an order, pairs of a matching, points of a full answer."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.claims import Claim
from domain.ids import UnitId
from domain.questions import Misconception, Pair, Question, QuestionForm
from learning.grading import assess, grade, mistake_of
from learning.inflection import base_forms
from learning.service import are_options

CLAIM = Claim("", ())
ORDER = Question(
    UnitId("o"),
    CLAIM,
    QuestionForm.ORDERING,
    "Order?",
    "1. dig; 2. plant; 3. water",
    options=("water", "dig", "plant"),
    sequence=("dig", "plant", "water"),
)
MATCH = Question(
    UnitId("m"),
    CLAIM,
    QuestionForm.MATCHING,
    "Match.",
    "…",
    options=("to cut", "to dig", "to water"),
    pairs=(Pair("spade", "to dig"), Pair("shears", "to cut"), Pair("can", "to water")),
)
POINTS = Question(
    UnitId("p"),
    CLAIM,
    QuestionForm.SHORT,
    "What is mulch?",
    "layer of bark that keeps the ground moist",
    key_points=("layer of bark", "keeps the ground moist"),
)
STATEMENT = Question(
    UnitId("t"),
    CLAIM,
    QuestionForm.TRUE_FALSE,
    "True or false? Bats are blind.",
    "False",
    options=("True", "False"),
    misconceptions=(Misconception("True", "Believes a myth."),),
)


@pytest.mark.parametrize(
    ("answer", "marks"),
    [
        ("dig\nplant\nwater", (True, True, True)),
        ("Dig \n plant\nWATER", (True, True, True)),
        ("plant\ndig\nwater", (False, False, True)),
        ("dig", (True, False, False)),
        ("dig\ndig\ndig", (False, False, False)),
        ("", (False, False, False)),
        ("dig\nplant\nwater\nrest", (True, True, True)),
    ],
)
def test_orders_are_marked_place_by_place(answer: str, marks: tuple[bool, ...]) -> None:
    """An item counts in its own place alone; one that is put everywhere counts nowhere."""
    assert assess(ORDER, answer).marks == marks
    assert grade(ORDER, answer) is all(marks)


@pytest.mark.parametrize(
    ("answer", "marks"),
    [
        ("to dig\nto cut\nto water", (True, True, True)),
        ("to cut\nto dig\nto water", (False, False, True)),
        ("\nto cut\n", (False, True, False)),
    ],
)
def test_pairs_are_marked_one_by_one(answer: str, marks: tuple[bool, ...]) -> None:
    """Each term has its own meaning; an empty line leaves one out."""
    assert assess(MATCH, answer).marks == marks


@pytest.mark.parametrize(
    ("answer", "marks"),
    [
        ("A layer of bark, and it keeps the ground moist.", (True, True)),
        ("layer of bark that keeps the ground moist", (True, True)),
        ("It is made of a layer of bark", (True, False)),
        ("it keeps the ground moist", (False, True)),
        ("not a layer of bark, but it keeps the ground moist", (False, True)),
        ("a heap of stones", (False, False)),
        ("", (False, False)),
    ],
)
def test_points_are_looked_for_by_their_words(answer: str, marks: tuple[bool, ...]) -> None:
    """What is said of each point counts by itself, and a denial is not what it denies."""
    assert assess(POINTS, answer).marks == marks
    assert grade(POINTS, answer) is all(marks)


FEEDING = replace(
    POINTS,
    stem="Say in your own words what photosynthesis means.",
    answer="process by which plants, algae and some bacteria use light to turn carbon dioxide and water into sugar",
    key_points=("plants, algae and some bacteria use light", "turn carbon dioxide and water into sugar"),
)


@pytest.mark.parametrize(
    ("answer", "marks"),
    [
        ("Plants use light to turn carbon dioxide and water into sugar", (True, True)),
        ("Turning water and carbon dioxide into sugar is done by plants using light", (True, True)),
        ("Carbon dioxide and water are turned into sugars; light is used by plants", (True, True)),
        ("Plants turn sugar into light", (False, False)),
        ("Light is used by plants", (True, False)),
    ],
)
def test_points_are_found_in_any_order_and_inflection(answer: str, marks: tuple[bool, ...]) -> None:
    """A good answer in own words has all points, whatever form its words are in."""
    assert assess(FEEDING, answer).marks == marks


@pytest.mark.parametrize(
    ("word", "key"),
    [
        ("using", "use"),
        ("splitting", "split"),
        ("made", "makes"),
        ("carried", "carry"),
        ("heated", "heat"),
        ("broken", "break"),
        ("stores", "storing"),
    ],
)
def test_forms_of_a_word_share_a_base(word: str, key: str) -> None:
    """Endings, doubled letters and the common odd verbs are seen through."""
    assert base_forms(word) & base_forms(key)


@pytest.mark.parametrize(("word", "key"), [("seed", "see"), ("feed", "fee"), ("plant", "plane"), ("sing", "se")])
def test_other_words_share_none(word: str, key: str) -> None:
    """What only looks like an ending is none."""
    assert not base_forms(word) & base_forms(key)


@given(st.permutations(ORDER.sequence))
def test_only_the_right_order_is_right(lines: list[str]) -> None:
    """Of all orders one is right."""
    assert grade(ORDER, "\n".join(lines)) is (tuple(lines) == ORDER.sequence)


def test_nothing_to_order_is_never_right() -> None:
    """An order without items has no right answer."""
    assert not grade(replace(ORDER, sequence=()), "dig")


def test_a_mistake_is_told_for_the_answer_that_shows_it() -> None:
    """Only whoever chose the option reads what may lie behind it."""
    assert mistake_of(STATEMENT, "true") == "Believes a myth."
    assert mistake_of(STATEMENT, "False") == ""
    assert grade(STATEMENT, "false")


@pytest.mark.parametrize(
    ("text", "is_chosen"),
    [("dig\nwater", True), ("dig\n\nwater", True), ("dig\ndig", False), ("dig\nhelp me", False), ("", False)],
)
def test_options_are_the_reading_s_words(text: str, *, is_chosen: bool) -> None:
    """Every line must be an option, and none twice; anything else is somebody's own words."""
    assert are_options(ORDER, text) is is_chosen
