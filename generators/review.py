"""The review log: what writers made, for teachers to look through and to mark good or bad with a reason.

What was asked stays out of it, and so does who asked. Marks add up by version of a prompt; they change nothing by
themselves.
"""

import hashlib
from dataclasses import dataclass

from domain.clock import Clock
from domain.documents import Document
from domain.errors import Invalid, NotFound
from domain.ids import InteractionId, PersonId
from domain.interactions import Interaction
from domain.material import Artifact, Unit
from domain.people import ClassRoom, Person
from domain.ports import Store, UnitOfWork
from domain.review import Criteria, Output, Reviewable, ReviewMark, Tally
from domain.scope import scope_of
from safety.audit import note_act
from safety.release import words_of

PAGE = 50
"""Exchanges on a page, and in a sample."""

_LONGEST_REASON = 500
_LONGEST_TEXT = 50_000


@dataclass(frozen=True, slots=True)
class Review:
    """One exchange with the words that came of it (None when they were not kept) and what reviewers said."""

    interaction: Interaction
    document: Document | None
    output: Output | None
    marks: tuple[ReviewMark, ...]
    names: dict[PersonId, str]


class Reviews:
    """What teachers do with outputs about the readings that they see. Each method is one transaction."""

    def __init__(self, store: Store, clock: Clock) -> None:
        """Read and mark in this store."""
        self._store = store
        self._clock = clock

    def search(self, person: Person, criteria: Criteria, *, number: int = 1) -> list[Reviewable]:
        """Give a page of exchanges, newest first (`number` counts from 1), or a sample by chance."""
        offset = 0 if criteria.is_sample else (max(number, 1) - 1) * PAGE
        with self._store(scope_of(person)) as work:
            return work.reviews.search(criteria, limit=PAGE, offset=offset)

    def list_classes(self, person: Person) -> list[ClassRoom]:
        """List the classes to choose from: the person's own."""
        with self._store(scope_of(person)) as work:
            found = work.people.list_classes(person.school_id)
        return [one for one in found if one.id in person.class_ids]

    def load(self, person: Person, output_id: InteractionId) -> Review:
        """Give an exchange with its words and marks. Raises NotFound."""
        with self._store(scope_of(person)) as work:
            interaction = _find(work, output_id)
            output = work.reviews.find_output(output_id)
            marks = tuple(work.reviews.list_marks([output_id]))
            names = dict(work.people.name_people({mark.by_id for mark in marks}))
            document = work.documents.find(interaction.document_id) if interaction.document_id else None
        return Review(interaction, document, output, marks, names)

    def mark(self, person: Person, output_id: InteractionId, *, is_good: bool, reason: str) -> None:
        """Say that an output is good or bad; saying it anew takes the place of what one said before.

        Raises NotFound, or Invalid for a bad one without a reason.
        """
        reason = " ".join(reason.split())
        if len(reason) > _LONGEST_REASON or not (is_good or reason):
            raise Invalid(f"Say what is wrong, in at most {_LONGEST_REASON} characters.", field="reason")
        with self._store(scope_of(person)) as work:
            _find(work, output_id)
            if work.reviews.find_output(output_id) is None:
                raise NotFound("The words of this were not kept, so there is nothing to mark.")
            now = self._clock.now()
            work.reviews.save_mark(ReviewMark(output_id, person.id, is_good=is_good, reason=reason, at=now))
            note_act(work, "review.marked", person, ref=f"output:{output_id}")
            work.commit()

    def tally(self, person: Person) -> list[Tally]:
        """Sum up outputs and marks by what made them: the built-in writer, or a prompt of a version."""
        with self._store(scope_of(person)) as work:
            return work.reviews.tally()


def output_of(interaction: Interaction, artifact: Artifact, owner_id: PersonId) -> Output:
    """Give what is kept of what an exchange came to: the words shown, and how many units were withheld.

    `owner_id` is whose the reading is: with that person's key shared material is sealed. Of what was made for one
    person only the cited statements are kept: the rest may repeat what the person asked.
    """
    said = words_of if artifact.owner_id is None else _statement
    text = "\n\n".join(said(unit) for unit in artifact.units)[:_LONGEST_TEXT]
    return Output(
        id=interaction.id,
        whose_id=artifact.owner_id or owner_id,
        at=interaction.at,
        text=text,
        digest=hashlib.sha256(text.encode()).hexdigest(),
        withheld=artifact.dropped,
    )


def _statement(unit: Unit) -> str:
    return unit.claim.text


def _find(work: UnitOfWork, output_id: InteractionId) -> Interaction:
    found = work.interactions.find(output_id)
    if found is None or found.outcome == "escalated":
        raise NotFound("There is nothing to review at this address.")
    return found
