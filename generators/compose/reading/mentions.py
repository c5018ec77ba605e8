"""Where a text names a concept: the label's words in a row, in singular or plural, in capitals or not."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from domain.documents import Range
from domain.words import fold, lemma

_WORD = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)?")
_SYMBOL = re.compile(r"(?![a-z])[^\W\d_]")
UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
"""Scripts that set no blanks between words: a name is found wherever its signs stand."""

_ASIDE = re.compile(r"\([^)]*\)")

Name = tuple[str, ...]
"""The lemmas of a label: two labels with the same name are the same concept."""


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """A name and the characters of the text that say it."""

    at: Range
    name: Name


def name_of(label: str) -> Name:
    """Give the lemmas of a label: what stands in brackets, or as a symbol behind it, is left out if there is more.

    A possessive inside keeps its mark: Ohm's law is no law of the ohm.
    """
    words = [word for _, word in _words(_ASIDE.sub(" ", label))] or [word for _, word in _words(label)]
    if len(words) > 1 and _SYMBOL.fullmatch(words[-1]):
        words.pop()
    return (*words[:-1], lemma(words[-1])) if words else ()


def contains(name: Name, part: Name) -> bool:
    """Whether `part` is a shorter run of the words of `name`: force in net force."""
    width = len(part)
    return 0 < width < len(name) and any(name[at : at + width] == part for at in range(len(name) - width + 1))


class Names:
    """A set of names to look for in texts."""

    def __init__(self, names: Iterable[Name]) -> None:
        """Prepare to look for the names; empty ones are never found."""
        self._by_first: dict[str, set[Name]] = defaultdict(set)
        self._unspaced: list[str] = []
        self._lemmas: dict[str, str] = {}
        for name in names:
            if len(name) == 1 and UNSPACED.search(name[0]):
                self._unspaced.append(name[0])
            elif name:
                self._by_first[name[0].removesuffix("'s")].add(name)

    def find_all(self, text: str) -> list[Mention]:
        """List every mention in order, those within longer ones too."""
        words = [(Range(*match.span()), self._lemma(match.group())) for match in _WORD.finditer(text)]
        found = []
        for index, (at, word) in enumerate(words):
            for name in self._by_first.get(word.removesuffix("'s"), ()):
                stretch = words[index : index + len(name)]
                said = [word for _, word in stretch]
                if len(said) == len(name) and (*said[:-1], lemma(said[-1])) == name:
                    found.append(Mention(Range(at.start, stretch[-1][0].end), name))
        for word in self._unspaced:
            found += [Mention(Range(*match.span()), (word,)) for match in re.finditer(re.escape(word), text)]
        return sorted(found)

    def _lemma(self, word: str) -> str:
        """Give the lemma of a word as it stands; each is worked out once, for a book says most words often."""
        if word not in self._lemmas:
            self._lemmas[word] = _lemma_of(word)
        return self._lemmas[word]

    def find_longest(self, text: str) -> list[Mention]:
        """List the mentions that take part in what the text states, in order.

        Left out: what lies within a longer mention or overlaps an earlier one, asides in brackets, possessives.
        """
        found: list[Mention] = []
        for mention in sorted(self.find_all(text), key=lambda mention: (mention.at.start, -mention.at.end)):
            if not found or mention.at.start >= found[-1].at.end:
                found.append(mention)
        asides = [Range(match.start(), match.end()) for match in _ASIDE.finditer(text)]
        return [mention for mention in found if not _is_aside(text, mention.at, asides)]


def count_words(text: str) -> int:
    """Count the words of a text."""
    return sum(1 for _ in _WORD.finditer(text))


def _words(text: str) -> Iterator[tuple[Range, str]]:
    for match in _WORD.finditer(text):
        yield Range(match.start(), match.end()), _lemma_of(match.group())


def _lemma_of(word: str) -> str:
    """Give the lemma of a word, with the mark of a possessive."""
    folded = fold(word)
    return lemma(folded) + ("'s" if folded.endswith("'s") else "")


def _is_aside(text: str, at: Range, asides: Iterable[Range]) -> bool:
    is_possessive = text[at.start : at.end].endswith(("'s", "’s"))
    return is_possessive or any(aside.start < at.end and at.start < aside.end for aside in asides)
