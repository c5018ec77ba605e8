"""The map as a list: by part of the reading, in words that read from concept to concept."""

from dataclasses import replace

import pytest

from domain.claims import Claim
from domain.documents import Citation, Position, Section, Span
from domain.material import Concept, RelationType
from tests.builders import a_document
from tests.unit.generators.maps import a_concept, a_relation
from web.maps import list_groups, list_parts


def a_section(ordinal: int, last: int) -> Section:
    """A section that begins on the page of its number."""
    start, end = Position(ordinal, 0), Position(last + 1, 0)
    return Section(a_document().id, ordinal, last, 1, f"Part {ordinal}", (), start, end, is_unit=True)


FLAT = (a_section(0, 0), a_section(1, 1), a_section(2, 2))
TITLED = (a_section(0, 3), a_section(1, 2), a_section(2, 2), a_section(3, 3))


def a_concept_on(page: int, label: str, weight: float = 1.0) -> Concept:
    """A concept that a sentence of the page brings in."""
    claim = Claim(label, (Citation(Span(a_document().id, page, 0, len(label)), label),))
    return replace(a_concept(label, weight), claim=claim)


@pytest.mark.parametrize(
    ("sections", "current", "parts"),
    [
        (FLAT, None, [0, 1, 2]),
        (FLAT, 1, []),
        (TITLED, None, [1, 3]),
        (TITLED, 1, []),
        (TITLED[:1], None, []),
    ],
    ids=["flat", "leaf", "title", "single-inner", "one"],
)
def test_parts_are_what_lies_right_below(sections: tuple[Section, ...], current: int | None, parts: list[int]) -> None:
    """The list is grouped by the sections below; a title that holds everything, or a single one, is no group."""
    shown = sections if len(sections) > 1 else (replace(sections[0], last=0),)

    assert [part.ordinal for part in list_parts(shown, current)] == parts


def test_concepts_stand_under_the_part_that_brings_them_in() -> None:
    """Parts come in reading order, in each the weightiest concept first; what comes before all has no title."""
    units = [a_concept_on(2, "late"), a_concept_on(1, "light"), a_concept_on(1, "heavy", 3), a_concept_on(0, "early")]

    groups = list_groups(units, FLAT[1:])

    said = [(group.title, [entry.concept.label for entry in group.entries]) for group in groups]
    assert said == [("", ["early"]), ("Part 1", ["heavy", "light"]), ("Part 2", ["late"])]


def test_one_part_is_one_group() -> None:
    """A section's own map keeps its order, without titles; nothing makes no group."""
    units = [a_concept_on(1, "b"), a_concept_on(1, "a")]

    (group,) = list_groups(units, ())

    assert (group.title, [entry.concept.label for entry in group.entries]) == ("", ["b", "a"])
    assert list_groups([], ()) == []


@pytest.mark.parametrize(
    ("kind", "phrase", "words"),
    [
        (RelationType.CAUSES, "may cause", "may cause"),
        (RelationType.CAUSES, "", "causes"),
        (RelationType.CONTRASTS, "unlike", "contrasts with"),
        (RelationType.RELATED, "release", "release"),
    ],
)
def test_relations_are_read_in_the_readings_words(kind: RelationType, phrase: str, words: str) -> None:
    """The reading's own verb stands between two concepts; where it has none that reads so, ours does."""
    relation = replace(a_relation("rain", "flood", kind), phrase=phrase)

    (group,) = list_groups([a_concept("rain"), a_concept("flood"), relation], ())

    assert [[line.words for line in entry.lines] for entry in group.entries] == [[words], []]
    assert group.entries[0].lines[0].is_quoted is (words == phrase)
