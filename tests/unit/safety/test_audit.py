"""The audit chain: it holds what was done, and whoever changes it is found out."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from adapters.keys.signing import FileSigner, HeadFile, is_signed
from adapters.sql.store import SqlStore
from domain.audit import FIRST, AuditRecord, Entry, SignedHead, chain_hash
from domain.errors import Unreadable
from domain.people import Role
from domain.scope import EVERYTHING, scope_of
from safety.audit import SIGNED_AFTER, SIGNED_EVERY, Audit, check, note_act
from safety.audit_export import read_lines
from tests.builders import NOW, SCHOOL, a_person
from tests.conftest import FixedClock

TEACHER, COUNSELLOR, OFFICE = (a_person(role) for role in (Role.TEACHER, Role.COUNSELLOR, Role.ADMINISTRATOR))
Chain = list[AuditRecord]
Heads = list[SignedHead]


@pytest.fixture
def signer(tmp_path: Path) -> FileSigner:
    return FileSigner(tmp_path / "keys" / "audit.key")


@pytest.fixture
def heads(tmp_path: Path) -> HeadFile:
    return HeadFile(tmp_path / "keys" / "audit-heads.jsonl")


@pytest.fixture
def audit(store: SqlStore, signer: FileSigner, heads: HeadFile, clock: FixedClock) -> Audit:
    return Audit(store, signer, heads, clock)


def _act(store: SqlStore, count: int = 1, *, is_care: bool = False) -> None:
    with store(EVERYTHING) as work:
        for number in range(count):
            work.audit.append(Entry("case.read", SCHOOL, COUNSELLOR.id, ref=f"case:{number}", is_care=is_care))
        work.commit()


def _chain(store: SqlStore) -> Chain:
    with store(EVERYTHING) as work:
        return list(work.audit.walk())


def test_what_is_done_goes_to_the_end_of_one_chain(store: SqlStore, audit: Audit) -> None:
    """Acts of several people, each in their own transaction and scope, make one chain without gaps or faults."""
    for person in (TEACHER, COUNSELLOR, OFFICE):
        with store(scope_of(person)) as work:
            note_act(work, "case.read", person, ref="case:1")
            work.commit()

    chain = _chain(store)

    assert [record.seq for record in chain] == [1, 2, 3]
    assert [record.entry.by_id for record in chain] == [TEACHER.id, COUNSELLOR.id, OFFICE.id]
    assert [record.previous for record in chain] == [FIRST, chain[0].hash, chain[1].hash]
    assert audit.verify().faults == ()


def test_noting_shows_nobody_more_than_before(store: SqlStore) -> None:
    """Having appended to the chain, a teacher's unit of work still sees no record."""
    with store(scope_of(TEACHER)) as work:
        note_act(work, "review.marked", TEACHER)

        assert list(work.audit.walk()) == []


def test_an_act_that_is_not_kept_leaves_no_record(store: SqlStore) -> None:
    """A transaction that is rolled back takes its record with it, and the next one takes its place."""
    with store(EVERYTHING) as work:
        work.audit.append(Entry("rules.changed"))

    _act(store)

    assert [(one.seq, one.entry.action) for one in _chain(store)] == [(1, "case.read")]


def test_counsellors_see_what_is_about_cases_and_the_office_the_rest(store: SqlStore, audit: Audit) -> None:
    """A list of acts gives away no case to an administrator, and a teacher sees none."""
    _act(store, is_care=True)
    _act(store, 2)

    assert [one.seq for one in audit.list_for(COUNSELLOR)] == [1]
    assert [one.seq for one in audit.list_for(OFFICE)] == [3, 2]
    assert [one.seq for one in audit.list_for(OFFICE, before=3)] == [2]
    assert audit.list_for(TEACHER) == []


def test_a_head_is_signed_every_minute_or_thousand(
    store: SqlStore, audit: Audit, heads: HeadFile, clock: FixedClock
) -> None:
    """Nothing is signed twice; a record is signed at once, after a minute, after a thousand, or at a wish."""
    after_each = []
    for count, seconds in ((0, 0), (1, 0), (1, 0), (0, 60), (SIGNED_AFTER, 0), (0, 3600), (1, 0), (0, -7200)):
        _act(store, count)
        clock.move(timedelta(seconds=seconds))
        audit.sign_due()
        after_each.append([head.seq for head in heads.list()])

    assert after_each == [[], [1], [1], [1, 2], [1, 2, 1002], [1, 2, 1002], [1, 2, 1002, 1003], [1, 2, 1002, 1003]]
    assert audit.verify().faults == ()


def test_old_records_without_a_head_are_a_fault(store: SqlStore, audit: Audit, clock: FixedClock) -> None:
    """Records of the last moments only count as not yet vouched for; later that no head names them is a fault."""
    _act(store, 2)
    fresh = audit.verify()
    clock.move(2 * SIGNED_EVERY + timedelta(seconds=1))

    assert (fresh.unvouched, fresh.faults) == (2, ())
    assert audit.verify().faults == ("no signed head vouches for record 1 and those after it, though it is old",)


def test_the_oldest_records_go_and_the_rest_still_verifies(store: SqlStore, audit: Audit, clock: FixedClock) -> None:
    """After three years records go up to a signed head, never all, and what is left begins where the head says."""
    assert audit.trim() == 0
    for _ in range(3):
        _act(store, 5)
        audit.sign()
        clock.move(timedelta(days=400))
    _act(store, 2)
    audit.sign()

    assert (audit.trim(), audit.trim()) == (5, 0)
    assert [one.seq for one in _chain(store)] == list(range(6, 18))
    assert audit.verify().faults == ()


@pytest.mark.parametrize(("old", "new"), [("[", "[["), ('"', ""), ("T", "7"), (", ", ",")])
def test_a_damaged_file_of_heads_says_so(audit: Audit, heads: HeadFile, store: SqlStore, old: str, new: str) -> None:
    """A line that is no head, or is one in other letters, is an error that says what to do."""
    _act(store)
    audit.sign()
    heads.path.write_text(heads.path.read_text("utf-8").replace(old, new, 1), "utf-8")

    with pytest.raises(Unreadable, match="Put its copy back"):
        audit.verify()


@pytest.fixture
def whole(store: SqlStore, audit: Audit, heads: HeadFile) -> tuple[Chain, Heads]:
    for _ in range(4):
        _act(store, 6)
        audit.sign()
    return _chain(store), list(heads.list())


def _faults(chain: Sequence[AuditRecord], heads: Sequence[SignedHead], signer: FileSigner) -> tuple[str, ...]:
    return check(chain, heads, signer.verify, now=NOW).faults


def _rehashed(chain: Chain, at: int) -> Chain:
    """Give the chain as somebody would leave it who changed a record and counted all later hashes anew."""
    made = chain[:at]
    for record in chain[at:]:
        previous = made[-1].hash if made else FIRST
        entry = replace(record.entry, by_id="somebody else") if record is chain[at] else record.entry
        digest = chain_hash(record.seq, record.at, entry, previous)
        made.append(AuditRecord(record.seq, record.at, entry, previous, digest))
    return made


def _swap(chain: Chain, at: int) -> Chain:
    other = (at + 1) % len(chain)
    made = list(chain)
    made[at] = replace(chain[other], seq=chain[at].seq)
    made[other] = replace(chain[at], seq=chain[other].seq)
    return made


CHANGES: dict[str, Callable[[Chain, int], Chain]] = {
    "changed": lambda chain, at: [*chain[:at], replace(chain[at], at=chain[at].at + timedelta(1)), *chain[at + 1 :]],
    "rehashed": _rehashed,
    "dropped": lambda chain, at: chain[:at] + chain[at + 1 :],
    "swapped": _swap,
    "cut off": lambda chain, at: chain[:at],
    "cut at the start": lambda chain, at: chain[at + 1 :],
    "added": lambda chain, at: [*chain[: at + 1], replace(chain[at], seq=chain[at].seq), *chain[at + 1 :]],
}
"""What somebody who can write the database could do to a chain of records, at any place."""


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_is_done_to_the_records_is_found(whole: tuple[Chain, Heads], signer: FileSigner, change: str) -> None:
    """At every place of the chain a change of the kind is found; the chain as it was has no fault."""
    chain, heads = whole

    assert _faults(chain, heads, signer) == ()
    for at in range(len(chain)):
        assert _faults(CHANGES[change](chain, at), heads, signer), at


def test_whatever_is_done_to_the_heads_is_found(whole: tuple[Chain, Heads], signer: FileSigner, tmp_path: Path) -> None:
    """A head that is changed, left out, moved or signed by another key is found."""
    chain, heads = whole
    stranger = FileSigner(tmp_path / "other.key")

    def mutations() -> Iterator[Heads]:
        yield heads[1:]
        for at, head in enumerate(heads):
            yield [*heads[:at], replace(head, hash="f" * 64), *heads[at + 1 :]]
            yield [*heads[:at], replace(head, signature=stranger.sign(head.message)), *heads[at + 1 :]]
            yield [*heads[:at], replace(head, signature="no hex"), *heads[at + 1 :]]
            if at + 1 < len(heads):
                yield heads[:at] + heads[at + 1 :]
        yield heads[::-1]

    for made in mutations():
        assert _faults(chain, made, signer)


def test_an_export_reads_back_as_it_was(whole: tuple[Chain, Heads], audit: Audit) -> None:
    """An export holds the key, the heads and the records, and looking through it needs nothing else."""
    exported = read_lines(audit.export())

    assert (exported.records, exported.heads) == whole
    assert exported.public_key == audit.public_key
    assert check(exported.records, exported.heads, partial(is_signed, by=exported.public_key), now=NOW).faults == ()


@pytest.mark.parametrize("line", ["", "[]", "null", '{"record": [1]}', '{"head": [1, 2]}', '{"record": [1, 2, 3, 4]}'])
def test_a_line_that_is_none_of_an_export_is_named(audit: Audit, line: str) -> None:
    """An export with a foreign line is refused, and the error says which line it is."""
    with pytest.raises(Unreadable, match="Line 2 "):
        read_lines([*audit.export(), line])


def test_a_kept_head_finds_a_chain_and_heads_cut_alike(whole: tuple[Chain, Heads], signer: FileSigner) -> None:
    """With chain and heads cut to the same older head nothing is wrong, but for whoever kept a newer one."""
    chain, heads = whole
    older = [record for record in chain if record.seq <= heads[1].seq]
    newest = (heads[-1].seq, heads[-1].hash)

    assert check(older, heads[:2], signer.verify, now=NOW).faults == ()
    assert check(older, heads[:2], signer.verify, now=NOW, kept=newest).faults
    assert check(chain, heads, signer.verify, now=NOW, kept=newest).faults == ()


def test_the_newest_head_is_shown(whole: tuple[Chain, Heads], audit: Audit) -> None:
    """Whoever wants to keep the head elsewhere is given the newest."""
    assert audit.last_head() == whole[1][-1]


def test_a_long_list_of_faults_is_cut(whole: tuple[Chain, Heads], signer: FileSigner) -> None:
    """Looking ends when there is no doubt any more."""
    chain, heads = whole
    ruined = [replace(record, hash="f" * 64) for record in chain]

    assert len(_faults(ruined, heads, signer)) == 20
