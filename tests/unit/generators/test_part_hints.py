"""Hints for orders and matchings lead to the reading, and no hint tells an order or a pair."""

from dataclasses import replace

import pytest

from domain.questions import Question, QuestionForm
from domain.words import content_stems
from generators.compose.asking.hints import RUNGS, make_ladder
from generators.compose.quizzes.quiz import make_questions
from generators.compose.reading.parse import ParsedSection, Parser
from generators.dialogue import Situation, respond
from generators.moves import Move
from learning.grading import grade
from safety.leaks import find_leak
from tests.builders import some_evidence

KITCHEN = (
    "A **trowel** is a small spade for digging narrow holes by hand. "
    "**Compost** is rotted kitchen waste that feeds the soil. "
    "A **trellis** is a frame of thin wooden bars on which vines climb. "
    "**Mulch** is a layer of bark that keeps the ground moist. "
    "**Pruning** is the cutting of old branches in late winter."
)
TEXTS = {
    "numbers": "How to fold a boat:\n\n1. Crease the sheet in two.\n2. Turn both corners in.\n3. Pull it open.",
    "words": "First, workers crush the olives. Then, a press squeezes the paste. Finally, a filter clears the oil.",
    "stages": "The first stage, egg, is short. The second stage, larva, is long. The third stage is called pupa.",
    "years": (
        "In 1850, miners found gold in the hills. In 1903, two brothers flew a plane with an engine. "
        "Farmers of the valley built a large dam in 1911."
    ),
    "matching": KITCHEN,
}


def made(parser: Parser, text: str) -> tuple[ParsedSection, Question]:
    section = parser.parse(some_evidence(text, title="A quiet day"))
    asked = next(one for one in make_questions(section) if one.sequence or one.pairs)
    return section, asked


@pytest.mark.parametrize("name", TEXTS)
def test_no_hint_tells_an_order_or_a_pair(parser: Parser, name: str) -> None:
    """Four hints with a question each; of the parts at most one term is named, and no word of a meaning."""
    section, question = made(parser, TEXTS[name])

    ladder = make_ladder(question, section)

    assert [rung.rung for rung in ladder] == list(range(RUNGS))
    told = " ".join(rung.text for rung in ladder)
    parts = (*question.sequence, *(pair.right for pair in question.pairs))
    idle = {"read", "word", "paper", "time", "two", "find", "found"}
    assert not (set(content_stems(" ".join(parts))) - idle) & set(content_stems(told))
    assert sum(pair.left in told for pair in question.pairs) <= 1
    assert all(rung.text.count("?") == 1 and rung.claim.citations for rung in ladder)
    assert find_leak(told, question.answer, known=question.stem, options=question.options) is None


@pytest.mark.parametrize(
    ("name", "sign"),
    [("numbers", "numbers of a list"), ("words", "“then”"), ("stages", "“second”"), ("years", "years")],
)
def test_what_shows_an_order_is_named(parser: Parser, name: str, sign: str) -> None:
    """The third hint says by which signs the reading tells the order."""
    section, question = made(parser, TEXTS[name])

    assert sign in make_ladder(question, section)[2].text


def test_where_to_look_is_quoted_only_without_the_parts(parser: Parser) -> None:
    """The beginning of a paragraph is shown where it holds no word of a part."""
    text = f"Friends of every age use a few good helpers outside. {KITCHEN}"
    section, question = made(parser, text)
    plain, open_question = made(parser, KITCHEN)

    assert "Friends of every age use a few good" in make_ladder(question, section)[1].text
    assert "the paragraph" not in make_ladder(open_question, plain)[1].text


def test_a_source_that_is_gone_gives_no_hint(parser: Parser) -> None:
    """Where the section does not hold what a question rests on, nothing is told."""
    section, question = made(parser, KITCHEN)
    moved = replace(question, claim=replace(question.claim, citations=()), parts=())

    assert make_ladder(moved, section) == ()


@pytest.mark.parametrize("said", ["compost is a small spade", "1 2 3", "pruning, then mulch"])
def test_no_message_is_judged_for_an_order_or_a_matching(parser: Parser, said: str) -> None:
    """What is typed to the tutor is a thought: neither "right" nor "wrong" would be fair to half an order."""
    section, question = made(parser, KITCHEN)

    reply = respond(make_ladder(question, section), question, said, situation=Situation(), grade=grade)

    assert reply.reading.move not in {Move.RIGHT, Move.WRONG}
    assert question.form is QuestionForm.MATCHING
    assert not reply.is_weighed
