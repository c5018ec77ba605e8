"""The phrases of orders to the machine, read from the files of `injection_grammar/`.

A phrase is words with blanks between: `(a|b c)` is either, `{name}` one of a class, a trailing `?` makes it
optional, `~` stands for up to four other words and `~~` for up to twenty, `/` for the end of a sentence, `^` for the
beginning of the text.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from pathlib import Path
from typing import Any

from safety.normalise import END, plain

_PART = re.compile(r"\([^)]*\)\??|\S+")
_GAPS = {"~": (4, 12), "~~": (20, 40)}
"""How many words a gap may be, and how many letters in a language that writes without blanks."""


@dataclass(frozen=True)
class Pattern:
    """One phrase of a rule: how sure it is by itself (0 to 1), which other rules it halves, words that a match has.

    A match has one of `heads`, and in fact one of each set in `needs`.
    """

    kind: str
    weight: float
    calms: frozenset[str]
    heads: tuple[str, ...]
    needs: tuple[frozenset[str], ...]
    source: str

    def find(self, view: str) -> Iterator[int]:
        """Yield where the phrase begins in a view that has a blank at either end."""
        return (found.start() for found in self._compiled.finditer(view))

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self.source)


@dataclass(frozen=True)
class OrderGrammar:
    """The orders of one language, and the phrases that only sound like orders."""

    language: str
    is_spaced: bool
    patterns: tuple[Pattern, ...]
    idioms: re.Pattern[str]
    spelling: Mapping[str, str]

    def find(self, view: str) -> Iterator[tuple[Pattern, int]]:
        """Yield each phrase that stands in a plain view, with its place."""
        if not self.is_spaced:
            if view.isascii():
                return
            text = view.replace(" ", "")
            letters = frozenset(text)
            for pattern, firsts in zip(self.patterns, self._letters, strict=True):
                if not firsts.isdisjoint(letters) and any(head in text for head in pattern.heads):
                    yield from ((pattern, at) for at in pattern.find(text))
            return
        # one word may be spelt as two
        text = " ".join([self.spelling.get(word, word) for word in view.split()]) if self.spelling else view
        possible = self._possible(text.split())
        if not possible:
            return
        text, replaced = self.idioms.subn("_ ", f" {' '.join(text.split())} ")
        for pattern in self._possible(text.split()) if replaced else possible:
            yield from ((pattern, at) for at in pattern.find(text))

    def _possible(self, words: Sequence[str]) -> list[Pattern]:
        """List the phrases whose every needed place has its words here: few, and the rest need not be looked for."""
        seen = frozenset(words)
        near = {number for word in self._heads & seen for number in self._by_head[word]}
        near = {number for number in near if not any(first.isdisjoint(seen) for first in self._firsts[number])}
        if not near:
            return []
        lengths = self._lengths
        runs = {
            " ".join(words[at : at + length])
            for at, word in enumerate(words)
            if word in lengths
            for length in lengths[word]
        }
        runs |= seen
        return [
            self.patterns[at] for at in sorted(near) if not any(one.isdisjoint(runs) for one in self.patterns[at].needs)
        ]

    @cached_property
    def _letters(self) -> list[frozenset[str]]:
        """The first letters of the heads of each phrase."""
        return [frozenset(head[0] for head in one.heads) for one in self.patterns]

    @cached_property
    def _firsts(self) -> list[list[frozenset[str]]]:
        """The first words of what each phrase needs."""
        return [[frozenset(text.split()[0] for text in need) for need in one.needs] for one in self.patterns]

    @cached_property
    def _lengths(self) -> Mapping[str, frozenset[int]]:
        """How many words the texts have that begin with a word and are needed somewhere, if more than one."""
        texts = {tuple(text.split()) for one in self.patterns for need in one.needs for text in need}
        found: dict[str, set[int]] = {}
        for text in texts:
            if text[1:]:
                found.setdefault(text[0], set()).add(len(text))
        return {first: frozenset(lengths) for first, lengths in found.items()}

    @cached_property
    def _heads(self) -> frozenset[str]:
        return frozenset(self._by_head)

    @cached_property
    def _by_head(self) -> Mapping[str, list[int]]:
        found: dict[str, list[int]] = {}
        for number, pattern in enumerate(self.patterns):
            for head in pattern.heads:
                found.setdefault(head.split()[0], []).append(number)
        return found


def load_orders(folder: Path) -> tuple[OrderGrammar, ...]:
    """Read every grammar of a folder, in the order of their names."""
    import yaml

    sources = (path.read_text("utf-8") for path in sorted(folder.glob("*.yaml")))
    return tuple(_grammar(part) for source in sources for part in yaml.load_all(source, Loader=yaml.CSafeLoader))


def _grammar(source: Mapping[str, Any]) -> OrderGrammar:
    is_spaced = source.get("is_spaced", True)
    classes: dict[str, tuple[str, ...]] = {}
    for name, choices in source.get("words", {}).items():
        classes[name] = tuple(dict.fromkeys(text for choice in choices.split("|") for text in _expand(choice, classes)))
    written = [
        (rule, [_element(p, classes) for p in _PART.findall(phrase)])
        for rule in source["rules"]
        for phrase in rule["phrases"]
    ]
    counts = Counter(word for _, elements in written for element in elements for word in element.first_words)
    patterns = [
        Pattern(
            kind=rule["name"],
            weight=rule["weight"],
            calms=frozenset(rule.get("calms", ())),
            heads=_heads(elements, counts),
            needs=tuple(frozenset(element.alternatives) for element in _needed(elements)),
            source=_regex(elements, is_spaced=is_spaced),
        )
        for rule, elements in written
    ]
    idioms = [
        _regex([_element(p, classes) for p in _PART.findall(i)], is_spaced=is_spaced) for i in source.get("idioms", [])
    ]
    return OrderGrammar(
        language=source["language"],
        is_spaced=is_spaced,
        patterns=tuple(patterns),
        idioms=re.compile("|".join(idioms) or "(?!)"),
        spelling=source.get("spelling", {}),
    )


@dataclass(frozen=True, slots=True)
class _Element:
    """A place in a phrase: its alternatives, or a mark (a gap, an end, the beginning)."""

    alternatives: tuple[str, ...] = ()
    is_optional: bool = False
    mark: str = ""

    @property
    def first_words(self) -> list[str]:
        return sorted({alternative.split()[0] for alternative in self.alternatives})


def _element(part: str, classes: Mapping[str, tuple[str, ...]]) -> _Element:
    if part in {"~", "~~", "/", "^"}:
        return _Element(mark=part)
    bare = part.removesuffix("?")
    choices = bare.removeprefix("(").removesuffix(")").split("|")
    found = tuple(text for choice in choices for text in _expand(choice, classes))
    if not all(found):
        raise ValueError(f"a phrase has an empty choice: {part}")
    return _Element(found, is_optional=part != bare)


def _expand(text: str, classes: Mapping[str, tuple[str, ...]]) -> list[str]:
    parts = [classes[part[1:-1]] if part.startswith("{") else (plain(part),) for part in text.split()]
    return [" ".join(choice) for choice in product(*parts)]


def _heads(elements: Sequence[_Element], counts: Counter[str]) -> tuple[str, ...]:
    return min(_needed(elements), key=lambda element: sum(counts[word] for word in element.first_words)).alternatives


def _needed(elements: Sequence[_Element]) -> list[_Element]:
    return [element for element in elements if element.alternatives and not element.is_optional]


def _regex(elements: Sequence[_Element], *, is_spaced: bool) -> str:
    writer = _Spaced() if is_spaced else _Unspaced()
    return writer.begin + "".join(_part(element, writer) for element in elements)


def _part(element: _Element, writer: "_Spaced | _Unspaced") -> str:
    if element.mark in _GAPS:
        return writer.gap(*_GAPS[element.mark])
    if element.mark:
        return writer.end if element.mark == "/" else writer.start
    texts = sorted(element.alternatives, key=len, reverse=True)
    return f"(?:{'|'.join(writer.words(text) for text in texts)}){'?' if element.is_optional else ''}"


class _Spaced:
    """Writes for a view with a blank after each word."""

    begin = r"(?<=\s)"
    start = r"(?<=\A\s)"
    end = rf"{re.escape(END)} "

    def gap(self, words: int, _letters: int) -> str:
        return rf"(?:(?!{re.escape(END)})\S+ ){{0,{words}}}?"

    def words(self, text: str) -> str:
        return re.escape(text).replace(r"\ ", " ") + " "


class _Unspaced:
    """Writes for a view without blanks."""

    begin = ""
    start = r"\A"
    end = re.escape(END)

    def gap(self, _words: int, letters: int) -> str:
        return rf"[^{END}]{{0,{letters}}}?"

    def words(self, text: str) -> str:
        return re.escape(text.replace(" ", ""))
