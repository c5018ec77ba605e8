"""No personal data reaches the model, whatever is made and however often it is sent back."""

import re
from dataclasses import replace

import pytest

from domain.claims import Claim
from domain.documents import Range
from domain.evidence import gather
from domain.ids import UnitId
from domain.material import Kind
from domain.people import Role
from domain.questions import Question, QuestionForm
from generators.compose.reading.parse import Parser
from generators.evidence import gather_for
from generators.kinds.contract import Request
from generators.kinds.registry import KINDS
from generators.model.replies import hide
from generators.pipeline import Tools, generate
from safety.structured import find_structured
from tests.builders import a_person, some_evidence
from tests.pipeline_tools import a_request, reply, save_plants
from tests.scripted_server import Say, ScriptedServer

EMAIL, PHONE, CODE = "green.house@garden.example", "+44 20 7946 0958", "oak.tree@garden.example"
READING = (
    f"**Photosynthesis** is the process by which green plants make sugar, and {EMAIL} answers letters about it. "
    f"**Chlorophyll** is the green pigment of the **chloroplast**, and **photosynthesis** needs **chlorophyll**. "
    f"The **chloroplast** is a small green body inside a leaf; call {PHONE} to see one. "
    f"The **{CODE}** list is a part of **photosynthesis** lessons."
)
NAME, OWN_EMAIL, OWN_PHONE = "Maria Novak", "maria@home.example", "+1 212 555 0143"
TEXT = f"My name is {NAME}, write to {OWN_EMAIL} or call {OWN_PHONE}. What is photosynthesis?"
CANARIES = (
    *(EMAIL, PHONE, CODE, "7946", "0958", "green.house", "oak.tree"),
    *(NAME, "Maria", "Novak", OWN_EMAIL, OWN_PHONE, "555", "0143"),
)

_LIE = "[PERSON_1] of [EMAIL_1] and [PHONE_1] sells gold to Napoleon."
LIES = reply(
    sentences=[{"number": 1, "text": _LIE, "sources": [1], "is_key_point": True}],
    cards=[{"form": "fact", "term": "gold", "front": "Who?", "back": "gold", "statement": _LIE, "sources": [1]}],
    questions=[{"form": "short", "stem": "?", "options": [], "answer": "x", "statement": _LIE, "sources": [1]}],
    edges=[{"candidate": place, "type": "contrasts with", "phrase": ""} for place in range(1, 9)],
    hints=[f"What of {_LIE}?"],
)


@pytest.mark.parametrize("sent_back", [LIES, "no JSON"], ids=["lies", "babble"])
@pytest.mark.parametrize("kind", [*KINDS, None], ids=str)
def test_no_request_holds_personal_data(
    model_tools: Tools, endpoint: ScriptedServer, kind: Kind | None, sent_back: str
) -> None:
    """Of the reading's marked data and of what the person wrote of themselves, nothing is in any request."""
    document = save_plants(model_tools, texts=[READING])
    request = a_request(document, kind or Kind.HINTS, person=a_person(Role.TEACHER), text=TEXT)
    if kind is None:
        request = replace(request, text="", question=_question(model_tools, request))
    endpoint.script = [Say(sent_back)]

    generate(request, KINDS[request.kind], model_tools)

    # hints and edges that do not fit give way to the built-in ones, so there may be nothing to send back
    assert len(endpoint.requests) >= (1 if request.kind in {Kind.HINTS, Kind.CONCEPT_MAP} and sent_back == LIES else 2)
    sent = str(endpoint.requests).replace("\u02c6", " ").casefold()
    # a fence's random delimiter is of hexadecimal digits, so numbers are looked for on their own
    alone = r"(?<![0-9a-f]){}(?![0-9a-f])"
    assert [canary for canary in CANARIES if re.search(alone.format(re.escape(canary.casefold())), sent)] == []


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        (f"Ask {EMAIL.upper()} soon.", "Ask [hidden] soon."),
        ("Call 7946\n0958.", "Call [hidden]\n[hidden]."),
        ("In 17946 nothing.", "In 17946 nothing."),
        ("Or ask new@garden.example.", "Or ask [hidden]."),
    ],
)
def test_what_repeats_a_mark_is_hidden(parser: Parser, text: str, hidden: str) -> None:
    """Marked words are hidden in any capitals, and in part; so is what looks like personal data by itself."""
    evidence = some_evidence(f"Call {PHONE} or write to {EMAIL}.")
    marks = tuple(Range(found.start, found.end) for found in find_structured(evidence.text))
    marked = gather([replace(evidence.chunks[0], marks=marks)], title="", language="en")

    assert hide(parser.parse(marked), text) == hidden


def _question(tools: Tools, request: Request) -> Question:
    """A quiz item whose stem repeats a mark of the reading."""
    parsed = tools.parser.parse(gather_for(request, tools.store, tools.retriever).evidence)
    sentence = parsed.sentences[0]
    claim = Claim(sentence.text, parsed.cite(sentence.at))
    return Question(UnitId("q"), claim, QuestionForm.SHORT, f"What do plants make, says {EMAIL}?", "sugar")
