"""Rosters: bring a list, see what it would do, bring it in, read what became of each row."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from accounts.roster.held import Held
from accounts.roster.report import Outcome
from api.deps import ClassManager, PeopleManager, TheServices, Visitor
from api.services import Services
from domain.errors import Invalid
from domain.ids import ClassId
from domain.people import ClassRoom
from web.forms import Posted, TheForm, go_to
from web.templating import pages_of

_ROWS_SHOWN = 500
"""Rows on a page; all of them are in the file."""

Show = Annotated[str, Query(max_length=20)]


def build_router() -> APIRouter:
    """Give the routes: the school's roster, and a class's."""
    router = APIRouter()
    school, one_class = "/school/roster", "/classes/{class_id}/roster"
    router.get(school)(show_school)
    router.post(school)(look_at_school)
    router.get(school + "/{roster_id}")(show_held_of_school)
    router.post(school + "/{roster_id}")(take_for_school)
    router.get(school + "/{roster_id}/report.csv")(download_for_school)
    router.get(one_class)(show_class)
    router.post(one_class)(look_at_class)
    router.get(one_class + "/{roster_id}")(show_held_of_class)
    router.post(one_class + "/{roster_id}")(take_for_class)
    router.get(one_class + "/{roster_id}/report.csv")(download_for_class)
    return router


def show_school(request: Request, _visitor: PeopleManager) -> Response:
    """Ask for the school's list."""
    return _ask(request, None)


def look_at_school(request: Request, visitor: PeopleManager, services: TheServices, form: TheForm) -> Response:
    """Take a list and show what it would do."""
    return _look_at(request, visitor, services, form=form, class_room=None)


def show_held_of_school(
    roster_id: str, request: Request, visitor: PeopleManager, services: TheServices, show: Show = ""
) -> Response:
    """Show what a list would do, or what it did."""
    held = services.rosters.load_held(visitor.person, roster_id)
    return _show(request, held, None, show=show)


def take_for_school(roster_id: str, visitor: PeopleManager, services: TheServices, _form: TheForm) -> Response:
    """Bring the list in."""
    services.rosters.take_held(visitor.person, roster_id)
    return go_to(f"/school/roster/{roster_id}")


def download_for_school(roster_id: str, visitor: PeopleManager, services: TheServices) -> Response:
    """Send the report as a file."""
    return _file(services.rosters.load_held(visitor.person, roster_id))


def show_class(class_id: str, request: Request, visitor: ClassManager, services: TheServices) -> Response:
    """Ask for a class's list."""
    return _ask(request, services.classes.load(visitor.person, ClassId(class_id)))


def look_at_class(
    class_id: str, request: Request, visitor: ClassManager, services: TheServices, form: TheForm
) -> Response:
    """Take a class's list and show what it would do."""
    class_room = services.classes.load(visitor.person, ClassId(class_id))
    return _look_at(request, visitor, services, form=form, class_room=class_room)


# the parts of the address, and who asks
def show_held_of_class(  # noqa: PLR0913
    class_id: str,
    roster_id: str,
    request: Request,
    visitor: ClassManager,
    services: TheServices,
    *,
    show: Show = "",
) -> Response:
    """Show what a class's list would do, or what it did."""
    class_room = services.classes.load(visitor.person, ClassId(class_id))
    held = services.rosters.load_held(visitor.person, roster_id, class_id=class_room.id)
    return _show(request, held, class_room, show=show)


def take_for_class(
    class_id: str, roster_id: str, visitor: ClassManager, services: TheServices, _form: TheForm
) -> Response:
    """Bring a class's list in."""
    services.rosters.take_held(visitor.person, roster_id, class_id=ClassId(class_id))
    return go_to(f"/classes/{class_id}/roster/{roster_id}")


def download_for_class(class_id: str, roster_id: str, visitor: ClassManager, services: TheServices) -> Response:
    """Send the report of a class's list as a file."""
    return _file(services.rosters.load_held(visitor.person, roster_id, class_id=ClassId(class_id)))


def _ask(request: Request, class_room: ClassRoom | None, problem: Invalid | None = None) -> Response:
    return pages_of(request).show(
        request,
        "classes/roster.html",
        status=422 if problem else 200,
        class_room=class_room,
        here=_address(class_room),
        problem=problem,
    )


def _look_at(
    request: Request, visitor: Visitor, services: Services, *, form: Posted, class_room: ClassRoom | None
) -> Response:
    files = [file.file.read() for file in form.files]
    if not files:
        return _ask(request, class_room, Invalid("Choose a file first.", field="files"))
    class_id = class_room.id if class_room else None
    try:
        held = services.rosters.look_at(visitor.person, *files, class_id=class_id)
    except Invalid as error:
        return _ask(request, class_room, error)
    return go_to(f"{_address(class_room)}/{held.id}")


def _show(request: Request, held: Held, class_room: ClassRoom | None, *, show: str) -> Response:
    rows = [row for row in held.report.rows if not show or row.outcome.value == show]
    return pages_of(request).show(
        request,
        "classes/report.html",
        class_room=class_room,
        here=_address(class_room),
        held=held,
        counts={outcome.value: count for outcome, count in held.report.counts.items()},
        will_change=held.report.counts[Outcome.ADDED] + held.report.counts[Outcome.UPDATED],
        rows=rows[:_ROWS_SHOWN],
        more=max(0, len(rows) - _ROWS_SHOWN),
        show=show,
    )


def _address(class_room: ClassRoom | None) -> str:
    return f"/classes/{class_room.id}/roster" if class_room else "/school/roster"


def _file(held: Held) -> Response:
    # the byte order mark tells spreadsheets that this is UTF-8
    content = "\ufeff" + held.report.to_csv()
    headers = {"Content-Disposition": 'attachment; filename="roster-report.csv"'}
    return Response(content.encode(), media_type="text/csv; charset=utf-8", headers=headers)
