"""What was left out of a reading comes back from plain data as it was."""

import json

from hypothesis import given
from hypothesis import strategies as st

from domain.documents import MOST_LEFT_OUT, Dropped
from domain.parts_data import dropped_from_data, dropped_to_data

DROPPED = st.builds(Dropped, st.text(), st.integers(0), st.text(), st.text())


@given(st.lists(DROPPED, max_size=3))
def test_what_was_dropped_comes_back(dropped: list[Dropped]) -> None:
    """As JSON too, with all its words."""
    assert dropped_from_data(json.loads(json.dumps(dropped_to_data(dropped)))) == tuple(dropped)


def test_rows_from_before_have_no_text() -> None:
    """Three values were kept once: they are read, and their text is empty."""
    assert dropped_from_data([["comment", 2, "Shorter?"]]) == (Dropped("comment", 2, "Shorter?"),)


def test_no_text_is_too_long() -> None:
    """Whatever a parsing process says, no more is taken from it than may be kept."""
    (dropped,) = dropped_from_data([["comment", 1, "", "a" * (MOST_LEFT_OUT + 1)]])

    assert dropped.text == "a" * MOST_LEFT_OUT
