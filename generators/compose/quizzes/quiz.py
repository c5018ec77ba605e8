"""Quiz questions out of the reading itself, in six forms: what its terms mean, what is true, what comes when.

Each question rests on cited statements and has one right answer; each asks for another fact, and none tells what
another asks. A reading with too little to ask about gives fewer questions, or none.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, zip_longest

from domain.ids import stable_id
from domain.material import Artifact
from domain.questions import Question, QuestionForm
from domain.words import content_stems, holds, lemmas
from generators.compose.asking.stems import is_clear
from generators.compose.cards.cloze import GAP
from generators.compose.cards.facts import find_facts
from generators.compose.cards.flashcards import choose_terms
from generators.compose.easier.descriptions import describes_a_thing
from generators.compose.quizzes.asked import Sided, to_question
from generators.compose.quizzes.distractors import Rivals, is_told
from generators.compose.quizzes.matching import match_terms
from generators.compose.quizzes.mix import Mix, place_of
from generators.compose.quizzes.ordering import order_questions
from generators.compose.quizzes.short_answers import cause_questions, list_questions, why_questions
from generators.compose.quizzes.term_questions import Asker, worth_asking
from generators.compose.quizzes.true_false import judge_statements
from generators.compose.reading.mentions import name_of
from generators.compose.reading.parse import ParsedSection
from generators.compose.terms.terms import Term, find_terms

_MOST_QUESTIONS = 10
_MOST_FACTS, _MOST_NUMBERS = 4, 2
_MOST_RIVALS, _LIKELY = 40, 0.05
"""Terms from which wrong options are taken, and how likely a term must be one for that."""

_FEWEST_SIGNS, _MOST_SIGNS = 12, 200
"""Characters of a definition in a language without a grammar here."""

_MATCHED_FROM = 4
"""Terms with a meaning from which some are asked together; with fewer each is asked alone."""

_TURNS: tuple[tuple[int, dict[QuestionForm, int]], ...] = (
    (6, {QuestionForm.MATCHING: 1, QuestionForm.ORDERING: 1, QuestionForm.CHOICE: 4}),
    (8, {QuestionForm.SHORT: 2, QuestionForm.CLOZE: 2}),
    (_MOST_QUESTIONS, {QuestionForm.TRUE_FALSE: 2}),
    (_MOST_QUESTIONS, {QuestionForm.CHOICE: 8, QuestionForm.SHORT: 4, QuestionForm.CLOZE: 8}),
)
"""How a section's quiz is filled: up to so many questions, by forms that take turns, up to so many of each.

What needs most comes first: options, orders and meanings. Any sentence can be judged true or false.
"""


_PLENTY = (QuestionForm.CHOICE, QuestionForm.SHORT, QuestionForm.CLOZE, QuestionForm.TRUE_FALSE)
"""What more questions are of, where more are asked for."""


def make_questions(parsed: ParsedSection, *, more: int = 0) -> tuple[Question, ...]:
    """Make the section's questions, in reading order, and as many `more` as usual as are asked for. May be empty."""
    mix = Mix()
    streams = _streams(parsed, mix)
    taken: Counter[QuestionForm] = Counter()
    last = [(_MOST_QUESTIONS + more, dict.fromkeys(_PLENTY, _MOST_QUESTIONS + more))] if more else []
    for limit, most in (*_TURNS, *last):
        open_forms = list(most)
        while open_forms and len(mix.chosen) < limit:
            form = min(open_forms, key=lambda form: (taken[form], open_forms.index(form)))
            if taken[form] < most[form] and mix.take(streams[form]):
                taken[form] += 1
            else:
                open_forms.remove(form)
    return with_keys_spread(sorted(mix.chosen, key=place_of))


def combine_questions(parts: Sequence[Artifact], *, limit: int = 30) -> tuple[Question, ...]:
    """Choose among the sections' questions: one of each section in turn, no two alike, in reading order."""
    decks = [[unit for unit in part.units if isinstance(unit, Question)] for part in parts]
    mix = Mix()
    for question in chain.from_iterable(zip_longest(*decks)):
        if question is not None and len(mix.chosen) < limit:
            mix.take([question])
    return with_keys_spread(sorted(mix.chosen, key=place_of))


def _streams(parsed: ParsedSection, mix: Mix) -> dict[QuestionForm, Iterator[Question]]:
    """Give the questions of each form, made as they are asked for."""
    terms = worth_asking(choose_terms(parsed))
    rivals = Rivals(parsed, _with_others(parsed, terms))
    asker = Asker(rivals, terms)
    return {
        QuestionForm.MATCHING: _matched(parsed, terms, rivals),
        QuestionForm.ORDERING: order_questions(parsed),
        QuestionForm.CHOICE: asker.choices(mix.has_room_for),
        QuestionForm.TRUE_FALSE: judge_statements(parsed, terms, mix.has_room_for),
        QuestionForm.CLOZE: _in_turn(asker.gaps(), _numbers(parsed, terms)),
        QuestionForm.SHORT: _in_turn(
            chain(list_questions(parsed), why_questions(parsed)),
            asker.names(),
            cause_questions(parsed, limit=_MOST_FACTS),
        ),
    }


def _with_others(parsed: ParsedSection, terms: Sequence[Term]) -> tuple[Term, ...]:
    """Add the section's other likely terms, which may be wrong options, each once."""
    asked = {name_of(term.label) for term in terms}
    others = [one for one in find_terms(parsed, limit=_MOST_RIVALS) if name_of(one.label) not in asked]
    return (*terms, *(one for one in others if one.weight >= _LIKELY))


def _matched(parsed: ParsedSection, terms: Sequence[Term], rivals: Rivals) -> Iterator[Question]:
    """Match the terms that are asked least for by themselves: those of least weight."""
    told = [term for term in reversed(terms) if _has_meaning(term, parsed)]
    if len(told) >= _MATCHED_FROM and (question := match_terms(parsed, told, rivals)):
        yield question


def _has_meaning(term: Term, parsed: ParsedSection) -> bool:
    """Whether a term's definition can stand by itself; where grammar is unknown, whether it has a few words."""
    if parsed.is_full:
        return describes_a_thing(term, parsed)
    return _FEWEST_SIGNS <= len(term.definition) <= _MOST_SIGNS and term.label.lower() not in term.definition.lower()


def _numbers(parsed: ParsedSection, terms: Sequence[Term]) -> Iterator[Question]:
    """Ask for dates and measures in sentences on what the section is on: a term, or what its title names."""
    named = [term.label for term in terms if is_told(term, parsed)]
    title = set(content_stems(parsed.evidence.title))
    asked = 0
    for fact in find_facts(parsed, limit=_MOST_FACTS):
        is_on_title = not title or not title.isdisjoint(content_stems(fact.front))
        is_about = is_on_title or not named or any(holds(lemmas(fact.front), lemmas(name)) for name in named)
        if GAP in fact.front and is_about and asked < _MOST_NUMBERS and is_clear(parsed, fact.sentence, named):
            asked += 1
            yield to_question(parsed, [fact.sentence.at], Sided(QuestionForm.CLOZE, fact.front, fact.back))


def _in_turn(*streams: Iterator[Question]) -> Iterator[Question]:
    """Yield one of each stream in turn, as they are asked for."""
    return (question for row in zip_longest(*streams) for question in row if question is not None)


def with_keys_spread(questions: Sequence[Question]) -> tuple[Question, ...]:
    """Put the right option in each place equally often; which is first is seeded by the ids of the questions."""
    order = sorted(question.id for question in questions if question.form is QuestionForm.CHOICE)
    seed = int(stable_id("keys", *order)[:8], 16)
    return tuple(
        replace(question, options=_arranged(question, seed + order.index(question.id)))
        if question.form is QuestionForm.CHOICE
        else question
        for question in questions
    )


def _arranged(question: Question, turn: int) -> tuple[str, ...]:
    others = sorted((option for option in question.options if option != question.answer), key=stable_id)
    place = turn % len(question.options)
    return (*others[:place], question.answer, *others[place:])
