"""Has the model put a whole together out of what was written and checked for its parts.

It chooses among verified sentences by their numbers. Where it joins some into one, its words are verified like any
others, and the sentences themselves stand in their place when they fail. Long lists are chosen from in turns.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from types import MappingProxyType

from domain.claims import Claim
from domain.evidence import gather
from domain.material import Artifact, Draft, Kind, SummarySentence
from domain.outcomes import Verdict
from generators.at_once import do_at_once
from generators.evidence import Ground
from generators.model_writer import DoesNotFit
from generators.provenance import join_provenance
from generators.replies import ReplyModel, unit_id
from generators.scrutiny import judge
from generators.tokens import count_tokens
from generators.turn import Asked, Turn
from safety.injection import MARK, fence

LIMIT = 12
"""Sentences of a whole reading's summary."""

_MOST_JOINED = 3
_LARGEST = 6000

_PROMPTS: Mapping[Kind, tuple[str, int]] = MappingProxyType({Kind.SUMMARY: ("summary_whole", 1)})


class ChosenLine(ReplyModel):
    """One sentence of the whole: the numbers that it is made of, and words only where several were joined."""

    numbers: list[int]
    text: str
    is_gist: bool


class ChosenReply(ReplyModel):
    """The model's choice."""

    sentences: list[ChosenLine]


REDUCING = frozenset(_PROMPTS.values())
"""The prompts used here."""


def prompt_for(kind: Kind, parts: Sequence[Artifact]) -> tuple[str, int] | None:
    """Give the prompt and version that the whole is made with, None where nothing is to be chosen."""
    return _PROMPTS.get(kind) if sum(len(part.units) for part in parts) > LIMIT else None


def reduce_with_model(ground: Ground, prompt: tuple[str, int], turn: Turn) -> Draft:
    """Make the whole out of the parts' sentences. Raises OverBudget, ModelBusy, BadReply or Cancelled."""
    sentences = [unit for part in ground.parts for unit in part.units if isinstance(unit, SummarySentence)]
    asked = partial(_asked, prompt)
    room = min(turn.room(asked(())), _LARGEST)
    groups = _groups(sentences, room)
    while len(groups) > 1:
        ask = [partial(_choose, asked, group, ground, turn=turn) for group in groups]
        fewer = [unit for chosen in do_at_once(ask, turn.tools.asking.at_once) for unit in chosen]
        if len(fewer) >= len(sentences):
            raise DoesNotFit("The parts do not fit into the language model.")
        sentences, groups = fewer, _groups(fewer, room)
    chosen = _choose(asked, groups[0], ground, turn=turn) if groups else []
    note = join_provenance(ground.parts).note
    return Draft(Kind.SUMMARY, tuple(chosen), replace(turn.provenance(*prompt), note=note))


def _asked(prompt: tuple[str, int], sentences: Sequence[SummarySentence]) -> Asked:
    name, version = prompt
    lines = "\n".join(_line(place, unit) for place, unit in enumerate(sentences, start=1))
    return Asked(name, version, ChosenReply, {"evidence": fence(lines), "limit": LIMIT})


def _line(place: int, unit: SummarySentence) -> str:
    return f"[{place}] {' '.join(unit.claim.text.split())}"


def _groups(sentences: Sequence[SummarySentence], room: int) -> list[list[SummarySentence]]:
    """Cut a list into runs that fit. Raises BadReply when a sentence alone does not."""
    groups: list[list[SummarySentence]] = []
    filled = room
    for unit in sentences:
        size = count_tokens(_line(len(sentences), unit).replace(" ", MARK)) + 1
        if size > room:
            raise DoesNotFit("A sentence does not fit into the language model.")
        if filled + size > room:
            groups.append([])
            filled = 0
        groups[-1].append(unit)
        filled += size
    return groups


def _choose(
    asked: Callable[[Sequence[SummarySentence]], Asked],
    sentences: Sequence[SummarySentence],
    ground: Ground,
    *,
    turn: Turn,
) -> list[SummarySentence]:
    """Have the model choose among some sentences; what it names twice counts once, in the order of the reading."""
    reply = turn.ask(asked(sentences), ChosenReply, reading=ground.evidence.text)
    chosen: dict[str, SummarySentence] = {}
    used: set[int] = set()
    gist = next((line for line in reply.sentences if line.is_gist), None)
    for line in reply.sentences[:LIMIT]:
        places = [one - 1 for one in dict.fromkeys(line.numbers) if 1 <= one <= len(sentences) and one not in used]
        used |= {place + 1 for place in places}
        units = [sentences[place] for place in sorted(places)[:_MOST_JOINED]]
        for place, unit in enumerate(_joined(line.text, units, ground, turn)):
            chosen[unit.id] = replace(unit, is_gist=line is gist and not place)
    order = {unit.id: place for place, unit in enumerate(sentences)}
    ends = {citation: place for place, unit in enumerate(sentences) for citation in unit.claim.citations}
    return sorted(chosen.values(), key=lambda unit: order.get(unit.id, ends[unit.claim.citations[-1]]))


def _joined(text: str, units: Sequence[SummarySentence], ground: Ground, turn: Turn) -> list[SummarySentence]:
    """Give the sentence that joins several, where the reading supports it, and else the sentences themselves."""
    if len(units) < 2 or not text.strip():
        return list(units)
    claim = Claim(text, tuple(dict.fromkeys(citation for unit in units for citation in unit.claim.citations)))
    joined = replace(
        units[0],
        id=unit_id(Kind.SUMMARY, claim, text),
        claim=claim,
        is_key_point=any(one.is_key_point for one in units),
    )
    cited = {citation.span for citation in claim.citations}
    around = [
        chunk
        for chunk in ground.evidence.chunks
        if any(chunk.span.page == span.page and chunk.span.start <= span.start < chunk.span.end for span in cited)
    ]
    evidence = gather(around, title=ground.title, language=ground.evidence.language)
    parsed = turn.tools.parser.parse(evidence)
    judgement = judge(joined, Kind.SUMMARY, parsed, turn.tools.verifier)
    return [joined] if judgement.verdict is Verdict.SUPPORTED else list(units)
