"""Bytes of a reading to text."""

from domain import decoding


def decode(data: bytes) -> str:
    """Decode text: by its byte order mark, as UTF-8, else by what reads like a language; never fails."""
    return decoding.decode(data, _guess)


def is_text(data: bytes) -> bool:
    """Whether at least seven in ten of its characters are for people to read."""
    return decoding.is_text(data, _guess)


def _guess(sample: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    return best.encoding if best else "cp1252"
