"""Devices from which an account was entered before, after OWASP's device cookies.

The browser keeps a cookie: a random name for the device, and for each account entered there a signed proof with its
day. The proof tells nobody which account it is for. All that it gives is a count of tries of its own.
"""

import hmac
import re
import secrets
from datetime import UTC, datetime, timedelta

from accounts.seals import Seal
from domain.clock import Clock

LIFETIME = timedelta(days=180)
"""Over a summer's holiday, one is still known."""

MOST_ACCOUNTS = 20
"""Accounts known on one device; a computer room's machine forgets whoever was there longest ago."""

_PURPOSE = "device"
_NAME_BYTES = 12
_PROOF_HEX = 32
"""128 bits of the signature."""

_NAME = re.compile(r"[\w-]{16}", re.ASCII)
_PROOF = re.compile(rf"(\d{{6}})([0-9a-f]{{{_PROOF_HEX}}})", re.ASCII)


class Devices:
    """Knows devices again. Keeps nothing: everything is in the cookie."""

    def __init__(self, seal: Seal, clock: Clock) -> None:
        """Sign with the seal."""
        self._seal = seal
        self._clock = clock

    def known(self, cookie: str, account: str) -> str:
        """Give the device's name when the account was entered from it in the last 180 days, else an empty text."""
        name, proofs = _parse(cookie)
        today = self._today()
        for day, proof in proofs:
            is_recent = 0 <= today - day <= LIFETIME.days
            if is_recent and hmac.compare_digest(proof, self._proof(name, account, day)):
                return name
        return ""

    def add(self, cookie: str, account: str) -> str:
        """Give the cookie of a device from which the account has just been entered."""
        name, proofs = _parse(cookie)
        name = name or secrets.token_urlsafe(_NAME_BYTES)
        others = [(day, proof) for day, proof in proofs if proof != self._proof(name, account, day)]
        today = self._today()
        newest = [(today, self._proof(name, account, today)), *others][:MOST_ACCOUNTS]
        return ".".join([name, *(f"{day:06d}{proof}" for day, proof in newest)])

    def _proof(self, name: str, account: str, day: int) -> str:
        text = f"{name} {day} {account.strip().casefold()}"
        return self._seal.digest(_PURPOSE, text).hex()[:_PROOF_HEX]

    def _today(self) -> int:
        return (self._clock.now() - datetime(2020, 1, 1, tzinfo=UTC)).days


def _parse(cookie: str) -> tuple[str, list[tuple[int, str]]]:
    """Give the device's name and its proofs with their days; nothing of a cookie that is not one of ours."""
    name, *rest = cookie.split(".", MOST_ACCOUNTS)
    found = [_PROOF.fullmatch(proof) for proof in rest]
    if not _NAME.fullmatch(name):
        return "", []
    return name, [(int(match[1]), match[2]) for match in found if match]
