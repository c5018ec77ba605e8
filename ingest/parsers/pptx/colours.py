"""Colours of slides: what a fill is in the end, and on what ground text stands."""

from collections.abc import Mapping

from ingest.parsers.office.ooxml import A, Element, P

_NEAR = 6
"""Steps of 256 by which two colours may differ and look the same."""

_USUAL_MAP = {"bg1": "lt1", "tx1": "dk1", "bg2": "lt2", "tx2": "dk2"}
_WHITE = "FFFFFF"
_FILLS = ("solidFill", "gradFill", "blipFill", "pattFill", "grpFill", "noFill")
_FIRST_BACKGROUND = 1001
"""The first fill of a theme for backgrounds, which is plain (ISO/IEC 29500-1, 19.3.1.3)."""


class Colours:
    """The colours of a theme, by the names that slides call them."""

    def __init__(self, theme: Element | None, master: Element | None) -> None:
        self._named: dict[str, str] = {}
        scheme = theme.find(f"{A}themeElements/{A}clrScheme") if theme is not None else None
        for entry in scheme if scheme is not None else ():
            for colour in entry:
                self._named[entry.tag.removeprefix(A)] = colour.get("lastClr") or colour.get("val", "")
        chosen = master.find(f"{P}clrMap") if master is not None else None
        self._map: Mapping[str, str] = dict(chosen.attrib) if chosen is not None else _USUAL_MAP

    def find(self, holder: Element | None) -> str | None:
        """Give the colour that an element holds, in six hexadecimal digits; None when it is mixed or unknown."""
        if holder is None:
            return None
        plain, named = holder.find(f"{A}srgbClr"), holder.find(f"{A}schemeClr")
        colour = plain if plain is not None else named
        if colour is None or any(change.tag != f"{A}alpha" for change in colour):
            return None
        name = colour.get("val", "")
        found = name if plain is not None else self._named.get(self._map.get(name, name), "")
        return found.upper() if _is_colour(found) else None

    def background(self, *levels: Element | None) -> str | None:
        """Give the plain colour of a slide's ground: its own, else its layout's, else its master's."""
        for level in levels:
            ground = level.find(f"{P}cSld/{P}bg") if level is not None else None
            if ground is None:
                continue
            reference = ground.find(f"{P}bgRef")
            if reference is not None:
                is_plain = reference.get("idx", "") == str(_FIRST_BACKGROUND)
                return self.find(reference) if is_plain else None
            return self.find(ground.find(f"{P}bgPr/{A}solidFill"))
        usual = self._named.get(self._map.get("bg1", "lt1"), _WHITE)
        return usual.upper() if _is_colour(usual) else None


def fill_of(properties: Element | None) -> Element | None:
    """Give the fill that a shape says it has; None where it says nothing."""
    if properties is None:
        return None
    return next((found for name in _FILLS if (found := properties.find(f"{A}{name}")) is not None), None)


def is_clear(fill: Element | None) -> bool:
    """Whether letters of this fill leave no ink: none at all, or wholly transparent."""
    if fill is None:
        return False
    if fill.tag == f"{A}noFill":
        return True
    return any(alpha.get("val") in {"0", "0%"} for alpha in fill.iter(f"{A}alpha"))


def look_alike(one: str, other: str) -> bool:
    """Whether two colours cannot be told apart."""
    return all(abs(a - b) < _NEAR for a, b in zip(bytes.fromhex(one), bytes.fromhex(other), strict=True))


def _is_colour(text: str) -> bool:
    return len(text) == 6 and all(letter in "0123456789abcdefABCDEF" for letter in text)
