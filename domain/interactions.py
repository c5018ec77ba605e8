"""The append-only record of one exchange with a writer."""

from dataclasses import dataclass
from datetime import date, datetime

from domain.ids import ClassId, DocumentId, InteractionId, PersonId, SchoolId
from domain.material import Kind, Provenance
from domain.outcomes import Verdict


@dataclass(frozen=True, slots=True)
class Interaction:
    """What was asked of whom, what it cost and what the verifier said; no text of people or readings.

    `input_hash` is the SHA-256 of the rendered prompt, or of what the built-in writer was given. `tokens_estimated`
    says that the endpoint did not count.
    `cost` is in millionths of the currency that the settings name. A reply that was kept from before costs nothing.
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
    cost: int = 0


@dataclass(frozen=True, slots=True)
class Usage:
    """What the model cost on a day (UTC), for a person and a class; None where there is none, or nobody's to know.

    `replies` counts what was asked of the model, `cost` is in millionths of the currency.
    """

    day: date
    class_id: ClassId | None
    person_id: PersonId | None
    replies: int
    tokens_in: int
    tokens_out: int
    cost: int


@dataclass(frozen=True, slots=True)
class KeptReply:
    """A model's answer about a shared reading, kept so that the same is not asked twice.

    `key` is the SHA-256 of what was asked: the prompt's checksum, the rendered words and the model's name. No words of
    a person are in it: only what is made for everybody is kept.
    """

    key: str
    document_id: DocumentId
    text: str
    model: str
    at: datetime
