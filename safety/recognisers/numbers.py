"""Numbers of people and their accounts: by check digits and shape, or by the label before them."""

import re
from collections.abc import Callable, Iterator

from safety.recognisers import checksums
from safety.recognisers.phrasebook import ANY, Phrasebook
from safety.recognisers.spans import Found

_IBAN = re.compile(r"(?<![A-Za-z\d])[A-Z]{2}\d{2}(?:[ ]?[A-Z0-9]){11,30}(?![A-Za-z\d])")
_CARD = re.compile(
    r"(?<![A-Za-z\d_.,-])(?:\d{12,19}|\d{4}(?:[ -]\d{4}){2,3}(?:[ -]\d{1,3})?|\d{4}[ -]\d{6}["
    r" -]\d{4,5})(?![A-Za-z\d_]|[.,]\d|[ -]\d{4}\b)"
)
_CARD_LABEL = re.compile(
    r"(?:\b(?:card|visa|mastercard|amex|maestro|debit|credit|carte|tarjeta|cartão|carta|karte"
    r"|kreditkarte|karta|kart|kartı|kort|kartu|карт\w+)\b|卡|カード|카드)"
    r"[^\d\n]{0,24}$",
    re.IGNORECASE,
)
_HAS_NUMBER = re.compile(r"\d(?:\d\d|\d[ .-]\d\d)")
# what looks over whole books begins with a digit: the engine leaps from digit to digit and looks back from there
_MAY_BE_IBAN = re.compile(r"\d(?<=[A-Z]{2}\d)\d")
_MAY_BE_CARD = re.compile(r"\d(?:[ -]?\d){11}")
_MAY_BE_CHECKED = re.compile(
    r"\d(?:[\d .+-]{5,}[\dA-Zkx]|(?:(?<=[A-Z]{2}\d)|(?<=[A-Z]{2} \d))\d ?\d\d|(?<=[A-Za-z]{6}\d)\d[A-Za-z]\d\d)"
)
_MAY_BE_ID = re.compile(r"\d[\w./-]*")
_LEAD = 5
"""Characters of an id before its first digit, at most: four letters and a sign."""
_ID = re.compile(
    r"(?<![A-Za-z\d_.,-])(?=[\w./-]*\d{2})(?=(?:[./-]?\w){4})(?:[A-Za-z]{1,4}[-/]?)?\d[\w./-]{2,18}(?<![./-])(?![A-Za-z\d_])"
)
_LOOSE_ID = re.compile(
    r"(?<![A-Za-z\d_,])(?=[A-Z]{0,3} \d|[\w./-]{0,8}\d)(?!\d{1,3}(?!\d|[-/"
    r" ]\d))[A-Z\d][A-Za-z\d]{0,5}(?:[-./ ]?[A-Z\d]{1,6}){1,5}(?![A-Za-z\d_])"
)
_ID_LABEL = (
    r"<id>(?:\s*(?:card|ids?|no\.?|number|nummer|num|pin|code|plate|pass|#|nr\.?|n[°º]|№|номер\w*"
    r"|número|numéro|numero|numer\w*"
    r"|билет\w*|numara\w*|号码?|號碼?|番号|번호|नंबर|number\?|d['’]\w+|de|del|di|do|da|of|für|meine?r?|my|mon"
    r"|mi|<link>|:|=|#|,|-|\(|\s))*\s*$"
)
_ANY_NUMBER = (
    r"(?:[^\W\d_]{3,}[ -]?(?:number|nummer|numara\w*|numer|nummeret|nombor|nomor)|(?:n[uú]mero|numéro"
    r"|номер) [^\W\d_]{3,}(?: [^\W\d_]+)?|<id>(?:[ ]+[^\W\d_]+){1,2})"
    r"(?:[ ]*(?:<link>|#|:|=))*[ ]*$"
)
"""A word that ends in `number`, or a label with a word or two more: enough for a value of many digits."""

_FEWEST = 5
"""Digits of a number whose label says little."""

_PLATE = (
    r"<plate>[ :]+(?:<link>[ ]+)?(?P<value>(?-i:(?=[A-Z -]*\d)[A-Z0-9]{1,4}[ -]?[A-Z0-9]{2,4}(?:[ -][A-Z0-9]{2,4})?))\b"
)
_BEFORE = 48

Check = Callable[[str], bool]


def _always(_: str) -> bool:
    return True


_CHECKED: tuple[tuple[re.Pattern[str], Check], ...] = (
    (re.compile(r"(?<![\d-])(?!000|666|9\d\d)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![\d-])"), _always),
    (
        re.compile(r"\b(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b"),
        _always,
    ),
    (re.compile(r"\b[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z]\b", re.IGNORECASE), checksums.is_codice_fiscale),
    (re.compile(r"\b(?:[XYZ]-?)?\d{7,8}[- ]?[A-Z]\b|\b\d{2}\.\d{3}\.\d{3}-?[A-Z]\b"), checksums.is_dni),
    (re.compile(r"(?<![A-Za-z\d_.,-])\d{3} \d{3} \d{4}(?![A-Za-z\d_]|[.,]\d)"), checksums.is_nhs),
    (re.compile(r"(?<![A-Za-z\d_.,-])\d{3}\.?\d{3}\.?\d{3}-?\d{2}(?![A-Za-z\d_]|[.,]\d)"), checksums.is_cpf),
    (
        re.compile(r"(?<![A-Za-z\d_.,-])\d{11}(?![A-Za-z\d_]|[.,]\d)"),
        lambda v: checksums.is_pesel(v) or checksums.is_tckn(v),
    ),
    (re.compile(r"(?<![A-Za-z\d_.,-])[2-9]\d{3}([ -])\d{4}\1\d{4}(?![A-Za-z\d_]|[.,]\d|[ -]\d)"), checksums.is_aadhaar),
    (re.compile(r"(?<![A-Za-z\d_.,-])\d{6}-[1-8]\d{6}(?![A-Za-z\d_-])"), checksums.is_rrn),
    (re.compile(r"(?<![A-Za-z\d_.,-])\d{1,2}\.\d{3}\.\d{3}-[\dkK](?![A-Za-z\d_-])"), checksums.is_rut),
    (re.compile(r"(?<![\d.,A-Za-z_-])[1-9]\d{16}[\dXx](?![\dA-Za-z_])"), checksums.is_chinese),
    (re.compile(r"(?<![A-Za-z\d_.,-])(?:19|20)?\d{6}[-+]\d{4}(?![A-Za-z\d_-])"), checksums.is_personnummer),
    (re.compile(r"(?<![A-Za-z\d_.,-])\d{6} \d{5}(?![A-Za-z\d_]|[.,]\d|[ -]\d)"), checksums.is_fodselsnummer),
    (
        re.compile(r"(?<![A-Za-z\d_.,-])[12] ?\d{2} ?\d{2} ?\d{2} ?\d{3} ?\d{3} ?\d{2}(?![A-Za-z\d_]|[.,]\d)"),
        checksums.is_nir,
    ),
    (re.compile(r"(?<![A-Za-z\d_.,-])\d{2}\.\d{2}\.\d{2}-\d{3}\.\d{2}(?![A-Za-z\d_-])"), checksums.is_rijksregister),
)


def find_numbers(text: str, book: Phrasebook) -> Iterator[Found]:
    """Find account numbers, cards and numbers of people: safe for readings."""
    if not _HAS_NUMBER.search(text):
        return
    for match in _IBAN.finditer(text) if _MAY_BE_IBAN.search(text) else ():
        if checksums.is_iban(match[0]):
            yield Found(match.start(), match.end(), "IBAN")
    for match in _CARD.finditer(text) if _MAY_BE_CARD.search(text) else ():
        is_card = match[0][0] in "23456" and checksums.is_luhn(match[0])
        if is_card or _CARD_LABEL.search(text[max(0, match.start() - _BEFORE) : match.start()]):
            yield Found(match.start(), match.end(), "CREDIT_CARD")
    for pattern, is_valid in _CHECKED if _MAY_BE_CHECKED.search(text) else ():
        yield from (Found(m.start(), m.end(), "ID_NUM") for m in pattern.finditer(text) if is_valid(m[0]))
    for match in _ids(text):
        if book.pattern(ANY, _ID_LABEL).search(text[max(0, match.start() - _BEFORE) : match.start()]):
            yield Found(match.start(), match.end(), "ID_NUM")


def _ids(text: str) -> Iterator[re.Match[str]]:
    """Yield what `_ID` finds, looking only around digits."""
    start = 0
    for run in _MAY_BE_ID.finditer(text):
        for match in _ID.finditer(text, max(start, run.start() - _LEAD), run.end()):
            start = match.end()
            yield match


def find_labelled(text: str, book: Phrasebook) -> Iterator[Found]:
    """Find numbers in parts after a label, in what people write: `Ausweisnummer SV-2291-07`, `学号 2023 0417`."""
    yield from (
        Found(match.start("value"), match.end("value"), "ID_NUM") for match in book.pattern(ANY, _PLATE).finditer(text)
    )
    for match in _ID.finditer(text):
        is_long = sum(letter.isdigit() for letter in match[0]) >= _FEWEST
        if is_long and book.pattern(ANY, _ANY_NUMBER).search(text[max(0, match.start() - _BEFORE) : match.start()]):
            yield Found(match.start(), match.end(), "ID_NUM")
    for match in _LOOSE_ID.finditer(text):
        if book.pattern(ANY, _ID_LABEL).search(text[max(0, match.start() - _BEFORE) : match.start()]):
            yield Found(match.start(), match.end(), "ID_NUM")
