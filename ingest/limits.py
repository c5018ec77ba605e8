"""Bounds on what a reading may cost, so that one file never harms the rest."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds for one file.

    `parse_seconds` and `page_seconds` are processor seconds; a parser gets four times `parse_seconds` by the
    clock on the wall. `memory_bytes` is the address space of the parsing process.
    """

    max_bytes: int = 100_000_000
    max_pages: int = 3_000
    parse_seconds: int = 120
    memory_bytes: int = 640_000_000
    page_seconds: int = 8
