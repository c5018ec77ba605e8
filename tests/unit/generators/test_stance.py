"""What is only reported, denied, doubted, asked or supposed is no definition; what the reading says itself is."""

import pytest

from generators.compose.reading.parse import Parser
from generators.compose.terms.terms import find_terms
from tests.builders import some_evidence


def _definition(parser: Parser, text: str) -> str:
    terms = find_terms(parser.parse(some_evidence(text)))
    return next((term.definition for term in terms if term.is_emphasised), "")


@pytest.mark.parametrize(
    "text",
    [
        "It is a myth that the **ostrich** is a bird that hides its head in the sand.",
        "Sailors once believed that the **kraken** was a monster as large as an island.",
        "The farmers then suspected that **blight** was a poison that fell with the rain.",
        "One old scholar concluded that the **heart** was the seat of all thinking.",
        "The dig has upset the notion that **weaving** was the only trade of the women in the town.",
        "This does not mean that a **boycott** is an act of violence against a shop.",
        "It is not true that a **tomato** is a vegetable that grows under the ground.",
        "It is unlikely that a **comet** is a lamp that somebody lit.",
        "No one claims that a **bat** is a bird that lost its feathers.",
        "Nobody wrote that **glass** is a liquid that flows slowly.",
        "They argued about whether a **virus** is a living thing that feeds on cells.",
        "They tell the story that, in the far north, the **aurora** is a lamp that a giant lit.",
        "The old saying goes that the **moon** is a mirror that hangs in the sky.",
        "It is hardly possible, that the **moon** is a mirror that hangs in the sky.",
        "If a **whale** is a fish that breathes air, then so is a seal.",
        "Is a **whale** a fish that breathes air and feeds its young?",
        "The boats stay out unless, as now, the **harbour** is a place that shelters them.",
        "“Is a **whale** a fish that breathes air and feeds its young?”",
        "According to the old books, **amber** is a stone made of the tears of birds.",
        "It seems that the **aurora** is a fire in the sky of the north.",
        "People pretend that **luck** is a gift that somebody hands out.",
        "**Humour** was once thought to be a fluid that made people angry or sad.",
        "The **aether** was supposedly a thin gas that filled the whole sky.",
        "**Osmosis** is often defined as the movement of salt through a wall, which is wrong.",
        "A **dragon** is a large lizard that guards gold. It never existed.",
        "A **shooting star** is a star that falls from the sky. This is a common misconception.",
        "**Caloric** was a fluid that flowed from hot things to cold ones. This idea was later abandoned.",
        "A **sea serpent** is a snake of great length, but no one today believes in such a beast.",
    ],
)
def test_what_the_reading_does_not_say_itself_is_no_definition(parser: Parser, text: str) -> None:
    """A myth, a report, a doubt, a denial, a condition and a question say nothing of what a thing is."""
    assert _definition(parser, text) == ""


@pytest.mark.parametrize(
    ("text", "definition"),
    [
        ("We now know that a **comet** is a lump of ice and dust.", "lump of ice and dust"),
        ("Later work showed that **amber** is the resin of old trees.", "resin of old trees"),
        ("We say that **inertia** is the tendency of a body to keep moving.", "tendency of a body to keep moving"),
        (
            "Doctors believed that the **spleen**, a soft organ beside the stomach, made people sad.",
            "soft organ beside the stomach",
        ),
        (
            "He left the town because, as we know, the **harbour** is a place that shelters boats.",
            "place that shelters boats",
        ),
        (
            "They hid the fact that the **harbour** is a place that shelters boats.",
            "place that shelters boats",
        ),
        ("A **rumour** is the belief that a thing happened.", "belief that a thing happened"),
        ("A **whale** is not a fish, but a mammal that lives in the sea.", "mammal that lives in the sea"),
        ("Remember that a **loan** is money that must be paid back.", "money that must be paid back"),
        ("A **hypothesis** is a claim that can be tested. It is wrong to call it a guess.", "claim that can be tested"),
    ],
)
def test_what_the_reading_says_stays_a_definition(parser: Parser, text: str, definition: str) -> None:
    """Words of knowing keep a definition, and so does a doubt that is about something else."""
    assert _definition(parser, text) == definition


@pytest.mark.parametrize(
    "text",
    [
        "We call for **quiet protest**: gifts of money to your favourite cause.",
        "The village was buried in **ash** when the mountain nearby broke open one night.",
        "They wrote letters with **helpers** (if they did even that) in the town.",
        "In **trade**, if they agree, two towns swap salt for cloth.",
        "The portrait shows **Anna Bell** (credit: photo by R. Stone, town museum).",
        "She wore a dress of printed cotton—or a **silk shawl** from the market.",
        "No one may take another's life, home, or **savings**.",
        "**Fame** means different things to different people.",
        "The path has two **parts**: one along the river and one through the wood.",
        "Storms and **floods** are the two things that farmers fear.",
        "A **poll**, which will be discussed further in the last part, may go wrong.",
    ],
)
def test_words_beside_a_term_that_say_nothing_of_it_are_no_definition(parser: Parser, text: str) -> None:
    """A time, a condition, a credit, a choice, a list and a pointer to another page define nothing."""
    assert _definition(parser, text) == ""


@pytest.mark.parametrize(
    ("text", "label", "definition"),
    [
        (
            "This change from liquid water to vapour is evaporation.",
            "evaporation",
            "change from liquid water to vapour",
        ),
        (
            "The vapour cools and turns into tiny drops. This is condensation, and it makes clouds.",
            "condensation",
            "vapour cools and turns into tiny drops",
        ),
    ],
)
def test_this_is_names_what_was_just_told(parser: Parser, text: str, label: str, definition: str) -> None:
    """A sentence "This ... is T" says what T is, marked or not."""
    found = {term.label: term.definition for term in find_terms(parser.parse(some_evidence(text)))}
    assert found[label].removeprefix("The ") == definition
