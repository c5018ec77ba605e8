"""Guardians' pages: their children, one child's progress and data, and the report by term, in their language."""

from collections.abc import Mapping
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field

from accounts.family_report import FamilyReport, shorten
from accounts.family_words import list_languages, words_in
from api.deps import ChildsGuardian, ConsentDecider, TheServices
from domain.consent import Purpose
from domain.ids import PersonId
from web.forms import Posted, TheForm, go_to
from web.templating import pages_of

_MOST_READINGS = 8
_MOST_LOOKS = 6
"""Rows of the report's tables, so that it fits two printed pages."""

_ANSWERS = {"yes": True, "no": False}


class Wanted(BaseModel):
    """What the address of a guardian's page says: the language, the term's first day, whether choices were saved."""

    model_config = ConfigDict(frozen=True)

    language: Annotated[str, Field(max_length=20)] = ""
    term: Annotated[str, Field(max_length=20)] = ""
    saved: Annotated[str, Field(max_length=20)] = ""

    def url(self, path: str, language: str) -> str:
        """Give the address of the same page in another language."""
        query = {"term": self.term, "language": language}
        return f"{path}?{urlencode({name: value for name, value in query.items() if value})}"


_Wanted = Annotated[Wanted, Query()]


def build_router() -> APIRouter:
    """Give the routes."""
    router = APIRouter(prefix="/children")
    router.get("")(show_children)
    router.get("/{person_id}")(show_child)
    router.get("/{person_id}/report")(show_report)
    router.post("/{person_id}/choices")(decide)
    return router


def show_children(request: Request, visitor: ChildsGuardian, services: TheServices, wanted: _Wanted) -> Response:
    """List the guardian's children: what is new, and what waits for a decision."""
    language = services.families.language(visitor.person, wanted.language)
    return _show(request, "children", wanted, language, cards=services.families.cards(visitor.person))


def show_child(
    person_id: str, request: Request, visitor: ChildsGuardian, services: TheServices, wanted: _Wanted
) -> Response:
    """Show what a child worked on and how the child's data is used."""
    report = services.families.progress(visitor.person, PersonId(person_id), wanted.language)
    return _show_facts(request, "child", wanted, report)


def show_report(
    person_id: str, request: Request, visitor: ChildsGuardian, services: TheServices, wanted: _Wanted
) -> Response:
    """Show the report about a term, to be printed."""
    report = services.families.report(visitor.person, PersonId(person_id), wanted.term, wanted.language)
    return _show_facts(request, "report", wanted, report, periods=services.families.periods(visitor.person))


def decide(person_id: str, visitor: ConsentDecider, services: TheServices, form: TheForm) -> Response:
    """Keep what a guardian allows and does not allow; show it where the form stood."""
    child = services.families.child(visitor.person, PersonId(person_id))
    choices = _choices(form)
    if choices:
        services.consents.decide(visitor.person, child, choices)
    query = {"language": form.text("language"), "saved": "yes" if choices else ""}
    return go_to(f"/children/{child.id}?{urlencode(query)}#choices")


def isolated(name: str) -> str:
    """Keep a name's direction to itself within a sentence of another direction (Unicode's isolates)."""
    return f"\u2068{name}\u2069"


def _choices(form: Posted) -> Mapping[Purpose, bool]:
    sent = {purpose: form.text(purpose.value) for purpose in Purpose}
    return {purpose: _ANSWERS[answer] for purpose, answer in sent.items() if answer in _ANSWERS}


def _show_facts(request: Request, name: str, wanted: Wanted, report: FamilyReport, **values: Any) -> Response:
    readings, rest = shorten(report.work, _MOST_READINGS)
    facts = {"report": report, "readings": readings, "rest": rest, "looks": report.looks[:_MOST_LOOKS]}
    return _show(request, name, wanted, report.language, is_saved=wanted.saved == "yes", **facts, **values)


def _show(request: Request, name: str, wanted: Wanted, language: str, **values: Any) -> Response:
    words, path = words_in(language), request.url.path
    return pages_of(request).show(
        request,
        f"family/{name}.html",
        words=words,
        say=words.say,
        isolated=isolated,
        languages=[(words_in(one), wanted.url(path, one), one == language) for one in list_languages()],
        in_english=wanted.url(path, "en"),
        speak=urlencode({"language": language}),
        **values,
    )
