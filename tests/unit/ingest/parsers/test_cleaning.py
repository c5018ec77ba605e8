"""Hyphens are judged by the document's own words."""

import pytest

from ingest.parsers.cleaning import Hyphens
from ingest.parsers.pdf.page import Font, Line, PageText, Run


def _page(*texts: str) -> PageText:
    return PageText(1, 600, 800, [Line(text, 0, 0, 0, [Run(0, len(text), Font(), 10)]) for text in texts])


WORDS = "photosynthesis is well-known and so on; long term plans need long thinking, term by term, long term"


@pytest.mark.parametrize(
    ("before", "after", "between"),
    [
        ("the photosyn", "thesis of plants", ""),
        ("a well", "known plant", "-"),
        ("the chloro", "plast", ""),
        ("a long", "term plan", "-"),
        ("in Baden", "Württemberg", "-"),
        ("the UNES", "CO list", ""),
        ("pages 12", "14 of it", "-"),
        ("after a dash", "…", "-"),
    ],
)
def test_a_hyphen_stays_only_where_the_word_has_one(before: str, after: str, between: str) -> None:
    """Known words are mended, compounds and names keep their hyphen."""
    hyphens = Hyphens([_page(WORDS)])

    assert hyphens.join(before, after) == between
