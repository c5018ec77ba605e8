"""Anki's gaps, `{{c1::answer::hint}}`: one card for each number, the others filled in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

GAP = "_____"

_OPENS = re.compile(r"\{\{c(\d{1,3})::")
_PIECES = re.compile(r"\{\{c\d{1,3}::|\}\}")
_DEEPEST = 8


@dataclass(frozen=True, slots=True)
class Gapped:
    """A text with the gaps of one number, and what stood in them."""

    number: int
    front: str
    back: str


def has_gaps(text: str) -> bool:
    """Whether a text has a gap."""
    return _OPENS.search(text) is not None


def list_gapped(text: str) -> Iterator[Gapped]:
    """Yield the text once for each number of its gaps, lowest first."""
    for number in sorted({int(found[1]) for found in _OPENS.finditer(text)}):
        answers: list[str] = []
        front = _fill(text, number, answers)
        yield Gapped(number, front, "; ".join(dict.fromkeys(answers)))


def filled(text: str) -> str:
    """Write a text with every gap filled."""
    return _fill(text, -1, [])


def _fill(text: str, number: int, answers: list[str]) -> str:
    """Write a text with its gaps of a number open and the others filled; collect what stands in the open ones."""
    # each open gap holds its number and what was written before it
    stack: list[tuple[int, str]] = []
    written, at = "", 0
    for found in _PIECES.finditer(text):
        written += text[at : found.start()]
        at = found.end()
        opened = _OPENS.fullmatch(found[0])
        if opened is not None and len(stack) < _DEEPEST:
            stack.append((int(opened[1]), written))
            written = ""
        elif opened is None and stack:
            of, before = stack.pop()
            answer, _, hint = written.partition("::")
            if of == number:
                answers.append(answer)
                answer = f"{GAP} ({hint})" if hint else GAP
            written = before + answer
        else:
            written += found[0]
    for _, before in reversed(stack):
        written = before + written
    return written + text[at:]
