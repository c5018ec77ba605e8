"""Why words that stand where a definition stands may define nothing.

They name several things in turn, list what comes next, tell a story, or speak of something else in number or kind.
"""

import re
from typing import TYPE_CHECKING

from domain.documents import Range
from generators.compose.reading.parse import ParsedSection, Sentence

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens
    from spacy.tokens import Token

_NOUNS = frozenset({"NOUN", "PROPN"})
_PLURALS = frozenset({"NNS", "NNPS"})
_SINGULARS = frozenset({"NN", "NNP"})
_SURE = 0.8
"""Wordings that define as surely as this may speak of "I" and "him"."""

_PERSONS = re.compile(r"\b(?:I|me|my|mine|he|him|his|she|her|hers|your)\b(?! or\b)")
_TELLER = re.compile(r"\b(?:which|that|whom|who|as|what) I [a-z]+|\bmy\b")
_HAD = re.compile(r"\bhad\b")
_BOTH = re.compile(r"\b(?:he or she|him or her|his or hers?|she or he|her or his|her or him)\b", re.IGNORECASE)
_LISTED = re.compile(
    r", (?:the|an?) [^,;:.()]{2,60}(?:, (?:the|an?) [^,;:.()]{2,60})*,? and (?:the|an?) [^,;:()]{2,60}$"
)
_NAMED_BEFORE = re.compile(
    r".*\b(?:is|are) (?:\w+ )?(?:called|known as|named|termed) [^,;]+[,;] (?:and|while|but|whereas) "
)
_GAPPED = re.compile(r",? and (?:the|an?) (?:[\w-]+ ){1,2}(?:the|an?) .*$", re.DOTALL)


def is_named_with_others(parsed: ParsedSection, term: Range) -> bool:
    """Whether the term is the first of several names: what is "called A, B and C" is none of the three alone."""
    head = _head(parsed, term)
    return head is not None and any(
        child.dep_ == "conj" and child.pos_ in _NOUNS and _is_joined_by_and(head, child) and not _has_verb(child)
        for child in head.children
    )


def is_second_of_two(parsed: ParsedSection, term: Range) -> bool:
    """Whether another thing is joined before the term: what "A and T are" is neither alone."""
    head = _head(parsed, term)
    return head is not None and head.dep_ == "conj" and head.head.pos_ in _NOUNS and head.head.idx < term.start


def disagrees(parsed: ParsedSection, term: Range, at: Range) -> bool:
    """Whether the definition speaks of several things and the term names one, or the other way round."""
    named, said = _head(parsed, term), _head(parsed, at)
    if named is None or said is None:
        return False
    tags = {named.tag_, said.tag_}
    return bool(tags & _PLURALS) and bool(tags & _SINGULARS)


def opens_list(sentence: Sentence, start: int) -> bool:
    """Whether the noun phrase at `start` is followed by others that are joined to it after a comma."""
    heads = [_head_within(token) for token in _from(sentence, start)]
    return any(
        child.dep_ in {"conj", "appos"}
        and child.pos_ in _NOUNS
        and child.nbor(-1).i >= head.i
        and _follows_comma(child)
        for head in heads
        for child in head.children
    )


def tells_a_story(parsed: ParsedSection, term: Range, at: Range, strength: float) -> bool:
    """Whether words tell what somebody did or who somebody is, and not what a thing is."""
    words = _BOTH.sub("", parsed.masked[at.start : at.end])
    if _TELLER.search(words) or (strength < _SURE and _PERSONS.search(words)):
        return True
    named, said = _head(parsed, term), _head(parsed, at)
    return bool(named and said and said.ent_type_ == "PERSON" and said.pos_ == "PROPN" and named.pos_ != "PROPN")


def is_in_a_story(aside: str) -> bool:
    """Whether words between a term and its verb tell of people or of what had happened before."""
    return bool(_PERSONS.search(_BOTH.sub("", aside)) or _HAD.search(aside))


def after_other_names(text: str, at: Range) -> Range:
    """Leave out a clause before, that names something else: "X are called A, and Y are called B"."""
    found = _NAMED_BEFORE.match(text, at.start, at.end)
    return Range(found.end(), at.end) if found else at


def opens_side_clause(sentence: Sentence, start: int) -> bool:
    """Whether a clause that only leans on another begins at `start`: "if they do", "when it rains"."""
    return any(token.dep_ in {"mark", "advmod"} and token.tag_ in {"IN", "WRB"} for token in _from(sentence, start))


def is_past(sentence: Sentence, start: int) -> bool:
    """Whether the first verb with a tense at or after `start` tells of the past."""
    tenses = (token.tag_ for token in sentence.tokens if token.idx >= start)
    return next((tag for tag in tenses if tag in {"VBD", "VBZ", "VBP", "MD"}), "") == "VBD"


def is_one_of_list(sentence: Sentence, term: Range, end: int) -> bool:
    """Whether what stands before "or" and the term is one of several things to choose from, or stands behind a dash.

    "..., liberty, or possessions" names three things, and "a wax print—or a silk sari" two.
    """
    before = [token for token in sentence.tokens if token.idx < end and not token.is_punct][-1:]
    named = [token for token in sentence.tokens if token.idx >= end and token.idx < term.end]
    has_article = any(token.tag_ == "DT" for token in named)
    is_dashed = any(token.text in {"—", "–"} for token in named)
    return (is_dashed and has_article) or any(
        token.dep_ == "conj" and token.head.pos_ in _NOUNS and token.head.i < token.i for token in before
    )


def is_narrated(sentence: Sentence, start: int) -> bool:
    """Whether the relative clause at `start` tells what happened once, or what a person by name does."""
    clauses = [token for first in _from(sentence, start) for token in first.ancestors if token.dep_ == "relcl"]
    return any(
        token.tag_ == "VBD" or (token.dep_ == "nsubj" and token.pos_ == "PROPN")
        for clause in clauses[:1]
        for token in (clause, *clause.children)
    )


def without_other_items(words: str, *, is_inserted: bool) -> str:
    """Cut where the sentence goes on with what the term stands beside, or says the same of another thing."""
    cut = _LISTED.sub("", words) if is_inserted else words
    return _GAPPED.sub("", cut)


def _from(sentence: Sentence, start: int) -> "list[Token]":
    """Give the first word at or after a place of the sentence, if there is one."""
    return [token for token in sentence.tokens if token.idx >= start][:1]


def _head_within(first: "Token") -> "Token":
    """Climb from the first word of a noun phrase to the noun that it hangs on."""
    head = first
    while head.head.i > head.i and head.pos_ not in {"VERB", "AUX"} and head.head.left_edge.i >= first.i:
        head = head.head
    return head


def _head(parsed: ParsedSection, at: Range) -> "Token | None":
    """Give the noun that the phrase at a place hangs on."""
    tokens: Tokens | None = parsed.doc.char_span(at.start, at.end, alignment_mode="contract")
    root = tokens.root if tokens else None
    return root if root is not None and root.pos_ in _NOUNS else None


def _is_joined_by_and(head: "Token", last: "Token") -> bool:
    chain = [head, last]
    while later := [child for child in chain[-1].children if child.dep_ == "conj" and child.pos_ in _NOUNS]:
        chain.append(later[0])
    return any(child.lower_ in {"and", "&"} for token in chain for child in token.children if child.dep_ == "cc")


def _has_verb(noun: "Token") -> bool:
    return any(token.pos_ in {"VERB", "AUX"} for token in noun.subtree)


def _follows_comma(token: "Token") -> bool:
    left = token.left_edge
    return (
        bool(left.i)
        and token.doc[left.i - 1].text in {",", "and"}
        and any(each.text == "," for each in token.doc[max(left.i - 2, 0) : left.i])
    )
