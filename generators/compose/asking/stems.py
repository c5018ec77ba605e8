"""Sentences of a reading as stems of questions: which are clear without the text around, and what is left out."""

import re
from collections.abc import Iterable

from domain.words import content_stems, holds, lemmas
from generators.compose.cards.cloze import stands_alone
from generators.compose.reading.parse import ParsedSection, Sentence

_FOLLOWS = re.compile(
    r"(?:as a result|consequently|therefore|thus|hence|similarly|likewise|conversely|by contrast|in contrast|instead|"
    r"on the other hand|on the one hand|for example|for instance|in other words|of course|to (?:his|her|its|their) \w+|"
    r"the (?:problem|point|question|answer|reason|result|idea|trick|catch|difference|goal) (?:is|was)|"
    r"(?:a|an|one) (?:common|famous|good|simple|similar|noteworthy|recent|different) (?:example|report|study|case)|"
    r"(?:noteworthy|other|some|further|good) (?:examples?|cases?))\b|.*\b(?:the (?:former|latter)|let[’']s)\b|"
    r"\w+ly,|.*[,—–] ?(?:however|for instance|for example|of course|therefore|though|too|say)[,.]|"
    r".*(?:\bthat|;) (?:it|they|he|she|there)\b|.*\(to be \w+|.*\banother\b|.*\bas well\.|"
    r".*\bsuch as (?:these|those)\b|"
    r".*\b(?:in|by|from|of|see|like|as) (?:[.,;]|(?:shows?|summarizes|illustrates|displays|presents|compares)\b)",
    re.IGNORECASE,
)
"""What only goes on from the sentences before, what points at them, and what has lost words."""

_SOURCE = re.compile(
    r"\s*\((?:\s*|(?:see |cf\.? )?[A-Z][\w\s.,;&’'-]*?,? (?:1[89]|20)\d{2}[a-z]?|(?:1[89]|20)\d{2}[a-z]?|"
    r"(?:see (?:also )?)?(?:figure|fig\.|table|chapter|section|box)[^()]*)\)",
    re.IGNORECASE,
)
"""In brackets: who said so and when, a picture, or what stood there and is lost."""


def is_clear(parsed: ParsedSection, sentence: Sentence, terms: Iterable[str] = ()) -> bool:
    """Whether a sentence says something to who has not read those before it. `terms` need no telling which is meant."""
    return stands_alone(sentence) and not _FOLLOWS.match(sentence.text) and not _takes_up(parsed, sentence, terms)


def without_sources(text: str) -> str:
    """Leave out what stands in brackets for who wants to look something up."""
    return _SOURCE.sub("", text)


def _takes_up(parsed: ParsedSection, sentence: Sentence, terms: Iterable[str]) -> bool:
    """Whether its subject is "the" thing of which only the sentences before say which: "The price falls"."""
    if not parsed.is_full:
        return False
    subjects = [child for child in sentence.tokens.root.children if child.dep_ in {"nsubj", "nsubjpass"}]
    if len(subjects) != 1 or subjects[0].pos_ != "NOUN":
        return False
    words = list(subjects[0].subtree)
    is_told = any(word.dep_ in {"prep", "relcl", "acl", "poss"} or word.pos_ == "ADJ" for word in words)
    if words[0].lower_ != "the" or is_told:
        return False
    said = lemmas(" ".join(word.text for word in words))
    is_title = set(content_stems(" ".join(said))) <= set(content_stems(parsed.evidence.title))
    return not is_title and not any(holds(said, lemmas(term)) for term in terms)
