"""The reading level's figures: the product's grade, and Flesch-Kincaid beside it."""

from domain.readability import flesch_kincaid
from generators.compose.easier.reading_level import grade


def level(text: str) -> float:
    """Give the school grade of a text."""
    return grade(text)


def plain_formula(text: str) -> float:
    """Give the Flesch-Kincaid grade of a text."""
    return flesch_kincaid(text)
