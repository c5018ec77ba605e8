"""What the sentences of a section state about two things: subject, verb and object, read from the grammar.

`relations` decides what a statement means for concepts; this module only knows dependency labels.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens
    from spacy.tokens import Token

_SUBJECTS = {"nsubj", "nsubjpass"}
_OBJECTS = {"dobj", "attr", "oprd", "acomp", "dative"}
_NAMING = {"call", "term", "name", "know", "dub", "label"}

_HEDGES = frozenset(
    {"often", "sometimes", "usually", "rarely", "partly", "generally", "typically", "occasionally", "mostly"}
    | {"seldom", "hardly", "almost", "partially", "possibly", "probably"}
)
"""Words before a verb that say how surely, how often or how much."""

_ARTICLES = {"a", "an", "any", "one", "another"}


@dataclass(frozen=True, slots=True)
class Statement:
    """Subject and object as the indexes of their head words in the document.

    `verb` is the lemma with its preposition ("lead to", "be", "be caused by"); `phrase` the words as they stand.
    `noun` is the class word between a form of be and the object: type in "is a type of", else empty.
    """

    subject: int
    verb: str
    object: int
    phrase: str
    noun: str = ""


def read_statements(sentence: "Tokens") -> Iterator[Statement]:
    """Yield the sentence's statements; denied ones are left out."""
    for token in sentence:
        if token.dep_ in _SUBJECTS:
            subjects = _with_partners(_antecedent(token))
            for verb in _with_partners(token.head):
                if verb.i == token.head.i or not any(child.dep_ in _SUBJECTS for child in verb.children):
                    yield from _about(subjects, verb)
        elif token.dep_ == "appos" and _is_set_off(token):
            yield Statement(token.head.i, "be", token.i, "is")
        elif token.dep_ == "acl" and token.lemma_ in _NAMING and not _is_inner(token.head):
            for _, named in _objects(token):
                yield Statement(named.i, "be", token.head.i, "is")


def _about(subjects: "list[Token]", verb: "Token") -> Iterator[Statement]:
    """Yield what the verb says of the subjects, unless it is denied of them."""
    if any(_is_denial(child) for token in (verb, subjects[0]) for child in token.children):
        return
    for child in verb.children:
        # "tends to cause" says "causes"
        if child.dep_ == "xcomp" and child.pos_ == "VERB":
            yield from _about(subjects, child)
    is_passive = any(child.dep_ in {"nsubjpass", "auxpass"} for child in verb.children)
    for preposition, target in _objects(verb):
        lemma = f"be {verb.lower_}" if is_passive else verb.lemma_
        words = _words(verb, is_passive=is_passive)
        for subject in subjects:
            yield Statement(subject.i, _join(lemma, preposition), target.i, _join(words, preposition))
            if verb.lemma_ in {"be", "become", "represent", "serve", "act"}:
                yield from _through(subject, target)


def _words(verb: "Token", *, is_passive: bool) -> str:
    """Give the verb as it stands, with the words that say how surely or how often: "may cause", "is often used"."""
    before = [child for child in verb.children if child.i < verb.i]
    hedges = [child.lower_ for child in before if child.tag_ == "MD" or child.lower_ in _HEDGES]
    is_modal = any(child.tag_ == "MD" for child in before)
    be = [] if not is_passive else ["be" if is_modal else "is"]
    return " ".join([*(hedges if is_modal else []), *be, *([] if is_modal else hedges), verb.lower_])


def _through(subject: "Token", noun: "Token") -> Iterator[Statement]:
    """Yield what is said through a class word: "is a type of B", "is necessary for B"."""
    for preposition, target in _prepositional(noun):
        phrase = f"is {noun.lower_} {preposition}"
        if noun.pos_ == "NOUN":
            article = next((child.lower_ + " " for child in noun.children if child.dep_ == "det"), "")
            phrase = f"is {article}{noun.lower_} {preposition}"
        yield Statement(subject.i, f"be {preposition}", target.i, phrase, noun.lemma_.lower())


def _objects(verb: "Token") -> "Iterator[tuple[str, Token]]":
    """Yield what the verb acts on, with the preposition between."""
    particle = next((child.lower_ for child in verb.children if child.dep_ == "prt"), "")
    for child in verb.children:
        if child.dep_ in _OBJECTS:
            for partner in _with_partners(child):
                if partner.i == child.i or not _is_alternative(child):
                    yield particle, partner
    for preposition, target in _prepositional(verb):
        yield _join(particle, preposition), target


def _prepositional(head: "Token") -> "Iterator[tuple[str, Token]]":
    for child in head.children:
        if child.dep_ in {"prep", "agent"} and child.lower_ != "than":
            for inner in child.children:
                if inner.dep_ == "pobj":
                    for partner in _with_partners(inner):
                        yield child.lower_, partner


def _is_denial(token: "Token") -> bool:
    return token.dep_ == "neg" or token.lower_ in {"no", "not", "neither", "few", "hardly"}


def _is_alternative(token: "Token") -> bool:
    """Whether what is joined to the noun is another word for it, or a choice: "the middle value, or median"."""
    return any(child.dep_ == "cc" and child.lower_ == "or" for child in token.children)


def _is_inner(noun: "Token") -> bool:
    """Whether the noun hangs from another, so a name after it may be the other's: "a part of the cell known as"."""
    return noun.dep_ == "pobj" and noun.head.head.pos_ in {"NOUN", "PROPN"}


def _is_set_off(token: "Token") -> bool:
    """Whether the noun's phrase says what stands before it, as in "the cell, a unit of life"."""
    edge = token.left_edge
    return edge.i > 0 and edge.lower_ in _ARTICLES and token.doc[edge.i - 1].text in {",", "—", "–", ":"}


def _with_partners(token: "Token") -> "list[Token]":
    """Give the token and what is joined to it by and, or, commas."""
    return [token, *token.conjuncts] if token.dep_ != "conj" else [token]


def _antecedent(token: "Token") -> "Token":
    """Give the noun that a relative pronoun stands for, or the token itself."""
    if token.tag_ in {"WDT", "WP"} and token.head.dep_ == "relcl":
        return token.head.head
    return token


def _join(first: str, second: str) -> str:
    return f"{first} {second}".strip()
