"""Facts: one number or one cause, from a sentence that stands alone."""

import pytest

from generators.compose.cards.facts import find_facts
from generators.compose.reading.parse import Parser
from tests.builders import some_evidence
from tests.unit.generators.readings import GERMAN


def _facts(parser: Parser, text: str, limit: int = 4) -> list[tuple[str, str]]:
    return [(fact.front, fact.back) for fact in find_facts(parser.parse(some_evidence(text)), limit=limit)]


def test_one_date_is_asked(parser: Parser) -> None:
    """The one year of a sentence becomes the gap."""
    text = "Engineers finished the first high dam on the Nile in 1970."

    assert _facts(parser, text) == [("Engineers finished the first high dam on the Nile in _____.", "1970")]


@pytest.mark.parametrize(
    "text",
    [
        "Engineers built dams on the Nile in 1902 and in 1970.",
        "This dam on the Nile was finished by engineers in 1970.",
        "In 1970 it ended.",
        "Engineers finished the dam on the Nile (with help) in 1970.",
        "Engineers finished a 12-metre dam on the Nile long ago.",
        "Engineers finished the high dam on the Nile on May 8.",
        "Engineers used 1,000 men for the dam on the Nile.",
        "Did engineers finish the first high dam on the Nile in 1970?",
        "The dam on the Nile holds water for many dry months.",
        "Engineers would finish the high dam on the Nile in 1970.",
        "Engineers said that it held back the Nile in 1970.",
        "The 1970 dam was finished by many thousand engineers.",
        "The old boat on the Nile costs only $160 a day.",
    ],
)
def test_unclear_numbers_are_not_asked(parser: Parser, text: str) -> None:
    """Two numbers, a pronoun, a question or a scrap of a sentence make no fact."""
    assert _facts(parser, text) == []


def test_cause_is_asked(parser: Parser) -> None:
    """What something brings about becomes the answer."""
    text = "Floods cause great damage in the flat land along a river."

    assert _facts(parser, text) == [("What do floods cause?", "great damage in the flat land along a river")]


def test_cause_keeps_its_particle(parser: Parser) -> None:
    """The verb's particle goes into the question."""
    text = "Heavy rain leads to floods in the flat land along a river."

    assert _facts(parser, text) == [("What does heavy rain lead to?", "floods in the flat land along a river")]


def test_cause_opens_small_with_its_article(parser: Parser) -> None:
    """An article of one letter is written small within the question, a short form keeps its capitals."""
    article = "A long dry summer in the hills leads to a shortage of water."
    short = "DNA damage in the cells of the skin leads to cancer in many people."

    assert _facts(parser, article) == [("What does a long dry summer in the hills lead to?", "a shortage of water")]
    assert _facts(parser, short)[0][0].startswith("What does DNA damage")


def test_cause_without_an_effect_is_no_fact(parser: Parser) -> None:
    """A pronoun as the effect, or as the cause, asks nothing."""
    assert _facts(parser, "Heavy rain in the hills of the north causes it.") == []
    assert _facts(parser, "What nobody saw in the long winter causes great damage.") == []


@pytest.mark.parametrize(
    "text",
    [
        "The noise from the old mill increased, and one day the baker and the miller left the village.",
        "The output of the mill in the valley increased by a third within one year.",
        "Heavy rain in the hills never causes floods in the flat land.",
        "Heavy rain in the hills often causes floods in the flat land.",
    ],
    ids=["no object", "amount", "denied", "often"],
)
def test_a_cause_needs_a_thing_that_it_acts_on(parser: Parser, text: str) -> None:
    """Without an object right behind the verb, or with words that weaken it, there is no effect to ask for."""
    assert _facts(parser, text) == []


def test_an_effect_ends_before_the_next_verb(parser: Parser) -> None:
    """What else the sentence tells is no part of the effect."""
    text = "Heavy rain causes floods in the valley, and the farmers move to the hills."

    assert [back for _, back in _facts(parser, text)] == ["floods in the valley"]


def test_facts_are_spread(parser: Parser) -> None:
    """One fact a paragraph, and with more than the limit they come from the whole section."""
    years = ("1910", "1920", "1930", "1940")
    text = "\n\n".join(f"Engineers finished a dam on the river Nile in {year}." for year in years)

    backs = [back for _, back in _facts(parser, text, limit=2)]

    assert backs == ["1910", "1930"]


def test_other_languages_have_no_facts(parser: Parser) -> None:
    """Facts need grammar."""
    assert find_facts(parser.parse(some_evidence(GERMAN, language="de")), limit=4) == ()
