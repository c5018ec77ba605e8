"""What people allow to be done with their data: purposes, and the append-only record of decisions."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.ids import ConsentId, PersonId

WORDING = 1
"""The version of the words that people agree to (`safety/texts/purposes.yaml`). New words need new consent."""


class Purpose(StrEnum):
    """What data is used for. Each is allowed by itself; reading and study aids work without any."""

    STUDY = "study"
    """Keep answers, results and progress, so that one can go on where one stopped."""

    TUTOR = "tutor"
    """Ask the reading and take hints in one's own words."""

    ANALYTICS = "analytics"
    """Count into the numbers of the class, without a name."""

    SHARE_WITH_TEACHER = "share_with_teacher"
    """Let one's teachers see one's own progress."""

    MODEL_PROVIDER = "model_provider"
    """Send one's masked words to a language model outside the school."""

    RESEARCH = "research"
    """Let the school's own researchers use results without names. Nothing is trained on it."""


@dataclass(frozen=True, slots=True)
class ConsentRecord:
    """One decision about one purpose. The newest for a person and purpose is the one in force.

    `version` is the version of the words that were agreed to. `by_id` is who decided: the person, a guardian, or an
    administrator who holds it `on_paper`.
    """

    id: ConsentId
    person_id: PersonId
    purpose: Purpose
    is_given: bool
    version: int
    by_id: PersonId | None
    at: datetime
    is_on_paper: bool = False
