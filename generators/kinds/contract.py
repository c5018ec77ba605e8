"""What a kind of material declares, so that the one pipeline can make it.

A kind is data and pure functions. It never sees a model, so it cannot forget to verify, screen or record.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from pydantic import BaseModel

from domain.documents import Document
from domain.evidence import Evidence
from domain.material import Artifact, Draft, Kind
from domain.people import Person
from domain.questions import Question
from domain.scope import EVERYTHING, Scope, scope_of
from generators.compose.reading.parse import ParsedSection

OWN = frozenset({Kind.ANSWER, Kind.HINTS, Kind.EXPLANATION})
"""Kinds that are made for one person; all others are for everybody who sees the reading."""


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody wants: a kind of material about a section (or, with None, the whole reading).

    `text` is what the person wrote, `question` the quiz item that hints are for. Without a person it is the
    service itself that asks, after ingest. `more` units are to be made than usual: others may not come back.
    """

    kind: Kind
    document: Document
    section: int | None
    person: Person | None = None
    text: str = ""
    question: Question | None = None
    more: int = 0

    @property
    def scope(self) -> Scope:
        """Give what the request may see: what the person may, or everything when the service itself asks."""
        return scope_of(self.person) if self.person else EVERYTHING


class GeneratorKind(Protocol):
    """One kind of material."""

    kind: Kind
    prompt: str
    prompt_version: int
    reply: type[BaseModel]

    def compose(self, parsed: ParsedSection, request: Request) -> Draft:
        """Write the draft out of the evidence itself (the built-in writer)."""
        ...

    def inputs(self, parsed: ParsedSection, request: Request) -> Mapping[str, object]:
        """Give the values that the kind's prompt asks for beside evidence, schema and feedback.

        What people or readings wrote is fenced here, and words of the reading go through `replies.hide` first.
        """
        ...

    def read(self, reply: BaseModel, parsed: ParsedSection, request: Request) -> Draft:
        """Turn a model's reply into a draft; sentences are cited by the numbers that `replies.number` gave them.

        What cites nothing that is there gets no citation: the gate then drops and counts it.
        """
        ...

    def combine(self, parts: Sequence[Artifact], request: Request) -> Draft:
        """Make the whole reading's draft out of its sections' artifacts, in reading order."""
        ...


@runtime_checkable
class ReadsOn(Protocol):
    """A kind that finds in the words of a whole reading what none of its sections shows by itself."""

    def read_on(self, draft: Draft, parts: Sequence[Artifact], evidence: Evidence) -> Draft:
        """Add to the combined draft; `evidence` is all that the sections' artifacts were made from."""
        ...
