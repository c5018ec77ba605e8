"""Personal data that has a shape: addresses of mail and machines, numbers with a checksum or a label, keys.

Cheap enough for whole books: each finder runs only where a quick look says that it may find something.
"""

import re
from collections.abc import Callable, Iterator
from ipaddress import ip_address

from safety.recognisers.spans import Found, overlaps

_EMAIL = re.compile(r"[\w.+\-\u200b-\u200f]{1,64}@[\w\-\u200b-\u200f]{1,63}(?:\.[\w\-\u200b-\u200f]{2,63}){1,4}")
_SPELT_EMAIL = re.compile(
    r"\b\w[\w-]*(?:\s+(?:dot|punkt|punto|point|\(dot\)|\[dot\])\s+\w+|\.\w+)*\s*(?:\(at\)|\[at\]|\s(?:at|arroba|arobase)\s)"
    r"\s*\w[\w-]*(?:\s*(?:\(dot\)|\[dot\]|\s(?:dot|punkt|punto|point))\s*\w{2,})+\b",
    re.IGNORECASE,
)
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?:[ ]?[A-Z0-9]){11,30}\b")
_CARD = re.compile(r"(?<![\d.,\w-])\d(?:[ -]?\d){11,18}(?![\d\w]|[.,]\d)")
_IP4 = re.compile(r"(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])")
_IP6 = re.compile(r"(?<![\w:])(?:[0-9a-f]{1,4}:){3,7}(?::|[0-9a-f]{1,4})(?::?[0-9a-f]{1,4})*(?![\w:])", re.IGNORECASE)
_PHONE = re.compile(r"(?<![A-Za-z0-9_.,/=-])(?:\+|00)?\(?\d[\d \t().\-]{5,20}\d(?![A-Za-z0-9_]|[.,/]\d)")
_PHONE_LABEL = re.compile(
    r"(?:\b(?:phones?|tel|telephone|mobile|cell|call|text|fax|whatsapp|number is|number(?=:)|office|ring|contact"
    r"|teléfono|telefon|téléphone|telefono|handy|móvil|celular|телефон)\b|手机|电话|電話|फ़ोन|फोन)\W*(?:\w+\W+){0,4}$",
    re.IGNORECASE,
)
_PHONE_AFTER = re.compile(r"^[\s,;-]*(?:office|fax|mobile|cell|home|work)\b", re.IGNORECASE)
_SPELT_PHONE = re.compile(
    r"\b(?:(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|double|triple)[\s-]+){5,}"
    r"(?:zero|oh|one|two|three|four|five|six|seven|eight|nine)\b",
    re.IGNORECASE,
)
_SECRET = re.compile(
    r"\b(?:sk|pk|rk)[-_](?:live|test|proj|ant)?[-_]?[A-Za-z0-9_-]{16,}|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{30,}"
    r"|\bxox[abprs]-[A-Za-z0-9-]{10,}|\bAIza[0-9A-Za-z_-]{30,}|\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[\w-]{8,}"
    r"|-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]{0,4000}?(?:-----END [A-Z ]*PRIVATE KEY-----|$)"
)
_SECRET_MARKS = (
    "sk-",
    "sk_",
    "pk-",
    "pk_",
    "rk-",
    "rk_",
    "AKIA",
    "ghp_",
    "gho_",
    "ghu_",
    "ghs_",
    "ghr_",
    "xox",
    "AIza",
    "eyJ",
    "-----BEGIN",
)
_PASSWORD = re.compile(
    r"(?:password|passwort|passcode|contraseña|mot de passe|api[ _-]?key|secret key|access token)"
    r"\s*(?:is|are|ist|es|est|:|=)\s*[\"']?"
    r"(?P<value>[^\s\"',;]{4,64})",
    re.IGNORECASE,
)
_ID = re.compile(r"(?<![\w.,-])(?=[\w-]*\d{3})[A-Za-z]{0,3}-?\d[\w-]{3,14}\b")
_ID_LABEL = re.compile(
    r"\b(?:student|pupil|school|member|employee|account|customer|patient|case|library|lunch|locker|driver'?s?|passport"
    r"|national|social security|nhs|tax|insurance|licen[cs]e|id|ssn|candidate|uci|uln|upn|card|badge|registration"
    r"|matrikel\w*|dni|nie|nif|cpf|pesel|bsn|aadhaar|personnummer)"
    r"\s*(?:card|id|no\.?|number|nummer|num|pin|code|plate|#|nr\.?|\s)*(?:is|was|:|=|#|,|\s)*$",
    re.IGNORECASE,
)
_SSN = re.compile(r"(?<![\d-])(?!000|666|9\d\d)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![\d-])")
_NINO = re.compile(r"\b(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b")
_DNI = re.compile(r"\b[XYZ]?\d{7,8}-?[A-Z]\b")
_CODICE = re.compile(r"\b[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z]\b", re.IGNORECASE)
_DIGITS_10_11 = re.compile(r"(?<![\d.,\w-])\d{3}[ .]?\d{3}[ .]?\d{3,4}(?:-?\d{1,2})?(?![\d\w]|[.,]\d)")
_PLATE = re.compile(
    r"\b(?:car|plate|license plate|licence plate|number plate)\s+(?:is\s+)?"
    r"(?P<value>(?=[A-Z -]*\d)[A-Z0-9]{2,4}[ -]?[A-Z0-9]{2,4})\b"
)
_REGIONS = ("US", "GB")


def find_structured(text: str) -> list[Found]:
    """Find what needs no knowledge of names: safe for readings, whose dates, values and years stay."""
    found: list[Found] = []
    for finder in (_emails, _secrets, _ibans, _cards, _addresses_of_machines, _ids, _phones):
        found += [piece for piece in finder(text) if not overlaps(piece, found)]
    return sorted(found)


def find_spelt(text: str) -> list[Found]:
    """Find mail addresses and phone numbers written as words, which only people do who talk of themselves."""
    return [
        *(Found(match.start(), match.end(), "EMAIL") for match in _SPELT_EMAIL.finditer(text)),
        *(Found(match.start(), match.end(), "PHONE") for match in _SPELT_PHONE.finditer(text)),
    ]


def _emails(text: str) -> Iterator[Found]:
    if "@" in text:
        yield from (Found(match.start(), match.end(), "EMAIL") for match in _EMAIL.finditer(text))


def _secrets(text: str) -> Iterator[Found]:
    if any(mark in text for mark in _SECRET_MARKS):
        yield from (Found(match.start(), match.end(), "SECRET") for match in _SECRET.finditer(text))
    for match in _PASSWORD.finditer(text):
        yield Found(match.start("value"), match.end("value"), "SECRET")


def _ibans(text: str) -> Iterator[Found]:
    for match in _IBAN.finditer(text):
        compact = match[0].replace(" ", "")
        if int("".join(str(int(letter, 36)) for letter in compact[4:] + compact[:4])) % 97 == 1:
            yield Found(match.start(), match.end(), "IBAN")


def _cards(text: str) -> Iterator[Found]:
    for match in _CARD.finditer(text):
        digits = re.sub(r"\D", "", match[0])
        if digits[0] in "23456" and _luhn(digits):
            yield Found(match.start(), match.end(), "CREDIT_CARD")


def _luhn(digits: str) -> bool:
    doubled = [int(digit) * (1 + at % 2) for at, digit in enumerate(reversed(digits))]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def _addresses_of_machines(text: str) -> Iterator[Found]:
    for match in (*_IP4.finditer(text), *(_IP6.finditer(text) if "::" in text or text.count(":") > 3 else ())):
        try:
            address = ip_address(match[0])
        except ValueError:
            continue
        if not (address.is_loopback or address.is_unspecified or address.is_multicast):
            yield Found(match.start(), match.end(), "IP")


def _ids(text: str) -> Iterator[Found]:
    for pattern, is_valid in _NUMBERED:
        yield from (Found(m.start(), m.end(), "ID_NUM") for m in pattern.finditer(text) if is_valid(m[0]))
    for match in _ID.finditer(text):
        if _ID_LABEL.search(text[max(0, match.start() - 40) : match.start()]):
            yield Found(match.start(), match.end(), "ID_NUM")
    yield from (Found(match.start("value"), match.end("value"), "ID_NUM") for match in _PLATE.finditer(text))


def _is_dni(value: str) -> bool:
    bare = value.replace("-", "")
    number = bare[:-1].replace("X", "0").replace("Y", "1").replace("Z", "2")
    return "TRWAGMYFPDXBNJZSQVHLCKE"[int(number) % 23] == bare[-1]


def _is_checked(value: str) -> bool:
    """Whether ten or eleven digits carry the check digits of an NHS number, a CPF or a PESEL."""
    digits = [int(letter) for letter in value if letter.isdigit()]
    if len(set(digits)) == 1:
        return False
    if len(digits) == 10:
        check = 11 - sum(digit * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
        return " " in value and check % 11 == digits[9]
    return len(digits) == 11 and (_is_cpf(digits) or _is_pesel(digits))


def _is_cpf(digits: list[int]) -> bool:
    first = sum(digit * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) * 10 % 11 % 10
    second = sum(digit * weight for digit, weight in zip(digits, range(11, 1, -1), strict=False)) * 10 % 11 % 10
    return digits[9:] == [first, second]


def _is_pesel(digits: list[int]) -> bool:
    month = (digits[2] * 10 + digits[3]) % 20
    weights = (1, 3, 7, 9, 1, 3, 7, 9, 1, 3)
    check = -sum(digit * weight for digit, weight in zip(digits, weights, strict=False)) % 10
    return 1 <= month <= 12 and check == digits[10]


def _always(_: str) -> bool:
    return True


_NUMBERED: tuple[tuple[re.Pattern[str], Callable[[str], bool]], ...] = (
    (_SSN, _always),
    (_NINO, _always),
    (_CODICE, _always),
    (_DNI, _is_dni),
    (_DIGITS_10_11, _is_checked),
)


def _phones(text: str) -> Iterator[Found]:
    for match in _PHONE.finditer(text):
        value = match[0].rstrip()
        digits = sum(letter.isdigit() for letter in value)
        if not 7 <= digits <= 15:
            continue
        is_labelled = _PHONE_LABEL.search(text[max(0, match.start() - 60) : match.start()]) or _PHONE_AFTER.match(
            text[match.end() : match.end() + 12]
        )
        if is_labelled or _is_phone(value):
            yield Found(match.start(), match.start() + len(value), "PHONE")


def _is_phone(value: str) -> bool:
    """Whether a number is written as a phone number and is one that can exist."""
    import phonenumbers

    regions = (None,) if value.startswith(("+", "00")) else _REGIONS
    if regions != (None,) and len(re.findall(r"[\s().-]+", value)) < 2:
        return False
    for region in regions:
        try:
            number = phonenumbers.parse(re.sub(r"^00", "+", value), region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_possible_number(number) if region is None else phonenumbers.is_valid_number(number):
            return True
    return False
