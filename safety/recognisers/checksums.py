"""Check digits of numbers that belong to one person: pure functions over digits, each true for a valid number.

Rules: ISO/IEC 7812 (Luhn), ISO 13616 (IBAN), NHS Data Dictionary, Spain's Orden INT/2058/2008, Brazil's CPF, Italy's
DM 23/12/1976, Poland's PESEL, the Dutch elfproef, India's UIDAI (Verhoeff), Turkey's TCKN, Korea's RRN, Chile's RUT,
China's GB 11643, Sweden's personnummer, Norway's fødselsnummer, France's NIR, Belgium's rijksregisternummer.
"""

from collections.abc import Iterable, Sequence

_SEVEN = 7
_DNI_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE"
_CF_DIGITS = (1, 0, 5, 7, 9, 13, 15, 17, 19, 21)
_CF_LETTERS = (*_CF_DIGITS, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23)
"""What a character at an odd place of a codice fiscale counts: by digit, and by letter."""

_VERHOEFF_D = (
    *("0123456789", "1234067895", "2340178956", "3401289567", "4012395678"),
    *("5987604321", "6598710432", "7659821043", "8765932104", "9876543210"),
)
_VERHOEFF_P = (
    *("0123456789", "1576283094", "5803796142", "8916043527"),
    *("9453126870", "4286573901", "2793806415", "7046913258"),
)


def digits_of(value: str) -> list[int]:
    """Give the digits of a text as numbers."""
    return [int(letter) for letter in value if letter.isdigit()]


def _weighted(digits: Iterable[int], weights: Iterable[int]) -> int:
    return sum(digit * weight for digit, weight in zip(digits, weights, strict=False))


def is_luhn(value: str) -> bool:
    """Check the last digit of cards (ISO/IEC 7812)."""
    doubled = (digit * (1 + at % 2) for at, digit in enumerate(reversed(digits_of(value))))
    return sum(each - 9 if each > 9 else each for each in doubled) % 10 == 0


def is_iban(value: str) -> bool:
    """Check a bank account number (ISO 13616: remainder 1 by 97)."""
    compact = "".join(value.split())
    return int("".join(str(int(letter, 36)) for letter in compact[4:] + compact[:4])) % 97 == 1


def is_nhs(value: str) -> bool:
    """Check an English NHS number: ten digits, modulus 11."""
    digits = digits_of(value)
    return len(digits) == 10 and any(digits) and (11 - _weighted(digits, range(10, 1, -1)) % 11) % 11 == digits[9]


def is_dni(value: str) -> bool:
    """Check a Spanish NIF or NIE: the letter is the number's remainder by 23."""
    bare = value.replace("-", "").replace(".", "").replace(" ", "").upper()
    number = bare[:-1].replace("X", "0").replace("Y", "1").replace("Z", "2")
    return number.isdigit() and _DNI_LETTERS[int(number) % 23] == bare[-1]


def is_cpf(value: str) -> bool:
    """Check a Brazilian CPF: eleven digits, two of them check digits."""
    digits = digits_of(value)
    if len(digits) != 11 or len(set(digits)) == 1:
        return False
    first = _weighted(digits[:9], range(10, 1, -1)) * 10 % 11 % 10
    return digits[9:] == [first, _weighted(digits[:10], range(11, 1, -1)) * 10 % 11 % 10]


def is_codice_fiscale(value: str) -> bool:
    """Check the last letter of an Italian codice fiscale."""
    code = value.upper()
    total = sum(_cf_value(letter, is_odd=at % 2 == 0) for at, letter in enumerate(code[:15]))
    return chr(65 + total % 26) == code[15]


def _cf_value(letter: str, *, is_odd: bool) -> int:
    place = int(letter) if letter.isdigit() else ord(letter) - ord("A")
    return (_CF_DIGITS if letter.isdigit() else _CF_LETTERS)[place] if is_odd else place


def is_pesel(value: str) -> bool:
    """Check a Polish PESEL: a date of birth and a check digit."""
    digits = digits_of(value)
    if len(digits) != 11 or not 1 <= (digits[2] * 10 + digits[3]) % 20 <= 12:
        return False
    is_day = 1 <= digits[4] * 10 + digits[5] <= 31
    return is_day and -_weighted(digits[:10], (1, 3, 7, 9, 1, 3, 7, 9, 1, 3)) % 10 == digits[10]


def is_bsn(value: str) -> bool:
    """Check a Dutch BSN: nine digits, the elfproef."""
    digits = digits_of(value)
    return len(digits) == 9 and any(digits) and _weighted(digits, (9, 8, 7, 6, 5, 4, 3, 2, -1)) % 11 == 0


def is_aadhaar(value: str) -> bool:
    """Check an Indian Aadhaar number: twelve digits that do not begin with 0 or 1, Verhoeff."""
    digits = digits_of(value)
    check = 0
    for at, digit in enumerate(reversed(digits)):
        check = int(_VERHOEFF_D[check][int(_VERHOEFF_P[at % 8][digit])])
    return len(digits) == 12 and digits[0] > 1 and check == 0


def is_tckn(value: str) -> bool:
    """Check a Turkish identity number: eleven digits, two of them check digits."""
    digits = digits_of(value)
    if len(digits) != 11 or not digits[0]:
        return False
    tenth = (sum(digits[0:9:2]) * _SEVEN - sum(digits[1:8:2])) % 10
    return digits[9] == tenth and digits[10] == sum(digits[:10]) % 10


def is_rrn(value: str) -> bool:
    """Check the date of a Korean resident number (numbers since October 2020 have no check digit)."""
    digits = digits_of(value)
    return len(digits) == 13 and _is_date(digits[2:6]) and 1 <= digits[6] <= 8


def is_rut(value: str) -> bool:
    """Check a Chilean RUT: modulus 11 with K for ten."""
    bare = value.replace(".", "").replace("-", "").upper()
    rest = 11 - _weighted(digits_of(bare[:-1])[::-1], (2, 3, 4, 5, 6, 7, 2, 3)) % 11
    return bare[-1] == {11: "0", 10: "K"}.get(rest, str(rest))


def is_chinese(value: str) -> bool:
    """Check a Chinese identity number (GB 11643): 17 digits with a date, and a check letter."""
    digits = digits_of(value[:17])
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return _is_date(digits[10:14]) and "10X98765432"[_weighted(digits, weights) % 11] == value[17].upper()


def is_personnummer(value: str) -> bool:
    """Check a Swedish personnummer: a date and Luhn over its last ten digits."""
    digits = digits_of(value)[-10:]
    return len(digits) == 10 and _is_date(digits[2:6]) and is_luhn("".join(map(str, digits)))


def is_fodselsnummer(value: str) -> bool:
    """Check a Norwegian fødselsnummer: a date and two check digits."""
    digits = digits_of(value)
    if len(digits) != 11 or not _is_date([*digits[2:4], *digits[:2]]):
        return False
    return not (
        _weighted(digits, (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)) % 11
        or _weighted(digits, (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)) % 11
    )


def is_nir(value: str) -> bool:
    """Check a French NIR: thirteen digits and 97 less their remainder."""
    digits = "".join(letter for letter in value if letter.isdigit())
    return len(digits) == 15 and digits[0] in "12" and 97 - int(digits[:13]) % 97 == int(digits[13:])


def is_rijksregister(value: str) -> bool:
    """Check a Belgian national number: eleven digits, 97 less the remainder, with a 2 before from the year 2000."""
    digits = "".join(letter for letter in value if letter.isdigit())
    if len(digits) != 11:
        return False
    return int(digits[9:]) in {97 - int(digits[:9]) % 97, 97 - int("2" + digits[:9]) % 97}


def _is_date(digits: Sequence[int]) -> bool:
    """Whether four digits are a month and a day."""
    return 1 <= digits[0] * 10 + digits[1] <= 12 and 1 <= digits[2] * 10 + digits[3] <= 31
