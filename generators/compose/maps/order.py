"""Keep an order without circles: nothing may come, by any way round, before itself."""

from collections import defaultdict
from collections.abc import Hashable, Sequence
from typing import TypeVar

Thing = TypeVar("Thing", bound=Hashable)


def without_cycles(pairs: Sequence[tuple[Thing, Thing]]) -> list[int]:
    """Give the indexes of the pairs (before, after) to keep, so that no cycle is left.

    Pairs are given strongest first: of every cycle the weakest pair goes, which is the last one to come.
    """
    after: dict[Thing, set[Thing]] = defaultdict(set)
    kept = []
    for index, (first, second) in enumerate(pairs):
        if first != second and not _leads(after, second, first):
            after[first].add(second)
            kept.append(index)
    return kept


def _leads(after: dict[Thing, set[Thing]], start: Thing, goal: Thing) -> bool:
    """Whether a way leads from start to goal."""
    seen = {start}
    waiting = [start]
    while waiting:
        for following in after.get(waiting.pop(), ()):
            if following == goal:
                return True
            if following not in seen:
                seen.add(following)
                waiting.append(following)
    return start == goal
