"""Flashcards out of the reading itself: definition cards first, then terms in context, then a few facts.

The rules of a good card are kept by construction: one fact, an answer of at most 40 words that opens with no
pronoun, a front that ends in a question mark or holds a blank and does not give the answer away.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from domain.claims import Claim
from domain.documents import Range
from domain.ids import UnitId, stable_id
from domain.material import CardForm, Flashcard, Kind
from generators.compose.cards.card_wording import ask, is_persons
from generators.compose.cards.facts import Fact, find_facts
from generators.compose.cards.gaps import gaps_for, leans, spelt_out
from generators.compose.reading.candidates import normal_form
from generators.compose.reading.common_words import COMMON, FAIRLY_COMMON, VERY_COMMON
from generators.compose.reading.parse import ParsedSection
from generators.compose.terms.plain_definitions import SURE
from generators.compose.terms.terms import Term, find_terms, mention_pattern

_LONGEST_ANSWER = 40
_SHORTEST_DEFINITION = 4
_MOST_TERMS = 60
_MOST_FACTS = 4
_ENOUGH_EMPHASIS = 2
_STRONG, _LIKELY, _POSSIBLE = 0.5, 0.2, 0.05
"""Chances of a phrase: as good as marked, worth a card, worth one where it is explained, or nothing better is there."""

_EVERYDAY = COMMON | FAIRLY_COMMON | VERY_COMMON
_FEWEST_PLAIN, _MOST_PLAIN = 4, 12


def make_cards(parsed: ParsedSection, *, more: int = 0) -> tuple[Flashcard, ...]:
    """Make the section's cards: what its terms mean first, then a few facts, `more` than usual. May be empty."""
    chosen = choose_terms(parsed)
    cards = [card for term in chosen if (card := _term_card(parsed, term)) is not None]
    cards += islice(_spare_cards(parsed, chosen), more)
    facts = [_fact_card(parsed, fact) for fact in find_facts(parsed, limit=_MOST_FACTS + more)]
    return _without_twins([card for card in (*cards, *facts) if not _gives_away(card)])


def combine_cards(parts: Sequence[Sequence[Flashcard]]) -> tuple[Flashcard, ...]:
    """Put the cards of the sections together: one card for a term, the first that defines it."""
    cards = [card for part in parts for card in part]
    defined = {normal_form(card.term) for card in cards if card.term and card.form is CardForm.DEFINITION}
    kept = [card for card in cards if card.form is not CardForm.CLOZE or normal_form(card.term) not in defined]
    return _without_twins(kept)


def choose_terms(parsed: ParsedSection) -> tuple[Term, ...]:
    """Choose the terms worth a card, in reading order: the author's own where they are enough, else the likeliest too.

    Marks are enough where they cover at least half of what the section itself gives good reason to take for a term.
    """
    terms = find_terms(parsed, limit=_MOST_TERMS)
    marked = [term for term in terms if term.is_emphasised]
    plain = [term for term in terms if not term.is_emphasised and _is_worth_a_card(parsed, term)]
    strong = sum(term.weight >= _STRONG for term in plain)
    chosen = marked
    if len(marked) < _ENOUGH_EMPHASIS or len(marked) < strong:
        likely = [term for term in plain if term.weight >= _LIKELY][: max(0, _MOST_PLAIN - len(marked))]
        possible = [term for term in plain if term.weight >= (_POSSIBLE if term.definition else _LIKELY)]
        is_few = not marked and len(likely) < _FEWEST_PLAIN
        explained = [term for term in possible[_FEWEST_PLAIN:_MOST_PLAIN] if term.definition]
        chosen = [*marked, *([*possible[:_FEWEST_PLAIN], *explained] if is_few else likely)]
    elif not parsed.is_full:
        chosen = [*marked, *(term for term in plain if term.weight >= SURE)]
    return tuple(sorted(chosen, key=lambda term: term.at))


def _is_worth_a_card(parsed: ParsedSection, term: Term) -> bool:
    """Whether an unmarked term is more than a plain word or a person's name that the text only uses."""
    is_known = bool(term.definition) or not parsed.is_full
    return is_known or not (is_persons(parsed, term) or normal_form(term.label) in _EVERYDAY)


def _spare_cards(parsed: ParsedSection, chosen: Sequence[Term]) -> Iterator[Flashcard]:
    """Yield cards of the terms that were not chosen, the likeliest first, for those who want another."""
    names = {normal_form(term.label) for term in chosen}
    for term in find_terms(parsed, limit=_MOST_TERMS):
        is_new = normal_form(term.label) not in names and (term.is_emphasised or _is_worth_a_card(parsed, term))
        if is_new and (term.definition or term.weight >= _POSSIBLE):
            card = _term_card(parsed, term)
            if card is not None and not _gives_away(card):
                yield card


def _term_card(parsed: ParsedSection, term: Term) -> Flashcard | None:
    if term.definition and term.definition_at is not None:
        card = _definition_card(parsed, term, term.definition_at)
        if card is not None:
            return card
    if (gap := spelt_out(parsed, term)) is not None:
        return _card(parsed, gap.at, form=CardForm.DEFINITION, sides=(gap.front, gap.back), term=term.label)
    if not term.is_emphasised and is_persons(parsed, term):
        return None
    gap = next(gaps_for(parsed, term), None)
    return (
        None
        if gap is None
        else _card(parsed, gap.at, form=CardForm.CLOZE, sides=(gap.front, gap.back), term=term.label)
    )


def _definition_card(parsed: ParsedSection, term: Term, at: Range) -> Flashcard | None:
    sides = ask(parsed, term, at)
    if sides is None:
        return None
    front, back = sides
    if (given_away := mention_pattern(term.label).search(back)) and term.is_listed:
        return None
    if given_away:
        back = re.sub(r"[,;—–][^,;—–]*$", "", back[: given_away.start()], count=1)
        if len(back) == given_away.start() or len(back.split()) < _SHORTEST_DEFINITION:
            return None
    if leans(parsed, back) or len(back.split()) > _LONGEST_ANSWER:
        return None
    around = term.at if term.is_listed else term.sentence.at
    where = Range(min(at.start, around.start), max(at.end, around.end))
    return _card(parsed, where, form=CardForm.DEFINITION, sides=(front, back), term=term.label)


def _fact_card(parsed: ParsedSection, fact: Fact) -> Flashcard:
    return _card(parsed, fact.sentence.at, form=CardForm.FACT, sides=(fact.front, fact.back), term="")


def _card(parsed: ParsedSection, where: Range, *, form: CardForm, sides: tuple[str, str], term: str) -> Flashcard:
    front, back = sides
    citations = parsed.cite(where)
    first = citations[0].span
    identity = stable_id(Kind.FLASHCARDS, first.document_id, first.page, first.start, form, front)
    claim = Claim(" ".join(parsed.evidence.text[where.start : where.end].split()), citations)
    return Flashcard(UnitId(identity), claim, form, front, back, term)


def _gives_away(card: Flashcard) -> bool:
    return f" {normal_form(card.back)} " in f" {normal_form(card.front)} "


def _without_twins(cards: Sequence[Flashcard]) -> tuple[Flashcard, ...]:
    """Keep the first card of any two with the same front, or with the same answer for the same term."""
    return tuple(_first_of_each(cards))


def _first_of_each(cards: Sequence[Flashcard]) -> Iterator[Flashcard]:
    fronts: set[str] = set()
    terms: set[str] = set()
    for card in cards:
        front, term = normal_form(card.front), normal_form(card.term)
        if front not in fronts and (not term or term not in terms):
            fronts.add(front)
            terms.add(term)
            yield card
