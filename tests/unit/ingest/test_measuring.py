"""How hard a reading is, measured over its running text."""

import pytest

from domain.documents import Heading, Page, Part, PartKind, Range
from ingest.measuring import measure

EASY = "The sun is hot. The sea is wet. We like to run and play in the sand. " * 10
HARD = (
    "Photosynthetic organisms fundamentally transform electromagnetic radiation into chemically stored energy, "
    "notwithstanding considerable environmental variability. "
) * 10


@pytest.mark.parametrize("count", [1, 100])
def test_hard_texts_have_a_higher_grade(count: int) -> None:
    """The grade grows with long sentences and words, however many pages there are; it is never below 0."""
    easy, hard = (measure([Page(number, text) for number in range(1, count + 1)], "en") for text in (EASY, HARD))

    assert easy.level is not None
    assert hard.level is not None
    assert 0 <= easy.level < 3
    assert hard.level > 12
    assert easy.sketch != hard.sketch


@pytest.mark.parametrize(("text", "language"), [(EASY, "de"), ("A few words.", "en"), ("", "en")])
def test_other_languages_and_few_words_have_none(text: str, language: str) -> None:
    """The formula is for English, and says nothing about a line or two."""
    assert measure([Page(1, text)], language).level is None


def test_only_running_text_counts() -> None:
    """Headings, tables and lists have no sentences: they change nothing."""
    table = "Photosynthesis | Electromagnetism\n" * 30
    text = f"Chlorophyll biosynthesis\n\n{EASY}\n\n{table}"
    start = text.index(table)
    page = Page(
        1,
        text,
        headings=(Heading(1, "Chlorophyll biosynthesis", Range(0, 24)),),
        parts=(
            Part(PartKind.TABLE, Range(start, len(text))),
            Part(PartKind.FORMULA, Range(start + 3, start + 9)),
        ),
    )

    assert measure([page], "en").level == measure([Page(1, EASY)], "en").level
