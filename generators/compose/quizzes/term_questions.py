"""Questions about terms: which term fits, what a term means, which word belongs in a gap, what it is called."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from domain.questions import Misconception, Question, QuestionForm
from domain.words import content_lemmas, content_stems, fold, holds, lemmas
from generators.compose.asking.stems import is_clear
from generators.compose.cards.cloze import GAP, blank_out, without_opener
from generators.compose.easier.descriptions import describes_a_thing, meaning_of
from generators.compose.quizzes.asked import Sided, to_question
from generators.compose.quizzes.distractors import FEWEST, Rivals, initials, is_like_length, is_told, where_defined
from generators.compose.quizzes.matching import plain_label
from generators.compose.quizzes.misconceptions import explain_mistakes
from generators.compose.quizzes.short_answers import explain_question
from generators.compose.reading.parse import ParsedSection, Sentence
from generators.compose.terms.terms import Term, mention_pattern

IsFree = Callable[[Question], bool]
"""Whether a question may stand in the quiz; asked before wrong options are looked for, which is dear."""


@dataclass(frozen=True)
class Asker:
    """Asks about the terms of a section; `used` counts the ways of choosing, so that they take turns."""

    rivals: Rivals
    terms: tuple[Term, ...]
    used: Counter[str] = field(default_factory=Counter)

    @property
    def parsed(self) -> ParsedSection:
        """The section."""
        return self.rivals.parsed

    def choices(self, is_free: IsFree) -> Iterator[Question]:
        """Yield choices of a term for a description, of one for a gap, and of a meaning for a term.

        There are none where grammar is unknown: articles and endings would tell the right option.
        """
        if not self.parsed.is_full:
            return
        ways = {"term": self._term, "meaning": self._meaning, "pick": self._pick}
        for term in self.terms:
            for name in sorted(ways, key=lambda name: self.used[name]):
                question = ways[name](term, is_free)
                if question is not None:
                    self.used[name] += 1
                    yield question
                    break

    def gaps(self) -> Iterator[Question]:
        """Yield the terms' sentences with a gap for the term."""
        for term in self.terms:
            if stem := self._gapped(term):
                accepted = variants_of(term, self.parsed)
                label = plain_label(term, self.parsed)
                yield self._question(term, Sided(QuestionForm.CLOZE, stem, label, accepted=accepted))

    def names(self) -> Iterator[Question]:
        """Yield what is to be answered in words: what a term means, and what something is called."""
        for place, term in enumerate(self.terms):
            if not describes_a_thing(term, self.parsed) or _is_cut_off(term.sentence, self.parsed):
                continue
            explained = explain_question(self.parsed, term) if place % 2 == 0 else None
            yield explained or self._name(term)

    def _name(self, term: Term) -> Question:
        asked = f"Which term does the reading use for this: “{meaning_of(term)}”?"
        label, accepted = plain_label(term, self.parsed), variants_of(term, self.parsed)
        return self._question(term, Sided(QuestionForm.SHORT, asked, label, accepted=accepted))

    def _gapped(self, term: Term) -> str:
        """Give the sentence of the term with gaps for it, empty where nobody could tell what belongs there."""
        stem = blank_out(without_opener(term.sentence.text), term.label)
        is_fit = is_clear(self.parsed, term.sentence, [term.label]) and 1 <= stem.count(GAP) <= 2
        is_given_away = set(content_stems(term.label)) <= set(content_stems(stem))
        if not is_fit or is_given_away or len(content_lemmas(stem)) < _FEWEST_WORDS or _MEANS.search(stem):
            return ""
        if self.parsed.is_full and (_is_among_others(term) or not is_told(term, self.parsed)):
            return ""
        return stem

    def _term(self, term: Term, is_free: IsFree) -> Question | None:
        meaning = meaning_of(term)
        if not describes_a_thing(term, self.parsed):
            return None
        asked = f"Which term fits this description: “{meaning}”?"
        return self._chosen(term, asked, is_free, lambda label: f"{label}: {meaning}")

    def _pick(self, term: Term, is_free: IsFree) -> Question | None:
        stem = self._gapped(term)
        if not stem or not _is_defined_there(term):
            return None
        asked = f"Which term belongs in the gap? {stem}"
        return self._chosen(term, asked, is_free, lambda label: stem.replace("(n)", "").replace(GAP, label))

    def _chosen(self, term: Term, asked: str, is_free: IsFree, says: Callable[[str], str]) -> Question | None:
        label = plain_label(term, self.parsed)
        sided = Sided(QuestionForm.CHOICE, asked, label)
        if not is_free(self._question(term, sided)):
            return None
        others = self.rivals.find_labels(term, asked, says)
        if len(others) < FEWEST:
            return None
        wrong = {other.label: plain_label(other, self.parsed) for other in others}
        mistakes = explain_mistakes(term, others, self.rivals)
        sided = replace(
            sided,
            options=(label, *wrong.values()),
            misconceptions=tuple(Misconception(wrong[one.option], one.belief) for one in mistakes),
            likeness=self.rivals.likeness(term, others),
        )
        return self._question(term, sided)

    def _meaning(self, term: Term, is_free: IsFree) -> Question | None:
        if not describes_a_thing(term, self.parsed):
            return None
        asked = f"What does “{plain_label(term, self.parsed)}” mean in this reading?"
        sided = Sided(QuestionForm.CHOICE, asked, meaning_of(term))
        if not is_free(self._question(term, sided)):
            return None
        others = [one for one in self.rivals.find_definitions(term) if describes_a_thing(one, self.parsed)]
        if len(others) < FEWEST or not is_like_length([sided.answer, *map(meaning_of, others)]):
            return None
        wrong = {other.label: meaning_of(other) for other in others}
        mistakes = explain_mistakes(term, others, self.rivals)
        sided = replace(
            sided,
            options=(sided.answer, *wrong.values()),
            misconceptions=tuple(Misconception(wrong[one.option], one.belief) for one in mistakes),
            likeness=self.rivals.likeness(term, others),
        )
        return self._question(term, sided)

    def _question(self, term: Term, sided: Sided) -> Question:
        return to_question(self.parsed, [where_defined(term)], replace(sided, concepts=(term.label,)))


def worth_asking(terms: Sequence[Term]) -> tuple[Term, ...]:
    """Keep the terms that have a name to ask for and of which the reading says something, weightiest first.

    One that the sentences of several others name comes last: asked for, it would keep all those from being asked.
    """
    named = [term for term in terms if _NAME.fullmatch(term.label) and content_lemmas(term.label)]
    told = [term for term in named if term.definition or term.is_emphasised]
    sentences = {term.label: lemmas(term.sentence.text) for term in told}

    def rank(term: Term) -> tuple[bool, float]:
        naming = sum(holds(words, lemmas(term.label)) for words in sentences.values())
        return naming > _MOST_NAMING, -term.weight

    return tuple(sorted(told, key=rank))


_MOST_NAMING = 2
"""Terms, itself among them, whose sentences may name a term before it is asked for last."""

_NAME = re.compile(r"\w(?!.*\s\d+$)[\w\s'’.&/()-]*")
"""What a term is called; "Part 2" only says where something stands."""


def _is_cut_off(sentence: Sentence, parsed: ParsedSection) -> bool:
    """Whether what a grammar takes for a sentence goes on behind its end, on the same line."""
    text = parsed.evidence.text
    after = text[sentence.at.end : sentence.at.end + 2].lstrip(" ")
    return text[sentence.at.end - 1].isalnum() and after[:1].isalnum()


_FEWEST_WORDS = 4
"""Content words of a sentence with a gap."""

_MEANS = re.compile(rf"\b(?:mean|means|meant) by \W*{GAP}", re.IGNORECASE)


def _is_among_others(term: Term) -> bool:
    """Whether a sentence names the term only beside others, without saying what it is: any of its kind would fit."""
    tokens = term.sentence.tokens
    named = tokens.doc.char_span(term.at.start, term.at.end, alignment_mode="expand")
    is_joined = named.root.dep_ == "conj" or any(child.dep_ == "conj" for child in named.root.children)
    return is_joined and not _is_defined_there(term)


def _is_defined_there(term: Term) -> bool:
    """Whether the sentence of the term says what it is, so that no other term fits its gap."""
    at, sentence = term.definition_at, term.sentence.at
    return at is not None and sentence.start <= at.start and at.end <= sentence.end


def variants_of(term: Term, parsed: ParsedSection) -> tuple[str, ...]:
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
