"""What the tables are made of: their one `MetaData`, times, ids, and what each says about people in `info`."""

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
        """Say that a stored time is UTC."""
        return None if value is None else value.replace(tzinfo=UTC)


def told(personal: str, retired: str) -> dict[str, str]:
    """Give a table's `info`: what it holds of people, and when its rows go."""
    return {"personal": personal, "retired": retired}


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
