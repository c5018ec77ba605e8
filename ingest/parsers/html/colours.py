"""Colours as style sheets write them, and whether letters stand out from what lies behind them."""

import re

Colour = tuple[float, float, float, float]
"""Red, green and blue (0 to 255), and how much of it covers what lies behind (0 to 1)."""

WHITE: Colour = (255, 255, 255, 1)
BLACK: Colour = (0, 0, 0, 1)
TRANSPARENT: Colour = (0, 0, 0, 0)

_HEX = re.compile(r"#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})")
_PARTS = r"(\d*\.?\d+%?)[\s,]+(\d*\.?\d+%?)[\s,]+(\d*\.?\d+%?)(?:[\s,/]+(\d*\.?\d+%?))?"
_RGB = re.compile(rf"rgba?\(\s*{_PARTS}\s*\)")
_TOKEN = re.compile(r"[\w#.%-]+(?:\([^()]*(?:\([^()]*\)[^()]*)*\))?")
_PICTURE = re.compile(r"url\(|gradient\(|image|element\(|cross-fade\(|paint\(")
_LEAST_DIFFERENCE = 25
"""Of any of red, green and blue, between letters that people see and what lies behind them."""


def read_colour(text: str) -> Colour | None:
    """Read a colour; None for what is none, or is known only in the browser."""
    text = text.strip().lower()
    if text == "transparent":
        return TRANSPARENT
    if _HEX.fullmatch(text):
        digits = text[1:] if len(text) > 5 else "".join(digit * 2 for digit in text[1:])
        red, green, blue, cover = (int((digits + "ff")[at : at + 2], 16) for at in (0, 2, 4, 6))
        return red, green, blue, cover / 255
    if found := _RGB.fullmatch(text):
        return _number(found[1], 255), _number(found[2], 255), _number(found[3], 255), _number(found[4] or "1", 1)
    if not text.isascii() or not (text.isalpha() or text.startswith("hsl")):
        return None
    from PIL.ImageColor import getrgb

    try:
        named = getrgb(text)
    except ValueError:
        return None
    return float(named[0]), float(named[1]), float(named[2]), 1


def read_background(text: str) -> Colour | None:
    """Read the colour of a background; None where it is a picture or unknown, TRANSPARENT where nothing is set."""
    text = text.strip().lower()
    if _PICTURE.search(text):
        return None
    for token in _TOKEN.findall(text):
        if token.startswith(
            ("var(", "currentcolor", "oklch(", "oklab(", "lab(", "lch(", "color", "hwb(", "light-dark(")
        ):
            return None
        if colour := read_colour(token):
            return colour
    return TRANSPARENT


def lay_over(colour: Colour, behind: Colour) -> Colour:
    """Give what is seen of a colour that lets through what lies behind it."""
    cover = colour[3]
    red, green, blue = (cover * one + (1 - cover) * other for one, other in zip(colour[:3], behind[:3], strict=True))
    return red, green, blue, 1


def stands_out(colour: Colour, behind: Colour) -> bool:
    """Whether people see letters of a colour on another."""
    seen = lay_over(colour, behind)
    return any(abs(one - other) >= _LEAST_DIFFERENCE for one, other in zip(seen[:3], behind[:3], strict=True))


def _number(text: str, whole: float) -> float:
    value = float(text.rstrip("%"))
    return min(value / 100 * whole if text.endswith("%") else value, whole)
