"""Addresses in what people write: a street, a flat or a cue is the anchor; what belongs to it is joined to it."""

import re
from collections.abc import Iterator

from safety.claim_words import word_set
from safety.recognisers.phrasebook import ANY, Phrasebook
from safety.recognisers.spans import Found
from safety.recognisers.streets import NOT_A_STREET, POSTAL, STREETS, UNIT

_TOKEN = re.compile(r"(?P<number>\d[\w/\-]*)|(?P<word>[^\W\d_][\w'’\-]*)|(?P<new>\n)|(?P<mark>[^\w\s])")
_SMALL = word_set(
    "de la las los del des du dos das da do di dei den der van von z u of upon on the al el le nan apt suite flat unit"
    " floor ste no nr nº bei am im an d l k v ob nad pod in near s c y e"
)
"""Words without a capital that stand inside addresses."""

_STARTERS = word_set(
    "i it the please thanks thank my we he she they this that these can could and but so is are what "
    "how who do does did"
    " when where why if let hi hello dear you your our his her its there here now then last also for "
    "may will would tel phone"
    " email mobile fax best regards sincerely love from yes no ok okay i'm i've i'd"
)
"""Words with a capital that begin a new sentence and no town."""

_CUE = (
    r"<address>(?:[ ]+(?:at|in|on|to|is|en|au|à|in der|in|an|na|w|przy|op|aan|der|dem|den|a|em|è|é|es"
    r"|ist|в|на|di|ở|sa|i|är|er|på|v|la|the))*[:]?[ \n]+"
    r"(?P<value>(?=[^\n]{0,60}\d)(?:the corner|\d|[^\W\d_]))"
)
_FIELD = (
    r"(?:^|[ \n>])(?:billing |mailing |home |shipping |postal |street )?(?:address"
    r"|<address>)\s*:\s*(?P<value>\S[^\n]{3,90}(?:\n[ >,]*\S[^\n]{0,40}){0,4})"
)
_POSTCODE = r"<postcode>(?:[ ](?:<link>))?[ :]+(?P<value>(?-i:(?=[A-Z -]*\d)[A-Z\d][A-Z\d -]{2,9}[A-Z\d]))\b"
_LONGEST = 14
_REACH = 120
_NUMBER_LENGTH = 6


def find_addresses(text: str, book: Phrasebook, languages: tuple[str, ...]) -> list[Found]:
    """Find addresses. A street alone is enough; a flat needs a number or a street beside it."""
    if not any(letter.isdigit() for letter in text):
        return []
    return [*_streets(text), *_flats(text), *_said(text, book, languages)]


def _streets(text: str) -> Iterator[Found]:
    for pattern in STREETS:
        for match in pattern.finditer(text):
            if not NOT_A_STREET.search(match[0]):
                yield _joined(text, match.start(), match.end())


def _flats(text: str) -> Iterator[Found]:
    for match in UNIT.finditer(text):
        whole = _joined(text, match.start(), match.end())
        rest = text[whole.start : match.start()] + text[match.end() : whole.end]
        has_number = any(letter.isdigit() for letter in rest)
        is_home = has_number or not match[0].casefold().startswith("unit")
        if is_home and not NOT_A_STREET.search(text[whole.start : whole.end]):
            yield whole


def _said(text: str, book: Phrasebook, languages: tuple[str, ...]) -> Iterator[Found]:
    for match in book.pattern(ANY, _FIELD).finditer(text):
        if any(letter.isdigit() for letter in match["value"]):
            yield Found(match.start("value"), match.end("value"), "ADDRESS")
    for match in book.pattern(ANY, _POSTCODE).finditer(text):
        yield Found(match.start("value"), match.end("value"), "ADDRESS")
    is_flat = text.islower() or text.isupper()
    for match in (match for name in languages for match in book.pattern(name, _CUE).finditer(text)):
        end = _right(text, match.start("value"), is_flat=is_flat)
        value = text[match.start("value") : end]
        is_long = len(value.split()) > 1 and (value[0].isdigit() or POSTAL.search(value))
        if is_long and any(letter.isalpha() for letter in value) and not NOT_A_STREET.search(value):
            yield Found(match.start("value"), end, "ADDRESS")


def _joined(text: str, start: int, end: int) -> Found:
    is_flat = text[start:end].islower()
    return Found(_left(text, start), _right(text, end, is_flat=is_flat), "ADDRESS")


def _right(text: str, end: int, *, is_flat: bool) -> int:
    """Give the end of an address: as far as numbers, words with capitals and the small words between them go."""
    last, before = end, ""
    for count, token in enumerate(_TOKEN.finditer(text, end, min(len(text), end + _REACH)), 1):
        word = token[0]
        if count > _LONGEST * 2 or _ends(text, token, before):
            break
        if token["number"]:
            if len(word) > _NUMBER_LENGTH + 4 or _is_phone_part(text, token.end()):
                break
            last = token.end()
        elif token["word"]:
            low = word.casefold().rstrip("'")
            if (word[0].isupper() and low not in _STARTERS) or (
                is_flat and low not in _STARTERS and len(low) > 1 and before != "of"
            ):
                last = token.end()
            elif low not in _SMALL:
                break
        before = word
    return last


def _ends(text: str, token: re.Match[str], before: str) -> bool:
    """Whether a mark ends the address: a full stop after a long word, an empty line, most marks but commas."""
    word = token[0]
    if token["new"]:
        return text[token.end() : token.end() + 1] == "\n" or (not before.strip() and before == "\n")
    if word == ".":
        is_short = len(before) <= 4 and not before.isdigit()
        return (
            not is_short
            and text[token.end() : token.end() + 1].isspace()
            and text[token.end() :].lstrip(" ")[:1] not in ",\n"
        )
    return bool(token["mark"]) and word not in ",>/()'’#º-"


def _is_phone_part(text: str, at: int) -> bool:
    return bool(re.match(r"[ .)\-]\d{3}[ .\-]\d{3}", text[at : at + 9]))


def _left(text: str, start: int) -> int:
    """Give the begin of an address: numbers and words with capitals before it, above too where it begins a line."""
    first, has_number, is_above = start, False, False
    for token in reversed(list(_TOKEN.finditer(text, max(0, start - _REACH), start))[-_LONGEST:]):
        if token["new"]:
            if is_above or not _is_begun(text, token.end(), first, start):
                break
            is_above = True
        elif token["number"] and len(token[0]) <= _NUMBER_LENGTH:
            has_number, first = True, token.start()
        elif _is_of_address(token):
            is_joined = token[0][0].isupper() and (has_number or not is_above)
            first = token.start() if is_joined else first
        elif token[0] == "and":
            return _word_before(text, token.start(), first)
        elif token[0] not in ",>.'’":
            break
    return first


def _is_begun(text: str, line: int, first: int, start: int) -> bool:
    """Whether an address goes on above its line: it begins its line, with a flat where nothing is before that."""
    return not text[line:first].strip(" >,") and (first < start or bool(UNIT.match(text, start)))


def _is_of_address(token: re.Match[str]) -> bool:
    low = (token["word"] or "").casefold()
    return bool(low) and low not in _STARTERS and (token[0][0].isupper() or low in _SMALL)


def _word_before(text: str, at: int, other: int) -> int:
    """Give the begin of one or two words with capitals right before `and`, as in `Lena and Hafenweg 3`."""
    match = re.search(r"(?:[^\W\d_][\w'’]*[ ])?[^\W\d_][\w'’]*[ ]+$", text[max(0, at - 40) : at])
    if not match or not match[0].split()[-1][0].isupper():
        return other
    words = match[0].split()
    begin = max(0, at - 40) + match.start()
    return begin if words[0][0].isupper() else begin + match[0].index(words[-1])
