"""Which questions may stand in one quiz: one for a fact, no answer twice, and none that tells what another asks."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from domain.documents import Span
from domain.material import claims_of
from domain.questions import Question, QuestionForm
from domain.words import holds, lemmas

_SHARED_STEMS = frozenset({QuestionForm.MATCHING, QuestionForm.ORDERING})
"""Forms whose stem only says what to do, and may stand twice in a quiz."""

_FREE_ANSWERS = frozenset({QuestionForm.TRUE_FALSE, *_SHARED_STEMS})
"""Forms whose answer is no word that another question could give away."""


@dataclass(frozen=True)
class Mix:
    """The questions of a quiz so far."""

    chosen: list[Question] = field(default_factory=list)

    def take(self, questions: Iterable[Question]) -> bool:
        """Take the first of the questions that fits beside those chosen; False where none does."""
        found = next((question for question in questions if self.has_room_for(question)), None)
        if found is not None:
            self.chosen.append(found)
        return found is not None

    def has_room_for(self, question: Question) -> bool:
        """Whether a question asks for nothing that is asked or told already, and tells nothing that is asked."""
        return not any(_clash(question, other) for other in self.chosen)


def place_of(question: Question) -> tuple[int, int]:
    """Give the page and the character where the question's source begins."""
    span = question.claim.citations[0].span
    return span.page, span.start


def _clash(one: Question, other: Question) -> bool:
    if one.id == other.id or _concepts(one) & _concepts(other) or _tells(one, other) or _tells(other, one):
        return True
    is_free = one.form in _FREE_ANSWERS or other.form in _FREE_ANSWERS
    if not is_free and lemmas(one.answer) == lemmas(other.answer):
        return True
    if one.form not in _SHARED_STEMS and lemmas(one.stem) == lemmas(other.stem):
        return True
    return any(_overlap(mine, yours) for mine in _spans(one) for yours in _spans(other))


def _concepts(question: Question) -> set[tuple[str, ...]]:
    return {tuple(lemmas(concept)) for concept in question.concepts}


def _tells(one: Question, other: Question) -> bool:
    """Whether what one shows holds the answer of the other word for word."""
    if other.form in _FREE_ANSWERS:
        return False
    shown = [one.stem, *(pair.left for pair in one.pairs), *(one.options if one.form in _SHARED_STEMS else ())]
    wanted = [lemmas(answer) for answer in (other.answer, *other.accepted)]
    return any(holds(lemmas(text), answer) for text in shown for answer in wanted)


def _spans(question: Question) -> Iterator[Span]:
    for claim in claims_of(question):
        for citation in claim.citations:
            yield citation.span


def _overlap(one: Span, other: Span) -> bool:
    is_same_page = (one.document_id, one.page) == (other.document_id, other.page)
    return is_same_page and one.start < other.end and other.start < one.end
