"""Terms that a section uses before it explains them.

Precise rather than many: a term counts that is surely explained, is used well before that in a running sentence,
and that nothing explains or announces on the way.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence

from domain.claims import Claim
from domain.documents import Range
from domain.evidence import Evidence
from domain.ids import UnitId, stable_id
from domain.material import Gap, Kind
from generators.compose.maps.explanations import announces, is_ordinary, may_explain, surely_explains
from generators.compose.maps.links import is_prose
from generators.compose.reading.mentions import Mention, Name, Names, name_of
from generators.compose.reading.parse import ParsedSection, Sentence
from generators.compose.summaries.objectives import list_objectives
from generators.compose.terms.definitions import cut_definition
from generators.compose.terms.plain_definitions import cut_plainly
from generators.compose.terms.terms import Term

_SURE, _LIKELY_WORDING = 0.75, 0.7
"""How surely a sentence must define a marked term, with the grammar and without."""

_NEAR = 3
"""Sentences: an explanation that comes so soon is part of bringing the term in."""

_LIST = 2
"""Words joined to a noun that make it an item of a list."""

_MOST = 12
_CAPTION = re.compile(
    r"^[ \t*_>]*(?:figure|fig|table|abbildung|abb|tabelle|figura|tableau|tabla)\.?[ \t]?\d[\d.–-]*[a-z]?"
    r"[ \t*_]*[.:)|–—-][^\n]+",
    re.IGNORECASE | re.MULTILINE,
)


def find_gaps(parsed: ParsedSection, terms: Sequence[Term]) -> tuple[Gap, ...]:
    """List the terms that the section uses before it explains them, in the order of their first use."""
    explained = {name_of(term.label): term for term in terms if _is_explained(parsed, term)}
    first: dict[Name, Sentence] = {}
    done: set[Name] = set()
    names = Names(explained)
    apart = set_apart(parsed.evidence)
    for sentence in parsed.sentences:
        for mention in names.find_longest(sentence.text):
            if mention.name in done or mention.name in first:
                continue
            term = explained[mention.name]
            if sentence.index > term.sentence.index - _NEAR or _explains(parsed, sentence, mention):
                done.add(mention.name)
            elif _uses(sentence, mention) and not is_in(sentence.at, apart):
                first[mention.name] = sentence
    found = [_gap(parsed, explained[name], sentence) for name, sentence in first.items()]
    return tuple(found[:_MOST])


def gap_id(term: str, claim: Claim) -> UnitId:
    """Give the id of a gap: its term where it is used first."""
    span = claim.citations[0].span
    return UnitId(stable_id(Kind.CONCEPT_MAP, span.document_id, span.page, span.start, "gap", term))


def _is_explained(parsed: ParsedSection, term: Term) -> bool:
    """Whether the section surely says what the term is, in its own sentence and not only in a word list."""
    if not term.definition or term.is_listed or is_ordinary(name_of(term.label)) or not is_prose(term.sentence):
        return False
    start = term.sentence.at.start
    if parsed.is_full and not parsed.is_emphasised(term.at):
        return surely_explains(term.sentence.text, Range(term.at.start - start, term.at.end - start))
    cut = _cut(parsed, term.sentence, term.at)
    return cut is not None and cut >= (_SURE if parsed.is_full else _LIKELY_WORDING)


def _cut(parsed: ParsedSection, sentence: Sentence, at: Range) -> float | None:
    cut = (cut_definition if parsed.is_full else cut_plainly)(parsed, sentence, at)
    return cut.strength if cut else None


def _explains(parsed: ParsedSection, sentence: Sentence, mention: Mention) -> bool:
    """Whether a mention before the explanation says what the term is, in whatever wording."""
    at = Range(sentence.at.start + mention.at.start, sentence.at.start + mention.at.end)
    return may_explain(sentence.text, mention.at) or _cut(parsed, sentence, at) is not None


def _uses(sentence: Sentence, mention: Mention) -> bool:
    """Whether the sentence uses the term as a reader must know it.

    It is running text and, where the grammar is known, uses it as a noun of its own, not in a list of what is to come.
    """
    if not is_prose(sentence) or announces(sentence.text):
        return False
    if not sentence.tokens.doc.has_annotation("DEP"):
        return True
    end = sentence.at.start + mention.at.end
    last = [token for token in sentence.tokens if token.idx < end][-1]
    is_modifier = last.dep_ in {"compound", "nmod", "amod", "poss"}
    is_noun = last.pos_ in {"NOUN", "PROPN"} and last.ent_type_ != "PERSON"
    return is_noun and not is_modifier and len(last.conjuncts) < _LIST


def _gap(parsed: ParsedSection, term: Term, sentence: Sentence) -> Gap:
    claim, later = _claim(parsed, sentence), _claim(parsed, term.sentence)
    section = section_at(parsed.evidence, term.sentence.at.start)
    return Gap(gap_id(term.label, claim), claim, term.label, section, (later,))


def set_apart(evidence: Evidence) -> tuple[Range, ...]:
    """List what stands beside the running text: learning objectives and captions. No term is used there."""
    captions = (Range(*found.span()) for found in _CAPTION.finditer(evidence.text))
    aims = (aim.at for aim in list_objectives(evidence.text))
    return (*aims, *captions, *(figure.caption for figure in evidence.figures))


def is_in(at: Range, ranges: Sequence[Range]) -> bool:
    """Whether a range touches one of others."""
    return any(at.start < one.end and one.start < at.end for one in ranges)


def section_at(evidence: Evidence, offset: int) -> int:
    """Give the ordinal of the section that a character of the evidence stands in."""
    return evidence.chunks[bisect_right(evidence.offsets, offset) - 1].section


def _claim(parsed: ParsedSection, sentence: Sentence) -> Claim:
    return Claim(parsed.evidence.text[sentence.at.start : sentence.at.end], parsed.cite(sentence.at))
