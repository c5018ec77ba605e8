"""What writers made, kept for review, and what reviewers said of it."""

from dataclasses import dataclass
from datetime import datetime

from domain.ids import ClassId, InteractionId, PersonId
from domain.interactions import Interaction
from domain.material import Kind, Provenance, Writer


@dataclass(frozen=True, slots=True)
class Output:
    """The words that came of one exchange (`domain.interactions.Interaction` of the same id).

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


@dataclass(frozen=True, slots=True)
class Criteria:
    """Which outputs to show; what is empty does not count. `made_by` is what `maker_of` gives.

    `is_sample` gives any of them by chance instead of the newest.
    """

    kind: Kind | None = None
    outcome: str = ""
    made_by: str = ""
    class_id: ClassId | None = None
    is_withheld: bool = False
    is_unmarked: bool = False
    is_sample: bool = False


@dataclass(frozen=True, slots=True)
class Reviewable:
    """An exchange that can be reviewed: how many units were withheld, and how many marks it has of each sort.

    Without `has_text` its words were not kept: nothing was shown, or nobody had allowed it. `reading` is the title
    of the reading that it is about, empty when that is gone.
    """

    interaction: Interaction
    has_text: bool
    withheld: int
    good: int
    bad: int
    reading: str


@dataclass(frozen=True, slots=True)
class Tally:
    """How what one writer or version of a prompt made was found: outputs, withheld units, marks."""

    made_by: str
    outputs: int
    withheld: int
    good: int
    bad: int


def maker_of(provenance: Provenance) -> str:
    """Name what made something: the prompt with its version, such as `quiz@1`, or `built-in`."""
    if provenance.writer is Writer.BUILT_IN:
        return Writer.BUILT_IN.value
    return f"{provenance.prompt}@{provenance.prompt_version}"
