"""Flashcards as tables that a spreadsheet opens without running anything: values apart by commas or by tabs."""

import csv
import io
from collections.abc import Sequence

from domain.material import Flashcard
from generators.exports.origin import Origin
from generators.exports.sheet import one_line, pages_of

_HEADER = ("front", "back", "term", "form", "reading", "page", "source", "whose words")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""What a spreadsheet reads as the start of a formula, in full width too."""


def to_csv(cards: Sequence[Flashcard], origin: Origin) -> str:
    """Write one row a card, with a header. Cells that a spreadsheet would take for a formula get a quote in front."""
    return _write(cards, origin, ",")


def to_tsv(cards: Sequence[Flashcard], origin: Origin) -> str:
    """Write the same with tabs between the cells."""
    return _write(cards, origin, "\t")


def _write(cards: Sequence[Flashcard], origin: Origin, delimiter: str) -> str:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(_HEADER)
    for card in cards:
        pages = ", ".join(map(str, pages_of([card.claim])))
        quote = " … ".join(one_line(citation.quote) for citation in card.claim.citations)
        readings = "; ".join(dict.fromkeys(origin.name_of(one.span.document_id) for one in card.claim.citations))
        row = (card.front, card.back, card.term, card.form.value, readings, pages, quote, origin.credit(card.claim))
        writer.writerow([_defuse(cell.replace("\x00", "")) for cell in row])
    return text.getvalue()


def _defuse(cell: str) -> str:
    """Put a quote before what a spreadsheet would run; leading blanks do not hide a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) or cell.lstrip().startswith(_FORMULA) else cell
