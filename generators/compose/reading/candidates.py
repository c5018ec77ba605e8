"""Phrases that might be terms: noun phrases, "noun of noun", and what sentences give a name to.

Each comes with where it stands and with what speaks for it; `generators.compose.terms.terms` weighs that.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.documents import Range
from generators.compose.reading.common_words import VERY_COMMON
from generators.compose.reading.parse import ParsedSection, Sentence

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens
    from spacy.tokens import Token

LONGEST_TERM = 6
"""Words in a term."""

_NAMING = re.compile(
    r"\b(?:called|termed|known as|referred to as|(?:[Tt]he|a) (?:term|concept of)|defined as|dubbed|labell?ed|"
    r"call (?:it|this|these|them)|named)(?: simply)? [“\"'‘]?(?:the |an? )?[“\"'‘]?"
)
_BREAKS = frozenset(".,;:()=")
_WORDS_FOR_WORDS = frozenset({"term", "word", "phrase", "expression", "concept", "notion"})
_OFTEN = 5
_SHORT, _SHORT_OF_SOMEBODY = 2, 4
"""Words before "of" in a term: "law of motion", "Newton's first law of motion"."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A phrase, its normal form, and every place it stands at, in order."""

    key: str
    label: str
    places: tuple[Range, ...]
    is_named: bool = False


def normal_form(label: str) -> str:
    """Give the form under which two spellings of a term are one: lower case, singular, without brackets."""
    bare = re.sub(r"\([^)]*\)", " ", label.lower().replace("’", "'"))
    return " ".join(_singular(word) for word in re.findall(r"[^\W_]+(?:'[^\W_]+)?", bare))


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def find_candidates(parsed: ParsedSection) -> tuple[Candidate, ...]:
    """List the phrases of the section that could be terms, in order of first mention.

    A word of every schoolbook, such as "force", is one where it comes again and again.
    """
    labels: dict[str, str] = {}
    places: dict[str, set[Range]] = {}
    named: set[str] = set()
    for span, is_named in _phrases(parsed):
        key = normal_form(span.text)
        if len(key) < 3 or len(key.split()) > LONGEST_TERM:
            continue
        labels.setdefault(key, " ".join(span.text.split()))
        places.setdefault(key, set()).add(Range(span.start_char, span.end_char))
        if is_named:
            named.add(key)
    return tuple(
        Candidate(key, label, tuple(sorted(places[key])), key in named)
        for key, label in labels.items()
        if key not in VERY_COMMON or len(places[key]) >= _OFTEN
    )


def _phrases(parsed: ParsedSection) -> "Iterator[tuple[Tokens, bool]]":
    doc = parsed.doc
    bare = {token.i for sentence in parsed.sentences if _is_bare(sentence) for token in sentence.tokens}
    chunks = [chunk for chunk in map(_core, doc.noun_chunks) if chunk is not None and chunk.start not in bare]
    ends = {match.end() for match in _NAMING.finditer(parsed.evidence.text)}
    starts = {chunk.start: chunk for chunk in chunks}
    for chunk in chunks:
        yield chunk, chunk.start_char in ends
        of = chunk.end
        follower = starts.get(of + 1) or starts.get(of + 2)
        if follower is not None and of < len(doc) and doc[of].lower_ == "of" and _may_go_on(chunk):
            yield doc[chunk.start : follower.end], chunk.start_char in ends
    for token in doc:
        if token.idx in ends and token.i not in starts and token.pos_ in {"ADJ", "VERB", "NOUN", "PROPN"}:
            yield doc[token.i : token.i + 1], True


def _may_go_on(chunk: "Tokens") -> bool:
    """Whether a phrase is short enough to be one term together with what follows its "of"."""
    is_of_somebody = any(token.tag_ == "POS" for token in chunk)
    return len(chunk) <= (_SHORT_OF_SOMEBODY if is_of_somebody else _SHORT)


def _is_bare(sentence: Sentence) -> bool:
    """Whether it is a note like "Handout, two pages.": closed as a sentence, and without any verb."""
    is_closed = sentence.text.endswith(".")
    return is_closed and not any(token.pos_ in {"VERB", "AUX"} for token in sentence.tokens)


def _core(chunk: "Tokens") -> "Tokens | None":
    """Strip determiners and numbers from the start of a chunk, and "term" of "the term tide"."""
    doc, start, end = chunk.doc, chunk.start, chunk.end
    while start < end and _is_outer(doc[start]):
        start += 1
    is_introduced = start > chunk.start and end - start > 1 and doc[start].lower_ in _WORDS_FOR_WORDS
    start += is_introduced
    while end > start and (doc[end - 1].is_punct or doc[end - 1].is_space):
        end -= 1
    core = doc[start:end]
    is_noun = any(token.pos_ in {"NOUN", "PROPN"} for token in core)
    return core if is_noun and not any(token.is_space or token.text in _BREAKS for token in core) else None


def _is_outer(token: "Token") -> bool:
    if token.i + 1 < len(token.doc) and token.doc[token.i + 1].text in {"-", "–"}:
        return False
    is_empty = token.is_stop or token.is_punct or token.is_space
    return is_empty or token.pos_ in {"DET", "PRON", "NUM", "ADV"} or token.tag_ in {"PRP$", "POS", "JJR", "JJS"}
