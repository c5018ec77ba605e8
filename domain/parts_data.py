"""Parts, boxes and what was dropped as plain data, for the parsing process to say and for the store to keep."""

from collections.abc import Iterable, Sequence
from typing import Any

from domain.documents import MOST_LEFT_OUT, Box, Dropped, Label, Part, PartKind, Range, WordBox

_FRACTION_DIGITS = 4
"""A ten-thousandth of a page is finer than any line."""


def part_to_data(part: Part) -> dict[str, Any]:
    """Turn a part into plain data; what is not set is left out."""
    data: dict[str, Any] = {"kind": part.kind.value, "at": _pair(part.at)}
    if part.rows:
        data["rows"] = [[_pair(cell) for cell in row] for row in part.rows]
    if part.box is not None:
        data["box"] = _rounded(part.box)
    if part.seconds is not None:
        data["seconds"] = list(part.seconds)
    if part.labels:
        data["labels"] = [[label.text, *_rounded(label.box)] for label in part.labels]
    set_ones = {"heads": part.heads, "label": part.label, "source": part.source}
    return data | {name: value for name, value in set_ones.items() if value}


def part_from_data(data: dict[str, Any]) -> Part:
    """Turn plain data back into a part."""
    begin_end = data.get("seconds")
    return Part(
        kind=PartKind(data["kind"]),
        at=Range(*data["at"]),
        rows=tuple(tuple(Range(*cell) for cell in row) for row in data.get("rows", ())),
        heads=data.get("heads", 0),
        label=data.get("label", ""),
        source=data.get("source", ""),
        box=Box(*data["box"]) if "box" in data else None,
        seconds=(begin_end[0], begin_end[1]) if begin_end else None,
        labels=tuple(Label(text, Box(*edges)) for text, *edges in data.get("labels", ())),
    )


def boxes_to_data(boxes: Iterable[WordBox]) -> list[list[float]]:
    """Turn the places of words into rows of six numbers."""
    return [[*_pair(one.at), *_rounded(one.box)] for one in boxes]


def boxes_from_data(rows: Iterable[Sequence[float]]) -> tuple[WordBox, ...]:
    """Turn rows of six numbers back into places of words."""
    return tuple(WordBox(Range(int(row[0]), int(row[1])), Box(*row[2:])) for row in rows)


def dropped_to_data(dropped: Iterable[Dropped]) -> list[list[Any]]:
    """Turn what was dropped into plain data."""
    return [[one.code, one.count, one.example, one.text] for one in dropped]


def dropped_from_data(rows: Iterable[Sequence[Any]]) -> tuple[Dropped, ...]:
    """Turn plain data back into what was dropped; rows of three values have no text, and no text is too long."""
    return tuple(Dropped(*row[:3], *(text[:MOST_LEFT_OUT] for text in row[3:4])) for row in rows)


def _pair(at: Range) -> list[int]:
    return [at.start, at.end]


def _rounded(box: Box) -> list[float]:
    return [round(edge, _FRACTION_DIGITS) for edge in (box.left, box.top, box.right, box.bottom)]
