"""Undoes what people do to words so that they are not found.

Look-alike letters, digits for letters, dots, spaces, repeats, swaps, words written together: each text has a plain
view, and one with the disguises undone.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise

_LOOKALIKES = str.maketrans(
    "аеорсухіјѕԁһкмтнвгпиоԛѡүӏзαεορυικνωτηβγζσοձեոսօցհɑɡɩıʟʏɪɴʀʜɢʙᴀᴄᴅᴇᴊᴋᴍᴏᴘᴛᴜᴠᴡᴢꜱꜰ",
    "aeopcyxijsdhkmthbrnuoqwyleaeopuikvwtnbyzoodenuoghagiilyinrhgbacdejkmoptuvwzsf",
)
"""Cyrillic, Greek, Armenian and small-capital letters by the Latin ones they are taken for (a light cut of Unicode's
confusables)."""

_LEET = str.maketrans("013457@$!|€", "oieastasiie")
_LEET_L = str.maketrans("013457@$!|€89+", "oleastasllebgt")
_LEET_RUN = re.compile(r"[a-z0-9@$!|€+]+")
_DOTTED = re.compile(r"(?<!\w)\w(?:[.\-_*·•/+~]\w){2,}(?!\w)")
_DOTTED_APOSTROPHE = re.compile(r"(?<=\w)\.['’‘`´ʼ]\.(?=\w)")
_SPACED = re.compile(r"(?<!\S)\w(?: \w){3,}(?!\S)")
_APOSTROPHE = re.compile(r"(?<=\w)['’‘`´ʼ](?=\w)")
_STOP = re.compile(r"[.!?;\n…。！？।؟]+")
_RUN = re.compile(r"(.)\1{2,}")
_STARRED = re.compile(
    r"(?<![\w*#%])[a-z][a-z0-9@$]*(?:[*#%✱•]+[a-z0-9@$]+)+(?![\w*#%])|(?<![\w*#%])[*#%✱•]+[a-z0-9@$]{2,}(?![\w*#%])"
)
_NO_SIGN = re.compile("[^\\w\\s|\u0900-\u0dff\u0e00-\u0e7f\u2600-\u27bf\U0001f300-\U0001faff]|_")
_SIGN = re.compile("([\u2600-\u27bf\U0001f300-\U0001faff])")
_TILES = {ord("🇦") + at: chr(ord("a") + at) for at in range(26)}
_TILES |= {first + at: chr(ord("a") + at) for first in (ord("🄰"), ord("🅐"), ord("🅰")) for at in range(26)}
_ACCENTS = re.compile("[\u0300-\u036f\u0640\u064b-\u0652\u0670\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_HIDDEN = re.compile(
    "[\xad\u034f\u0600-\u0605\u061c\u06dd\u070f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""Letters that nobody sees: joiners, direction marks, fillers, selectors and tags."""
_STARS = re.compile(r"[*#%✱•]+")
_LAST_ONES = re.compile(r"1(?=1|\b|[bcdfghkmpstvwxz])")
_BIG_I = re.compile(r"(?<=[a-z])I")
_LONG = 14
"""Letters from which on a token may be several words written together, and up to which it may be one misspelt."""
_LONG_JOINED = 9
"""The same for a token that was written with blanks or dots between its letters."""
_SHORTEST_PARTED = 7
_SHORT_SENTENCE = 12
"""Words up to which a sentence may belong to the next one."""
_LONGEST_SENTENCE = 160
_OVERLAP = 24
_PIECE = 400
_FURTHEST = 4000

END = "|"
"""Stands between sentences of a view."""


def plain(text: str) -> str:
    """Write in lower case without accents, marks or hidden letters; words by single blanks, sentences by ` | `."""
    return _words(_letters(text))


def undone(text: str, mender: "Mender") -> str:
    """Give the plain view with disguises undone, misspelt words led back to the mender's vocabulary."""
    letters = _letters(_BIG_I.sub("l", text)).translate(_LOOKALIKES)
    letters = _DOTTED_APOSTROPHE.sub(".", letters)
    letters = _STARRED.sub(lambda found: mender.fill(found[0]), letters)
    letters = _LEET_RUN.sub(lambda found: mender.unleet(found[0]), letters)
    letters = _DOTTED.sub(lambda found: re.sub(r"\W|_", "", found[0]), letters)
    words = _SPACED.sub(lambda found: found[0].replace(" ", ""), _words(letters)).split(" ")
    mended = {word: mender.mend(word) for word in set(words)}
    return " ".join(mended[word] for word in words)


def sentences(view: str) -> Iterator[str]:
    """Yield the sentences of a view, a long one in pieces that overlap by the words that a phrase may have."""
    for sentence in view.split(END):
        words = sentence.split()
        for start in range(0, max(len(words) - _OVERLAP, 1), _LONGEST_SENTENCE - _OVERLAP):
            yield " ".join(words[start : start + _LONGEST_SENTENCE])


def neighbours(view: str) -> Iterator[str]:
    """Yield each two short sentences of a view that follow one another, as one."""
    parts = [part.split() for part in view.split(END)]
    for left, right in pairwise([words for words in parts if words]):
        if max(len(left), len(right)) <= _SHORT_SENTENCE:
            yield " ".join([*left, *right])


def run_ons(view: str, undone_view: str) -> list[str]:
    """List the tokens that may be several words written together: long ones, and shorter ones joined by undoing.

    Very long ones come in pieces that overlap, and are read no further than 4,000 letters.
    """
    known = set(view.split(" "))
    tokens = [word for word in undone_view.split(" ") if len(word) >= _LONG_JOINED]
    long = [word for word in tokens if len(word) >= _LONG or word not in known]
    return [word[at : at + _PIECE] for word in long for at in range(0, min(len(word), _FURTHEST), _PIECE // 2)]


def _letters(text: str) -> str:
    if not text.isascii():
        folded = unicodedata.normalize("NFKC", text.translate(_TILES)).casefold()
        bare = _ACCENTS.sub("", unicodedata.normalize("NFD", folded))
        text = unicodedata.normalize("NFC", _HIDDEN.sub("", bare))
    return _APOSTROPHE.sub("", _CONTROL.sub("", text.casefold()))


def _words(letters: str) -> str:
    ended = _STOP.sub(f" {END} ", letters.replace(END, " "))
    return " ".join(_SIGN.sub(r" \1 ", _NO_SIGN.sub(" ", ended)).split())


class Mender:
    """Leads misspelt words back to a vocabulary: repeats, one swap, one letter too many or one too few.

    Of `grave` words, letters struck out (`su*cide`) and one wrong letter in five and more are undone too. Words
    written together are parted into words of the vocabulary.
    """

    def __init__(
        self, vocabulary: AbstractSet[str], common: AbstractSet[str] = frozenset(), grave: Sequence[str] = ()
    ) -> None:
        """Use a vocabulary, of which the `common` words come first where several would do."""
        self._vocabulary = vocabulary
        self._common = common
        self._grave = grave
        self._cut = {shorter: word for word in sorted(vocabulary) if len(word) > 4 for shorter in _shorter(word)}
        self._wrong = {form: word for word in grave if len(word) > 4 for form in _with_holes(word)}

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
        near = next((near for near in _slips(word) if near in self._vocabulary), "")
        return near or next((self._wrong[form] for form in _with_holes(word) if form in self._wrong), word)

    def fill(self, starred: str) -> str:
        """Give the grave word whose letters were struck out, else the text as it is."""
        letters = (starred.translate(_LEET), starred.translate(_LEET_L))
        patterns = [re.compile(_STARS.sub(_any_letters, form)) for form in letters]
        return next((word for word in self._grave if any(pattern.fullmatch(word) for pattern in patterns)), starred)

    def unleet(self, run: str) -> str:
        """Read digits and signs as the letters they look like, in a run that has letters too, and in a lone 1 or 4."""
        word = run.rstrip("!|+")
        if word not in {"1", "4"} and (word.isalpha() or not any(letter.isalpha() for letter in word)):
            return run
        forms = (word.translate(_LEET), word.translate(_LEET_L), _LAST_ONES.sub("l", word).translate(_LEET))
        return next((form for form in forms if form in self._vocabulary), forms[0]) + run[len(word) :]

    def part(self, token: str) -> str:
        """Part a token into words of the vocabulary as well as it goes, with as few words and odd letters as may be."""
        best: list[tuple[float, int]] = [(0.0, 0)]
        for end in range(1, len(token) + 1):
            starts = range(max(0, end - _LONG), end)
            costs = [(best[start][0] + self._cost(token[start:end]), start) for start in starts]
            best.append(min(costs))
        words, end = [], len(token)
        while end:
            words.append(token[best[end][1] : end])
            end = best[end][1]
        return " ".join(reversed(words))

    def part_whole(self, token: str) -> str:
        """Part a shorter token that is all words of the vocabulary, three at least; else give nothing."""
        if not _SHORTEST_PARTED <= len(token) < _LONG or token in self._vocabulary or not token.isalpha():
            return ""
        parted = self.part(token)
        words = parted.split(" ")
        return parted if len(words) > 2 and all(word in self._vocabulary for word in words) else ""

    def _cost(self, word: str) -> float:
        if word in self._vocabulary:
            return 1.0 if len(word) > 1 or word in {"i", "a", "u"} else 3.0
        return 1.5 + 1.2 * len(word)

    def _without_repeats(self, word: str) -> str:
        once, twice = _RUN.sub(r"\1", word), _RUN.sub(r"\1\1", word)
        mixed = [re.sub(rf"({letter})\1+", letter, twice) for letter in dict.fromkeys(twice)]
        forms = [once, twice, *mixed]
        known = [form for words in (self._common, self._vocabulary) for form in forms if form in words]
        return known[0] if known else once


def _any_letters(stars: re.Match[str]) -> str:
    return rf"\w{{{len(stars[0])},{len(stars[0]) + 1}}}"


def _with_holes(word: str) -> list[str]:
    """List what is left of a word of five letters and more when one letter, not the first, is wrong."""
    return [f"{word[:at]}_{word[at + 1 :]}" for at in range(1, len(word))] if len(word) > 4 else []


def _shorter(word: str) -> list[str]:
    return [word[:at] + word[at + 1 :] for at in range(1, len(word))]


def _slips(word: str) -> list[str]:
    """List what one slip of the hand may have made the word of: a swap, and in longer words a letter too many."""
    swapped = [word[:at] + right + left + word[at + 2 :] for at, (left, right) in enumerate(pairwise(word)) if at]
    return swapped + [shorter for shorter in _shorter(word) if len(shorter) > 4]
