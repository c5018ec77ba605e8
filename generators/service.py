"""What faces call for study aids: read them, have them made, ask, search, approve variants, export.

Every function takes the person first and answers NotFound for a reading the person may not know of.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from domain.documents import Document
from domain.errors import Conflict, Invalid, NotAllowed, NotFound
from domain.ids import ArtifactId, ClassId, DocumentId
from domain.interactions import Interaction
from domain.material import Artifact, Kind
from domain.outcomes import Escalated, Outcome
from domain.people import Person, Role
from domain.places import Part
from domain.scope import scope_of
from generators.exports.formats import FORMATS
from generators.exports.origin import Origin
from generators.exports.pictures import Pictures, drawn_for
from generators.finding import find_aid, find_document, shows
from generators.kinds.contract import Request
from generators.kinds.lesson_variant import count_left_out
from generators.kinds.registry import KINDS
from generators.pipeline import Tools, generate
from generators.retrieval import Passage, Within
from generators.shelf import make, published, withdrawn
from generators.shortfall import explain_shortfall

_SHOWN = (
    Kind.SUMMARY,
    Kind.FLASHCARDS,
    Kind.CONCEPT_MAP,
    Kind.QUIZ,
    Kind.STUDY_GUIDE,
    Kind.FAQ,
    Kind.WORKED_EXAMPLES,
    Kind.LESSON_VARIANT,
)
_LOOKED_AT = 40
"""Pages that are looked at to see what sort of text a part is."""

_LONGEST_QUESTION = 1000
_ESCALATED = Escalated.__name__.lower()


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question ended in, and the passages found for it, best first (none when it was escalated)."""

    outcome: Outcome
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Where:
    """What a search keeps to: the readings of a class, one reading, a section of it with those below."""

    class_id: ClassId | None = None
    document_id: DocumentId | None = None
    section: int | None = None


_EVERYWHERE = Where()


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found, best first; nothing when the words speak of danger and were handed to people."""

    passages: tuple[Passage, ...]
    escalated: Escalated | None = None
    has_more: bool = False


@dataclass(frozen=True, slots=True)
class Export:
    """A file to hand over."""

    filename: str
    media_type: str
    content: bytes


class Material:
    """Study aids."""

    def __init__(self, tools: Tools, pictures: Pictures | None = None) -> None:
        """Use the pipeline's tools; without what draws figures, cards go out with their words alone."""
        self._tools, self._pictures = tools, pictures

    def aids(self, person: Person, document_id: DocumentId, section: int | None) -> dict[Kind, Artifact]:
        """Give what is there for a section or, with None, for the whole reading. Students see no drafts."""
        document = self._load_document(person, document_id)
        with self._tools.store(scope_of(person)) as work:
            found = [work.material.find_for(document.id, section, kind) for kind in _SHOWN]
        return {artifact.kind: artifact for artifact in found if artifact is not None and shows(artifact, person)}

    def explain_shortfall(
        self, person: Person, document_id: DocumentId, section: int | None, kind: Kind | None = None
    ) -> str:
        """Say why little or nothing, or nothing of a kind, could be made of a part, which must be there."""
        document = self._load_document(person, document_id)
        with self._tools.store(scope_of(person)) as work:
            sections = work.readings.list_sections(document.id)
            if section is not None and not 0 <= section < len(sections):
                raise NotFound("There is no such part in this reading.")
            one = sections[section] if section is not None else None
            chunks = work.readings.list_chunks(document.id, (one.ordinal, one.last) if one else None)
            numbers = sorted({chunk.span.page for chunk in chunks})[:_LOOKED_AT]
            found = [work.readings.find_page(document.id, number) for number in numbers]
        language = (one.language if one else "") or document.language
        pages = [page for page in found if page is not None]
        return explain_shortfall(chunks, pages, kind=kind, language=language)

    def load(self, person: Person, artifact_id: ArtifactId) -> Artifact:
        """Give a study aid. Raises NotFound."""
        with self._tools.store(scope_of(person)) as work:
            artifact, _ = find_aid(work, person, artifact_id)
        return artifact

    def load_interactions(self, person: Person, document_id: DocumentId) -> list[Interaction]:
        """List how the reading's study aids were made, oldest first; students see their own requests alone.

        Requests that ended with words of support are left out for everybody: only counsellors may know of them.
        """
        document = self._load_document(person, document_id)
        with self._tools.store(scope_of(person)) as work:
            kept = work.interactions.list_for(document.id)
        found = [one for one in kept if one.outcome != _ESCALATED]
        if person.role is Role.STUDENT:
            return [one for one in found if one.person_id in {None, person.id}]
        return found

    def make(self, person: Person, document_id: DocumentId, section: int | None, kind: Kind) -> Outcome:
        """Make a study aid. Raises Conflict when it is there and is not the person's to make again."""
        document = self._load_document(person, document_id)
        if kind not in _SHOWN:
            raise Invalid("This cannot be made without a question.", field="kind")
        if person.role is not Role.TEACHER and person.id != document.owner_id:
            with self._tools.store(scope_of(person)) as work:
                if work.material.find_for(document.id, section, kind) is not None:
                    raise Conflict("This study aid is there already.", code="already_made")
        return make(Request(kind, document, section, person), self._tools)

    def ask(self, person: Person, document_id: DocumentId, question: str) -> Answer:
        """Answer a question out of a reading, or say that it does not say. Answers are recorded, not kept.

        Words of danger are handed to people before anything else is asked of them.
        """
        if escalated := self._tools.gate.stop(person, question, entry=Kind.ANSWER.value):
            return Answer(escalated, ())
        document = self._load_document(person, document_id)
        text = _checked_question(question)
        outcome = generate(Request(Kind.ANSWER, document, None, person, text), KINDS[Kind.ANSWER], self._tools)
        if isinstance(outcome, Escalated):
            return Answer(outcome, ())
        return Answer(outcome, tuple(self._tools.retriever.search(text, [document], scope=scope_of(person), limit=8)))

    def explain(self, person: Person, document_id: DocumentId, subject: str) -> Outcome:
        """Explain something of a reading in another way, out of the reading. Recorded, not kept.

        Words of danger are handed to people before anything else is asked of them.
        """
        if escalated := self._tools.gate.stop(person, subject, entry=Kind.EXPLANATION.value):
            return escalated
        document = self._load_document(person, document_id)
        text = _checked_question(subject)
        return generate(Request(Kind.EXPLANATION, document, None, person, text), KINDS[Kind.EXPLANATION], self._tools)

    def search(self, person: Person, query: str, where: Where = _EVERYWHERE, *, limit: int = 20) -> Found:
        """Rank passages of all readings that the person sees, or of those that the search keeps to.

        Raises NotFound for a class, a reading or a section that is not there for the person, and Invalid for a section
        of no reading.
        """
        if escalated := self._tools.gate.stop(person, query, entry="search"):
            return Found((), escalated)
        if where.class_id is not None and where.class_id not in person.class_ids:
            raise NotFound("There is no such class.")
        if where.document_id is not None:
            documents = [self._load_document(person, where.document_id)]
        else:
            with self._tools.store(scope_of(person)) as work:
                documents = work.documents.list_visible(person)
        within = Within(where.class_id, self._part(person, where))
        found = self._tools.retriever.search(query, documents, scope=scope_of(person), limit=limit + 1, within=within)
        return Found(tuple(found[:limit]), has_more=len(found) > limit)

    def draft_variant(self, person: Person, document_id: DocumentId, section: int | None) -> Outcome:
        """Make an easier version, as a draft for the teacher. Raises NotAllowed for others."""
        document = self._load_document(person, document_id)
        return make(Request(Kind.LESSON_VARIANT, document, section, person), self._tools)

    def approve_variant(self, person: Person, artifact_id: ArtifactId) -> Artifact:
        """Show an easier version to students."""
        return self._change_variant(person, artifact_id, published)

    def withdraw_variant(self, person: Person, artifact_id: ArtifactId) -> Artifact:
        """Take an easier version back from students: it is a draft again."""
        return self._change_variant(person, artifact_id, withdrawn)

    def count_left_out(self, person: Person, artifact_id: ArtifactId) -> tuple[int, int]:
        """Count the sentences of a section that are not in its easier version, and all that it has.

        A version put together of the versions of smaller sections is not counted: 0 of 0.
        """
        artifact = self._load_variant(person, artifact_id)
        document = self._load_document(person, artifact.document_id)
        tools = self._tools
        ground = tools.gather(Request(artifact.kind, document, artifact.section), tools.store, tools.retriever)
        if ground.parts:
            return 0, 0
        return count_left_out(artifact.units, tools.parser.parse(ground.evidence))

    def export(self, person: Person, document_id: DocumentId, section: int | None, name: str) -> Export:
        """Write a study aid as a file; `name` is one of `generators.exports.formats.FORMATS`."""
        document = self._load_document(person, document_id)
        wanted = FORMATS.get(name)
        if wanted is None:
            raise NotFound("There is no such export.")
        if wanted.holds_answers and person.role is not Role.TEACHER:
            raise NotAllowed("This file holds the answers, so only teachers can take it.")
        artifact = self.aids(person, document_id, section).get(wanted.kind)
        if artifact is None:
            raise NotFound("This study aid has not been made yet.")
        part = "" if section is None else f"-{artifact.title}"
        filename = f"{slug(document.title + part)}-{name}"
        is_classes = document.class_id is not None or person.role is Role.TEACHER
        whose = "a teacher's words" if is_classes else "a student's own words"
        origin = Origin(document.title, document.language, drawn_for(self._pictures, person, [document]), whose=whose)
        return Export(filename, wanted.media_type, wanted.write(artifact, origin))

    def _part(self, person: Person, where: Where) -> Part | None:
        """Give the section that a search keeps to, with those below it."""
        if where.section is None:
            return None
        if where.document_id is None:
            raise Invalid("Choose a reading first, then its section.", field="section")
        with self._tools.store(scope_of(person)) as work:
            sections = work.readings.list_sections(where.document_id)
        if where.section >= len(sections):
            raise NotFound("There is no such section in this reading.")
        return Part(where.document_id, where.section, sections[where.section].last)

    def _load_document(self, person: Person, document_id: DocumentId) -> Document:
        with self._tools.store(scope_of(person)) as work:
            return find_document(work, person, document_id)

    def _load_variant(self, person: Person, artifact_id: ArtifactId) -> Artifact:
        return _checked_variant(person, self.load(person, artifact_id))

    def _change_variant(
        self, person: Person, artifact_id: ArtifactId, change: Callable[[Artifact], Artifact]
    ) -> Artifact:
        with self._tools.store(scope_of(person)) as work:
            work.people.lock()  # what somebody changes meanwhile must not be written over
            artifact, _ = find_aid(work, person, artifact_id)
            changed = change(_checked_variant(person, artifact))
            work.material.save(changed)
            work.commit()
        return changed


def _checked_variant(person: Person, artifact: Artifact) -> Artifact:
    """Give a study aid that is an easier version, for a teacher. Raises NotFound or NotAllowed."""
    if artifact.kind is not Kind.LESSON_VARIANT:
        raise NotFound("There is no such easier version.")
    if person.role is not Role.TEACHER:
        raise NotAllowed("Only teachers can change easier versions.")
    return artifact


def _checked_question(question: str) -> str:
    text = question.strip()
    if not text:
        raise Invalid("Write a question first.", field="question")
    if len(text) > _LONGEST_QUESTION:
        raise Invalid(f"Ask in at most {_LONGEST_QUESTION} characters.", field="question")
    return text


def slug(title: str) -> str:
    """Make a file name of a title: letters, digits and hyphens, at most 60."""
    return re.sub(r"[^\w]+", "-", title.casefold()).strip("-")[:60].rstrip("-") or "reading"
