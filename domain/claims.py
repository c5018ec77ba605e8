"""A claim: what is said, and the spans of the reading that it rests on."""

from dataclasses import dataclass

from domain.documents import Citation


@dataclass(frozen=True, slots=True)
class Claim:
    """One checkable statement and where it comes from.

    `text` is the statement alone, understandable without what stands around it. `by_person` marks words
    that a teacher wrote over the machine's: people see whose words they are.
    """

    text: str
    citations: tuple[Citation, ...]
    by_person: bool = False
