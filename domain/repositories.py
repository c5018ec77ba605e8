"""The repositories of readings, study aids, learning, care and jobs: a protocol for each kind of thing."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from domain.care import Case
from domain.documents import (
    Chunk,
    Document,
    Hit,
    Page,
    RedactedDocument,
    Section,
)
from domain.hands import Rating, StudySet, Version
from domain.ids import (
    ArtifactId,
    CaseId,
    ChunkId,
    ClassId,
    DocumentId,
    InteractionId,
    JobId,
    PersonId,
    SchoolId,
    StudySetId,
    UnitId,
)
from domain.interactions import Interaction, KeptReply, Usage
from domain.jobs import Job, JobRecord, Progress
from domain.learning import Attempt, HintProgress, Result
from domain.material import Artifact, Kind
from domain.people import Person
from domain.places import Part, Place
from domain.questions import Question


class DocumentRepository(Protocol):
    """Uploaded documents."""

    def save(self, document: Document) -> None:
        """Add the document, or replace the one with its id."""
        ...

    def find(self, document_id: DocumentId) -> Document | None:
        """Give the document or None."""
        ...

    def find_same(self, owner_id: PersonId, content_hash: str) -> Document | None:
        """Give the newest document that this person uploaded with the same bytes."""
        ...

    def find_read(self, content_hash: str, school_id: SchoolId, *, media_type: str, reader: int) -> Document | None:
        """Give a readable document of the school whose file has the same bytes, read as the same by the same code."""
        ...

    def is_used(self, content_hash: str) -> bool:
        """Whether any document still needs the file with these bytes, or will."""
        ...

    def list_visible(self, person: Person) -> list[Document]:
        """List the person's own documents and those of the person's classes, newest first."""
        ...

    def list_ready(self) -> list[Document]:
        """List the documents that nothing is left to be done for, oldest first."""
        ...

    def delete(self, document_id: DocumentId) -> None:
        """Delete the document and everything made from it."""
        ...


class ReadingRepository(Protocol):
    """Pages, sections and chunks of documents, and the word index over the chunks."""

    def save_pages(self, redacted: RedactedDocument) -> None:
        """Replace the document's pages, sections and marks."""
        ...

    def save_chunks(self, document_id: DocumentId, chunks: Sequence[Chunk]) -> None:
        """Replace the document's chunks and index their words, so that they can be searched."""
        ...

    def find_page(self, document_id: DocumentId, number: int) -> Page | None:
        """Give a page or None."""
        ...

    def list_pages(self, document_id: DocumentId) -> list[Page]:
        """List all pages in order."""
        ...

    def list_odd_pages(self, document_id: DocumentId) -> list[Page]:
        """List the pages with hidden words or words that read like orders to a machine, in order."""
        ...

    def mark_orders(self, document_id: DocumentId, numbers: Sequence[int]) -> None:
        """Say of these pages that they hold words that read like orders to a machine."""
        ...

    def list_sections(self, document_id: DocumentId) -> list[Section]:
        """List the sections in reading order."""
        ...

    def load_sections(self, wanted: Collection[tuple[DocumentId, int]]) -> Mapping[tuple[DocumentId, int], Section]:
        """Give the sections with these documents and ordinals, leaving out those that are gone."""
        ...

    def list_chunks(self, document_id: DocumentId, sections: tuple[int, int] | None = None) -> list[Chunk]:
        """List chunks in reading order, of all or of the sections `first` to `last` (both included)."""
        ...

    def load_chunks(self, chunk_ids: Sequence[ChunkId]) -> list[Chunk]:
        """Give the chunks in the order asked for, leaving out those that are gone."""
        ...

    def save_recognised(self, document_id: DocumentId, content_hash: str, page: Page) -> None:
        """Keep a page that was recognised from a picture of this file, until the reading is read."""
        ...

    def list_recognised(self, document_id: DocumentId, content_hash: str) -> list[Page]:
        """List the pages that were recognised from this file so far, in order."""
        ...

    def drop_recognised(self, document_id: DocumentId) -> None:
        """Forget the recognised pages: they are pages of the reading now, or of no use."""
        ...

    def list_places(self, chunk_ids: Sequence[ChunkId], document_ids: Sequence[DocumentId]) -> list[Place]:
        """Say where the chunks stand, in the order asked for, leaving out those of other documents or gone."""
        ...

    def search_words(
        self, query: str, document_ids: Sequence[DocumentId], limit: int, *, part: Part | None = None
    ) -> list[Hit]:
        """Rank the chunks of the documents by the words of the query, titles and headings counting more.

        With `part`, only chunks in these sections are found, if their document is one of the documents.
        """
        ...


class MaterialRepository(Protocol):
    """Artifacts."""

    def save(self, artifact: Artifact) -> None:
        """Add the artifact, or replace the one with its id."""
        ...

    def find(self, artifact_id: ArtifactId) -> Artifact | None:
        """Give the artifact or None."""
        ...

    def find_for(self, document_id: DocumentId, section: int | None, kind: Kind) -> Artifact | None:
        """Give the shared artifact (one without an owner) of a kind for a section or the whole reading."""
        ...

    def list_all(self, document_id: DocumentId) -> list[Artifact]:
        """List every artifact of a document, those of one person too, oldest first."""
        ...

    def delete(self, artifact_id: ArtifactId) -> None:
        """Delete an artifact and the attempts at it; deleting what is not there does nothing."""
        ...

    def list_for(self, document_id: DocumentId, *, kind: Kind | None = None) -> list[Artifact]:
        """List the shared artifacts of a document, by section (the whole reading first), then kind."""
        ...

    def find_question(self, question_id: UnitId) -> tuple[Artifact, Question] | None:
        """Give a question with the quiz it stands in, or None."""
        ...

    def delete_of(self, person_id: PersonId) -> None:
        """Delete what was made for one person alone."""
        ...


class HandsRepository(Protocol):
    """What people did to study aids: versions, ratings, study sets."""

    def add_version(self, version: Version) -> None:
        """Keep a version; adding one with a number that is there replaces nothing and raises Conflict."""
        ...

    def list_versions(self, artifact_id: ArtifactId) -> list[Version]:
        """List the versions of a study aid, newest first."""
        ...

    def find_version(self, artifact_id: ArtifactId, number: int) -> Version | None:
        """Give a version of a study aid or None."""
        ...

    def save_rating(self, rating: Rating) -> None:
        """Keep a rating in place of the person's earlier one of the unit."""
        ...

    def list_ratings(self, artifact_id: ArtifactId) -> list[Rating]:
        """List the ratings of a study aid's units that the scope covers, newest first."""
        ...

    def list_ratings_of(self, person_id: PersonId, artifact_ids: Collection[ArtifactId]) -> list[Rating]:
        """List a person's ratings of these study aids' units."""
        ...

    def delete_rating(self, artifact_id: ArtifactId, unit_id: UnitId, person_id: PersonId) -> None:
        """Delete a person's rating of a unit; deleting what is not there does nothing."""
        ...

    def save_study_set(self, study_set: StudySet) -> None:
        """Add the study set, or replace the one with its id."""
        ...

    def find_study_set(self, study_set_id: StudySetId) -> StudySet | None:
        """Give a study set or None."""
        ...

    def list_study_sets(self, owner_id: PersonId) -> list[StudySet]:
        """List a person's study sets, newest first."""
        ...

    def delete_study_set(self, study_set_id: StudySetId) -> None:
        """Delete a study set; deleting what is not there does nothing."""
        ...


class LearningRepository(Protocol):
    """Attempts and hint progress."""

    def add_attempt(self, attempt: Attempt) -> None:
        """Keep an attempt."""
        ...

    def list_attempts(self, person_id: PersonId, artifact_id: ArtifactId) -> list[Attempt]:
        """List a person's attempts at the items of a quiz, oldest first."""
        ...

    def list_results(self, person_id: PersonId, since: datetime, until: datetime) -> list[Result]:
        """List how a person's attempts from `since` to before `until` went, oldest first; no answer is opened."""
        ...

    def list_hint_progress(self, person_id: PersonId) -> list[HintProgress]:
        """List how far the person has climbed, for every question with a hint taken."""
        ...

    def load_hint_progress(self, person_id: PersonId, question_id: UnitId) -> HintProgress:
        """Give how far the person has climbed; rung -1 when not at all."""
        ...

    def save_hint_progress(self, progress: HintProgress) -> None:
        """Keep how far the person has climbed."""
        ...

    def delete_of(self, person_id: PersonId) -> None:
        """Delete a person's attempts and hint progress."""
        ...


class CareRepository(Protocol):
    """Cases with their flags and events."""

    def save(self, case: Case) -> None:
        """Add a case, or what is new about it. Flags and events that are kept already are never changed."""
        ...

    def find(self, case_id: CaseId) -> Case | None:
        """Give a case or None. `NOT_OPENED` stands where its words cannot be opened: the case itself must be seen."""
        ...

    def find_open(self, person_id: PersonId) -> Case | None:
        """Give the person's case that is not closed, or None."""
        ...

    def list_cases(self, school_id: SchoolId) -> list[Case]:
        """List cases: not closed first, then most severe, then by deadline."""
        ...

    def list_about(self, person_id: PersonId) -> list[Case]:
        """List the cases about a person, newest first."""
        ...


class InteractionRepository(Protocol):
    """The append-only record of exchanges with writers."""

    def add(self, interaction: Interaction) -> None:
        """Keep an interaction."""
        ...

    def find(self, interaction_id: InteractionId) -> Interaction | None:
        """Give an interaction or None."""
        ...

    def list_for(self, document_id: DocumentId) -> list[Interaction]:
        """List the interactions about a document, oldest first."""
        ...

    def list_of(self, person_id: PersonId, since: datetime, until: datetime) -> list[Interaction]:
        """List a person's interactions from `since` to before `until`, oldest first."""
        ...

    def tokens_since(self, person_id: PersonId | None, since: datetime, *, class_id: ClassId | None = None) -> int:
        """Sum the tokens, in and out, used since a time: by a person, on a class's readings, or (None) by everybody."""
        ...

    def cost_since(self, since: datetime, *, person_id: PersonId | None = None, class_id: ClassId | None = None) -> int:
        """Sum the cost since a time, in millionths of the currency: a person's, a class's readings', or everybody's."""
        ...

    def list_usage(self, school_id: SchoolId, since: datetime, until: datetime) -> list[Usage]:
        """Sum what a school's people used by day, class and person, from `since` to before `until`, oldest first."""
        ...

    def find_reply(self, key: str) -> KeptReply | None:
        """Give the model's reply that was kept under a key, or None."""
        ...

    def keep_reply(self, reply: KeptReply) -> None:
        """Keep a model's reply in place of the one with its key."""
        ...


class JobRepository(Protocol):
    """The job table, which is also the outbox: jobs are added in the transaction of the change they follow."""

    def add(self, job: Job) -> JobId:
        """Add a job, unless one for the same payload is still queued or running; give its id."""
        ...

    def add_once(self, job: Job) -> bool:
        """Add a job unless one of its name about the same thing was ever added; say whether it was."""
        ...

    def revive(self, name: str, before: datetime) -> int:
        """Queue the jobs of a name anew that failed and were last due before a time; give how many.

        Those that kept killing their process are left.
        """
        ...

    def find_for(self, subject: str, name: str) -> JobRecord | None:
        """Give the newest job of a name about a document (or a day, or a key), or None."""
        ...

    def ask_cancel(self, document_id: DocumentId, name: str = "") -> None:
        """Cancel the document's queued jobs, all or those of a name, and ask its running ones to stop."""
        ...

    def is_urgent_due(self) -> bool:
        """Whether a job is due that people wait for: anything but study aids."""
        ...

    def claim(self, owner: str, *, lease_seconds: float) -> JobRecord | None:
        """Take the oldest job that is due (queued, or running with its lease run out) and count the attempt.

        Study aids come after everything else.

        A job that was claimed more often than its cap is marked failed instead of run.
        """
        ...

    def beat(self, job_id: JobId, owner: str, progress: Progress, *, lease_seconds: float) -> bool:
        """Report progress and renew the lease; False when the job is no longer the owner's or must stop."""
        ...

    def finish(
        self,
        job_id: JobId,
        owner: str,
        *,
        error: tuple[str, str] | None = None,
        retry_in: float | None = None,
        is_cancelled: bool = False,
    ) -> bool:
        """End the job as done, failed (code, sentence), cancelled, or back in the queue; False if not the owner's."""
        ...
