"""Flashcards as an Anki package. Notes and deck keep their ids, so importing again updates and never doubles."""

import html
import re
import tempfile
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from domain.formulas import split_formulas
from domain.ids import stable_id
from domain.material import CardForm, Flashcard
from generators.exports.aid import Aid
from generators.exports.origin import Origin
from generators.exports.packing import repack
from generators.exports.pictures import Draw, picture_of
from generators.exports.sheet import is_leftward, one_line, printable
from generators.mathematics import typed_in

if TYPE_CHECKING:
    import genanki

_LARGEST_ID = 1 << 31
"""Anki keeps deck and note type ids as integers; genanki asks for fewer than 32 bits."""

_GAP = re.compile(r"_{3,}")
_SOURCE = '<div class="source">{{Source}}</div>'
_STYLE = (
    ".card { font-family: system-ui, sans-serif; font-size: 20px; text-align: center; }\n"
    ".cloze { font-weight: bold; }\n"
    "img { max-width: 100%; }\n"
    ".source { margin-top: 2em; font-size: 13px; opacity: 0.75; }"
)


def to_apkg(deck: Aid, origin: Origin) -> bytes:
    """Write a deck; each note says which reading and page it comes from, with the words there.

    Anki takes a note over an older one of the same id when it was changed later: the time of a note is that of the
    study aid, one second on for every version of it.
    """
    import genanki

    cards = [unit for unit in deck.units if isinstance(unit, Flashcard)]
    changed_at = deck.created_at.timestamp() + deck.version
    written = genanki.Deck(
        _number("deck", deck.document_id or deck.id, deck.section), one_line(_title(deck, origin.reading))
    )
    types = _basic_type(), _cloze_type()
    with tempfile.TemporaryDirectory() as folder:
        media: list[str] = []
        for card in cards:
            pictures = tuple(_keep_pictures(card, origin.draw, Path(folder)))
            if card.picture is not None and not pictures:
                continue  # what is covered in a figure cannot be asked without it
            media += pictures
            written.add_note(_note(card, origin, types, [Path(one).name for one in pictures]))
        package = genanki.Package(written)
        package.media_files = list(dict.fromkeys(media))
        path = Path(folder) / "cards.apkg"
        package.write_to_file(str(path), timestamp=changed_at)
        return repack(path.read_bytes())


def _title(deck: Aid, reading: str) -> str:
    """Name the deck by reading and section, one below the other in Anki; a title's own colons open no level."""
    parts = (reading,) if deck.section is None else (reading, deck.title)
    return "::".join(re.sub(":{2,}", ":", part).strip(":") or "–" for part in parts)


def _basic_type() -> "genanki.Model":
    import genanki

    return genanki.Model(
        _number("note type", "margent card"),
        "Margent card",
        fields=[{"name": "Front"}, {"name": "Back"}, {"name": "Source"}],
        templates=[
            {"name": "Card", "qfmt": "{{Front}}", "afmt": '{{FrontSide}}<hr id="answer">{{Back}}' + _SOURCE},
        ],
        css=_STYLE,
    )


def _cloze_type() -> "genanki.Model":
    import genanki

    return genanki.Model(
        _number("note type", "margent cloze"),
        "Margent cloze",
        model_type=genanki.Model.CLOZE,
        fields=[{"name": "Text"}, {"name": "Back Extra"}, {"name": "Source"}],
        templates=[{"name": "Cloze", "qfmt": "{{cloze:Text}}", "afmt": "{{cloze:Text}}<br>{{Back Extra}}" + _SOURCE}],
        css=_STYLE,
    )


def _note(
    card: Flashcard, origin: Origin, types: "tuple[genanki.Model, genanki.Model]", pictures: Sequence[str]
) -> "genanki.Note":
    import genanki

    basic, cloze = types
    source = _field(origin.source_line(card.claim))
    filled = _filled(card)
    if filled is not None and not pictures:
        return genanki.Note(model=cloze, fields=[filled, "", source], guid=card.id, tags=[card.form.value])
    front, back = _field(card.front), _field(card.back)
    if pictures:
        front, back = (f'<img src="{name}"><br>{side}' for name, side in zip(pictures, (front, back), strict=True))
    return genanki.Note(model=basic, fields=[front, back, source], guid=card.id, tags=[card.form.value])


def _filled(card: Flashcard) -> str | None:
    """Give the text of a card with its gaps filled as Anki writes a cloze, or None where it is not one."""
    if card.form is not CardForm.CLOZE or not _GAP.search(card.front) or not card.back.strip():
        return None
    # Anki looks for these signs before a browser reads the entities; so the words can hold them
    hidden = _field(card.back, turned=False).replace("}", "&#125;").replace(":", "&#58;")
    before = [_field(part, turned=False).replace("{{", "&#123;&#123;") for part in _GAP.split(card.front)]
    return _turned(f"{{{{c1::{hidden}}}}}".join(before), card.front)


def _keep_pictures(card: Flashcard, draw: Draw, folder: Path) -> Iterator[str]:
    """Write the pictures of a card's two sides into a folder, named by what they show, and yield their paths."""
    picture = picture_of(card, draw)
    if picture is not None:
        for content in (picture.front, picture.back):
            path = folder / f"margent-{sha256(content).hexdigest()[:24]}.jpg"
            path.write_bytes(content)
            yield str(path)


def _field(text: str, *, turned: bool = True) -> str:
    """Write a text as Anki shows it: formulas between the signs that its MathJax looks for."""
    pieces = split_formulas(printable(text))
    written = "".join(_formula(piece) if is_formula else html.escape(piece) for piece, is_formula in pieces)
    return _turned(written, text) if turned else written


def _turned(written: str, text: str) -> str:
    return f'<div dir="rtl">{written}</div>' if is_leftward(text) else written


def _formula(typed: str) -> str:
    latex, is_displayed = typed_in(typed)
    first, last = (r"\[", r"\]") if is_displayed else (r"\(", r"\)")
    return html.escape(f"{first}{latex}{last}")


def _number(*parts: object) -> int:
    """Give the same number for the same parts, from 1 to below 2^31."""
    return int(stable_id(*parts), 16) % (_LARGEST_ID - 1) + 1
