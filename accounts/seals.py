"""Short texts that a browser keeps for us and cannot change: signed with a secret of the installation (HMAC-SHA-256).

Anybody who holds the browser can read them.
"""

import base64
import hashlib
import hmac

LEAST_SECRET = 32
"""Bytes of a secret: as long as the digest, after RFC 2104."""


class Seal:
    """Signs texts. Each purpose has signatures of its own, so that none passes for another."""

    def __init__(self, secret: bytes) -> None:
        """Use the secret, which must be random."""
        assert len(secret) >= LEAST_SECRET, len(secret)
        self._secret = secret

    def sign(self, purpose: str, text: str) -> str:
        """Give the text with its signature."""
        return f"{_to_word(text.encode())}.{_to_word(self.digest(purpose, text))}"

    def open(self, purpose: str, sealed: str) -> str | None:
        """Give the text, or None when it was not signed here for this purpose."""
        word, _, signature = sealed.partition(".")
        try:
            text, given = _from_word(word).decode(), _from_word(signature)
        except ValueError:
            return None
        return text if hmac.compare_digest(given, self.digest(purpose, text)) else None

    def digest(self, purpose: str, text: str) -> bytes:
        """Give the 32 bytes that nobody without the secret can make for this purpose and text."""
        message = f"{len(purpose)}:{purpose}{text}".encode(errors="replace")
        return hmac.digest(self._secret, message, hashlib.sha256)


def _to_word(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _from_word(word: str) -> bytes:
    """Raise ValueError for what is no such word."""
    return base64.b64decode(word + "=" * (-len(word) % 4), altchars=b"-_", validate=True)
