"""What every ChunkIndex promises."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from adapters.vectors.chroma import ChromaIndex
from adapters.vectors.memory import MemoryIndex
from domain.documents import Chunk, EmbeddedChunk, Span
from domain.errors import IndexDown
from domain.ids import ChunkId, DocumentId
from domain.ports import ChunkIndex

ONE, OTHER = DocumentId("1" * 32), DocumentId("2" * 32)


@pytest.fixture(params=["chroma", "memory"])
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ChunkIndex]:
    if request.param == "memory":
        yield MemoryIndex()
        return
    chroma = ChromaIndex(tmp_path / "vectors")
    yield chroma
    chroma.close()


def _row(name: str, vector: list[float], document: DocumentId = ONE) -> EmbeddedChunk:
    chunk = Chunk(ChunkId(name), document, 0, 0, Span(document, 1, 0, 4), "text")
    return EmbeddedChunk(chunk, vector)


def test_nearest_come_first(index: ChunkIndex) -> None:
    """Hits are ordered by cosine, and the score is the cosine."""
    index.add([_row("east", [1.0, 0.0]), _row("north", [0.0, 1.0]), _row("between", [0.6, 0.8])])

    hits = index.search([0.0, 1.0], [ONE], 2)

    assert [hit.chunk_id for hit in hits] == ["north", "between"]
    assert [hit.score for hit in hits] == pytest.approx([1.0, 0.8], abs=1e-3)


def test_only_the_documents_asked_for_are_searched(index: ChunkIndex) -> None:
    """A chunk of another document is never found."""
    index.add([_row("mine", [1.0, 0.0]), _row("theirs", [0.0, 1.0], OTHER)])

    assert [hit.chunk_id for hit in index.search([0.0, 1.0], [ONE], 5)] == ["mine"]
    assert {hit.chunk_id for hit in index.search([0.0, 1.0], [ONE, OTHER], 5)} == {"mine", "theirs"}
    assert index.search([0.0, 1.0], [], 5) == []


def test_everything_is_searched_when_no_documents_are_named(index: ChunkIndex) -> None:
    """With None the nearest of all chunks come, best first."""
    index.add([_row("mine", [1.0, 0.0]), _row("theirs", [0.0, 1.0], OTHER)])

    assert [hit.chunk_id for hit in index.search([0.0, 1.0], None, 5)] == ["theirs", "mine"]
    assert [hit.chunk_id for hit in index.search([0.0, 1.0], None, 1)] == ["theirs"]


def test_a_document_keeps_the_vectors_of_its_living_chunks(index: ChunkIndex) -> None:
    """Those of its other chunks go; other documents keep theirs, and doing it again changes nothing."""
    index.add([_row("living", [1.0, 0.0]), _row("gone", [0.0, 1.0]), _row("theirs", [0.0, 1.0], OTHER)])

    for _ in range(2):
        index.keep_only(ONE, [ChunkId("living"), ChunkId("coming")])

        assert set(index.load_vectors([ChunkId(one) for one in ("living", "gone", "theirs")])) == {"living", "theirs"}


def test_adding_again_replaces(index: ChunkIndex) -> None:
    """A repeated job doubles nothing."""
    index.add([_row("a", [1.0, 0.0])])
    index.add([_row("a", [0.0, 1.0])])

    hits = index.search([0.0, 1.0], [ONE], 5)

    assert len(hits) == 1
    assert hits[0].score == pytest.approx(1.0, abs=1e-3)


def test_vectors_can_be_read_back(index: ChunkIndex) -> None:
    """Stored vectors come back by id; unknown ids are left out."""
    index.add([_row("a", [0.6, 0.8])])

    found = index.load_vectors([ChunkId("a"), ChunkId("gone")])

    assert list(found) == ["a"]
    assert list(found[ChunkId("a")]) == pytest.approx([0.6, 0.8], abs=1e-6)
    assert index.load_vectors([]) == {}


def test_deleting_a_document_forgets_its_vectors_alone(index: ChunkIndex) -> None:
    """The other document's vectors stay, and deleting what is not there does nothing."""
    index.add([_row("mine", [1.0, 0.0]), _row("theirs", [0.0, 1.0], OTHER)])

    index.delete(ONE)
    index.delete(ONE)

    assert [hit.chunk_id for hit in index.search([1.0, 0.0], [ONE, OTHER], 5)] == ["theirs"]


def test_an_index_that_is_there_says_nothing(index: ChunkIndex) -> None:
    """Ping passes."""
    index.ping()


def test_two_processes_cannot_share_a_folder(tmp_path: Path) -> None:
    """The second to open a folder is told so, until the first lets go."""
    first, second = ChromaIndex(tmp_path), ChromaIndex(tmp_path)
    first.take()
    first.take()

    with pytest.raises(IndexDown, match="already uses this data folder"):
        second.ping()

    first.close()
    second.ping()
    second.close()
    second.close()


def test_vectors_survive_a_restart(tmp_path: Path) -> None:
    """What was added is found after the folder is opened anew."""
    before = ChromaIndex(tmp_path)
    before.add([_row("a", [1.0, 0.0])])
    before.close()

    after = ChromaIndex(tmp_path)

    assert [hit.chunk_id for hit in after.search([1.0, 0.0], [ONE], 5)] == ["a"]
    after.close()


def test_scrubbing_keeps_the_living(index: ChunkIndex) -> None:
    """After scrubbing, what was deleted is gone, and the rest is found, read back, added to and deleted as before."""
    index.add([_row("mine", [1.0, 0.0]), _row("theirs", [0.0, 1.0], OTHER)])
    index.delete(ONE)

    index.scrub()
    index.scrub()

    assert [hit.chunk_id for hit in index.search([1.0, 0.0], [ONE, OTHER], 5)] == ["theirs"]
    assert list(index.load_vectors([ChunkId("theirs")])[ChunkId("theirs")]) == pytest.approx([0.0, 1.0])
    index.add([_row("new", [1.0, 0.0])])
    index.delete(OTHER)
    assert [hit.chunk_id for hit in index.search([1.0, 0.0], [ONE, OTHER], 5)] == ["new"]


def test_scrubbing_leaves_no_byte(tmp_path: Path) -> None:
    """After scrubbing no file of the folder holds the name of what was deleted, nor more vectors than are left."""
    index = ChromaIndex(tmp_path / "vectors")
    # more than Chroma keeps in its log before it writes them apart
    rows = [
        _row(f"chunk-{place:06d}", [float(place % 7), float(place % 11), 1.0], ONE if place < 1200 else OTHER)
        for place in range(2400)
    ]
    index.add(rows)
    index.delete(ONE)
    assert b"chunk-000001" in _bytes_in(tmp_path)

    index.scrub()

    left = _bytes_in(tmp_path)
    assert b"chunk-000001" not in left
    assert ONE.encode() not in left
    assert b"chunk-001300" in left
    folders = [path for path in (tmp_path / "vectors").iterdir() if path.is_dir()]
    assert len(folders) == 1
    assert len(index.load_vectors([ChunkId(f"chunk-{place:06d}") for place in range(2400)])) == 1200
    index.close()


def _bytes_in(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


@pytest.mark.parametrize("is_copied", [True, False])
def test_a_scrubbing_that_was_cut_off_is_taken_up(tmp_path: Path, *, is_copied: bool) -> None:
    """A process that dies while it scrubs loses nothing: the next one finds every living vector."""
    index = ChromaIndex(tmp_path / "vectors")
    index.add([_row("mine", [1.0, 0.0])])
    client = index._opened[0]
    index.delete(OTHER)
    if is_copied:
        index._collection.modify(name="chunks-coming")
    else:
        client.create_collection("chunks-coming", embedding_function=None)
    index.close()

    again = ChromaIndex(tmp_path / "vectors")

    assert [hit.chunk_id for hit in again.search([1.0, 0.0], [ONE], 5)] == ["mine"]
    again.scrub()
    again.close()


def test_a_search_during_scrubbing_may_be_told_to_try_again(tmp_path: Path) -> None:
    """A search whose collection was taken away meanwhile says that the index does not answer, and the next works."""
    index = ChromaIndex(tmp_path / "vectors")
    index.add([_row("mine", [1.0, 0.0])])
    index.delete(OTHER)
    opened = index._opened
    index.scrub()
    current, index.__dict__["_open"] = index._opened, opened

    with pytest.raises(IndexDown):
        index.search([1.0, 0.0], [ONE], 5)
    with pytest.raises(IndexDown):
        index.load_vectors([ChunkId("mine")])

    index.__dict__["_open"] = current
    assert len(index.search([1.0, 0.0], [ONE], 5)) == 1
    index.close()


def test_vectors_of_another_length_can_come_once_all_are_forgotten(tmp_path: Path) -> None:
    """After clearing nothing of the old vectors is found or left, and the name of the new encoder is kept."""
    index = ChromaIndex(tmp_path / "vectors")
    assert index.encoder == ""
    index.clear()
    index.add([_row("mine", [1.0, 0.0])])
    assert index.encoder == "all-MiniLM-L6-v2-int8"

    index.clear()
    index.note_encoder("another")
    index.add([_row("mine", [0.0, 0.0, 1.0])])

    assert [hit.chunk_id for hit in index.search([0.0, 0.0, 1.0], [ONE], 5)] == ["mine"]
    assert index.encoder == "another"
    assert len([path for path in (tmp_path / "vectors").iterdir() if path.is_dir()]) <= 1
    index.close()
