"""Codes that are read off a board and typed: the codes by which one joins a class or, in young classes, signs in.

Eight characters of 31 are 8.5e11 codes (39.6 bits). With 30 codes open, somebody at one address who tries as fast as
`accounts.tries` allows (one a second, 86,400 a day) finds one with a chance of 3 in a million a day.
"""

import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Digits and capitals without those that look alike: no 0 and O, no 1, I and L."""

LENGTH = 8
_HALF = LENGTH // 2


def new_code() -> str:
    """Make a random code, as it is kept: without the dash."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def to_kept(typed: str) -> str:
    """Give a code as it is kept, whatever its capitals, blanks and dashes; empty for what can be no code."""
    code = "".join(letter for letter in typed[:100].upper() if letter.isalnum())
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else ""


def to_shown(code: str) -> str:
    """Give a code as people read it: `ABCD-EFGH`; empty for none."""
    return f"{code[:_HALF]}-{code[_HALF:]}" if code else ""
