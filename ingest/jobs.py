"""The handler of IngestDocument: loads the document, runs the pipeline, and leaves a true status behind."""

from dataclasses import replace

from domain.documents import Document, DocumentStatus
from domain.errors import Cancelled, MargentError, Transient
from domain.jobs import IngestDocument, JobContext
from domain.scope import EVERYTHING
from ingest.parsing import Wordless
from ingest.pipeline import Tools, ingest
from ingest.storing import coming_file, drop_new_file

_SETTLED = {DocumentStatus.READY, DocumentStatus.FAILED, DocumentStatus.CANCELLED}


def handle(job: IngestDocument, tools: Tools, context: JobContext) -> None:
    """Ingest the document of the job; a document that is gone or settled is left alone.

    Raises what the pipeline raises, after the document's status says so; a Transient error leaves it to be
    tried again.
    """
    with tools.store(EVERYTHING) as work:
        document = work.documents.find(job.document_id)
        if document is None or (document.status in _SETTLED and coming_file(document) is None):
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
        _settle(document, DocumentStatus.CANCELLED, tools)
        raise
    except MargentError as error:
        _settle(document, DocumentStatus.FAILED, tools, error)
        raise


def _settle(document: Document, status: DocumentStatus, tools: Tools, error: MargentError | None = None) -> None:
    """Take away what is half done, so that nothing of it looks ready, and say why.

    A file that was to take another's place goes, and the reading stays as it was, but for why. One that has taken it
    stays: what was made from its words is kept, and what it lacks can be asked for again.
    """
    with tools.store(EVERYTHING) as work:
        current = work.documents.find(document.id)
    if current is not None and coming_file(current) is not None:
        drop_new_file(current, tools.store, tools.files, error)
        return
    if current is not None and current.version > 1 and current.status is DocumentStatus.SEARCHABLE:
        return
    with tools.store(EVERYTHING) as work:
        current = work.documents.find(document.id)
        if current is not None:
            work.readings.save_chunks(document.id, [])
            work.readings.drop_recognised(document.id)
            work.documents.save(_settled(current, status, error))
            work.commit()
    tools.index.delete(document.id)


def _settled(document: Document, status: DocumentStatus, error: MargentError | None) -> Document:
    if error is None:
        return replace(document, status=status)
    page_problems = error.page_problems if isinstance(error, Wordless) else ()
    return replace(document, status=status, problem_code=error.code, problem=error.message, page_problems=page_problems)
