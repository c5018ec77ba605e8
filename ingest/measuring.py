"""What is measured of a whole reading, beside its words: how hard it is to read, and a sketch to find its like."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.documents import Page
from domain.readability import flesch_kincaid
from ingest.likeness import sketch

_SAMPLES = 40
_SAMPLE_CHARACTERS = 1_500
_FEWEST_WORDS = 100
_DIGITS = 1


@dataclass(frozen=True, slots=True)
class Measures:
    """`level` is a school grade (Flesch-Kincaid), None for what is not English or too short to say."""

    level: float | None
    sketch: tuple[int, ...]


def measure(pages: Sequence[Page], language: str) -> Measures:
    """Measure a reading."""
    return Measures(_level(pages) if language == "en" else None, sketch(pages))


def _level(pages: Sequence[Page]) -> float | None:
    """Give the grade of the running text of up to 40 pages, evenly spread."""
    step = max(len(pages) / _SAMPLES, 1.0)
    chosen = [pages[int(index * step)] for index in range(min(len(pages), _SAMPLES))]
    text = "\n\n".join(_running_text(page)[:_SAMPLE_CHARACTERS] for page in chosen)
    return round(max(flesch_kincaid(text), 0.0), _DIGITS) if len(text.split()) >= _FEWEST_WORDS else None


def _running_text(page: Page) -> str:
    """Give the text without headings, tables, lists and the like: they have no sentences."""
    gaps = sorted([heading.at for heading in page.headings] + [part.at for part in page.parts])
    kept, start = [], 0
    for gap in gaps:
        kept.append(page.text[start : max(gap.start, start)])
        start = max(start, gap.end)
    return "\n\n".join((*kept, page.text[start:]))
