"""Times as people read them."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from web.templating import _distance, _moment, with_formulas

NOW = datetime(2026, 9, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (12, "in 12 minutes"),
        (-8, "8 minutes ago"),
        (0, "now"),
        (1, "in 1 minute"),
        (240, "in 4 hours"),
        (-1440, "1 day ago"),
    ],
)
def test_how_long_it_still_is(minutes: int, said: str) -> None:
    """A deadline is said in the largest whole unit, before and after it."""
    assert _distance(NOW + timedelta(minutes=minutes), NOW) == said


def test_a_moment_is_in_the_machines_own_zone() -> None:
    """A moment is written with the zone's name and its hour there."""
    here = NOW.astimezone()

    assert _moment(NOW) == f"{here.day} {here:%B %Y, %H:%M} {here.tzname()}"


def test_a_moment_is_in_the_zone_of_the_page() -> None:
    """Where a page says which zone, as the school's, that is the one people read."""
    assert _moment(NOW, ZoneInfo("Europe/Berlin")) == "1 September 2026, 14:00 CEST"


def test_formulas_in_a_text_are_set_and_the_rest_is_escaped() -> None:
    """A formula becomes MathML in its line; money and marks of HTML stay words."""
    assert str(with_formulas("<b> $5 and $10")) == "&lt;b&gt; $5 and $10"
    assert str(with_formulas("Let $x^2$ be <i>")).startswith("Let <math")
    assert str(with_formulas("Let $x^2$ be <i>")).endswith("</math> be &lt;i&gt;")
