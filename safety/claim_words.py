"""Words of claims and readings: tokens with their place, sentences, stems and numbers."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

TERM = re.compile(r"^(?P<term>(?=[^:]{2,80}:)[^\s:.!?]+(?:\s+[^\s:.!?]+){0,6}):\s+(?P<rest>\S.*)$", re.DOTALL)
"""A definition as cards write it: `Term: what it is`."""

_CHARACTERS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
"""Scripts without blanks between words: each character is a token."""

_LETTER = rf"(?![{_CHARACTERS}])[^\W\d_][\u0300-\u036f\u064b-\u065f\u0670\u0900-\u0903\u093a-\u0957]*"
_TOKEN = re.compile(
    r"(?:(?<![\w)\]])[-−–](?=\d))?\d+(?:(?:[.,٫٬'’]|[\u00a0\u202f](?=\d{3}))\d+)*(?:(?:st|nd|rd|th)(?![^\W\d_]))?"
    rf"|[{_CHARACTERS}]|\b(?i:can)(?=not\b)|(?:{_LETTER})+(?:['’](?:{_LETTER})+)*|[^\s\w]"
)
_HYPHENS = "-‐‑"
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?:['’\u00a0\u202f٬]\d{3})+(?:[.,٫]\d+)?")
_MEANING_SIGNS = frozenset("%‰٪°$€£¥₹<>≤≥=≠±×÷+*^√∝≈~∞")
"""Signs that say something, as words do; the others only part words."""
_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?](?!\s|[\"”’)\]]*\s|$)[^.!?\n]*)*(?:[.!?]+[\"”’)\]]*|\n+|$)")
_ABBREVIATION = re.compile(r"\b(?:[A-Z]|e\.g|i\.e|etc|vs|cf|Dr|Mr|Mrs|Ms|St|Fig|No|al|approx|ca|U\.S)\.$")


def word_set(text: str) -> frozenset[str]:
    """Give the words of a list that is written with blanks between."""
    return frozenset(text.split())


STOP_WORDS = word_set(
    """the a an this that these those it its he she they them his her their him we us our you your i me my of in on at
    to for from by with as into about between among through during within is are was were be been being am do does did
    has have had will would can could may might shall should must and or but if than then so such which who whom whose
    what when where why how there here also very just not no nor only own same too s t n o called known refers means
    defined term one ones example"""
)

NUMBERS = dict(
    pair.split("=")
    for pair in word_set(
        """zero=0 one=1 two=2 three=3 four=4 five=5 six=6 seven=7 eight=8 nine=9 ten=10 eleven=11 twelve=12
        thirteen=13 fourteen=14 fifteen=15 sixteen=16 seventeen=17 eighteen=18 nineteen=19 twenty=20 thirty=30
        forty=40 fifty=50 sixty=60 seventy=70 eighty=80 ninety=90 hundred=100 thousand=1000 million=1000000
        billion=1000000000 trillion=1000000000000 half=0.5 halves=0.5 twice=2 double=2 doubles=2 doubled=2 dozen=12
        triple=3 triples=3 tripled=3 thrice=3 quadruple=4 tens=tens dozens=dozens hundreds=hundreds
        thousands=thousands millions=millions billions=billions trillions=trillions quarter=0.25 quarters=0.25
        thirds=3. fourths=4. fifths=5. sixths=6. eighths=8. tenths=10. hundredths=100. thousandth=1000.
        thousandths=1000. hundredth=100. millionth=1000000. first=1. second=2. third=3. fourth=4. fifth=5. sixth=6.
        seventh=7. eighth=8. ninth=9. tenth=10. eleventh=11. twelfth=12. thirteenth=13. fourteenth=14. fifteenth=15.
        sixteenth=16. seventeenth=17. eighteenth=18. nineteenth=19. twentieth=20. thirtieth=30. once=1"""
    )
)
"""Number words by their value; ordinals end in a point, so that "second" is not "two"."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or sign, with its place in the text and its stem in lower case.

    `is_joined` says that a hyphen binds it to the token before.
    """

    text: str
    start: int
    end: int
    stem: str
    is_joined: bool = False

    @property
    def lower(self) -> str:
        """The token in lower case, with a plain apostrophe."""
        return self.text.lower().replace("’", "'")

    @property
    def is_word(self) -> bool:
        """Whether it is a word, a number or a sign that says something, not one that parts words."""
        return self.text[0].isalnum() or self.text[-1].isalnum() or self.text in _MEANING_SIGNS

    @property
    def is_number(self) -> bool:
        """Whether it is written in digits of any script, or is a number word."""
        is_sign = len(self.text) == 1 and self.text.isnumeric()
        return is_sign or self.text.lstrip("-−–")[:1].isdigit() or self.lower in NUMBERS

    @property
    def key(self) -> str:
        """What two spellings of one token share, whatever their capitals, apostrophes and scripts of digits."""
        if self.lower in {"%", "٪", "percent"}:
            return "%"
        return self.stem if self.is_number else self.lower

    @property
    def is_content(self) -> bool:
        """Whether it says something by itself."""
        is_symbol = self.text == "May" or (len(self.text) == 1 and self.text.isupper() and self.text not in "AI")
        return self.is_word and (is_symbol or self.lower not in STOP_WORDS)


def tokens(text: str) -> list[Token]:
    """Cut a text into tokens. A hyphen between letters parts two words and is no token itself."""
    found: list[Token] = []
    is_joined = False
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        if match[0] in _HYPHENS and text[end : end + 1].isalpha() and start and text[start - 1].isalnum():
            is_joined = True
            continue
        found.append(Token(match[0], start, end, stem(match[0]), is_joined))
        is_joined = False
    return found


def content(found: Sequence[Token]) -> list[Token]:
    """Keep the tokens that say something by themselves."""
    return [token for token in found if token.is_content]


def stem(word: str) -> str:
    """Reduce an English word to a stem, lightly: plural, -ed, -ing, -ly and a few endings of nouns."""
    low = word.lower().replace("’", "'").removesuffix("'s")
    if low in NUMBERS:
        return NUMBERS[low]
    if low.lstrip("-−–")[:1].isdigit():
        return _value(low)
    for ending, rest, least in _ENDINGS:
        if low.endswith(ending) and len(low) - len(ending) + len(rest) >= least:
            low = low.removesuffix(ending) + rest
            break
    return low.removesuffix("e") if len(low) > 4 else low


def _value(number: str) -> str:
    """Write a number in plain digits without separators of thousands; an ordinal ends in a point."""
    plain = "".join(str(unicodedata.digit(sign)) if sign.isdigit() else sign for sign in number).replace("−", "-")
    plain = plain.replace("–", "-")
    sign, bare = ("-", plain[1:]) if plain.startswith("-") else ("", plain)
    ordinal = "." if bare[-1].isalpha() else ""
    bare = bare.rstrip("stndrh")
    if _THOUSANDS.fullmatch(bare):
        bare = re.sub(r"['’\u00a0\u202f٬]", "", bare) if "," in bare[-3:] else re.sub(r"[,'’\u00a0\u202f٬]", "", bare)
    return sign + bare.replace(",", ".").replace("٫", ".") + ordinal


_ENDINGS = (
    ("izations", "ize", 5), ("ization", "ize", 5), ("isation", "ize", 5), ("ational", "ate", 6), ("iveness", "ive", 6),
    ("fulness", "ful", 6), ("ements", "e", 5), ("ement", "e", 5), ("ations", "at", 5), ("ation", "at", 5),
    ("ities", "", 5), ("ity", "", 5), ("ically", "ic", 5), ("ingly", "", 4), ("edly", "", 4), ("ies", "y", 3),
    ("sses", "ss", 3), ("ying", "y", 4), ("ings", "", 4), ("ing", "", 4), ("ied", "y", 3), ("ed", "", 4),
    ("ly", "", 4), ("ss", "ss", 3), ("us", "us", 3), ("is", "is", 3), ("es", "e", 4), ("s", "", 3),
)  # fmt: skip


def sentences(text: str) -> list[tuple[int, int]]:
    """Give the places of the sentences of a text."""
    places: list[tuple[int, int]] = []
    begin = 0
    for found in _SENTENCE.finditer(text):
        if _ABBREVIATION.search(text[begin : found.end()].rstrip()) and not found[0].endswith("\n"):
            continue
        _add(places, text, begin, found.end())
        begin = found.end()
    _add(places, text, begin, len(text))
    return places


def _add(places: list[tuple[int, int]], text: str, begin: int, end: int) -> None:
    piece = text[begin:end]
    bare = piece.strip()
    if bare:
        start = begin + piece.index(bare)
        places.append((start, start + len(bare)))
