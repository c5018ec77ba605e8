"""What a last hint may add: which things a sentence leaves to find, and what is known of a gap without its word."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.words import FUNCTION_WORDS, content_stems, fold, holds, lemmas, list_words, stem
from generators.compose.reading.parse import ParsedSection, Sentence
from safety.leaks import is_numeric

if TYPE_CHECKING:
    from spacy.tokens import Token

_MOST_GAPS = 2
"""Things to find in a sentence beyond which they become one gap."""

_COUNTS = ("", "one word", "two words", "three words", "four words", "five words")
_KINDS = {"PROPN": "a name", "ADJ": "a word that describes", "VERB": "a verb"}
_ROLES = {"nsubj": "what the sentence is about", "nsubjpass": "what the sentence is about"}


@dataclass(frozen=True, slots=True)
class More:
    """What a gap takes, and another sentence that speaks of it, with its place in words."""

    kind: str
    place: str
    sentence: Sentence


def tell_more(answer: str, key: Sentence, parsed: ParsedSection) -> More | None:
    """Say what fits the gap that `answer` left in `key`; None for a section of one sentence."""
    beside = _find_beside(answer, key, parsed)
    if beside is None:
        return None
    places = {1: "The next sentence says", -1: "The sentence before it says"}
    return More(_kind(answer, key), places.get(beside.index - key.index, "Elsewhere it says"), beside)


def find_open_things(sentence: Sentence, known: set[str]) -> list[str]:
    """List the things a sentence tells somebody who knows the stems `known`: those on the other side of its verb.

    Where both sides hold what is known, all things that are not known count.
    """
    things = [(side, thing) for side, thing in _things(sentence) if not known & set(content_stems(thing))]
    asked = {side for side, thing in _things(sentence) if known & set(content_stems(thing))}
    across = [thing for side, thing in things if side not in asked]
    words = [word for word in list_words(sentence.text) if word not in FUNCTION_WORDS and stem(word) not in known]
    return across or [thing for _, thing in things] or words


def join_things(sentence: str, things: Sequence[str], known: set[str]) -> str:
    """Give the words from the first thing to the last where they are many and nothing known stands between."""
    places = sorted((sentence.find(thing), thing) for thing in things)
    if len(things) <= _MOST_GAPS or places[0][0] < 0:
        return ""
    last, thing = places[-1]
    stretch = sentence[places[0][0] : last + len(thing)]
    return "" if known & set(content_stems(stretch)) else stretch


def _things(sentence: Sentence) -> list[tuple[bool, str]]:
    """List noun phrases and numbers with whether they come after the verb; without a grammar, words on one side."""
    tokens = sentence.tokens
    if not tokens.doc.has_annotation("DEP"):
        return [(False, word) for word in list_words(sentence.text) if len(word) > 3 or word.isdigit()]
    verb = tokens.root.i
    chunks = [
        (chunk.start > verb, chunk.text)
        for chunk in tokens.noun_chunks
        if any(token.pos_ in {"NOUN", "PROPN"} for token in chunk)
    ]
    return chunks + [(token.i > verb, token.text) for token in tokens if token.like_num]


def _find_beside(answer: str, key: Sentence, parsed: ParsedSection) -> Sentence | None:
    """Give the nearest other sentence that speaks of the answer, else the next one, else the one before."""
    wanted = lemmas(answer)
    others = [other for other in parsed.sentences if other is not key and len(list_words(other.text)) >= 4]
    naming = [other for other in others if holds(lemmas(other.text), wanted)]
    after_first = sorted(naming or others, key=lambda other: (abs(other.index - key.index), other.index < key.index))
    return after_first[0] if after_first else None


def _kind(answer: str, key: Sentence) -> str:
    """Say what kind of word is missing, of how many words, and its part in the sentence; numbers stay uncounted."""
    if is_numeric(answer):
        return "a number"
    root = _root(answer, key)
    kind = _KINDS.get(root.pos_, "a thing") if root is not None else "a thing"
    if root is not None and root.tag_ == "NNS":
        kind = "things, more than one"
    count = len(answer.split())
    counted = f", in {_COUNTS[count]}" if 0 < count < len(_COUNTS) else ""
    role = _ROLES.get(root.dep_, "") if root is not None and root.head == key.tokens.root else ""
    return f"{kind}{counted}{': ' if role else ''}{role}"


def _root(answer: str, key: Sentence) -> "Token | None":
    at = fold(key.text).find(fold(answer))
    if at < 0 or not key.tokens.doc.has_annotation("DEP"):
        return None
    start = key.at.start + at
    found = key.tokens.doc.char_span(start, start + len(answer), alignment_mode="expand")
    return found.root if found is not None else None
