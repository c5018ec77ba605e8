"""Words compared as people mean them: capitals, accents of typing, plurals and thousands separators set aside.

Grading, the leak check and the writers of study aids share these, so that all of them mean the same by
"the same word".
"""

import re
import unicodedata
from collections.abc import Sequence

_WORD = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)?")
_NUMBER = re.compile(r"(?<![\w.])[-−]?\d[\d,]*(?:\.\d+)?")

_FUNCTION = """
    a about above after again against all also although am among an and another any are as at away be because been
    before being below between both but by can cannot could did do does doing done down during each either else
    ever every few for from further had has have having he her here hers him his how however i if in into is it
    its itself just least less made make many may me might more most much must my near neither never no nor not
    now of off often on once one only onto or other others our out over own per perhaps same shall she should
    since so some still such than that the their them then there therefore these they this those though through
    thus to together too toward towards under until up upon us usually very was we were what when where whether
    which while who whole whom whose why will with within without would yet you your
"""

FUNCTION_WORDS = frozenset(_FUNCTION.split())
"""English words that carry grammar, not content."""

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_NUMBER_WORDS = {word: value for value, word in enumerate(_UNITS.split())} | {
    word: 20 + 10 * index for index, word in enumerate(_TENS.split())
}


def fold(text: str) -> str:
    """Give the text without differences of typing: compatibility forms, capitals, curly quotes, runs of blanks."""
    plain = unicodedata.normalize("NFKC", text).replace("’", "'").replace("−", "-").casefold()
    return " ".join(plain.split())


def list_words(text: str) -> list[str]:
    """List the words and numbers of a text, folded."""
    return _WORD.findall(fold(text))


def lemma(word: str) -> str:
    """Give the singular of a folded English word by its ending; other words come back as they are."""
    word = word.removesuffix("'s")
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


_SUFFIXES = """ization isation izing ised ized ize ise ational ations ation ingly edly ments ment ness ances ance ences
    ence ities ity ically ical ings ing ions ion ives ive ists ist ism ous ers ors er or ed ly al ic is es e y s"""
_ENDINGS = tuple(_SUFFIXES.split())


def stem(word: str) -> str:
    """Give the part of a folded word that its relatives share, at least four letters: form and formation meet."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def lemmas(text: str) -> list[str]:
    """List the lemmas of a text in order."""
    return [lemma(word) for word in list_words(text)]


def content_lemmas(text: str) -> list[str]:
    """List the lemmas of the words that carry content, in order."""
    return [lemma(word) for word in list_words(text) if word not in FUNCTION_WORDS]


def content_stems(text: str) -> list[str]:
    """List the stems of the words that carry content, in order."""
    return [stem(word) for word in list_words(text) if word not in FUNCTION_WORDS]


def holds(text: Sequence[str], part: Sequence[str]) -> bool:
    """Whether `part` stands in `text` word by word; nothing stands nowhere."""
    width = len(part)
    return width > 0 and any(list(text[at : at + width]) == list(part) for at in range(len(text) - width + 1))


def list_numbers(text: str) -> list[str]:
    """List the numbers of a text in order, in digits without separators or idle zeros: 1,250.0 is 1250, six is 6."""
    found = [(match.start(), _trim(match.group())) for match in _NUMBER.finditer(unicodedata.normalize("NFKC", text))]
    found += _spelled(text)
    return [number for _, number in sorted(found)]


def _trim(number: str) -> str:
    digits = number.replace(",", "").replace("−", "-")
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    sign, digits = ("-", digits[1:]) if digits.startswith("-") else ("", digits)
    return sign + (digits.lstrip("0") or "0") if not digits.startswith("0.") else sign + digits


def _spelled(text: str) -> list[tuple[int, str]]:
    """Read zero to ninety-nine in words; "one" alone is mostly no number in English and is left out."""
    found: list[tuple[int, str]] = []
    open_tens = (-2, 0)
    for match in re.finditer(r"[a-z]+", text.casefold()):
        value = _NUMBER_WORDS.get(match.group())
        if value is None:
            continue
        end, tens = open_tens
        if 0 < value < 10 and match.start() == end + 1:
            found[-1] = (found[-1][0], str(tens + value))
        elif value != 1:
            found.append((match.start(), str(value)))
        open_tens = (match.end(), value) if value >= 20 else (-2, 0)
    return found
