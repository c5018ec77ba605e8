"""The append-only record of one exchange with a writer."""

from dataclasses import dataclass
from datetime import datetime

from domain.ids import DocumentId, InteractionId, PersonId, SchoolId
from domain.material import Kind, Provenance
from domain.outcomes import Verdict


@dataclass(frozen=True, slots=True)
class Interaction:
    """What was asked of whom, what it cost and what the verifier said; no text of people or readings.

    `input_hash` is the SHA-256 of the rendered prompt. `tokens_estimated` says that the endpoint did not count.
    """

    id: InteractionId
    at: datetime
    kind: Kind
    provenance: Provenance
    verdicts: tuple[Verdict, ...]
    outcome: str
    school_id: SchoolId | None = None
    person_id: PersonId | None = None
    document_id: DocumentId | None = None
    section: int | None = None
    input_hash: str = ""
    tokens_in: int = 0
    tokens_out: int = 0
    tokens_estimated: bool = False
    failure: str = ""
