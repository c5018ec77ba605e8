"""Words and vectors are searched together, and nothing beyond what was asked for is found."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.embeddings.minilm import MiniLM
from adapters.sql.store import SqlStore
from adapters.vectors.chroma import ChromaIndex
from adapters.vectors.memory import MemoryIndex
from domain.documents import Document, DocumentStatus, EmbeddedChunk
from domain.ids import DocumentId, new_id
from domain.places import Part
from domain.scope import EVERYTHING
from generators.retrieval import Retriever, Within
from tests.builders import CLASS, a_document
from tests.readings import save_reading, some_chunks

TEXTS = (
    "Chlorophyll is the pigment that absorbs light in a leaf.",
    "Trade along the Silk Roads carried paper and silk to the west.",
    "The equilibrium price is where demand meets supply.",
)


@dataclass(frozen=True, slots=True)
class Library:
    """Two readings in a store, with the vectors of their chunks."""

    store: SqlStore
    embedder: MiniLM
    index: MemoryIndex
    document: Document
    other: Document


def _indexed(document: Document, texts: Sequence[str], embedder: MiniLM) -> MemoryIndex:
    index = MemoryIndex()
    vectors = embedder.embed(texts)
    chunks = some_chunks(document, texts)
    index.add([EmbeddedChunk(chunk, vector) for chunk, vector in zip(chunks, vectors, strict=True)])
    return index


def test_meaning_finds_what_words_do_not(store: SqlStore, embedder: MiniLM) -> None:
    """A question without a word in common still finds its chunk, with its section and reading."""
    document = save_reading(store, TEXTS)
    retriever = Retriever(store, _indexed(document, TEXTS, embedder), embedder)

    best, *_ = retriever.search("merchants and caravans between Asia and Europe", [document], scope=EVERYTHING)

    assert best.chunk.text == TEXTS[1]
    assert best.document == document
    assert best.section.title == "Part 2"


def test_words_alone_do_before_the_vectors_are_ready(store: SqlStore, embedder: MiniLM) -> None:
    """With no vector stored, the words of the query find the chunk."""
    document = save_reading(store, TEXTS, status=DocumentStatus.SEARCHABLE)
    retriever = Retriever(store, MemoryIndex(), embedder)

    assert [passage.chunk.text for passage in retriever.search("equilibrium", [document], scope=EVERYTHING)] == [
        TEXTS[2]
    ]


def test_words_alone_do_when_the_encoder_is_missing(store: SqlStore, embedder: MiniLM, tmp_path: Path) -> None:
    """Without the encoder's files search goes on by words."""
    document = save_reading(store, TEXTS)
    retriever = Retriever(store, _indexed(document, TEXTS, embedder), MiniLM(tmp_path / "nothing"))

    assert [passage.chunk.text for passage in retriever.search("chlorophyll", [document], scope=EVERYTHING)] == [
        TEXTS[0]
    ]


def test_words_alone_do_when_the_index_does_not_answer(store: SqlStore, embedder: MiniLM, tmp_path: Path) -> None:
    """While another process holds the vectors, search goes on by words."""
    document = save_reading(store, TEXTS)
    holder = ChromaIndex(tmp_path)
    holder.take()

    found = Retriever(store, ChromaIndex(tmp_path), embedder).search("chlorophyll", [document], scope=EVERYTHING)
    holder.close()

    assert [passage.chunk.text for passage in found] == [TEXTS[0]]


def test_vectors_are_not_asked_about_other_languages(store: SqlStore, embedder: MiniLM) -> None:
    """A German reading is searched by its words alone."""
    document = save_reading(store, TEXTS, language="de")
    retriever = Retriever(store, _indexed(document, TEXTS, embedder), embedder)

    assert (
        retriever.search("merchants and caravans between Asia and Europe", [document], scope=EVERYTHING, limit=5) == []
    )


def test_readings_that_cannot_be_read_yet_are_left_out(store: SqlStore, embedder: MiniLM) -> None:
    """A failed or queued reading is never found."""
    document = save_reading(store, TEXTS, status=DocumentStatus.FAILED)
    retriever = Retriever(store, _indexed(document, TEXTS, embedder), embedder)

    assert retriever.search("chlorophyll", [document], scope=EVERYTHING) == []


def test_an_empty_query_finds_nothing(store: SqlStore, embedder: MiniLM) -> None:
    """Blanks are no question."""
    document = save_reading(store, TEXTS)
    retriever = Retriever(store, _indexed(document, TEXTS, embedder), embedder)

    assert retriever.search("  ", [document], scope=EVERYTHING) == []


@pytest.mark.parametrize(
    "query", ["xqzvbn plorf", "asdfghjkl", "zzzzkkk qqq", "how to knit a sweater", "carburetor repair"]
)
def test_nonsense_and_what_no_reading_is_about_find_nothing(store: SqlStore, embedder: MiniLM, query: str) -> None:
    """The nearest of all passages is not one that says anything about it."""
    document = save_reading(store, TEXTS)
    retriever = Retriever(store, _indexed(document, TEXTS, embedder), embedder)

    assert retriever.search(query, [document], scope=EVERYTHING) == []


def test_a_word_that_both_have_is_enough(store: SqlStore, embedder: MiniLM) -> None:
    """However far the rest of the query is from the passage; the passages without it are left out."""
    document = save_reading(store, TEXTS)
    retriever = Retriever(store, _indexed(document, TEXTS, embedder), embedder)

    found = retriever.search("xqzvbn plorf asdfghjkl pigments", [document], scope=EVERYTHING)

    assert [passage.chunk.text for passage in found] == [TEXTS[0]]


def test_a_search_keeps_to_a_class(store: SqlStore, embedder: MiniLM) -> None:
    """With a class named, readings of no class or another one are not looked at."""
    private = save_reading(store, TEXTS, class_id=None)
    shared = save_reading(store, TEXTS, id=DocumentId(new_id()))
    retriever = Retriever(store, MemoryIndex(), embedder)

    found = retriever.search("chlorophyll", [private, shared], scope=EVERYTHING, within=Within(class_id=CLASS))

    assert [passage.document for passage in found] == [shared]


@pytest.mark.parametrize("with_vectors", [True, False])
@given(
    query=st.text(alphabet="chlorophyllTradequbmnfkis ", max_size=40), first=st.integers(0, 3), more=st.integers(0, 2)
)
def test_nothing_outside_a_part_is_found(
    library: Library, query: str, first: int, more: int, *, with_vectors: bool
) -> None:
    """Whatever is asked, only chunks in the sections of the part come back, by words and by vectors."""
    retriever = Retriever(library.store, library.index if with_vectors else MemoryIndex(), library.embedder)
    part = Part(library.document.id, first, first + more)

    found = retriever.search(query, [library.document, library.other], scope=EVERYTHING, within=Within(part=part))

    assert all(one.document == library.document and first <= one.chunk.section <= first + more for one in found)


def test_a_part_is_searched_by_meaning_too(library: Library) -> None:
    """The vectors of a part's chunks are compared, wherever the rest of the reading ranks."""
    retriever = Retriever(library.store, library.index, library.embedder)

    found = retriever.search(
        "the colour that takes in sunshine",
        [library.document],
        scope=EVERYTHING,
        within=Within(part=Part(library.document.id, 0, 1)),
    )

    assert found[0].chunk.text == TEXTS[0]


def test_a_part_of_a_document_that_is_not_given_holds_nothing(library: Library) -> None:
    """A part says where to look among the documents given, and adds none to them."""
    retriever = Retriever(library.store, library.index, library.embedder)

    found = retriever.search(
        "paper", [library.other], scope=EVERYTHING, within=Within(part=Part(library.document.id, 0, 9))
    )

    assert found == []


def test_what_the_index_holds_beyond_the_documents_is_not_found(library: Library) -> None:
    """Looking through the nearest of all chunks brings up nothing of readings that were not asked for."""
    retriever = Retriever(library.store, library.index, library.embedder)

    found = retriever.search("silk, paper and prices", [library.other], scope=EVERYTHING)

    assert {passage.document.id for passage in found} == {library.other.id}


def test_a_small_share_of_the_index_is_asked_for_by_name(store: SqlStore, embedder: MiniLM) -> None:
    """A reading whose chunks are far from the query, behind hundreds of other readings' chunks, is found by meaning."""
    mine = save_reading(store, TEXTS[:1])
    index = _indexed(mine, TEXTS[:1], embedder)
    (query,) = embedder.embed(["Why are plants green?"])
    crowd = a_document(id=DocumentId(new_id()))
    index.add([EmbeddedChunk(chunk, query) for chunk in some_chunks(crowd, ["x"] * 2100)])

    found = Retriever(store, index, embedder).search("Why are plants green?", [mine], scope=EVERYTHING)

    assert [passage.chunk.text for passage in found] == [TEXTS[0]]


@pytest.fixture(scope="module")
def library(module_store: SqlStore, embedder: MiniLM) -> Library:
    document = save_reading(module_store, TEXTS)
    other = save_reading(module_store, ["Paper is made of wood.", "A market sets a price."], id=DocumentId(new_id()))
    index = _indexed(document, TEXTS, embedder)
    vectors = embedder.embed(["Paper is made of wood.", "A market sets a price."])
    chunks = some_chunks(other, ["Paper is made of wood.", "A market sets a price."])
    index.add([EmbeddedChunk(chunk, vector) for chunk, vector in zip(chunks, vectors, strict=True)])
    return Library(module_store, embedder, index, document, other)
