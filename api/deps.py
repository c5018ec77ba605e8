"""What routes ask for: the services, who asks, and the permission that every route must name.

A route that stands open says so with `Open` or `Welcome`; a test walks all
routes and fails on one that says nothing.
"""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request, Security
from fastapi.security import APIKeyCookie, HTTPAuthorizationCredentials, HTTPBearer

from accounts.policy import Action, Thing, allows
from api.security import SESSION_COOKIE
from api.services import Services
from domain.errors import NotAllowed, NotFound, NotSignedIn
from domain.people import Person

_HIDDEN = frozenset({Action.SEE_CASES, Action.ACT_ON_CASES})
_Cookie = Annotated[
    str | None,
    Security(
        APIKeyCookie(
            name=SESSION_COOKIE, scheme_name="cookie", description="Set by signing in, for browsers.", auto_error=False
        )
    ),
]
_Bearer = Annotated[
    HTTPAuthorizationCredentials | None,
    Security(HTTPBearer(scheme_name="bearer", description="The token that signing in answers with.", auto_error=False)),
]


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who is signed in, with the session's token and the token that its forms carry."""

    person: Person
    token: str
    form_token: str


def services_of(request: Request) -> Services:
    """Give the services that the application was made with."""
    services = request.app.state.services
    assert isinstance(services, Services)
    return services


TheServices = Annotated[Services, Depends(services_of)]


def find_visitor(request: Request, services: TheServices, cookie: _Cookie, bearer: _Bearer) -> Visitor | None:
    """Give whoever is signed in, by cookie or bearer token, and remember it for the page."""
    return _find(request, services, bearer.credentials if bearer else cookie or "")


def recognise(request: Request, services: Services) -> Visitor | None:
    """Do the same before the route's own questions are asked, for what comes first on every route."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    is_bearer = scheme.lower() == "bearer" and bool(token.strip())
    return _find(request, services, token.strip() if is_bearer else request.cookies.get(SESSION_COOKIE, ""))


def _find(request: Request, services: Services, token: str) -> Visitor | None:
    """Find the session of a token, once in a request."""
    known: Visitor | None = getattr(request.state, "visitor", None)
    if known is None or known.token != token:
        found = services.accounts.find_session(token) if token else None
        known = Visitor(found[0], token, found[1].form_token) if found else None
    request.state.visitor = known
    return known


MaybeVisitor = Annotated[Visitor | None, Depends(find_visitor)]


class Permission:
    """Lets people through whose role may do something. What is hidden from a role is NotFound to it."""

    def __init__(self, action: Action) -> None:
        """Keep the action."""
        self.action = action

    def __call__(self, visitor: MaybeVisitor) -> Visitor:
        """Give the visitor. Raises NotSignedIn, NotFound or NotAllowed."""
        if visitor is None:
            raise NotSignedIn("Please sign in first.")
        if allows(visitor.person, self.action):
            return visitor
        if self.action in _HIDDEN:
            raise NotFound("There is nothing at this address, or it is not yours to see.")
        raise NotAllowed("Your account is not for this.")


class Open:
    """Says that a route is meant for everybody, and has no use for who asks."""

    def __call__(self) -> None:
        """Let everybody through."""


class Welcome:
    """Says that a route is meant for everybody, and greets those who are signed in."""

    def __call__(self, visitor: MaybeVisitor) -> Visitor | None:
        """Let everybody through; give the visitor, if there is one."""
        return visitor


Everybody = Annotated[None, Depends(Open())]
Anybody = Annotated[Visitor | None, Depends(Welcome())]
Reader = Annotated[Visitor, Depends(Permission(Action.READ))]
Uploader = Annotated[Visitor, Depends(Permission(Action.UPLOAD))]
Deleter = Annotated[Visitor, Depends(Permission(Action.DELETE))]
Maker = Annotated[Visitor, Depends(Permission(Action.MAKE_AIDS))]
Editor = Annotated[Visitor, Depends(Permission(Action.EDIT_AIDS))]
Rater = Annotated[Visitor, Depends(Permission(Action.RATE))]
Learner = Annotated[Visitor, Depends(Permission(Action.STUDY))]
Preparer = Annotated[Visitor, Depends(Permission(Action.PREPARE_LESSONS))]
Overseer = Annotated[Visitor, Depends(Permission(Action.OVERSEE))]
Carer = Annotated[Visitor, Depends(Permission(Action.SEE_CASES))]
CaseWorker = Annotated[Visitor, Depends(Permission(Action.ACT_ON_CASES))]
OnCallManager = Annotated[Visitor, Depends(Permission(Action.MANAGE_ON_CALL))]
Reviewer = Annotated[Visitor, Depends(Permission(Action.REVIEW))]
Auditor = Annotated[Visitor, Depends(Permission(Action.SEE_AUDIT))]
PeopleManager = Annotated[Visitor, Depends(Permission(Action.MANAGE_PEOPLE))]
SchoolManager = Annotated[Visitor, Depends(Permission(Action.MANAGE_SCHOOL))]
ClassMaker = Annotated[Visitor, Depends(Permission(Action.MAKE_CLASSES))]
ClassManager = Annotated[Visitor, Depends(Permission(Action.MANAGE_CLASS))]
ChildsGuardian = Annotated[Visitor, Depends(Permission(Action.SEE_CHILD))]
ConsentDecider = Annotated[Visitor, Depends(Permission(Action.DECIDE_CONSENT))]
RecordOwner = Annotated[Visitor, Depends(Permission(Action.SEE_OWN_RECORD))]
Member = Annotated[Visitor, Depends(Permission(Action.SIGN_OUT))]


def check_may(visitor: Visitor, action: Action, thing: Thing) -> None:
    """Raise NotAllowed unless the person may do this with the thing, which is known to be theirs to see."""
    if not allows(visitor.person, action, thing):
        raise NotAllowed("Only the person who added this, or a teacher, can do that.")
