"""The audit chain: noting acts, signing its head to a second place, and finding out whether anybody changed it.

Each record's hash covers the record and the hash before it; the head is signed once a minute or every thousand
records, and signed heads are chained too. Whoever changes, drops, swaps or cuts off what a head vouches for is found
out; what came after the last head is vouched for from the next one on.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from domain.audit import FIRST, AuditRecord, Entry, SignedHead, chain_hash
from domain.clock import Clock
from domain.ids import PersonId
from domain.people import Person
from domain.ports import HeadStore, Signer, Store, UnitOfWork
from domain.scope import EVERYTHING, scope_of
from safety.audit_export import lines_of

SIGNED_EVERY = timedelta(minutes=1)
SIGNED_AFTER = 1000
"""How long, and for how many records, a record may wait for a head that vouches for it."""

_KEPT = timedelta(days=1095)
"""How long records are kept (specification, "Retention": three years)."""

_MOST_FAULTS = 20

IsSigned = Callable[[bytes, str], bool]
_IsDue = Callable[[SignedHead | None, AuditRecord], bool]


@dataclass(frozen=True, slots=True)
class Finding:
    """What looking at the chain came to: how many records and heads there are, and what is wrong.

    `unvouched` records came after the last head. They are none of the faults while they are fresh.
    """

    records: int
    heads: int
    unvouched: int
    faults: tuple[str, ...]


def note_act(work: UnitOfWork, action: str, by: Person, *, about_id: str = "", ref: str = "") -> None:
    """Note what somebody does, in the unit of work in which it is done; to be called last before the commit."""
    work.audit.append(Entry(action, school_id=by.school_id, by_id=by.id, about_id=about_id, ref=ref))


class Audit:
    """Signs the chain, looks through it, and lets the oldest records go."""

    def __init__(self, store: Store, signer: Signer, heads: HeadStore, clock: Clock) -> None:
        """Keep the signed heads in `heads`, a second place than the store."""
        self._store = store
        self._signer = signer
        self._heads = heads
        self._clock = clock

    def sign_due(self) -> None:
        """Sign the end of the chain when its time has come."""
        self._sign(is_due=self._is_due)

    def sign(self) -> None:
        """Sign the end of the chain now, unless it is signed."""
        self._sign(is_due=lambda _last, _end: True)

    def verify(self, kept: tuple[int, str] | None = None) -> Finding:
        """Look through the whole chain. Raises Unreadable when the file of heads was damaged.

        `kept` is a record's number and hash that somebody kept elsewhere: whoever cut chain and heads alike is found.
        """
        heads = self._heads.list()
        if not heads and self._signer.is_made:
            return Finding(0, 0, 0, ("all signed heads are missing, though there were some",))
        with self._store(EVERYTHING) as work:
            return check(work.audit.walk(), heads, self._signer.verify, now=self._clock.now(), kept=kept)

    def export(self) -> Iterator[str]:
        """Yield the whole chain with its heads as lines of JSON, which can be looked through anywhere."""
        heads = self._heads.list()
        with self._store(EVERYTHING) as work:
            yield from lines_of(work.audit.walk(), heads, self._signer.public_key)

    @property
    def public_key(self) -> str:
        """The key to check the heads with, in hex; to be kept where nobody can change it."""
        return self._signer.public_key

    def last_head(self) -> SignedHead | None:
        """Give the newest signed head, or None."""
        return self._heads.last()

    def trim(self) -> int:
        """Let the records go whose time is over, up to a signed head; give how many."""
        before = self._clock.now() - _KEPT
        # the newest head keeps something after it to vouch for
        old = [head for head in self._heads.list()[:-1] if head.at <= before]
        if not old:
            return 0
        with self._store(EVERYTHING) as work:
            count = work.audit.trim(old[-1].seq)
            work.commit()
        self._heads.drop_before(old[-1].seq)
        return count

    def list_for(self, person: Person, *, before: int | None = None) -> list[AuditRecord]:
        """List what was recorded of the person's school: of cases for counsellors, of all else for administrators."""
        with self._store(scope_of(person)) as work:
            return work.audit.list_for(person.school_id, before=before)

    def name_people(self, person: Person, records: Sequence[AuditRecord]) -> Mapping[PersonId, str]:
        """Give the names of those whom the records name, as far as the person may know them."""
        named = {PersonId(one) for record in records for one in (record.entry.by_id, record.entry.about_id) if one}
        with self._store(scope_of(person)) as work:
            return work.people.name_people(named)

    def _sign(self, *, is_due: _IsDue) -> None:
        with self._store(EVERYTHING) as work:
            end = work.audit.head()
        if end is None:
            return

        def make(last: SignedHead | None) -> SignedHead | None:
            if (last is not None and last.seq >= end.seq) or not is_due(last, end):
                return None
            head = SignedHead(end.seq, end.hash, self._clock.now(), last.signature if last else "")
            return replace(head, signature=self._signer.sign(head.message))

        self._heads.extend(make)

    def _is_due(self, last: SignedHead | None, end: AuditRecord) -> bool:
        waited = self._clock.now() - (last.at if last else datetime.min.replace(tzinfo=end.at.tzinfo))
        # a clock that was set back must not keep the chain from being signed
        return not timedelta() <= waited < SIGNED_EVERY or end.seq - (last.seq if last else 0) >= SIGNED_AFTER


def check(
    records: Iterable[AuditRecord],
    heads: Sequence[SignedHead],
    is_signed: IsSigned,
    *,
    now: datetime,
    kept: tuple[int, str] | None = None,
) -> Finding:
    """Say what is wrong with a chain, given in its order, and its heads, oldest first.

    `is_signed` tells whether a signature, in hex, is of a message by the chain's own key; `kept` is as in `verify`.
    """
    faults = _head_faults(heads, is_signed)
    vouched = {head.seq: head.hash for head in heads} | dict([kept] if kept else ())
    end = max(vouched, default=0)
    count, unvouched, last = 0, 0, None
    for record in records:
        if last is None and not _may_start(record, heads, now):
            faults.append(f"the records before {record.seq}, or the heads that vouch for them, are missing")
        faults += _record_faults(record, last, vouched)
        is_new = record.seq > end
        unvouched += is_new
        if is_new and unvouched == 1 and now - record.at > 2 * SIGNED_EVERY:
            faults.append(f"no signed head vouches for record {record.seq} and those after it, though it is old")
        count, last = count + 1, record
        if len(faults) > _MOST_FAULTS:
            break
    if (last.seq if last else 0) < end and len(faults) <= _MOST_FAULTS:
        faults.append(f"the chain ends at record {last.seq if last else 0}, but a signed head names record {end}")
    return Finding(count, len(heads), unvouched, tuple(faults[:_MOST_FAULTS]))


def _head_faults(heads: Sequence[SignedHead], is_signed: IsSigned) -> list[str]:
    faults = []
    for place, head in enumerate(heads):
        if not is_signed(head.message, head.signature):
            faults.append(f"the signed head of record {head.seq} was changed")
        if place and head.previous != heads[place - 1].signature:
            faults.append(f"a signed head before that of record {head.seq} is missing or was moved")
    return faults


def _may_start(record: AuditRecord, heads: Sequence[SignedHead], now: datetime) -> bool:
    """Whether a chain may begin so: at its first record, or after a head that is old enough for what it ends to go."""
    if record.seq == 1:
        return not heads or not heads[0].previous
    return bool(heads) and record.seq == heads[0].seq + 1 and now - heads[0].at >= _KEPT


def _record_faults(record: AuditRecord, last: AuditRecord | None, vouched: dict[int, str]) -> list[str]:
    faults = []
    if chain_hash(record.seq, record.at, record.entry, record.previous) != record.hash:
        faults.append(f"record {record.seq} was changed")
    seq = last.seq + 1 if last else record.seq
    before = last.hash if last else vouched.get(record.seq - 1, FIRST)
    if record.seq != seq:
        faults.append(f"records are missing or moved before record {record.seq}")
    elif record.previous != before:
        faults.append(f"record {record.seq} does not follow the one before it")
    if vouched.get(record.seq, record.hash) != record.hash:
        faults.append(f"record {record.seq} is not the one that was signed")
    return faults
