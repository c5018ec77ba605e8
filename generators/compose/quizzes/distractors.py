"""Wrong options: plausible, of the right answer's shape, and wrong beyond doubt.

Candidates come from the same reading. One that stands in the asked sentence, means the same, shares its words or
could be argued to be right is left out, and so is one that the verifier finds true in the answer's place; with too few
left there is no choice question.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from domain.documents import Range
from domain.words import content_stems, fold
from generators.compose.easier.descriptions import describes_a_thing
from generators.compose.quizzes.proof import proof_of
from generators.compose.quizzes.tact import PEOPLE, sorts_of
from generators.compose.reading.parse import ParsedSection
from generators.compose.terms.definitions import cut_definition
from generators.compose.terms.terms import Term, find_terms, mention_pattern

MOST = 3
FEWEST = 2

_SAME_MEANING = 0.75
"""Cosine of two labels or definitions from which they may mean the same (specs/generation.md, section 5)."""

_SAME_WORDS = 0.75
"""Share of a meaning's content words from which it is the same as another, said again."""

_AKIN, _AKIN_AS_TOLD = 0.4, 0.2
"""Cosine of two labels, or of two meanings, from which one thing may be taken for the other by who half knows them.

The lower one is for terms that the reading explains in like manner: it tells of both as things of its subject.
"""

_PLACES = 8
"""Mentions of a term that are read for what it is."""

_SAME_THING = re.compile(
    r"\b(?:also|sometimes|commonly|often|otherwise|formerly|better)\s+(?:called|known|termed|named|referred)|"
    r"\babbreviat|\bsynonym|\bor simply\b|\bin other words\b|\bi\.e\.|\bsame as\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Rivals:
    """The reading's terms, measured once against each other."""

    parsed: ParsedSection
    terms: tuple[Term, ...]

    def find_labels(self, term: Term, asked: str, says: Callable[[str], str]) -> tuple[Term, ...]:
        """Give up to three other terms that could be taken for this one, but do not fit `asked`.

        `says` puts a label into the place of the answer; what then stands there must not be true.
        """
        given_away = set(content_stems(term.label)) & set(content_stems(asked))
        fitting = [
            other
            for other in self.terms
            if self._may_stand_beside(term, other, asked)
            and self._is_alike(term, other)
            and given_away <= set(content_stems(other.label))
        ]
        where, proof, nearest = where_defined(term), proof_of(self.parsed), self._nearest(fitting, term)
        proof.expect([says(other.label) for other in nearest[:MOST]])

        def is_wrong(other: Term) -> bool:
            return proof.is_wrong(says(other.label), at=where, naming=other.label)

        return self._choose(term.label, nearest, lambda other: other.label, is_wrong)

    def _is_alike(self, term: Term, other: Term) -> bool:
        """Whether nothing in the form of two names tells them apart; of terms that are explained, nouns of one number.

        What a grammar takes for the name of a place or a firm may be any word that it does not know; people it knows.
        """
        mine, theirs = shape_of(term, self.parsed), shape_of(other, self.parsed)
        are_explained = describes_a_thing(term, self.parsed) and describes_a_thing(other, self.parsed)
        are_nouns = {mine[0], theirs[0]} <= {"NOUN", "PROPN"} and (mine[1] == "PERSON") == (theirs[1] == "PERSON")
        return mine == theirs or (are_explained and are_nouns and mine[2] == theirs[2])

    def find_definitions(self, term: Term) -> tuple[Term, ...]:
        """Give up to three other terms whose definitions are of like length and are not true of this term."""
        length = len(term.definition)
        fitting = [
            other
            for other in self.terms
            if other.definition
            and length <= 2 * len(other.definition) <= 4 * length
            and self._may_stand_beside(term, other, term.definition)
            and not mention_pattern(term.label).search(other.definition)
            and not mention_pattern(other.label).search(term.definition)
            and sorts_of(other.definition) - {PEOPLE} <= sorts_of(term.definition)
        ]
        where = where_defined(term)
        stated = self.parsed.evidence.text[where.start : where.end]
        proof, nearest = proof_of(self.parsed), self._nearest(fitting, term)
        proof.expect([f"{term.label}: {other.definition}" for other in nearest[:MOST]])

        def is_wrong(other: Term) -> bool:
            is_nowhere = proof.is_nowhere(f"{term.label}: {other.definition}")
            return is_nowhere and proof.is_wrong(stated.replace(term.definition, other.definition), at=where)

        return self._choose(term.definition, nearest, lambda other: other.definition, is_wrong)

    def likeness(self, term: Term, others: Sequence[Term]) -> float:
        """Say how alike in meaning, from 0 to 1, the term and others are on the whole."""
        return sum(max(0.0, self._cosine(term, other)) for other in others) / max(1, len(others))

    def likeness_of_meanings(self, one: Term, other: Term) -> float:
        """Say how alike two terms' definitions are; 0 where one has none."""
        return self._definitions.get(one.label, {}).get(other.label, 0.0)

    def _choose(
        self, right: str, nearest: Sequence[Term], option: Callable[[Term], str], is_wrong: Callable[[Term], bool]
    ) -> tuple[Term, ...]:
        """Take the nearest in meaning that differ from each other, are of like length, and are proved wrong."""
        chosen: list[Term] = []
        for other in nearest:
            options = [right, *map(option, chosen)]
            is_new = all(not self._may_be_one(other, one) for one in chosen)
            if is_new and fold(option(other)) not in map(fold, options) and is_like_length([*options, option(other)]):
                chosen += [other] if is_wrong(other) else []
            if len(chosen) == MOST:
                break
        return tuple(chosen)

    def _nearest(self, terms: Sequence[Term], term: Term) -> list[Term]:
        return sorted(terms, key=lambda other: (-self._cosine(term, other), other.label))

    def _may_be_one(self, one: Term, other: Term) -> bool:
        return self.is_like(one, other) or self.likeness_of_meanings(one, other) >= _SAME_MEANING

    def _may_stand_beside(self, term: Term, other: Term, asked: str) -> bool:
        if other is term or self.is_like(term, other) or mention_pattern(other.label).search(asked):
            return False
        if mention_pattern(other.label).search(term.sentence.text) or self._are_one_thing(term, other):
            return False
        if not self.is_akin(term, other):
            return False
        return self.likeness_of_meanings(term, other) < _SAME_MEANING and not self.may_mean(term, other)

    def may_mean(self, term: Term, other: Term) -> bool:
        """Whether what the reading anywhere says that one of two terms is is what the other is told to be."""
        return _is_among(other.definition, self._meanings[term.label]) or _is_among(
            term.definition, self._meanings[other.label]
        )

    def is_like(self, one: Term, other: Term) -> bool:
        """Whether a reader may take two labels for one: by words, one within the other, initials, or meaning."""
        mine, theirs = set(content_stems(one.label)), set(content_stems(other.label))
        if not mine or not theirs or mine <= theirs or theirs <= mine:
            return True
        if initials(one.label) == fold(other.label) or initials(other.label) == fold(one.label):
            return True
        return self._cosine(one, other) >= _SAME_MEANING

    def is_akin(self, one: Term, other: Term) -> bool:
        """Whether two terms are of one kind, so that one may be taken for the other: by name, or by meaning."""
        are_told = is_told(one, self.parsed) and is_told(other, self.parsed)
        if self.parsed.is_full and not (are_told and self._are_of_one_sort(one, other)):
            return False
        mine, theirs = content_stems(one.label), content_stems(other.label)
        is_one_kind = len(mine) > 1 < len(theirs) and mine[-1] == theirs[-1]
        likeness = max(self._cosine(one, other), self.likeness_of_meanings(one, other))
        are_explained = describes_a_thing(one, self.parsed) and describes_a_thing(other, self.parsed)
        return is_one_kind or not self.parsed.is_full or likeness >= (_AKIN_AS_TOLD if are_explained else _AKIN)

    def _are_of_one_sort(self, one: Term, other: Term) -> bool:
        """Whether both, or neither, are names that need tact: of people, of the body, or of crimes."""
        mine, theirs = (sorts_of(term.label, shape_of(term, self.parsed)[1]) for term in (one, other))
        return mine == theirs

    def _are_one_thing(self, term: Term, other: Term) -> bool:
        """Whether some sentence says that the two are names of the same thing."""
        mine, theirs = mention_pattern(term.label), mention_pattern(other.label)
        return any(
            _SAME_THING.search(sentence.text) and mine.search(sentence.text) and theirs.search(sentence.text)
            for sentence in self.parsed.sentences
        )

    def _cosine(self, one: Term, other: Term) -> float:
        return self._labels[one.label][other.label]

    @cached_property
    def _labels(self) -> dict[str, dict[str, float]]:
        return self._cosines({term.label: term.label for term in self.terms})

    @cached_property
    def _meanings(self) -> dict[str, list[str]]:
        return {term.label: _other_meanings(term, self.parsed) for term in self.terms}

    @cached_property
    def _definitions(self) -> dict[str, dict[str, float]]:
        return self._cosines({term.label: term.definition for term in self.terms if term.definition})

    def _cosines(self, texts: Mapping[str, str]) -> dict[str, dict[str, float]]:
        import numpy as np

        vectors = np.asarray(proof_of(self.parsed).embed(list(texts.values())))
        return {
            label: dict(zip(texts, row.tolist(), strict=True))
            for label, row in zip(texts, vectors @ vectors.T, strict=True)
        }


def _other_meanings(term: Term, parsed: ParsedSection) -> list[str]:
    """List what else the reading says a term is, beside its definition; none where grammar is unknown."""
    if not parsed.is_full:
        return []
    text = parsed.evidence.text
    places = [Range(*found.span()) for found in islice(mention_pattern(term.label).finditer(text), _PLACES)]
    named = [(sentence, at) for at in places if (sentence := parsed.sentence_at(at.start)) is not None]
    cuts = [cut.text for sentence, at in named if (cut := cut_definition(parsed, sentence, at)) is not None]
    return [cut for cut in cuts if cut != term.definition]


def _is_among(definition: str, meanings: Sequence[str]) -> bool:
    """Whether a definition shares most of its content words, or of theirs, with one of several meanings."""
    mine = set(content_stems(definition))
    others = [theirs for meaning in meanings if (theirs := set(content_stems(meaning)))]
    return any(len(mine & theirs) >= max(1, _SAME_WORDS * min(len(mine), len(theirs))) for theirs in others)


def is_told(term: Term, parsed: ParsedSection) -> bool:
    """Whether the author marks a term, or, where few are marked, says what it is: other phrases are no terms."""
    is_marked = term.is_emphasised or term.is_listed
    return is_marked or (parsed.once(_marks_few) and describes_a_thing(term, parsed))


def _marks_few(parsed: ParsedSection) -> bool:
    """Whether so few terms of a section are marked that they cannot be all its terms."""
    return sum(term.is_emphasised or term.is_listed for term in find_terms(parsed)) <= MOST


def where_defined(term: Term) -> Range:
    """Give the sentence of the term together with its definition."""
    at = term.definition_at or term.sentence.at
    return Range(min(at.start, term.sentence.at.start), max(at.end, term.sentence.at.end))


def is_like_length(options: Sequence[str]) -> bool:
    """Whether no option stands out by its length: none over twice another, short ones aside."""
    lengths = [len(option) for option in options]
    return max(lengths) <= max(2 * min(lengths), 12)


def initials(label: str) -> str:
    """Give the first letters of a label's words, folded."""
    return "".join(word[0] for word in re.findall(r"\w+", fold(label)))


def shape_of(term: Term, parsed: ParsedSection) -> tuple[str, str, bool]:
    """Give what a reader could tell options apart by: part of speech, entity type, and number."""
    tokens = parsed.doc.char_span(term.at.start, term.at.end, alignment_mode="expand")
    assert tokens is not None
    root = tokens.root
    return root.pos_, root.ent_type_, root.tag_ in {"NNS", "NNPS"}
