"""Terms to be put to their meanings: three to five of a section whose meanings cannot be taken for each other's."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

from domain.questions import Pair, Question, QuestionForm
from domain.words import content_stems
from generators.compose.easier.descriptions import meaning_of
from generators.compose.quizzes.asked import Sided, shuffled, to_question
from generators.compose.quizzes.distractors import Rivals, where_defined
from generators.compose.quizzes.proof import proof_of
from generators.compose.reading.parse import ParsedSection
from generators.compose.terms.terms import Term, mention_pattern

FEWEST, MOST = 3, 4
_MOST_TRIED = 5
_TOO_ALIKE = 0.6
"""Cosine of two meanings from which they may both fit one term."""

_NAMED = frozenset({"FAC", "GPE", "LANGUAGE", "LOC", "NORP", "PERSON"})
_ASKED = "Match each term with its meaning."


def match_terms(parsed: ParsedSection, terms: Sequence[Term], rivals: Rivals) -> Question | None:
    """Ask to match terms; None where the section has too few that fit beside each other."""
    fit = [term for term in terms if not set(content_stems(term.label)) & set(content_stems(term.definition))]
    fit = fit[:_MOST_TRIED]
    _expect(parsed, fit)
    beside = {
        term.label: {other.label for other in fit if other is not term and _go_together(term, other, rivals)}
        for term in fit
    }
    sets = [_gather(term, fit, beside) for term in fit]
    chosen = max(sets, key=len, default=[])
    return _question(parsed, sorted(chosen, key=lambda term: term.at)) if len(chosen) >= FEWEST else None


def _gather(first: Term, terms: Sequence[Term], beside: Mapping[str, AbstractSet[str]]) -> list[Term]:
    """Put terms to the first that all go together, as they come."""
    chosen = [first]
    for term in terms:
        if len(chosen) < MOST and all(term.label in beside[one.label] for one in chosen):
            chosen.append(term)
    return chosen


def plain_label(term: Term, parsed: ParsedSection) -> str:
    """Give the label without a capital that it only has for opening a sentence: elsewhere it is small."""
    tokens = parsed.doc.char_span(term.at.start, term.at.end, alignment_mode="expand")
    if tokens is not None and tokens[0].ent_type_ in _NAMED:
        return f"{tokens[0].text[:1]}{term.label[1:]}"
    mentions = mention_pattern(term.label).finditer(parsed.evidence.text)
    is_small = any(mention[0][:1].islower() for mention in mentions)
    opens = tokens is not None and tokens[0].is_sent_start and (is_small or tokens[0].pos_ != "PROPN")
    is_word = term.label[:1].isupper() and term.label[1:2].islower() and term.label[1:] == term.label[1:].lower()
    return term.label[0].lower() + term.label[1:] if opens and is_word and parsed.is_full else term.label


def _expect(parsed: ParsedSection, terms: Sequence[Term]) -> None:
    proof_of(parsed).expect(
        [f"{one.label}: {meaning_of(other)}" for one in terms for other in terms if one is not other]
    )


def _go_together(term: Term, other: Term, rivals: Rivals) -> bool:
    """Whether neither term has the other's meaning, nor is named or told by it."""
    if where_defined(term) == where_defined(other) or rivals.is_like(term, other):
        return False
    if rivals.likeness_of_meanings(term, other) >= _TOO_ALIKE or rivals.may_mean(term, other):
        return False
    for one, two in ((term, other), (other, term)):
        told = set(content_stems(one.label)) & set(content_stems(two.definition))
        said = f"{one.label}: {meaning_of(two)}"
        if told or not proof_of(rivals.parsed).is_nowhere(said):
            return False
    return True


def _question(parsed: ParsedSection, terms: Sequence[Term]) -> Question:
    pairs = tuple(Pair(plain_label(term, parsed), meaning_of(term)) for term in terms)
    sided = Sided(
        QuestionForm.MATCHING,
        _ASKED,
        "; ".join(f"{pair.left}: {pair.right}" for pair in pairs),
        options=shuffled([pair.right for pair in pairs], pairs[0].left),
        pairs=pairs,
        concepts=tuple(pair.left for pair in pairs),
    )
    return to_question(parsed, [where_defined(term) for term in terms], sided)
