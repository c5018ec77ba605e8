"""What the tables are made of: their one `MetaData`, times, ids, and what each says about people in `info`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    MetaData,
    String,
)
from sqlalchemy.types import TypeDecorator

ID = String(32)
WORD = String(40)


class Moment(TypeDecorator[datetime]):
    """An aware time, kept in UTC in stores that know no time zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Turn an aware time into UTC."""
        if value is None:
            return None
        assert value.tzinfo is not None
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Say that a stored time is UTC; connections to stores that know time zones are set to it."""
        return None if value is None else value.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Told:
    """What a table says about people: `adapters.sql.records` copies, erases and retires by it.

    `personal` is what it holds of people, in words, "none" for nothing; `retired` when its rows go, in words.
    `about` are the columns with the person whom a row is about, `about_lists` those with a JSON list of such, `by`
    those with whoever else did it: these are emptied when that person goes. A row with none of `about` is about
    whom the row of the `parent` table is, and every row goes with its parent. `kinds` are the kinds of
    `safety/texts/retention.yaml` that its rows retire by, with the column they are counted from. `secret` columns
    are in nobody's copy: hashes, tokens, keys, and times that only the database needs. `sealed` columns are kept
    sealed with the person's key, in the row that the columns `sealed_by` name. `case` is the column that says of
    which case a row is, or that it comes of one: the person is shown it only as far as the counsellor allows.
    """

    personal: str
    retired: str
    about: tuple[str, ...] = ()
    about_lists: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    parent: str = ""
    kinds: Mapping[str, str] = field(default_factory=dict)
    secret: tuple[str, ...] = ()
    sealed: tuple[str, ...] = ()
    sealed_by: tuple[str, ...] = ("id",)
    case: str = ""


def told(personal: str, retired: str, **more: Any) -> dict[str, Told]:
    """Give a table's `info`; `more` are the other fields of `Told`."""
    return {"told": Told(personal, retired, **more)}


def owned_by(target: str, **options: Any) -> Column[Any]:
    """Give the column that makes rows go with the row they belong to."""
    name = target.split(".", maxsplit=1)[0] + "_id"
    return Column(name, ID, ForeignKey(target, ondelete="CASCADE"), nullable=False, **options)


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)
