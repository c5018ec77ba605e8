"""Questions that ask why: from sentences of the reading that give the reason themselves, with "because"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.words import content_lemmas
from generators.compose.reading.parse import ParsedSection, Sentence

if TYPE_CHECKING:
    from spacy.tokens import Token

_FEWEST, _MOST = 3, 20
"""Words of what is asked about."""

_FEWEST_OF_REASON, _MOST_OF_REASON = 2, 25
_DO = {"VBD": "did", "VBZ": "does", "VBP": "do"}
_DOUBTED = re.compile(
    r"\b(?:not|n[’']t|never|only|just|simply|precisely|perhaps|partly|maybe|too|also|said|believed?|thought|argued?|if)\b|[;:“”\"]",
    re.IGNORECASE,
)
"""Words with which the reason may not be the reason, or is somebody's opinion."""

_MODALS = re.compile(r"\b(?:can|could|may|might|must|shall|should|will|would)\b", re.IGNORECASE)
_LEANS = re.compile(r"(?:this|these|that|those|such|we|you|i|he|she|his|her)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reason:
    """A question why something is so, and the reading's own words that say why."""

    sentence: Sentence
    question: str
    answer: str


def find_reasons(parsed: ParsedSection) -> Iterator[Reason]:
    """Yield what the section's sentences give a reason for; only English has the words and the grammar for it."""
    for sentence in parsed.sentences if parsed.is_full else ():
        root = sentence.tokens.root
        clause = _because(root)
        if clause is None:
            continue
        mark, answer = clause
        question = _ask(root, mark.i)
        if question and not _LEANS.match(answer) and len(content_lemmas(answer)) >= _FEWEST_OF_REASON:
            yield Reason(sentence, question, answer)


def _because(verb: "Token") -> "tuple[Token, str] | None":
    """Give the word "because" behind a main verb and the words of its clause, up to the end of the sentence."""
    doc = verb.doc
    for child in verb.children:
        mark = next((token for token in child.children if token.dep_ == "mark" and token.lower_ == "because"), None)
        if child.dep_ == "advcl" and mark is not None and mark.i > verb.i:
            answer = " ".join(doc[mark.i + 1 : verb.sent.end].text.split())
            after = doc[child.right_edge.i + 1 : verb.sent.end]
            is_whole = answer.endswith(".") and all(token.is_punct or token.is_space for token in after)
            return (mark, answer.rstrip(" .")) if is_whole and len(answer.split()) <= _MOST_OF_REASON else None
    return None


def _ask(verb: "Token", end: int) -> str:
    """Turn the main clause before a place into a question; empty where it cannot be turned without a doubt."""
    doc = verb.doc
    start = next(token.i for token in verb.sent if not token.is_space)
    subjects = [child for child in verb.children if child.dep_ in {"nsubj", "nsubjpass"}]
    said = " ".join(doc[start:end].text.split()).rstrip(" ,")
    is_plain = len(subjects) == 1 and subjects[0].pos_ in {"NOUN", "PROPN"} and subjects[0].left_edge.i == start
    is_handy = _FEWEST <= len(said.split()) <= _MOST and not _DOUBTED.search(said)
    is_single = len(_MODALS.findall(said)) <= 1 and not any(child.dep_ == "conj" for child in verb.children)
    if not is_plain or not is_handy or not is_single:
        return ""
    subject = doc[start : subjects[0].right_edge.i + 1]
    helper = next(
        (child for child in verb.children if child.dep_ in {"aux", "auxpass"} and child.i >= subject.end), verb
    )
    if helper.i != subject.end or (helper is verb and helper.lemma_ != "be" and verb.tag_ not in _DO):
        return ""
    rest = " ".join(doc[helper.i + 1 : end].text.split()).rstrip(" ,")
    if helper is verb and verb.lemma_ != "be":
        return f"Why {_DO[verb.tag_]} {_inside(subject.text, subject[0])} {verb.lemma_} {rest}".rstrip() + "?"
    return f"Why {helper.lower_} {_inside(subject.text, subject[0])} {rest}".rstrip() + "?"


def _inside(words: str, first: "Token") -> str:
    """Give words without the capital that they have for opening a sentence."""
    text = " ".join(words.split())
    return text[:1].lower() + text[1:] if first.pos_ != "PROPN" and text[1:2].islower() else text
