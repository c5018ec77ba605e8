"""Tells what somebody says of themselves in a file, whose words are mostly somebody else's: a book's, a lesson's.

English says "I" for that; a letter in a formula says it not. Other languages often leave the person out: there a
window counts that is mostly made of words which people use when they speak of danger, and none of a lesson's.
"""

import re
from collections.abc import Collection, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property

from safety.classifier import kind_of
from safety.known_words import WORDS_OF
from safety.phrases import Grammar

_ME = frozenset(["me", "my", "myself", "mine", "im", "ive"])
_NO_VERB = """
in to of on at by for from with and or if then as is are be the an that where such so we it this
"""
_NO_VERBS = frozenset(_NO_VERB.split())
"""Words that follow a letter `i` of a formula, and hardly ever follow the person."""

_MOSTLY = 0.5
"""The part of a window's words, where words stand apart, that must be of a grammar."""

_SAYING = 0.4
"""The part of those that say something that must be."""

_COVERED = 0.3
"""The part of its letters that must be, where words are written together."""

_TELLING = 4
"""Letters from which on a word that is none of the commonest says something."""


def says_i(words: Sequence[str]) -> bool:
    """Whether the words of a plain view have the writer in them."""
    return not _ME.isdisjoint(words) or any(
        word == "i" and _is_verb(after) for word, after in zip(words, [*words[1:], ""], strict=True)
    )


def _is_verb(word: str) -> bool:
    return len(word) > 1 and word.isalpha() and word not in _NO_VERBS


def _is_mostly_of(words: Sequence[str], own: AbstractSet[str], common: AbstractSet[str]) -> bool:
    """Whether half of all words are a grammar's, and two in five of those that say something."""
    telling = [word for word in words if len(word) >= _TELLING and word not in common]
    return (
        len(telling) > 1
        and sum(len(word) > 1 and word in own for word in words) >= _MOSTLY * len(words)
        and sum(word in own for word in telling) >= _SAYING * len(telling)
    )


@dataclass(frozen=True)
class OwnWords:
    """Tells by the words of some grammars what is said of oneself."""

    grammars: Collection[Grammar]

    def is_own(self, window: str) -> bool:
        """Whether somebody speaks of themselves in a window of a plain view."""
        if kind_of(window) != "other":
            return says_i(window.split())
        words = window.split()
        joined = "".join(words)
        if any(self._part_covered(pattern, joined) >= _COVERED for pattern in self._joined):
            return True
        return any(_is_mostly_of(words, own, common) for own, common in self._spaced)

    @staticmethod
    def _part_covered(pattern: re.Pattern[str], letters: str) -> float:
        return sum(len(found[0]) for found in pattern.finditer(letters)) / max(1, len(letters))

    @cached_property
    def _spaced(self) -> list[tuple[frozenset[str], frozenset[str]]]:
        return [
            (grammar.vocabulary, WORDS_OF.get(grammar.language, frozenset()))
            for grammar in self.grammars
            if grammar.is_spaced
        ]

    @cached_property
    def _joined(self) -> list[re.Pattern[str]]:
        unspaced = (grammar for grammar in self.grammars if not grammar.is_spaced)
        words = (sorted({w for w in one.vocabulary if len(w) > 1}, key=len, reverse=True) for one in unspaced)
        return [re.compile("|".join(map(re.escape, each))) for each in words if each]
