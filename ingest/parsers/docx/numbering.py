"""Numbers and bullets before the paragraphs of a Word document, counted as Word counts them."""

import re
from dataclasses import dataclass, replace

from ingest.parsers.docx.styles import Styles
from ingest.parsers.office.numbers import spell
from ingest.parsers.office.ooxml import Element, W, whole

BULLET = "•"
KNOWN_BULLETS = frozenset("•◦▪▫■□●○–—-*‣►➢→✓✔✗☐☑")
_LEVELS = 9
_PLACE = re.compile("%([1-9])")
_MOST_LINKS = 5


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level of a list is counted. `pattern` has "%1" where the number of level 1 goes."""

    how: str = "decimal"
    pattern: str = ""
    start: int = 1
    is_legal: bool = False


class Numbering:
    """The lists of a document, and how far each has counted."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._patterns: dict[str, Element] = {}
        self._lists: dict[str, Element] = {}
        self._levels: dict[str, tuple[str, list[_Level]]] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()
        self._styles = styles
        if root is not None:
            for pattern in root.findall(f"{W}abstractNum"):
                self._patterns[pattern.get(f"{W}abstractNumId", "")] = pattern
            for one in root.findall(f"{W}num"):
                self._lists[one.get(f"{W}numId", "")] = one

    def count(self, name: str, depth: int) -> str | None:
        """Count one on in a list and give the mark of the new item; None for what is in no list."""
        if name not in self._lists:
            return None
        pattern, levels = self._find(name)
        counts = self._counts.setdefault(pattern, [None] * _LEVELS)
        self._restart(name, depth, counts)
        current = counts[depth]
        counts[depth] = levels[depth].start if current is None else current + 1
        counts[depth + 1 :] = [None] * (_LEVELS - depth - 1)
        return _mark(levels, counts, depth)

    def depth_of(self, name: str, style: str, default: int) -> int:
        """Give how deep in a list the paragraphs of a style stand; a list may name the styles of its levels."""
        if name not in self._lists:
            return default
        element = self._pattern(_value(self._lists[name], "abstractNumId"))
        for level in element.findall(f"{W}lvl") if element is not None else ():
            if _value(level, "pStyle") == style:
                return min(max(whole(level.get(f"{W}ilvl")), 0), _LEVELS - 1)
        return default

    def _restart(self, name: str, depth: int, counts: list[int | None]) -> None:
        """Begin anew where a list says so that shares its pattern with another."""
        if (name, depth) in self._begun:
            return
        self._begun.add((name, depth))
        for override in self._lists[name].findall(f"{W}lvlOverride"):
            if override.get(f"{W}ilvl") == str(depth) and override.find(f"{W}startOverride") is not None:
                counts[depth:] = [None] * (_LEVELS - depth)

    def _find(self, name: str) -> tuple[str, list[_Level]]:
        if name not in self._levels:
            self._levels[name] = self._read(name)
        return self._levels[name]

    def _read(self, name: str) -> tuple[str, list[_Level]]:
        """Read the levels of a list: those of its pattern, with what the list itself changes."""
        pattern = _value(self._lists[name], "abstractNumId")
        levels = [_Level()] * _LEVELS
        element = self._pattern(pattern)
        if element is not None:
            for level in element.findall(f"{W}lvl"):
                _set_level(levels, level)
        for override in self._lists[name].findall(f"{W}lvlOverride"):
            own = override.find(f"{W}lvl")
            if own is not None:
                _set_level(levels, own)
            start, depth = whole(_value(override, "startOverride"), -1), whole(override.get(f"{W}ilvl"))
            if start >= 0 and 0 <= depth < _LEVELS:
                levels[depth] = replace(levels[depth], start=start)
        return pattern, levels

    def _pattern(self, name: str) -> Element | None:
        """Find a pattern; one may point at a style that points at a list that has another."""
        for _ in range(_MOST_LINKS):
            element = self._patterns.get(name)
            link = _value(element, "numStyleLink") if element is not None else ""
            numbering = self._styles.find(link, "numbering").numbering if link else None
            if numbering is None or numbering[0] not in self._lists:
                return element
            name = _value(self._lists[numbering[0]], "abstractNumId")
        return None


def _set_level(levels: list[_Level], element: Element) -> None:
    depth = whole(element.get(f"{W}ilvl"))
    if not 0 <= depth < _LEVELS:
        return
    legal = element.find(f"{W}isLgl")
    levels[depth] = _Level(
        how=_value(element, "numFmt") or "decimal",
        pattern=_value(element, "lvlText"),
        start=max(whole(_value(element, "start"), 1), 0),
        is_legal=legal is not None and legal.get(f"{W}val", "1") in {"1", "true", "on"},
    )


def _mark(levels: list[_Level], counts: list[int | None], depth: int) -> str:
    """Write the mark of an item: a bullet, or the numbers of its levels."""
    level = levels[depth]
    if level.how == "bullet":
        sign = level.pattern.strip()
        return sign if sign in KNOWN_BULLETS else BULLET
    if level.how == "none":
        return _PLACE.sub("", level.pattern).strip()

    def number(match: re.Match[str]) -> str:
        at = int(match[1]) - 1
        count = counts[at]
        how = "decimal" if level.is_legal else levels[at].how
        return spell(levels[at].start if count is None else count, how)

    return _PLACE.sub(number, level.pattern).strip()


def _value(element: Element, name: str) -> str:
    found = element.find(f"{W}{name}")
    return "" if found is None else found.get(f"{W}val", "")
