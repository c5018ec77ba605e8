"""Keeps a record of every exchange with a writer, whether or not the request succeeds."""

from dataclasses import dataclass, field, replace
from types import TracebackType
from typing import Self

import structlog

from domain.clock import Clock
from domain.consent import Purpose
from domain.errors import ConsentMissing, KeyMissing, MargentError
from domain.ids import InteractionId, PersonId, new_id
from domain.interactions import Interaction
from domain.material import Artifact, Provenance
from domain.outcomes import Judgement, Outcome, Refused, Served
from domain.ports import ModelReply, Store, UnitOfWork
from generators.budget import Hold
from generators.kinds.contract import Request
from generators.review import output_of
from safety.consent import Consents

_ALLOWING = (Purpose.STUDY, Purpose.TUTOR)


@dataclass
class Record:
    """The exchanges of one request. They are saved when the block ends, however it ends."""

    request: Request
    store: Store
    clock: Clock
    consents: Consents
    _exchanges: list[Interaction] = field(default_factory=list)
    _outcome: str = "failed"
    _artifact: Artifact | None = None
    _holds: list[Hold] = field(default_factory=list)

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Save what was exchanged; a request that no writer saw is kept too, unless nobody allowed it.

        Whose it was is kept where studying or the tutor is allowed; else it counts towards everybody's use alone.
        """
        try:
            self._save(error)
        finally:
            for hold in self._holds:
                hold.release()

    def _save(self, error: BaseException | None) -> None:
        if isinstance(error, ConsentMissing):
            return
        if not self._exchanges:
            self.add(Provenance())
        if isinstance(error, MargentError):
            self.fail(error.code)
        self._exchanges[-1] = replace(self._exchanges[-1], outcome=self._outcome)
        with self.store(self.request.scope) as work:
            person_id = self._whose(work)
            for interaction in self._exchanges:
                work.interactions.add(replace(interaction, person_id=person_id))
            self._keep_output(work)
            work.commit()

    def _keep_output(self, work: UnitOfWork) -> None:
        """Keep the words for review: of what was made for one person only where keeping it was allowed."""
        artifact, person = self._artifact, self.request.person
        if artifact is None:
            return
        if artifact.owner_id and person and not self.consents.holds(work, person, Purpose.STUDY):
            return
        output = output_of(self._exchanges[-1], artifact, self.request.document.owner_id)
        if work.people.find_person(output.whose_id) is None:
            return
        try:
            work.reviews.add_output(output)
        except KeyMissing as error:
            # whoever asked must not go without because the reading's owner has a damaged key
            structlog.get_logger().error("review.not_kept", interaction_id=output.id, code=error.code)

    def _whose(self, work: UnitOfWork) -> PersonId | None:
        person = self.request.person
        if person is None or not any(self.consents.holds(work, person, purpose) for purpose in _ALLOWING):
            return None
        return person.id

    def hold(self, hold: Hold) -> None:
        """Give a part of the allowance back when what it was spent on is on record."""
        self._holds.append(hold)

    def add(
        self,
        provenance: Provenance,
        reply: ModelReply | None = None,
        *,
        input_hash: str = "",
        cost: int = 0,
        failure: str = "",
    ) -> None:
        """Note one exchange, before it is known what becomes of it. Threads may note theirs at the same time."""
        request = self.request
        self._exchanges.append(
            Interaction(
                id=InteractionId(new_id()),
                at=self.clock.now(),
                kind=request.kind,
                provenance=provenance,
                verdicts=(),
                outcome="continued",
                school_id=request.document.school_id,
                person_id=None,
                document_id=request.document.id,
                section=request.section,
                input_hash=input_hash,
                tokens_in=reply.tokens_in if reply else 0,
                tokens_out=reply.tokens_out if reply else 0,
                tokens_estimated=reply.is_estimated if reply else False,
                failure=failure,
                cost=cost,
            )
        )

    def judge(self, judgements: list[Judgement]) -> None:
        """Note what the verifier said of the last exchange."""
        verdicts = tuple(judgement.verdict for judgement in judgements)
        self._exchanges[-1] = replace(self._exchanges[-1], verdicts=verdicts)

    def fail(self, code: str) -> None:
        """Note why the last exchange came to nothing."""
        self._exchanges[-1] = replace(self._exchanges[-1], failure=code)

    def end(self, outcome: Outcome, *, made_from: str = "") -> Outcome:
        """Note how the request ended, and give the outcome back.

        `made_from` is the hash of the evidence: it says of what the built-in writer made, or could make nothing.
        """
        if made_from and self._exchanges and not self._exchanges[-1].input_hash:
            self._exchanges[-1] = replace(self._exchanges[-1], input_hash=made_from)
        self._artifact = outcome.artifact if isinstance(outcome, Served) else None
        self._outcome = outcome.reason.value if isinstance(outcome, Refused) else type(outcome).__name__.lower()
        return outcome
