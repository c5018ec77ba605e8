"""The one path from a request to an outcome: permit, screen, retrieve, write, verify, release.

Both writers, the model and the built-in one, make drafts of cited claims; both go through the same verifier
and the same gate. Whatever happens, the exchange is recorded.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from domain.consent import Purpose
from domain.errors import BadReply, Conflict, KeyMissing, ModelBusy, NotAllowed, NotFound, OverBudget
from domain.evidence import Evidence
from domain.material import ArtifactStatus, Draft, Kind
from domain.outcomes import Judgement, Outcome
from domain.people import Role, sees
from generators.current import BUILT_IN, may_leave, writer_of
from generators.evidence import Ground, evidence_hash
from generators.kinds.contract import OWN, GeneratorKind, ReadsOn, Request
from generators.kinds.lesson_variant import keep_if_easier
from generators.model.model_writer import TooLittleSupport, write_with_model
from generators.model.reduce import prompt_for, reduce_with_model
from generators.model.turn import DoesNotFit, ReadsLikeOrders, begin
from generators.provenance import join_provenance
from generators.record import Record
from generators.tools import Gathers, Parses, Tools
from safety.release import About, release
from safety.uploads import is_staffs

__all__ = ("Gathers", "Parses", "Tools", "generate", "permit")

_NOT_SENT = "Nothing of this may leave the school, so it was made without the language model, from the reading itself."
_FAILED = (OverBudget, ModelBusy, BadReply, KeyMissing)

_REASONS: Mapping[type[Exception], str] = MappingProxyType(
    {
        OverBudget: "Today's allowance for the language model is used up",
        ModelBusy: "The language model did not answer",
        KeyMissing: "Your names could not be kept from the language model",
        ReadsLikeOrders: "What you wrote reads like orders to a language model, and it takes none",
        TooLittleSupport: "Too much of what the language model wrote could not be found in the reading",
        DoesNotFit: "The language model takes in too little text at once",
    }
)

_Failure = OverBudget | ModelBusy | BadReply | KeyMissing


@dataclass(frozen=True, slots=True)
class _Written:
    """A draft with its verdicts, and who made it or was asked in vain (`evidence_hash`)."""

    draft: Draft
    judgements: list[Judgement]
    writer: str = BUILT_IN


def generate(request: Request, kind: GeneratorKind, tools: Tools) -> Outcome:
    """Make material of a kind. Raises NotFound, NotAllowed or Conflict when the person may not have it made.

    Raises ConsentMissing when the person asks in own words and nobody has allowed that, and Cancelled when nobody
    waits for it any more.
    """
    permit(request)
    with Record(request, tools.store, tools.clock, tools.consents) as record:
        if request.person and (escalated := tools.gate.stop(request.person, request.text, entry=request.kind.value)):
            return record.end(escalated)
        if request.person and request.text:  # somebody in danger has been heard by now, whatever was allowed
            tools.consents.check(request.person, Purpose.TUTOR)
        ground = tools.gather(request, tools.store, tools.retriever)
        written = _write(kind, request, ground, tools=tools, record=record)
        about = _about(request, ground, tools, writer=written.writer)
        outcome = release(written.draft, written.judgements, about, evidence=ground.evidence, screener=tools.screener)
        return record.end(keep_if_easier(outcome), made_from=about.evidence_hash)


def permit(request: Request) -> None:
    """Check that the person sees the reading, that it has been read in, and that the kind is for the person."""
    person = request.person
    if person is not None and not sees(person, request.document):
        raise NotFound("There is no such reading.")
    if not request.document.is_readable:
        raise Conflict("This reading is not ready yet. Try again when it has been read in.", code="not_ready")
    if request.kind is Kind.LESSON_VARIANT and person is not None and person.role is not Role.TEACHER:
        raise NotAllowed("Only teachers can make easier versions of a reading.")


def _about(request: Request, ground: Ground, tools: Tools, *, writer: str) -> About:
    is_own = request.kind in OWN
    return About(
        document_id=request.document.id,
        section=request.section,
        title=ground.title,
        status=ArtifactStatus.DRAFT if request.kind is Kind.LESSON_VARIANT else ArtifactStatus.PUBLISHED,
        created_at=tools.clock.now(),
        owner_id=request.person.id if is_own and request.person else None,
        is_staffs=is_staffs(tools.store, request.document),
        evidence_hash=evidence_hash(ground, request.kind, writer),
    )


def _write(kind: GeneratorKind, request: Request, ground: Ground, *, tools: Tools, record: Record) -> _Written:
    """Let the model write where there is one, and the built-in writer where there is none or it fails."""
    if ground.parts or not ground.evidence.chunks:
        return _combine(kind, request, ground, tools=tools, record=record)
    parsed = tools.parser.parse(ground.evidence)
    note, asked = "", BUILT_IN
    if tools.model is not None and not may_leave(request, tools):
        note = _NOT_SENT
    elif tools.model is not None:
        writer = writer_of(kind, request, ground, tools=tools)
        try:
            turn = begin(kind, request, ground.evidence, record=record, tools=tools)
            return _Written(*write_with_model(kind, parsed, turn), writer)
        except _FAILED as error:
            note, asked = f"{_why(error)}, so this was made without it, from the reading's own sentences.", writer
            if _may_pass(error):
                asked = BUILT_IN
    draft = kind.compose(parsed, request)
    draft = replace(draft, provenance=replace(draft.provenance, note=note))
    return _judged(draft, ground.evidence, tools, record, writer=asked)


def _combine(kind: GeneratorKind, request: Request, ground: Ground, *, tools: Tools, record: Record) -> _Written:
    """Put a whole together out of its parts: by the model where it chooses among them, else by rule."""
    provenance, writer = join_provenance(ground.parts), BUILT_IN
    prompt = prompt_for(kind.kind, ground.parts)
    if prompt and tools.model is not None and may_leave(request, tools):
        writer = writer_of(kind, request, ground, tools=tools)
        try:
            turn = begin(kind, request, ground.evidence, record=record, tools=tools)
            draft = reduce_with_model(ground, turn)
            judgements = [tools.verifier.verify_unit(unit, ground.evidence) for unit in draft.units]
            record.judge(judgements)
            return _Written(draft, judgements, writer)
        except _FAILED as error:
            note = f"{_why(error)}, so the parts were put together without it."
            provenance = replace(provenance, note=" ".join(filter(None, (note, provenance.note))))
            writer = BUILT_IN if _may_pass(error) else writer
    draft = replace(kind.combine(ground.parts, request), provenance=provenance)
    if isinstance(kind, ReadsOn):
        draft = kind.read_on(draft, ground.parts, ground.evidence)
    return _judged(draft, ground.evidence, tools, record, writer=writer)


def _judged(draft: Draft, evidence: Evidence, tools: Tools, record: Record, *, writer: str) -> _Written:
    """Verify what the built-in writer made."""
    record.add(draft.provenance)
    judgements = [tools.verifier.verify_unit(unit, evidence) for unit in draft.units]
    record.judge(judgements)
    return _Written(draft, judgements, writer)


def _may_pass(error: _Failure) -> bool:
    """Whether the same question may find an answer another time: then the aid is not final."""
    return isinstance(error, OverBudget | ModelBusy | KeyMissing)


def _why(error: _Failure) -> str:
    """Say in plain words why the built-in writer took over."""
    known = next((why for sort, why in _REASONS.items() if isinstance(error, sort)), None)
    return known or "The language model's answer could not be used"
