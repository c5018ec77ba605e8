"""Flashcards as comma-separated values that a spreadsheet opens without running anything."""

import csv
import io
from collections.abc import Sequence

from domain.material import Flashcard

_HEADER = ("front", "back", "term", "form", "page", "source")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def to_csv(cards: Sequence[Flashcard]) -> str:
    """Write one row a card, with a header. Cells that a spreadsheet would take for a formula get a quote in front."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(_HEADER)
    for card in cards:
        page = ", ".join(str(page) for page in sorted({citation.span.page for citation in card.claim.citations}))
        quote = " … ".join(" ".join(citation.quote.split()) for citation in card.claim.citations)
        row = (card.front, card.back, card.term, card.form.value, page, quote)
        writer.writerow([_defuse(cell) for cell in row])
    return text.getvalue()


def _defuse(cell: str) -> str:
    """Put a quote before what a spreadsheet would run; leading blanks do not hide a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) or cell.lstrip().startswith(_FORMULA) else cell
