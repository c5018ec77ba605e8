"""The codes that are read off a board and typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.codes import ALPHABET, LENGTH, new_code, to_kept, to_shown


def test_a_code_holds_no_letters_that_look_alike() -> None:
    """Neither 0 and O, nor 1, I and L stand in a code."""
    codes = {new_code() for _ in range(200)}

    assert len(codes) == 200
    assert all(len(code) == LENGTH and set(code) <= set(ALPHABET) for code in codes)
    assert not set("01OIL") & set(ALPHABET)
    assert len(ALPHABET) == 31


@given(st.text(ALPHABET, min_size=LENGTH, max_size=LENGTH))
def test_a_code_is_known_however_it_is_typed(code: str) -> None:
    """The shown form, small letters and blanks all give the kept form."""
    assert to_kept(to_shown(code)) == code
    assert to_kept(f"  {to_shown(code).lower().replace('-', ' - ')} ") == code


@pytest.mark.parametrize("typed", ["", "ABCD", "ABCD-EFG0", "ABCD-EFGHJ", "ÄBCD-EFGH", "x" * 1000])
def test_what_can_be_no_code_is_none(typed: str) -> None:
    """Anything else than eight letters of the alphabet is no code, and no code is shown as nothing."""
    assert to_kept(typed) == ""
    assert to_shown("") == ""
