"""Flashcards as an Anki package. Notes and deck keep their ids, so importing again updates and never doubles."""

import html
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from domain.formulas import split_formulas
from domain.ids import stable_id
from domain.material import Flashcard

if TYPE_CHECKING:
    import genanki

_LARGEST_ID = 1 << 31
"""Anki keeps deck and note type ids as integers; genanki asks for fewer than 32 bits."""

_STYLE = (
    ".card { font-family: system-ui, sans-serif; font-size: 20px; text-align: center; }\n"
    ".source { margin-top: 2em; font-size: 13px; opacity: 0.75; }"
)


def to_apkg(title: str, cards: Sequence[Flashcard], source: str) -> bytes:
    """Write a deck named `title`; each note says which reading and page it comes from, with the words there."""
    import genanki

    deck = genanki.Deck(_number("deck", title), title)
    note_type = _note_type()
    for card in cards:
        fields = [_field(field) for field in (card.front, card.back, _source(card, source))]
        deck.add_note(genanki.Note(model=note_type, fields=fields, guid=card.id, tags=[card.form.value]))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "cards.apkg"
        genanki.Package(deck).write_to_file(str(path), timestamp=0.0)
        return path.read_bytes()


def _note_type() -> "genanki.Model":
    import genanki

    return genanki.Model(
        _number("note type", "margent card"),
        "Margent card",
        fields=[{"name": "Front"}, {"name": "Back"}, {"name": "Source"}],
        templates=[
            {
                "name": "Card",
                "qfmt": "{{Front}}",
                "afmt": '{{FrontSide}}<hr id="answer">{{Back}}<div class="source">{{Source}}</div>',
            }
        ],
        css=_STYLE,
    )


def _field(text: str) -> str:
    """Write a text as Anki shows it: formulas between the signs that its MathJax looks for."""
    return "".join(_formula(piece) if is_formula else html.escape(piece) for piece, is_formula in split_formulas(text))


def _formula(typed: str) -> str:
    first, last, width = (r"\[", r"\]", 2) if typed.startswith("$$") else (r"\(", r"\)", 1)
    return html.escape(f"{first}{typed[width:-width]}{last}")


def _source(card: Flashcard, reading: str) -> str:
    pages = sorted({citation.span.page for citation in card.claim.citations})
    quote = " … ".join(citation.quote for citation in card.claim.citations)
    return f"{reading}, page {', '.join(map(str, pages))}: “{' '.join(quote.split())}”"


def _number(*parts: str) -> int:
    """Give the same number for the same parts, from 1 to below 2^31."""
    return int(stable_id(*parts), 16) % (_LARGEST_ID - 1) + 1
