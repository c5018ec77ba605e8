"""What a request for material ends in. A refusal or an escalation is an outcome, not an error."""

from dataclasses import dataclass
from enum import StrEnum

from domain.ids import CaseId
from domain.material import Artifact


class Verdict(StrEnum):
    """What the verifier says of a claim against its span."""

    SUPPORTED = "supported"
    UNSUPPORTED = "unsupported"
    CONTRADICTED = "contradicted"


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict with its score (0 to 1, 1 is certain support) and the reasons in words."""

    verdict: Verdict
    score: float
    reasons: tuple[str, ...] = ()


class Reason(StrEnum):
    """Why a request was refused."""

    NOTHING_FOUND = "nothing_found"
    NOTHING_SUPPORTED = "nothing_supported"
    NOT_PERMITTED = "not_permitted"


@dataclass(frozen=True, slots=True)
class Served:
    """Verified, screened and cited. Made by `safety.release` alone."""

    artifact: Artifact


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing honest can be given; the message says why, for the person."""

    reason: Reason
    message: str


@dataclass(frozen=True, slots=True)
class Escalated:
    """A person may be in danger: supportive words instead of an answer, and a case for the counsellor.

    `case_id` is None where the case could not be saved; the message then says so.
    """

    case_id: CaseId | None
    message: str


Outcome = Served | Refused | Escalated
