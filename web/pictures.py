"""Pictures: the cards that a teacher prints, and signing in with them, step by step and without script."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from accounts.codes import to_kept, to_shown
from accounts.pictures import LENGTH, SECRETS, Browser, Card, account_of
from accounts.tries import TooManyTries
from api.deps import Anybody, ClassManager, TheServices, Visitor
from api.errors import status_of
from api.services import Services
from api.signing_in import client_address, known_device, welcome
from domain.errors import MargentError, NotFound, NotSignedIn
from domain.ids import ClassId, PersonId
from domain.people import ClassRoom
from web.forms import TheForm, go_to
from web.templating import pages_of


def build_router() -> APIRouter:
    """Give the routes."""
    router = APIRouter()
    router.get("/sign-in/class")(show_sign_in)
    router.post("/sign-in/class")(sign_in)
    router.get("/classes/{class_id}/pictures")(show_cards)
    router.post("/classes/{class_id}/pictures")(deal)
    return router


def show_sign_in(
    request: Request, _visitor: Anybody, services: TheServices, code: Annotated[str, Query(max_length=100)] = ""
) -> Response:
    """Ask for the class's code; with it in the address, so that it can be bookmarked, show the children's pictures."""
    if not code:
        return _ask(request)
    return _show_children(request, services, code)


def sign_in(request: Request, _visitor: Anybody, services: TheServices, form: TheForm) -> Response:
    """Take the child's own picture, then one secret picture after another; with the last one, sign in."""
    code, avatar = form.text("code"), form.text("avatar")
    if not avatar:
        return _show_children(request, services, code)
    taps = [word for word in [*form.text("taps").split(), form.text("picture")] if word in SECRETS]
    if len(taps) < LENGTH:
        return _show_step(request, services, code, avatar=avatar, taps=taps)
    account = account_of(code, avatar)
    browser = Browser(
        client_address(request), known_device(request, services, account), request.headers.get("user-agent", "")
    )
    try:
        session = services.pictures.sign_in(code, avatar, taps, browser=browser)
    except (NotSignedIn, TooManyTries) as error:
        return _show_step(request, services, code, avatar=avatar, taps=[], problem=error)
    except NotFound as error:
        return _ask(request, code=code, problem=error)
    response = go_to("/")
    welcome(response, request, services, session.token, account=account)
    return response


def show_cards(class_id: str, request: Request, visitor: ClassManager, services: TheServices) -> Response:
    """Show which children have pictures; secrets are shown when they are dealt, and only then."""
    class_room = services.classes.load(visitor.person, ClassId(class_id))
    cards = services.pictures.cards(visitor.person, class_room.id)
    return _show_cards(request, services, visitor, class_room=class_room, cards=cards)


def deal(class_id: str, request: Request, visitor: ClassManager, services: TheServices, form: TheForm) -> Response:
    """Deal pictures and show the cards to print, once."""
    class_room = services.classes.load(visitor.person, ClassId(class_id))
    person_id = PersonId(form.text("person_id")) if form.text("person_id") else None
    cards = services.pictures.deal(
        visitor.person, class_room.id, person_id=person_id, is_anew=form.text("is_anew") == "yes"
    )
    if not cards:
        return go_to(f"/classes/{class_id}/pictures")
    response = _show_cards(request, services, visitor, class_room=class_room, cards=cards, is_dealt=True)
    response.headers["Cache-Control"] = "no-store"
    return response


# each argument is one part of the page
def _show_cards(  # noqa: PLR0913
    request: Request,
    services: Services,
    visitor: Visitor,
    *,
    class_room: ClassRoom,
    cards: list[Card],
    is_dealt: bool = False,
) -> Response:
    return pages_of(request).show(
        request,
        "classes/cards.html",
        class_room=class_room,
        cards=cards,
        is_dealt=is_dealt,
        without=sum(not card.has_password and not card.person.picture_hash for card in cards),
        dealt=sum(card.has_pictures for card in cards),
        misses=services.pictures.misses_today(visitor.person, class_room.id),
        address=f"{request.url.netloc}/sign-in/class",
        code=to_shown(class_room.sign_in_code),
    )


def _ask(request: Request, *, code: str = "", problem: MargentError | None = None) -> Response:
    status = status_of(problem) if problem else 200
    return pages_of(request).show(request, "classes/picture_code.html", status=status, code=code, problem=problem)


def _show_children(request: Request, services: Services, code: str) -> Response:
    try:
        class_room, avatars = services.pictures.find_class(code, address=client_address(request))
    except NotFound as error:
        return _ask(request, code=code, problem=error)
    return pages_of(request).show(
        request,
        "classes/picture_children.html",
        class_room=class_room,
        avatars=avatars,
        code=to_kept(code),
    )


# each argument is one part of the page
def _show_step(  # noqa: PLR0913
    request: Request,
    services: Services,
    code: str,
    *,
    avatar: str,
    taps: list[str],
    problem: MargentError | None = None,
) -> Response:
    try:
        _, avatars = services.pictures.find_class(code, address=client_address(request))
    except NotFound as error:
        return _ask(request, code=code, problem=error)
    if avatar not in avatars:
        return _show_children(request, services, code)
    return pages_of(request).show(
        request,
        "classes/picture_secret.html",
        status=status_of(problem) if problem else 200,
        avatar=avatar,
        taps=taps,
        length=LENGTH,
        words=SECRETS,
        code=to_kept(code),
        problem=problem,
    )
