"""The quiz tab: questions, answers graded by the service, hints one at a time."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from fastapi import APIRouter, Depends, Request, status
from fastapi.responses import Response

from api.deps import Learner, TheServices, Visitor
from api.hearing import HeardInPlace
from api.services import Services
from domain.claims import Claim
from domain.documents import Citation
from domain.errors import Invalid, MargentError, NotFound
from domain.ids import UnitId
from domain.learning import Attempt
from domain.material import Kind, claims_of
from domain.outcomes import Escalated
from domain.questions import Question
from learning.grading import mistake_of
from web.desk import Desk, open_desk, show_desk
from web.forms import Posted, TheForm, go_to
from web.places import Place, View
from web.quiz_answers import LETTERS, LEVELS, Row, find_fault, is_made_of_rows, list_rows, read_answer, score_of
from web.templating import pages_of

if TYPE_CHECKING:
    from generators.tutor import HintView

_ENTRIES = {"a": Kind.QUIZ.value, "t": Kind.HINTS.value}
"""What a field's name begins with, and where its words are said to have been written."""


@dataclass(frozen=True, slots=True)
class Item:
    """A question as one person sees it: `given` is what stands in its field, `attempt` the newest one graded.

    `support` is what somebody in danger reads, in the place where they wrote.
    """

    question: Question
    given: str = ""
    attempt: Attempt | None = None
    hint: "HintView | None" = None
    why: Claim | None = None
    notice: str = ""
    support: str = ""

    @property
    def rows(self) -> list[Row]:
        """The items that have a menu each, with their marks when what stands in them was graded."""
        return list_rows(self.question, self.given, is_graded=_is_graded(self)) if self.is_made_of_rows else []

    @property
    def is_made_of_rows(self) -> bool:
        """Whether it is answered by one menu for each item."""
        return is_made_of_rows(self.question)

    @property
    def score(self) -> str:
        """How much of the graded answer is right, where it has parts."""
        return score_of(self.question, self.attempt.answer) if self.attempt else ""

    @property
    def mistake(self) -> str:
        """What somebody may believe who gave the graded answer."""
        return mistake_of(self.question, self.attempt.answer) if self.attempt else ""

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Where the reading says what the right answer rests on, each place once."""
        return tuple(dict.fromkeys(citation for claim in claims_of(self.question) for citation in claim.citations))


def build_router() -> APIRouter:
    """Give the routes."""
    router = APIRouter()
    router.post("/readings/{document_id}/quiz", dependencies=[Depends(HeardInPlace("a.", "t."))])(send)
    return router


def load_items(desk: Desk, services: Services, *, why: str = "") -> list[Item]:
    """List the questions with the newest attempts since the start; the one named by `why` with its explanation.

    Raises NotAllowed when that one has not been attempted.
    """
    artifact = desk.aids.get(Kind.QUIZ)
    if artifact is None:
        return []
    attempts = services.learning.attempts(desk.visitor.person, artifact.id)[desk.place.after or 0 :]
    newest = {attempt.question_id: attempt for attempt in attempts}
    items = [
        Item(
            unit,
            given=newest[unit.id].answer if unit.id in newest else "",
            attempt=newest.get(unit.id),
            hint=services.tutor.given(desk.visitor.person, unit.id),
        )
        for unit in artifact.units
        if isinstance(unit, Question)
    ]
    return [_with_why(desk, services, item) if item.question.id == why else item for item in items]


def show_quiz(request: Request, desk: Desk, items: Sequence[Item], *changed: Item) -> Response:
    """Show the questions; those `changed` as they stand after a form."""
    after = {item.question.id: item for item in changed}
    shown = [after.get(item.question.id, item) for item in items]
    attempts = [item.attempt for item in shown if item.attempt]
    return show_desk(
        request,
        desk,
        "student/quiz.html",
        artifact=desk.aids.get(Kind.QUIZ),
        items=shown,
        answered=len(attempts),
        right=sum(attempt.is_correct for attempt in attempts),
        letters=LETTERS,
        levels=LEVELS,
        status=422 if any(item.notice for item in changed) else 200,
    )


def send(document_id: str, request: Request, visitor: Learner, services: TheServices, form: TheForm) -> Response:
    """Grade one answer or all that are new, or give a hint; every field is screened before anything else is done."""
    try:
        place = Place(document_id, View.QUIZ, form.number("section"), form.number("after"))
        desk = open_desk(services, visitor, place)
        items = load_items(desk, services)
    except MargentError:
        if heeded := _heed(visitor, services, form):
            return _show_support_alone(request, heeded)
        raise
    if heeded := _heed(visitor, services, form, items):
        return _support(request, desk, services, form, heeded=heeded)
    return _answer(request, desk, services, form, items=items)


def _support(
    request: Request, desk: Desk, services: Services, form: Posted, *, heeded: Mapping[str, Escalated]
) -> Response:
    """Show the supportive words. Where all answers were to be checked, the others still are, if they can be."""
    items = load_items(desk, services)
    if not any(form.text(button) for button in ("again", "hint", "only")):
        for item in (_filled(item, form) for item in items if item.question.id not in heeded):
            if not item.notice and not _is_graded(item):
                with suppress(MargentError):
                    services.learning.answer(desk.visitor.person, item.question.id, item.given)
        items = load_items(desk, services)
    for item in items:
        if item.question.id in heeded:
            return _show_support(request, desk, items, item.question, message=heeded[item.question.id].message)
    return _show_support_alone(request, heeded)


def _answer(request: Request, desk: Desk, services: Services, form: Posted, *, items: Sequence[Item]) -> Response:
    """Do what the button says."""
    if form.text("again"):
        return go_to(_start_again(desk, services))
    if form.text("hint"):
        item = replace(_filled(_pick(items, form.text("hint")), form), notice="")
        hint = services.tutor.next_hint(desk.visitor.person, item.question.id, text=form.text(f"t.{item.question.id}"))
        return _show_hint(request, desk, load_items(desk, services), replace(item, hint=hint))
    if form.text("only"):
        item = _filled(_pick(items, form.text("only")), form)
        return show_quiz(request, desk, items, item) if item.notice else _grade(request, desk, services, [item])
    filled = [_filled(item, form) for item in items]
    begun = [item for item in filled if item.given and not _is_graded(item)]
    answer = _grade(request, desk, services, [item for item in begun if not item.notice])
    unfinished = [item for item in begun if item.notice]
    if unfinished and answer.status_code == status.HTTP_303_SEE_OTHER:
        return show_quiz(request, desk, load_items(desk, services), *unfinished)
    return answer


def _start_again(desk: Desk, services: Services) -> str:
    """Give the address of the quiz without the results so far. All attempts stay."""
    artifact = desk.aids.get(Kind.QUIZ)
    attempts = services.learning.attempts(desk.visitor.person, artifact.id) if artifact else ()
    return replace(desk.place, after=len(attempts)).url() + "#sheet"


def _grade(request: Request, desk: Desk, services: Services, items: Sequence[Item]) -> Response:
    results = [services.learning.answer(desk.visitor.person, item.question.id, item.given) for item in items]
    for item, result in zip(items, results, strict=True):
        if isinstance(result, Escalated):
            return _show_support(request, desk, load_items(desk, services), item.question, message=result.message)
    target = f"#u{items[0].question.id}" if len(items) == 1 else "#sheet"
    return go_to(desk.place.url() + target)


def _show_hint(request: Request, desk: Desk, items: Sequence[Item], changed: Item) -> Response:
    assert changed.hint is not None
    if isinstance(changed.hint.outcome, Escalated):
        return _show_support(request, desk, items, changed.question, message=changed.hint.outcome.message)
    newest = next((item.attempt for item in items if item.question.id == changed.question.id), None)
    return show_quiz(request, desk, items, replace(changed, attempt=newest))


def _heed(visitor: Visitor, services: Services, form: Posted, items: Sequence[Item] = ()) -> dict[str, Escalated]:
    """Look for danger in every field that was written in, whatever its question; give what was found by question.

    Raises Invalid for a field too long to be screened, after the others were. Options of a choice and what was
    graded before are no new words.
    """
    known = {item.question.id: item for item in items}
    found: dict[str, Escalated] = {}
    refusals: list[Invalid] = []
    for name, value in form.values.items():
        kind, _, rest = name.partition(".")
        question_id = rest.partition(".")[0]
        item = known.get(UnitId(question_id))
        if kind not in _ENTRIES or (item and kind == "a" and _is_known(item, value.strip())):
            continue
        try:
            escalated = services.gate.stop(visitor.person, value.strip(), entry=_ENTRIES[kind])
        except Invalid as error:
            refusals.append(error)
            continue
        if escalated:
            found[question_id] = escalated
    if refusals and not found:
        raise refusals[0]
    return found


def _is_known(item: Item, given: str) -> bool:
    """Whether an answer is the reading's own wording, or was screened and graded before."""
    return given in item.question.options or _is_graded(replace(item, given=given))


def _show_support_alone(request: Request, heeded: Mapping[str, Escalated]) -> Response:
    """Show the supportive words where there is no question, or no reading, to show them with."""
    message = next(iter(heeded.values())).message
    return pages_of(request).show(request, "student/support.html", message=message)


def _show_support(request: Request, desk: Desk, items: Sequence[Item], question: Question, *, message: str) -> Response:
    """Show the supportive words with the question that the browser stays at; what was written is not shown again."""
    return show_quiz(request, desk, items, replace(_pick(items, question.id), support=message, hint=None))


def _with_why(desk: Desk, services: Services, item: Item) -> Item:
    claim = services.tutor.explanation(desk.visitor.person, UnitId(item.question.id))
    return replace(item, why=claim)


def _pick(items: Sequence[Item], question_id: str) -> Item:
    for item in items:
        if item.question.id == question_id:
            return item
    raise NotFound("This question is not there any more. Go back and reload the page.")


def _filled(item: Item, form: Posted) -> Item:
    """Put what the form says into a question; an empty answer, or one with items left out, gets a notice."""
    given = read_answer(item.question, form)
    fault = find_fault(item.question, form)
    return replace(item, given=given, notice=fault or ("" if given else "Choose or write an answer first."))


def _is_graded(item: Item) -> bool:
    return item.attempt is not None and item.attempt.answer == item.given
