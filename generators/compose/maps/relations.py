"""Typed relations between the concepts of a section, each resting on one sentence that names both.

Signs, strongest first: what the sentence states (copula, verb phrase), list and contrast words, the concept's
definition naming another, the concept's own name, and being named together again and again.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import TYPE_CHECKING

from domain.material import RelationType
from generators.compose.maps.definition_links import read_definitions, read_names
from generators.compose.maps.links import Link, is_prose, is_unsure, keep_best
from generators.compose.maps.relation_words import EXAMPLES_FOLLOW, meaning_of, says_contrast, says_list
from generators.compose.reading.mentions import Mention, Name, Names, name_of
from generators.compose.reading.parse import ParsedSection, Sentence
from generators.compose.reading.statements import Statement, read_statements
from generators.compose.terms.terms import Term

if TYPE_CHECKING:
    from spacy.tokens import Token

_STATED, _LISTED, _CONTRASTED, _VERB, _TOGETHER = 1.0, 0.85, 0.8, 0.55, 0.2
_MOST_IN_A_SENTENCE = 10
_OFTEN = 3
_FEW_IN_A_SENTENCE = 3
_ARTICLES = frozenset({"a", "an", "any", "one", "another"})
_POINTING = frozenset({"det", "poss"})
_SETS_APART = re.compile(r"(?:^|\W)(?:from|than|to|of|with|oppos\w+|exclud\w+|counteract\w*)$", re.IGNORECASE)
"""How what sets a thing apart from another ends: "different from", and not "different across"."""

_LIST_GAP = re.compile(r"^[\s,;()“”\"'‘’]*(?:(?:and|or|as well as|the|an?|[\w-]+)[\s,;()“”\"'‘’]*){0,4}$")


def find_links(parsed: ParsedSection, terms: Sequence[Term], *, often: int = _OFTEN) -> list[Link]:
    """List the best link of every pair of terms that some sentence names together, strongest first.

    Pairs of which nothing is said count where so many sentences name both, or where nothing else links one of them.
    """
    by_name = {name_of(term.label): term for term in terms}
    names = Names(by_name)
    mentioned = {
        sentence.index: found
        for sentence in parsed.sentences
        if is_prose(sentence) and len(found := names.find_longest(sentence.text)) > 1
    }
    links = [link for index, found in mentioned.items() for link in _read(parsed, parsed.sentences[index], found)]
    links += read_definitions(parsed, by_name, mentioned)
    links += read_names(parsed, by_name, names)
    return keep_best([*links, *_from_company(parsed, mentioned, links, often=often)])


def _read(parsed: ParsedSection, sentence: Sentence, mentions: Sequence[Mention]) -> Iterator[Link]:
    if len(mentions) > _MOST_IN_A_SENTENCE or not parsed.is_full or is_unsure(parsed, sentence):
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
        if source is None or target is None or source == target or _is_compared(parsed, statement):
            continue
        is_many = parsed.doc[statement.subject].tag_ in {"NNS", "NNPS"}
        meaning = meaning_of(statement.verb, statement.noun, is_many=is_many)
        is_vague = meaning is not None and meaning.type is RelationType.IS_A and not statement.noun
        if meaning is not None and meaning.type is RelationType.CONTRASTS and not _SETS_APART.search(statement.phrase):
            continue
        if meaning is None or (is_vague and not _is_kind(parsed.doc[statement.object], parsed.doc[statement.subject])):
            if statement.phrase in sentence.text:
                yield Link(source, target, RelationType.RELATED, _VERB, sentence, statement.phrase)
            continue
        if meaning.is_reversed:
            yield Link(target, source, meaning.type, _STATED, sentence)
        else:
            yield Link(source, target, meaning.type, _STATED, sentence, statement.phrase)


def _is_compared(parsed: ParsedSection, statement: Statement) -> bool:
    """Whether more or less of something is meant: what comes with lower prices does not come with prices."""
    ends = (parsed.doc[statement.subject], parsed.doc[statement.object])
    return any(child.tag_ in {"JJR", "RBR"} for end in ends for child in end.children)


def _is_kind(token: "Token", subject: "Token") -> bool:
    """Whether what something "is" names a kind of thing: "is a mammal", "are mammals", "is the area behind the eyes".

    "Is infectious" says how it is, "is 520 nanometers" how much, and "is acceleration" or "is the slope" which it is.
    """
    children = list(token.children)
    is_amount = any(child.dep_ == "nummod" or child.like_num for child in children)
    if token.pos_ not in {"NOUN", "PROPN"} or (is_amount and _ARTICLES.isdisjoint(child.lower_ for child in children)):
        return False
    before = {child.lower_ for child in children if child.dep_ in _POINTING}
    if not before:
        is_general = not any(child.dep_ in _POINTING for child in subject.children)
        return token.tag_ == "NNS" or (token.tag_ == "NN" and is_general and len(children) > 0)
    is_told = any(child.dep_ in {"relcl", "acl", "prep"} or child.tag_ in {"JJS", "RBS"} for child in children)
    return not before.isdisjoint(_ARTICLES) or ("the" in before and is_told)


def _from_words(sentence: Sentence, first: Mention, second: Mention) -> Iterator[Link]:
    """Yield what words such as "such as" and "unlike" say of two mentions, the first standing before the second."""
    between = sentence.text[first.at.end : second.at.start]
    follows = EXAMPLES_FOLLOW.match(between)
    if follows and _LIST_GAP.match(between[follows.end() :]):
        yield Link(second.name, first.name, RelationType.EXAMPLE_OF, _LISTED, sentence)
    if kind := says_list(sentence.text, first.at, second.at):
        yield Link(second.name, first.name, kind, _LISTED, sentence)
    if words := says_contrast(sentence.text, first.at, second.at):
        yield Link(first.name, second.name, RelationType.CONTRASTS, _CONTRASTED, sentence, words)


def _from_company(
    parsed: ParsedSection, mentioned: Mapping[int, Sequence[Mention]], links: Sequence[Link], *, often: int
) -> Iterator[Link]:
    """Yield pairs that are named together again and again, and one link for a concept that nothing else links.

    One sentence that names many says nothing.
    """
    together: dict[tuple[Name, Name], list[int]] = defaultdict(list)
    for index, mentions in mentioned.items():
        for pair in combinations(dict.fromkeys(mention.name for mention in mentions), 2):
            together[min(pair, pair[::-1])].append(index)
    linked = {name for link in links for name in (link.source, link.target)}
    for (first, second), indexes in sorted(together.items(), key=lambda item: -len(item[1])):
        is_lonely = not {first, second} <= linked
        is_crowd = len(indexes) == 1 and len(mentioned[indexes[0]]) > _FEW_IN_A_SENTENCE
        if is_crowd or (len(indexes) < often and not is_lonely):
            continue
        linked |= {first, second}
        shortest = min(indexes, key=lambda index: (len(parsed.sentences[index].text), index))
        strength = _TOGETHER + 0.05 * min(4, len(indexes) - 1)
        yield Link(first, second, RelationType.RELATED, strength, parsed.sentences[shortest])
