"""Pictures of office files: what they are said to show, and the caption that belongs to them."""

import re
from dataclasses import dataclass, replace

from domain.documents import Part, PartKind, Range
from ingest.parsers.flow import Block
from ingest.parsers.office.text import Tally, clean

_MADE_BY_MACHINE = re.compile(
    r"\s*(?:description automatically generated(?: with [\w-]+ confidence)?|automatisch generierte beschreibung"
    r"|description générée automatiquement|descripción generada automáticamente"
    r"|[^.。]*\b(?:ai|ki|ia)\b[- ]*(?:generated|generiert|generad|généré|gerad)[^.。]*"
    r"|\bai ?(?:生成|によって生成)[^.。]*"
    r"|[^.。]*(?:généré|generad|gerad)\w* (?:par|por) (?:l['’])?ia\b[^.。]*)[.。]?\s*$",
    re.IGNORECASE,
)
_SAYS_NOTHING = re.compile(
    r"(?:picture|image|grafik|bild|img|imagen|immagine|afbeelding|screenshot|screen shot|photo|foto|shape|object|logo"
    r"|diagram|chart|content placeholder|placeholder|google shape|рисунок|图片|図|그림)?[\s_;:\-\d.]*"
    r"|(?:\S+[/\\])?\S+\.(?:png|jpe?g|gif|bmp|emf|wmf|svg|tiff?|webp)",
    re.IGNORECASE,
)
PICTURE = "picture_without_caption"
"""The code of pictures that nothing in the file describes."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture: the part of the file that holds it, and what the file says that it shows (may be empty)."""

    source: str
    alt: str


def clean_alt(text: str) -> str:
    """Give what a picture is said to show; empty where that is a file's name, a number or nothing."""
    words = _MADE_BY_MACHINE.sub("", _MADE_BY_MACHINE.sub("", " ".join(clean(text).split())))
    return "" if _SAYS_NOTHING.fullmatch(words) else words


def describe(figure: Figure, tally: Tally) -> Block | None:
    """Give a picture's words a paragraph of their own; one without words is counted instead."""
    if not figure.alt:
        tally.add(PICTURE, figure.source)
        return None
    part = Part(PartKind.FIGURE, Range(0, len(figure.alt)), label=figure.alt, source=figure.source)
    return Block(figure.alt, parts=(part,))


def caption(block: Block, figure: Figure) -> Block:
    """Tie a caption to its picture."""
    part = Part(PartKind.FIGURE, Range(0, len(block.text)), label=figure.alt, source=figure.source)
    return replace(block, parts=(part, *block.parts))
