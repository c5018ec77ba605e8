"""The audit chain as lines of JSON: the public key, the signed heads, then the records."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, astuple, dataclass
from datetime import datetime
from typing import Any

from domain.audit import AuditRecord, Entry, SignedHead
from domain.errors import Unreadable


@dataclass(frozen=True, slots=True)
class Exported:
    """What was read of an export. The key is the one that the file names: compare it with the one you kept."""

    public_key: str
    heads: Sequence[SignedHead]
    records: Sequence[AuditRecord]


def lines_of(records: Iterable[AuditRecord], heads: Iterable[SignedHead], public_key: str) -> Iterator[str]:
    """Yield the lines of an export."""
    yield json.dumps({"key": public_key})
    for head in heads:
        yield json.dumps({"head": [*_plain(astuple(head))]})
    for record in records:
        place = [record.seq, record.at.isoformat(), record.previous, record.hash]
        yield json.dumps({"record": place, "entry": asdict(record.entry)}, ensure_ascii=False)


def read_lines(lines: Iterable[str]) -> Exported:
    """Read an export back. Raises Unreadable for a line that is none of one."""
    key, heads, records = "", [], []
    for number, line in enumerate(lines, start=1):
        try:
            value = json.loads(line)
            if "key" in value:
                key = str(value["key"])
            elif "head" in value:
                seq, digest, at, previous, signature = value["head"]
                heads.append(SignedHead(seq, digest, datetime.fromisoformat(at), previous, signature))
            else:
                seq, at, previous, digest = value["record"]
                entry = Entry(**value["entry"])
                records.append(AuditRecord(seq, datetime.fromisoformat(at), entry, previous, digest))
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            message = f"Line {number} is not from an export of the audit chain, or was changed."
            raise Unreadable(message) from error
    return Exported(key, heads, records)


def _plain(values: Iterable[Any]) -> Iterator[Any]:
    return (value.isoformat() if isinstance(value, datetime) else value for value in values)
