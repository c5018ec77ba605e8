"""Searching for words: nothing that is typed is an error, and large stores weigh a part of their chunks."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.sql import words
from adapters.sql.store import SqlStore
from domain.ids import DocumentId, new_id
from domain.scope import EVERYTHING
from tests.builders import a_document
from tests.readings import save_reading

_SYNTAX = st.sampled_from(['"', "'", "NEAR(", ")", "AND", "OR", "NOT", "*", "^", ":", "{text}", "-", "+", "\x00", "光"])

_CROWD = [f"{'common' if number % 3 else 'other'} filler number{number}" for number in range(30)]
_TEXTS = ["rare plain word", "rare common word", "common middling word", *_CROWD]


@given(query=st.text() | st.lists(_SYNTAX | st.text(max_size=3)).map(" ".join))
def test_no_query_is_an_error(searched: SqlStore, query: str) -> None:
    """Whatever is typed, searching gives a list."""
    with searched(EVERYTHING) as unit:
        assert isinstance(unit.readings.search_words(query, [a_document().id], 5), list)


def test_the_rarest_words_choose_and_all_words_rank(search: Callable[[str], list[str]]) -> None:
    """Chunks with none of the rare words are not weighed; among the others common words still count."""
    assert search("rare common") == ["rare common word", "rare plain word"]


def test_common_words_alone_are_searched_for(search: Callable[[str], list[str]]) -> None:
    """However common all words are, one of them chooses; a word that is nowhere changes nothing."""
    assert len(search("common nowhere filler")) >= 22
    assert search("nowhere") == []


def test_words_that_all_are_rare_are_weighed_alike(search: Callable[[str], list[str]]) -> None:
    """Where no word is common, each of them finds its chunks."""
    assert set(search("rare middling number7")) == {*_TEXTS[:3], "common filler number7"}


@pytest.mark.parametrize("limit", [1, 2, 3, 40])
def test_documents_are_searched_alike_however_much_of_the_store_they_hold(store: SqlStore, limit: int) -> None:
    """Chunks of one document come in the same order, whether it is searched alone, among few or among all."""
    large = save_reading(store, _TEXTS)
    small = save_reading(store, _TEXTS[:3], id=DocumentId(new_id()))

    with store(EVERYTHING) as unit:
        alone, both = (
            unit.readings.search_words("rare middling common", among, 80)
            for among in ([small.id], [small.id, large.id])
        )
        own = {chunk.id for chunk in unit.readings.list_chunks(small.id)}
        some = unit.readings.search_words("rare middling common", [small.id], limit)
        most = unit.readings.search_words("rare middling common", [large.id], limit)

    assert alone == [hit for hit in both if hit.chunk_id in own]
    assert some == alone[:limit]
    assert most == [hit for hit in both if hit.chunk_id not in own][:limit]


@pytest.fixture(scope="module")
def searched(module_store: SqlStore) -> SqlStore:
    save_reading(module_store, ["Plants make sugar out of light.", "光合作用は植物の働きです。"])
    return module_store


@pytest.fixture
def search(store: SqlStore, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], list[str]]:
    """Search a store that counts as a large one from six chunks on."""
    monkeypatch.setattr(words, "_FEW", 5)
    document = save_reading(store, _TEXTS)

    def found(query: str) -> list[str]:
        with store(EVERYTHING) as unit:
            hits = unit.readings.search_words(query, [document.id], 40)
            return [chunk.text for chunk in unit.readings.load_chunks([hit.chunk_id for hit in hits])]

    return found
