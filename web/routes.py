"""Every page's route, and the static files."""

from fastapi import APIRouter, Depends, FastAPI, Request
from fastapi.responses import Response

from api.deps import Everybody
from api.hearing import hear_search
from web import (
    account,
    adding,
    audit,
    choices,
    classes,
    costs,
    counsellor,
    drawings,
    family,
    hands,
    invitation,
    inviting,
    join,
    keeping,
    library,
    on_call,
    own_account,
    pictures,
    practice,
    quiz,
    reading,
    reading_report,
    record,
    review,
    rosters,
    rules,
    school,
    school_account,
    search,
    setup,
    student,
    study_sets,
    teacher,
)
from web.templating import Pages, pages_of

_STUDY = (
    account,
    school_account,
    library,
    adding,
    search,
    reading,
    reading_report,
    quiz,
    student,
    study_sets,
    practice,
    hands,
    teacher,
    counsellor,
    choices,
    drawings,
    family,
    classes,
    join,
    review,
    costs,
)
_OFFICE = (on_call, setup, rosters, pictures, school, rules, inviting, invitation, own_account, record, keeping, audit)
_FOR_EVER = "public, max-age=31536000, immutable"


def install(app: FastAPI) -> None:
    """Put the pages on the application; problems outside `/api/` are then shown as pages too."""
    app.state.pages = Pages()
    app.include_router(build_router())


def build_router() -> APIRouter:
    """Give every page's route."""
    heard = [Depends(hear_search)]
    router = APIRouter(include_in_schema=False, default_response_class=Response, dependencies=heard)
    for module in (*_STUDY, *_OFFICE):
        router.include_router(module.build_router())
    router.get("/static/{version}/{name}")(show_static)
    return router


def show_static(version: str, name: str, request: Request, _open: Everybody) -> Response:
    """Send a static file; browsers keep it, since its address changes with its content."""
    pages = pages_of(request)
    file = pages.static_file(name)
    caching = _FOR_EVER if version == pages.version else "no-cache"
    return Response(file.content, media_type=file.media_type, headers={"Cache-Control": caching})
