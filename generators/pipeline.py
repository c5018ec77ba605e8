"""The one path from a request to an outcome: permit, screen, retrieve, write, verify, release.

Both writers, the model and the built-in one, make drafts of cited claims; both go through the same verifier
and the same gate. Whatever happens, the exchange is recorded.
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Protocol

from domain.clock import Clock
from domain.consent import Purpose
from domain.documents import Evidence
from domain.errors import BadReply, Conflict, KeyMissing, ModelBusy, NotAllowed, NotFound, OverBudget
from domain.material import AnswerSentence, ArtifactStatus, Draft, HintRung, Kind, Provenance, Unit, Writer
from domain.outcomes import Judgement, Outcome, Verdict
from domain.people import Role, sees
from domain.ports import ModelReply, ModelRequest, Store
from generators.budget import Budget
from generators.compose.parse import ParsedSection, Sentence
from generators.evidence import Ground, gather_for
from generators.kinds.concept_map import without_circles
from generators.kinds.contract import GeneratorKind, Request
from generators.kinds.lesson_variant import keep_if_easier
from generators.provenance import join_provenance
from generators.record import Record
from generators.replies import ask_until_it_fits, hide, number, schema_of
from generators.retrieval import Retriever
from generators.scrutiny import judge
from prompts.library import Library
from safety.consent import Consents
from safety.egress import Outbound, Talk
from safety.gate import Gate
from safety.grounding import Verifier
from safety.injection import fence
from safety.injection_signs import InjectionSigns
from safety.known_names import KnownNames
from safety.notebooks import Notebooks
from safety.output import sanitise
from safety.release import About, Screens, release
from safety.uploads import is_staffs, may_be_shown

_MOST_FAILED = 0.3
"""Share of a model's units without support from which the built-in writer takes over (specs, section 5)."""

_PIECE = 8000
"""Characters of evidence sent to the model at once; longer sections go in pieces."""

_MAX_TOKENS = 3000

_OWN = frozenset({Kind.ANSWER, Kind.HINTS})
"""Kinds that are made for one person."""

_NOT_SENT = "Nothing of this may leave the school, so it was made without the language model, from the reading itself."


class Parses(Protocol):
    """Parses evidence."""

    def parse(self, evidence: Evidence) -> ParsedSection:
        """Find sentences and grammar in the evidence."""
        ...


class Gathers(Protocol):
    """Collects what a request may be answered from."""

    def __call__(self, request: Request, store: Store, retriever: Retriever) -> Ground:
        """Collect the ground for a request. Raises NotFound for a section that the reading does not have."""
        ...


@dataclass(frozen=True, slots=True)
class Tools:
    """What the pipeline works with. Without a model the built-in writer writes everything."""

    store: Store
    retriever: Retriever
    parser: Parses
    model: Outbound | None
    prompts: Library
    verifier: Verifier
    screener: Screens
    names: KnownNames
    gate: Gate
    budget: Budget
    clock: Clock
    consents: Consents
    notebooks: Notebooks
    gather: Gathers = gather_for
    signs: InjectionSigns = field(default_factory=InjectionSigns)


class _ReadsLikeOrders(BadReply):
    """What the person wrote reads like orders to a machine, so no model is asked."""

    code = "reads_like_orders"


class _TooLittleSupport(BadReply):
    """Too much of what the model wrote has no support in the reading."""

    code = "too_little_support"


def generate(request: Request, kind: GeneratorKind, tools: Tools) -> Outcome:
    """Make material of a kind. Raises NotFound, NotAllowed or Conflict when the person may not have it made.

    Raises ConsentMissing when the person asks in own words and nobody has allowed that.
    """
    permit(request)
    with Record(request, tools.store, tools.clock, tools.consents) as record:
        if request.person and (escalated := tools.gate.stop(request.person, request.text, entry=request.kind.value)):
            return record.end(escalated)
        if request.person and request.text:  # somebody in danger has been heard by now, whatever was allowed
            tools.consents.check(request.person, Purpose.TUTOR)
        ground = tools.gather(request, tools.store, tools.retriever)
        draft, judgements = _write(kind, request, ground, tools=tools, record=record)
        outcome = release(draft, judgements, _about(request, ground, tools), screener=tools.screener)
        return record.end(keep_if_easier(outcome))


def permit(request: Request) -> None:
    """Check that the person sees the reading, that it has been read in, and that the kind is for the person."""
    person = request.person
    if person is not None and not sees(person, request.document):
        raise NotFound("There is no such reading.")
    if not request.document.is_readable:
        raise Conflict("This reading is not ready yet. Try again when it has been read in.", code="not_ready")
    if request.kind is Kind.LESSON_VARIANT and person is not None and person.role is not Role.TEACHER:
        raise NotAllowed("Only teachers can make easier versions of a reading.")


def _about(request: Request, ground: Ground, tools: Tools) -> About:
    is_own = request.kind in _OWN
    return About(
        document_id=request.document.id,
        section=request.section,
        title=ground.title,
        status=ArtifactStatus.DRAFT if request.kind is Kind.LESSON_VARIANT else ArtifactStatus.PUBLISHED,
        created_at=tools.clock.now(),
        owner_id=request.person.id if is_own and request.person else None,
        is_staffs=is_staffs(tools.store, request.document),
    )


def _write(
    kind: GeneratorKind, request: Request, ground: Ground, *, tools: Tools, record: Record
) -> tuple[Draft, list[Judgement]]:
    """Let the model write where there is one, and the built-in writer where there is none or it fails."""
    if ground.parts or not ground.evidence.chunks:
        draft, judgements = _judged(kind.combine(ground.parts, request), ground.evidence, tools, record)
        return replace(draft, provenance=join_provenance(ground.parts)), judgements
    parsed = tools.parser.parse(ground.evidence)
    note = ""
    if tools.model is not None and not _may_leave(request, tools):
        note = _NOT_SENT
    elif tools.model is not None:
        try:
            return _write_with_model(
                kind, request, parsed, exchange=_begin(kind, request, ground.evidence, record=record, tools=tools)
            )
        except (OverBudget, ModelBusy, BadReply, KeyMissing) as error:
            note = _note(error)
    draft = kind.compose(parsed, request)
    draft = replace(draft, provenance=replace(draft.provenance, note=note))
    return _judged(draft, ground.evidence, tools, record)


def _may_leave(request: Request, tools: Tools) -> bool:
    """Whether a model may see this: what is one student's own, asked for or uploaded, only where that is allowed.

    The readings that teachers share are the school's own decision. What a student uploaded waits until it was
    screened.
    """
    if not may_be_shown(tools.store, request.document):
        return False
    person = request.person
    if person and request.kind in _OWN and not tools.consents.has(person, Purpose.MODEL_PROVIDER):
        return False
    return tools.consents.has_owner(request.document.owner_id, Purpose.MODEL_PROVIDER)


def _judged(draft: Draft, evidence: Evidence, tools: Tools, record: Record) -> tuple[Draft, list[Judgement]]:
    """Verify what the built-in writer made."""
    record.add(draft.provenance)
    judgements = [tools.verifier.verify_unit(unit, evidence) for unit in draft.units]
    record.judge(judgements)
    return draft, judgements


def _note(error: OverBudget | ModelBusy | BadReply | KeyMissing) -> str:
    """Say in plain words why the built-in writer took over."""
    match error:
        case OverBudget():
            why = "Today's allowance for the language model is used up"
        case ModelBusy():
            why = "The language model did not answer"
        case KeyMissing():
            why = "Your names could not be kept from the language model"
        case _ReadsLikeOrders():
            why = "What you wrote reads like orders to a language model, and it takes none"
        case _TooLittleSupport():
            why = "Too much of what the language model wrote could not be found in the reading"
        case _:
            why = "The language model's answer could not be used"
    return f"{why}, so this was made without it, from the reading's own sentences."


@dataclass(frozen=True, slots=True)
class _Exchange:
    """What is said to the model about one request, and what comes back. `words` are the person's, as they go out."""

    talk: Talk
    words: str
    kind: GeneratorKind
    tools: Tools
    record: Record

    def provenance(self, checksum: str, model: str = "") -> Provenance:
        kind = self.kind
        return Provenance(Writer.MODEL, kind.prompt, kind.prompt_version, checksum, model or self.talk.model_name)

    def hidden(self, request: Request) -> Request:
        """Give the request with the person's words as they may go out."""
        return replace(request, text=self.words)

    def shown(self, unit: Unit) -> Unit:
        """Give a unit as its person reads it; only what is made for one person can hold the person's words."""
        restore = self.talk.restore
        match unit:
            case AnswerSentence():
                return replace(unit, claim=replace(unit.claim, text=restore(unit.claim.text)))
            case HintRung():
                claim = replace(unit.claim, text=restore(unit.claim.text))
                return replace(unit, claim=claim, text=restore(unit.text))
            case _:
                return unit

    def ask(self, inputs: Mapping[str, object], request: Request) -> ModelReply:
        """Render, ask and record. Raises OverBudget, ModelBusy or BadReply."""
        prompt = self.tools.prompts.render(self.kind.prompt, self.kind.prompt_version, inputs)
        input_hash = hashlib.sha256(f"{prompt.system}\x1f{prompt.user}".encode()).hexdigest()
        try:
            self.tools.budget.check(request.person.id if request.person else None)
            reply = self.talk.ask(
                ModelRequest(prompt.system, prompt.user, self.kind.prompt, schema_of(self.kind.reply), _MAX_TOKENS)
            )
        except (OverBudget, ModelBusy, BadReply) as error:
            self.record.add(self.provenance(prompt.checksum), input_hash=input_hash)
            self.record.fail(error.code)
            raise
        self.record.add(self.provenance(prompt.checksum, reply.model), reply, input_hash=input_hash)
        return reply


def _begin(kind: GeneratorKind, request: Request, evidence: Evidence, *, record: Record, tools: Tools) -> _Exchange:
    """Begin to talk to the model. What everybody sees is asked for by nobody, so no person's words can be in it.

    Raises BadReply, on the record, when what the person wrote reads like orders to a machine.
    """
    assert tools.model is not None
    person = request.person if request.kind in _OWN else None
    names = tools.names.around(request.person, request.document, evidence.text)
    if request.text and tools.signs.signs(request.text).is_sign:
        record.add(Provenance(Writer.MODEL, kind.prompt, kind.prompt_version, model=tools.model.name))
        record.fail(_ReadsLikeOrders.code)
        raise _ReadsLikeOrders("This reads like orders to a machine.")
    talk = tools.model.open(person, request.question.id if request.question else request.document.id, names)
    return _Exchange(talk, talk.mask(request.text), kind, tools, record)


def _write_with_model(
    kind: GeneratorKind, request: Request, parsed: ParsedSection, *, exchange: _Exchange
) -> tuple[Draft, list[Judgement]]:
    """Have the model write, send back once what has no support, and give up when too much still has none.

    What the person wrote stays hidden in the draft until it is verified, so that what is sent back never holds it.
    """
    tools = exchange.tools
    draft = _ask_for_draft(kind, exchange.hidden(request), parsed, exchange=exchange)
    judgements = [judge(exchange.shown(unit), kind.kind, parsed, tools.verifier) for unit in draft.units]
    failed = [place for place, judgement in enumerate(judgements) if judgement.verdict is not Verdict.SUPPORTED]
    if failed:
        faults = "\n".join(
            f"({place}) {_fault(draft.units[at], judgements[at], exchange)}" for place, at in enumerate(failed, start=1)
        )
        mended = _ask_for_draft(
            kind, exchange.hidden(request), parsed, exchange=exchange, feedback=hide(parsed, faults)
        )
        draft = replace(draft, units=without_circles(_with_mended(draft.units, failed, mended.units)))
        judgements = [judge(exchange.shown(unit), kind.kind, parsed, tools.verifier) for unit in draft.units]
    exchange.record.judge(judgements)
    unsupported = sum(judgement.verdict is not Verdict.SUPPORTED for judgement in judgements)
    if unsupported > _MOST_FAILED * len(judgements):
        error = _TooLittleSupport("Too much of the answer has no support in the reading.")
        exchange.record.fail(error.code)
        raise error
    return replace(draft, units=tuple(map(exchange.shown, draft.units))), judgements


def _fault(unit: Unit, judgement: Judgement, exchange: _Exchange) -> str:
    """Say what is wrong with a claim, masked as it came; reasons could spell out what the person wrote."""
    reasons = judgement.reasons if exchange.shown(unit) == unit else ()
    return f"{unit.claim.text} -- {', '.join(reasons) or 'not in its sources'}"


def _ask_for_draft(
    kind: GeneratorKind, request: Request, parsed: ParsedSection, *, exchange: _Exchange, feedback: str = ""
) -> Draft:
    """Ask for each piece of the evidence and put the pieces' units together."""
    own = kind.inputs(parsed, request)
    units: dict[str, Unit] = {}
    draft = Draft(kind.kind, ())
    for piece in _pieces(parsed.sentences):
        ask = _asking(exchange, request, {**own, "evidence": fence(number(parsed, piece))})
        tidy = partial(_tidied, talk=exchange.talk, reading=parsed.evidence.text)
        draft = kind.read(ask_until_it_fits(ask, kind.reply, tidy, feedback=feedback), parsed, request)
        units.update({unit.id: unit for unit in draft.units})
    checksum = exchange.tools.prompts.checksum(kind.prompt, kind.prompt_version)
    return replace(draft, units=without_circles(units.values()), provenance=exchange.provenance(checksum))


def _tidied(text: str, *, talk: Talk, reading: str) -> str:
    """Give a model's words without made-up surrogates, and without addresses that the reading does not have."""
    return sanitise(talk.prune(text), allowed=reading)


def _asking(exchange: _Exchange, request: Request, inputs: Mapping[str, object]) -> Callable[[str], ModelReply]:
    """Bind everything but the feedback, which holds the model's own words and so goes out fenced."""
    schema = json.dumps(schema_of(exchange.kind.reply))

    def ask(feedback: str) -> ModelReply:
        fenced = fence(feedback) if feedback else ""
        return exchange.ask({**inputs, "reply_schema": schema, "feedback": fenced}, request)

    return ask


def _pieces(sentences: Sequence[Sentence]) -> list[list[Sentence]]:
    """Cut the sentences into runs that a model can take in at once."""
    pieces: list[list[Sentence]] = []
    length = _PIECE
    for sentence in sentences:
        if length + len(sentence.text) > _PIECE:
            pieces.append([])
            length = 0
        pieces[-1].append(sentence)
        length += len(sentence.text)
    return pieces


def _with_mended(units: Sequence[Unit], failed: Sequence[int], mended: Sequence[Unit]) -> tuple[Unit, ...]:
    """Put the mended units, in order, in the places of those that failed; what is there already mends nothing."""
    known = {unit.id for unit in units}
    places = dict(zip(failed, (unit for unit in mended if unit.id not in known), strict=False))
    return tuple(places.get(at, unit) for at, unit in enumerate(units))
