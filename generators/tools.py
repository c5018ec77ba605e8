"""What the pipeline works with."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Protocol

from domain.clock import Clock
from domain.evidence import Evidence
from domain.ports import Store
from generators.budget import Budget
from generators.compose.reading.parse import ParsedSection
from generators.evidence import Ground, gather_for
from generators.kinds.contract import Request
from generators.retrieval import Retriever
from prompts.library import Library
from safety.consent import Consents
from safety.egress import Outbound
from safety.gate import Gate
from safety.grounding import Verifier
from safety.injection_signs import InjectionSigns
from safety.known_names import KnownNames
from safety.notebooks import Notebooks
from safety.release import Screens


class Parses(Protocol):
    """Parses evidence."""

    def parse(self, evidence: Evidence) -> ParsedSection:
        """Find sentences and grammar in the evidence."""
        ...


class Gathers(Protocol):
    """Collects what a request may be answered from."""

    def __call__(self, request: Request, store: Store, retriever: Retriever) -> Ground:
        """Collect the ground for a request. Raises NotFound for a section that the reading does not have."""
        ...


@dataclass(frozen=True, slots=True)
class Asking:
    """How the model is asked: its context window in tokens, and how many questions are out at a time.

    `go_on` is called before each question; it raises Cancelled when nobody waits for the answer any more.
    """

    window: int = 8192
    at_once: int = 3
    go_on: Callable[[], None] = lambda: None


@dataclass(frozen=True, slots=True)
class Tools:
    """What the pipeline works with. Without a model the built-in writer writes everything."""

    store: Store
    retriever: Retriever
    parser: Parses
    model: Outbound | None
    prompts: Library
    verifier: Verifier
    screener: Screens
    names: KnownNames
    gate: Gate
    budget: Budget
    clock: Clock
    consents: Consents
    notebooks: Notebooks
    gather: Gathers = field(default_factory=lambda: partial(gather_for, signs=InjectionSigns()))
    signs: InjectionSigns = field(default_factory=InjectionSigns)
    asking: Asking = Asking()
