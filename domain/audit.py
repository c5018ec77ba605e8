"""The record of who did what that cannot be changed unnoticed. It holds ids and hashes, never text of people."""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime

FIRST = "0" * 64
"""What stands for the record before the first."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something to be recorded: who (`by_id`, empty for the service itself) did what (`action`) to what (`ref`).

    `action` is a dotted word such as `case.opened`; `ref` is `kind:id`. `digest` is the SHA-256 of content that is
    kept elsewhere, or empty. What `is_care` is for counsellors' eyes: that there is a case is itself private.
    """

    action: str
    school_id: str = ""
    by_id: str = ""
    about_id: str = ""
    ref: str = ""
    digest: str = ""
    is_care: bool = False


@dataclass(frozen=True, slots=True)
class AuditRecord:
    """An entry in its place of the chain: `seq` counts from 1 without gaps, `hash` covers all and the hash before."""

    seq: int
    at: datetime
    entry: Entry
    previous: str
    hash: str


@dataclass(frozen=True, slots=True)
class SignedHead:
    """The last record at a time, signed (Ed25519, in hex) together with the signature of the head before it."""

    seq: int
    hash: str
    at: datetime
    previous: str
    signature: str = ""

    @property
    def message(self) -> bytes:
        """What is signed."""
        parts = ["margent audit head", self.seq, self.hash, self.at.astimezone(UTC).isoformat(), self.previous]
        return json.dumps(parts, separators=(",", ":")).encode()


def chain_hash(seq: int, at: datetime, entry: Entry, previous: str) -> str:
    """Give the SHA-256, in hex, of a record's canonical JSON, with the hash of the record before it."""
    parts = [
        seq,
        at.astimezone(UTC).isoformat(timespec="microseconds"),
        entry.action,
        entry.school_id,
        entry.by_id,
        entry.about_id,
        entry.ref,
        entry.digest,
        entry.is_care,
        previous,
    ]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()
