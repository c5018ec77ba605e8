"""The product's summaries for `score_generation.py --summary`, from the plain text."""

from typing import Any

from bench.systems.readings import parsed
from generators.compose.summaries.summary import summarise


def summary(text: str, sentences: int) -> list[dict[str, Any]]:
    """At most `sentences` sentences with the spans they come from."""
    return [
        {
            "text": unit.claim.text,
            "source_spans": [[citation.span.start, citation.span.end] for citation in unit.claim.citations],
        }
        for unit in summarise(parsed(text), sentences=sentences)
    ]
