"""Personal data at a place of a text, and how several findings become one list without overlaps."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Found:
    """Personal data at a place of a text."""

    start: int
    end: int
    kind: str


def overlaps(piece: Found, others: Iterable[Found]) -> bool:
    """Tell whether a piece shares a character with one of the others."""
    return any(piece.start < other.end and other.start < piece.end for other in others)


def merged(found: Sequence[Found], text: str) -> list[Found]:
    """Join what overlaps, trimmed of blanks; the first kind named wins, so structured data stays what it is."""
    joined: list[tuple[Found, int]] = []
    for piece, rank in sorted((piece, rank) for rank, piece in enumerate(found)):
        if joined and piece.start < joined[-1][0].end:
            last, place = joined[-1]
            kind = last.kind if place <= rank else piece.kind
            joined[-1] = Found(last.start, max(last.end, piece.end), kind), min(place, rank)
        else:
            joined.append((piece, rank))
    trimmed = (_trimmed(piece, text) for piece, _ in joined)
    return [piece for piece in trimmed if piece.start < piece.end]


def _trimmed(piece: Found, text: str) -> Found:
    words = text[piece.start : piece.end]
    start = piece.start + len(words) - len(words.lstrip())
    return Found(start, max(start, piece.start + len(words.rstrip())), piece.kind)
