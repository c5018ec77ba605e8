"""Options are of one kind with the key, and none of them hurts who reads it."""

import pytest

from generators.compose.quizzes.distractors import Rivals
from generators.compose.quizzes.matching import plain_label
from generators.compose.quizzes.tact import sorts_of
from generators.compose.reading.parse import Parser
from generators.compose.terms.terms import find_terms
from tests.unit.generators.quizzes import parsed


@pytest.mark.parametrize(
    ("label", "entity", "sorts"),
    [
        ("trade wind", "", set()),
        ("womb", "", {"body"}),
        ("farm women", "", {"people"}),
        ("Romans", "NORP", {"people"}),
        ("murder rate", "", {"harm"}),
    ],
)
def test_names_that_need_tact_are_known(label: str, entity: str, sorts: set[str]) -> None:
    """Names of the body, of people and of crimes are told from others."""
    assert sorts_of(label, entity) == sorts


@pytest.mark.parametrize(
    ("name", "meaning", "is_akin"),
    [
        ("prison", "a house in which a town keeps thieves behind bars", True),
        ("murder", "a deed by which a thief takes the life of another", False),
        ("slaves", "a crowd of hands whom a master owned", False),
    ],
)
def test_a_key_stands_beside_names_of_its_own_sort(parser: Parser, name: str, meaning: str, *, is_akin: bool) -> None:
    """No crime and no group of people is an option for a house."""
    text = f"A **tower** is a house in which a town keeps its bell and its guards. A **{name}** is {meaning}."
    section = parsed(parser, text)
    terms = {term.label: term for term in find_terms(section) if term.is_emphasised}

    rivals = Rivals(section, tuple(terms.values()))

    assert rivals.is_akin(terms["tower"], terms[name]) is is_akin


def test_a_phrase_that_the_reading_does_not_explain_is_no_option(parser: Parser) -> None:
    """A term that is explained is not set beside a phrase that only occurs."""
    section = parsed(
        parser, "A tower is a tall house with a bell and guards. The old tower gate burned in a dry summer."
    )
    terms = find_terms(section)
    tower = next(term for term in terms if term.label.lower() == "tower")

    rivals = Rivals(section, terms)

    assert not any(rivals.is_akin(tower, other) for other in terms if not other.definition)


def test_names_keep_their_capital_at_the_head_of_a_sentence(parser: Parser) -> None:
    """A word for people of a land is written with a capital wherever it stands; another word is not."""
    section = parsed(
        parser, "French cloth is a bright fabric of woven strips. Woven cloth is a fabric of crossed threads."
    )
    labels = {plain_label(term, section) for term in find_terms(section) if term.definition}

    assert {"French cloth", "woven cloth"} <= labels
