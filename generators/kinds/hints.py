"""Hints: the built-in ladder decides what each rung tells; a model may only word it, and never tells more."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from pydantic import BaseModel

from domain.material import Artifact, Draft, HintRung, Kind
from generators.compose.asking.hints import ladder_for, make_ladder
from generators.compose.reading.parse import ParsedSection
from generators.kinds.contract import Request
from generators.model.replies import ReplyModel, hide, says
from safety.injection import fence
from safety.leaks import find_leak

_LONGEST = 60
"""Words in a hint (specs/generation.md, section 6)."""


class HintsReply(ReplyModel):
    """The ladder in the model's words, from the first rung."""

    hints: list[str]


class HintsKind:
    """A hint ladder for a quiz item or for a student's own question."""

    kind = Kind.HINTS
    prompt = "hints"
    prompt_version = 1
    reply: type[BaseModel] = HintsReply

    def compose(self, parsed: ParsedSection, request: Request) -> Draft:
        """Build the ladder."""
        return Draft(self.kind, _ladder(parsed, request))

    def combine(self, _parts: Sequence[Artifact], _request: Request) -> Draft:
        """Make nothing: a ladder belongs to one question."""
        return Draft(self.kind, ())

    def inputs(self, parsed: ParsedSection, request: Request) -> Mapping[str, object]:
        """Give the question and the built-in ladder, personal data hidden."""
        rungs = "\n".join(f"({rung.rung}) {rung.text}" for rung in _ladder(parsed, request))
        return {"question": fence(hide(parsed, _asked(request))), "ladder": fence(hide(parsed, rungs))}

    def read(self, reply: BaseModel, parsed: ParsedSection, request: Request) -> Draft:
        """Take over the model's words rung by rung, where they give nothing away and add nothing."""
        assert isinstance(reply, HintsReply)
        ladder = _ladder(parsed, request)
        texts = [*reply.hints, *("" for _ in ladder)]
        worded: list[HintRung] = []
        for rung, text in zip(ladder, texts, strict=False):
            is_fit = _is_fit(rung, text, request, [earlier.text for earlier in worded])
            worded.append(replace(rung, text=text) if is_fit else rung)
        return Draft(self.kind, tuple(worded))


def _ladder(parsed: ParsedSection, request: Request) -> tuple[HintRung, ...]:
    if request.question:
        return make_ladder(request.question, parsed)
    return ladder_for(request.text, parsed)


def _asked(request: Request) -> str:
    return request.question.stem if request.question else request.text


def _is_fit(rung: HintRung, text: str, request: Request, recent: Sequence[str]) -> bool:
    """Whether a wording asks one question, adds no words of its own to the rung, and leaks nothing."""
    is_hint = text.count("?") == 1 and len(text.split()) <= _LONGEST
    if not is_hint or not says(f"{rung.text} {_asked(request)}", text):
        return False
    if request.question is None:
        return True
    question = request.question
    answers = (question.answer, *question.accepted)
    return not any(
        find_leak(text, answer, known=question.stem, options=question.options, recent=recent) for answer in answers
    )
