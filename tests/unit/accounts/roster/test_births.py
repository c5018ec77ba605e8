"""Months of birth in the forms that lists have them."""

from datetime import date

import pytest

from accounts.roster.births import Births

MAY = date(2012, 5, 1)


@pytest.mark.parametrize(
    "cell",
    [
        "2012-05-03",
        "2012-05",
        "2012/5/3",
        "2012-05-03T00:00:00",
        "05/2012",
        "5.2012",
        "3.5.2012",
        "03.05.2012",
        "3. 5. 2012",
    ],
)
def test_forms_that_can_be_told_apart(cell: str) -> None:
    """Years first, months with years, and dotted dates need no help."""
    assert Births([]).read(cell) == MAY


@pytest.mark.parametrize(
    ("cell", "others", "month"),
    [
        ("03/05/2012", ["13/05/2012"], MAY),
        ("05/03/2012", ["05/13/2012"], MAY),
        ("13/05/2012", [], MAY),
        ("05/13/2012", [], MAY),
        ("03/05/2012", [], MAY),
        ("05/03/2012", [], MAY),
        ("05/03/2012", ["13/05/2012", "05/13/2012"], MAY),
    ],
)
def test_other_rows_tell_days_from_months(cell: str, others: list[str], month: date) -> None:
    """Where nothing tells, or the rows contradict each other, the later month is taken."""
    assert Births(others).read(cell) == month


@pytest.mark.parametrize("cell", ["", "soon", "2012", "13/13/2012", "00/2012", "5/1812", "40944"])
def test_what_is_no_date_is_none(cell: str) -> None:
    """Nothing is guessed."""
    assert Births([]).read(cell) is None
