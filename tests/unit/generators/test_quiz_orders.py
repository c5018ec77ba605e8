"""Orders are asked for where the reading's own words prove them, and else not."""

import pytest

from generators.compose.quizzes.asked import shuffled
from generators.compose.quizzes.ordering import order_questions, proves_order
from generators.compose.reading.parse import Parser
from tests.unit.generators.quizzes import only, parsed


@pytest.mark.parametrize(
    ("text", "sequence"),
    [
        (
            "To plant a tree:\n\n1. Dig a deep hole.\n2. Put the roots into it.\n3. Fill the hole with earth.",
            ("Dig a deep hole", "Put the roots into it", "Fill the hole with earth"),
        ),
        (
            "First, workers crush the olives. Then, a press squeezes the paste. Finally, a filter clears the oil.",
            ("Workers crush the olives", "A press squeezes the paste", "A filter clears the oil"),
        ),
        (
            (
                "The first stage, digestion, takes an hour. The second stage, absorption, is slow. "
                "The third stage is called elimination."
            ),
            ("digestion", "absorption", "elimination"),
        ),
        (
            (
                "In 1903, two brothers flew a plane with an engine. Farmers of the valley built a large dam in 1911. "
                "In 1850, miners found gold in the hills."
            ),
            (
                "Miners found gold in the hills",
                "Two brothers flew a plane with an engine",
                "Farmers of the valley built a large dam",
            ),
        ),
    ],
    ids=["numbered steps", "first and then", "stages", "dated events"],
)
def test_what_the_reading_puts_in_order_is_asked_for(parser: Parser, text: str, sequence: tuple[str, ...]) -> None:
    """The order is the reading's, the marks that tell it are not shown, and every item rests on a claim."""
    question = only(list(order_questions(parsed(parser, text))))

    assert question.sequence == sequence
    assert sorted(question.options) == sorted(sequence)
    assert question.options != sequence
    assert len(question.parts) == len(sequence) - 1
    assert all(claim.citations for claim in (question.claim, *question.parts))


@pytest.mark.parametrize(
    "text",
    [
        "1. Dig a hole.\n2. Put the roots in.",
        "1. Dig a deep hole.\n3. Put the roots into it.\n4. Fill the hole with earth.",
        "First, workers crush the olives. A press squeezes the paste. Finally, a filter clears the oil.",
        "First, workers crush the olives. Then, it squeezes the paste. Finally, a filter clears the oil.",
        "First, workers crush the olives. Then, workers crush the olives. Finally, a filter clears the oil.",
        "The first stage, digestion, takes an hour. In the second stage nothing is done.",
        "In 1903, two brothers flew a plane of 1899. In 1911, farmers built a dam. In 1850, they found gold there.",
        "Miners found gold. Farmers built a dam. Two brothers flew a plane with an engine.",
    ],
    ids=["two", "gap", "unmarked", "leaning", "twins", "unnamed stage", "other years", "no signs"],
)
def test_what_has_no_proved_order_is_not_asked_for(parser: Parser, text: str) -> None:
    """Too few items, a hole in the numbers, items that lean or repeat, and mere succession make no question."""
    assert list(order_questions(parsed(parser, text))) == []


def test_long_lists_are_cut(parser: Parser) -> None:
    """Of many dated events six are asked, spread over the whole."""
    places = ["castle", "market", "bridge", "harbour", "chapel", "library", "tower"]
    text = " ".join(f"In {1500 + 20 * n}, masons built a large {place} of stone." for n, place in enumerate(places))

    question = only(list(order_questions(parsed(parser, text))))

    assert len(question.sequence) == 6


@pytest.mark.parametrize(
    ("text", "is_proved"),
    [
        ("First, olives are crushed. Then, a press works. Finally, oil is cleared.", True),
        ("1. Dig a deep hole.\n2. Put the roots in.\n3. Fill the hole up.", True),
        ("Gold was found in 1850. A plane flew in 1903. A dam was built in 1911.", True),
        ("Gold was found in 1850. A dam was built in 1911. A plane flew in 1903.", False),
        ("Gold was found. A dam was built. A plane flew.", False),
        ("Ann has the ring that Tom lost in 1797. A dam was built in 1805. A plane flew in 1903.", False),
        ("First, olives are crushed. Then, a press works.", False),
    ],
    ids=["words", "numbers", "years", "years mixed", "nothing", "year of another", "two"],
)
def test_an_order_is_proved_by_the_reading_alone(parser: Parser, text: str, *, is_proved: bool) -> None:
    """Words of order, numbers or years must rise from sentence to sentence."""
    section = parsed(parser, text)

    assert proves_order(section, section.sentences) is is_proved


def test_orders_never_come_shuffled_into_place() -> None:
    """Whatever the words, what is shown is not the right order, and always the same."""
    for texts in (["a", "b", "c"], ["c", "b", "a"], ["b", "c", "a"]):
        assert shuffled(texts, "seed") != tuple(texts)
        assert shuffled(texts, "seed") == shuffled(texts, "seed")


@pytest.mark.parametrize(
    ("text", "is_asked"),
    [
        ("1. Fill the kettle with water.\n2. Warm the pot a little.\n3. Pour the tea into cups.", True),
        (
            "How to paint a door:\n1. Sanding makes the wood smooth.\n2. Primer closes the pores.\n3. Paint goes on.",
            True,
        ),
        ("1. Explain the tides.\n2. Draw a map of the bay.\n3. Compare two harbours.", False),
        ("1. Dogs stay outside the shop.\n2. Bags stay at the desk.\n3. Children stay with parents.", False),
        ("First, the rent was low. Second, the light was good. Finally, the street was quiet.", False),
    ],
    ids=["orders", "named", "tasks", "rules", "reasons"],
)
def test_only_steps_have_an_order(parser: Parser, text: str, *, is_asked: bool) -> None:
    """Numbered lines are steps when they tell what to do or are called so; tasks and reasons are counted."""
    assert bool(list(order_questions(parsed(parser, text)))) is is_asked


def test_steps_that_lean_on_others_are_left_out(parser: Parser) -> None:
    """The others keep their order."""
    text = "1. Wash the jars with soap.\n2. Fill the first jar with fruit.\n3. Boil the syrup.\n4. Close the lids well."

    assert only(list(order_questions(parsed(parser, text)))).sequence == (
        "Wash the jars with soap",
        "Boil the syrup",
        "Close the lids well",
    )
