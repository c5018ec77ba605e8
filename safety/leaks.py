"""Whether an outgoing text gives the answer away.

Every hint passes here before a student sees it, whoever wrote it. The check knows the answer, so it needs no
guess at anybody's intent: it looks for the answer itself, plain or disguised, alone or summed over the last turns.
It cannot see an answer that is told in quite other words; ladders are built so that they do not hold it at all.
"""

import base64
import binascii
import codecs
import re
from collections.abc import Sequence

from domain.words import content_lemmas, fold, holds, lemmas, list_numbers, list_words

_ENOUGH = 0.75
"""The share of an answer's new content words that makes it known."""

_LETTERS = "ABCDEFGH"

_MEASURES = re.compile(
    r"\b(?:an?|the|about|is|are|answer|of|per|dollars?|cents?|euros?|pounds?|hours?|minutes?|seconds?|days?|weeks?|"
    r"months?|years?|mm|cm|km|m|metres?|meters?|miles?|feet|foot|inch(?:es)?|mg|kg|g|grams?|litres?|liters?|ml|l|"
    r"percent|degrees?)\b|[\d\s.,$€£%°/:+*=()−-]",
    re.IGNORECASE,
)
_RESULT = (
    r"(?:=|\bequals?|\b(?:answer|solution|result|total|sum|difference|product|average|number|amount|cost|price|speed|"
    r"length|value|age|time|distance)\b(?:\s+\w+){0,4}?\s+(?:is|was|are|of|be|to)|\b(?:is|are|was|get|gets|got|be|makes?|"
    r"leaves?|left with|needs? to(?:\s+\w+){0,3}|needs?|gives?(?:\s+(?:you|us|him|her|them))?|comes? to|"
    r"ends? up with))\s*(?:about|exactly|only|just|actually|a total of|an average speed of)?\s*"
)
_LITERAL = re.compile(r"[<>=≠≤≥±×÷√∝∈\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
"""What is told by its signs and not by words with blanks around: formulas, Thai and Lao, kana, Chinese."""

_DENIED = re.compile(
    r"\b(?:not|never|wrong|incorrect|rule[sd]? out|eliminate[sd]?|cannot be|can't be)\b|n't\b", re.IGNORECASE
)
_BEGINS = re.compile(
    r"\b(?:start|begin|open|first letter|initial)(?:s|ing)?\b(?:\s+(?:with|by|of|the|is|are|an?))*?\s*"
    r"(?:letters?\s*[\"'“‘]?([a-z](?:[\s.,&-]*[a-z]){0,4})(?![a-z])|[\"'“‘]([a-z]{1,3})[-…\"'”’]|"
    r"((?:[b-hj-z]|(?-i:[A-Z]))(?:[\s.,&-]+[a-z](?![a-z]))*)(?![\w'’]))",
    re.IGNORECASE,
)
_RHYMES = re.compile(r"\b(?:rhym(?:es?|ing) with|(?:word|answer|term|it) sounds? like|anagram of)\b", re.IGNORECASE)


def find_leak(
    text: str, answer: str, *, known: str = "", options: Sequence[str] = (), recent: Sequence[str] = ()
) -> str | None:
    """Say how `text` gives `answer` away, or None.

    `known` is what the student has already: the question and the student's own words, so that repeating the
    student is no leak. `options` are the choices on the screen, `recent` the tutor's last turns: what three
    hints tell together is told.
    """
    if not list_words(answer) or not text.strip():
        return None
    plain = _number_leak(text, answer, known) if is_numeric(answer) else _words_leak(text, answer, known, recent)
    return plain or _disguise(text, answer, known) or _option_leak(text, answer, options, recent)


def is_numeric(answer: str) -> bool:
    """Whether an answer is a number, perhaps with its unit."""
    return bool(list_numbers(answer)) and not _MEASURES.sub("", answer)


def _number_leak(text: str, answer: str, known: str) -> str | None:
    wanted = set(list_numbers(answer))
    if not wanted <= set(list_numbers(text)):
        return None
    if not wanted <= set(list_numbers(known)):
        return "number"
    return "number asserted" if all(_asserts(text, number) for number in wanted) else None


def _asserts(text: str, number: str) -> bool:
    """Whether a number that is on the table already is named as a result."""
    digits = ",?".join(re.escape(digit) for digit in number) + r"(?:\.0+)?(?![\d.]*\d)"
    return bool(re.search(_RESULT + r"[$€£]?\s?" + digits, text, re.IGNORECASE))


def _words_leak(text: str, answer: str, known: str, recent: Sequence[str]) -> str | None:
    said, had, wanted = lemmas(text), lemmas(known), lemmas(answer)
    if holds(said, wanted) and not holds(had, wanted):
        return "verbatim"
    if _LITERAL.search(answer) and fold(answer) in fold(text) and fold(answer) not in fold(known):
        return "verbatim"
    new = set(content_lemmas(answer)) - set(had)
    if len(new) < 2 or len(set(content_lemmas(answer))) < 3:
        return None
    told = new & set(said)
    if len(told) >= _ENOUGH * len(new):
        return "content words"
    before = new & {word for turn in recent for word in lemmas(turn)}
    return "content words over several turns" if told - before and len(told | before) >= _ENOUGH * len(new) else None


def _disguise(text: str, answer: str, known: str) -> str | None:
    flat, target = _flat(text), _flat(answer)
    if len(target) >= 5 and target[::-1] in flat and target[::-1] != target:
        return "reversed"
    if len(target) >= 4 and target not in _flat(known) and _is_spelled_out(text, target):
        return "spelled out"
    if len(target) >= 4 and any(target in _flat(decoded) for decoded in _decode(text)):
        return "encoded"
    if len(target) >= 4 and target in _initials(text):
        return "first letters"
    if _RHYMES.search(text):
        return "sounds"
    return "first letters" if _names_beginning(text, answer) else None


def _flat(text: str) -> str:
    return "".join(list_words(text)).replace("'", "")


def _is_spelled_out(text: str, target: str) -> bool:
    """Whether single letters, set apart by anything, spell the answer."""
    runs = re.findall(r"(?:(?<![^\W_])[^\W_](?![^\W_])[\W_]*){3,}", fold(text))
    return any(target in _flat(run) for run in runs)


def _decode(text: str) -> list[str]:
    """Undo the codings that people ask tutors for: base64, hexadecimal, ROT13."""
    decoded = [codecs.encode("".join(letter for letter in text if letter.isascii()), "rot13")]
    for piece in re.findall(r"[A-Za-z0-9+/_-]{6,}={0,2}", text):
        raw = piece.rstrip("=")
        try:
            decoded.append(base64.b64decode(raw + "=" * (-len(raw) % 4), altchars=b"-_").decode())
        except (binascii.Error, UnicodeDecodeError):
            continue
    pairs = re.findall(r"(?:[0-9a-fA-F]{2}[\s:]*){4,}", text)
    return decoded + [bytes.fromhex(re.sub(r"[\s:]", "", piece)).decode(errors="replace") for piece in pairs]


def _initials(text: str) -> str:
    """First letters of the lines, for a poem; of the words they would fit any answer by chance."""
    lines = [list_words(line) for line in text.splitlines()]
    return "".join(line[0][0] for line in lines if line)


def _names_beginning(text: str, answer: str) -> bool:
    """Whether the text says with which letters the answer, or each of its words, begins."""
    target = _flat(answer)
    initials = "".join(word[0] for word in list_words(answer))
    told = [_flat(match[1] or match[2] or match[3]) for match in _BEGINS.finditer(text)]
    return any(letters and (target.startswith(letters) or initials.startswith(letters)) for letters in told)


def _option_leak(text: str, answer: str, options: Sequence[str], recent: Sequence[str]) -> str | None:
    key = next((index for index, option in enumerate(options) if fold(option) == fold(answer)), None)
    if key is None or len(options) > len(_LETTERS):
        return None
    letter = _LETTERS[key]
    if re.search(
        rf"(?i:\b(?:answer|option|choice|letter|correct(?: one)?)\s*(?:is|:|=)?)\s*\(?{letter}\)?(?![\w'’])", text
    ):
        return "option letter"
    named = _named(text, options)
    if named == {key} and not _DENIED.search(text):
        return "only the right option"
    ruled_out = set(named) if _DENIED.search(text) else set()
    now = bool(ruled_out)
    for turn in recent:
        ruled_out |= _named(turn, options) if _DENIED.search(turn) else set()
    others = set(range(len(options))) - {key}
    return "all other options ruled out" if now and key not in ruled_out and others <= ruled_out else None


def _named(text: str, options: Sequence[str]) -> set[int]:
    return {index for index, option in enumerate(options) if names(text, option)}


def names(text: str, option: str) -> bool:
    """Whether a text names an option: by its words in order, and by its signs where it is a formula."""
    is_there = fold(option) in fold(text) if _LITERAL.search(option) or not list_words(option) else True
    return is_there and (holds(lemmas(text), lemmas(option)) or not list_words(option))
