"""Votes on what no grammar has an opinion of: a linear model over letters and words, trained from written material.

It is trained by `make train` from `training/`; nothing that anybody wrote to Margent went into it. Its vote is a sign
for a person to judge, like every other.
"""

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from domain.care import Severity, Who, Worry
from safety.grave_words import has_grave_word
from safety.known_words import ENGLISH_WORDS, KNOWN_SCRIPTS, KNOWN_WORDS
from safety.linear import Linear, windows
from safety.normalise import END

CATEGORIES = ("suicide", "self_harm", "eating_disorder", "abuse", "violence", "friend")
LEVELS = tuple(severity.value for severity in Severity)

KINDS = ("grave", "plain", "other")
"""Kinds of windows: English with a grave word, other English, other languages."""

THRESHOLDS = {"grave": 3.5, "plain": 4.5, "other": 2.0}
"""Log-odds from which on the classifier speaks up, fitted by `python -m bench.fit_vote`."""

_WEIGHTS = Path(__file__).parent / "weights" / "crisis.npz"
_ENGLISH_SHARE = 6
"""One word in so many, at least, is among the commonest of English in any English text."""
_WITHOUT_BLANKS = frozenset({"CJK", "HIRAGANA", "KATAKANA", "HANGUL", "THAI"})
_LEAST = 3
"""Words that a window must have, where words stand apart."""
_FEW = 4
"""Words that a text must have before its language can be called unknown."""


@dataclass(frozen=True)
class Classifier:
    """The vote. The weights are read at the first use."""

    weights: Linear = field(default_factory=lambda: Linear(_WEIGHTS))
    thresholds: Mapping[str, float] = field(default_factory=lambda: THRESHOLDS)

    def vote(self, plain_text: str, only: Callable[[str], bool] | None = None) -> Worry | None:
        """Give a sign of danger in a plain view of any length, or None; with `only`, in the windows it says yes to."""
        windows_over = self.list_over(plain_text)
        return next((self.worry_of(one, plain_text) for one in windows_over if only is None or only(one)), None)

    def list_over(self, plain_text: str) -> list[str]:
        """List the windows of a plain view that are over their thresholds, the furthest first."""
        over = []
        for window in filter(says_something, windows(plain_text)):
            more = self.weights.score(window)["danger"] - self.thresholds[kind_of(window)]
            if more >= 0:
                over.append((more, window))
        return [window for _, window in sorted(over, key=lambda one: one[0], reverse=True)]

    def worry_of(self, window: str, plain_text: str) -> Worry:
        """Say what a window of a plain view is a sign of."""
        odds = self.weights.score(window)
        category = max(CATEGORIES, key=lambda name: odds[name])
        level = sum(odds[f"at least {level}"] > 0 for level in LEVELS[1:])
        unknown = "" if is_known_language(plain_text) else "unknown_language."
        who = Who.OTHER if category == "friend" else Who.SELF
        return Worry(Severity(LEVELS[level]), category, f"classifier.{unknown}{category}", who)


def says_something(window: str) -> bool:
    """Whether a window is long enough to be judged: names and single words of languages with blanks are not."""
    return window.count(" ") >= _LEAST - 1 or not _WITHOUT_BLANKS.isdisjoint(
        unicodedata.name(letter, "?").split()[0] for letter in window
    )


def is_known_language(plain_text: str) -> bool:
    """Whether a plain view is, by its letters and commonest words, of a language that has a grammar."""
    letters = [letter for letter in plain_text[:2000] if letter.isalpha()]
    scripts = {unicodedata.name(letter, "?").split()[0] for letter in letters}
    if not scripts <= KNOWN_SCRIPTS:
        return False
    words = plain_text[:2000].replace(END, " ").split()
    return bool(scripts - {"LATIN", "CYRILLIC"}) or len(words) < _FEW or not KNOWN_WORDS.isdisjoint(words)


def kind_of(window: str) -> str:
    """Say which threshold holds for a window of a plain view."""
    words = window.split()
    if sum(word in ENGLISH_WORDS for word in words) * _ENGLISH_SHARE < len(words):
        return "other"
    return "grave" if has_grave_word(window) else "plain"
