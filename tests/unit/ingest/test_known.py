"""A file that was read before is not read again, and nothing of the other reading is learnt by it."""

import io
from dataclasses import replace

from domain.documents import Document, DocumentStatus
from domain.ids import PersonId, SchoolId, new_id
from domain.jobs import IngestDocument
from domain.people import Role, School
from domain.scope import EVERYTHING
from ingest.jobs import handle
from ingest.pipeline import Tools
from ingest.service import Documents
from tests.builders import CLASS, a_person
from tests.unit.ingest.conftest import Watcher

TEXT = b"Write to sam@school.example about the chloroplast, which makes sugar from light in every green leaf.\n" * 4
TEACHER = a_person(Role.TEACHER)


def _read(tools: Tools, documents: Documents, name: str, **where: object) -> tuple[Document, Watcher]:
    person = where.get("person", TEACHER)
    content = io.BytesIO(where.get("content", TEXT))  # type: ignore[arg-type]
    document = documents.upload(person, name, content, class_id=where.get("class_id")).document  # type: ignore[arg-type]
    watcher = Watcher()
    handle(IngestDocument(document.id), tools, watcher)
    with tools.store(EVERYTHING) as work:
        found = work.documents.find(document.id)
    assert found is not None
    return found, watcher


def _is_read(watcher: Watcher) -> bool:
    return any(step.stage == "reading" for step in watcher.steps)


def test_the_same_file_is_read_once_for_a_school(tools: Tools, documents: Documents) -> None:
    """For another person it is there at once, with its own title, its marks made anew, and the same vectors."""
    first, slow = _read(tools, documents, "Sam Miller.txt", class_id=CLASS)
    second, quick = _read(tools, documents, "notes.txt", person=a_person())

    assert (_is_read(slow), _is_read(quick)) == (True, False)
    assert (first.title, second.title, second.status) == ("Sam Miller", "notes", DocumentStatus.READY)
    assert second.like_id == first.id
    with tools.store(EVERYTHING) as work:
        chunks = [work.readings.list_chunks(one.id) for one in (first, second)]
    assert [chunk.marks for chunk in chunks[0]] == [chunk.marks for chunk in chunks[1]] != [()]
    vectors = tools.index.load_vectors([chunks[0][0].id, chunks[1][0].id])
    assert list(vectors[chunks[0][0].id]) == list(vectors[chunks[1][0].id])


def test_without_vectors_to_copy_they_are_made(tools: Tools, documents: Documents) -> None:
    """The other reading may have lost its own."""
    first, _ = _read(tools, documents, "a.txt", class_id=CLASS)
    tools.index.delete(first.id)

    second, _ = _read(tools, documents, "b.txt")

    with tools.store(EVERYTHING) as work:
        chunks = work.readings.list_chunks(second.id)
    assert len(tools.index.load_vectors([chunk.id for chunk in chunks])) == len(chunks) == 1


def test_another_school_or_an_older_reader_reads_for_itself(tools: Tools, documents: Documents) -> None:
    """What one school has says nothing to another, and what read better since reads again."""
    first, _ = _read(tools, documents, "a.txt", class_id=CLASS)
    other = a_person(
        Role.TEACHER, id=PersonId(new_id()), school_id=SchoolId(new_id()), email="b@school.example", class_ids=()
    )
    with tools.store(EVERYTHING) as work:
        work.people.save_school(School(other.school_id, "Another school"))
        work.people.save_person(other)
        work.documents.save(replace(first, page_problems=()))
        work.commit()
    theirs, theirs_watched = _read(tools, documents, "b.txt", person=other)
    with tools.store(EVERYTHING) as work:
        for one in (first, theirs):
            work.documents.save(replace(one, reader=0))
        work.commit()
    _, again = _read(tools, documents, "c.txt", person=a_person())

    assert _is_read(theirs_watched)
    assert theirs.like_id is None
    assert _is_read(again)


def test_the_same_bytes_are_read_anew_as_another_kind_of_file(tools: Tools, documents: Documents) -> None:
    """A plain text has no headings; with the name of Markdown it has, for its owner and for others."""
    text = b"# Leaves\n\nLeaves make sugar from light, all day long and in every green part of the plant.\n"
    plain, _ = _read(tools, documents, "a.txt", content=text)
    mine, _ = _read(tools, documents, "a.md", content=text)
    theirs, watched = _read(tools, documents, "b.md", content=text, person=a_person())

    with tools.store(EVERYTHING) as work:
        headings = [work.readings.list_pages(one.id)[0].headings for one in (plain, mine, theirs)]
    assert [[heading.title for heading in found] for found in headings] == [[], ["Leaves"], ["Leaves"]]
    assert not _is_read(watched)
