"""Undoes what people do to words so that they are not found.

Look-alike letters, digits for letters, dots, spaces, repeats, swaps, words written together: each text has a plain
view, and one with the disguises undone.
"""

import re
import unicodedata
from collections.abc import Set as AbstractSet
from itertools import pairwise

_LOOKALIKES = str.maketrans(
    "аеорсухіјѕԁһкмтнвгпиоαεορυικνωτηβγζ",
    "aeopcyxijsdhkmthbrnuoaeopuikvwtnbyz",
)
"""Cyrillic and Greek letters by the Latin ones they are taken for (a light cut of Unicode's confusables)."""

_LEET = str.maketrans("013457@$!|€", "oieastasiie")
_LEET_IN_WORD = re.compile(r"(?<![\w@$])(?=\S*[a-z])(?=\S*[013457@$!|€])[a-z013457@$!|€]+|(?<!\S)[14](?!\S)")
_DOTTED = re.compile(r"(?<!\w)\w(?:[.\-_*·•/+~]\w){2,}(?!\w)")
_SPACED = re.compile(r"(?<!\S)\w(?: \w){3,}(?!\S)")
_APOSTROPHE = re.compile(r"(?<=\w)['’‘`´ʼ](?=\w)")
_STOP = re.compile(r"[.!?;\n…。！？।؟]+")
_RUN = re.compile(r"(.)\1{2,}")
_ACCENTS = re.compile("[\u0300-\u036f\u0640\u064b-\u0652\u0670]")
_LONG = 14
"""Letters from which on a token may be several words written together, and up to which it may be one misspelt."""
_LONG_JOINED = 9
"""The same for a token that was written with blanks or dots between its letters."""

END = "|"
"""Stands between sentences of a view."""


def plain(text: str) -> str:
    """Write in lower case without accents, marks or hidden letters; words by single blanks, sentences by ` | `."""
    return _words(_letters(text))


def undone(text: str, mender: "Mender") -> str:
    """Give the plain view with disguises undone, misspelt words led back to the mender's vocabulary."""
    letters = _letters(text).translate(_LOOKALIKES)
    letters = _LEET_IN_WORD.sub(lambda found: found[0].translate(_LEET), letters)
    letters = _DOTTED.sub(lambda found: re.sub(r"\W|_", "", found[0]), letters)
    words = _SPACED.sub(lambda found: found[0].replace(" ", ""), _words(letters))
    return " ".join(mender.mend(word) for word in words.split(" "))


def run_ons(view: str, undone_view: str) -> list[str]:
    """List the tokens that may be several words written together: long ones, and shorter ones joined by undoing."""
    known = set(view.split(" "))
    tokens = undone_view.split(" ")
    return [word for word in tokens if len(word) >= _LONG or (len(word) >= _LONG_JOINED and word not in known)]


def _letters(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    bare = _ACCENTS.sub("", unicodedata.normalize("NFD", folded))
    visible = "".join(letter for letter in bare if letter == "\n" or unicodedata.category(letter) not in {"Cf", "Cc"})
    return _APOSTROPHE.sub("", unicodedata.normalize("NFC", visible))


def _words(letters: str) -> str:
    ended = _STOP.sub(f" {END} ", letters.replace(END, " "))
    return " ".join(re.sub(rf"[^\w\s{END}\u0900-\u0dff\u0e00-\u0e7f]|_", " ", ended).split())


class Mender:
    """Leads misspelt words back to a vocabulary: repeats, one swap, one letter too many or one too few."""

    def __init__(self, vocabulary: AbstractSet[str]) -> None:
        """Index the words of five letters and more by what they are with one letter missing; the first one stays."""
        self._vocabulary = vocabulary
        self._cut = {shorter: word for word in sorted(vocabulary) if len(word) > 4 for shorter in _shorter(word)}

    def mend(self, word: str) -> str:
        """Give the word of the vocabulary that a slip of the hand makes of this one, else the word without repeats."""
        if word in self._vocabulary or not word.isalpha():
            return word
        if _RUN.search(word):
            return self._without_repeats(word)
        if len(word) < 4 or len(word) > _LONG:
            return word
        if word in self._cut:
            return self._cut[word]
        return next((near for near in _slips(word) if near in self._vocabulary), word)

    def _without_repeats(self, word: str) -> str:
        twice, once = _RUN.sub(r"\1\1", word), _RUN.sub(r"\1", word)
        mixed = (re.sub(rf"({letter})\1+", letter, twice) for letter in dict.fromkeys(twice))
        return next((form for form in (twice, *mixed) if form in self._vocabulary), once)


def _shorter(word: str) -> list[str]:
    return [word[:at] + word[at + 1 :] for at in range(1, len(word))]


def _slips(word: str) -> list[str]:
    """List what one slip of the hand may have made the word of: a swap, and in longer words a letter too many."""
    swapped = [word[:at] + right + left + word[at + 2 :] for at, (left, right) in enumerate(pairwise(word)) if at]
    return swapped + [shorter for shorter in _shorter(word) if len(shorter) > 4]
