"""The product's terms for `score_generation.py --keyphrases`, from the plain text."""

from bench.systems.readings import parsed
from generators.compose.terms.terms import find_terms


def keyphrases(text: str, limit: int) -> list[str]:
    """List the labels of the likeliest terms, best first."""
    return [term.label for term in find_terms(parsed(text), limit=limit)]
