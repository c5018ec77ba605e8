"""What a learner did is in the store where that is allowed, and else in nobody's but this process's mind."""

from datetime import timedelta

import pytest

from adapters.sql.store import SqlStore
from domain.claims import Claim
from domain.consent import Purpose
from domain.ids import ArtifactId, AttemptId, HoldId, PersonId, UnitId, new_id
from domain.learning import Attempt, HintProgress
from domain.material import Artifact, ArtifactStatus, Kind, Provenance
from domain.people import Role
from domain.questions import Question, QuestionForm
from domain.rights import Hold
from domain.scope import EVERYTHING, scope_of
from safety import notebooks as module
from safety.consent import Consents
from safety.notebooks import Notebook, Notebooks
from tests.builders import NOW, SCHOOL, a_document, a_person
from tests.conftest import FixedClock

STUDENT = a_person(decides_from=NOW.date())
QUIZ, QUESTION = ArtifactId("f" * 32), UnitId("a" * 32)
ATTEMPT = Attempt(AttemptId("1" * 32), STUDENT.id, QUIZ, QUESTION, "starch", is_correct=True, at=NOW)
CLIMBED = HintProgress(STUDENT.id, QUESTION, 2, NOW)


@pytest.fixture
def consents(store: SqlStore, clock: FixedClock) -> Consents:
    with store(EVERYTHING) as work:
        work.documents.save(a_document())
        work.material.save(_artifact(QUIZ))
        work.commit()
    return Consents(store, clock)


@pytest.fixture
def notebooks(consents: Consents, clock: FixedClock) -> Notebooks:
    return Notebooks(consents, clock)


def _artifact(artifact_id: ArtifactId) -> Artifact:
    kind = Kind.QUIZ if artifact_id == QUIZ else Kind.HINTS
    claim = Claim("Starch is spare sugar.", ())
    units = (Question(QUESTION, claim, QuestionForm.SHORT, "What is spare sugar called?", "starch"),)
    status = ArtifactStatus.PUBLISHED
    return Artifact(
        id=artifact_id,
        kind=kind,
        document_id=a_document().id,
        section=0,
        title="Sugar",
        units=units if kind is Kind.QUIZ else (),
        provenance=Provenance(),
        status=status,
        created_at=NOW,
        owner_id=None if kind is Kind.QUIZ else STUDENT.id,
    )


def _fill(notebook: Notebook) -> None:
    notebook.add_attempt(ATTEMPT)
    notebook.save_hint_progress(CLIMBED)
    notebook.save_ladder(_artifact(ArtifactId("e" * 32)))


def _write(store: SqlStore, notebooks: Notebooks) -> None:
    with store(scope_of(STUDENT)) as work:
        _fill(notebooks.open(work, STUDENT))
        work.commit()


def _what_is_in(notebook: Notebook) -> tuple[list[Attempt], int, bool]:
    found = notebook.find_ladder(ArtifactId("e" * 32))
    return notebook.list_attempts(QUIZ), notebook.load_hint_progress(QUESTION).rung, found is not None


def _is_stored(store: SqlStore) -> bool:
    with store(EVERYTHING) as work:
        found = work.material.find(ArtifactId("e" * 32))
        rung = work.learning.load_hint_progress(STUDENT.id, QUESTION).rung
        stored = (bool(work.learning.list_attempts(STUDENT.id, QUIZ)), rung >= 0, found is not None)
    assert len(set(stored)) == 1, stored
    return stored[0]


def _read(store: SqlStore, notebooks: Notebooks) -> tuple[list[Attempt], int, bool]:
    with store(scope_of(STUDENT)) as work:
        return _what_is_in(notebooks.open(work, STUDENT))


FULL = ([ATTEMPT], 2, True)
EMPTY: tuple[list[Attempt], int, bool] = ([], -1, False)


def test_what_is_allowed_is_kept(store: SqlStore, consents: Consents, notebooks: Notebooks) -> None:
    """With consent the store has it all."""
    consents.decide(STUDENT, STUDENT, {Purpose.STUDY: True})

    _write(store, notebooks)

    assert _is_stored(store)
    assert _read(store, notebooks) == FULL


def test_what_is_not_allowed_is_not_kept(store: SqlStore, notebooks: Notebooks) -> None:
    """Without consent the page's next request still finds it, and the store never has it."""
    _write(store, notebooks)

    assert not _is_stored(store)
    assert _read(store, notebooks) == FULL


def test_it_is_forgotten_after_half_an_hour(store: SqlStore, notebooks: Notebooks, clock: FixedClock) -> None:
    """Each use begins the half hour anew."""
    _write(store, notebooks)
    clock.move(timedelta(minutes=29))
    assert _read(store, notebooks) == FULL
    clock.move(timedelta(minutes=29))
    assert _read(store, notebooks) == FULL
    clock.move(timedelta(minutes=30))

    assert _read(store, notebooks) == EMPTY


def test_it_is_forgotten_when_one_leaves(store: SqlStore, notebooks: Notebooks) -> None:
    """Signing out leaves nothing for whoever sits there next; leaving twice does no harm."""
    _write(store, notebooks)

    notebooks.forget(STUDENT)
    notebooks.forget(STUDENT)

    assert _read(store, notebooks) == EMPTY


def test_withdrawing_deletes_what_was_kept(store: SqlStore, consents: Consents, notebooks: Notebooks) -> None:
    """After a withdrawal nothing is left of what was kept with consent, and the page starts empty."""
    consents.decide(STUDENT, STUDENT, {Purpose.STUDY: True})
    _write(store, notebooks)

    consents.decide(STUDENT, STUDENT, {Purpose.STUDY: False})

    assert not _is_stored(store)
    assert _read(store, notebooks) == EMPTY


@pytest.mark.parametrize("about", [STUDENT.id, None])
def test_a_legal_hold_keeps_what_a_withdrawal_would_delete(
    store: SqlStore, consents: Consents, notebooks: Notebooks, about: PersonId | None
) -> None:
    """What must be kept by law stays in the store, and is used for nothing."""
    consents.decide(STUDENT, STUDENT, {Purpose.STUDY: True})
    _write(store, notebooks)
    with store(EVERYTHING) as work:
        work.rights.save_hold(Hold(HoldId(new_id()), SCHOOL, about, "A dispute", None, NOW))
        work.commit()

    consents.decide(STUDENT, STUDENT, {Purpose.STUDY: False})

    assert _is_stored(store)
    assert _read(store, notebooks) == EMPTY


def test_a_new_consent_begins_a_new_notebook(store: SqlStore, consents: Consents, notebooks: Notebooks) -> None:
    """What was done before it was allowed is not kept after all."""
    _write(store, notebooks)

    consents.decide(STUDENT, STUDENT, {Purpose.STUDY: True})

    assert _read(store, notebooks) == EMPTY
    consents.decide(STUDENT, STUDENT, {Purpose.STUDY: False})
    assert _read(store, notebooks) == EMPTY


def test_a_quiz_that_is_gone_has_no_attempts(store: SqlStore, notebooks: Notebooks) -> None:
    """Remembered attempts belong to the items of the quiz that is asked about."""
    _write(store, notebooks)

    with store(scope_of(STUDENT)) as work:
        assert notebooks.open(work, STUDENT).list_attempts(ArtifactId("0" * 32)) == []


def test_teachers_are_not_asked(store: SqlStore, notebooks: Notebooks) -> None:
    """What a teacher tries in a quiz is kept as before."""
    teacher = a_person(Role.TEACHER)
    with store(scope_of(teacher)) as work:
        notebooks.open(work, teacher).save_hint_progress(HintProgress(teacher.id, QUESTION, 1, NOW))
        work.commit()

    with store(EVERYTHING) as work:
        assert work.learning.load_hint_progress(teacher.id, QUESTION).rung == 1


def test_memory_is_bounded(store: SqlStore, notebooks: Notebooks, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many people and ladders there are, those that came longest ago make room."""
    monkeypatch.setattr(module, "_MOST_PEOPLE", 2)
    monkeypatch.setattr(module, "_MOST_LADDERS", 1)
    _write(store, notebooks)
    with store(scope_of(STUDENT)) as work:
        notebook = notebooks.open(work, STUDENT)
        notebook.save_ladder(_artifact(ArtifactId("d" * 32)))
        assert notebook.find_ladder(ArtifactId("e" * 32)) is None
        for _ in range(2):
            notebooks.open(work, a_person(id=PersonId(new_id())))

    assert _read(store, notebooks) == EMPTY
