"""Quiz questions out of the reading itself: what its terms mean, in four forms, and a few facts.

Each question rests on one cited statement and has one right answer; no two questions of a quiz share an answer.
A reading with too little to ask about gives fewer questions, or none.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, zip_longest

from domain.claims import Claim
from domain.documents import Range
from domain.ids import UnitId, stable_id
from domain.material import Artifact
from domain.questions import Question, QuestionForm
from domain.words import content_lemmas, fold, lemmas
from generators.compose.cloze import GAP, blank_out, stands_alone, without_opener
from generators.compose.descriptions import describes_a_thing
from generators.compose.distractors import FEWEST, MOST, Rivals, initials
from generators.compose.facts import Fact, find_facts
from generators.compose.flashcards import choose_terms
from generators.compose.parse import ParsedSection
from generators.compose.terms import Term, mention_pattern

_MOST_QUESTIONS = 10
_MOST_FACTS = 2

_NAME = re.compile(r"\w[\w\s'’.&/()-]*")


@dataclass(frozen=True, slots=True)
class _Sided:
    """What a question asks and how it may be answered, before it has its place in the quiz."""

    form: QuestionForm
    stem: str
    answer: str
    others: tuple[str, ...] = ()
    accepted: tuple[str, ...] = ()


def make_questions(parsed: ParsedSection) -> tuple[Question, ...]:
    """Make the section's questions, in reading order. May be empty."""
    found = [*_about_terms(parsed), *_about_facts(parsed)]
    chosen = _without_twins(found)[:_MOST_QUESTIONS]
    return _with_keys_spread(sorted(chosen, key=_place))


def combine_questions(parts: Sequence[Artifact], *, limit: int = 30) -> tuple[Question, ...]:
    """Choose among the sections' questions: one of each section in turn, no two with one answer, in reading order."""
    decks = [[unit for unit in part.units if isinstance(unit, Question)] for part in parts]
    in_turn = [question for question in chain.from_iterable(zip_longest(*decks)) if question is not None]
    return tuple(sorted(_without_twins(in_turn)[:limit], key=_place))


def _about_terms(parsed: ParsedSection) -> Iterator[Question]:
    """Ask about each term once, in the form that the quiz has least of."""
    terms = [term for term in choose_terms(parsed) if _NAME.fullmatch(term.label) and content_lemmas(term.label)]
    rivals = Rivals(parsed, tuple(terms))
    used: Counter[str] = Counter()
    for term in sorted(terms, key=lambda term: -term.weight):
        if not (term.definition or term.is_emphasised):
            continue
        ways = dict(_ways_to_ask(term, rivals))
        if not ways:
            continue
        way = min(ways, key=lambda way: (used[way], list(ways).index(way)))
        used[way] += 1
        yield _question(parsed, _where(term), ways[way], concept=term.label)


def _ways_to_ask(term: Term, rivals: Rivals) -> Iterator[tuple[str, _Sided]]:
    """Yield the forms in which the term may be asked for, the best first."""
    label, accepted = _plain_label(term, rivals.parsed), _variants(term, rivals.parsed)
    is_description = describes_a_thing(term, rivals.parsed)
    definition = term.definition.strip(" .;:,")
    if is_description and (others := _rival_labels(term, rivals, definition)):
        yield "term", _Sided(QuestionForm.CHOICE, f"Which term fits this description: “{definition}”?", label, others)
    stem = blank_out(without_opener(term.sentence.text), term.label)
    if stands_alone(term.sentence) and 1 <= stem.count(GAP) <= 2 and len(content_lemmas(stem)) >= 4:
        yield "gap", _Sided(QuestionForm.CLOZE, stem, label, accepted=accepted)
        if _is_defined_there(term) and (others := _rival_labels(term, rivals, stem)):
            yield "pick", _Sided(QuestionForm.CHOICE, f"Which term belongs in the gap? {stem}", label, others)
    if is_description:
        if meanings := _rival_meanings(term, rivals):
            asked = f"What does “{label}” mean in this reading?"
            yield "meaning", _Sided(QuestionForm.CHOICE, asked, definition, meanings)
        asked = f"Which term does the reading use for this: “{definition}”?"
        yield "name", _Sided(QuestionForm.SHORT, asked, label, accepted=accepted)


def _rival_labels(term: Term, rivals: Rivals, asked: str) -> tuple[str, ...]:
    """Give the wrong terms for a question, none when there are too few."""
    others = rivals.find_labels(term, asked)
    return tuple(_plain_label(other, rivals.parsed) for other in others) if len(others) >= FEWEST else ()


def _rival_meanings(term: Term, rivals: Rivals) -> tuple[str, ...]:
    others = [other for other in rivals.find_definitions(term) if describes_a_thing(other, rivals.parsed)]
    return tuple(other.definition.strip(" .;:,") for other in others) if len(others) >= FEWEST else ()


def _is_defined_there(term: Term) -> bool:
    """Whether the sentence of the term says what it is, so that no other term fits its gap."""
    at, sentence = term.definition_at, term.sentence.at
    return at is not None and sentence.start <= at.start and at.end <= sentence.end


def _about_facts(parsed: ParsedSection) -> Iterator[Question]:
    for fact in find_facts(parsed, limit=_MOST_FACTS):
        if stands_alone(fact.sentence):
            yield _question(parsed, fact.sentence.at, _fact(fact), concept="")


def _fact(fact: Fact) -> _Sided:
    if GAP in fact.front:
        return _Sided(QuestionForm.CLOZE, fact.front, fact.back)
    return _Sided(QuestionForm.SHORT, fact.front, fact.back)


def _question(parsed: ParsedSection, where: Range, sided: _Sided, *, concept: str) -> Question:
    citations = parsed.cite(where)
    first = citations[0].span
    claim = Claim(" ".join(parsed.evidence.text[where.start : where.end].split()), citations)
    return Question(
        id=UnitId(stable_id("question", first.document_id, first.page, first.start, sided.form, sided.stem)),
        claim=claim,
        form=sided.form,
        stem=" ".join(sided.stem.split()),
        answer=sided.answer,
        options=(sided.answer, *sided.others[:MOST]) if sided.others else (),
        accepted=sided.accepted,
        concepts=(concept,) if concept else (),
    )


def _where(term: Term) -> Range:
    """Give the sentence of the term together with its definition."""
    at = term.definition_at or term.sentence.at
    return Range(min(at.start, term.sentence.at.start), max(at.end, term.sentence.at.end))


def _plain_label(term: Term, parsed: ParsedSection) -> str:
    """Give the label without a capital that it only has for opening a sentence."""
    tokens = parsed.doc.char_span(term.at.start, term.at.end, alignment_mode="expand")
    opens = tokens is not None and tokens[0].is_sent_start and tokens[0].pos_ != "PROPN"
    is_word = term.label[:1].isupper() and term.label[1:2].islower()
    return term.label[0].lower() + term.label[1:] if opens and is_word else term.label


def _variants(term: Term, parsed: ParsedSection) -> tuple[str, ...]:
    """List the forms that the reading gives beside the term, as in "degrees of freedom (df)" or "(plural: stomata)"."""
    name = mention_pattern(term.label).pattern
    beside = re.search(name + r"\s*\(([^\s()]{2,10})\)", parsed.evidence.text, re.IGNORECASE)
    short = beside.group(1) if beside else ""
    is_short = short.isupper() or fold(short) == initials(term.label)
    other = re.search(
        name + r"\s*\((?:plural|singular|pl\.|sing\.):?\s+([^()]{2,30})\)", parsed.evidence.text, re.IGNORECASE
    )
    found = (short if is_short else "", other.group(1).strip(' “”"') if other else "")
    return tuple(form for form in found if form)


def _without_twins(questions: Sequence[Question]) -> list[Question]:
    """Keep the first of any two questions with the same answer, stem or concept, or from the same place."""
    kept: list[Question] = []
    seen: set[tuple[object, ...]] = set()
    for question in questions:
        marks: set[tuple[object, ...]]
        marks = {tuple(lemmas(text)) for text in (question.answer, question.stem, *question.concepts)}
        marks.add(_place(question))
        if not marks & seen:
            kept.append(question)
        seen |= marks
    return kept


def _with_keys_spread(questions: Sequence[Question]) -> tuple[Question, ...]:
    """Put the right option in each place equally often, in an order that only the ids decide."""
    order = sorted(question.id for question in questions if question.options)
    return tuple(
        replace(question, options=_arranged(question, order.index(question.id))) if question.options else question
        for question in questions
    )


def _arranged(question: Question, turn: int) -> tuple[str, ...]:
    others = sorted((option for option in question.options if option != question.answer), key=stable_id)
    place = turn % len(question.options)
    return (*others[:place], question.answer, *others[place:])


def _place(question: Question) -> tuple[int, int]:
    span = question.claim.citations[0].span
    return span.page, span.start
