"""Which of two concepts a reader needs first, from nothing but how a text uses their names.

The signs are those of the literature on prerequisite learning (first mention, breadth of use, and reference
distance, Liang et al. 2015), taken from the text itself. The weights come from a logistic regression on the
author-written definitions of CC BY textbooks; `bench/fit_prerequisites.py` fits them again.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from math import copysign, exp, log, log1p

from generators.compose.reading.mentions import Name, Names, count_words, name_of

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"(\[])|\n+")
_HOME_SECTIONS = 3
_FIRST_SENTENCES = 3


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for `b` being needed before `a`; each value is higher the more it does.

    `use`: how much b is used in the sections where a is at home. `company`: share of a's sections that name b.
    `neighbours`: share of a's neighbours that are b's too. `breadth`: in how many more sections b is used.
    `order`: by how many words b came first. `beginning`: b stands in the first sentences about a.
    """

    use: float
    company: float
    neighbours: float
    breadth: float
    order: float
    beginning: float


WEIGHTS = Signs(use=1.08, company=2.01, neighbours=0.84, breadth=0.36, order=0.55, beginning=2.35)


@dataclass(slots=True)
class _Usage:
    """Where one name is used: sentences, sections with counts, and the count of words before its first use."""

    first: int
    sentences: list[int] = field(default_factory=list)
    sections: Counter[int] = field(default_factory=Counter)

    def home(self) -> list[int]:
        return [section for section, _ in self.sections.most_common(_HOME_SECTIONS)]


class Usages:
    """How the sections of a text, in reading order, use a set of names."""

    def __init__(self, sections: Sequence[str], names: Sequence[Name]) -> None:
        """Read the sections once."""
        looked_for = Names(names)
        self._used: dict[Name, _Usage] = {}
        self._named: list[set[Name]] = []
        self._beside: dict[Name, Counter[Name]] = defaultdict(Counter)
        words = 0
        for number, section in enumerate(sections):
            for sentence in _SENTENCE_END.split(section):
                self._read(number, words, [mention.name for mention in looked_for.find_all(sentence)])
                words += count_words(sentence)
        self._words = words
        self._never = _Usage(words)

    def _read(self, section: int, words: int, named: Sequence[Name]) -> None:
        for place, name in enumerate(named):
            usage = self._used.setdefault(name, _Usage(words + place))
            usage.sections[section] += 1
        here = set(named)
        for name in here:
            self._used[name].sentences.append(len(self._named))
            self._beside[name].update(here - {name})
        self._named.append(here)

    def signs(self, a: Name, b: Name) -> Signs:
        """Give the signs that a reader needs `b` before `a`."""
        first, second = self._used.get(a, self._never), self._used.get(b, self._never)
        home = first.home()
        at_home = sum(first.sections[section] for section in home)
        visits = sum(second.sections[section] for section in home)
        shared = len(first.sections.keys() & second.sections.keys())
        beside = self._beside.get(a, Counter())
        known = self._beside.get(b, Counter())
        common = sum(count for name, count in beside.items() if name == b or name in known)
        distance = first.first - second.first
        beginning = first.sentences[:_FIRST_SENTENCES]
        return Signs(
            use=log1p(visits / (1 + at_home)),
            company=shared / (1 + len(first.sections)),
            neighbours=common / max(1, beside.total()),
            breadth=log((1 + len(second.sections)) / (1 + len(first.sections))),
            order=copysign(log1p(abs(distance)), distance) / 10,
            beginning=sum(b in self._named[index] for index in beginning) / _FIRST_SENTENCES,
        )

    def score(self, a: Name, b: Name) -> float:
        """Say how strongly `b` seems needed before `a`, 0 to 1. Compare scores; they are no probabilities."""
        signs = self.signs(a, b)
        total = sum(getattr(WEIGHTS, sign.name) * getattr(signs, sign.name) for sign in fields(Signs))
        return 1 / (1 + exp(-total))


def score_prerequisites(sections: Sequence[str], pairs: Sequence[tuple[str, str]]) -> list[float]:
    """Score pairs (concept, candidate prerequisite) of labels over the sections of a text, in reading order."""
    names = {label: name_of(label) for pair in pairs for label in pair}
    usages = Usages(sections, list(names.values()))
    return [usages.score(names[concept], names[candidate]) for concept, candidate in pairs]
