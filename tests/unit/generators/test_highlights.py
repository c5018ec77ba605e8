"""Where the words of a query stand in a passage."""

from hypothesis import given
from hypothesis import strategies as st

from generators.highlights import find_highlights


def marked(query: str, text: str) -> list[str]:
    return [text[at.start : at.end] for at in find_highlights(query, text)]


def test_words_are_found_in_any_form() -> None:
    """Plurals and endings do not hide a word, and words of grammar are not marked."""
    assert marked("What are the cells doing?", "The cell divides. Cells grow.") == ["cell", "Cells"]


def test_neighbours_make_one_range() -> None:
    """Words that stand side by side are marked together."""
    assert marked("guard cells", "Two guard cells open; a guard, then cells.") == ["guard cells", "guard", "cells"]


@given(query=st.text(), text=st.text())
def test_ranges_lie_in_order_within_the_text(query: str, text: str) -> None:
    """Whatever is asked, ranges are inside the text, not empty, and do not overlap."""
    last = 0
    for at in find_highlights(query, text):
        assert last <= at.start < at.end <= len(text)
        last = at.end
