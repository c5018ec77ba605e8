"""Cards that a teacher would not put before a class: tasks, questions, credits, plain words, persons, cut effects."""

import pytest

from domain.material import CardForm, Flashcard
from generators.compose.cards.flashcards import make_cards
from generators.compose.reading.parse import Parser
from tests.builders import some_evidence


def _cards(parser: Parser, text: str) -> tuple[Flashcard, ...]:
    return make_cards(parser.parse(some_evidence(text)))


def _fronts(parser: Parser, text: str) -> list[str]:
    return [card.front for card in _cards(parser, text)]


@pytest.mark.parametrize(
    "text",
    [
        "Explain the difference between the two forms of **erosion** that this part tells of.",
        "Which of the two forms of **erosion** wears away the rocks of a steep coast?",
        "**Osmosis** is often defined as the movement of salt through a thin wall, which is wrong.",
        "Stone, R., Handbook of **erosion** on steep coasts, accessed May 3, 2019, in the town library.",
    ],
)
def test_tasks_questions_and_errors_are_no_fronts(parser: Parser, text: str) -> None:
    """A gap in a task, in a question, in what is taken back or in a note on a source asks for nothing worth knowing."""
    assert not _cards(parser, text)


@pytest.mark.parametrize(
    ("text", "front"),
    [
        (
            "A **torrent** is a fast stream that falls from a steep hill.\n\nSome **torrents** dry up.",
            "What is a torrent?",
        ),
        (
            "Not all towns ask for **tolls**. A toll is a small fee that a driver pays for the use of a road.",
            "What is a toll?",
        ),
        ("**Barter** is a trade of goods without money. The towns kept a barter.", "What is barter?"),
        ("They built a **weir**, the low wall that holds back a river.", "What is a weir?"),
        ("The word **fee** means a sum that is paid for a service. They paid a fee.", "What does a fee mean?"),
    ],
)
def test_questions_keep_article_and_number(parser: Parser, text: str, front: str) -> None:
    """A number and an article fit the term: "an" stands before one thing alone."""
    assert front in _fronts(parser, text)


def test_another_name_is_asked(parser: Parser) -> None:
    """A short name after "or" is the other name of what stands before it."""
    fronts = _fronts(parser, "The **larynx**, or voice box, lies at the top of the windpipe in the throat.")
    assert "What is another name for the larynx?" in fronts


def test_two_words_for_choice_are_no_names_of_each_other(parser: Parser) -> None:
    """What stands last in a list after "or" is no other name for what stands before it."""
    fronts = _fronts(parser, "Nobody may take from others their life, **health**, or belongings by force.")
    assert not [front for front in fronts if front.startswith("What is another name")]


@pytest.mark.parametrize(
    ("text", "back"),
    [
        (
            "Tobacco smoke causes cancer of the lungs, although bad air was once blamed in the towns.",
            "cancer of the lungs",
        ),
        ("The long drought caused a famine in the north, but the south had grain enough.", "a famine in the north"),
    ],
)
def test_an_effect_ends_before_what_speaks_against_it(parser: Parser, text: str, back: str) -> None:
    """What is granted after an effect is no part of it."""
    assert [card.back for card in _cards(parser, text) if card.form is CardForm.FACT] == [back]


def test_an_effect_under_a_condition_is_no_fact(parser: Parser) -> None:
    """What comes only in a case is not asked as if it always came."""
    text = "Rust causes leaks in old pipes if nobody paints the iron in time."
    assert not [card for card in _cards(parser, text) if card.form is CardForm.FACT]


def test_a_person_in_passing_gets_no_card(parser: Parser) -> None:
    """Somebody whom nobody marked and of whom the text tells no more than a deed is no term."""
    text = (
        "Maria Keller lived on a farm near the coast. Maria Keller moved to the city in the spring. "
        "Maria Keller sold her boat and her house. Maria Keller never wrote to her brother."
    )
    assert not [card for card in _cards(parser, text) if "Keller" in card.term]


def test_a_person_in_a_team_gets_no_card(parser: Parser) -> None:
    """An unmarked person of whom the text says no kind gets no gap either."""
    text = (
        "Maria Keller was part of a team that drew maps of the coast for the navy. "
        "The navy paid Maria Keller well. The maps of Maria Keller hang in the hall."
    )
    assert not [card for card in _cards(parser, text) if "Keller" in card.term]


@pytest.mark.parametrize(
    "text",
    [
        "Every winter the long storms cause, in the fens, floods of the low fields near the sea.",
        "The people of the coast who fish with nets in the bay all winter cause damage to the beds of weed there.",
    ],
)
def test_an_effect_far_from_its_cause_is_no_fact(parser: Parser, text: str) -> None:
    """What does not follow its verb at once, or has a long or late subject, is not asked."""
    assert not [card for card in _cards(parser, text) if card.form is CardForm.FACT]


def test_a_person_that_the_reading_says_nothing_of_is_not_asked_what(parser: Parser) -> None:
    """Nobody asks what a person is."""
    text = "**Maria Keller** was part of a team that drew maps of the coast for the navy."
    assert not [front for front in _fronts(parser, text) if front.startswith("What")]


def test_a_short_plain_page_gets_a_card_for_each_term_that_it_explains(parser: Parser) -> None:
    """Without bold, what the text itself explains is asked, five terms as well as two."""
    text = (
        "Water moves between sea, air and land. This change from liquid water to vapour is evaporation. "
        "Plants give off water through their leaves; this is called transpiration. "
        "Water that falls from clouds is called precipitation. "
        "Infiltration is the slow sinking of water into the soil. Runoff is the water that flows over the ground. "
        "Condensation is the change from vapour to tiny drops."
    )
    terms = {card.term for card in _cards(parser, text) if card.form is CardForm.DEFINITION}
    assert terms >= {"evaporation", "transpiration", "precipitation", "infiltration", "condensation"}
