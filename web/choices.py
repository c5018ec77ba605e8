"""What may be done with a student's data, purpose by purpose: one's own choices, and those about a child.

The office opens the same page for a student to write down what a family has signed on paper.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel

from accounts.family_words import words_in
from api.deps import ConsentDecider, TheServices, Visitor
from api.services import Services
from domain.consent import ConsentRecord, Purpose
from domain.errors import Invalid
from domain.ids import PersonId
from domain.people import Person, Role
from safety.consent import Choice
from safety.purposes import DEFAULT, PurposeWords, Tongue, list_tongues, words_of
from web.forms import Posted, TheForm, go_to, local_path
from web.templating import pages_of

SEEN_COOKIE = "margent_choices_seen"
"""Holds the id of the student who has been on the page, so that the library points to it no more."""

_YEAR = 365 * 24 * 3600
_ANSWERS = {"yes": True, "no": False}
_OTHERS = {Role.GUARDIAN: "/children", Role.ADMINISTRATOR: "/school/people"}
"""Where those find whom they decide for who have no choices of their own."""


class Wish(BaseModel):
    """What the address of the page says: the language of the words, and whether something was just saved."""

    language: str = DEFAULT
    saved: str = ""


@dataclass(frozen=True, slots=True)
class ShownAs:
    """How the page is shown: in a language, with a note or what is wrong, and where its form leads in the end."""

    language: str
    is_saved: bool = False
    problem: str = ""
    next: str = ""


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """One purpose on the page: its words, how it stands, and by whom that was decided."""

    choice: Choice
    words: PurposeWords
    by: str

    @property
    def answer(self) -> str:
        """What stands chosen: yes, no, or nothing before the first decision and after new words."""
        record = self.choice.record
        if record is None or self.choice.is_asked_anew:
            return ""
        return "yes" if record.is_given else "no"


@dataclass(frozen=True, slots=True)
class Asking:
    """A choice that is missing where somebody stands: the reader makes it there, or learns who can (`who`)."""

    purpose: Purpose
    words: PurposeWords
    may_decide: bool
    who: str


def asks_for_choices(request: Request, visitor: Visitor, services: Services) -> bool:
    """Whether to point a student to the page with the choices: nothing is decided, and the page was never opened."""
    person = visitor.person
    if person.role is not Role.STUDENT or request.cookies.get(SEEN_COOKIE) == person.id:
        return False
    return all(choice.record is None for choice in services.consents.list_for(person))


def show_asking(visitor: Visitor, services: Services, purpose: Purpose) -> Asking:
    """Give what to show in the place of what is not allowed yet."""
    person, today = visitor.person, services.clock.now().date()
    may_decide = services.consents.may_decide(person, person, today)
    return Asking(purpose, words_of(purpose), may_decide, services.consents.who_can(person))


def build_router() -> APIRouter:
    """Give the routes."""
    router = APIRouter(prefix="/choices")
    router.get("")(show_own)
    router.post("")(decide_own)
    router.get("/{person_id}")(show_for)
    router.post("/{person_id}")(decide_for)
    return router


def show_own(
    request: Request, visitor: ConsentDecider, services: TheServices, wish: Annotated[Wish, Query()]
) -> Response:
    """Show one's own choices; guardians and the office are sent on to those whom they decide for."""
    person = visitor.person
    if person.role in _OTHERS:
        return go_to(_OTHERS[person.role])
    response = _show(request, services, person, person, wish=ShownAs(wish.language, bool(wish.saved)))
    is_secure = request.url.scheme == "https"
    response.set_cookie(SEEN_COOKIE, person.id, max_age=_YEAR, secure=is_secure, httponly=True, samesite="lax")
    return response


def decide_own(request: Request, visitor: ConsentDecider, services: TheServices, form: TheForm) -> Response:
    """Decide for oneself, here or on the page where the choice was missing (`next`)."""
    try:
        services.consents.decide(visitor.person, visitor.person, _choices(form))
    except Invalid as error:
        return _show(request, services, visitor.person, visitor.person, wish=_wish(form, problem=error.message))
    return go_to(local_path(form.text("next")) if form.text("next") else f"/choices{_saved(form)}")


def show_for(
    person_id: str, request: Request, visitor: ConsentDecider, services: TheServices, wish: Annotated[Wish, Query()]
) -> Response:
    """Show the choices about a child, or about a member of the school to the office."""
    about = services.consents.load_about(visitor.person, PersonId(person_id))
    return _show(request, services, visitor.person, about, wish=ShownAs(wish.language, bool(wish.saved)))


def decide_for(
    person_id: str, request: Request, visitor: ConsentDecider, services: TheServices, form: TheForm
) -> Response:
    """Decide about a child, or write down what is on paper."""
    about = services.consents.load_about(visitor.person, PersonId(person_id))
    is_on_paper = form.text("is_on_paper") == "yes"
    try:
        services.consents.decide(visitor.person, about, _choices(form), is_on_paper=is_on_paper)
    except Invalid as error:
        return _show(request, services, visitor.person, about, wish=_wish(form, problem=error.message))
    return go_to(f"/choices/{about.id}{_saved(form)}")


def _wish(form: Posted, *, problem: str) -> ShownAs:
    """Give how to show the page again that a form came from, with what is wrong with it and where it leads."""
    return ShownAs(language=form.text("language"), problem=problem, next=form.text("next"))


def _saved(form: Posted) -> str:
    """Say in an address that it was saved, in the language that the page was read in."""
    return f"?{urlencode({'language': _tongue(form.text('language')).language, 'saved': 'yes'})}"


def _tongue(language: str) -> Tongue:
    tongues = list_tongues()
    return next((one for one in tongues if one.language == language), tongues[0])


def _show(request: Request, services: Services, by: Person, about: Person, *, wish: ShownAs) -> Response:
    tongue, today = _tongue(wish.language), services.clock.now().date()
    views = [
        ChoiceView(choice, words_of(choice.purpose, tongue.language), _decider(choice.record, by, about))
        for choice in services.consents.list_for(about)
    ]
    return pages_of(request).show(
        request,
        "choices/choices.html",
        status=422 if wish.problem else 200,
        about=about,
        is_own=by.id == about.id,
        is_office=by.role is Role.ADMINISTRATOR,
        may_decide=services.consents.may_decide(by, about, today),
        who=services.consents.who_can(about),
        views=views,
        tongue=tongue,
        tongues=list_tongues(),
        say=words_in(tongue.language).say,
        wish=wish,
    )


def _choices(form: Posted) -> Mapping[Purpose, bool]:
    """Read what was chosen; a purpose without an answer stays as it is. Raises Invalid when nothing was."""
    given = {purpose: form.text(purpose.value) for purpose in Purpose}
    chosen = {purpose: _ANSWERS[answer] for purpose, answer in given.items() if answer in _ANSWERS}
    if not chosen:
        raise Invalid("Choose “allow” or “do not allow” first.", field="purpose")
    return chosen


def _decider(record: ConsentRecord | None, by: Person, about: Person) -> str:
    """Say who made a decision, as much as the reader may know."""
    if record is None:
        return ""
    if record.is_on_paper:
        return "on paper, written down by the school's office"
    if record.by_id == by.id:
        return "by you"
    return f"by {about.name}" if record.by_id == about.id else "by a parent or guardian"
