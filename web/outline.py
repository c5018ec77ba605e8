"""The section tree at the side of the study page: open along the way to where the reader is, closed elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.documents import Section


@dataclass(frozen=True, slots=True)
class Branch:
    """A section with the subsections that are shown."""

    section: Section
    is_current: bool
    has_more: bool
    branches: tuple["Branch", ...] = ()


def build_outline(sections: Sequence[Section], current: int | None) -> tuple[Branch, ...]:
    """Show the top sections, and what lies under each section on the way to `current`."""
    tops = _children(sections, 0, len(sections) - 1)
    return _branches(sections, tops, current)


def way_to(sections: Sequence[Section], current: int) -> tuple[Section, ...]:
    """List the sections that hold section `current`, outermost first, without itself."""
    return tuple(s for s in sections[:current] if s.last >= current)


def units_in(sections: Sequence[Section], current: int) -> tuple[Section, ...]:
    """List the sections with study aids inside section `current`; else the one around it that has them."""
    here = sections[current]
    inside = tuple(s for s in sections[current + 1 : here.last + 1] if s.is_unit)
    return inside or tuple(s for s in way_to(sections, current) if s.is_unit)


def _branches(sections: Sequence[Section], among: Sequence[Section], current: int | None) -> tuple[Branch, ...]:
    branches = []
    for section in among:
        is_on_way = current is not None and section.ordinal <= current <= section.last
        below = _children(sections, section.ordinal + 1, section.last)
        is_open = is_on_way or len(among) == 1
        shown = _branches(sections, below, current) if is_open else ()
        branches.append(Branch(section, section.ordinal == current, bool(below), shown))
    return tuple(branches)


def _children(sections: Sequence[Section], first: int, last: int) -> list[Section]:
    found = []
    ordinal = first
    while ordinal <= last:
        found.append(sections[ordinal])
        ordinal = sections[ordinal].last + 1
    return found
