"""Signs the heads of the audit chain with an Ed25519 key in a file beside the key ring, and keeps what was signed."""

import fcntl
import json
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from adapters.keys.secret import load_secret
from domain.audit import SignedHead
from domain.errors import Unreadable

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

_LINE = 1000
"""More bytes than a line of the file of heads has."""


class FileSigner:
    """A `domain.ports.Signer`. The key is made at the first use."""

    def __init__(self, path: Path) -> None:
        """Use the 32 bytes in this file as the key."""
        self._path = path

    @property
    def is_made(self) -> bool:
        """Whether there is a key already: something was signed with it."""
        return self._path.is_file()

    @property
    def public_key(self) -> str:
        """The key to check signatures with, in hex."""
        return self._key.public_key().public_bytes_raw().hex()

    def sign(self, message: bytes) -> str:
        """Give the signature in hex."""
        return self._key.sign(message).hex()

    def verify(self, message: bytes, signature: str) -> bool:
        """Whether the signature is of this message by this key."""
        return is_signed(message, signature, by=self.public_key)

    @cached_property
    def _key(self) -> "Ed25519PrivateKey":
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        self._path.parent.mkdir(parents=True, exist_ok=True)
        return Ed25519PrivateKey.from_private_bytes(load_secret(self._path))


def is_signed(message: bytes, signature: str, *, by: str) -> bool:
    """Whether a signature (hex) of a message is by the key with this public half (hex)."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(by)).verify(bytes.fromhex(signature), message)
    except (InvalidSignature, ValueError):
        return False
    return True


class HeadFile:
    """A `domain.ports.HeadStore`: one line of JSON for each head."""

    def __init__(self, path: Path) -> None:
        """Use this file, which need not be there yet."""
        self.path = path

    def extend(self, make: Callable[[SignedHead | None], SignedHead | None]) -> None:
        """Add what `make` gives for the last head, if anything; one process at a time."""
        with self._locked():
            head = make(self.last())
            if head is not None:
                with self.path.open("a", encoding="utf-8") as file:
                    file.write(head_to_json(head) + "\n")
                    file.flush()
                    os.fsync(file.fileno())

    def last(self) -> SignedHead | None:
        """Give the newest head, or None, without reading those before it. Raises Unreadable."""
        if not self.path.is_file():
            return None
        with self.path.open("rb") as file:
            file.seek(max(self.path.stat().st_size - _LINE, 0))
            lines = file.read().decode("utf-8", errors="replace").splitlines()
        return head_from_json(lines[-1]) if lines else None

    def list(self) -> Sequence[SignedHead]:
        """List the heads, oldest first. Raises Unreadable when the file holds anything else."""
        if not self.path.is_file():
            return []
        return [head_from_json(line) for line in self.path.read_text("utf-8").splitlines()]

    def drop_before(self, seq: int) -> None:
        """Forget the heads before this record."""
        with self._locked():
            kept = [head_to_json(head) for head in self.list() if head.seq >= seq]
            new = self.path.with_suffix(".new")
            new.write_text("".join(f"{line}\n" for line in kept), "utf-8")
            new.replace(self.path)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.with_suffix(".lock").open("a", encoding="utf-8") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def head_to_json(head: SignedHead) -> str:
    """Write a head as one line."""
    parts = [head.seq, head.hash, head.at.isoformat(), head.previous, head.signature]
    return json.dumps(parts)


def head_from_json(line: str) -> SignedHead:
    """Read a head that `head_to_json` wrote, to the letter. Raises Unreadable."""
    message = "The file of signed heads was changed: a line in it is none. Put its copy back."
    try:
        seq, digest, at, previous, signature = json.loads(line)
        head = SignedHead(int(seq), str(digest), datetime.fromisoformat(at), str(previous), str(signature))
    except (TypeError, ValueError) as error:
        raise Unreadable(message) from error
    if head_to_json(head) != line:
        raise Unreadable(message)
    return head
