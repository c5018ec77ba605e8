"""What the database file gives away of what people wrote, and what happens to rows that somebody changed."""

import base64
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import CursorResult, Engine

from adapters.keys.ring import RingFile
from adapters.sql.columns import metadata
from adapters.sql.plain import seal_plain
from adapters.sql.sealing import Sealer
from adapters.sql.store import SqlStore
from adapters.sql.transaction import Transaction
from adapters.sql.whose import told_of
from domain.care import NOT_OPENED, Case, CaseEvent, CaseStatus, Flag, Severity, Worry
from domain.claims import Claim
from domain.errors import KeyMissing, MargentError, StoreBusy
from domain.hands import OwnCard, Rating, RatingReason, StudySet
from domain.ids import ArtifactId, AttemptId, CaseId, FlagId, InteractionId, StudySetId, UnitId, stable_id
from domain.interactions import Interaction
from domain.learning import Attempt
from domain.material import Artifact, ArtifactStatus, Kind, Provenance, SummarySentence
from domain.people import Role
from domain.review import Output
from domain.scope import EVERYTHING
from tests.builders import NOW, SCHOOL, a_document, a_person

STUDENT, COUNSELLOR = a_person(Role.STUDENT), a_person(Role.COUNSELLOR)
MADE, STANDS_FOR = "canary output 4716", "canary name 4717"
RATED, SET, CARD = "canary rating 4718", "canary set 4719", "canary card 4720"
CANARIES = (
    "canary answer 4711",
    "canary flag 4712",
    "canary note 4713",
    "canary title 4714",
    "canary unit 4715",
    MADE,
    STANDS_FOR,
    RATED,
    SET,
    CARD,
)
ATTEMPT, FLAG, CASE, QUESTION = (stable_id(name) for name in ("attempt", "flag", "case", "own question"))
EXCHANGE, STUDY_SET = stable_id("exchange"), stable_id("study set")

SEALED = [(table.name, name) for table in metadata.sorted_tables for name in told_of(table).sealed]


def _question(**changes: Any) -> Artifact:
    made = Artifact(
        id=ArtifactId(QUESTION),
        kind=Kind.SUMMARY,
        document_id=a_document().id,
        section=None,
        title=CANARIES[3],
        units=(SummarySentence(UnitId(stable_id("unit")), Claim(CANARIES[4], ())),),
        provenance=Provenance(),
        status=ArtifactStatus.PUBLISHED,
        created_at=NOW,
        owner_id=STUDENT.id,
    )
    return replace(made, **changes)


def _case() -> Case:
    return Case(
        id=CaseId(CASE),
        school_id=SCHOOL,
        person_id=STUDENT.id,
        severity=Severity.HIGH,
        subject="self_harm",
        status=CaseStatus.OPEN,
        opened_at=NOW,
        due_at=NOW,
        flags=(Flag(FlagId(FLAG), STUDENT.id, Worry(Severity.HIGH, "self_harm", "rule"), CANARIES[1], "ask", NOW),),
        events=(CaseEvent(NOW, "opened"), CaseEvent(NOW, "seen", COUNSELLOR.id, CANARIES[2])),
    )


def _attempt() -> Attempt:
    quiz = _question(owner_id=None).id
    return Attempt(AttemptId(ATTEMPT), STUDENT.id, quiz, UnitId("q"), CANARIES[0], is_correct=True, at=NOW)


def _write(store: SqlStore) -> None:
    with store(EVERYTHING) as unit:
        unit.documents.save(a_document())
        unit.material.save(_question())
        unit.learning.add_attempt(_attempt())
        unit.care.save(_case())
        unit.interactions.add(
            Interaction(InteractionId(EXCHANGE), NOW, Kind.ANSWER, Provenance(), (), "served", school_id=SCHOOL)
        )
        unit.reviews.add_output(Output(InteractionId(EXCHANGE), STUDENT.id, NOW, MADE, "0" * 64))
        unit.surrogates.add(STUDENT.id, "conversation", {"[PERSON_1]": STANDS_FOR}, NOW)
        about = ArtifactId(QUESTION), UnitId(stable_id("unit"))
        unit.hands.save_rating(Rating(*about, STUDENT.id, NOW, is_good=False, reason=RatingReason.WRONG, words=RATED))
        cards = (OwnCard(UnitId(stable_id("own card")), CARD, CARD),)
        unit.hands.save_study_set(StudySet(StudySetId(STUDY_SET), STUDENT.id, SET, Kind.FLASHCARDS, (), NOW, cards))
        unit.commit()


def _read(store: SqlStore) -> tuple[object, ...]:
    with store(EVERYTHING) as unit:
        attempts = unit.learning.list_attempts(STUDENT.id, _question().id)
        return attempts, unit.care.list_cases(SCHOOL), unit.material.find(_question().id)


WRITTEN = [_attempt()], [_case()], _question()


@pytest.fixture
def database(store: SqlStore, tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """The store's database, as somebody sees it who has the file and no keys; every kind of text is in it."""
    _write(store)
    with closing(sqlite3.connect(tmp_path / "margent.db", isolation_level=None)) as connection:
        yield connection


def _get(database: sqlite3.Connection, table: str, column: str) -> list[str]:
    # the names are those of our own tables
    return [row[0] for row in database.execute(f"SELECT {column} FROM {table}")]  # noqa: S608


def _put(database: sqlite3.Connection, table: str, column: str, text: str, *, unless: str = "") -> None:
    # the names are those of our own tables
    database.execute(f"UPDATE {table} SET {column} = ? WHERE {column} != ?", (text, unless))  # noqa: S608


_BROKEN = "What is kept here was changed since it was written, so it cannot be shown. Tell your school."


def _told(store: SqlStore, table: str) -> set[str]:
    """Give what reading a table's changed rows comes to: the error, or what stands in place of words of a case."""
    with store(EVERYTHING) as unit:
        try:
            if table == "attempt":
                unit.learning.list_attempts(STUDENT.id, _question().id)
            elif table == "artifact":
                unit.material.find(_question().id)
            elif table == "output":
                unit.reviews.find_output(InteractionId(EXCHANGE))
            elif table == "rating":
                unit.hands.list_ratings(_question().id)
            elif table == "study_set":
                unit.hands.find_study_set(StudySetId(STUDY_SET))
            elif table == "surrogate":
                unit.surrogates.load(STUDENT.id, "conversation")
        except KeyMissing as error:
            return {error.message}
        (case,) = unit.care.list_cases(SCHOOL)
        words = [one.text for one in case.flags] if table == "flag" else [one.note for one in case.events]
        return {_BROKEN if word == NOT_OPENED else word for word in words}


def _canaries_in(folder: Path) -> set[str]:
    content = b"".join(file.read_bytes() for file in folder.glob("margent.db*"))
    return {canary for canary in CANARIES if any(form in content for form in _forms(canary))}


def _forms(canary: str) -> Iterator[bytes]:
    """Yield the bytes as they are, as UTF-16, in hex, and in base64 however it is aligned."""
    plain = canary.encode()
    yield from (plain, canary.encode("utf-16-le"), plain.hex().encode(), plain[::-1])
    for shift in range(3):
        for encode in (base64.b64encode, base64.urlsafe_b64encode):
            yield encode(bytes(shift) + plain)[4:-4]


def test_the_search_for_canaries_can_find_them(tmp_path: Path) -> None:
    """Text in plain, or in base64 amid other bytes, is found by the search of the next test."""
    for number, canary in enumerate(CANARIES[:3]):
        (tmp_path / f"margent.db{number}").write_bytes(base64.b64encode(bytes(number) + canary.encode() + b"tail."))
    (tmp_path / "margent.db-wal").write_bytes(CANARIES[3].encode())

    assert _canaries_in(tmp_path) == set(CANARIES[:4])


@pytest.mark.usefixtures("database")
def test_the_database_file_holds_nothing_that_people_wrote(store: SqlStore, tmp_path: Path) -> None:
    """Answers, flags, notes and own questions come back through the store, and are in none of its files."""
    assert _read(store) == WRITTEN
    assert _canaries_in(tmp_path) == set()


def test_what_belongs_to_a_reading_stays_as_it_is(store: SqlStore, database: sqlite3.Connection) -> None:
    """Study aids that everybody shares are not sealed: they are the reading's words."""
    with store(EVERYTHING) as unit:
        unit.material.save(_question(owner_id=None))
        unit.commit()

    assert database.execute("SELECT title FROM artifact").fetchall() == [(CANARIES[3],)]


@pytest.mark.parametrize(("table", "column"), SEALED)
def test_plain_text_is_not_taken_for_sealed(
    store: SqlStore, database: sqlite3.Connection, table: str, column: str
) -> None:
    """Text that somebody put into the database by hand is refused, and the error holds none of it."""
    for forged in ("", "I did it.", "v1.", "v1.I did it.", "v1.SSBkaWQgaXQ", "v2.SSBkaWQgaXQ"):
        _put(database, table, column, forged)

        assert _told(store, table) == {_BROKEN}


@pytest.mark.parametrize(("table", "column"), SEALED)
def test_sealed_text_opens_in_its_own_place_alone(
    store: SqlStore, database: sqlite3.Connection, table: str, column: str
) -> None:
    """Text moved to a field from any other field of the same person, or to another row, does not open there."""
    mine = _get(database, table, column)
    others = {text for place in SEALED for text in _get(database, *place)} - set(mine)

    assert len(others) >= len(SEALED) - 1
    for moved in (*others, *(mine[::-1] if len(mine) > 1 else ())):
        _put(database, table, column, moved, unless=moved)
        assert _BROKEN in _told(store, table)


def test_another_persons_row_does_not_open(store: SqlStore, database: sqlite3.Connection) -> None:
    """An answer that is put down as another person's does not open, nor with the key row of the first one."""
    database.execute("UPDATE attempt SET person_id = ?", (COUNSELLOR.id,))
    with store(EVERYTHING) as unit, pytest.raises(KeyMissing, match="is not there"):
        unit.learning.list_attempts(COUNSELLOR.id, _question().id)

    database.execute(
        "INSERT INTO person_key SELECT ?, key_id, wrapped FROM person_key WHERE person_id = ?",
        (COUNSELLOR.id, STUDENT.id),
    )
    with store(EVERYTHING) as unit, pytest.raises(KeyMissing) as raised:
        unit.learning.list_attempts(COUNSELLOR.id, _question().id)
    assert raised.value.code == "key_damaged"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(text=st.text(max_size=300), place=st.text(max_size=40), at=st.integers(min_value=0), bit=st.integers(0, 6))
def test_sealed_text_comes_back_unless_it_was_changed(
    module_store: SqlStore, text: str, place: str, at: int, bit: int
) -> None:
    """Any text opens as it was; with any bit of what is kept changed it does not, and nothing of it is told."""
    with closing(module_store._begin(EVERYTHING)) as transaction:
        sealer = Sealer(transaction, module_store._ring)
        sealed = sealer.seal(text, person_id=STUDENT.id, place=place)
        at %= len(sealed)
        changed = sealed[:at] + chr(ord(sealed[at]) ^ (1 << bit)) + sealed[at + 1 :]

        assert sealer.open(sealed, person_id=STUDENT.id, place=place) == text
        assert sealed != sealer.seal(text, person_id=STUDENT.id, place=place)
        with pytest.raises(KeyMissing) as raised:
            sealer.open(changed, person_id=STUDENT.id, place=place)
    assert raised.value.message.startswith("What is kept here was changed")


@pytest.fixture
def old_database(store: SqlStore, database: sqlite3.Connection) -> sqlite3.Connection:
    """The database as it was before there were keys, with a study aid that everybody shares."""
    with store(EVERYTHING) as unit:
        unit.material.save(_question(id=ArtifactId(stable_id("shared")), owner_id=None))
        unit.commit()
    database.execute("DELETE FROM person_key")
    database.execute("UPDATE attempt SET answer = ?", (CANARIES[0],))
    database.execute("UPDATE flag SET text = ?", (CANARIES[1],))
    database.execute("UPDATE case_event SET note = CASE ordinal WHEN 1 THEN ? ELSE '' END", (CANARIES[2],))
    database.execute("UPDATE artifact SET title = ?", (CANARIES[3],))
    database.execute("UPDATE artifact SET units = (SELECT units FROM artifact WHERE owner_id IS NULL)")
    return database


def test_an_upgrade_seals_what_was_plain(store: SqlStore, old_database: sqlite3.Connection, tmp_path: Path) -> None:
    """What was written before there were keys opens after the upgrade; the file holds it no more once scrubbed."""
    with pytest.raises(KeyMissing):
        _read(store)

    looked_at = store.seal_plain()

    assert looked_at == 9
    assert _read(store) == WRITTEN
    old_database.execute("DELETE FROM artifact WHERE owner_id IS NULL")
    old_database.close()
    store.scrub()
    assert _canaries_in(tmp_path) == set()


def test_an_upgrade_may_be_repeated(store: SqlStore, old_database: sqlite3.Connection) -> None:
    """Sealing again leaves what is sealed as it is."""
    store.seal_plain()
    once = old_database.execute("SELECT answer FROM attempt").fetchall()

    store.seal_plain()

    assert old_database.execute("SELECT answer FROM attempt").fetchall() == once
    assert _read(store) == WRITTEN


def test_an_upgrade_takes_what_looks_sealed_for_plain(store: SqlStore, old_database: sqlite3.Connection) -> None:
    """An answer from before that merely looks like sealed text comes back as it was written."""
    looks = "v1.QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo"
    old_database.execute("UPDATE attempt SET answer = ?", (looks,))

    store.seal_plain()

    with store(EVERYTHING) as unit:
        assert [one.answer for one in unit.learning.list_attempts(STUDENT.id, _question().id)] == [looks]


class _Dying(Transaction):
    """A transaction of a process that dies after some more writes and commits."""

    def __init__(self, engine: Engine, lives: Iterator[int]) -> None:
        super().__init__(engine, EVERYTHING)
        self._lives = lives

    def write(self, *arguments: Any) -> CursorResult[Any]:
        self._live()
        return super().write(*arguments)

    def commit(self) -> None:
        self._live()
        super().commit()

    def _live(self) -> None:
        if next(self._lives, None) is None:
            raise StoreBusy("Killed.")


@pytest.mark.usefixtures("old_database")
def test_an_upgrade_killed_anywhere_is_finished_by_the_next(store: SqlStore, ring: RingFile) -> None:
    """Stopped before any of its writes or commits, sealing goes on where it was, and nothing is lost."""
    stops = 0

    def begin() -> Transaction:
        return _Dying(store._engine, lives)

    for allowed in range(40):
        lives = iter(range(allowed))
        try:
            seal_plain(begin, ring)
        except StoreBusy:
            stops += 1

    assert stops > 5
    assert _read(store) == WRITTEN


def test_an_upgrade_without_the_right_ring_changes_nothing(
    store: SqlStore, database: sqlite3.Connection, tmp_path: Path
) -> None:
    """With another ring nothing is sealed twice: the upgrade stops before it writes."""
    before = list(database.iterdump())
    other = RingFile(tmp_path / "other" / "ring.json")
    other.prepare(())
    with closing(SqlStore(f"sqlite:///{tmp_path / 'margent.db'}", ring=other)) as wrong, pytest.raises(MargentError):
        wrong.seal_plain()

    assert list(database.iterdump()) == before
    assert _read(store) == WRITTEN
