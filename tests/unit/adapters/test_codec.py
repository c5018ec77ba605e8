"""Units and provenances as JSON."""

from hypothesis import given
from hypothesis import strategies as st

from adapters.sql.codec import from_provenance, from_units, to_provenance, to_units
from domain.material import Provenance, Unit
from tests.material import units


@given(st.lists(units(), max_size=6).map(tuple))
def test_units_come_back_as_they_were(written: tuple[Unit, ...]) -> None:
    """Reading units that were written gives equal units of the same classes, whatever they hold."""
    read = to_units(from_units(written))

    assert read == written
    assert [type(one) for one in read] == [type(one) for one in written]


@given(st.from_type(Provenance))
def test_provenance_comes_back_as_it_was(written: Provenance) -> None:
    """Reading a provenance that was written gives an equal one."""
    assert to_provenance(from_provenance(written)) == written
