"""Labels, boxes and lines of the drawn map."""

from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.material import Unit
from generators.mapping.concept_graph import lay_out
from generators.mapping.concept_labels import MOST_LINES, WIDEST_LINE, measure, wrap
from generators.mapping.concept_layout import Box, Picture
from generators.mapping.concept_rows import Grid
from tests.unit.generators.maps import a_concept, a_map, a_relation


def no_overlap(picture: Picture) -> bool:
    return not any(first.overlaps(second) for first, second in combinations(picture.boxes, 2))


@given(st.text(max_size=120))
def test_every_line_of_a_label_fits(label: str) -> None:
    """Whatever the label, it has at most three lines and none is too wide."""
    lines = wrap(label)

    assert len(lines) <= MOST_LINES
    assert all(measure(line) <= WIDEST_LINE for line in lines)


def test_a_label_keeps_its_words() -> None:
    """A label that fits is broken between words and loses none."""
    assert " ".join(wrap("conditional probability of an event")) == "conditional probability of an event"


def test_long_words_are_cut_and_long_labels_end_in_dots() -> None:
    """A word wider than the box is hyphenated; what does not fit into three lines is cut off, visibly."""
    assert wrap("Donaudampfschifffahrtsgesellschaft")[0].endswith("-")
    assert wrap("a very long label that goes on and on until nobody can read it any more at all")[-1].endswith("…")


def test_wide_scripts_are_given_more_room() -> None:
    """Chinese characters are wider than Latin letters, marks that combine take no room."""
    assert measure("細胞") > measure("ab")
    assert measure("e\u0301") == measure("e")
    assert measure("é") > measure("e")


@pytest.mark.parametrize(("size", "links"), [(1, 0), (2, 1), (10, 12), (30, 50), (60, 70), (60, 120)])
def test_no_label_lies_over_another(size: int, links: int) -> None:
    """Up to sixty concepts, however linked, no box overlaps another, and every label fits its box."""
    for seed in range(3):
        picture = lay_out(a_map(size, links, seed))

        assert len(picture.boxes) == size
        assert no_overlap(picture)
        assert all(measure(line) < box.width for box in picture.boxes for line in box.lines)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 25), st.integers(0, 60), st.integers(0, 10_000))
def test_any_map_can_be_laid_out(size: int, links: int, seed: int) -> None:
    """Any map has a place for every concept inside the picture, and a line for every relation of its graph."""
    picture = lay_out(a_map(max(size, 2), links, seed))

    assert no_overlap(picture)
    for box in picture.boxes:
        assert min(box.x, box.y) >= 0
        assert box.x + box.width <= picture.width
        assert box.y + box.height <= picture.height


def test_lines_pass_between_the_boxes() -> None:
    """Where a line runs straight through a row it touches no box of the row."""
    for seed in range(5):
        picture = lay_out(a_map(30, 40, seed))
        for route in (route for route in picture.routes if not route.is_arc):
            for start, end in zip(route.points[1:-1:2], route.points[2:-1:2], strict=False):
                lane = Box("", (), start[0], min(start[1], end[1]), 0.1, abs(start[1] - end[1]))
                assert not any(lane.overlaps(box) for box in picture.boxes)


def test_what_is_needed_stands_higher() -> None:
    """Every prerequisite stands above what it is needed for."""
    labels = "abcdef"
    units: list[Unit] = [
        *map(a_concept, labels),
        *(a_relation(first, second) for first, second in pairwise(labels)),
    ]

    tops = {box.lines[0]: box.y for box in lay_out(units).boxes}

    assert [tops[label] for label in labels] == sorted(set(tops.values()))


def test_a_wide_layer_becomes_rows() -> None:
    """Thirty concepts that need one are set in several rows, not in one endless row."""
    units: list[Unit] = [a_concept("the root of all")]
    leaves = [f"a concept number {number}" for number in range(30)]
    picture = lay_out([*units, *map(a_concept, leaves), *(a_relation("the root of all", leaf) for leaf in leaves)])

    assert picture.width < 1400
    assert len({box.y for box in picture.boxes}) > 3


def test_concepts_without_links_stand_below() -> None:
    """Concepts that nothing is said about are set apart, under the linked ones."""
    picture = lay_out([*map(a_concept, ("a", "b", "lonely")), a_relation("a", "b")])

    lonely = next(box for box in picture.boxes if box.lines == ("lonely",))
    assert picture.loose_from == lonely.y
    assert all(box.y < lonely.y for box in picture.boxes if box is not lonely)


def test_untangling_removes_a_needless_crossing() -> None:
    """Two lines that cross only by the order of their ends are set side by side."""
    grid = Grid([["a", "b"], ["c", "d"]], [("a", "d"), ("b", "c")])
    before = grid.count_crossings()

    grid.untangle()

    assert (before, grid.count_crossings()) == (1, 0)
