"""Words and vectors are fused by rank, and sections found together move up."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from adapters.embeddings.minilm import MiniLM
from adapters.sql.store import SqlStore
from adapters.vectors.memory import MemoryIndex
from domain.documents import Chunk, Document, DocumentStatus, EmbeddedChunk, Hit, Position, Section, Span
from domain.ids import ChunkId
from domain.scope import EVERYTHING
from generators.retrieval import Retriever, fuse, rank
from tests.builders import a_document
from tests.readings import save_reading, some_chunks

TEXTS = (
    "Chlorophyll is the pigment that absorbs light in a leaf.",
    "Trade along the Silk Roads carried paper and silk to the west.",
    "The equilibrium price is where demand meets supply.",
)


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


def test_both_lists_count() -> None:
    """What both lists hold beats what one list holds at the same rank."""
    one, two, three = ChunkId("1"), ChunkId("2"), ChunkId("3")

    scores = fuse([[Hit(one, 9.0), Hit(two, 8.0)], [Hit(three, 0.9), Hit(two, 0.8)]])

    assert max(scores, key=lambda chunk: scores[chunk]) == two
    assert scores[one] == scores[three] == pytest.approx(1 / 21)


def test_chunks_of_one_unit_vote_together() -> None:
    """Two middling chunks of one section outrank a slightly better one that stands alone; subsections count with it."""
    document = a_document()
    here = Position(1, 0)
    sections = [
        Section(document.id, 0, 1, 1, "Unit", ("Unit",), here, here, is_unit=True),
        Section(document.id, 1, 1, 2, "Part of it", ("Unit", "Part of it"), here, here, is_unit=False),
        Section(document.id, 2, 2, 1, "Elsewhere", ("Elsewhere",), here, here, is_unit=False),
    ]
    chunks = [
        Chunk(ChunkId(name), document.id, ordinal, section, Span(document.id, 1, 0, 1), "x")
        for ordinal, (name, section) in enumerate([("first", 0), ("second", 1), ("alone", 2)])
    ]
    scores = {ChunkId("first"): 0.04, ChunkId("second"): 0.039, ChunkId("alone"): 0.045}

    ranked = [chunk.id for chunk, _ in rank(chunks, scores, {document.id: sections})]

    assert ranked == ["first", "second", "alone"]
