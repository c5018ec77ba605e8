"""What every MaterialRepository does."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings

from adapters.sql.store import SqlStore
from domain.claims import Claim
from domain.documents import Citation, Span
from domain.ids import ArtifactId, UnitId, stable_id
from domain.material import Artifact, ArtifactStatus, Kind, Provenance, SummarySentence
from domain.people import Role
from domain.questions import Question, QuestionForm
from domain.scope import EVERYTHING
from tests.builders import NOW, a_document, a_person
from tests.material import artifacts

CLAIM = Claim("Plants make sugar.", (Citation(Span(a_document().id, 1, 0, 6), "Plants"),))


def _artifact(kind: Kind = Kind.SUMMARY, section: int | None = None, **changes: Any) -> Artifact:
    artifact = Artifact(
        id=ArtifactId(stable_id(kind, section, sorted(changes))),
        kind=kind,
        document_id=a_document().id,
        section=section,
        title="A title",
        units=(),
        provenance=Provenance(),
        status=ArtifactStatus.PUBLISHED,
        created_at=NOW,
    )
    return replace(artifact, **changes)


def _question(stem: str) -> Question:
    return Question(UnitId(stable_id(stem)), CLAIM, QuestionForm.CHOICE, stem, "sugar", ("sugar", "salt"))


def _save(store: SqlStore, *saved: Artifact) -> None:
    with store(EVERYTHING) as unit:
        unit.documents.save(a_document())
        for artifact in saved:
            unit.material.save(artifact)
        unit.commit()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(artifact=artifacts())
def test_an_artifact_comes_back_as_it_was_saved(store: SqlStore, artifact: Artifact) -> None:
    """Finding a saved artifact gives an equal one, whatever its units hold."""
    _save(store, artifact)

    with store(EVERYTHING) as unit:
        assert unit.material.find(artifact.id) == artifact


def test_an_unknown_artifact_is_none(store: SqlStore) -> None:
    """Finding what is not there gives None."""
    with store(EVERYTHING) as unit:
        assert unit.material.find(_artifact().id) is None
        assert unit.material.find_for(a_document().id, None, Kind.QUIZ) is None


def test_saving_again_replaces(store: SqlStore) -> None:
    """An artifact that is saved again is changed, not doubled."""
    changed = _artifact(units=(SummarySentence(UnitId(stable_id(1)), CLAIM),))
    _save(store, replace(changed, units=()), changed)

    with store(EVERYTHING) as unit:
        assert unit.material.list_for(a_document().id) == [changed]


def test_the_newest_shared_artifact_of_a_place_and_kind_is_found(store: SqlStore) -> None:
    """One is found for a section, another for the whole reading, the newest first; owned ones are not shared."""
    whole = _artifact()
    older = _artifact(section=3)
    newer = _artifact(section=3, created_at=NOW + timedelta(hours=1))
    owned = _artifact(section=4, owner_id=a_person(Role.STUDENT).id)
    _save(store, whole, newer, older, owned, _artifact(Kind.QUIZ, 3))

    with store(EVERYTHING) as unit:
        assert unit.material.find_for(a_document().id, None, Kind.SUMMARY) == whole
        assert unit.material.find_for(a_document().id, 3, Kind.SUMMARY) == newer
        assert unit.material.find_for(a_document().id, 4, Kind.SUMMARY) is None
        assert unit.material.find(owned.id) == owned


def test_shared_artifacts_are_listed_by_section_then_kind(store: SqlStore) -> None:
    """The whole reading's come first, then section by section; one kind alone can be asked for."""
    quiz, summary, late = _artifact(Kind.QUIZ), _artifact(section=0), _artifact(Kind.FLASHCARDS, 2)
    _save(store, late, summary, quiz, _artifact(owner_id=a_person(Role.STUDENT).id))

    with store(EVERYTHING) as unit:
        assert unit.material.list_for(a_document().id) == [quiz, summary, late]
        assert unit.material.list_for(a_document().id, kind=Kind.SUMMARY) == [summary]


def test_all_of_a_document_are_listed_and_deleted_one_by_one(store: SqlStore) -> None:
    """What was made for one person is among them, and comes back opened; deleting what is gone does nothing."""
    mine = _artifact(Kind.HINTS, owner_id=a_person().id, created_at=NOW + timedelta(1))
    shared = _artifact(section=1)
    _save(store, mine, shared)

    with store(EVERYTHING) as unit:
        assert unit.material.list_all(a_document().id) == [shared, mine]
        unit.material.delete(shared.id)
        unit.material.delete(shared.id)
        assert unit.material.list_all(a_document().id) == [mine]


def test_a_question_is_found_with_its_quiz(store: SqlStore) -> None:
    """A question that stands in a section's quiz and the whole reading's is found in the section's."""
    shared, lone = _question("What do plants make?"), _question("What else?")
    whole = _artifact(Kind.QUIZ, units=(shared, lone))
    part = _artifact(Kind.QUIZ, 1, units=(shared,))
    _save(store, whole, part)

    with store(EVERYTHING) as unit:
        assert unit.material.find_question(shared.id) == (part, shared)
        assert unit.material.find_question(lone.id) == (whole, lone)
        assert unit.material.find_question(UnitId("0" * 32)) is None


def test_a_question_that_was_taken_out_is_not_found(store: SqlStore) -> None:
    """When a quiz is saved without a question, the question is gone."""
    question = _question("What do plants make?")
    quiz = _artifact(Kind.QUIZ, 1, units=(question,))
    _save(store, quiz, replace(quiz, units=()))

    with store(EVERYTHING) as unit:
        assert unit.material.find_question(question.id) is None
