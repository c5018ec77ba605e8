"""How a question names what it asks for: as its sentence writes it, a person as one."""

import re

from domain.material import Flashcard
from generators.compose.reading.candidates import normal_form
from generators.compose.reading.parse import ParsedSection, Sentence
from generators.compose.terms.terms import mention_pattern

_PERSON = re.compile(
    r"(?:\w*(?:er|or|ist|ian|man|woman|king|queen|prince|princess|poet|monk|nun|priest|pope|general|judge|chief|hero|"
    r"saint|son|wife|husband|scholar|president))\b",
    re.IGNORECASE,
)
_HEAD = re.compile(r"[^,;:]*?(?=\s(?:who|whom|whose|which|that|of|in|from|at|and|to|for|with|by)\b|[,;:.(]|$)")
"""The words of a definition up to its head."""


def ask_for(parsed: ParsedSection, card: Flashcard) -> str:
    """Give the card's question; a person is asked for as one."""
    mention = mention_pattern(card.term).search(card.claim.text)
    if mention is not None and is_person(parsed, card):
        is_past = re.match(r"(?: \([^)]*\))? was\b", card.claim.text[mention.end() :]) is not None
        return f"Who {'was' if is_past else 'is'} {mention[0]}?"
    return card.front if card.front.endswith(("?", "？", "؟")) else f"{card.term}?"


def is_person(parsed: ParsedSection, card: Flashcard) -> bool:
    """Whether the section's grammar takes a term for the name of a person, and what is said of it tells of one."""
    head = _HEAD.match(card.back)
    told = head[0].split()[-1:] if head is not None else []
    return normal_form(card.term) in parsed.once(_people) and any(_PERSON.fullmatch(word) for word in told)


def _people(parsed: ParsedSection) -> frozenset[str]:
    """List the names of people; a word that the section also writes small is none."""
    names = [one.text for one in parsed.doc.ents if one.label_ == "PERSON"]
    small = {normal_form(token.text) for token in parsed.doc if token.is_lower}
    return frozenset(normal_form(name) for whole in names for name in (whole, whole.split()[-1])) - small


def name_in(parsed: ParsedSection, sentence: Sentence, term: str) -> str:
    """Give a term as its sentence writes it, but for the capital that opens a sentence."""
    mention = mention_pattern(term).search(sentence.text)
    assert mention is not None
    words = mention[0]
    first = next((token for token in sentence.tokens if token.idx >= sentence.at.start + mention.start()), None)
    is_name = words[1:] != words[1:].lower() or (first is not None and (first.pos_ == "PROPN" or bool(first.ent_type_)))
    everywhere = {found[0][:1] for found in mention_pattern(term).finditer(parsed.evidence.text)}
    is_common = any(first.islower() for first in everywhere) or not (mention.start() or is_name)
    return words[:1].lower() + words[1:] if is_common else words
