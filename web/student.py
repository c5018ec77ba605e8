"""The study page: read, summary, cards, map, quiz, ask, all in one place."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from accounts.policy import Action
from api.deps import Learner, Maker, Reader, TheServices, check_may
from api.hearing import HeardInPlace
from api.routes.material import export
from api.services import Services
from api.wishes import LONGEST_QUESTION
from domain.consent import Purpose
from domain.errors import ConsentMissing, Invalid, MargentError
from domain.guides import Way
from domain.ids import UnitId
from domain.material import Kind
from domain.outcomes import Escalated, Refused
from web.cards import show_cards
from web.choices import show_asking
from web.desk import Desk, open_desk, show_desk
from web.forms import Posted, TheForm, go_to
from web.guide import GUIDE_KINDS, show_guide
from web.maps import show_map
from web.passages import show_passage
from web.places import Place, View, Where
from web.quiz import load_items, show_quiz
from web.reading import show_reading
from web.summaries import show_summary
from web.teacher import show_easier, show_report
from web.templating import pages_of

if TYPE_CHECKING:
    from generators.tutor import HintView

_KINDS = {
    View.SUMMARY: (Kind.SUMMARY,),
    View.CARDS: (Kind.FLASHCARDS,),
    View.MAP: (Kind.CONCEPT_MAP,),
    View.QUIZ: (Kind.QUIZ,),
    View.GUIDE: GUIDE_KINDS,
}
_ASKED = {"question": Kind.ANSWER.value, "thought": Kind.HINTS.value}
"""What one writes in when asking, and where its words are said to have been written."""

WAYS = {
    Way.MEANING: "What it means",
    Way.EXAMPLE: "An example",
    Way.CONTRAST: "What it is not",
    Way.CAUSE: "What it comes of, or leads to",
    Way.MORE: "More about it",
    Way.COMPARISON: "What it is like",
}


def build_router() -> APIRouter:
    """Give the routes."""
    router = APIRouter()
    one = "/readings/{document_id}"
    router.get(one)(show)
    router.get(one + "/exports/{name}")(export)
    router.post(one + "/make")(make)
    router.post(one + "/ask", dependencies=[Depends(HeardInPlace(*_ASKED))])(ask)
    return router


def show(
    document_id: str, request: Request, visitor: Reader, services: TheServices, where: Annotated[Where, Query()]
) -> Response:
    """Show a tab of the study page."""
    desk = open_desk(services, visitor, where.place(document_id))
    shows: Mapping[View, Callable[[], Response]] = {
        View.READ: lambda: show_reading(request, desk, services, where.page),
        View.SUMMARY: lambda: show_summary(request, desk),
        View.CARDS: lambda: show_cards(request, desk, where.batch),
        View.MAP: lambda: show_map(request, desk),
        View.QUIZ: lambda: show_quiz(request, desk, load_items(desk, services, why=where.why)),
        View.GUIDE: lambda: show_guide(request, desk),
        View.ASK: lambda: _show_ask(request, desk, services),
        View.EASIER: lambda: show_easier(request, desk, services),
        View.REPORT: lambda: show_report(request, desk, services),
    }
    return shows[where.view]()


def make(document_id: str, request: Request, visitor: Maker, services: TheServices, form: TheForm) -> Response:
    """Have a study aid made now."""
    place = place_of(document_id, form)
    desk = open_desk(services, visitor, place)
    check_may(visitor, Action.MAKE_AIDS, desk.document)
    if place.view not in _KINDS:
        raise Invalid("There is nothing to make here.", field="view")
    outcomes = [
        services.material.make(visitor.person, desk.document.id, place.section, kind) for kind in _KINDS[place.view]
    ]
    refused = [outcome for outcome in outcomes if isinstance(outcome, Refused)]
    if len(refused) == len(outcomes):
        return _show_missing(request, desk, refused[0].message)
    return go_to(place.url())


def ask(document_id: str, request: Request, visitor: Learner, services: TheServices, form: TheForm) -> Response:
    """Answer a question out of the reading, or give a hint for it; every field is heard before anything else."""
    heard = [services.gate.stop(visitor.person, form.text(name), entry=entry) for name, entry in _ASKED.items()]
    escalated = next((one for one in heard if one), None)
    try:
        desk = open_desk(services, visitor, Place(document_id, View.ASK, form.number("section")))
    except MargentError:
        if escalated is None:
            raise
        return pages_of(request).show(request, "student/support.html", message=escalated.message)
    if escalated:
        return _show_ask(request, desk, services, message=escalated.message)
    question = form.text("question")
    if not question:
        return _show_ask(request, desk, services, status=422, problem="Write a question first.")
    try:
        return _answer(request, desk, services, form)
    except ConsentMissing:
        return _show_ask(request, desk, services, status=403)


def _answer(request: Request, desk: Desk, services: Services, form: Posted) -> Response:
    question = form.text("question")
    if form.text("mode") == "explain":
        return _explain(request, desk, services, question)
    if form.text("mode") == "hint":
        return _show_hint(request, desk, services, question, _hint_for(desk, services, form))
    answer = services.material.ask(desk.visitor.person, desk.document.id, question)
    if isinstance(answer.outcome, Escalated):
        return _show_ask(request, desk, services, message=answer.outcome.message)
    passages = [show_passage(passage, question, desk.place) for passage in answer.passages]
    if isinstance(answer.outcome, Refused):
        return _show_ask(request, desk, services, question=question, refusal=answer.outcome.message, passages=passages)
    return _show_ask(request, desk, services, question=question, artifact=answer.outcome.artifact, passages=passages)


def _explain(request: Request, desk: Desk, services: Services, subject: str) -> Response:
    outcome = services.material.explain(desk.visitor.person, desk.document.id, subject)
    if isinstance(outcome, Escalated):
        return _show_ask(request, desk, services, message=outcome.message)
    if isinstance(outcome, Refused):
        return _show_ask(request, desk, services, question=subject, refusal=outcome.message)
    return _show_ask(request, desk, services, question=subject, explanation=outcome.artifact)


def place_of(document_id: str, form: Posted) -> Place:
    """Give the place that a form was sent from."""
    view = form.text("view") or View.READ.value
    if view not in set(View):
        raise Invalid("There is no such tab. Go back and reload the page.", field="view")
    return Place(document_id, View(view), form.number("section"))


def _show_ask(request: Request, desk: Desk, services: Services, *, status: int = 200, **values: object) -> Response:
    frame: dict[str, object] = {
        "asking": None if desk.may_ask else show_asking(desk.visitor, services, Purpose.TUTOR),
        "question": "",
        "problem": "",
        "refusal": "",
        "hint": None,
        "artifact": None,
        "explanation": None,
        "passages": [],
    }
    return show_desk(
        request, desk, "student/ask.html", status=status, longest=LONGEST_QUESTION, ways=WAYS, **frame | values
    )


def _hint_for(desk: Desk, services: Services, form: Posted) -> "HintView":
    """Give the first hint for a question, or the next one, with what the person has found so far."""
    if form.text("hint_for"):
        question_id = UnitId(form.text("hint_for"))
        return services.tutor.next_hint(desk.visitor.person, question_id, text=form.text("thought"))
    return services.tutor.ask_hint(desk.visitor.person, desk.document.id, form.text("question"))


def _show_hint(request: Request, desk: Desk, services: Services, question: str, hint: "HintView") -> Response:
    if isinstance(hint.outcome, Escalated):
        return _show_ask(request, desk, services, message=hint.outcome.message)
    if isinstance(hint.outcome, Refused):
        return _show_ask(request, desk, services, question=question, refusal=hint.outcome.message)
    return _show_ask(request, desk, services, question=question, hint=hint)


def _show_missing(request: Request, desk: Desk, note: str) -> Response:
    return show_desk(request, desk, "student/nothing.html", note=note)
