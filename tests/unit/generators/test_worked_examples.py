"""Worked examples: the reading's own, step by step, in its words."""

import pytest

from generators.compose.guides.worked_examples import combine_examples, find_examples
from generators.compose.reading.parse import Parser
from tests.builders import some_evidence

CART = """A cart rolls down a ramp.

A cart rolls 12 m in 4 s. What is its mean speed?

Figure: A cart on a ramp.

Strategy

We divide the way by the time.

Solution

1. Write down what is known: s = 12 m and t = 4 s.
2. Divide the way by the time: v = 12 m / 4 s.

Thus the mean speed is v = 3 m/s.

Discussion

A child walks at half that speed."""


def _steps(parser: Parser, text: str, language: str = "en", limit: int = 4) -> list[tuple[int, str, str]]:
    found = find_examples(parser.parse(some_evidence(text, language=language)), limit=limit)
    return [(step.example, step.role.value, step.claim.text) for step in found]


def test_an_example_has_problem_steps_and_result(parser: Parser) -> None:
    """The task is the problem, each line of the work a step, and what follows from them the result."""
    assert _steps(parser, CART) == [
        (0, "problem", "A cart rolls 12 m in 4 s. What is its mean speed?"),
        (0, "step", "We divide the way by the time."),
        (0, "step", "1. Write down what is known: s = 12 m and t = 4 s."),
        (0, "step", "2. Divide the way by the time: v = 12 m / 4 s."),
        (0, "result", "Thus the mean speed is v = 3 m/s."),
    ]


def test_every_step_is_a_cut_of_the_reading(parser: Parser) -> None:
    """Each step cites the very words that it shows."""
    parsed = parser.parse(some_evidence(CART))

    for step in find_examples(parsed):
        assert " ".join(citation.quote for citation in step.claim.citations).split() == step.claim.text.split()


@pytest.mark.parametrize(
    "text",
    [
        "A river flows to the sea. It begins as a spring.",
        "Solution\n\n1. Add 2 and 3.\n2. That makes 5.",
        "What is 2 + 3?\n\nSolution\n\nIt is 5.",
        "What is 2 + 3?\n\nExercises\n\nNothing to see here.\n\nSolution\n\nAdd 2 and 3.\n\nThat makes 5.",
        "Is there a solution for the 2 friends? They looked for 3 days.",
    ],
)
def test_what_is_no_example_gives_none(parser: Parser, text: str) -> None:
    """No task, no work of two steps, or no solution set apart: nothing is made up."""
    assert _steps(parser, text) == []


def test_several_examples_are_numbered_and_counted(parser: Parser) -> None:
    """Examples are numbered in reading order, up to the limit; the first one's work is no problem of the next."""
    two = CART + "\n\nFind half of 10.\n\nSolution:\n\n10 / 2 = 5\n\nHalf of 10 is 5.\n\nExample 3"

    assert [number for number, role, _ in _steps(parser, two) if role == "problem"] == [0, 1]
    assert {number for number, _, _ in _steps(parser, two, limit=1)} == {0}


def test_other_languages_work_by_their_own_words(parser: Parser) -> None:
    """A German reading's solution is known by its own heading."""
    text = "Berechne die Hälfte von 10.\n\nLösung\n\n10 / 2 = 5\n\nAlso ist die Hälfte 5."

    assert [role for _, role, _ in _steps(parser, text, "de")] == ["problem", "step", "result"]


def test_long_lines_are_cut_into_sentences_and_long_work_is_bounded(parser: Parser) -> None:
    """A paragraph of many sentences gives a step a sentence, and no example has more than fourteen steps."""
    work = " ".join(f"We add {number} apples to those we had before and write the sum down." for number in range(30))
    steps = _steps(parser, f"Find the sum of the numbers.\n\nSolution\n\n{work}")

    assert len(steps) == 15
    assert steps[1][2] == "We add 0 apples to those we had before and write the sum down."


def test_examples_of_sections_are_joined(parser: Parser) -> None:
    """The whole reading has all examples, numbered anew, up to its limit."""
    part = find_examples(parser.parse(some_evidence(CART)))

    joined = combine_examples([part, part], limit=2)

    assert [step.example for step in joined] == [0] * len(part) + [1] * len(part)
    assert combine_examples([part, part], limit=1) == part


@pytest.mark.parametrize(
    "text",
    [
        "Example 1: A shop sells 3 pens for 6 coins. What does one cost?\nWe divide: 6 / 3 = 2.\nSo one costs 2 coins.",
        (
            "Example 1: A shop sells 3 pens for 6 coins. What does one cost? We divide: 6 / 3 = 2. "
            "So one costs 2 coins. Shops in the old town like pens."
        ),
        (
            "Example 1\n\nA shop sells 3 pens for 6 coins. What does one cost?\n\nWe divide: 6 / 3 = 2.\n\n"
            "Figure: Pens.\n\nSo one costs 2 coins.\n\nExercises\n\n7 / 7 = 1"
        ),
    ],
    ids=["lines", "one paragraph", "paragraphs"],
)
def test_work_right_behind_its_task_needs_no_word_over_it(parser: Parser, text: str) -> None:
    """An example with a title of its own is worked up to its result, and no further."""
    assert _steps(parser, text) == [
        (0, "problem", "A shop sells 3 pens for 6 coins."),
        (0, "problem", "What does one cost?"),
        (0, "step", "We divide: 6 / 3 = 2."),
        (0, "result", "So one costs 2 coins."),
    ]


def test_a_value_said_again_is_the_result(parser: Parser) -> None:
    """The sentence that names the value found closes an example, in every language that has a word for it."""
    german = (
        "Beispiel 2: Drei Stifte kosten 6 Euro. Was kostet ein Stift? Was kosten zwei?\n6 / 3 = 2\nEr kostet 2 Euro."
    )

    assert [role for _, role, _ in _steps(parser, german, "de")] == ["problem"] * 3 + ["step", "result"]


@pytest.mark.parametrize(
    "text",
    [
        "Example 1: Rivers carry sand. What do they do with it? They drop it in 3 places. It stays there for 2 years.",
        "Example 1: A rule. 6 / 3 = 2. So what is it? It is 2.",
        "Example 1: Thus find it. 6 / 3 = 2. So it is 2.",
        "Example of a river: What is 6 / 3? It is 6 / 3 = 2. So it is 2.",
        "Example 1: Halves. They are small and many. Half of 10 = 5. Half of 8 = 4.",
    ],
    ids=["no sum", "work first", "concludes", "no number", "asks nothing"],
)
def test_what_is_not_worked_is_no_example(parser: Parser, text: str) -> None:
    """A title alone makes no worked example: it needs a task, and a sum behind it."""
    assert _steps(parser, text) == []


@pytest.mark.parametrize("title", ["Example 1: Find the sum. ", "Find the sum of all.\n\nSolution\n\n"])
def test_work_that_is_too_long_is_left_out(parser: Parser, title: str) -> None:
    """A solution is shown up to its end or not at all."""
    work = "\n\n".join(f"Then {number} + 1 = {number + 1}." for number in range(30))

    assert _steps(parser, f"{title}{work}") == []


@pytest.mark.parametrize(
    "title", ["Example 1: A ball falls 20 m. What is its speed?", "What is its speed?\n\nSolution"]
)
@pytest.mark.parametrize(
    ("between", "last"),
    [
        ("The ball moves down.", "v = 19.8 m/s"),
        ("Only one root makes sense.\n\nThe ball moves down.", "v = 19.8 m/s"),
    ],
)
def test_a_solution_goes_on_to_its_result(parser: Parser, title: str, between: str, last: str) -> None:
    """Words between two steps do not end it, and what stands behind the result is none of it."""
    work = "v2 = 2gh = 392 m2/s2\n\nThus v2 = 392 m2/s2."
    after = "Feathers fall slowly.\n\nAir holds them up.\n\nNobody weighs them."

    steps = _steps(parser, f"{title}\n\n{work}\n\n{between}\n\n{last}\n\n{after}")

    assert steps[-1][2] == last
