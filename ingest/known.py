"""A file that was read before, for another class or person of the school, is not read or embedded again.

The same bytes, read as the same kind of file, say the same. Nothing is learnt of the other reading: its pages are
taken, never its title or marks.
"""

from collections.abc import Sequence
from dataclasses import replace

from domain.documents import Chunk, Document, EmbeddedChunk
from domain.ports import ChunkIndex, Store, UnitOfWork
from domain.scope import EVERYTHING
from ingest.parsers.contract import Reading
from ingest.parsing import READER, list_scans


def find_reading(document: Document, store: Store) -> Reading | None:
    """Give what stands in the document's file when a document of the school with this file was read by this code."""
    with store(EVERYTHING) as work:
        other = _find_read(document, work)
        if other is None or list_scans(other.page_problems):
            return None
        pages = tuple(replace(page, has_orders=False) for page in work.readings.list_pages(other.id))
    return Reading(pages, other.file_title, other.page_problems, other.dropped)


def copy_vectors(document: Document, chunks: Sequence[Chunk], index: ChunkIndex, store: Store) -> None:
    """Give chunks without vectors those of the same words at the same place of a document with the same file."""
    with store(EVERYTHING) as work:
        other = _find_read(document, work)
        same = work.readings.list_chunks(other.id) if other is not None and other.id != document.id else []
    if not same or index.load_vectors([chunk.id for chunk in chunks]):
        return
    theirs = {(chunk.ordinal, chunk.text): chunk.id for chunk in same}
    vectors = index.load_vectors([chunk.id for chunk in same])
    pairs = ((chunk, theirs.get((chunk.ordinal, chunk.text))) for chunk in chunks)
    found = [EmbeddedChunk(chunk, vectors[one]) for chunk, one in pairs if one is not None and one in vectors]
    if found:
        index.add(found)


def _find_read(document: Document, work: UnitOfWork) -> Document | None:
    """Find a document with this one's file; a name alone can make Markdown or a table of what else is plain text."""
    return work.documents.find_read(
        document.content_hash, document.school_id, media_type=document.media_type, reader=READER
    )
