"""Reads the name that a cue points to: up to four words, by their capitals or by what is known of them."""

import re
from dataclasses import dataclass
from enum import IntEnum

from safety.claim_words import word_set
from safety.recognisers.lexicon import Lexicon

_TOKEN = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_GAP = re.compile(r"[ \u00a0]{1,2}|\.[ ]")
_PARTICLES = word_set(
    "de da di del della dos das do van von der den ten ter zu la le el al bin ibn ben bint av af du abu abd"
)
_LONGEST = 4


class Trust(IntEnum):
    """How sure a cue makes that a name follows."""

    LITTLE = 0
    """A capital, or a word that is known as a given name."""
    KIN = 1
    """A capital, a given name, or a word that English does not know, where the text is English."""
    TITLED = 2
    """Any word that is not known as something else."""
    FULL = 3
    """Any word at all but the small words of the language."""


@dataclass(frozen=True, slots=True)
class NameReader:
    """Reads names in one text."""

    text: str
    lexicon: Lexicon
    words: frozenset[str]
    stop: frozenset[str]
    is_english: bool

    def read(self, at: int, trust: Trust) -> int:
        """Give the end of the name that begins at a place, or that place where there is none."""
        token = _TOKEN.match(self.text, at)
        if not token or not self._begins(token[0], trust):
            return at
        end, is_capital = token.end(), token[0][0].isupper()
        for _ in range(_LONGEST - 1):
            gap = _GAP.match(self.text, end)
            if not gap or (gap[0] == ". " and end - token.start() > 1):
                break
            follower = _TOKEN.match(self.text, gap.end())
            if follower and follower[0] in _PARTICLES:
                follower = self._after_particles(follower)
            if (
                not follower
                or self.text[follower.end() : follower.end() + 1] == ":"
                or not self._continues(follower[0], is_capital=is_capital)
            ):
                break
            token, end = follower, follower.end()
        return end - 2 if self.text[at:end].endswith(("'s", "’s")) else end

    def _after_particles(self, token: re.Match[str]) -> re.Match[str] | None:
        follower: re.Match[str] | None = token
        for _ in range(3):
            if not follower or follower[0] not in _PARTICLES:
                return follower
            gap = _GAP.match(self.text, follower.end())
            follower = _TOKEN.match(self.text, gap.end()) if gap else None
        return None

    def _begins(self, word: str, trust: Trust) -> bool:
        low = word.casefold().removesuffix("'s").removesuffix("’s")
        is_given = low in self.lexicon.given
        if low in self.stop or (self.lexicon.is_plain(low) and not is_given and low not in self.lexicon.family):
            return False
        if trust is Trust.FULL or (word[0].isupper() and not word.isupper()):
            return True
        if trust is Trust.TITLED or (trust is Trust.KIN and self.is_english):
            return len(word) > 2 and (low in self.lexicon.family or low not in self.words or is_given)
        return self.lexicon.is_given(low) or (word.isupper() and is_given)

    def _continues(self, word: str, *, is_capital: bool) -> bool:
        low = word.casefold().removesuffix("'s").removesuffix("’s")
        if low in self.stop:
            return False
        is_name = low in self.lexicon.given or low in self.lexicon.family
        if word[0].isupper() and (is_capital or word.isupper()):
            return is_name or not self.lexicon.is_plain(low)
        if is_capital:
            return False
        return is_name or (len(word) > 2 and self.is_english and low not in self.words)
