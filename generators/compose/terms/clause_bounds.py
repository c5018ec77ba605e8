"""Where the clause around a definition begins and ends, by the grammar of its sentence."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from generators.compose.reading.parse import Sentence

if TYPE_CHECKING:
    from spacy.tokens import Token

_COMPARED = frozenset({"JJR", "RBR"})


def clause_start(sentence: Sentence, verb: int) -> int:
    """Where the clause of the verb begins: after the last comma, dash or semicolon that opens a subject."""
    start = sentence.at.start
    depth = 0
    for token in sentence.tokens:
        if token.idx >= verb:
            break
        depth += (token.text == "(") - (token.text == ")")
        if depth == 0 and token.text in {",", ";", "—", "–", ":"} and _opens_subject(sentence, token.i + 1, verb):
            start = token.idx + len(token.text)
    return start


def _opens_subject(sentence: Sentence, index: int, verb: int) -> bool:
    doc = sentence.tokens.doc
    subjects = [
        token
        for token in doc[index : sentence.tokens.end]
        if token.idx < verb and token.dep_ in {"nsubjpass", "nsubj"} and token.head.idx >= verb
    ]
    return bool(subjects) and all(token.left_edge.i >= index for token in subjects)


def clause_end(sentence: Sentence, start: int, *, is_inserted: bool) -> int:
    """Where the clause that runs on from `start` ends: at a full stop, a semicolon, or a clause joined to it.

    What is inserted between commas ends at the comma before the verb of the clause around it.
    """
    tokens = [token for token in sentence.tokens if token.idx >= start]
    depth = 0
    for place, token in enumerate(tokens):
        depth += (token.text in "([") - (token.text in ")]")
        if depth < 0:
            return int(token.idx)
        is_join = (
            token.dep_ == "cc" and not _joins_relative(token) and (_joins_clause(token) or _joins_verb(token, start))
        )
        is_back = is_inserted and token.text == "," and _goes_on(tokens[place + 1 : place + 3])
        if depth == 0 and place and (token.text in {";", ":"} or is_join or is_back):
            return int(token.idx)
    return sentence.at.end


def _goes_on(tokens: "Sequence[Token]") -> bool:
    """Whether the clause around an insertion goes on with the tokens: with its verb, or with its subject.

    "The more ..., the more ..." is one clause.
    """
    if len(tokens) > 1 and tokens[0].lower_ == "the" and tokens[1].tag_ in _COMPARED:
        return False
    return _is_finite(tokens) or any(
        word.dep_ in {"nsubj", "nsubjpass"} and word.left_edge.i == token.i and word.head.dep_ == "ROOT"
        for token in tokens[:1]
        for word in (token, *token.ancestors)
    )


def _is_finite(tokens: "Sequence[Token]") -> bool:
    """Whether the first of the tokens, or the one after an adverb, is a verb with a tense that starts no list item."""
    for token in tokens:
        if token.pos_ != "ADV":
            return token.tag_ in {"VBZ", "VBP", "VBD", "MD"} and token.dep_ != "conj"
    return False


def _joins_clause(conjunction: "Token") -> bool:
    """Whether another clause with a subject of its own follows the conjunction."""
    return any(
        word.dep_ == "conj"
        and word.i > conjunction.i
        and any(child.dep_ in {"nsubj", "nsubjpass", "expl"} and child.i > conjunction.i for child in word.children)
        for word in conjunction.head.children
    )


def _joins_relative(conjunction: "Token") -> bool:
    """Whether another relative clause follows: "who pays and who does not"."""
    rest = conjunction.doc[conjunction.i + 1 : conjunction.i + 2]
    return bool(rest) and rest[0].tag_ in {"WP", "WDT"}


def _joins_verb(conjunction: "Token", start: int) -> bool:
    """Whether the verb that the definition from `start` hangs on, or opens with, is joined with another."""
    head = conjunction.head
    return (
        conjunction.lower_ != "or"
        and head.pos_ in {"VERB", "AUX"}
        and head.idx <= start
        and any(
            word.dep_ == "conj" and word.i > conjunction.i and word.tag_ in {"VBZ", "VBP", "VBD", "MD"}
            for word in head.children
        )
    )
