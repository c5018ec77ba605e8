"""A small language for phrases, so that the grammars of danger can be read and reviewed by people who do not program.

A phrase is words with blanks between: `(a|b c)` is either, `{name}` one of a class, a trailing `?` makes it
optional, `~` stands for up to three other words, none of them a negation; parts with `&` between them stand in one
sentence in any order. Grammars are the files in `grammar/`,
read by `safety.grammars`.
"""

import re
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property

from domain.care import Severity, Who

_LEAST_RUN_ON = 9
"""Letters that a phrase must have to be found inside a token."""

_REACH = 16
"""Words looked at on either side of a phrase's rarest word."""

_GAP = 3
"""Words that a gap may stand for."""

_NO_LETTER = re.compile(r"[^\w\u0e00-\u0e7f]")
_NOTHING = re.compile("(?!)")

Tree = Mapping[str, "Tree"]
"""Words by the words that may follow; an empty word where a text of the element may end."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What a phrase says: how severe, about what; firm when it speaks of the writer's own present danger.

    `at_hand` is how severe it is when the sentence also says that it is to happen now. A rule without a severity is a
    cue: it raises nothing by itself, but its `slots` and `log_odds` count in a conversation. `log_odds` of None are
    those of its severity.
    """

    name: str
    subject: str
    severity: Severity | None
    is_firm: bool
    at_hand: Severity | None
    who: Who = Who.SELF
    slots: frozenset[str] = frozenset()
    log_odds: float | None = None
    is_near: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Element:
    """A place in a phrase: a tree of the words that may stand there (None for a gap), and whether it must be there."""

    tree: Tree | None
    is_optional: bool = False


@dataclass(frozen=True, eq=False)
class Phrase:
    """A phrase as parts of elements over words, and as a regular expression over words written together.

    One of `heads` stands in every text that the phrase is in. The expression is compiled when it is needed.
    """

    rule: Rule
    parts: tuple[tuple[Element, ...], ...]
    together: str
    heads: tuple[str, ...]

    def find_run_on(self, text: str) -> str:
        """Give the phrase as it stands in words written together, or nothing."""
        if not any(head in text for head in self.heads):
            return ""
        found = self._together.search(text)
        return found[0] if found else ""

    @cached_property
    def _together(self) -> re.Pattern[str]:
        return re.compile(self.together)


class _Sentence:
    """Words in which phrases are looked for. Where an element ends is worked out once for each place."""

    def __init__(self, words: list[str], negations: AbstractSet[str]) -> None:
        self._words = words
        self._may_skip = [word not in negations for word in words]
        self._ends: dict[tuple[Element, int], tuple[int, ...]] = {}

    def has(self, phrase: Phrase, places: set[int]) -> bool:
        """Whether each part of the phrase begins at one of the places."""
        return all(self._has_part(part, places) for part in phrase.parts)

    def _has_part(self, part: tuple[Element, ...], places: set[int]) -> bool:
        for element in part:
            places = self._after(element, places)
            if not places:
                return False
        return True

    def _after(self, element: Element, places: set[int]) -> set[int]:
        if element.tree is None:
            return self._after_gap(places)
        found = set(places) if element.is_optional else set()
        for place in places:
            ends = self._ends.get((element, place))
            if ends is None:
                ends = self._ends[element, place] = tuple(self._walk(element.tree, place))
            found.update(ends)
        return found

    def _after_gap(self, places: set[int]) -> set[int]:
        found = places
        for _ in range(_GAP):
            places = {place + 1 for place in places if place < len(self._words) and self._may_skip[place]}
            found = found | places
        return found

    def _walk(self, tree: Tree, place: int) -> Iterator[int]:
        for at in range(place, len(self._words)):
            below = tree.get(self._words[at])
            if below is None:
                return
            tree = below
            if "" in tree:
                yield at + 1


@dataclass(frozen=True, slots=True)
class Grammar:
    """The phrases of one language by a word that each must have, and the idioms that only sound like them.

    `spelling` gives short forms in full, word by word; `coded` does the same for `terms` of several words. `grave`
    are the words most worth finding when they are misspelt; phrases are also looked for without the `fillers`.
    """

    language: str
    is_spaced: bool
    spelling: Mapping[str, str]
    by_word: Mapping[str, tuple[Phrase, ...]]
    phrases: tuple[Phrase, ...]
    negations: frozenset[str]
    idioms: re.Pattern[str]
    frames: re.Pattern[str]
    soon: re.Pattern[str]
    vocabulary: frozenset[str]
    terms: re.Pattern[str]
    coded: Mapping[str, str]
    grave: tuple[str, ...] = ()
    fillers: re.Pattern[str] = _NOTHING
    first_person: frozenset[str] = frozenset()

    def find(self, sentence: str) -> Iterator[tuple[Rule, str]]:
        """Yield each rule that a sentence of a view meets, with that sentence."""
        if not self.is_spaced:
            yield from self._find_unspaced(sentence)
            return
        words = self._respell(sentence)
        if self.by_word.keys().isdisjoint(words):
            return
        bare = self.fillers.sub("", " ".join([*words, ""])).split()
        for version in (words, bare) if len(bare) < len(words) else (words,):
            yield from self._find_in(version)

    def _find_in(self, words: list[str]) -> Iterator[tuple[Rule, str]]:
        begins: dict[Phrase, set[int]] = {}
        for at, word in enumerate(words):
            for phrase in self.by_word.get(word, ()):
                reach = _REACH if len(phrase.parts) > 1 else 0
                begins.setdefault(phrase, set()).update(range(max(0, at - _REACH), at + reach + 1))
        text, looked = " ".join(words), _Sentence(words, self.negations)
        yield from ((phrase.rule, text) for phrase, places in begins.items() if looked.has(phrase, places))

    def find_run_on(self, token: str) -> Iterator[tuple[Rule, str]]:
        """Yield each firm rule that stands in a token of several words written together."""
        for phrase in self.phrases:
            if phrase.rule.is_firm and len(phrase.find_run_on(token)) >= _LEAST_RUN_ON:
                yield phrase.rule, token

    def is_about_the_writer(self, sentence: str) -> bool:
        """Whether a sentence speaks in the first person, or the language does not say what that is."""
        return not self.first_person or not self.first_person.isdisjoint(sentence.split())

    def has_frame(self, view: str) -> bool:
        """Whether the view speaks of school work, fiction or games."""
        return self.frames.search(self._joined(view)) is not None

    def is_soon(self, sentence: str) -> bool:
        """Whether the sentence says that it is to happen now."""
        return self.soon.search(self._joined(sentence)) is not None

    def _joined(self, text: str) -> str:
        return f"{text} " if self.is_spaced else text.replace(" ", "")

    def _find_unspaced(self, sentence: str) -> Iterator[tuple[Rule, str]]:
        words = "" if sentence.isascii() else self.idioms.sub("_", _NO_LETTER.sub("", sentence))
        yield from ((phrase.rule, words) for phrase in self.phrases if phrase.find_run_on(words))

    def _respell(self, sentence: str) -> list[str]:
        words = " ".join([*(self.spelling.get(word, word) for word in sentence.split()), ""])
        words = self.terms.sub(lambda found: f"{self.coded[found[0].strip()]} ", words)
        return [word for word in self.idioms.sub("_ ", words).split() if word[0].isalnum() or word == "_"]
