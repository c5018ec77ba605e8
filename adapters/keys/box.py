"""AES-GCM as text: what is sealed with a key, and bound to the place where it belongs.

A place is a string such as `attempt:<id>:answer`; sealed text opens in its own place alone.
"""

import os
from base64 import urlsafe_b64decode, urlsafe_b64encode

KEY_BYTES = 32
_NONCE_BYTES = 12
"""Random nonces of 96 bits: safe for 2^32 texts a key (NIST SP 800-38D, 8.3); a person's key seals far fewer."""


class NotOpened(Exception):
    """The text was not sealed with this key for this place, or was changed since."""


class Box:
    """Seals and opens with one key of 256 bits."""

    def __init__(self, key: bytes) -> None:
        """Keep the key. Raises ValueError when it is not 32 bytes."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        if len(key) != KEY_BYTES:
            raise ValueError("A key has 32 bytes.")
        self._cipher = AESGCM(key)

    def seal(self, plain: bytes, place: str) -> str:
        """Give the nonce, what is sealed and its tag as base64url without padding."""
        nonce = os.urandom(_NONCE_BYTES)
        sealed = nonce + self._cipher.encrypt(nonce, plain, place.encode())
        return to_text(sealed)

    def open(self, text: str, place: str) -> bytes:
        """Give what was sealed for this place. Raises NotOpened."""
        from cryptography.exceptions import InvalidTag

        try:
            sealed = from_text(text)
            return self._cipher.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], place.encode())
        except (InvalidTag, ValueError):
            # the cause says nothing that helps, and nothing of the text may travel with the error
            raise NotOpened from None


def to_text(content: bytes) -> str:
    """Write bytes as base64url without padding."""
    return urlsafe_b64encode(content).rstrip(b"=").decode("ascii")


def from_text(text: str) -> bytes:
    """Read bytes written by `to_text`. Raises ValueError for any text that `to_text` would not have given."""
    content = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    # the decoder skips what it does not know and ignores spare bits: then two texts would open alike
    if to_text(content) != text:
        raise ValueError("not base64url as it is written here")
    return content
