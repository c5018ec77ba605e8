"""What is searched for when a person types a query."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.sql.store import SqlStore
from adapters.sql.words import to_match
from domain.scope import EVERYTHING
from tests.builders import a_document
from tests.readings import save_reading


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("How don't a plant's leaves get sugar?", '"don" OR "plant" OR "leaves" OR "get" OR "sugar"'),
        ("to be or not to be", '"to" OR "be" OR "or" OR "not"'),
        ('sugar "MATCH(" sugar*', '"sugar" OR "match"'),
        ("光合作用", '"光合" OR "合作" OR "作用"'),
        ("光", '"光"*'),
        ("DNAの複製", '"dna" OR "の複" OR "複製"'),
        ("ﬁber photo\u00adsynthesis", '"fiber" OR "photosynthesis"'),
        ("()*^:+-'\"{}", ""),
        ("", ""),
    ],
)
def test_words_are_quoted_and_common_ones_dropped(query: str, expected: str) -> None:
    """The words that tell something are searched for, quoted, so that nothing typed acts as an operator."""
    assert to_match(query) == expected


def test_a_pasted_page_is_cut() -> None:
    """Of a very long query only the first 64 words count."""
    assert to_match(" ".join(f"word{number}" for number in range(1000))).count('"') == 128


_SYNTAX = st.sampled_from(['"', "'", "NEAR(", ")", "AND", "OR", "NOT", "*", "^", ":", "{text}", "-", "+", "\x00", "光"])


@given(query=st.text() | st.lists(_SYNTAX | st.text(max_size=3)).map(" ".join))
def test_no_query_is_an_error(searched: SqlStore, query: str) -> None:
    """Whatever is typed, searching gives a list."""
    with searched(EVERYTHING) as unit:
        assert isinstance(unit.readings.search_words(query, [a_document().id], 5), list)


@pytest.fixture(scope="module")
def searched(module_store: SqlStore) -> SqlStore:
    save_reading(module_store, ["Plants make sugar out of light.", "光合作用は植物の働きです。"])
    return module_store
