"""What definitions and names say of two concepts: what must be known first, and what is a kind of what."""

from collections.abc import Iterator, Mapping, Sequence

from domain.documents import Range
from domain.material import RelationType
from generators.compose.maps.explanations import surely_explains
from generators.compose.maps.links import Link, is_prose, is_unsure
from generators.compose.maps.prerequisites import Usages
from generators.compose.maps.relation_words import INSIDE_NAMES
from generators.compose.reading.mentions import Mention, Name, Names, contains
from generators.compose.reading.parse import ParsedSection, Sentence
from generators.compose.terms.definitions import cut_definition
from generators.compose.terms.terms import Term

_DEFINED, _DEFINED_AGAIN, _EXPLAINED, _NAMED, _MODIFIED = 0.75, 0.65, 0.5, 0.45, 0.4
_SURE = 0.75
"""How surely a sentence must define a concept to count beside the one that the concept is introduced by."""

_FEW_IN_A_SENTENCE = 3


def read_definitions(
    parsed: ParsedSection, terms: Mapping[Name, Term], mentioned: Mapping[int, Sequence[Mention]]
) -> Iterator[Link]:
    """Yield what the definitions of concepts, or the sentences that bring them in, refer to."""
    usages = Usages([parsed.evidence.text], list(terms))
    for index, mentions in mentioned.items():
        sentence = parsed.sentences[index]
        if is_unsure(parsed, sentence):
            continue
        for name in dict.fromkeys(mention.name for mention in mentions):
            term = terms[name]
            others = [mention for mention in mentions if _is_other(mention.name, name)]
            first = next(mention.at for mention in mentions if mention.name == name)
            cut = _definition_at(parsed, sentence, term, first)
            for mention in others:
                at = Range(sentence.at.start + mention.at.start, sentence.at.start + mention.at.end)
                forward, backward = usages.score(name, mention.name), usages.score(mention.name, name)
                if cut is not None and cut.start <= at.start and at.end <= cut.end:
                    base = _DEFINED if term.sentence == sentence else _DEFINED_AGAIN
                    yield Link(mention.name, name, RelationType.NEEDS, base + 0.1 * (forward - backward), sentence)
                elif surely_explains(sentence.text, first):
                    yield Link(
                        mention.name, name, RelationType.NEEDS, _EXPLAINED + 0.1 * (forward - backward), sentence
                    )
                elif term.sentence == sentence and forward > backward and len(mentions) <= _FEW_IN_A_SENTENCE:
                    yield Link(mention.name, name, RelationType.RELATED, _NAMED + 0.1 * forward, sentence)


def _is_other(name: Name, term: Name) -> bool:
    return name != term and not contains(term, name) and not contains(name, term)


def _definition_at(parsed: ParsedSection, sentence: Sentence, term: Term, first: Range) -> Range | None:
    """Give where the sentence, which names the term first at `first`, defines it: as surely as where it comes in."""
    if term.sentence == sentence:
        return term.definition_at
    if not parsed.is_full:
        return None
    cut = cut_definition(parsed, sentence, Range(sentence.at.start + first.start, sentence.at.start + first.end))
    return cut.at if cut is not None and cut.strength >= _SURE else None


def read_names(parsed: ParsedSection, terms: Mapping[Name, Term], names: Names) -> Iterator[Link]:
    """Yield what a name says: kinetic energy is energy, and a data set is of data."""
    for name, term in terms.items():
        parts = [other for other in terms if contains(name, other)]
        is_clear = is_prose(term.sentence) and not is_unsure(parsed, term.sentence)
        if not parts or not parsed.is_full or not is_clear:
            continue
        if name not in {mention.name for mention in names.find_longest(term.sentence.text)}:
            continue
        for other in parts:
            kind = kind_of_name(name, other)
            if kind is RelationType.IS_A:
                yield Link(name, other, kind, _NAMED, term.sentence)
            elif kind is not None:
                yield Link(other, name, kind, _MODIFIED, term.sentence)


def kind_of_name(name: Name, part: Name) -> RelationType | None:
    """Say what a name says of a shorter one in it: what it is (its head), or what it needs (its first words)."""
    if not contains(name, part):
        return None
    if name[-len(part) :] == part:
        return None if INSIDE_NAMES.intersection(name) else RelationType.IS_A
    return RelationType.NEEDS if name[: len(part)] == part else None
