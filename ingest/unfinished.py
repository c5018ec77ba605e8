"""What a reading still lacks when its work failed or was stopped."""

from domain.documents import Document, DocumentStatus
from domain.ids import DocumentId
from domain.jobs import GenerateAids, IngestDocument, Job, JobStatus
from domain.ports import UnitOfWork

TO_RETRY = frozenset({DocumentStatus.FAILED, DocumentStatus.CANCELLED})
"""Where nothing of a reading is there, so that it begins anew."""


def is_making_aids(work: UnitOfWork, document_id: DocumentId) -> bool:
    """Whether its study aids are being made, or will be."""
    job = work.jobs.find_for(document_id, GenerateAids(document_id).name)
    return job is not None and job.status in {JobStatus.QUEUED, JobStatus.RUNNING}


def list_missing(work: UnitOfWork, document: Document) -> list[Job]:
    """List the jobs to run again; a document read anew asks for its study aids by itself."""
    ingest = IngestDocument(document.id)
    if document.status in TO_RETRY:
        return [ingest]
    if not document.is_readable:
        return []
    is_half_done = document.status is DocumentStatus.SEARCHABLE or document.spare is not None
    missing: list[Job] = [ingest] if _has_ended(work, ingest) and is_half_done else []
    is_settled = document.status is DocumentStatus.READY or bool(missing)
    if is_settled and not document.aids_ready and not is_making_aids(work, document.id):
        missing.append(GenerateAids(document.id))
    return missing


def _has_ended(work: UnitOfWork, job: Job) -> bool:
    record = work.jobs.find_for(job.subject, job.name)
    return record is not None and record.status in {JobStatus.FAILED, JobStatus.CANCELLED}
