"""Vectors made again, for readings that are complete: when the encoder was changed."""

from dataclasses import replace

from domain.documents import DocumentStatus
from domain.jobs import IngestDocument
from domain.ports import Store
from domain.scope import EVERYTHING


def ask_for_vectors(store: Store) -> None:
    """Have the vectors of every complete reading made again; until then its words alone find it."""
    with store(EVERYTHING) as work:
        for document in work.documents.list_ready():
            work.documents.save(replace(document, status=DocumentStatus.SEARCHABLE))
            work.jobs.add(IngestDocument(document.id))
        work.commit()
