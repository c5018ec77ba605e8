"""Ruled lines that stand together: the frames, grids and level lines that tables are drawn with."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ingest.parsers.pdf.page import Line, Place, around

_NEAR = 3.0
"""Points: rules closer than this meet, or are one."""
_MOST_PIECES = 4_000
_MOST_RULES = 250
"""Charts and maps have more."""
_LEAST_WIDTH = 40.0
_MOST_OF = 0.9


@dataclass(frozen=True, slots=True)
class Ruling:
    """Rules that make up one frame: level ones by their height, upright ones by where they stand.

    `has_inner_level` says that one of them goes right across it.
    """

    place: Place
    levels: tuple[float, ...]
    uprights: tuple[float, ...]
    has_inner_level: bool = False

    @property
    def is_grid(self) -> bool:
        """Whether there are rules within it, both ways."""
        return self.has_inner_level and len(self.edges()) > 2

    @property
    def has_rows(self) -> bool:
        """Whether rules part its rows, and not only its head from its body."""
        return len(self.levels) > 3

    def holds(self, line: Line, within: Place | None = None) -> bool:
        """Whether a line stands within it, or within a part of it."""
        left, low, right, high = within or self.place
        return (
            low <= line.y + line.size / 3 <= high and line.left >= left - 2 * _NEAR and line.right <= right + 2 * _NEAR
        )

    def part(self, levels: Sequence[float]) -> "Ruling":
        """Give the part of it between some of its level rules."""
        return Ruling(
            self.place._replace(low=levels[0], high=levels[-1]), tuple(levels), self.uprights, self.has_inner_level
        )

    def edges(self) -> list[float]:
        """Give where its columns begin and end, if upright rules part them."""
        if not self.uprights:
            return []
        inner = [at for at in self.uprights if self.place.left + _NEAR < at < self.place.right - _NEAR]
        return [self.place.left, *inner, self.place.right]

    def band(self, y: float) -> int:
        """Say between which of its level rules a base line stands, counted from below."""
        return sum(level < y for level in self.levels)

    def parts_head(self, first: float, second: float, last: float) -> bool:
        """Whether a rule stands between two base lines, and rules do not part all rows down to the last."""
        return self.band(first) > self.band(second) and self.band(second) - self.band(last) <= 1


def find_rulings(rules: Sequence[Place]) -> list[Ruling]:
    """Give the frames of a page, from the top down; level rules of one length under each other make one too."""
    if not 2 <= len(rules) <= _MOST_PIECES:
        return []
    levels = _whole([rule for rule in rules if rule.width >= rule.height])
    uprights = [_turned(rule) for rule in _whole([_turned(rule) for rule in rules if rule.width < rule.height])]
    if len(levels) + len(uprights) > _MOST_RULES:
        return []
    found = [*_frames(levels, uprights), *_ladders(levels, uprights)]
    return sorted(found, key=lambda ruling: -ruling.place.high)


def _whole(levels: Iterable[Place]) -> list[Place]:
    """Make one rule of the pieces that a level rule is drawn in."""
    whole: list[Place] = []
    for rule in sorted(levels, key=lambda rule: (round(rule.low), rule.left)):
        before = whole[-1] if whole else None
        if before and abs(before.low - rule.low) <= 1 and rule.left <= before.right + _NEAR:
            whole[-1] = before._replace(right=max(before.right, rule.right))
        else:
            whole.append(rule)
    return whole


def _turned(rule: Place) -> Place:
    return Place(rule.low, rule.left, rule.high, rule.right)


def _frames(levels: Sequence[Place], uprights: Sequence[Place]) -> Iterator[Ruling]:
    """Give groups of rules that meet, with at least two level ones."""
    if not uprights:
        return
    for group in _groups([*levels, *uprights]):
        heights = _apart(rule.low + rule.height / 2 for rule in group if rule.width >= rule.height)
        across = _apart(rule.left + rule.width / 2 for rule in group if rule.width < rule.height)
        place = around(group)
        wide = [rule.low for rule in group if rule.width >= _MOST_OF * place.width]
        is_closed = bool(wide) and max(wide) > place.high - _NEAR and min(wide) < place.low + _NEAR
        if len(heights) >= 2 and across and is_closed:
            yield Ruling(place, tuple(heights), tuple(across), len(_apart(wide)) > 2)


def _ladders(levels: Sequence[Place], uprights: Sequence[Place]) -> Iterator[Ruling]:
    """Give level rules of one length under each other that no upright rule meets."""
    ladders: dict[tuple[int, int], list[Place]] = defaultdict(list)
    for rule in levels:
        if rule.width >= _LEAST_WIDTH and not any(_meet(rule, other) for other in uprights):
            ladders[round(rule.left / _NEAR), round(rule.right / _NEAR)].append(rule)
    for group in ladders.values():
        heights = _apart(rule.low for rule in group)
        if len(heights) >= 2:
            yield Ruling(around(group), tuple(heights), ())


def _groups(rules: list[Place]) -> list[list[Place]]:
    """Group rules that meet, directly or through others."""
    groups: list[list[Place]] = []
    for rule in rules:
        met = [group for group in groups if any(_meet(rule, other) for other in group)]
        joined = [rule, *(other for group in met for other in group)]
        groups = [group for group in groups if not any(group is other for other in met)]
        groups.append(joined)
    return groups


def _meet(one: Place, other: Place) -> bool:
    return (
        one.left - _NEAR <= other.right
        and other.left - _NEAR <= one.right
        and one.low - _NEAR <= other.high
        and other.low - _NEAR <= one.high
    )


def _apart(values: Iterable[float]) -> list[float]:
    """Sort values, those close together as one."""
    kept: list[float] = []
    for value in sorted(values):
        if not kept or value - kept[-1] > _NEAR:
            kept.append(value)
    return kept
