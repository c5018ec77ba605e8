"""The card of words of support: its heading in the text's language, and numbers that a telephone can call."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from safety.wording import heading_of

_NUMBER = re.compile(r"(?<![0-9A-Za-z/.])[+*]?[0-9](?:[0-9 -]*[0-9])?(?![0-9A-Za-z])")
_ADDRESS = re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:)。]")
_FEWEST_DIGITS = 3


@dataclass(frozen=True, slots=True)
class Card:
    """What a card shows; `direction` is `ltr` or `rtl`."""

    heading: str
    language: str
    direction: str
    paragraphs: Sequence[Markup]


def card_of(text: str) -> Card:
    """Lay a supportive text out. Its numbers stand in the paragraphs up to the address of the directory."""
    heading = heading_of(text)
    written = text.split("\n\n")
    last = next((at for at, paragraph in enumerate(written) if _ADDRESS.search(paragraph)), 0)
    paragraphs = [_with_links(one, has_numbers=at < last) for at, one in enumerate(written)]
    return Card(heading.words, heading.language, "rtl" if heading.is_leftward else "ltr", paragraphs)


def _with_links(paragraph: str, *, has_numbers: bool) -> Markup:
    pattern, link = (_NUMBER, _call) if has_numbers else (_ADDRESS, _open)
    pieces, end = Markup(), 0
    for found in pattern.finditer(paragraph):
        pieces += escape(paragraph[end : found.start()]) + link(found[0])
        end = found.end()
    return pieces + escape(paragraph[end:])


def _call(number: str) -> Markup:
    """Let a number be called; fewer than three digits are none."""
    dialled = re.sub(r"[ -]", "", number)
    if len(dialled) < _FEWEST_DIGITS:
        return escape(number)
    return Markup('<a href="tel:{}" dir="ltr">{}</a>').format(dialled, number)


def _open(address: str) -> Markup:
    return Markup('<a href="{0}" rel="noopener noreferrer">{0}</a>').format(address)
