"""The real application over an installation of its own, and browsers for the people of the demo school.

The reading is one of the samples; it is read and its study aids are made once for a whole run of tests.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from fastapi import FastAPI
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from httpx2 import Response

from accounts.sessions import begin
from api.security import SESSION_COOKIE
from api.services import Services
from domain.consent import Purpose
from domain.documents import Document, Section
from domain.ids import DocumentId, PersonId, new_id
from domain.material import Artifact, Kind
from domain.people import Person, Role
from domain.ports import Store
from domain.questions import Question
from domain.scope import EVERYTHING
from margent.app import create_app
from margent.settings import Settings
from margent.wiring import build
from margent.world import open_world
from tests.builders import allow
from tests.conftest import MODELS

SAMPLE = Path(__file__).parent.parent / "margent" / "samples" / "photosynthesis.pdf"
PASSWORD = "violet lamp under river"
_TOKEN = re.compile(r'name="form_token" value="([^"]+)"')


@dataclass(frozen=True)
class House:
    """An installation with a reading that the teacher shared. `school` is the same without the demo's doors."""

    services: Services
    store: Store
    demo: FastAPI
    school: FastAPI
    reading: Document
    unit: Section

    def person(self, role: Role) -> Person:
        """Give the demo's person of a role."""
        return self.services.accounts.ensure_demo(role)

    def aid(self, kind: Kind, *, of_whole: bool = False) -> Artifact:
        """Give a study aid of the unit, or of the whole reading."""
        section = None if of_whole else self.unit.ordinal
        return self.services.material.aids(self.person(Role.TEACHER), self.reading.id, section)[kind]

    def browser(self, role: Role | None = None) -> "Browser":
        """Open a browser, signed in through a door of the demo, or not at all."""
        browser = Browser(self.demo)
        if role is not None:
            browser.open("/")
            answer = browser.send("/sign-in/demo", {"role": role.value})
            assert answer.status_code == 303, answer.text
            browser.open("/cases" if role is Role.COUNSELLOR else "/")
        return browser

    def newcomer(
        self, role: Role = Role.STUDENT, *, name: str = "Nia New", allows: Iterable[Purpose] = Purpose, **changes: Any
    ) -> "Browser":
        """Open a browser for somebody new in the demo's class, who has done nothing yet and allows everything."""
        known = self.person(Role.STUDENT)
        person = replace(known, id=PersonId(new_id()), role=role, name=name, email=f"{new_id()}@school.example")
        person = replace(person, **changes)
        session, record = begin(person, self.services.clock.now())
        with self.store(EVERYTHING) as work:
            work.people.save_person(person)
            allow(work, person, allows)
            work.people.save_sign_in(record)
            work.commit()
        browser = Browser(self.demo)
        browser.client.cookies.set(SESSION_COOKIE, session.token)
        browser.token = session.form_token
        return browser

    def account(self) -> str:
        """Add somebody to the school who can sign in with PASSWORD; give the e-mail address."""
        email = f"{new_id()}@school.example"
        self.services.accounts.add_person("Maria Muster", email, role=Role.STUDENT, password=PASSWORD)
        return email

    def url(self, view: str = "read", **query: object) -> str:
        """Give the address of a tab of the unit."""
        fields = {"view": view, "section": self.unit.ordinal, **query}
        return f"/readings/{self.reading.id}?{urlencode({name: at for name, at in fields.items() if at is not None})}"


class Browser:
    """A browser without script: it opens pages and sends forms with the token of the page it saw last."""

    def __init__(self, app: FastAPI) -> None:
        self.client = TestClient(app, follow_redirects=False, raise_server_exceptions=False)
        self.token = ""

    def open(self, url: str) -> Response:
        """Open a page."""
        answer = self.client.get(url)
        found = _TOKEN.search(answer.text)
        self.token = found[1] if found else self.token
        return answer

    def send(
        self, url: str, fields: Mapping[str, str] | None = None, *, files: Mapping[str, bytes] | None = None
    ) -> Response:
        """Send a form."""
        if not self.token:
            self.open("/")
        data = {"form_token": self.token, **(fields or {})}
        parts = [("files", (name, content)) for name, content in (files or {}).items()]
        return self.client.post(url, data=data, files=parts or None)


@contextmanager
def open_house(folder: Path, **changes: Any) -> Iterator[House]:
    """Set up an installation, with the sample read and its study aids made; `changes` are further settings."""
    settings = Settings(profile="demo", data_dir=folder, models_dir=MODELS, max_upload_mb=1, threads=1, **changes)
    world = open_world(settings)
    try:
        services = build(world, runs_inline=True)
        # somebody real is here, so that the school is set up
        services.accounts.add_person("Ada Office", "office@school.example", role=Role.ADMINISTRATOR, password=PASSWORD)
        teacher = services.accounts.ensure_demo(Role.TEACHER)
        with SAMPLE.open("rb") as stream:
            taken = services.documents.upload(teacher, SAMPLE.name, stream, class_id=teacher.class_ids[0])
        yield _house(services, world.store, teacher, taken.document.id)
    finally:
        world.close()


def walk_routes(app: FastAPI) -> list[tuple[str, str, APIRoute]]:
    """List every route of ours: method, path, route."""
    return sorted(
        ((method, path, route) for path, route in _walk(app.router, "") for method in route.methods or ()),
        key=lambda found: found[:2],
    )


def _walk(router: object, prefix: str) -> Iterator[tuple[str, APIRoute]]:
    for route in getattr(router, "routes", []):
        if isinstance(route, APIRoute):
            yield prefix + route.path, route
        included = getattr(route, "original_router", None)
        if included is not None:
            yield from _walk(included, prefix + route.include_context.prefix)


def _house(services: Services, store: Store, teacher: Person, document_id: DocumentId) -> House:
    reading = services.documents.load(teacher, document_id).document
    assert reading.aids_ready, reading
    sections = services.documents.list_sections(teacher, document_id)
    return House(
        services=services,
        store=store,
        demo=create_app(services),
        school=create_app(replace(services, is_demo=False)),
        reading=reading,
        unit=max((one for one in sections if one.is_unit), key=lambda one: len(_questions(services, teacher, one))),
    )


def _questions(services: Services, teacher: Person, section: Section) -> list[Question]:
    """List a section's questions: the section with most of them has choices to make and answers to write."""
    quiz = services.material.aids(teacher, section.document_id, section.ordinal).get(Kind.QUIZ)
    return [unit for unit in quiz.units if isinstance(unit, Question)] if quiz else []
