"""The tutor: hints one at a time, and the explanation once an answer was tried.

The server holds the ladder and how far each person has climbed it; what a request says can slow the climb but
never skip a rung (`generators.dialogue` has the rules and their reasons). What people write is screened before
anything else reads it. Nothing a view carries holds the words of the reading that give the answer.
"""

from dataclasses import dataclass, field, replace
from typing import Literal

from domain.claims import Claim
from domain.consent import Purpose
from domain.documents import Document, Position, Span
from domain.errors import Invalid, NotAllowed, NotFound
from domain.ids import ArtifactId, AttemptId, DocumentId, UnitId, new_id, stable_id
from domain.learning import Attempt, HintProgress
from domain.material import Artifact, HintRung, Kind
from domain.outcomes import Escalated, Reason, Refused, Served
from domain.people import Person, sees
from domain.ports import UnitOfWork
from domain.questions import Question
from domain.scope import scope_of
from generators.compose.asking.hints import own_question_id
from generators.dialogue import Reply, Situation, recall, respond
from generators.kinds.contract import Request
from generators.kinds.hints import HintsKind
from generators.moves import Grade, Move
from generators.pipeline import Tools, generate
from generators.shelf import kept_as

_LONGEST_MESSAGE = 2000
_LONGEST_QUESTION = 1000


@dataclass(frozen=True, slots=True)
class Place:
    """Where a hint sends the reader. It carries no words: those that stand there may hold the answer."""

    span: Span
    quote: Literal[""] = ""


@dataclass(frozen=True, slots=True)
class HintView:
    """A hint as a student sees it: rung `rung` (from 0) of `of`.

    With an outcome no hint was given: somebody in danger reads the supportive `text`, and a refusal says why.
    `question_id` is what to ask the next hint for, also for a question of one's own.
    """

    rung: int
    of: int
    text: str
    citations: tuple[Place, ...]
    is_last: bool
    outcome: Escalated | Refused | None
    question_id: UnitId


@dataclass(frozen=True, slots=True)
class _Item:
    """What the tutor knows of a question before it answers."""

    id: UnitId
    document: Document
    quiz: Artifact | None = None
    question: Question | None = None
    ladder: tuple[HintRung, ...] = ()
    situation: Situation = field(default_factory=Situation)


@dataclass(frozen=True)
class Tutor:
    """Gives hints. `grade` compares an answer with a question's key (`learning.grading.grade`)."""

    tools: Tools
    grade: Grade

    def next_hint(self, person: Person, question_id: UnitId, *, text: str = "") -> HintView:
        """Answer a message about a question, or with an empty text a click on "hint".

        Raises NotFound, Invalid for a text over 2,000 characters, or ConsentMissing for own words that nobody has
        allowed; a quiz's hints need no words.
        """
        if escalated := self.tools.gate.stop(person, text, entry=Kind.HINTS.value):
            return _support(question_id, escalated)
        _check_length(text, _LONGEST_MESSAGE, field="text")
        with self.tools.store(scope_of(person)) as work:
            item = self._load(work, person, question_id)
        if text.strip() or item.question is None:
            self.tools.consents.check(person, Purpose.TUTOR)
        return self._answer(person, item, text, own_words="")

    def given(self, person: Person, question_id: UnitId) -> HintView | None:
        """Give the highest hint that the person was given, None before the first; nothing changes. Raises NotFound."""
        with self.tools.store(scope_of(person)) as work:
            item = self._load(work, person, question_id)
        rung = item.situation.rung
        if not 0 <= rung < len(item.ladder):
            return None
        return _view(item, rung, recall(item.ladder, item.question, rung))

    def ask_hint(self, person: Person, document_id: DocumentId, text: str) -> HintView:
        """Give the next hint for a question of the person's own. Raises NotFound or ConsentMissing.

        Raises Invalid for a question over 1,000 characters.
        """
        question_id = own_question_id(text, document_id)
        if escalated := self.tools.gate.stop(person, text, entry=Kind.HINTS.value):
            return _support(question_id, escalated)
        _check_length(text, _LONGEST_QUESTION, field="question")
        with self.tools.store(scope_of(person)) as work:
            document = _visible(work, person, document_id)
            item = self._with_progress(work, person, _Item(question_id, document))
        self.tools.consents.check(person, Purpose.TUTOR)
        return self._answer(person, item, "", own_words=text)

    def explanation(self, person: Person, question_id: UnitId) -> Claim:
        """Give the cited statement that makes the answer right. Raises NotFound, or NotAllowed before an attempt."""
        with self.tools.store(scope_of(person)) as work:
            item = self._load(work, person, question_id)
        if item.question is None:
            raise NotFound("There is no such question.")
        if not item.situation.attempts:
            raise NotAllowed("Try an answer first; then you can see why.", code="not_tried")
        return item.question.claim

    def _answer(self, person: Person, item: _Item, text: str, *, own_words: str) -> HintView:
        made = item.ladder or self._make_ladder(person, item, own_words)
        if not isinstance(made, tuple):
            return _without_hint(item, made)
        item = replace(item, ladder=made)
        reply = respond(item.ladder, item.question, text, situation=item.situation, grade=self.grade)
        self._keep(person, item, reply)
        return _view(item, reply.rung, reply.text)

    def _make_ladder(self, person: Person, item: _Item, own_words: str) -> tuple[HintRung, ...] | Escalated | Refused:
        """Have the ladder made, and keep it for this person's next request."""
        section = self._section_of(person, item)
        request = Request(Kind.HINTS, item.document, section, person=person, text=own_words, question=item.question)
        outcome = generate(request, HintsKind(), self.tools)
        if not isinstance(outcome, Served):
            return outcome
        artifact = kept_as(outcome.artifact, _ladder_id(person, item.id))
        with self.tools.store(scope_of(person)) as work:
            self.tools.notebooks.open(work, person).save_ladder(artifact)
            work.commit()
        return _rungs(artifact) or Refused(Reason.NOTHING_FOUND, "There is no hint for this question.")

    def _section_of(self, person: Person, item: _Item) -> int | None:
        """Give the unit section that the question's source stands in, the quiz's own where there is none."""
        if item.quiz is None or item.question is None:
            return None
        spans = [citation.span for citation in item.question.claim.citations]
        with self.tools.store(scope_of(person)) as work:
            sections = work.readings.list_sections(item.document.id)
        for span in spans:
            at = Position(span.page, span.start)
            around = [section.ordinal for section in sections if section.is_unit and section.start <= at < section.end]
            if around:
                return around[-1]
        return item.quiz.section

    def _keep(self, person: Person, item: _Item, reply: Reply) -> None:
        """Keep how far the person has climbed, and the answer that the message tried."""
        reading = reply.reading
        with self.tools.store(scope_of(person)) as work:
            now = self.tools.clock.now()
            notebook = self.tools.notebooks.open(work, person)
            notebook.save_hint_progress(HintProgress(person.id, item.id, reply.rung, now))
            if reply.is_weighed and item.quiz is not None:
                is_correct = reading.move is Move.RIGHT
                notebook.add_attempt(
                    Attempt(AttemptId(new_id()), person.id, item.quiz.id, item.id, reading.answer, is_correct, now)
                )
            work.commit()

    def _load(self, work: UnitOfWork, person: Person, question_id: UnitId) -> _Item:
        """Load a quiz item, or a ladder made for a question of the person's own. Raises NotFound."""
        found = work.material.find_question(question_id)
        known = found[0] if found else self._find_ladder(work, person, question_id)
        if known is None:
            raise NotFound("There is no such question.")
        item = _Item(question_id, _visible(work, person, known.document_id))
        if found:
            item = replace(item, quiz=found[0], question=found[1])
        return self._with_progress(work, person, item)

    def _with_progress(self, work: UnitOfWork, person: Person, item: _Item) -> _Item:
        """Add the ladder that was made, how far the person climbed, and what the person tried."""
        notebook = self.tools.notebooks.open(work, person)
        ladder = notebook.find_ladder(_ladder_id(person, item.id))
        rung = notebook.load_hint_progress(item.id).rung if ladder else -1
        attempts = notebook.list_attempts(item.quiz.id) if item.quiz else []
        tried = [attempt for attempt in attempts if attempt.question_id == item.id]
        wrong = frozenset(attempt.answer for attempt in tried if not attempt.is_correct)
        situation = Situation(rung, len(tried), wrong, is_solved=any(attempt.is_correct for attempt in tried))
        return replace(item, ladder=_rungs(ladder) if ladder else (), situation=situation)

    def _find_ladder(self, work: UnitOfWork, person: Person, question_id: UnitId) -> Artifact | None:
        return self.tools.notebooks.open(work, person).find_ladder(_ladder_id(person, question_id))


def _visible(work: UnitOfWork, person: Person, document_id: DocumentId) -> Document:
    document = work.documents.find(document_id)
    if document is None or not sees(person, document):
        raise NotFound("There is no such question.")
    return document


def _ladder_id(person: Person, question_id: UnitId) -> ArtifactId:
    return ArtifactId(stable_id("ladder", person.id, question_id))


def _rungs(artifact: Artifact) -> tuple[HintRung, ...]:
    return tuple(unit for unit in artifact.units if isinstance(unit, HintRung))


def _places(rung: HintRung) -> tuple[Place, ...]:
    """Give one place on each page that the rung points at."""
    around: dict[tuple[DocumentId, int], Span] = {}
    for citation in rung.claim.citations:
        span = citation.span
        known = around.setdefault((span.document_id, span.page), span)
        start, end = min(known.start, span.start), max(known.end, span.end)
        around[span.document_id, span.page] = Span(span.document_id, span.page, start, end)
    return tuple(Place(span) for span in around.values())


def _view(item: _Item, rung: int, text: str) -> HintView:
    return HintView(
        rung=rung,
        of=len(item.ladder),
        text=text,
        citations=_places(item.ladder[rung]),
        is_last=rung == len(item.ladder) - 1,
        outcome=None,
        question_id=item.id,
    )


def _support(question_id: UnitId, escalated: Escalated) -> HintView:
    """Give the words for somebody in danger, before anything was looked up that might not be there."""
    return HintView(0, 0, escalated.message, (), is_last=False, outcome=escalated, question_id=question_id)


def _check_length(text: str, longest: int, *, field: str) -> None:
    if len(text) > longest:
        raise Invalid(f"Write at most {longest:,} characters.", field=field)


def _without_hint(item: _Item, outcome: Escalated | Refused) -> HintView:
    rung = max(item.situation.rung, 0)
    return HintView(rung, len(item.ladder), outcome.message, (), is_last=False, outcome=outcome, question_id=item.id)
