"""Cuts readings and queries into the words that the word index knows.

English words are left to the database's own stemmer. Words of other languages are stemmed here by Snowball
(snowballstem.org), where it knows the language: Arabic gains most. Writing without blanks is cut into overlapping
pieces: Chinese, Japanese and Korean into pairs of characters, Thai, Lao, Khmer and Burmese into threes (McNamee and
Mayfield, Information Retrieval 7, 2004; measured in decision 21).
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from adapters.sql.function_words import without_function_words

_MOST_WORDS = 64
"""Words of a query that count: a pasted page must not keep the store busy."""

_PAIRED = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
"""Kana, Han and Hangul (the blocks of the Unicode standard)."""

_TRIPLED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
"""Thai, Lao, Burmese and Khmer."""

_UNSPACED = re.compile(f"[{_PAIRED}]+|[{_TRIPLED}]+")
_IS_TRIPLED = re.compile(f"[{_TRIPLED}]")

_CONTRACTED = re.compile(r"['’](?:d|ll|m|re|s|t|ve)\b")
"""What an apostrophe cuts off a word: a letter or two that would be searched for as words."""

_SNOWBALL = {
    "ar": "arabic",
    "ca": "catalan",
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "es": "spanish",
    "et": "estonian",
    "eu": "basque",
    "fa": "persian",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hi": "hindi",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "ne": "nepali",
    "nl": "dutch",
    "no": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
}

Stem = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Term:
    """A word that is searched for, whole or as what other words begin with."""

    text: str
    is_beginning: bool = False


class Cutter:
    """Cuts texts in one language."""

    def __init__(self, language: str) -> None:
        """Cut by the rules of this language (ISO 639-1), as far as there are any."""
        self._stem = stemmer(language)
        self._blanks = _Blanks()

    def cut(self, text: str) -> str:
        """Write a text so that blanks stand between the words to index."""
        if self._stem is None:
            return _UNSPACED.sub(lambda run: f" {' '.join(_pieces(run[0], None))} ", plain(text))
        words = plain(text).lower().translate(self._blanks).split()
        return " ".join(piece for word in words for piece in _pieces(word, self._stem))


def list_terms(query: str, languages: Sequence[str]) -> list[Term]:
    """Give the words of a query that count, as they stand in readings of these languages."""
    typed = list(dict.fromkeys(_CONTRACTED.sub("", plain(query).lower()).translate(_Blanks()).split()))
    told = without_function_words(typed, languages)[:_MOST_WORDS]
    stems = [stemmer(language) for language in languages] or [None]
    terms = [term for word in told for stem in stems for term in _wanted(word, stem)]
    return list(dict.fromkeys(terms))[:_MOST_WORDS]


def stemmer(language: str) -> Stem | None:
    """Give what stems the words of a language, or None where that is left to the database."""
    algorithm = _SNOWBALL.get(language.split("-", maxsplit=1)[0])
    if algorithm is None:
        return None
    import Stemmer

    found: Stem = Stemmer.Stemmer(algorithm).stemWord
    return found


def plain(value: str) -> str:
    """Undo ligatures, wide letters and soft hyphens, which typesetting puts into words."""
    return unicodedata.normalize("NFKC", value).replace("\u00ad", "")


class _Blanks(dict[int, str]):
    """Puts blanks for all but letters, marks and digits."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        self[code] = letter if unicodedata.category(letter)[0] in "LMN" else " "
        return self[code]


def _runs(word: str) -> Iterator[tuple[str, int]]:
    """Cut a word where its script begins or ends to be one without blanks; 0 stands for one with blanks."""
    last = 0
    for match in _UNSPACED.finditer(word):
        if match.start() > last:
            yield word[last : match.start()], 0
        yield match[0], 3 if _IS_TRIPLED.match(match[0]) else 2
        last = match.end()
    if last < len(word):
        yield word[last:], 0


def _pieces(word: str, stem: Stem | None) -> Iterator[str]:
    """Give a word's stem; of unspaced runs all pieces and their last characters, to be found by themselves."""
    for run, width in _runs(word):
        if width:
            yield from (run[at : at + width] for at in range(len(run)))
        else:
            yield stem(run) if stem else run


def _wanted(word: str, stem: Stem | None) -> Iterator[Term]:
    """Give what finds a word; of an unspaced run that is shorter than a piece, the pieces that it begins."""
    for run, width in _runs(word):
        if not width:
            yield Term(stem(run) if stem else run)
        elif len(run) < width:
            yield Term(run, is_beginning=True)
        else:
            yield from (Term(run[at : at + width]) for at in range(len(run) - width + 1))
