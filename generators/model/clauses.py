"""What each clause of a reading says, and whether it says what a sentence of a model's says.

All words of one statement must stand in one clause: of "chloroplasts hold 30 stacks and mitochondria hold 7 folds"
neither the one nor the other says that mitochondria hold 30 stacks. Where words are many, order tells who did what.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from domain.documents import Citation
from domain.words import FUNCTION_WORDS, lemma, list_numbers, list_words, stem
from generators.compose.reading.parse import ParsedSection, Sentence
from generators.model.verb_forms import base_of
from generators.model.voices import Use, is_done_by, turn, uses_of

if TYPE_CHECKING:
    from spacy.tokens import Token

LEANING = frozenset(["he", "it", "its", "she", "such", "their", "these", "they", "this", "those"])
"""Words that speak of what the sentence before named."""

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
_OPENERS = frozenset({"advcl", "ccomp", "conj", "parataxis"})
_DENYING_WORDS = """barely cannot deny except fail false hardly lack mistaken myth neither never no nobody none nor not
    nothing rarely scarcely seldom untrue without wrong"""
_DENYING = frozenset(_DENYING_WORDS.split())
_REPORTING = frozenset(["allege", "assume", "believe", "claim", "imagine", "suppose", "suspect", "think"])
_JOINTS = re.compile(
    r"[,;:()]|\b(?:although|and|because|but|if|or|since|so|that|when|whereas|which|while|who)\b", re.IGNORECASE
)
_AROUND = re.compile(
    r"\b(?:about|across|after|around|as|at|before|between|by|during|for|from|in|inside|into|of|on|out|over|through|to"
    r"|under|upon|with|within|without)\b|[,;:()]",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause: the roots of its words in order, those of its subject, its verbs, and whether it denies or reports.

    `sentence` is the one it stands in where its grammar is known, else "".
    """

    words: tuple[str, ...]
    subject: frozenset[str]
    text: str
    is_denied: bool
    is_reported: bool
    uses: tuple[Use, ...] = ()
    sentence: str = ""


def root(word: str) -> str:
    """Give what the forms of a word share; a number is its digits."""
    numbers = list_numbers(word)
    return numbers[0] if numbers else stem(lemma(base_of(word)))


def roots(text: str) -> list[str]:
    """List the roots of the words that say something, in order."""
    return [root(word) for word in list_words(text) if word not in FUNCTION_WORDS or list_numbers(word)]


def denies(text: str) -> bool:
    """Whether a text denies what it speaks of; a denial of a denial is none."""
    words = list_words(text)
    return bool(sum(lemma(word) in _DENYING or word in _DENYING or word.endswith("n't") for word in words) % 2)


def cited_clauses(parsed: ParsedSection, citations: Sequence[Citation]) -> list[Clause]:
    """List the clauses of the sentences that citations touch, in order."""
    places = [at for at in map(parsed.evidence.find, citations) if at]
    touched = [
        sentence
        for sentence in parsed.sentences
        if any(sentence.at.start < at.end and at.start < sentence.at.end for at in places)
    ]
    return [clause for sentence in touched for clause in clauses_of(parsed, sentence)]


def clauses_of(parsed: ParsedSection, sentence: Sentence) -> list[Clause]:
    """Take a sentence apart at clauses with subjects of their own; one that leans has the words before it too."""
    parts: dict[tuple[int, int], list[Token]] = {}
    stops = 0
    are_many = len(list_numbers(sentence.text)) > 1
    for token in sentence.tokens:
        stops += token.text == ";"
        parts.setdefault((stops, _opener(token, sentence, are_many=are_many).i if parsed.is_full else 0), []).append(
            token
        )
    before = roots(parsed.sentences[sentence.index - 1].text) if sentence.index else []
    found = (_clause(tokens, parsed.doc[key[1]], before) for key, tokens in parts.items())
    whole = sentence.text if parsed.is_full else ""
    return [replace(clause, sentence=whole) for clause in found]


def _clause(tokens: "Sequence[Token]", head: "Token", before: Sequence[str]) -> Clause:
    text = "".join(token.text_with_ws for token in tokens)
    inside = {token.i for token in tokens}
    subjects = [each for token in tokens if token.dep_ in _SUBJECTS for each in token.subtree if each.i in inside]
    words = roots(text)
    if set(list_words(text)[:2]) & LEANING or any(token.lower_ in LEANING for token in subjects):
        words = [*before, *words]
    above = head.head if head.dep_ == "ccomp" and head.i in inside else head
    is_reported = above is not head and (above.lemma_.lower() in _REPORTING or denies(above.text))
    is_denied = denies(text) != (above is not head and any(child.dep_ == "neg" for child in above.children))
    subject = frozenset(word for token in subjects for word in roots(token.text))
    if head.dep_ == "relcl":
        noun = roots("".join(token.text_with_ws for token in _named(head)))
        words, subject = [*noun, *words], subject | set(noun)
    return Clause(tuple(words), subject, text, is_denied, is_reported, uses_of(tokens))


def _named(relative: "Token") -> "list[Token]":
    """Give the noun that a relative clause is about, and what that noun is said of: "A is a B that …"."""
    noun = relative.head
    said_of = [each for each in noun.head.lefts if each.dep_ in _SUBJECTS] if noun.dep_ == "attr" else []
    return [*said_of, noun]


def _opener(token: "Token", sentence: Sentence, *, are_many: bool) -> "Token":
    """Give the word whose clause a word stands in. Remarks are clauses where it matters which number is whose."""
    while not _opens(token, are_many=are_many) and sentence.tokens.start <= token.head.i < sentence.tokens.end:
        if token.head.i == token.i:
            break
        token = token.head
    return token


def _opens(token: "Token", *, are_many: bool) -> bool:
    has_subject = any(child.dep_ in _SUBJECTS for child in token.children)
    if token.dep_ == "ccomp" and token.head.lemma_.lower() not in _REPORTING:
        # "heat makes proteins unfold" is one statement
        has_subject = has_subject and any(child.dep_ == "mark" for child in token.children)
    return (token.dep_ in _OPENERS and has_subject) or (are_many and token.dep_ == "relcl")


def is_said(text: str, clauses: Sequence[Clause]) -> bool:
    """Whether a statement, or each part of one between its joints, stands in a clause.

    A part that goes on in another clause names its subject, or the statement began with it.
    """
    whole = roots(text)
    if any(_holds(clause, whole) for clause in clauses):
        return True
    open_to: list[Clause] | None = None
    for part in _JOINTS.split(text):
        words = roots(part)
        if not words:
            continue
        fitting = [clause for clause in clauses if _holds(clause, words)]
        if open_to is not None:
            known = {*words, *whole[:2]}
            fitting = [clause for clause in fitting if clause in open_to or clause.subject & known]
        if not fitting:
            return False
        open_to = fitting
    return open_to is not None


def says_in_order(text: str, clauses: Sequence[Clause]) -> Iterator[Clause]:
    """Yield the clauses that hold a statement's words in its order, that of its circumstances set aside.

    A clause that denies says nothing to a statement that does not, nor does what others believe. One that says it in
    the other voice is held against the statement turned into its own.
    """
    for clause in clauses:
        if clause.is_reported or clause.is_denied != denies(text):
            continue
        turned = [one.core for one in turn(text, clause.uses)] or [text]
        if any(_stands_in(clause, core) for core in turned):
            yield clause


def _stands_in(clause: Clause, text: str) -> bool:
    segments = [words for part in _AROUND.split(text) if (words := roots(part))]
    return bool(segments) and all(_in_order(clause.words, words) for words in segments)


def in_voice(text: str, clauses: Sequence[Clause]) -> str | None:
    """Give a statement in the voice of its clauses, part by part between its joints; None when its roles are others."""
    told = []
    at = 0
    for joint in (*_JOINTS.finditer(text), None):
        part = text[at : joint.start() if joint else len(text)]
        voiced = _part_in_voice(part, clauses)
        if voiced is None:
            return None
        told.append(voiced + (joint.group() if joint else ""))
        at = joint.end() if joint else at
    return "".join(told)


def _part_in_voice(part: str, clauses: Sequence[Clause]) -> str | None:
    if not part.strip():
        return part
    found = [(clause, turned) for clause in clauses for turned in turn(part, clause.uses)]
    if not found:
        said = [word for clause in clauses for word in list_words(clause.text)]
        return None if is_done_by(part, [use for clause in clauses for use in clause.uses], said) else part
    fitting = next((turned.text for clause, turned in found if _stands_in(clause, turned.core)), None)
    if fitting is not None:
        return f" {fitting}"
    others = [clause for clause in clauses if clause not in {clause for clause, _ in found}]
    return part if any(says_in_order(part, others)) else None


def _holds(clause: Clause, words: Sequence[str]) -> bool:
    if not set(words) <= set(clause.words):
        return False
    counts = [word for word in clause.words if _is_number(word)]
    return len(counts) < 2 or not any(map(_is_number, words)) or _in_order(clause.words, words)


def _in_order(among: Sequence[str], words: Sequence[str]) -> bool:
    """Whether words follow each other among others; from word to number no other number is passed over."""
    has_numbers = any(map(_is_number, words))
    for start in (place for place, word in enumerate(among) if word == words[0]):
        at, is_there = start, True
        for word in words[1:]:
            later = [place for place in range(at + 1, len(among)) if among[place] == word]
            if not later or (has_numbers and any(map(_is_number, among[at + 1 : later[0]]))):
                is_there = False
                break
            at = later[0]
        if is_there:
            return True
    return False


def _is_number(word: str) -> bool:
    return word[:1].isdigit()
