"""Keeps what stands in a reading, in one transaction: until it is done, what stood there before can be searched."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from domain.documents import Chunk, Document, DocumentStatus, RedactedDocument, SpareFile
from domain.errors import Cancelled, MargentError
from domain.hands import Change
from domain.jobs import GenerateAids, ScreenDocument
from domain.material import Artifact
from domain.people import Role
from domain.ports import FileStore, Store, UnitOfWork
from domain.scope import EVERYTHING
from ingest.moving import Edition, Moves
from ingest.moving_aids import Moved, is_touched, move_artifacts
from ingest.parsing import READER, list_scans
from safety.versions import Act, as_version_of, keep


@dataclass(frozen=True, slots=True)
class Contents:
    """What a file gave: its own title, its text with personal data marked, and the text cut into chunks.

    `is_complete` is False while scans of it are still to be recognised.
    """

    file_title: str
    redacted: RedactedDocument
    chunks: Sequence[Chunk]
    is_complete: bool = True


def store_words(document: Document, contents: Contents, store: Store, *, at: datetime) -> Document:
    """Make a reading searchable by its words, put its new file in the old one's place, and ask for study aids.

    What a student added is screened for signs of danger, and first: until then no model sees it. Study aids of words
    that are still there are kept. Raises Cancelled when the reading was deleted.
    """
    with store(EVERYTHING) as work:
        work.people.lock()  # screening and study aids say their part of the same row
        current = work.documents.find(document.id)
        if current is None:
            raise Cancelled("This reading was deleted.")
        before = Edition(work.readings.list_sections(document.id), work.readings.list_chunks(document.id))
        searchable = _with_contents(_with_new_file(current), contents)
        work.documents.save(searchable)
        work.readings.save_pages(contents.redacted)
        work.readings.save_chunks(document.id, contents.chunks)
        after = Edition(contents.redacted.parsed.sections, contents.chunks)
        _move_aids(work, document, Moves(before, after), at=at)
        owner = work.people.find_person(document.owner_id)
        if owner is not None and owner.role is Role.STUDENT:
            work.jobs.add(ScreenDocument(document.id))
        if contents.is_complete:
            work.jobs.add(GenerateAids(document.id))
        work.commit()
    return searchable


def drop_old_file(document: Document, store: Store, files: FileStore) -> None:
    """Delete the file that had this one's place, unless another reading needs it."""
    if document.spare is None or not document.spare.is_old:
        return
    with store(EVERYTHING) as work:
        is_used = work.documents.is_used(document.spare.content_hash)
    if not is_used:
        files.delete(document.spare.content_hash)


def drop_new_file(document: Document, store: Store, files: FileStore, error: MargentError | None = None) -> None:
    """Give up a file that was to take this one's place; the reading says why, where it was an error."""
    spare = document.spare
    with store(EVERYTHING) as work:
        work.people.lock()
        current = work.documents.find(document.id)
        if spare is None or current is None or current.spare != spare:
            return
        said = f"The new file was not taken, and this one stays. {error.message}" if error else ""
        work.documents.save(replace(current, spare=None, problem_code=error.code if error else "", problem=said))
        work.readings.drop_recognised(document.id)
        is_used = work.documents.is_used(spare.content_hash)
        work.commit()
    if not is_used:
        files.delete(spare.content_hash)


def coming_file(document: Document) -> SpareFile | None:
    """Give the file that is to take this one's place, or None."""
    return document.spare if document.spare is not None and not document.spare.is_old else None


def with_file(document: Document, coming: SpareFile) -> Document:
    """Give the document with another file, its next version, and none beside it."""
    return replace(
        document,
        filename=coming.filename,
        media_type=coming.media_type,
        content_hash=coming.content_hash,
        size=coming.size,
        source_url="",
        version=document.version + 1,
        spare=None,
    )


def _with_new_file(document: Document) -> Document:
    coming = coming_file(document)
    if coming is None:
        return document
    old = SpareFile(document.filename, document.media_type, document.content_hash, document.size, is_old=True)
    return replace(with_file(document, coming), spare=old)


def _with_contents(document: Document, contents: Contents) -> Document:
    parsed = contents.redacted.parsed
    scans = list_scans(parsed.problems)
    return replace(
        document,
        title=parsed.title,
        file_title=contents.file_title,
        reader=READER,
        language=parsed.language,
        page_count=max([page.number for page in parsed.pages] + scans, default=0),
        page_problems=parsed.problems,
        problem_code="",
        problem="",
        dropped=parsed.dropped,
        status=DocumentStatus.SEARCHABLE,
        is_screened=False,
        aids_ready=False,
    )


def _move_aids(work: UnitOfWork, document: Document, moves: Moves, *, at: datetime) -> None:
    """Let study aids follow their words; what is being made of the old words is stopped."""
    work.jobs.ask_cancel(document.id, GenerateAids(document.id).name)
    for moved in move_artifacts(work.material.list_all(document.id), moves):
        if moved.after is None:
            work.material.delete(moved.before.id)
        elif moved.after != moved.before:
            _keep_moved(work, moved, moved.after, at)


def _keep_moved(work: UnitOfWork, moved: Moved, after: Artifact, at: datetime) -> None:
    """Save a study aid as it is in the next edition. What people did to it, or to one that it took up, is a version."""
    act = Act(Change.MOVED, at)
    before = moved.before
    for other in moved.taken_up:
        before = keep(work, before, as_version_of(before, other), act)
    if is_touched(moved.before) or moved.taken_up:
        keep(work, before, after, act)
    else:
        work.material.save(after)
