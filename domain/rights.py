"""What people have a right to know and to have done: who looked, legal holds, receipts of erasure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from domain.ids import AccessId, HoldId, PersonId, ReceiptId, SchoolId


@dataclass(frozen=True, slots=True)
class Access:
    """One look of somebody else at what a person wrote or did. `what` and `why` are words of a fixed list.

    `is_hidden` keeps it off the person's own page: a case under way is named only as far as the counsellor allows.
    """

    id: AccessId
    school_id: SchoolId
    person_id: PersonId
    by_id: PersonId | None
    what: str
    why: str
    at: datetime
    thing_id: str = ""
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Hold:
    """A legal hold: nothing of the person (or, with None, of anybody in the school) is deleted until it is lifted."""

    id: HoldId
    school_id: SchoolId
    person_id: PersonId | None
    reason: str
    placed_by: PersonId | None
    placed_at: datetime
    lifted_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """Proof of an erasure, without anything about the person: what was deleted, how many, when, who ordered it."""

    id: ReceiptId
    school_id: SchoolId
    by_id: PersonId | None
    at: datetime
    counts: Mapping[str, int] = field(default_factory=dict)
