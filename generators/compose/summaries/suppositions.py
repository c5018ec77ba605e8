"""Sentences that state nothing by themselves: thought examples, conditions, questions and orders to the reader."""

import re
from collections.abc import Collection
from typing import TYPE_CHECKING

from generators.compose.reading.parse import ParsedSection, Sentence
from safety.turning_words import turning_words

if TYPE_CHECKING:
    from spacy.tokens import Token

_SUPPOSES = re.compile(
    r"(?:(?:now|and|for example|for instance|let us|let[’']s),? )?"
    r"(?:suppose|imagine|assume|consider|picture|pretend)\b",
    re.IGNORECASE,
)
_FOLLOWS_ON = re.compile(
    r"(?:(?:and|so|but) )?(?:then|in (?:that|this|such a) case|so|thus|hence|therefore|as a result)\b", re.IGNORECASE
)
_NOTIONS = frozenset(
    ["notion", "notions", "belief", "beliefs", "myths", "misconception", "seem", "seems", "suppose", "supposing"]
)
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
_FINITE = frozenset({"VBZ", "VBP", "VBD", "MD"})


def is_supposed(parsed: ParsedSection, sentence: Sentence) -> bool:
    """Whether a sentence belongs to an example in thought: "Suppose that ..." and the "Then ..." that follows on it."""
    while not _SUPPOSES.match(sentence.text):
        if not sentence.index or not _FOLLOWS_ON.match(sentence.text):
            return False
        before = parsed.sentences[sentence.index - 1]
        if "\n\n" in parsed.evidence.text[before.at.end : sentence.at.start]:
            return False
        sentence = before
    return True


def is_conditional(sentence: Sentence) -> bool:
    """Whether what a sentence says holds only under a condition, is doubted, or is only asked."""
    turning = turning_words("en")
    assert turning is not None
    unsure = turning.conditions | turning.doubts | _NOTIONS
    return sentence.text.endswith("?") or any(token.lower_ in unsure for token in sentence.tokens)


def is_statement(sentence: Sentence) -> bool:
    """Whether a sentence has a verb with a tense and tells the reader nothing to do; true where grammar is unknown.

    What has no subject and begins in small letters, or says what one thing does, is the rest of something.
    """
    tokens = sentence.tokens
    if not tokens.doc.has_annotation("DEP"):
        return True
    root = tokens.root
    is_order = root.tag_ in {"VB", "VBP"} and not any(child.dep_ in _SUBJECTS | {"aux"} for child in root.children)
    has_subject = any(child.dep_ in _SUBJECTS for child in root.children)
    is_rest = not has_subject and (sentence.text[:2].islower() or root.tag_ == "VBZ")
    return any(token.tag_ in _FINITE for token in tokens) and not is_order and not is_rest


def points_away(sentence: Sentence, subjects: Collection[str] = ()) -> bool:
    """Whether "this", or "these cases", in a sentence can only mean something said before the sentence.

    "This river" is clear where rivers are among the `subjects` of the section, which are given as lemmas.
    """
    return any(
        token.lower_ in {"this", "these"} and not _is_named(token, subjects) and not _has_clause_before(sentence, token)
        for token in sentence.tokens
        if token.pos_ in {"PRON", "DET"}
    )


def _is_named(pronoun: "Token", subjects: Collection[str]) -> bool:
    """Whether the noun behind "this" is a subject of the section, or stands before it in the sentence."""
    noun = pronoun.head.lemma_.lower()
    before = pronoun.doc[pronoun.sent.start : pronoun.i]
    return pronoun.dep_ == "det" and (noun in subjects or any(other.lemma_.lower() == noun for other in before))


def _has_clause_before(sentence: Sentence, pronoun: "Token") -> bool:
    around = {pronoun.i}
    token = pronoun
    while token.head.i != token.i:
        if token.dep_ == "conj" and token.head.i < pronoun.i:
            return True
        token = token.head
        around.add(token.i)
    return any(
        other.tag_ in _FINITE and other.dep_ not in {"aux", "auxpass"} and other.i not in around
        for other in sentence.tokens
        if other.i < pronoun.i
    )
