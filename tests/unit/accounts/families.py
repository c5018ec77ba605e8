"""A child at school with a guardian, and what the child did, for tests about families."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from accounts.families import Families
from adapters.sql.store import SqlStore
from domain.claims import Claim
from domain.consent import Purpose
from domain.ids import AccessId, ArtifactId, AttemptId, InteractionId, PersonId, UnitId, new_id, stable_id
from domain.interactions import Interaction
from domain.learning import Attempt, HintProgress
from domain.material import Artifact, ArtifactStatus, Kind, Provenance, Writer
from domain.people import Person, Role
from domain.questions import Question, QuestionForm
from domain.rights import Access
from domain.scope import EVERYTHING
from safety.access import Accesses
from safety.consent import Consents
from tests.builders import NOW, SCHOOL, a_person, allow
from tests.conftest import FixedClock
from tests.readings import save_reading

CHILD = a_person(Role.STUDENT, name="Chi Child")
GUARDIAN = a_person(Role.GUARDIAN, class_ids=(), ward_ids=(CHILD.id,))
TEACHER = a_person(Role.TEACHER)
DAY = timedelta(days=1)


@dataclass
class Home:
    """The families' service over a store that is filled step by step."""

    store: SqlStore
    clock: FixedClock
    families: Families = field(init=False)

    def __post_init__(self) -> None:
        consents = Consents(self.store, self.clock)
        self.families = Families(self.store, self.clock, consents, Accesses(self.store, self.clock))

    def save(self, *people: Person) -> None:
        """Keep people."""
        with self.store(EVERYTHING) as work:
            for person in people:
                work.people.save_person(person)
            work.commit()

    def allow(self, *purposes: Purpose, person: Person = CHILD) -> None:
        """Let the child's data be used."""
        with self.store(EVERYTHING) as work:
            allow(work, person, purposes)
            work.commit()

    def quiz(self, section: int | None, questions: int, **document: Any) -> Artifact:
        """Keep a reading with two sections and a quiz in one of them; questions are the same for the same place."""
        reading = save_reading(self.store, ["One.", "Two."], **document)
        units = tuple(
            Question(UnitId(stable_id(reading.id, section, at)), Claim("A.", ()), QuestionForm.SHORT, "What?", "A")
            for at in range(questions)
        )
        quiz = Artifact(
            id=ArtifactId(stable_id("quiz", reading.id, section)),
            kind=Kind.QUIZ,
            document_id=reading.id,
            section=section,
            title="Quiz",
            units=units,
            provenance=Provenance(),
            status=ArtifactStatus.PUBLISHED,
            created_at=NOW,
        )
        with self.store(EVERYTHING) as work:
            work.material.save(quiz)
            work.commit()
        return quiz

    def answer(self, quiz: Artifact, at: int, *, is_right: bool, days: int = 0, person: Person = CHILD) -> None:
        """Keep an answer to a quiz's question, some days after the beginning."""
        when = NOW + days * DAY
        question = quiz.units[at]
        attempt = Attempt(AttemptId(new_id()), person.id, quiz.id, question.id, "secret words", is_right, when)
        with self.store(EVERYTHING) as work:
            work.learning.add_attempt(attempt)
            work.commit()

    def take_hints(self, question_id: UnitId, rung: int, *, days: int = 0) -> None:
        """Keep how far the child climbed."""
        with self.store(EVERYTHING) as work:
            work.learning.save_hint_progress(HintProgress(CHILD.id, question_id, rung, NOW + days * DAY))
            work.commit()

    def look(self, by_id: PersonId | None, *, at: datetime = NOW, **changes: Any) -> None:
        """Keep a look at the child's progress, or as changed."""
        look = Access(AccessId(new_id()), SCHOOL, CHILD.id, by_id, what="progress", why="teaching", at=at)
        with self.store(EVERYTHING) as work:
            work.rights.add_access(replace(look, **changes))
            work.commit()

    def ask_model(self, outcome: str = "served", writer: Writer = Writer.MODEL) -> None:
        """Keep an exchange with a writer."""
        made = Interaction(
            id=InteractionId(new_id()),
            at=NOW,
            kind=Kind.ANSWER,
            provenance=Provenance(writer),
            verdicts=(),
            outcome=outcome,
            school_id=SCHOOL,
            person_id=CHILD.id,
        )
        with self.store(EVERYTHING) as work:
            work.interactions.add(made)
            work.commit()
