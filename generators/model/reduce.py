"""Has the model put a whole together out of what was written and checked for its parts.

It chooses among verified sentences by their numbers. Where it joins some into one, its words are verified like any
others, and the sentences themselves stand in their place when they fail. Long lists are chosen from in turns. What a
person wrote is never sent, and always stands.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from types import MappingProxyType

from domain.claims import Claim
from domain.documents import Chunk, Citation
from domain.errors import BadReply
from domain.evidence import Evidence, gather
from domain.material import Artifact, Draft, Kind, SummarySentence, Unit
from domain.outcomes import Verdict
from generators.evidence import Ground
from generators.model.at_once import do_at_once
from generators.model.replies import ReplyModel, hide_marked, unit_id
from generators.model.scrutiny import judge
from generators.model.tokens import count_tokens
from generators.model.turn import Asked, DoesNotFit, Turn
from generators.provenance import join_provenance
from safety.injection import MARK, fence

LIMIT = 12
"""Sentences of a whole reading's summary."""

_MOST_JOINED = 3
_LARGEST = 6000
"""Tokens of sentences to choose among at once, however large the window."""

_PROMPTS: Mapping[Kind, tuple[str, int]] = MappingProxyType({Kind.SUMMARY: ("summary_whole", 1)})

REDUCING = frozenset(_PROMPTS.values())
"""The prompts used here."""


class ChosenLine(ReplyModel):
    """One sentence of the whole: the numbers that it is made of, and words only where several were joined."""

    numbers: list[int]
    text: str
    is_gist: bool


class ChosenReply(ReplyModel):
    """The model's choice."""

    sentences: list[ChosenLine]


@dataclass(frozen=True, slots=True)
class _Choice:
    """What all questions of one choice share: at most `limit` sentences are chosen."""

    evidence: Evidence
    turn: Turn
    limit: int

    def asked(self, units: Sequence[SummarySentence]) -> Asked:
        """Give what is asked about some sentences."""
        lines = "\n".join(self.line(place, unit) for place, unit in enumerate(units, start=1))
        return Asked(*_PROMPTS[Kind.SUMMARY], ChosenReply, {"evidence": fence(lines), "limit": self.limit})

    def line(self, place: int, unit: SummarySentence) -> str:
        """Write a sentence with its number, the reading's personal data hidden."""
        return f"[{place}] {hide_marked(self.evidence, ' '.join(unit.claim.text.split()))}"


def prompt_for(kind: Kind, parts: Sequence[Artifact]) -> tuple[str, int] | None:
    """Give the prompt and version that the whole is made with, None where nothing is to be chosen."""
    return _PROMPTS.get(kind) if sum(len(part.units) for part in parts) > LIMIT else None


def reduce_with_model(ground: Ground, turn: Turn) -> Draft:
    """Make the whole out of the parts' sentences. Raises OverBudget, ModelBusy, BadReply or Cancelled."""
    units = choose_among([unit for part in ground.parts for unit in part.units], ground.evidence, turn, limit=LIMIT)
    note = join_provenance(ground.parts).note
    return Draft(Kind.SUMMARY, units, replace(turn.provenance(*_PROMPTS[Kind.SUMMARY]), note=note))


def choose_among(units: Iterable[Unit], evidence: Evidence, turn: Turn, *, limit: int) -> tuple[SummarySentence, ...]:
    """Have the model choose at most `limit` of a summary's sentences, in the order of the reading.

    Where there are no more than that, nobody is asked. Raises OverBudget, ModelBusy, BadReply or Cancelled.
    """
    every = [unit for unit in units if isinstance(unit, SummarySentence)]
    if len(every) <= limit:
        return _with_one_gist(every)
    choice = _Choice(evidence, turn, limit)
    sentences = [unit for unit in every if not unit.claim.by_person]
    room = min(turn.room(choice.asked(())), _LARGEST)
    groups = _groups(choice, sentences, room)
    while len(groups) > 1:
        ask = [partial(_choose, choice, group) for group in groups]
        fewer = [unit for chosen in do_at_once(ask, turn.tools.asking.at_once) for unit in chosen]
        if len(fewer) >= len(sentences):
            raise DoesNotFit("The parts do not fit into the language model.")
        sentences, groups = fewer, _groups(choice, fewer, room)
    chosen = _choose(choice, groups[0]) if groups else []
    if groups and not chosen:
        raise BadReply("None of the sentences was chosen.")
    return _with_one_gist(_in_order([*chosen, *(unit for unit in every if unit.claim.by_person)], every))


def _groups(choice: _Choice, sentences: Sequence[SummarySentence], room: int) -> list[list[SummarySentence]]:
    """Cut a list into runs that fit. Raises BadReply when a sentence alone does not."""
    groups: list[list[SummarySentence]] = []
    filled = room
    for unit in sentences:
        size = count_tokens(choice.line(len(sentences), unit).replace(" ", MARK)) + 1
        if size > room:
            raise DoesNotFit("A sentence does not fit into the language model.")
        if filled + size > room:
            groups.append([])
            filled = 0
        groups[-1].append(unit)
        filled += size
    return groups


def _choose(choice: _Choice, sentences: Sequence[SummarySentence]) -> list[SummarySentence]:
    """Have the model choose among some sentences; what it names twice counts once."""
    reply = choice.turn.ask(choice.asked(sentences), ChosenReply, reading=choice.evidence.text)
    chosen: list[SummarySentence] = []
    used: set[int] = set()
    gist = next((line for line in reply.sentences if line.is_gist), None)
    for line in reply.sentences[: choice.limit]:
        numbers = [one for one in dict.fromkeys(line.numbers) if 1 <= one <= len(sentences) and one not in used]
        taken = sorted(numbers[:_MOST_JOINED])
        used.update(taken)
        units = _joined(choice, line.text, [sentences[one - 1] for one in taken])
        chosen += [replace(unit, is_gist=line is gist and not place) for place, unit in enumerate(units)]
    return _in_order(chosen, sentences)


def _in_order(units: Sequence[SummarySentence], among: Sequence[SummarySentence]) -> list[SummarySentence]:
    """Sort by the first place that a sentence cites, in the order of those it was chosen among."""
    places: dict[Citation, int] = {}
    for place, unit in enumerate(among):
        for citation in unit.claim.citations:
            places.setdefault(citation, place)
    return sorted(units, key=lambda unit: min(places[citation] for citation in unit.claim.citations))


def _with_one_gist(units: Sequence[SummarySentence]) -> tuple[SummarySentence, ...]:
    """Leave the first gist alone one: parts had one each."""
    first = next((place for place, unit in enumerate(units) if unit.is_gist), None)
    return tuple(replace(unit, is_gist=place == first) for place, unit in enumerate(units))


def _joined(choice: _Choice, text: str, units: list[SummarySentence]) -> list[SummarySentence]:
    """Give the sentence that joins several, where the reading supports it, and else the sentences themselves."""
    if len(units) < 2 or not text.strip():
        return units
    claim = Claim(text, tuple(dict.fromkeys(citation for unit in units for citation in unit.claim.citations)))
    joined = replace(
        units[0],
        id=unit_id(Kind.SUMMARY, claim, text),
        claim=claim,
        is_key_point=any(one.is_key_point for one in units),
    )
    around = [chunk for chunk in choice.evidence.chunks if any(_stands_in(one, chunk) for one in claim.citations)]
    evidence = gather(around, title=choice.evidence.title, language=choice.evidence.language)
    tools = choice.turn.tools
    judgement = judge(joined, Kind.SUMMARY, tools.parser.parse(evidence), tools.verifier)
    return [joined] if judgement.verdict is Verdict.SUPPORTED else units


def _stands_in(citation: Citation, chunk: Chunk) -> bool:
    return chunk.span.page == citation.span.page and chunk.span.start <= citation.span.start < chunk.span.end
