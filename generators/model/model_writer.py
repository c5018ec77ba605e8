"""The model writes: piece by piece, several at once, each verified and what has no support sent back once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from domain.errors import BadReply
from domain.material import Draft, Kind, Unit, claims_of
from domain.outcomes import Judgement, Verdict
from generators.compose.reading.parse import ParsedSection, Sentence
from generators.kinds.concept_map import without_circles
from generators.kinds.contract import GeneratorKind
from generators.model.at_once import do_at_once
from generators.model.pieces import choose, cut
from generators.model.reduce import choose_among
from generators.model.replies import FAULT, hide, number
from generators.model.scrutiny import judge, recited
from generators.model.turn import Asked, DoesNotFit, Turn
from safety.injection import fence

_MOST_FAILED = 0.3
"""Share of a model's units without support from which the built-in writer takes over (specs, section 5)."""

_LARGEST = 4500
"""Tokens of a piece, however large the window: of each piece a kind gives so many units."""

_IN_ONE = frozenset({Kind.ANSWER, Kind.HINTS, Kind.EXPLANATION})
"""Kinds that are asked for once: parts of an answer make no answer."""

_MAY_BE_EMPTY = frozenset({Kind.ANSWER, Kind.EXPLANATION})
"""Kinds of which nothing at all is an answer: the reading does not say."""

_MOST_FAULTS = 12


class TooLittleSupport(BadReply):
    """Too much of what the model wrote has no support in the reading."""

    code = "too_little_support"


@dataclass(frozen=True, slots=True)
class _Writing:
    """What all pieces of one request share."""

    kind: GeneratorKind
    parsed: ParsedSection
    turn: Turn
    inputs: Mapping[str, object]

    def asked(self, piece: Sequence[Sentence]) -> Asked:
        """Give what is asked about a piece."""
        evidence = fence(number(self.parsed, piece))
        return Asked(self.kind.prompt, self.kind.prompt_version, self.kind.reply, {**self.inputs, "evidence": evidence})

    def judge(self, unit: Unit) -> Judgement:
        """Judge a unit as its person would read it."""
        return judge(self.turn.shown(unit), self.kind.kind, self.parsed, self.turn.tools.verifier)

    def judged(self, unit: Unit) -> "_Judged":
        """Judge a unit, by the sentence with the most of its words where those that it cites do not say it."""
        judgement = self.judge(unit)
        other = None if judgement.verdict is Verdict.SUPPORTED else recited(unit, self.kind.kind, self.parsed)
        if other is not None and (found := self.judge(other)).verdict is Verdict.SUPPORTED:
            return _Judged(other, found)
        return _Judged(unit, judgement)


@dataclass(frozen=True, slots=True)
class _Judged:
    """A unit with its verdict. One that was sent back and not given again is taken back: dropped, but no failure."""

    unit: Unit
    judgement: Judgement
    is_taken_back: bool = False

    @property
    def is_supported(self) -> bool:
        return self.judgement.verdict is Verdict.SUPPORTED


def write_with_model(kind: GeneratorKind, parsed: ParsedSection, turn: Turn) -> tuple[Draft, list[Judgement]]:
    """Have the model write, and give up when too much has no support after it was sent back.

    What the person wrote stays hidden in the draft until it is verified, so that what is sent back never holds it.
    Raises OverBudget, ModelBusy, BadReply or Cancelled.
    """
    writing = _Writing(kind, parsed, turn, kind.inputs(parsed, turn.hidden()))
    room = min(turn.room(writing.asked(())), _LARGEST)
    pieces = choose(parsed, room, turn.request) if kind.kind in _IN_ONE else cut(parsed, room)
    provenance = turn.provenance(kind.prompt, kind.prompt_version)
    if pieces.left_out == pieces.of > 0:
        turn.record.add(provenance, failure=DoesNotFit.code)
        raise DoesNotFit("Nothing of this fits into the language model.")
    asked = [partial(_write_piece, writing, piece) for piece in pieces.pieces]
    drafts = do_at_once(asked, turn.tools.asking.at_once)
    judged = {one.unit.id: one for draft, by_unit in drafts for one in by_unit}
    units = without_circles(one.unit for one in judged.values())
    judgements = [judged[unit.id].judgement for unit in units]
    turn.record.judge(judgements)
    meant = [judged[unit.id] for unit in units if not judged[unit.id].is_taken_back]
    unsupported = sum(not one.is_supported for one in meant)
    is_nothing = bool(pieces.pieces) and not meant and (units or kind.kind not in _MAY_BE_EMPTY)
    if is_nothing or unsupported > _MOST_FAILED * len(meant):
        turn.record.fail(TooLittleSupport.code)
        raise TooLittleSupport("Too much of the answer has no support in the reading.")
    last = drafts[-1][0] if drafts else Draft(kind.kind, ())
    draft = replace(last, units=tuple(map(turn.shown, units)), provenance=replace(provenance, note=pieces.note))
    return (draft, judgements) if len(drafts) < 2 else _as_one(draft, judgements, writing)


def _as_one(draft: Draft, judgements: list[Judgement], writing: _Writing) -> tuple[Draft, list[Judgement]]:
    """Make one summary of those of several pieces; of other kinds every piece's units stand side by side."""
    if draft.kind is not Kind.SUMMARY:
        return draft, judgements
    pairs = list(zip(draft.units, judgements, strict=True))
    sure = [unit for unit, judgement in pairs if judgement.verdict is Verdict.SUPPORTED]
    failed = [(unit, judgement) for unit, judgement in pairs if judgement.verdict is not Verdict.SUPPORTED]
    limit = writing.inputs["limit"]
    assert isinstance(limit, int)
    chosen = choose_among(sure, writing.parsed.evidence, writing.turn, limit=limit)
    kept = [(unit, writing.judge(unit)) for unit in chosen] + failed
    return replace(draft, units=tuple(unit for unit, _ in kept)), [judgement for _, judgement in kept]


def _write_piece(writing: _Writing, piece: Sequence[Sentence]) -> tuple[Draft, list[_Judged]]:
    """Write one piece. When it fails, nothing more is asked in this turn."""
    is_done = False
    try:
        written = _written(writing, piece)
        is_done = True
    finally:
        if not is_done:
            writing.turn.stopped.set()
    return written


def _written(writing: _Writing, piece: Sequence[Sentence]) -> tuple[Draft, list[_Judged]]:
    """Write a piece and send back once what has no support; what the model then leaves out is taken back."""
    asked = writing.asked(piece)
    draft = _ask(writing, asked)
    judged = [writing.judged(unit) for unit in draft.units]
    failed = [place for place, one in enumerate(judged) if not one.is_supported]
    if not failed:
        return draft, judged
    faults = "\n".join(f"- {_fault(writing, judged[place])}" for place in failed[:_MOST_FAULTS])
    mended = _ask(writing, asked, feedback=hide(writing.parsed, faults))
    known, given = ({unit.id for unit in one.units} for one in (draft, mended))
    new = [unit for unit in mended.units if unit.id not in known]
    for place, unit in zip(failed, new, strict=False):
        judged[place] = writing.judged(unit)
    for place in failed[len(new) : _MOST_FAULTS]:
        judged[place] = replace(judged[place], is_taken_back=judged[place].unit.id not in given)
    return draft, judged


def _fault(writing: _Writing, one: _Judged) -> str:
    """Say what is wrong with a unit, masked as it came; reasons could spell out what the person wrote."""
    reasons = one.judgement.reasons if writing.turn.shown(one.unit) == one.unit else ()
    said = " / ".join(claim.text for claim in claims_of(one.unit))
    return f"{said}{FAULT}{', '.join(reasons) or 'not in its sources'}"


def _ask(writing: _Writing, asked: Asked, *, feedback: str = "") -> Draft:
    turn = writing.turn
    reply = turn.ask(asked, asked.reply, reading=writing.parsed.evidence.text, feedback=feedback)
    draft = writing.kind.read(reply, writing.parsed, turn.hidden())
    by_id = {unit.id: unit for unit in draft.units}
    return replace(draft, units=without_circles(by_id.values()))
