"""Flashcards out of the reading itself: definition cards first, then terms in context, then a few facts.

The rules of a good card are kept by construction: one fact, an answer of at most 40 words that opens with no
pronoun, a front that ends in a question mark or holds a blank and does not give the answer away.
"""

import re
from collections.abc import Iterator, Sequence

from domain.claims import Claim
from domain.documents import Range
from domain.formulas import around_formulas
from domain.ids import UnitId, stable_id
from domain.material import CardForm, Flashcard, Kind
from generators.compose.cards.card_wording import ask
from generators.compose.cards.cloze import fill_gaps
from generators.compose.cards.facts import Fact, find_facts
from generators.compose.easier.clauses import take_apart
from generators.compose.reading.candidates import normal_form
from generators.compose.reading.parse import ParsedSection, Sentence
from generators.compose.terms.definition_patterns import ASIDES
from generators.compose.terms.plain_definitions import SURE, function_words, leans_back
from generators.compose.terms.terms import Term, find_terms, mention_pattern

BLANK = "_____"
_LONGEST_ANSWER = 40
_LONGEST_FRONT = 60
_SHORTEST_DEFINITION = 4
_FEWEST_WORDS, _FEWEST_SIGNS = 3, 12
"""Words beside a gap; letters that are not Latin, as words of such scripts may be long runs, or short."""

_SHORTEST_PIECE = 8
_MOST_TERMS = 60
_MOST_FACTS = 4
_ENOUGH_EMPHASIS = 2
_STRONG, _LIKELY, _POSSIBLE = 0.5, 0.2, 0.05
"""Chances of a phrase: as good as marked, worth a card, worth one where there is nothing better."""

_FEWEST_PLAIN, _MOST_PLAIN = 4, 12
_LIST_MARK = re.compile(r"^(?:[^\w\s“”\"'‘’«»„‚¿¡(\[$\\]+\s+)+")
_HEADING = re.compile(rf"^{BLANK}\s*(?:[:：]|[–—-]\s)\s*")
"""A gap for a heading that its paragraph runs on from; what follows must name the term to ask for it."""

_NO_SENTENCE = re.compile(r" \| |(?:\.\s){3}|[\\$]\s*_____")
_ENDS = frozenset(".!?…。！？؟۔।")
_SPOKEN = re.compile(r"\b(?:I|me|my|mine)\b|^[\"“]")
_PRONOUN = re.compile(r"(?:it|they|this|these|that|he|she|such|its|their|his|her|we|you|i)\b", re.IGNORECASE)


def make_cards(parsed: ParsedSection, *, more: int = 0) -> tuple[Flashcard, ...]:
    """Make the section's cards: what its terms mean first, then a few facts, `more` than usual. May be empty."""
    cards = [card for term in choose_terms(parsed) if (card := _term_card(parsed, term)) is not None]
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
    plain = [term for term in terms if not term.is_emphasised]
    strong = sum(term.weight >= _STRONG for term in plain)
    chosen = marked
    if len(marked) < _ENOUGH_EMPHASIS or len(marked) < strong:
        likely = [term for term in plain if term.weight >= _LIKELY][: max(0, _MOST_PLAIN - len(marked))]
        possible = [term for term in plain if term.weight >= (_POSSIBLE if term.definition else _LIKELY)]
        is_few = not marked and len(likely) < _FEWEST_PLAIN
        chosen = [*marked, *(possible[:_FEWEST_PLAIN] if is_few else likely)]
    elif not parsed.is_full:
        chosen = [*marked, *(term for term in plain if term.weight >= SURE)]
    return tuple(sorted(chosen, key=lambda term: term.at))


def _term_card(parsed: ParsedSection, term: Term) -> Flashcard | None:
    if term.definition and term.definition_at is not None:
        card = _definition_card(parsed, term, term.definition_at)
        if card is not None:
            return card
    return _context_card(parsed, term)


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
    if _leans(parsed, back) or len(back.split()) > _LONGEST_ANSWER:
        return None
    around = term.at if term.is_listed else term.sentence.at
    where = Range(min(at.start, around.start), max(at.end, around.end))
    return _card(parsed, where, form=CardForm.DEFINITION, sides=(front, back), term=term.label)


def _leans(parsed: ParsedSection, words: str) -> bool:
    """Whether words open with a pronoun that they do not explain."""
    return (_PRONOUN.match(words) is not None) if parsed.is_full else leans_back(parsed, words)


def _context_card(parsed: ParsedSection, term: Term) -> Flashcard | None:
    """Ask for the term in its sentence, or in another that names it and leaves enough to go by."""
    pattern = mention_pattern(term.label)
    naming = [sentence for sentence in parsed.sentences if pattern.search(sentence.text)]
    best_first = sorted([term.sentence, *naming], key=lambda sentence: -_fitness(parsed, sentence, term))
    cards = (_blank_out(parsed, term, sentence) for sentence in best_first)
    return next((card for card in cards if card is not None), None)


def _fitness(parsed: ParsedSection, sentence: Sentence, term: Term) -> float:
    """Say how much a sentence tells about the term: most when the term is what it is about."""
    match = mention_pattern(term.label).search(sentence.text)
    is_subject = match is not None and len(sentence.text[: match.start()].split()) <= 2
    is_handy = 8 <= len(sentence.text.split()) <= 35
    is_weak = _leans(parsed, sentence.text) or sentence.text.endswith(("?", "？", "؟"))
    return 1.0 * is_subject + 1.5 * (sentence is term.sentence) + 0.3 * is_handy - 1.0 * is_weak


def _blank_out(parsed: ParsedSection, term: Term, sentence: Sentence) -> Flashcard | None:
    """Blank the term out of a sentence; one that opens with a pronoun takes the sentence before along."""
    where = sentence.at
    if _leans(parsed, sentence.text):
        before = _sentence_before(parsed, sentence)
        if before is None:
            return None
        where = Range(before.at.start, where.end)
    mention = mention_pattern(term.label)
    text = _piece(parsed, sentence, mention) if where == sentence.at else ""
    text = text or " ".join(parsed.evidence.text[where.start : where.end].split())
    front = around_formulas(text, lambda veiled: ASIDES.sub("", fill_gaps(veiled, term.label, BLANK)))
    front = _HEADING.sub("", _LIST_MARK.sub("", front))
    is_ended = parsed.is_full or front.rstrip('»”“"’)」』 ')[-1:] in _ENDS
    is_cut = front.endswith((":", "：")) or _NO_SENTENCE.search(front) or not is_ended
    if BLANK not in front or is_cut or _is_bare(parsed, front) or len(front.split()) > _LONGEST_FRONT:
        return None
    if not term.is_emphasised and parsed.is_full and _SPOKEN.search(front):
        return None
    return _card(parsed, where, form=CardForm.CLOZE, sides=(front, term.label), term=term.label)


def _is_bare(parsed: ParsedSection, front: str) -> bool:
    """Whether too few words that carry meaning stand beside the gap."""
    idle = function_words(parsed)
    words = {word for word in re.findall(r"[^\W_]{3,}", front.lower()) if word not in idle}
    return len(words) < _FEWEST_WORDS and len(re.findall(r"[^\W\d_a-zA-Z]", front)) < _FEWEST_SIGNS


def _piece(parsed: ParsedSection, sentence: Sentence, mention: re.Pattern[str]) -> str:
    """Give the one part of a long sentence that names the term, where it comes apart and the part stands alone."""
    pieces = [piece for piece in take_apart(sentence) if mention.search(piece)] if parsed.is_full else []
    is_clear = len(pieces) == 1 and len(pieces[0].split()) >= _SHORTEST_PIECE and not _leans(parsed, pieces[0])
    return pieces[0] if is_clear else ""


def _sentence_before(parsed: ParsedSection, sentence: Sentence) -> Sentence | None:
    if sentence.index == 0:
        return None
    before = parsed.sentences[sentence.index - 1]
    is_near = "\n" not in parsed.evidence.text[before.at.end : sentence.at.start]
    return before if is_near and not _leans(parsed, before.text) else None


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
