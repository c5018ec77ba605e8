"""Orders without circles."""

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from generators.compose.maps.order import without_cycles

PAIRS = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=30)


@given(PAIRS)
def test_no_cycle_is_left(pairs: list[tuple[int, int]]) -> None:
    """Whatever is kept forms no cycle."""
    kept = [pairs[index] for index in without_cycles(pairs)]

    assert nx.is_directed_acyclic_graph(nx.DiGraph(kept))


@given(PAIRS)
def test_only_what_closes_a_cycle_goes(pairs: list[tuple[int, int]]) -> None:
    """A pair is dropped only when the stronger ones that were kept already lead back."""
    kept = without_cycles(pairs)

    for index in set(range(len(pairs))) - set(kept):
        stronger = [pairs[other] for other in kept if other < index]
        assert not nx.is_directed_acyclic_graph(nx.DiGraph([*stronger, pairs[index]]))


def test_the_weakest_of_a_cycle_goes() -> None:
    """Of three pairs in a circle the last, which is the weakest, is left out."""
    assert without_cycles([("a", "b"), ("b", "c"), ("c", "a")]) == [0, 1]
