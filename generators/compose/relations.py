"""Typed relations between the concepts of a section, each resting on one sentence that names both.

Signs, strongest first: what the sentence states (copula, verb phrase), list and contrast words, the concept's
definition naming another, the concept's own name, and being named together again and again.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from domain.documents import Range
from domain.material import RelationType
from generators.compose.mentions import Mention, Name, Names, contains, name_of
from generators.compose.parse import ParsedSection, Sentence
from generators.compose.prerequisites import Usages
from generators.compose.relation_words import EXAMPLES_FOLLOW, INSIDE_NAMES, meaning_of, says_contrast
from generators.compose.statements import read_statements
from generators.compose.suppositions import is_conditional, is_supposed
from generators.compose.terms import Term

_STATED, _LISTED, _CONTRASTED, _DEFINED, _VERB, _NAMED, _TOGETHER = 1.0, 0.85, 0.8, 0.75, 0.55, 0.45, 0.2
_MOST_IN_A_SENTENCE = 10
_FEW_IN_A_SENTENCE = 3
_LIST_GAP = re.compile(r"^[\s,;()“”\"'‘’]*(?:(?:and|or|as well as|the|an?|[\w-]+)[\s,;()“”\"'‘’]*){0,4}$")


@dataclass(frozen=True, slots=True)
class Link:
    """A relation that one sentence supports; `strength` says how surely, 0 to 1."""

    source: Name
    target: Name
    type: RelationType
    strength: float
    sentence: Sentence
    phrase: str = ""


def find_links(parsed: ParsedSection, terms: Sequence[Term]) -> list[Link]:
    """List the best link of every pair of terms that some sentence names together, strongest first."""
    by_name = {name_of(term.label): term for term in terms}
    names = Names(by_name)
    mentioned = {
        sentence.index: found
        for sentence in parsed.sentences
        if _is_prose(sentence) and len(found := names.find_longest(sentence.text)) > 1
    }
    links = [link for index, found in mentioned.items() for link in _read(parsed, parsed.sentences[index], found)]
    usages = Usages([parsed.evidence.text], list(by_name))
    sure = {name: term for name, term in by_name.items() if not _is_unsure(parsed, term.sentence)}
    links += _from_definitions(sure, names, usages)
    links += _from_names(parsed, by_name, names)
    links += _from_company(parsed, mentioned)
    return _best(links)


def _is_prose(sentence: Sentence) -> bool:
    """Leave out headings, questions and the run-on text of tables."""
    words = sentence.text.split()
    is_closed = sentence.text.rstrip("”\"')]").endswith((".", "!", ":", ";", "。"))
    return (is_closed and not sentence.text.endswith("?") and 3 <= len(words) <= 80) or (
        10 <= len(words) <= 80 and sentence.text[0].isupper() and not sentence.text.endswith("?")
    )


def _is_unsure(parsed: ParsedSection, sentence: Sentence) -> bool:
    """Whether what a sentence says is true only under a condition or in an example in thought."""
    return is_conditional(sentence) or is_supposed(parsed, sentence)


def _read(parsed: ParsedSection, sentence: Sentence, mentions: Sequence[Mention]) -> Iterator[Link]:
    if len(mentions) > _MOST_IN_A_SENTENCE or not parsed.is_full or _is_unsure(parsed, sentence):
        return
    yield from _from_grammar(parsed, sentence, mentions)
    for first, second in combinations(mentions, 2):
        if first.name != second.name:
            yield from _from_words(sentence, first, second)


def _from_grammar(parsed: ParsedSection, sentence: Sentence, mentions: Sequence[Mention]) -> Iterator[Link]:
    """Yield what the sentence states of two concepts."""
    heads: dict[int, Name] = {}
    for mention in mentions:
        start, end = sentence.at.start + mention.at.start, sentence.at.start + mention.at.end
        tokens = parsed.doc.char_span(start, end, alignment_mode="expand")
        heads[tokens.root.i] = mention.name
    for statement in read_statements(sentence.tokens):
        source, target = heads.get(statement.subject), heads.get(statement.object)
        if source is None or target is None or source == target:
            continue
        is_many = parsed.doc[statement.subject].tag_ in {"NNS", "NNPS"}
        meaning = meaning_of(statement.verb, statement.noun, is_many=is_many)
        is_quality = parsed.doc[statement.object].pos_ not in {"NOUN", "PROPN"}
        if meaning is None or (meaning.type is RelationType.IS_A and is_quality):
            yield Link(source, target, RelationType.RELATED, _VERB, sentence, statement.phrase)
            continue
        if meaning.is_reversed:
            source, target = target, source
        yield Link(source, target, meaning.type, _STATED, sentence, statement.phrase)


def _from_words(sentence: Sentence, first: Mention, second: Mention) -> Iterator[Link]:
    """Yield what words such as "such as" and "unlike" say of two mentions, the first standing before the second."""
    between = sentence.text[first.at.end : second.at.start]
    follows = EXAMPLES_FOLLOW.match(between)
    if follows and _LIST_GAP.match(between[follows.end() :]):
        phrase = follows.group("words").lower()
        yield Link(second.name, first.name, RelationType.EXAMPLE_OF, _LISTED, sentence, phrase)
    words = says_contrast(sentence.text, first.at, second.at)
    if words:
        yield Link(first.name, second.name, RelationType.CONTRASTS, _CONTRASTED, sentence, words)


def _from_definitions(terms: Mapping[Name, Term], names: Names, usages: Usages) -> Iterator[Link]:
    """Yield what a concept's definition, or the sentence that brings it in, refers to."""
    for name, term in terms.items():
        sentence = term.sentence
        mentions = names.find_longest(sentence.text) if _is_prose(sentence) else []
        if name not in {mention.name for mention in mentions}:
            continue
        for mention in mentions:
            if mention.name == name or contains(name, mention.name) or contains(mention.name, name):
                continue
            at = Range(sentence.at.start + mention.at.start, sentence.at.start + mention.at.end)
            cut = term.definition_at
            forward, backward = usages.score(name, mention.name), usages.score(mention.name, name)
            if cut is not None and cut.start <= at.start and at.end <= cut.end:
                strength = _DEFINED + 0.1 * (forward - backward)
                yield Link(mention.name, name, RelationType.NEEDS, strength, sentence)
            elif forward > backward and len(mentions) <= _FEW_IN_A_SENTENCE:
                yield Link(mention.name, name, RelationType.RELATED, _NAMED + 0.1 * forward, sentence)


def _from_names(parsed: ParsedSection, terms: Mapping[Name, Term], names: Names) -> Iterator[Link]:
    """Yield what a name says: kinetic energy is energy."""
    for name, term in terms.items():
        kinds = [other for other in terms if contains(name, other) and name[-len(other) :] == other]
        is_clear = _is_prose(term.sentence) and not _is_unsure(parsed, term.sentence)
        if not kinds or INSIDE_NAMES.intersection(name) or not parsed.is_full or not is_clear:
            continue
        if name in {mention.name for mention in names.find_longest(term.sentence.text)}:
            for other in kinds:
                yield Link(name, other, RelationType.IS_A, _NAMED, term.sentence)


def _from_company(parsed: ParsedSection, mentioned: Mapping[int, Sequence[Mention]]) -> Iterator[Link]:
    """Yield the pairs that are named together, the surer the oftener; one sentence that names many says nothing."""
    together: dict[tuple[Name, Name], list[int]] = defaultdict(list)
    for index, mentions in mentioned.items():
        for pair in combinations(dict.fromkeys(mention.name for mention in mentions), 2):
            together[min(pair, pair[::-1])].append(index)
    for (first, second), indexes in together.items():
        if len(indexes) == 1 and len(mentioned[indexes[0]]) > _FEW_IN_A_SENTENCE:
            continue
        shortest = min(indexes, key=lambda index: (len(parsed.sentences[index].text), index))
        strength = _TOGETHER + 0.05 * min(4, len(indexes) - 1)
        yield Link(first, second, RelationType.RELATED, strength, parsed.sentences[shortest])


def _best(links: Sequence[Link]) -> list[Link]:
    """Keep one link of each pair: the strongest, the earliest of equals."""
    best: dict[frozenset[Name], Link] = {}
    for link in sorted(links, key=lambda link: (-link.strength, link.sentence.index)):
        best.setdefault(frozenset((link.source, link.target)), link)
    return list(best.values())
