"""Hashing and checking of passwords with Argon2id."""

import unicodedata
from typing import TYPE_CHECKING

from accounts.lanes import Lanes
from accounts.tries import Lane
from domain.clock import SystemClock
from domain.errors import Invalid

if TYPE_CHECKING:
    from argon2 import PasswordHasher

SHORTEST = 10
LONGEST = 200
"""Characters of a password. Length helps more than odd characters do, so nothing else is asked for."""

_NOBODY = "$argon2id$v=19$m=19456,t=2,p=1$GvClGuGm5a/6gNkDfqS5Og$iqHJRHZms3qc6chttGWAPvxKfX3X5BsNRAw1tgjhi9g"
"""A hash that no password fits, to be checked when there is no person: that must take as long as for a person."""


class Passwords:
    """Argon2id with 19 MiB, two passes and one lane (OWASP's password storage cheat sheet).

    Each hash takes a processor, so two are worked on at a time.
    """

    def __init__(self, lanes: Lanes | None = None) -> None:
        """Take turns with others in these lanes, or in lanes of its own."""
        self._lanes = lanes or Lanes(SystemClock())

    def hash(self, password: str) -> str:
        """Give a password's hash, parameters and salt included. Raises Invalid for one that is too short or long."""
        if not SHORTEST <= len(password) <= LONGEST:
            raise Invalid(
                f"Choose a password of {SHORTEST} to {LONGEST} characters. Several words in a row are a good one.",
                field="password",
                code="bad_password",
            )
        with self._lanes.turn():
            return _hasher().hash(_normal(password))

    def fits(self, password: str, password_hash: str, *, lane: Lane = Lane.CALM) -> bool:
        """Whether the password is the one that was hashed; as slow for an empty hash, which none fits.

        Who is in the calm lane goes first. Raises TooManyTries or Transient, without hashing, when the wait in the lane
        would be too long (`accounts.lanes`).
        """
        from argon2.exceptions import VerifyMismatchError

        with self._lanes.turn(lane):
            try:
                _hasher().verify(password_hash or _NOBODY, _normal(password[: LONGEST + 1]))
            except VerifyMismatchError:
                return False
        return bool(password_hash)


def _hasher() -> "PasswordHasher":
    from argon2 import PasswordHasher, Type

    return PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1, type=Type.ID)


def _normal(password: str) -> str:
    """Write letters in one way, whichever keyboard they came from (NIST SP 800-63B)."""
    return unicodedata.normalize("NFKC", password)
