"""Which concept is needed first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generators.compose.maps.prerequisites import score_prerequisites

SECTIONS = [
    "A force is a push or a pull. Every force has a size. A force can act from afar.",
    "Friction is a force that resists motion. A force acts where surfaces meet, and friction follows.",
    "Work is done when a force moves a thing. Friction does work too.",
]


def test_what_comes_first_and_is_used_widely_is_needed_first() -> None:
    """Force, met first and used in every section, is needed for friction rather than the other way round."""
    forward, backward = score_prerequisites(SECTIONS, [("friction", "force"), ("force", "friction")])

    assert forward > 0.5
    assert forward > backward


def test_a_concept_that_is_never_named_scores_low() -> None:
    """Nothing speaks for a concept that the text does not name."""
    named, unnamed = score_prerequisites(SECTIONS, [("friction", "force"), ("friction", "entropy")])

    assert unnamed < named


def test_no_pairs_and_no_text_are_no_trouble() -> None:
    """Without pairs there are no scores; without text every score is even."""
    assert score_prerequisites(SECTIONS, []) == []
    assert score_prerequisites([], [("a", "b")]) == pytest.approx([0.5])


@given(st.lists(st.text(alphabet="ab .\n", max_size=60), max_size=4))
def test_scores_stay_between_nought_and_one(sections: list[str]) -> None:
    """Whatever the text, scores are over 0 and under 1."""
    assert all(0 < score < 1 for score in score_prerequisites(sections, [("a", "b"), ("b", "a"), ("a", "a b")]))
