"""How a question names what it asks for: as its sentence writes it, a person as one."""

from domain.material import Flashcard
from generators.compose.reading.parse import ParsedSection, Sentence
from generators.compose.terms.terms import mention_pattern


def ask_for(card: Flashcard) -> str:
    """Give the card's question; a card that asks nothing is asked for by its term."""
    return card.front if card.front.endswith(("?", "？", "؟")) else f"{card.term}?"


def is_person(card: Flashcard) -> bool:
    """Whether a card asks who somebody is."""
    return card.front.startswith("Who ")


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
