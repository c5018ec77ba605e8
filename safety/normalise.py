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
_LEET_RUN = re.compile(r"[a-z0-9@$!|€]+")
_DOTTED = re.compile(r"(?<!\w)\w(?:[.\-_*·•/+~]\w){2,}(?!\w)")
_DOTTED_APOSTROPHE = re.compile(r"(?<=\w)\.['’‘`´ʼ]\.(?=\w)")
_SPACED = re.compile(r"(?<!\S)\w(?: \w){3,}(?!\S)")
_APOSTROPHE = re.compile(r"(?<=\w)['’‘`´ʼ](?=\w)")
_STOP = re.compile(r"[.!?;\n…。！？।؟]+")
_RUN = re.compile(r"(.)\1{2,}")
_ACCENTS = re.compile("[\u0300-\u036f\u0640\u064b-\u0652\u0670]")
_LONG = 14
"""Letters from which on a token may be several words written together, and up to which it may be one misspelt."""
_LONG_JOINED = 9
"""The same for a token that was written with blanks or dots between its letters."""
_PIECE = 400
_FURTHEST = 4000

END = "|"
"""Stands between sentences of a view."""


def plain(text: str) -> str:
    """Write in lower case without accents, marks or hidden letters; words by single blanks, sentences by ` | `."""
    return _words(_letters(text))


def undone(text: str, mender: "Mender") -> str:
    """Give the plain view with disguises undone, misspelt words led back to the mender's vocabulary."""
    letters = _letters(text).translate(_LOOKALIKES)
    letters = _DOTTED_APOSTROPHE.sub(".", letters)
    letters = _LEET_RUN.sub(lambda found: _unleet(found[0]), letters)
    letters = _DOTTED.sub(lambda found: re.sub(r"\W|_", "", found[0]), letters)
    words = _SPACED.sub(lambda found: found[0].replace(" ", ""), _words(letters))
    return " ".join(mender.mend(word) for word in words.split(" "))


def run_ons(view: str, undone_view: str) -> list[str]:
    """List the tokens that may be several words written together: long ones, and shorter ones joined by undoing.

    Very long ones come in pieces that overlap, and are read no further than 4,000 letters.
    """
    known = set(view.split(" "))
    tokens = [word for word in undone_view.split(" ") if len(word) >= _LONG_JOINED]
    long = [word for word in tokens if len(word) >= _LONG or word not in known]
    return [word[at : at + _PIECE] for word in long for at in range(0, min(len(word), _FURTHEST), _PIECE // 2)]


def _letters(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    bare = _ACCENTS.sub("", unicodedata.normalize("NFD", folded))
    visible = "".join(letter for letter in bare if letter == "\n" or unicodedata.category(letter) not in {"Cf", "Cc"})
    return _APOSTROPHE.sub("", unicodedata.normalize("NFC", visible))


def _unleet(run: str) -> str:
    """Read digits and signs as the letters they look like, in a run that has letters too, and in a lone 1 or 4."""
    word = run.rstrip("!|")
    if word in {"1", "4"} or (not word.isalpha() and any(letter.isalpha() for letter in word)):
        return word.translate(_LEET) + run[len(word) :]
    return run


def _words(letters: str) -> str:
    ended = _STOP.sub(f" {END} ", letters.replace(END, " "))
    return " ".join(re.sub(rf"[^\w\s{END}\u0900-\u0dff\u0e00-\u0e7f]|_", " ", ended).split())


class Mender:
    """Leads misspelt words back to a vocabulary: repeats, one swap, one letter too many or one too few."""

    def __init__(self, vocabulary: AbstractSet[str], common: AbstractSet[str]) -> None:
        """Use a vocabulary, of which the `common` words come first where several would do."""
        self._vocabulary = vocabulary
        self._common = common
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
        once, twice = _RUN.sub(r"\1", word), _RUN.sub(r"\1\1", word)
        mixed = [re.sub(rf"({letter})\1+", letter, twice) for letter in dict.fromkeys(twice)]
        forms = [once, twice, *mixed]
        known = [form for words in (self._common, self._vocabulary) for form in forms if form in words]
        return known[0] if known else once


def _shorter(word: str) -> list[str]:
    return [word[:at] + word[at + 1 :] for at in range(1, len(word))]


def _slips(word: str) -> list[str]:
    """List what one slip of the hand may have made the word of: a swap, and in longer words a letter too many."""
    swapped = [word[:at] + right + left + word[at + 2 :] for at, (left, right) in enumerate(pairwise(word)) if at]
    return swapped + [shorter for shorter in _shorter(word) if len(shorter) > 4]
