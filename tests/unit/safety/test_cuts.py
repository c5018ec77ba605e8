"""A claim is the reading's own words only while nothing beside them turns it."""

import pytest

from safety.cuts import is_cut

SOURCE = (
    "Osmosis, a kind of diffusion, is the movement of water through a membrane (a thin skin), which stops at balance."
)


@pytest.mark.parametrize(
    "text",
    [
        SOURCE,
        "osmosis, a kind of diffusion, is the movement of water through a membrane",
        "Osmosis is the movement of water through a membrane.",
        "Osmosis is the movement of water through a membrane, which stops at balance.",
        "Osmosis: the movement of water through a membrane",
        "Osmosis: a kind of diffusion",
    ],
)
def test_runs_and_trimmed_runs_are_cuts(text: str) -> None:
    """Whole, a run of it, without its asides, or as a term with its definition: it stays the reading's own."""
    assert is_cut(text, SOURCE)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("", SOURCE),
        ("Osmosis is the movement of salt.", SOURCE),
        ("Osmosis: balance stops the membrane", SOURCE),
        ("The Earth is flat.", "It is not true that the Earth is flat."),
        ("The Earth is flat.", "People once wrongly believed the Earth is flat."),
        ("birds can fly", "Some birds can fly."),
        ("The drug stops pain", "The drug stops pain only in adults."),
        ("The drug stops pain", "The drug stops pain not always."),
        ("Heat causes rain", "Heat causes wind and cold causes rain."),
        ("Cats eat birds", "Cats eat fish, not meat, birds."),
        ("Water is good here", "Water, unlike juice, is, they say, good, as they add, here."),
        (
            "Mitosis: a division with two rounds",
            "Unlike mitosis, which has one round, meiosis is a division with two rounds.",
        ),
        ("Mitosis: a division with two rounds", "There is mitosis. Then comes a division with two rounds."),
        ("Whale: a fish", "A whale is not a fish."),
    ],
)
def test_turned_words_are_not_cuts(text: str, source: str) -> None:
    """Denial, doubt, restriction, quantity or a clause between them make the words say something else."""
    assert not is_cut(text, source)


def test_a_term_may_follow_its_definition() -> None:
    """`... is called a term` binds as well as `a term is ...`."""
    assert is_cut(
        "Evaporation: the change of a liquid to a gas", "The change of a liquid to a gas is called evaporation."
    )


def test_connectives_may_go() -> None:
    """Words such as `however` say nothing of the fact."""
    assert is_cut("Plants take in light", "Plants also take in light.")
