"""Writes messages out of the material: lines with slots, put into carriers, with slips of the hand.

In a line `{name}` is one entry of a slot, `[a|b]` is one of several, `_` is nothing. The same seed writes the same.
"""

import hashlib
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

import yaml

from safety.normalise import plain

_LEARNING = ("material", "logistic", "crisis", "orders")
"""The modules here that decide what weights over letters and words become."""
MATERIAL = Path(__file__).parent / "material"
_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_SLOT = re.compile(r"\{(\w+)\}")
_SHORT = {"you": "u", "your": "ur", "because": "cuz", "please": "pls", "are": "r", "my": "me", "and": "n", "to": "2"}
_SLIPPERY = 4
"""Letters that a word must have to be misspelt."""

_Slots: TypeAlias = Mapping[str, Sequence[Any]]


@dataclass(frozen=True)
class Message:
    """A written message: its plain view, the line it came from, and what it is (nothing when harmless)."""

    view: str
    line: str
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Family:
    """Lines of one kind: how often they are used against others, and what they are."""

    lines: tuple[str, ...]
    share: float
    labels: Mapping[str, str]


class Writer:
    """Writes messages of one language of the material."""

    def __init__(self, source: Mapping[str, Any], chance: random.Random) -> None:
        """Use a document of a material file and a source of chance."""
        self.language = str(source["language"])
        self._slots = {**source.get("slots", {}), **source.get("safe_slots", {})}
        self._carriers = source.get("carriers", ["{m}"])
        self._chance = chance
        self.marked = tuple(_families(source.get("marked", source.get("crisis", ()))))
        self.safe = tuple(_families(source["safe"]))
        self._mirror = source.get("mirror", {})
        self.mirrored = tuple(_mirrored(self.marked, self._mirror, source.get("mirror_not", "(?!)")))

    def write(self, families: Sequence[Family], count: int) -> Iterator[Message]:
        """Yield up to about `count` different messages of families, each by its share, its lines equally often."""
        slots = {**self._slots, **self._mirror} if families is self.mirrored else self._slots
        total = sum(family.share for family in families)
        seen = set()
        for family in families:
            each = max(1, round(count * family.share / total / len(family.lines)))
            for line in family.lines:
                for _ in range(each):
                    view = plain(self._slip(self._carried(line, slots)))
                    if view and view not in seen:
                        seen.add(view)
                        yield Message(view, f"{self.language} {line}", family.labels)

    def _carried(self, line: str, slots: _Slots) -> str:
        carrier = self._chance.choice(self._carriers)
        return self._expand(carrier.replace("{m}", self._expand(line, slots)), slots)

    def _expand(self, line: str, slots: _Slots) -> str:
        while True:
            filled = _SLOT.sub(lambda found: str(self._chance.choice(slots[found[1]])), line)
            chosen = _CHOICE.sub(lambda found: self._chance.choice(found[1].split("|")), filled)
            if chosen == line:
                return re.sub(r"(?<!\S)_(?!\S)", " ", line)
            line = chosen

    def _slip(self, text: str) -> str:
        words = text.split(" ")
        if self._chance.random() < 0.25:
            at = self._chance.randrange(len(words))
            words[at] = self._misspelt(words[at])
        if self._chance.random() < 0.12:
            words = [_SHORT.get(word, word) for word in words]
        return " ".join(words)

    def _misspelt(self, word: str) -> str:
        if len(word) < _SLIPPERY:
            return word
        at = self._chance.randrange(1, len(word) - 1)
        kind = self._chance.randrange(3)
        if kind == 0:
            return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        return word[:at] + word[at + 1 :] if kind == 1 else word[:at] + word[at] * 3 + word[at + 1 :]


def read(name: str) -> list[dict[str, Any]]:
    """Read the documents of the material whose files begin with a name."""
    return [document for path in _files(name) for document in yaml.safe_load_all(path.read_text("utf-8")) if document]


def made_from(names: Sequence[str], seed: int, sample: Sequence[Message]) -> str:
    """Hash the material, the code that reads it and learns from it, the seed, and some messages as they are read."""
    from safety import linear

    digest = hashlib.sha256(f"{seed}".encode())
    code = [Path(__file__).parent / f"{name}.py" for name in _LEARNING] + [Path(linear.__file__)]
    for path in [*(path for name in names for path in _files(name)), *code]:
        digest.update(path.read_bytes())
    digest.update("\n".join(message.view for message in sample).encode())
    return digest.hexdigest()


def _files(name: str) -> list[Path]:
    return sorted(MATERIAL.glob(f"{name}*.yaml"))


def _mirrored(families: Sequence[Family], mirror: _Slots, never: str) -> Iterator[Family]:
    """Yield the lines that are harmless once the slots of the mirror are."""
    for family in families:
        lines = [line for line in family.lines if mirror.keys() & set(_SLOT.findall(line))]
        kept = tuple(line for line in lines if not re.search(never, _SLOT.sub("", line)))
        if kept:
            yield Family(kept, float(len(kept)), {})


def _families(entries: Sequence[Mapping[str, Any]]) -> Iterator[Family]:
    for entry in entries:
        labels = {key: str(value) for key, value in entry.items() if key not in {"lines", "share"}}
        yield Family(tuple(entry["lines"]), float(entry.get("share", len(entry["lines"]))), labels)
