"""Bounds on what a reading may cost, so that one file never harms the rest."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds for one file, for an archive of files, and for what is pasted or fetched.

    `parse_seconds` and `page_seconds` are processor seconds; a parser gets four times `parse_seconds` by the
    clock on the wall. `memory_bytes` is the address space of the parsing process. The same two for recognising the
    text of a page that is a picture, which gets four times its seconds by the clock on the wall.
    `max_members` are the readings in one ZIP.
    """

    max_bytes: int = 100_000_000
    max_pages: int = 3_000
    parse_seconds: int = 120
    memory_bytes: int = 640_000_000
    page_seconds: int = 8
    max_members: int = 200
    max_note_letters: int = 200_000
    max_web_bytes: int = 30_000_000
    recognise_seconds: int = 40
    recognise_memory_bytes: int = 1_200_000_000
