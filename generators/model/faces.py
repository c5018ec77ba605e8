"""What the faces of a model's unit say: front with back, question with answer, label with statement.

A true statement behind a false face helps nobody, so the faces are judged as statements of their own.
"""

from collections.abc import Sequence

from domain.documents import Citation
from domain.guides import FaqEntry, GuideEntry, GuidePart
from domain.material import CardForm, Flashcard, Unit, claims_of
from domain.questions import Question, QuestionForm
from generators.compose.reading.parse import ParsedSection
from generators.model.clauses import Clause, cited_clauses, clauses_of, roots, says_in_order
from generators.model.propositions import Asked
from safety.near_copies import find_lost

_NAMING = frozenset(roots("called known named means refers"))

_CIRCUMSTANCES = frozenset({"when", "where"})

_BESIDE = 1
"""Words of content before the term that a statement explains."""


def find_fault(unit: Unit, parsed: ParsedSection) -> str:
    """Say which face of a unit the cited sentences do not bear out, or nothing."""
    clauses = cited_clauses(parsed, _cited(unit))
    if isinstance(unit, Flashcard) and unit.form is not CardForm.IMAGE:
        return "" if _answers(unit.front, unit.back, clauses) else "front and back say what its sources do not"
    if isinstance(unit, Question):
        return _fault_of_question(unit, clauses)
    if isinstance(unit, FaqEntry):
        return "" if _supposes(unit.question, clauses) else "the question takes for granted what is not said"
    if isinstance(unit, GuideEntry) and unit.part is not GuidePart.EVENT:
        return "" if _heads(unit, clauses) else "the label is about something else than its sources"
    return ""


def says_too(question: Question, option: str, parsed: ParsedSection) -> bool:
    """Whether any clause of the whole section says that an option is right."""
    every = [clause for sentence in parsed.sentences for clause in clauses_of(parsed, sentence)]
    return _answers(question.stem, option, every)


def _cited(unit: Unit) -> list[Citation]:
    return [citation for claim in claims_of(unit) for citation in claim.citations]


def _fault_of_question(question: Question, clauses: Sequence[Clause]) -> str:
    if question.form is QuestionForm.MATCHING:
        pairs = ((pair.left, pair.right) for pair in question.pairs)
        is_sound = all(_is_said(f"{left} is {right}", clauses) for left, right in pairs)
    elif question.form in {QuestionForm.TRUE_FALSE, QuestionForm.ORDERING}:
        is_sound = True
    else:
        is_sound = _answers(question.stem, question.answer, clauses) and all(
            _is_said(point, clauses) for point in question.key_points
        )
    return "" if is_sound else "question and answer say what its sources do not"


def _is_said(text: str, clauses: Sequence[Clause]) -> bool:
    return any(not find_lost(text, clause.sentence) for clause in says_in_order(text, clauses))


def _answers(front: str, back: str, clauses: Sequence[Clause]) -> bool:
    """Whether the clauses say what a question says with its answer in it."""
    asked = Asked(front)
    if any(_is_said(text, clauses) for text in asked.answered(back)):
        return True
    supposed = asked.supposed()
    is_told = any(not find_lost(f"{supposed}, {back}", one.sentence) for one in says_in_order(supposed, clauses))
    return asked.is_loose and is_told and any(says_in_order(back, clauses))


def _supposes(question: str, clauses: Sequence[Clause]) -> bool:
    """Whether the clauses say what a question takes for granted; a denial is for the answer to tell."""
    asked = Asked(question)
    supposed = asked.supposed()
    if asked.is_loose or not roots(supposed):
        # where and when it holds is for the answer to tell
        return any(says_in_order(supposed, clauses)) if asked.ask in _CIRCUMSTANCES else _is_said(supposed, clauses)
    return _is_said(supposed, clauses) or _is_said(f"not {supposed}", clauses)


def _heads(entry: GuideEntry, clauses: Sequence[Clause]) -> bool:
    if entry.part is not GuidePart.TERM:
        return _supposes(entry.label, clauses)
    label = roots(entry.label)
    return bool(label) and any(_begins(clause, label) for clause in clauses)


def _begins(clause: Clause, label: Sequence[str]) -> bool:
    """Whether a clause is about a label: it is its subject, or what it names comes to be called so."""
    is_subject = set(label) <= clause.subject or set(label) <= set(clause.words[: _BESIDE + len(label)])
    return is_subject or (set(label) <= set(clause.words) and not _NAMING.isdisjoint(clause.words))
