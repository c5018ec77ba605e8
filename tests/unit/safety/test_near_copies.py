"""Claims that are nearly the source's words are compared with it word by word."""

import pytest

from safety.near_copies import find_lost
from safety.opposites import find_opposite, means_the_same
from safety.vetoes import find_vetoes


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("In 1898 Marie Curie found radium.", "Marie Curie found radium in 1898."),
        ("Marie Curie found radium in the same year.", "In the same year Marie Curie found radium."),
        ("It contains blue, green and red cells.", "It contains red, blue and green cells."),
        ("Light is absorbed by green chlorophyll.", "Green chlorophyll absorbs light."),
        ("A leaf's cells are green in summer.", "The cells of a leaf are green in summer."),
        ("The leaf cells are green in summer.", "The cells of the leaf are green in summer."),
        ("The loss of water from leaves is called transpiration.", "Transpiration is the loss of water from leaves."),
        ("Transpiration: loss of water from the leaves", "The loss of water from leaves is transpiration."),
        ("Big plants start to grow in May.", "All large plants begin to grow in May."),
        ("Plants often need light.", "Plants frequently need, as some say, light."),
        ("Without light the plants grow slowly.", "The plants grow slowly without light."),
        ("Plants grow.", "Stones sink, and plants grow."),
        ("Actually plants need light.", "Plants need light, but not at night."),
    ],
)
def test_what_grammar_moves_is_no_change(claim: str, source: str) -> None:
    """Moved phrases, lists, passives, genitives, names and everyday equals say the same."""
    assert find_vetoes(claim, source) == []


@pytest.mark.parametrize(
    ("claim", "source", "reason"),
    [
        ("Young dogs bite old men.", "Old men bite young dogs.", "another place"),
        ("A plant of the loss is green.", "A loss of the plant is green.", "another place"),
        ("It is an system of a complex example.", "It is an example of a complex system.", "another place"),
        ("Cats and dogs eat fish and meat respectively.", "Dogs and cats eat fish and meat respectively.", "place"),
        ("Iron sinks in water and wood floats in oil.", "Wood floats in water and iron sinks in oil.", "place"),
        ("Water moves from leaves to roots.", "Water moves from roots to leaves.", "place"),
        ("Water moves to the dry leaf.", "Water moves from the dry leaf.", "where the source says “from”"),
        ("The lake has 12 small fish and 12 small boats.", "The lake has 12 small fish and small boats.", "12"),
        ("Old iron sinks and iron sinks too.", "Old iron sinks and gold sinks too.", "where the source says “gold”"),
        ("Green plants might need light.", "Green plants need light.", "adds “might”"),
        ("Green plants need light.", "Only green plants need light.", "leaves out “Only”"),
        ("The wet street is slippery.", "If it rains, the wet street is slippery.", "leaves out “If”"),
        ("The mean is ≥ 5 here.", "The mean is ≤ 5 here.", "writes ≥"),
        ("Hopeful people sleep well here.", "Hopeless people sleep well here.", "says “Hopeful”"),
    ],
)  # fmt: skip
def test_one_change_is_enough(claim: str, source: str, reason: str) -> None:
    """What is added, left out, put in another's place or moved is named in words."""
    vetoes = find_vetoes(claim, source)

    assert any(reason.casefold() in veto.reason.casefold() for veto in vetoes), vetoes


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("higher", "lower"),
        ("increased", "decreases"),
        ("carries", "empties"),
        ("unrelated", "related"),
        ("hopeful", "hopeless"),
        ("microscopic", "macroscopic"),
        ("hyperactive", "hypoactive"),
        ("stopped", "starts"),
    ],
)
def test_opposites_are_found_in_their_forms(one: str, other: str) -> None:
    """Listed pairs in other forms, and words that differ by what turns them; unlisted words have no opposite."""
    assert (find_opposite(one, {other, "tree"}) == other) is (one != "carries")


def test_small_words_are_opposites_in_one_place_alone() -> None:
    """From and to stand in many sentences; only one in the other's place says something else."""
    assert find_opposite("to", {"from"}) == ""
    assert find_opposite("to", {"from"}, is_same_place=True) == "from"


def test_equals_are_everyday_words() -> None:
    """Big is large; starch is not sugar."""
    assert means_the_same("big", {"large"})
    assert not means_the_same("starch", {"sugar"})


def test_what_a_question_with_its_answer_lost_is_named() -> None:
    """The words left out that governed or limited the rest are given; the one place of it need not be told again."""
    assert find_lost("gulls eat fish", "In old tales, gulls eat fish.") == "In old tales"
    assert find_lost("gulls eat fish", "However, gulls eat fish.") == ""
    assert find_lost("gulls eat fish", "In the harbour, gulls eat fish.") == ""
    assert find_lost("gulls eat fish", "In the dark, gulls eat fish.") == "In the dark"
    assert find_lost("the wall was built by farmers", "The wall that farmers built keeps goats out.") == ""
