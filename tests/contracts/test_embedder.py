"""What every Embedder promises."""

import math
from pathlib import Path

import pytest

from adapters.embeddings.minilm import MiniLM
from domain.errors import Transient
from domain.ports import Embedder


def _similarity(one: list[float], other: list[float]) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True))


def test_vectors_come_in_the_order_of_the_texts(embedder: Embedder) -> None:
    """However texts are batched, each gets its own vector back."""
    texts = ["A cat.", "The law of demand relates price and quantity. " * 30, "Light is absorbed by chlorophyll."]

    together = embedder.embed(texts)

    for text, vector in zip(texts, together, strict=True):
        (alone,) = embedder.embed([text])
        assert _similarity(list(vector), list(alone)) > 0.98


def test_vectors_have_length_one(embedder: Embedder) -> None:
    """Every vector is a unit vector, that of the empty text too."""
    for vector in embedder.embed(["A cat sits outside.", ""]):
        assert math.isclose(_similarity(list(vector), list(vector)), 1.0, abs_tol=1e-3)


def test_like_meanings_are_closer_than_unlike_ones(embedder: Embedder) -> None:
    """A paraphrase is nearer than another subject, as the published model has it."""
    cat, feline, guitar = embedder.embed(
        ["The cat sits outside", "The feline is sitting outdoors", "A man is playing guitar"]
    )

    assert _similarity(list(cat), list(feline)) > 0.5
    assert _similarity(list(cat), list(guitar)) < 0.2


def test_nothing_gives_nothing(embedder: Embedder) -> None:
    """No texts, no vectors."""
    assert embedder.embed([]) == []
    assert embedder.embed_passages([]) == []


def test_passages_keep_their_order_and_length_one(embedder: Embedder) -> None:
    """What is to be searched for has unit vectors in the order of the texts, and nothing to say is no fault."""
    texts = ["the of and", "", "Light is absorbed by chlorophyll.", "The law of demand relates price and quantity."]

    *_, light, law = vectors = embedder.embed_passages(texts)

    for vector in vectors:
        assert math.isclose(_similarity(list(vector), list(vector)), 1.0, abs_tol=1e-3)
    assert _similarity(list(light), list(embedder.embed_query("photosynthesis in plants"))) > 0.4
    assert _similarity(list(law), list(embedder.embed_query("photosynthesis in plants"))) < 0.2


def test_a_long_text_is_cut_where_the_model_ends(embedder: Embedder) -> None:
    """Past 256 tokens nothing is read, whatever stands there."""
    long = "Cells divide. " * 200

    whole, more = embedder.embed([long, long + "Guitars are played with six strings. " * 50])

    assert _similarity(list(whole), list(more)) > 0.98


def test_missing_model_files_are_named(tmp_path: Path) -> None:
    """Without its files the encoder says what to run."""
    with pytest.raises(Transient, match="margent models") as caught:
        MiniLM(tmp_path).embed(["A cat."])

    assert caught.value.code == "models_missing"


def test_a_query_has_the_length_of_a_passage(embedder: Embedder) -> None:
    """What is searched with is a unit vector of as many numbers, near the passage that says the same."""
    vector = embedder.embed_query("The cat sits outside")
    (passage,) = embedder.embed(["The cat sits outside"])

    assert math.isclose(_similarity(list(vector), list(vector)), 1.0, abs_tol=1e-3)
    assert _similarity(list(vector), list(passage)) > 0.9


def test_its_languages_are_named_by_their_two_letters(embedder: Embedder) -> None:
    """The encoder says which languages it may be trusted in, or that it knows all."""
    assert embedder.languages is None or all(len(one) == 2 for one in embedder.languages)
