"""One request's turn with the model: what is asked, within the allowance, on the record, and kept where it may be.

Several threads may ask in one turn. When one of them fails, the others ask nothing more.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from threading import Event
from typing import TypeVar

from pydantic import BaseModel

from domain.errors import BadReply, ModelBusy, OverBudget
from domain.evidence import Evidence
from domain.guides import ExplanationSentence
from domain.material import AnswerSentence, HintRung, Provenance, Unit, Writer, with_claims
from domain.ports import ModelReply, ModelRequest
from generators.budget import Whose
from generators.kinds.contract import OWN, GeneratorKind, Request
from generators.model.at_once import Stopped
from generators.model.kept import Replies
from generators.model.replies import FAULT, ask_until_it_fits, parse, schema_of
from generators.model.tokens import count_tokens
from generators.record import Record
from generators.tools import Tools
from prompts.library import Rendered
from safety.egress import Talk
from safety.injection import fence
from safety.output import sanitise

Reply = TypeVar("Reply", bound=BaseModel)

_MOST_OUT = 3000
"""Tokens of an answer, at most; and no more than a third of the model's window."""

_AROUND = 200
"""Tokens that the way out adds, and that an endpoint puts around the messages."""

_FOR_FEEDBACK = 0.85
"""Share of the room that evidence may fill; the rest is for what is sent back."""


class ReadsLikeOrders(BadReply):
    """What the person wrote reads like orders to a machine, so no model is asked."""

    code = "reads_like_orders"


class DoesNotFit(BadReply):
    """Not one sentence fits into the model's window beside the question."""

    code = "does_not_fit"


@dataclass(frozen=True, slots=True)
class Asked:
    """A prompt, the reply that it wants, and its values but for schema and feedback."""

    prompt: str
    version: int
    reply: type[BaseModel]
    inputs: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Turn:
    """What is said to the model about one request, and what comes back.

    `words` are the person's, as they go out. Without `replies` nothing is kept.
    """

    request: Request
    talk: Talk
    words: str
    tools: Tools
    record: Record
    replies: Replies | None
    stopped: Event = field(default_factory=Event)

    def provenance(self, prompt: str, version: int, model: str = "") -> Provenance:
        """Name the model and the prompt."""
        checksum = self.tools.prompts.checksum(prompt, version)
        return Provenance(Writer.MODEL, prompt, version, checksum, model or self.talk.model_name)

    def hidden(self) -> Request:
        """Give the request with the person's words as they may go out."""
        return replace(self.request, text=self.words)

    def shown(self, unit: Unit) -> Unit:
        """Give a unit as its person reads it; only what is made for one person can hold the person's words."""
        restore = self.talk.restore
        if not isinstance(unit, AnswerSentence | HintRung | ExplanationSentence):
            return unit
        unit = with_claims(unit, [replace(unit.claim, text=restore(unit.claim.text))])
        if isinstance(unit, HintRung):
            return replace(unit, text=restore(unit.text))
        if isinstance(unit, ExplanationSentence):
            return replace(unit, comparison=restore(unit.comparison))
        return unit

    def room(self, asked: Asked) -> int:
        """Give how many tokens of evidence fit into the model's window beside all else; below 0 nothing does."""
        prompt = self._render(replace(asked, inputs={**asked.inputs, "evidence": ""}), "")
        schema = json.dumps(schema_of(asked.reply))
        fixed = sum(map(count_tokens, (prompt.system, prompt.user, schema))) + _AROUND
        return int((self.tools.asking.window - self._most_out - fixed) * _FOR_FEEDBACK)

    def ask(self, asked: Asked, reply: type[Reply], *, reading: str, feedback: str = "") -> Reply:
        """Get a reply that fits, kept from before or asked for. Raises OverBudget, ModelBusy, BadReply or Cancelled.

        A person who asks gets a fresh one. `reading` is the text whose addresses an answer may hold.
        """
        tidy = partial(_tidied, talk=self.talk, reading=reading)
        prompt = self._render(asked, feedback)
        key = ""
        if self.replies is not None:
            key = self.replies.key_of(prompt, schema_of(reply), self.talk.model_name)
            if self.request.person is None and (kept := self.replies.find(key)) is not None:
                self.record.add(self._made_by(asked, kept.model), kept, input_hash=_hash(prompt))
                return parse(kept.text, reply, tidy)
        answers: list[ModelReply] = []

        def send(fault: str) -> ModelReply:
            answers.append(self._send(asked, fault))
            return answers[-1]

        fitting = ask_until_it_fits(send, reply, tidy, feedback=feedback)
        if self.replies is not None:
            self.replies.keep(key, answers[-1])
        return fitting

    @property
    def _most_out(self) -> int:
        return min(_MOST_OUT, self.tools.asking.window // 3)

    def _send(self, asked: Asked, feedback: str) -> ModelReply:
        """Render, ask and record."""
        self.tools.asking.go_on()
        if self.stopped.is_set():
            raise Stopped
        prompt = self._render(asked, feedback)
        message = ModelRequest(prompt.system, prompt.user, asked.prompt, schema_of(asked.reply), self._most_out)
        person, document = self.request.person, self.request.document
        note = partial(self.record.add, input_hash=_hash(prompt))
        try:
            hold = self.tools.budget.reserve(
                Whose(person.id if person else None, document.class_id),
                tokens_in=count_tokens(prompt.system) + count_tokens(prompt.user),
                tokens_out=self._most_out,
            )
            self.record.hold(hold)
            reply = self.talk.ask(message)
        except (OverBudget, ModelBusy, BadReply) as error:
            note(self._made_by(asked), failure=error.code)
            raise
        cost = hold.settle(reply.tokens_in, reply.tokens_out)
        note(self._made_by(asked, reply.model), reply, cost=cost)
        return reply

    def _made_by(self, asked: Asked, model: str = "") -> Provenance:
        return self.provenance(asked.prompt, asked.version, model)

    def _render(self, asked: Asked, feedback: str) -> Rendered:
        """Render a prompt; feedback holds the model's own words and so goes out fenced."""
        more = {"reply_schema": json.dumps(schema_of(asked.reply)), "feedback": fence(feedback) if feedback else ""}
        return self.tools.prompts.render(asked.prompt, asked.version, {**asked.inputs, **more})


def begin(kind: GeneratorKind, request: Request, evidence: Evidence, *, record: Record, tools: Tools) -> Turn:
    """Begin to talk to the model. What everybody sees is asked for by nobody, so no person's words can be in it.

    Raises BadReply, on the record, when what the person wrote reads like orders to a machine.
    """
    assert tools.model is not None
    is_own = request.kind in OWN
    names = tools.names.around(request.person, request.document, evidence.text)
    if request.text and tools.signs.signs(request.text).is_sign:
        provenance = Provenance(Writer.MODEL, kind.prompt, kind.prompt_version, model=tools.model.name)
        record.add(provenance, failure=ReadsLikeOrders.code)
        raise ReadsLikeOrders("This reads like orders to a machine.")
    conversation = request.question.id if request.question else request.document.id
    talk = tools.model.open(request.person if is_own else None, conversation, names)
    replies = None if is_own else Replies(tools.store, request.scope, request.document, tools.clock)
    return Turn(request, talk, talk.mask(request.text), tools, record, replies)


def _hash(prompt: Rendered) -> str:
    return hashlib.sha256(f"{prompt.system}\x1f{prompt.user}".encode()).hexdigest()


def _tidied(text: str, *, talk: Talk, reading: str) -> str:
    """Give a model's words without made-up surrogates, faults copied from what was sent back, and alien addresses.

    Addresses that the reading has are left.
    """
    if FAULT not in reading:
        text = text.partition(FAULT)[0]
    return sanitise(talk.prune(text), allowed=reading)
