"""Terms that a whole reading uses in one section and explains only in a later one, or that it never writes out.

Works on the text alone, for a whole book is never parsed at once. Nothing counts that any sentence before may have
explained, in whatever wording.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from domain.claims import Claim
from domain.documents import Range
from domain.evidence import Evidence
from domain.material import Artifact, Concept, Gap
from domain.sentences import inner_stops
from generators.compose.maps.explanations import announces, is_ordinary, may_explain, surely_explains
from generators.compose.maps.gaps import gap_id, is_in, section_at, set_apart
from generators.compose.reading.mentions import Mention, Name, Names, name_of

_MOST = 30
_SHORTEST, _LONGEST = 6, 60
"""Words in a sentence that uses a term."""

_LINE = re.compile(r"[^\n]+")
_END = re.compile(r"[.!?。！？]+[”\"'’)\]]*(?=\s|$)")
_SHORT_FORM = re.compile(r"(?:\b(?:e\.g|i\.e|etc|vs|Dr|Mr|Ms|Mrs|Prof|Fig|St|al|cf|No|approx)|\b[A-Z])\.$")
_INITIALS = re.compile(r"[A-Z]{3,6}")
_FEWEST_USES = 3


@dataclass(frozen=True, slots=True)
class _Explained:
    """A concept that some sentence surely explains, and where."""

    label: str
    claim: Claim
    at: Range


def find_gaps_across(parts: Sequence[Artifact], evidence: Evidence) -> tuple[Gap, ...]:
    """List the terms used before they are explained, over all sections, in the order of their first use.

    The sections' own gaps are among them, but for those that an earlier section has explained.
    """
    concepts = [unit for part in parts for unit in part.units if isinstance(unit, Concept)]
    explained = _explained(concepts, evidence)
    own = {name_of(unit.term): unit for part in parts for unit in part.units if isinstance(unit, Gap)}
    early = {name: one for name, one in explained.items() if not is_ordinary(name, in_many_chapters=True)}
    across = _used_early(early, evidence)
    kept = [
        gap for name, gap in own.items() if name not in across and not _is_known(gap, explained.get(name), evidence)
    ]
    found = [*across.values(), *kept, *find_unwritten(concepts, evidence)]
    return tuple(sorted(found, key=_place)[:_MOST])


def find_unwritten(concepts: Sequence[Concept], evidence: Evidence) -> tuple[Gap, ...]:
    """List the concepts whose names are initials that the reading never writes out."""
    found = []
    for initials in dict.fromkeys(one.label for one in concepts if _INITIALS.fullmatch(one.label)):
        uses = [Range(*use.span()) for use in re.finditer(rf"(?<!\w){initials}(?!\w)", evidence.text)]
        is_explained = any(may_explain(evidence.text, use) for use in uses)
        if len(uses) < _FEWEST_USES or is_explained or _is_written_out(initials, evidence.text):
            continue
        at = next(at for at in _sentences(evidence) if at.start <= uses[0].start < at.end)
        claim = Claim(evidence.text[at.start : at.end], evidence.cite(at.start, at.end))
        found.append(Gap(gap_id(initials, claim), claim, initials))
    return tuple(found)


def _explained(concepts: Sequence[Concept], evidence: Evidence) -> dict[Name, _Explained]:
    """Give the earliest sure explanation of each concept."""
    found: dict[Name, _Explained] = {}
    for concept in concepts:
        name = name_of(concept.label)
        at = evidence.find(concept.claim.citations[0]) if concept.claim.citations else None
        mention = next((one for one in Names([name]).find_longest(concept.claim.text)), None)
        if at is None or mention is None or not surely_explains(concept.claim.text, mention.at):
            continue
        if name not in found or at.start < found[name].at.start:
            found[name] = _Explained(concept.label, concept.claim, at)
    return found


def _used_early(explained: dict[Name, _Explained], evidence: Evidence) -> dict[Name, Gap]:
    """Find the first use of each concept in a section before the one that explains it."""
    section = {name: section_at(evidence, one.at.start) for name, one in explained.items()}
    names = Names(explained)
    first: dict[Name, Range] = {}
    known: set[Name] = set()
    apart = set_apart(evidence)
    for at in _sentences(evidence):
        text = evidence.text[at.start : at.end]
        for mention in names.find_longest(text):
            name = mention.name
            if name in known:
                continue
            here = section_at(evidence, at.start)
            if here >= section[name] or may_explain(text, mention.at):
                known.add(name)
                if here < section[name]:
                    first.pop(name, None)
            elif name not in first and _uses(text, mention) and not is_in(at, apart):
                first[name] = at
    return {name: _gap(explained[name], section[name], first[name], evidence) for name in first}


def _uses(text: str, mention: Mention) -> bool:
    """Whether a sentence of running text uses the term, not in a name of more words or a list of what is to come."""
    words = text.split()
    is_running = _SHORTEST <= len(words) <= _LONGEST and bool(_END.search(text)) and not text.rstrip().endswith("?")
    is_listed = text[mention.at.end :].lstrip().startswith((",", "and ", "or ")) and text.count(",") > 1
    return is_running and not is_listed and not announces(text)


def _gap(one: _Explained, section: int, use: Range, evidence: Evidence) -> Gap:
    claim = Claim(evidence.text[use.start : use.end], evidence.cite(use.start, use.end))
    return Gap(gap_id(one.label, claim), claim, one.label, section, (one.claim,))


def _is_known(gap: Gap, one: _Explained | None, evidence: Evidence) -> bool:
    """Whether the reading has explained a section's gap before the section uses it."""
    use = evidence.find(gap.claim.citations[0])
    return use is None or (one is not None and one.at.start < use.start)


def _is_written_out(initials: str, text: str) -> bool:
    """Whether the reading gives words for initials: in brackets around them, or a run of words that they begin."""
    if re.search(rf"\w \({initials}s?[),;]|(?<!\w){initials}s? \(|(?<!\w){initials} (?:stands|is short) for", text):
        return True
    words = r"[\s-]+(?:(?:of|and|the|for|in|to|on)[\s-]+)*".join(rf"{letter}[^\W\d_]+" for letter in initials)
    return bool(re.search(rf"(?<!\w){words}", text, re.IGNORECASE))


def _sentences(evidence: Evidence) -> Iterator[Range]:
    """Yield where sentences stand, cut at line ends and at closing marks."""
    inner = frozenset(inner_stops(evidence.text, evidence.language))
    for line in _LINE.finditer(evidence.text):
        start = line.start()
        for end in _END.finditer(evidence.text, line.start(), line.end()):
            is_inner = end.start() in inner or _SHORT_FORM.search(evidence.text, max(start, end.end() - 8), end.end())
            if not is_inner:
                yield from _trimmed(evidence.text, start, end.end())
                start = end.end()
        yield from _trimmed(evidence.text, start, line.end())


def _trimmed(text: str, start: int, end: int) -> Iterator[Range]:
    words = text[start:end].strip()
    if words:
        first = start + text[start:end].index(words)
        yield Range(first, first + len(words))


def _place(gap: Gap) -> tuple[int, int]:
    span = gap.claim.citations[0].span
    return span.page, span.start
