"""Any valid artifact, for property tests."""

from dataclasses import fields
from typing import get_args

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from domain.claims import Claim
from domain.documents import Citation, Span
from domain.ids import ArtifactId, UnitId, stable_id
from domain.material import Artifact, ArtifactStatus, Kind, Provenance, Unit
from tests.builders import NOW, a_document

_TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\x00"))
"""What every store keeps as it is; PostgreSQL has no NUL."""


def claims() -> SearchStrategy[Claim]:
    """Claims about the one document."""
    span = st.builds(Span, st.just(a_document().id), st.integers(1, 9), st.integers(0, 99), st.integers(100, 999))
    citations = st.lists(st.builds(Citation, span, st.text()), max_size=3).map(tuple)
    return st.builds(Claim, st.text(), citations, st.booleans())


def units() -> SearchStrategy[Unit]:
    """Units of every kind there is."""
    return st.one_of([_unit(one) for one in get_args(Unit)])


def artifacts() -> SearchStrategy[Artifact]:
    """Artifacts of the one document."""
    return st.builds(
        Artifact,
        id=st.integers().map(lambda number: ArtifactId(stable_id(number))),
        kind=st.sampled_from(Kind),
        document_id=st.just(a_document().id),
        section=st.none() | st.integers(0, 5),
        title=_TEXT,
        units=st.lists(units(), max_size=5).map(tuple),
        provenance=st.from_type(Provenance),
        status=st.sampled_from(ArtifactStatus),
        created_at=st.just(NOW),
        dropped=st.integers(0, 9),
        drawing=_TEXT,
        levels=st.none() | st.tuples(st.floats(0, 20), st.floats(0, 20)),
        owner_id=st.none(),
    )


def _unit(kind: type[Unit]) -> SearchStrategy[Unit]:
    parts: dict[str, SearchStrategy[object]] = {"id": st.integers().map(lambda number: UnitId(stable_id(number)))}
    parts["claim"] = claims()
    if "weight" in {one.name for one in fields(kind)}:
        parts["weight"] = st.floats(allow_nan=False, allow_infinity=False)
    return st.builds(kind, **parts)
