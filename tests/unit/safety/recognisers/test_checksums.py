"""Check digits tell numbers that can exist from those that cannot."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safety.recognisers import checksums as c

_VALID: list[tuple[Callable[[str], bool], str]] = [
    (c.is_luhn, "4242 4242 4242 4242"),
    (c.is_iban, "FR14 2004 1010 0505 0001 3M02 606"),
    (c.is_nhs, "943 476 5919"),
    (c.is_dni, "12345678Z"),
    (c.is_dni, "X1234567L"),
    (c.is_cpf, "111.444.777-35"),
    (c.is_codice_fiscale, "RSSMRA85T10A562S"),
    (c.is_pesel, "44051401359"),
    (c.is_bsn, "111222333"),
    (c.is_aadhaar, "2341 2341 2346"),
    (c.is_tckn, "10000000146"),
    (c.is_rut, "12.345.678-5"),
    (c.is_chinese, "11010519491231002X"),
    (c.is_personnummer, "811228-9874"),
    (c.is_fodselsnummer, "010107 50160"),
    (c.is_nir, "2 55 08 14 168 025 38"),
    (c.is_rijksregister, "93.05.18-223.61"),
]


@pytest.mark.parametrize(("check", "value"), _VALID)
def test_a_valid_number_passes_and_its_neighbours_fail(check: Callable[[str], bool], value: str) -> None:
    """One digit changed is noticed, wherever it stands."""
    places = [at for at, letter in enumerate(value) if letter.isdigit()]

    others = [f"{value[:at]}{(int(value[at]) + 1) % 10}{value[at + 1 :]}" for at in places]

    assert check(value)
    assert not any(check(other) for other in others)


def test_a_resident_number_needs_a_date() -> None:
    """Korean numbers have no check digit since 2020, but a date of birth and a century."""
    assert c.is_rrn("110314-3123456")
    assert not c.is_rrn("111314-3123456")
    assert not c.is_rrn("110332-3123456")
    assert not c.is_rrn("110314-9123456")


@pytest.mark.parametrize(
    ("check", "value"),
    [
        (c.is_nhs, "000 000 0000"),
        (c.is_nhs, "943 476 591"),
        (c.is_dni, "X-Y-Z"),
        (c.is_cpf, "111.111.111-11"),
        (c.is_pesel, "44991401359"),
        (c.is_pesel, "4405140135"),
        (c.is_pesel, "44059901359"),
        (c.is_bsn, "000000000"),
        (c.is_aadhaar, "0341 2341 2346"),
        (c.is_tckn, "00000000000"),
        (c.is_personnummer, "811328-9874"),
        (c.is_fodselsnummer, "013107 50160"),
        (c.is_fodselsnummer, "0131"),
        (c.is_nir, "3 55 08 14 168 025 38"),
        (c.is_rijksregister, "93.05.18"),
    ],
)
def test_what_cannot_be_a_number_fails(check: Callable[[str], bool], value: str) -> None:
    """Wrong lengths, dates that are none and numbers of one digit are nobody's."""
    assert not check(value)


@given(number=st.integers(min_value=0, max_value=10**15 - 1))
def test_exactly_one_last_digit_completes_a_card(number: int) -> None:
    """For every beginning there is one check digit, so one random card in ten passes."""
    assert sum(c.is_luhn(f"{number}{digit}") for digit in range(10)) == 1
