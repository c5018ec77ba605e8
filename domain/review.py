"""What writers made, kept for review, and what reviewers said of it."""

from dataclasses import dataclass
from datetime import datetime

from domain.ids import InteractionId, PersonId


@dataclass(frozen=True, slots=True)
class Output:
    """The words that came of one exchange (`domain.interactions.Interaction` of the same id), dropped ones included.

    `whose_id` is the person whose key seals the text: who asked, or for shared material the reading's owner.
    `withheld` counts the units that were not shown; `digest` is the SHA-256 of the text.
    """

    id: InteractionId
    whose_id: PersonId
    at: datetime
    text: str
    digest: str
    withheld: int = 0


@dataclass(frozen=True, slots=True)
class ReviewMark:
    """A reviewer's judgement of an output, with a reason. A later one of the same reviewer takes its place."""

    output_id: InteractionId
    by_id: PersonId
    is_good: bool
    reason: str
    at: datetime
