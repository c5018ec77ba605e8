"""The key ring: a file outside the database with the keys that wrap persons' keys. The last one wraps now.

The file is written whole and then put in place, under a lock, so that a process that dies leaves the old or the new
one. Several processes may read it: each looks again when the file has changed or a key is unknown to it.
"""

import fcntl
import json
import os
import secrets
import stat
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from adapters.keys.box import KEY_BYTES, Box, NotOpened, from_text, to_text
from domain.clock import Clock, SystemClock
from domain.errors import Conflict, KeyMissing

_OTHERS_MAY_READ = stat.S_IRWXG | stat.S_IRWXO
_OTHERS_MAY_WRITE = stat.S_IWGRP | stat.S_IWOTH


@dataclass(frozen=True, slots=True)
class RingKey:
    """One key of the ring."""

    id: str
    since: datetime
    key: bytes


@dataclass(frozen=True, slots=True)
class _Ring:
    """What the file holds. `is_sealed` says that no text of the database is plain any more."""

    keys: tuple[RingKey, ...]
    is_sealed: bool = False
    stamp: tuple[int, ...] = ()


class RingFile:
    """A `domain.ports.KeyRing` in a JSON file. Nothing is read before it is needed."""

    def __init__(self, path: Path, *, clock: Clock | None = None) -> None:
        """Use this file, which need not be there yet: `prepare` makes it."""
        self.path = path
        self._clock = clock or SystemClock()
        self._ring: _Ring | None = None

    def prepare(self, used_ids: Collection[str]) -> None:
        """Make the ring when nothing was ever wrapped; otherwise look whether it has all that is needed.

        Raises KeyMissing when the file or a key that wraps something is not there, or when others may read the file.
        """
        if not self.path.exists():
            if used_ids:
                raise KeyMissing(
                    f"The key ring {self.path} is missing, and without it nothing that people wrote can be opened. "
                    "Put the file back from its backup, or name its place in MARGENT_KEY_FILE. "
                    "If no copy is left, the answers, flags, notes and questions kept so far are lost."
                )
            self._make()
        missing = set(used_ids) - {one.id for one in self._load().keys}
        if missing:
            raise KeyMissing(
                f"The key ring {self.path} does not belong to this database: it lacks {', '.join(sorted(missing))}. "
                "Put back the newest copy of the ring that was used with it."
            )

    @property
    def newest(self) -> str:
        """The id of the key that wraps now."""
        return self._load().keys[-1].id

    @property
    def is_sealed(self) -> bool:
        """Whether all text that was written before there were keys has been sealed.

        It stands here, because whoever can write to the database must not be able to have plain text taken for sealed.
        """
        return self._load().is_sealed

    def mark_sealed(self) -> None:
        """Say that all text that was written before there were keys has been sealed."""
        with self._changing() as ring:
            self._write(replace(ring, is_sealed=True))

    def list_keys(self) -> list[RingKey]:
        """List the keys, the newest last."""
        return list(self._load().keys)

    def wrap(self, key: bytes, *, about: str) -> str:
        """Seal a key with the newest key; `about` is bound to it. The text begins with the key's id."""
        newest = self._load().keys[-1]
        return f"{newest.id}.{Box(newest.key).seal(key, about)}"

    def unwrap(self, text: str, *, about: str) -> bytes:
        """Open a wrapped key. Raises KeyMissing when the ring has no such key or the text was changed."""
        key_id, _, sealed = text.partition(".")
        found = self._find(key_id)
        if found is None:
            raise KeyMissing(f"The key ring {self.path} lacks the key {key_id[:40]}. Put back the newest copy of it.")
        try:
            return Box(found.key).open(sealed, about)
        except NotOpened:
            message = f"A person's key cannot be opened: it was changed, or the key ring {self.path} is another one."
            raise KeyMissing(message, code="key_damaged") from None

    def rotate(self) -> str:
        """Add a new key and make it the newest; give its id."""
        with self._changing() as ring:
            added = self._new_key()
            self._write(replace(ring, keys=(*ring.keys, added)))
        return added.id

    def forget(self, key_ids: Sequence[str]) -> None:
        """Delete keys of the ring. Raises Conflict for the newest: it wraps what comes next."""
        with self._changing() as ring:
            if ring.keys[-1].id in key_ids:
                raise Conflict(f"{ring.keys[-1].id} is the newest key. `margent keys rotate` makes a newer one first.")
            self._write(replace(ring, keys=tuple(one for one in ring.keys if one.id not in key_ids)))

    def _find(self, key_id: str) -> RingKey | None:
        known = self._ring or self._load()
        found = next((one for one in known.keys if one.id == key_id), None)
        return found or next((one for one in self._load().keys if one.id == key_id), None)

    def _new_key(self) -> RingKey:
        return RingKey(f"k{secrets.token_hex(4)}", self._clock.now(), os.urandom(KEY_BYTES))

    def _make(self) -> None:
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with self._locked():
            # another process may have made it while this one waited
            if not self.path.exists():
                self._write(_Ring((self._new_key(),)))

    def _load(self) -> _Ring:
        """Give what the file holds, reading it only when it has changed."""
        try:
            found = self.path.stat()
            stamp = (found.st_ino, found.st_mtime_ns, found.st_size, found.st_mode)
            if self._ring is None or self._ring.stamp != stamp:
                self._refuse_exposed(found.st_mode)
                self._ring = _parse(self.path.read_bytes(), stamp)
        except OSError as error:
            message = f"The key ring {self.path} cannot be read ({error.strerror}). Put it back, or make it readable."
            raise KeyMissing(message) from error
        except (ValueError, KeyError, TypeError):
            raise KeyMissing(
                f"The key ring {self.path} is damaged. Put back a copy of it.", code="key_damaged"
            ) from None
        return self._ring

    def _refuse_exposed(self, mode: int) -> None:
        if mode & _OTHERS_MAY_READ:
            message = (
                f"Others on this machine may read the key ring. Run `chmod 600 {self.path}`; "
                "if somebody may have read it, run `margent keys rotate` afterwards."
            )
            raise KeyMissing(message, code="key_exposed")
        if self.path.parent.stat().st_mode & _OTHERS_MAY_WRITE:
            message = f"Others on this machine may replace the key ring. Run `chmod 700 {self.path.parent}`."
            raise KeyMissing(message, code="key_exposed")

    @contextmanager
    def _changing(self) -> Iterator[_Ring]:
        """Give what the file holds now, and keep other processes from changing it meanwhile."""
        with self._locked():
            yield self._load()

    @contextmanager
    def _locked(self) -> Iterator[None]:
        descriptor = os.open(self.path.with_name(self.path.name + ".lock"), os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)

    def _write(self, ring: _Ring) -> None:
        """Put a new file in place of the old one, so that whoever dies here leaves one of the two."""
        content = json.dumps(
            {
                "about": "Keys of Margent. Keep a copy apart from the database; without it nothing can be opened.",
                "is_sealed": ring.is_sealed,
                "keys": [{"id": one.id, "since": one.since.isoformat(), "key": to_text(one.key)} for one in ring.keys],
            },
            indent=1,
        )
        new = self.path.with_name(self.path.name + ".new")
        # what a process that died left here may have another mode
        new.unlink(missing_ok=True)
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        new.replace(self.path)
        folder = os.open(self.path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
        self._ring = None


def _parse(content: bytes, stamp: tuple[int, ...]) -> _Ring:
    told = json.loads(content)
    keys = tuple(
        RingKey(str(one["id"]), datetime.fromisoformat(one["since"]), from_text(one["key"])) for one in told["keys"]
    )
    if not keys or any(len(one.key) != KEY_BYTES for one in keys):
        raise ValueError("no ring")
    return _Ring(keys, is_sealed=told["is_sealed"] is True, stamp=stamp)
