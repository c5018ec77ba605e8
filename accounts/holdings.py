"""What is held about people, in words: one group for each kind of thing, read from `texts/holdings.yaml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from domain.people import SchoolRules
from safety.retention import list_rules

_TEXTS = Path(__file__).parent / "texts" / "holdings.yaml"

Counts = Mapping[str, tuple[int, datetime | None]]
"""Rows by table, and since when the first is there."""


@dataclass(frozen=True, slots=True)
class Group:
    """A kind of thing as the person reads of it.

    `shows` are the columns of the readable copy, by table, in words; `for_guardians` those of a guardian's.
    """

    key: str
    title: str
    what: str
    purpose: str
    seen_by: str
    counts: tuple[str, ...]
    until: str
    kinds: Mapping[str, str]
    tables: tuple[str, ...]
    shows: Mapping[str, Mapping[str, str]]
    for_guardians: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Held:
    """What is held of one group: how many, since when, and until when, in sentences."""

    group: Group
    count: int
    since: datetime | None
    until: tuple[str, ...]


def list_groups() -> tuple[Group, ...]:
    """Give the groups in the order in which people read them."""
    return tuple(
        Group(key=key, **said | {name: tuple(said[name]) for name in ("counts", "tables")})
        for key, said in _read()["groups"].items()
    )


def counted_names() -> frozenset[str]:
    """Give the names under which an erasure may be counted for others."""
    return frozenset(_read()["words"])


def in_words(counts: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    """Name what is counted for an erasure; what may not be counted for others is left out."""
    words: Mapping[str, str] = _read()["words"]
    return tuple((word, counts[name]) for name, word in words.items() if counts.get(name))


def look_words(name: str) -> str:
    """Name what was looked at, or why, as people read it."""
    words: Mapping[str, str] = _read()["looks"]
    return words.get(name, name.replace("_", " "))


@cache
def _read() -> Mapping[str, Any]:
    import yaml

    content: Mapping[str, Any] = yaml.load(_TEXTS.read_text("utf-8"), Loader=yaml.CSafeLoader)
    return content


def to_held(counts: Counts, rules: SchoolRules) -> tuple[Held, ...]:
    """Give what is held, group by group, leaving out groups of which there is nothing."""
    found = []
    for group in list_groups():
        parts = [counts[table] for table in group.counts if table in counts]
        if parts:
            since = min((begun for _, begun in parts if begun is not None), default=None)
            found.append(Held(group, sum(count for count, _ in parts), since, until_of(group, rules)))
    return tuple(found)


def until_of(group: Group, rules: SchoolRules) -> tuple[str, ...]:
    """Say until when a group's things are kept in a school."""
    sentences = [group.until] if group.until else []
    by_kind = {rule.kind: rule for rule in list_rules()}
    sentences.extend(_say(said, by_kind[kind].days_in(rules)) for kind, said in group.kinds.items())
    return tuple(sentences)


def _say(said: str, days: int) -> str:
    """Fill in the days; `{after}` is for what goes with the event itself when there are none."""
    after = "when" if days == 0 else f"{days} day{'s' if days > 1 else ''} after"
    return said.format(days=days, after=after)
