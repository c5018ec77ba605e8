"""What words and vectors found is put into one order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.documents import Hit
from domain.ids import ChunkId, DocumentId
from domain.places import Place
from generators.fusion import blend, rank

READING, OTHER = DocumentId("1" * 32), DocumentId("2" * 32)


def _place(name: str, unit: int = 0, *, chapter: int | None = None, document: DocumentId = READING) -> Place:
    return Place(ChunkId(name), document, ord(name[-1]), unit, chapter)


def _hits(**scores: float) -> list[Hit]:
    found = [Hit(ChunkId(name), score) for name, score in scores.items()]
    return sorted(found, key=lambda hit: -hit.score)


def _order(places: list[Place], **scores: float) -> list[str]:
    known = {ChunkId(name): score for name, score in scores.items()}
    return [place.chunk_id for place, _ in rank(places, known)]


def test_both_lists_count() -> None:
    """What both lists hold beats what only one of them holds as high."""
    places = [_place("a"), _place("b"), _place("c")]

    scores = blend(places, _hits(a=9, b=8), _hits(c=0.9, b=0.8, a=0.1), embedded={READING})

    assert max(scores, key=lambda chunk: scores[chunk]) == "b"
    assert scores[ChunkId("a")] == pytest.approx(0.6)
    assert scores[ChunkId("c")] == pytest.approx(0.4)


def test_words_alone_decide_in_documents_without_vectors() -> None:
    """Where vectors are not to be trusted, the order and the scores are those of the words."""
    places = [_place("a", document=OTHER), _place("b", document=OTHER), _place("c")]

    scores = blend(places, _hits(a=10, b=5), _hits(c=0.9, b=0.8), embedded={READING})

    assert scores == {"a": 1.0, "b": 0.5, "c": pytest.approx(0.4)}


def test_without_vectors_words_count_in_full() -> None:
    """When no vector was found at all, documents with vectors stand behind no others."""
    scores = blend([_place("a"), _place("b", document=OTHER)], _hits(a=4, b=2), [], embedded={READING})

    assert scores == {"a": 1.0, "b": 0.5}


def test_hits_that_are_all_alike_are_all_the_best() -> None:
    """A list without differences says of none of its chunks that it is worthless."""
    scores = blend([_place("a"), _place("b")], [], _hits(a=0.4, b=0.4), embedded={READING})

    assert scores == {"a": pytest.approx(0.4), "b": pytest.approx(0.4)}


def test_chunks_of_one_section_vote_together() -> None:
    """Two middling chunks of one section outrank a slightly better one that stands alone."""
    places = [_place("alone", 2), _place("first", 1), _place("second", 1)]

    assert _order(places, first=0.5, second=0.49, alone=0.55)[0] == "first"


def test_a_section_counts_more_in_a_chapter_about_the_same() -> None:
    """Of two sections that are alike, the one whose neighbours in the chapter were found too comes first."""
    places = [_place("lonely", 1, chapter=0), _place("kin", 5, chapter=4), _place("like", 6, chapter=4)]

    assert _order(places, lonely=0.5, kin=0.5, like=0.4)[0] == "kin"


def test_other_documents_are_other_sections() -> None:
    """Sections of the same number in two documents do not vote for each other."""
    places = [
        _place("a", 1),
        _place("b", 1, document=OTHER),
        _place("c", 2, document=OTHER),
        _place("d", 2, document=OTHER),
    ]

    assert _order(places, a=0.5, b=0.5, c=0.45, d=0.45)[0] == "c"


def test_worthless_chunks_are_ranked_too() -> None:
    """Chunks that score nothing come last, in reading order."""
    assert _order([_place("b"), _place("a"), _place("c", 1)], a=0.0, b=0.0, c=0.3) == ["c", "a", "b"]


@given(
    found=st.dictionaries(st.sampled_from("abcdefgh"), st.tuples(st.integers(0, 100), st.integers(0, 3)), min_size=1),
)
def test_a_section_is_led_by_its_best_chunk(found: dict[str, tuple[int, int]]) -> None:
    """Each chunk found is ranked once, and of one section the better chunk never stands behind the worse."""
    places = [_place(name, unit) for name, (_, unit) in found.items()]

    order = _order(places, **{name: score / 100 for name, (score, _) in found.items()})

    assert sorted(order) == sorted(found)
    for unit in range(4):
        scores = [found[name][0] for name in order if found[name][1] == unit]
        assert scores == sorted(scores, reverse=True)
