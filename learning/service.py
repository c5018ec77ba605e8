"""Answering quiz items: screened, graded, and kept where that is allowed."""

from dataclasses import dataclass

from domain.clock import Clock
from domain.errors import Invalid, NotFound
from domain.ids import ArtifactId, AttemptId, UnitId, new_id
from domain.learning import Attempt
from domain.material import Artifact, Kind
from domain.outcomes import Escalated
from domain.people import Person, sees
from domain.ports import Store, UnitOfWork
from domain.questions import Question
from domain.scope import scope_of
from learning.grading import Assessment, assess
from safety.gate import Gate
from safety.notebooks import Notebooks

_LONGEST = 1000
"""Characters of an answer in own words; a short answer has one or two sentences."""


@dataclass(frozen=True, slots=True)
class Graded:
    """A graded attempt with its question and the quiz around it; what may be shown now includes the answer."""

    attempt: Attempt
    question: Question
    artifact: Artifact
    assessment: Assessment


@dataclass(frozen=True)
class Learning:
    """Takes answers and lists them."""

    store: Store
    gate: Gate
    notebooks: Notebooks
    clock: Clock

    def answer(self, person: Person, question_id: UnitId, text: str) -> Graded | Escalated:
        """Grade an answer. Raises NotFound, or Invalid when it is empty or over 1,000 characters.

        It is kept where the person allows that, and else remembered for the page alone (`safety.notebooks`).

        Words of danger are handed to people and not graded, however long they are and whatever they answer. Options
        are the reading's wording, not the person's, and are not screened.
        """
        with self.store(scope_of(person)) as work:
            found = _find(work, person, question_id)
        is_chosen = found is not None and are_options(found[1], text)
        if not is_chosen and (escalated := self.gate.stop(person, text, entry=Kind.QUIZ.value)):
            return escalated
        if found is None:
            raise NotFound("There is no such question.")
        if not text.strip() or (len(text) > _LONGEST and not is_chosen):
            raise Invalid("Write an answer of up to 1,000 characters.", field="answer")
        artifact, question = found
        now = self.clock.now()
        assessment = assess(question, text)
        # where lines stand for items an empty one is an answer too
        kept = text if is_chosen else text.strip()
        attempt = Attempt(AttemptId(new_id()), person.id, artifact.id, question.id, kept, assessment.is_correct, now)
        with self.store(scope_of(person)) as work:
            self.notebooks.open(work, person).add_attempt(attempt)
            work.commit()
        return Graded(attempt, question, artifact, assessment)

    def attempts(self, person: Person, artifact_id: ArtifactId) -> list[Attempt]:
        """List the person's own attempts at a quiz, oldest first."""
        with self.store(scope_of(person)) as work:
            return self.notebooks.open(work, person).list_attempts(artifact_id)


def are_options(question: Question, text: str) -> bool:
    """Whether every line of an answer is one of the question's options, and there is at least one, none twice."""
    lines = [line for line in text.split("\n") if line]
    return bool(lines) and len(set(lines)) == len(lines) and set(lines) <= set(question.options)


def _find(work: UnitOfWork, person: Person, question_id: UnitId) -> tuple[Artifact, Question] | None:
    """Give a question that the person may know of, with its quiz."""
    found = work.material.find_question(question_id)
    document = work.documents.find(found[0].document_id) if found else None
    return found if document is not None and sees(person, document) else None
