"""Statements that are true or false, as the reading itself has it.

A true one is a sentence of the reading. A false one is such a sentence with one change, or what the reading says that
people wrongly believe; the verifier must find it without support. Its correction is the reading's own sentence.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from domain.formulas import mask_formulas
from domain.ids import stable_id
from domain.questions import Misconception, Question, QuestionForm
from domain.words import content_lemmas, content_stems, holds, lemmas
from generators.compose.asking.stems import is_clear, without_sources
from generators.compose.cards.cloze import without_opener
from generators.compose.quizzes.asked import Sided, to_question
from generators.compose.quizzes.changes import Change, changes_of
from generators.compose.quizzes.distractors import is_told
from generators.compose.quizzes.misconceptions import Belief, find_beliefs
from generators.compose.quizzes.proof import proof_of
from generators.compose.reading.parse import ParsedSection, Sentence
from generators.compose.summaries.suppositions import is_conditional, is_statement, is_supposed
from generators.compose.terms.terms import Term

if TYPE_CHECKING:
    from spacy.tokens import Token

TRUE, FALSE = "True", "False"
_ASKED = "True or false? {}"
_MOST_CHANGES = 4
"""Changes of one sentence that are tried."""

_UNFIT = re.compile(
    r"\bn\.d\.|\[\d+\]|[“”\"$]|\balso\b|"
    r"\b(?:very|quite|really) (?:important|useful|interesting)\b|\b(?:may|might|could|perhaps|probably|possibly)\b"
)
"""Sources in brackets, quoted words, formulas, what leans on other sentences, praise, and doubts."""

_SIGNS = {"Sm", "Sk", "So"}
"""Unicode's names for mathematical and other signs; punctuation is none."""

_MOST_FIGURES = 3
_FINITE = {"VBZ", "VBP", "VBD", "MD"}
_SUBJECTS = {"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"}


def judge_statements(
    parsed: ParsedSection, terms: Sequence[Term], is_free: Callable[[Question], bool]
) -> Iterator[Question]:
    """Yield statements that are free to be asked, false and true in turn; the section's words seed which is first."""
    if not parsed.is_full:
        return
    for belief in find_beliefs(parsed):
        asked = _believed(parsed, belief)
        if is_free(asked) and proof_of(parsed).is_wrong(belief.text, at=belief.place):
            yield asked
    is_false = int(stable_id(parsed.evidence.title, len(parsed.sentences))[:2], 16) % 2 == 0
    has_denied = False
    for sentence in _fit(parsed, terms):
        if not is_free(_question(parsed, sentence, None, terms)):
            continue
        change = _false(parsed, sentence, terms) if is_false else None
        asked = _question(parsed, sentence, change, terms)
        is_denial = change is not None and change.is_denial
        if (change is not None or not is_false) and is_free(asked) and not (is_denial and has_denied):
            yield asked
            is_false, has_denied = not is_false, has_denied or is_denial


def _fit(parsed: ParsedSection, terms: Sequence[Term]) -> list[Sentence]:
    """List the sentences that can be judged alone and are on what the section is on, those that say most first."""
    about = set(content_stems(parsed.evidence.title))
    named = [term.label for term in terms]
    found = {}
    for sentence in parsed.sentences:
        weight = sum(_names(sentence, term) for term in terms) or bool(about & set(content_stems(sentence.text)))
        if weight and is_clear(parsed, sentence, named) and _is_declared(sentence):
            found[sentence] = min(2, int(weight))
    sure = [one for one in found if not is_supposed(parsed, one) and not is_conditional(one)]
    told = [term for term in terms if is_told(term, parsed)]

    def rank(sentence: Sentence) -> tuple[bool, int, str]:
        return not any(_opens_with(sentence, term) for term in told), -found[sentence], stable_id(sentence.text)

    return sorted(sure, key=rank)


def _opens_with(sentence: Sentence, term: Term) -> bool:
    """Whether a sentence is on a term: names it before its main verb."""
    tokens = sentence.tokens
    return holds(lemmas(tokens.doc[tokens.start : tokens.root.i].text), lemmas(term.label))


def _is_declared(sentence: Sentence) -> bool:
    """Whether it states something in words: its verb has a tense and a subject before it, and signs are rare."""
    text = sentence.text
    signs = sum(unicodedata.category(sign) in _SIGNS for sign in text)
    figures = sum(token.like_num and token.text[:1].isdigit() for token in sentence.tokens)
    if _UNFIT.search(text) or signs or figures > _MOST_FIGURES or mask_formulas(text) != text:
        return False
    return is_statement(sentence) and _has_subject_first(sentence.tokens.root)


def _has_subject_first(verb: "Token") -> bool:
    """Whether a verb with a tense stands behind its subject; in questions it does not."""
    verbs = [child for child in verb.children if child.dep_ in {"aux", "auxpass"}] + [verb]
    first = min((one.i for one in verbs if one.tag_ in _FINITE), default=-1)
    return any(child.dep_ in _SUBJECTS and child.i < first for child in verb.children)


def _names(sentence: Sentence, term: Term) -> bool:
    return holds(lemmas(sentence.text), lemmas(term.label))


def _false(parsed: ParsedSection, sentence: Sentence, terms: Sequence[Term]) -> Change | None:
    """Find a change that the verifier finds without support, at the sentence and where what was put in is named."""
    seeded = sorted(terms, key=lambda term: stable_id(sentence.text, term.label))
    proof = proof_of(parsed)
    stated = _stated(sentence.text)
    for change in islice(changes_of(parsed, sentence, seeded), _MOST_CHANGES):
        is_seen = _stated(change.text) != stated
        if is_seen and proof.is_wrong(
            _stated(change.text), at=sentence.at, naming=change.wrong if change.is_of_terms else ""
        ):
            return change
    return None


def _stated(text: str) -> str:
    """Give a sentence as it is put to be judged: without its opener and its sources."""
    return without_sources(without_opener(" ".join(text.split())))


def _question(parsed: ParsedSection, sentence: Sentence, change: Change | None, terms: Sequence[Term]) -> Question:
    statement = _stated(change.text if change else sentence.text)
    named = [term.label for term in terms if _names(sentence, term)]
    right = change.right if change else max(named or content_lemmas(statement) or [statement], key=len)
    sided = Sided(
        QuestionForm.TRUE_FALSE,
        _ASKED.format(statement),
        FALSE if change else TRUE,
        options=(TRUE, FALSE),
        key_points=(right,),
    )
    return to_question(parsed, [sentence.at], sided)


def _believed(parsed: ParsedSection, belief: Belief) -> Question:
    why = f"Believes what the reading says many wrongly believe: “{belief.text}”"
    sided = Sided(
        QuestionForm.TRUE_FALSE,
        _ASKED.format(belief.text),
        FALSE,
        options=(TRUE, FALSE),
        key_points=(belief.text.rstrip("."),),
        misconceptions=(Misconception(TRUE, why),),
    )
    return to_question(parsed, [belief.place], sided)
