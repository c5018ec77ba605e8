"""Finds readings and study aids for a person: what is not the person's to know of is not there."""

from domain.documents import Document
from domain.errors import NotFound
from domain.ids import ArtifactId, DocumentId
from domain.material import Artifact, ArtifactStatus
from domain.people import Person, Role, sees
from domain.ports import UnitOfWork


def find_document(work: UnitOfWork, person: Person, document_id: DocumentId) -> Document:
    """Give a reading that the person sees. Raises NotFound."""
    document = work.documents.find(document_id)
    if document is None or not sees(person, document):
        raise NotFound("There is no such reading.")
    return document


def find_aid(work: UnitOfWork, person: Person, artifact_id: ArtifactId) -> tuple[Artifact, Document]:
    """Give a study aid that the person sees, with its reading. Raises NotFound."""
    artifact = work.material.find(artifact_id)
    document = work.documents.find(artifact.document_id) if artifact else None
    if artifact is None or document is None or not sees(person, document) or not shows(artifact, person):
        raise NotFound("There is no such study aid.")
    return artifact, document


def shows(artifact: Artifact, person: Person) -> bool:
    """Whether a person may see it: one's own is one's own, and drafts are for teachers."""
    if artifact.owner_id is not None:
        return artifact.owner_id == person.id
    return artifact.status is ArtifactStatus.PUBLISHED or person.role is Role.TEACHER
