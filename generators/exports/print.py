"""Sheets and cards to cut as PDF, set by Typst with fonts for many scripts; the same aid gives the same bytes."""

import json
import tempfile
from collections.abc import Iterable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from domain.formulas import split_formulas
from domain.material import Flashcard
from generators.exports.origin import Origin
from generators.exports.pictures import picture_of
from generators.exports.sheet import Block, Heading, Lines, Note, Picture, Sheet, Text, is_leftward, one_line
from generators.mathematics import tree_of, typed_in

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_FONT_PACKAGES = ("manimgx_fonts", "noto_cjk_sans_otc")
_SCRIPTS = (
    "Arabic Hebrew Devanagari Bengali Tamil Telugu Gujarati Gurmukhi Kannada Malayalam Oriya Sinhala Thai Lao Khmer "
    "Myanmar Armenian Georgian Ethiopic Symbols"
)
_HAN = {"ja": "JP", "ko": "KR", "zh-tw": "TC", "zh-hk": "HK"}
_ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "image/svg+xml": "svg"}
_WIDE, _NARROW = 1.0, 0.55
"""How much of the line a drawing and a figure take."""

Data = dict[str, object]


def to_pdf(sheet: Sheet) -> bytes:
    """Set a sheet on A4 pages."""
    pictures: dict[str, bytes] = {}
    data: Data = {
        "kind": "sheet",
        "title": _runs(sheet.title),
        "reading": _runs(sheet.reading) if sheet.reading != sheet.title else [],
        "blocks": [_block(block, pictures) for block in sheet.blocks],
        "notes": [_note(note) for note in sheet.notes],
        **_common(sheet.title, sheet.language, is_leftward=sheet.is_leftward),
    }
    return _set(data, pictures)


def cards_to_pdf(title: str, cards: Sequence[Flashcard], origin: Origin) -> bytes:
    """Set cards eight to a page, fronts and backs on pages of their own that meet when printed on both sides.

    The paper turns on its long edge; marks outside the cards show where to cut.
    """
    pictures: dict[str, bytes] = {}
    texts = [text for card in cards for text in (card.front, card.back)]
    data: Data = {
        "kind": "cards",
        "cards": [_card(card, origin, pictures) for card in cards],
        **_common(title, origin.language, is_leftward=is_leftward(*texts)),
    }
    return _set(data, pictures)


def to_png(svg: str) -> bytes:
    """Draw an SVG picture as PNG, at 144 dots an inch."""
    source = '#set page(width: auto, height: auto, margin: 0pt)\n#image("picture.svg")\n'
    return _compile({"main.typ": source.encode(), "picture.svg": svg.encode()}, "png")


def _common(title: str, language: str, *, is_leftward: bool) -> Data:
    han = _HAN.get(language.casefold(), _HAN.get(language[:2].casefold(), "SC"))
    families = ["Noto Sans", *(f"Noto Sans {name}" for name in _SCRIPTS.split()), f"Noto Sans CJK {han}"]
    code = language[:2].casefold()
    is_code = len(code) == len("en") and code.isascii() and code.isalpha()
    return {
        "name": one_line(title),
        "language": code if is_code else "en",
        "leftward": is_leftward,
        "fonts": families,
    }


def _block(block: Block, pictures: dict[str, bytes]) -> Data:
    if isinstance(block, Heading):
        words = _runs(block.words)
        return {"kind": "heading", "level": block.level, "new-page": block.is_on_new_page, "words": words}
    if isinstance(block, Lines):
        return {"kind": "lines", "count": block.count}
    if isinstance(block, Picture):
        width = _WIDE if block.media_type == "image/svg+xml" else _NARROW
        file = _file(block.content, block.media_type, pictures)
        return {"kind": "picture", "file": file, "alt": one_line(block.words), "width": width}
    return _text(block)


def _text(text: Text) -> Data:
    return {
        "kind": "text",
        "words": _runs(text.words),
        "lead": _runs(text.lead),
        "mark": text.mark.value,
        "label": text.label,
        "depth": text.depth,
        "aside": _runs(text.aside) if text.aside else [],
    }


def _note(note: Note) -> Data:
    return {"number": note.number, "place": note.place, "quote": _runs(note.quote)}


def _card(card: Flashcard, origin: Origin, pictures: dict[str, bytes]) -> Data:
    picture = picture_of(card, origin.draw)
    return {
        "front": _runs(card.front),
        "back": _runs(card.back),
        "leftward": is_leftward(card.front, card.back),
        "source": _runs(origin.source_line(card.claim)),
        "front-picture": _file(picture.front, "image/jpeg", pictures) if picture else None,
        "back-picture": _file(picture.back, "image/jpeg", pictures) if picture else None,
        "alt": f"Picture on page {card.picture.page}" if card.picture else "",
    }


def _file(content: bytes, media_type: str, pictures: dict[str, bytes]) -> str:
    name = f"picture{len(pictures)}.{_ENDINGS[media_type]}"
    pictures[name] = content
    return name


def _runs(text: str) -> list[Data]:
    """Give a text as stretches of words, formulas as trees, and formulas that cannot be set as code."""
    return [_formula(piece) if is_formula else {"s": piece} for piece, is_formula in split_formulas(one_line(text))]


def _formula(typed: str) -> Data:
    latex, is_displayed = typed_in(typed)
    tree = tree_of(latex, is_displayed=is_displayed)
    return {"c": latex} if tree is None else {"m": _node(tree), "d": is_displayed}


def _node(element: "Element") -> Data:
    node: Data = {"t": element.tag, "s": (element.text or "").strip() if len(element) == 0 else ""}
    if len(element):
        node["k"] = [_node(child) for child in element]
    if element.get("linethickness", "1")[:1] == "0":
        node["bare"] = True
    return node


def _set(data: Data, pictures: dict[str, bytes]) -> bytes:
    template = Path(__file__).with_name("print.typ").read_bytes()
    inputs = {"main.typ": template, "sheet.json": json.dumps(data).encode(), **pictures}
    return _compile(inputs, "pdf")


def _compile(inputs: dict[str, bytes], form: Literal["pdf", "png"]) -> bytes:
    """Let Typst set `main.typ` in a folder that holds the inputs and nothing else."""
    import typst

    with tempfile.TemporaryDirectory() as folder:
        for name, content in inputs.items():
            Path(folder, name).write_bytes(content)
        main = Path(folder, "main.typ")
        return typst.compile(main, root=Path(folder), format=form, font_paths=list(_font_folders()), ppi=144.0)


def _font_folders() -> Iterable[Path]:
    """Yield where the packaged fonts are; what the machine itself has is used for scripts that they do not hold."""
    for name in _FONT_PACKAGES:
        found = find_spec(name)
        if found is not None and found.origin is not None:
            yield Path(found.origin).parent
