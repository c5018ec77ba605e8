"""Cards as they come out of a file, and what could not be read of it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from domain.errors import TooLarge
from domain.hands import OwnCard
from domain.ids import UnitId, stable_id

MOST_CARDS = 5_000
LONGEST_SIDE = 2_000
"""Characters on a side of a card."""

_MOST_TAGS, _LONGEST_TAG = 20, 60
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Brought:
    """The cards of a file. `problems` are sentences for its owner: which row or note gave no card, or not all, and why.

    The cards rest on no reading yet.
    """

    cards: tuple[OwnCard, ...]
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A row or a note on its way to a card. `name` is what its owner can find it by; `key` stays on another export."""

    name: str
    front: str
    back: str
    tags: tuple[str, ...] = ()
    key: tuple[str, ...] = ()


def gather(lines: Iterable[Line], problems: Sequence[str]) -> Brought:
    """Make cards of lines; what is empty, too long, or there already is named. Raises TooLarge for too many."""
    cards: dict[UnitId, OwnCard] = {}
    names: dict[tuple[str, str], str] = {}
    said = list(problems)
    for line in lines:
        front, back = tidy(line.front), tidy(line.back)
        why = _why_not(front, back) or _as_before(names.get((front, back)))
        if why:
            said.append(f"{line.name}: {why}")
            continue
        names[front, back] = line.name
        identifier = UnitId(stable_id("brought", *(line.key or (front, back))))
        if identifier in cards:
            identifier = UnitId(stable_id("brought", *line.key, front, back))
        cards[identifier] = OwnCard(identifier, front, back, _tags(line.tags))
        if len(cards) > MOST_CARDS:
            raise TooLarge(f"This file has more than {MOST_CARDS:,} cards. Bring it along in parts.", field="file")
    return Brought(tuple(cards.values()), tuple(said))


def tidy(text: str) -> str:
    """Give a text without control characters, stray blanks and empty lines; its lines stay lines."""
    lines = (" ".join(line.split()) for line in _UNSEEN.sub("", re.sub("\r\n?", "\n", text)).split("\n"))
    return "\n".join(line for line in lines if line)


def _why_not(front: str, back: str) -> str:
    for side, name in ((front, "front"), (back, "back")):
        if not side:
            return f"it has no {name}."
        if len(side) > LONGEST_SIDE:
            return f"its {name} has more than {LONGEST_SIDE:,} characters."
    return ""


def _as_before(name: str | None) -> str:
    return f"it is the same as {name[0].lower()}{name[1:]}." if name else ""


def _tags(tags: Iterable[str]) -> tuple[str, ...]:
    kept = dict.fromkeys(tidy(tag)[:_LONGEST_TAG] for tag in tags)
    return tuple(tag for tag in kept if tag)[:_MOST_TAGS]
