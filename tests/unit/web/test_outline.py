"""The section tree at the side of the study page."""

from domain.documents import Position, Section
from tests.builders import a_document
from web.outline import Branch, build_outline, units_in, way_to


def a_section(ordinal: int, last: int, level: int, *, is_unit: bool = False) -> Section:
    return Section(
        document_id=a_document().id,
        ordinal=ordinal,
        last=last,
        level=level,
        title=f"Section {ordinal}",
        path=(),
        start=Position(1, 0),
        end=Position(1, 1),
        is_unit=is_unit,
    )


SECTIONS = (
    a_section(0, 3, 1),
    a_section(1, 2, 2, is_unit=True),
    a_section(2, 2, 3),
    a_section(3, 3, 2, is_unit=True),
    a_section(4, 5, 1),
    a_section(5, 5, 2, is_unit=True),
)


def shown(branches: tuple[Branch, ...]) -> list[int]:
    return [found for branch in branches for found in (branch.section.ordinal, *shown(branch.branches))]


def test_the_tree_is_closed_but_for_the_way_to_the_reader() -> None:
    """Only sections around the reader, beside the way and just below show."""
    assert shown(build_outline(SECTIONS, None)) == [0, 4]
    assert shown(build_outline(SECTIONS, 1)) == [0, 1, 2, 3, 4]
    assert shown(build_outline(SECTIONS, 4)) == [0, 4, 5]


def test_a_lone_top_section_stands_open() -> None:
    """A reading whose title is its only top section does not hide everything behind it."""
    assert shown(build_outline(SECTIONS[:4], None)) == [0, 1, 3]


def test_the_reader_is_found_in_the_tree_once() -> None:
    """Exactly one branch is current, and closed branches say that there is more."""
    tree = build_outline(SECTIONS, 3)

    assert [branch.section.ordinal for branch in tree[0].branches if branch.is_current] == [3]
    assert [branch.has_more for branch in tree] == [True, True]


def test_the_way_leads_from_the_outermost_section_inwards() -> None:
    """The way holds what is around the section, not the section."""
    assert [section.ordinal for section in way_to(SECTIONS, 2)] == [0, 1]
    assert way_to(SECTIONS, 0) == ()


def test_sections_without_aids_point_to_those_that_have_them() -> None:
    """A chapter points to its units; a few lines point to the unit around them."""
    assert [section.ordinal for section in units_in(SECTIONS, 0)] == [1, 3]
    assert [section.ordinal for section in units_in(SECTIONS, 2)] == [1]
