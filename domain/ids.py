"""Typed identifiers. Each is a UUID in 32 hexadecimal digits, kept as text in every store."""

from typing import NewType
from uuid import UUID, uuid4, uuid5

SchoolId = NewType("SchoolId", str)
ClassId = NewType("ClassId", str)
PersonId = NewType("PersonId", str)
DocumentId = NewType("DocumentId", str)
ChunkId = NewType("ChunkId", str)
ArtifactId = NewType("ArtifactId", str)
UnitId = NewType("UnitId", str)
AttemptId = NewType("AttemptId", str)
FlagId = NewType("FlagId", str)
CaseId = NewType("CaseId", str)
JobId = NewType("JobId", str)
InteractionId = NewType("InteractionId", str)
InvitationId = NewType("InvitationId", str)
ConsentId = NewType("ConsentId", str)
AccessId = NewType("AccessId", str)
HoldId = NewType("HoldId", str)
ReceiptId = NewType("ReceiptId", str)
ContactId = NewType("ContactId", str)
NoticeId = NewType("NoticeId", str)
StudySetId = NewType("StudySetId", str)

_NAMESPACE = UUID("6d617267-656e-4000-8000-000000000001")


def new_id() -> str:
    """Make a random identifier; wrap it in the type it is for."""
    return uuid4().hex


def stable_id(*parts: object) -> str:
    """Make the identifier that the same parts always give, so that a repeated job writes the same rows."""
    return uuid5(_NAMESPACE, "\x1f".join(str(part) for part in parts)).hex
