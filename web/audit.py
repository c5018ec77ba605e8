"""The page of who did what: of cases for counsellors, of people and rules for the office. It shows no content."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.deps import Auditor, TheServices
from domain.audit import AuditRecord
from domain.ids import PersonId
from web.templating import pages_of

_TEXTS = Path(__file__).parent / "texts" / "acts.yaml"
_SERVICE = "Margent itself"
_GONE = "Somebody who has left"


@dataclass(frozen=True, slots=True)
class ActView:
    """An act in words: when, who did what, and about whom."""

    at: datetime
    who: str
    what: str
    about: str


def build_router() -> APIRouter:
    """Give the routes."""
    router = APIRouter(prefix="/audit")
    router.get("")(show_audit)
    return router


def show_audit(request: Request, visitor: Auditor, services: TheServices, before: int = 0) -> Response:
    """List what was done in the school, newest first, a hundred at a time."""
    records = services.audit.list_for(visitor.person, before=before if before > 0 else None)
    names = services.audit.name_people(visitor.person, records)
    words = _words()
    acts = [_act_view(record, names, words) for record in records]
    older = records[-1].seq if len(records) == _PAGE else 0
    return pages_of(request).show(request, "office/audit.html", acts=acts, older=older, is_first=before <= 0)


_PAGE = 100


def _act_view(record: AuditRecord, names: Mapping[PersonId, str], words: Mapping[str, str]) -> ActView:
    entry = record.entry
    return ActView(
        at=record.at,
        who=names.get(PersonId(entry.by_id), _GONE) if entry.by_id else _SERVICE,
        what=words.get(entry.action, entry.action.replace(".", ": ").replace("_", " ")),
        about=names.get(PersonId(entry.about_id), _GONE) if entry.about_id else "",
    )


def _words() -> Mapping[str, str]:
    import yaml

    words: dict[str, Any] = yaml.load(_TEXTS.read_text("utf-8"), Loader=yaml.CSafeLoader)
    return words
