"""A learner's notebook: answers, results, and how far each ladder of hints was climbed.

Where the learner allows keeping them (`Purpose.STUDY`) they stand in the store. Where not, nothing is written
anywhere: this process remembers them for half an hour after the last use, so that the page in front of the
learner works (a result can be shown, the next hint follows the one before), and then they are gone.
"""

from collections import OrderedDict, deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from typing import Protocol

from domain.clock import Clock
from domain.consent import Purpose
from domain.ids import ArtifactId, PersonId, UnitId
from domain.learning import Attempt, HintProgress
from domain.material import Artifact
from domain.people import Person
from domain.ports import UnitOfWork
from safety.consent import Consents

_REMEMBERED = timedelta(minutes=30)
_MOST_PEOPLE = 5000
_MOST_ATTEMPTS = 500
_MOST_LADDERS = 100
"""Bounds of what is remembered: those who came longest ago, and the oldest attempts and ladders, go first."""


class Notebook(Protocol):
    """One person's notebook within a unit of work."""

    def add_attempt(self, attempt: Attempt) -> None:
        """Write an attempt down."""
        ...

    def list_attempts(self, artifact_id: ArtifactId) -> list[Attempt]:
        """List the attempts at the items of a quiz, oldest first."""
        ...

    def load_hint_progress(self, question_id: UnitId) -> HintProgress:
        """Give how far the person has climbed; rung -1 when not at all."""
        ...

    def save_hint_progress(self, progress: HintProgress) -> None:
        """Write down how far the person has climbed."""
        ...

    def find_ladder(self, artifact_id: ArtifactId) -> Artifact | None:
        """Give a ladder of hints that was made for the person, or None."""
        ...

    def save_ladder(self, artifact: Artifact) -> None:
        """Put a ladder by for the person's next request."""
        ...


class Notebooks:
    """Opens the notebook that a person's choice calls for."""

    def __init__(self, consents: Consents, clock: Clock) -> None:
        """Remember nobody yet."""
        self._consents = consents
        self._clock = clock
        self._remembered: OrderedDict[PersonId, _Remembered] = OrderedDict()
        self._lock = Lock()

    def open(self, work: UnitOfWork, person: Person) -> Notebook:
        """Open the notebook in the store, or the one that is only remembered."""
        if self._consents.holds(work, person, Purpose.STUDY):
            self.forget(person)
            return _Kept(work, person)
        now = self._clock.now()
        with self._lock:
            self._forget_old(now)
            found = self._remembered.setdefault(person.id, _Remembered(person.id, now))
            found.used_at = now
            self._remembered.move_to_end(person.id)
        return _Passing(work, found)

    def forget(self, person: Person) -> None:
        """Forget what was only remembered of a person, as when the person signs out."""
        with self._lock:
            self._remembered.pop(person.id, None)

    def _forget_old(self, now: datetime) -> None:
        while self._remembered:
            oldest = next(iter(self._remembered.values()))
            if now - oldest.used_at < _REMEMBERED and len(self._remembered) < _MOST_PEOPLE:
                return
            self._remembered.popitem(last=False)


@dataclass(frozen=True, slots=True)
class _Kept:
    """A notebook in the store; it lasts when the unit of work is committed."""

    work: UnitOfWork
    person: Person

    def add_attempt(self, attempt: Attempt) -> None:
        self.work.learning.add_attempt(attempt)

    def list_attempts(self, artifact_id: ArtifactId) -> list[Attempt]:
        return self.work.learning.list_attempts(self.person.id, artifact_id)

    def load_hint_progress(self, question_id: UnitId) -> HintProgress:
        return self.work.learning.load_hint_progress(self.person.id, question_id)

    def save_hint_progress(self, progress: HintProgress) -> None:
        self.work.learning.save_hint_progress(progress)

    def find_ladder(self, artifact_id: ArtifactId) -> Artifact | None:
        return self.work.material.find(artifact_id)

    def save_ladder(self, artifact: Artifact) -> None:
        self.work.material.save(artifact)


@dataclass(slots=True)
class _Remembered:
    """What this process remembers of one person."""

    person_id: PersonId
    used_at: datetime
    attempts: deque[Attempt] = field(default_factory=lambda: deque(maxlen=_MOST_ATTEMPTS))
    climbed: dict[UnitId, HintProgress] = field(default_factory=dict)
    ladders: OrderedDict[ArtifactId, Artifact] = field(default_factory=OrderedDict)


@dataclass(frozen=True, slots=True)
class _Passing:
    """A notebook in this process alone; the unit of work is only asked what stands in a quiz."""

    work: UnitOfWork
    mind: _Remembered

    def add_attempt(self, attempt: Attempt) -> None:
        self.mind.attempts.append(attempt)

    def list_attempts(self, artifact_id: ArtifactId) -> list[Attempt]:
        quiz = self.work.material.find(artifact_id)
        items = {unit.id for unit in quiz.units} if quiz else set()
        return [attempt for attempt in tuple(self.mind.attempts) if attempt.question_id in items]

    def load_hint_progress(self, question_id: UnitId) -> HintProgress:
        return self.mind.climbed.get(question_id, HintProgress(self.mind.person_id, question_id))

    def save_hint_progress(self, progress: HintProgress) -> None:
        self.mind.climbed[progress.question_id] = progress

    def find_ladder(self, artifact_id: ArtifactId) -> Artifact | None:
        return self.mind.ladders.get(artifact_id)

    def save_ladder(self, artifact: Artifact) -> None:
        self.mind.ladders[artifact.id] = artifact
        if len(self.mind.ladders) > _MOST_LADDERS:
            self.mind.ladders.popitem(last=False)
