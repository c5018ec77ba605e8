"""The handler of IngestDocument: loads the document, runs the pipeline, and leaves a true status behind."""

from dataclasses import replace

from domain.documents import Document, DocumentStatus
from domain.errors import Cancelled, MargentError, Transient
from domain.ids import DocumentId
from domain.jobs import IngestDocument, JobContext
from domain.scope import EVERYTHING
from ingest.parsers import Wordless
from ingest.pipeline import Tools, ingest

_SETTLED = {DocumentStatus.READY, DocumentStatus.FAILED, DocumentStatus.CANCELLED}


def handle(job: IngestDocument, tools: Tools, context: JobContext) -> None:
    """Ingest the document of the job; a document that is gone or settled is left alone.

    Raises what the pipeline raises, after the document's status says so; a Transient error leaves it to be
    tried again.
    """
    with tools.store(EVERYTHING) as work:
        document = work.documents.find(job.document_id)
        if document is None or document.status in _SETTLED:
            return
        if document.status is DocumentStatus.QUEUED:
            document = replace(document, status=DocumentStatus.READING)
            work.documents.save(document)
            work.commit()
    try:
        ingest(document, tools, context)
    except Transient:
        raise
    except Cancelled:
        _settle(job.document_id, DocumentStatus.CANCELLED, tools)
        raise
    except MargentError as error:
        _settle(job.document_id, DocumentStatus.FAILED, tools, error)
        raise


def _settle(document_id: DocumentId, status: DocumentStatus, tools: Tools, error: MargentError | None = None) -> None:
    """Take away what is half done, so that nothing of it looks ready, and say why."""
    with tools.store(EVERYTHING) as work:
        document = work.documents.find(document_id)
        if document is not None:
            work.readings.save_chunks(document_id, [])
            work.documents.save(_settled(document, status, error))
            work.commit()
    tools.index.delete(document_id)


def _settled(document: Document, status: DocumentStatus, error: MargentError | None) -> Document:
    if error is None:
        return replace(document, status=status)
    page_problems = error.page_problems if isinstance(error, Wordless) else ()
    return replace(document, status=status, problem_code=error.code, problem=error.message, page_problems=page_problems)
