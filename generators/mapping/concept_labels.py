"""How wide a label is, and how it is broken into lines, without a font at hand.

The widths are those of a wide sans serif (about DejaVu Sans), so a label never needs more room than it is given.
All lengths are in pixels at a zoom of 1.
"""

import unicodedata

FONT_SIZE = 14
LINE_HEIGHT = 18
MOST_LINES = 3
WIDEST_LINE = 148
_NARROW = set("iljtfrI.,;:'’!|()[]{}-/ ·")
_WIDE = set("mwMW@%—…")


def measure(text: str) -> float:
    """Give the width of a line of text, rather too much than too little."""
    return sum(_em(character) for character in text) * FONT_SIZE


def wrap(label: str) -> tuple[str, ...]:
    """Break a label into one to three lines that each fit; what does not fit ends in three dots."""
    lines: list[str] = []
    for word in _pieces(label):
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and measure(joined) <= WIDEST_LINE:
            lines[-1] = joined
        else:
            lines.append(word)
    if len(lines) <= MOST_LINES:
        return tuple(lines)
    last = lines[MOST_LINES - 1]
    while measure(last + "…") > WIDEST_LINE:
        last = last[:-1]
    return (*lines[: MOST_LINES - 1], last.rstrip() + "…")


def _pieces(label: str) -> list[str]:
    """Give the words of a label, those too long for a line cut into parts."""
    pieces = []
    for word in label.split():
        rest = word
        while measure(rest) > WIDEST_LINE:
            cut = len(rest) - 1
            while measure(rest[:cut] + "-") > WIDEST_LINE:
                cut -= 1
            pieces.append(rest[:cut] + "-")
            rest = rest[cut:]
        pieces.append(rest)
    return pieces


def _em(character: str) -> float:
    if unicodedata.combining(character):
        return 0.0
    if unicodedata.east_asian_width(character) in {"W", "F"}:
        return 1.05
    if character in _NARROW:
        return 0.42
    if character in _WIDE:
        return 1.0
    if not character.isascii():
        return 0.85
    return 0.78 if character.isupper() else 0.64
