"""Nested domain values as JSON text, by way of pydantic: what is read equals what was written."""

from dataclasses import asdict
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from domain.hands import OwnCard
from domain.material import Hand, Provenance, Unit
from domain.people import SchoolRules

Units = tuple[Unit, ...]


def from_units(units: Units) -> str:
    """Write units as JSON."""
    return _units().dump_json(units).decode()


def to_units(text: str) -> Units:
    """Read units that `from_units` wrote."""
    return _units().validate_json(text)


def from_provenance(provenance: Provenance) -> str:
    """Write a provenance as JSON."""
    return _provenance().dump_json(provenance).decode()


def to_provenance(text: str) -> Provenance:
    """Read a provenance that `from_provenance` wrote."""
    return _provenance().validate_json(text)


def from_hands(hands: tuple[Hand, ...]) -> list[dict[str, Any]]:
    """Give what people did to units as a JSON value."""
    return [asdict(hand) for hand in hands]


def to_hands(value: list[dict[str, Any]]) -> tuple[Hand, ...]:
    """Read what `from_hands` gave."""
    return _hands().validate_python(value)


def from_cards(cards: tuple[OwnCard, ...]) -> str:
    """Write cards of a person's own as JSON."""
    return _cards().dump_json(cards).decode()


def to_cards(text: str) -> tuple[OwnCard, ...]:
    """Read cards that `from_cards` wrote."""
    return _cards().validate_json(text)


def from_rules(rules: SchoolRules) -> str:
    """Write a school's rules as JSON."""
    return _rules().dump_json(rules).decode()


def to_rules(text: str) -> SchoolRules:
    """Read rules that `from_rules` wrote; what an older Margent did not write has its default."""
    return _rules().validate_json(text)


@cache
def _rules() -> TypeAdapter[SchoolRules]:
    return TypeAdapter(SchoolRules)


@cache
def _units() -> TypeAdapter[Units]:
    from typing import Annotated

    from pydantic import Field

    one = Annotated[Unit, Field(discriminator="unit")]
    return TypeAdapter(tuple[one, ...])


@cache
def _cards() -> TypeAdapter[tuple[OwnCard, ...]]:
    return TypeAdapter(tuple[OwnCard, ...])


@cache
def _hands() -> TypeAdapter[tuple[Hand, ...]]:
    return TypeAdapter(tuple[Hand, ...])


@cache
def _provenance() -> TypeAdapter[Provenance]:
    return TypeAdapter(Provenance)
