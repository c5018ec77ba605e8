"""Reads a server's answer within bounds of size, also when it is packed, and of time, however slowly it comes."""

import time
import zlib
from collections.abc import Iterable, Iterator

_PIECE = 65_536


class Unreceived(Exception):
    """The answer cannot be taken."""


class TooMuch(Unreceived):
    """The answer is larger than it may be."""


class TooSlow(Unreceived):
    """The answer takes longer than it may."""


class BadPacking(Unreceived):
    """The answer is packed in a way that was not asked for, or damaged."""


def read_within(pieces: Iterable[bytes], *, packing: str, most: int, until: float) -> bytes:
    """Join an answer's pieces as they come over the line, unpacked, up to `most` bytes.

    `packing` is the header Content-Encoding, and `until` a time of `time.monotonic()`.
    Raises TooMuch, TooSlow or BadPacking.
    """
    content = bytearray()
    for piece in _unpacked(pieces, packing.strip().lower()):
        content += piece
        if len(content) > most:
            raise TooMuch
        if time.monotonic() > until:
            raise TooSlow
    return bytes(content)


def _unpacked(pieces: Iterable[bytes], packing: str) -> Iterator[bytes]:
    if packing in {"", "identity"}:
        yield from pieces
        return
    if packing not in {"gzip", "x-gzip"}:
        raise BadPacking
    # 16 more than the largest window: with the head of gzip
    unpacker = zlib.decompressobj(16 + zlib.MAX_WBITS)
    try:
        for piece in pieces:
            left = piece
            while left and not unpacker.eof:
                # a little may unpack to a thousand times as much
                yield unpacker.decompress(left, _PIECE)
                left = unpacker.unconsumed_tail
    except zlib.error as error:
        raise BadPacking from error
    if not unpacker.eof:
        raise BadPacking
