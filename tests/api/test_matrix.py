"""Every route x every role x both stores: nobody reads or changes what belongs to another class or school.

The routes are found by walking the application and the bodies are made from its description, so a new route is in the
matrix by itself. Leaks are read off canaries in the answers and off the rows of the other areas.
"""

import io
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from anyio.from_thread import BlockingPortal, start_blocking_portal
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response

from accounts.policy import allows
from api.deps import Permission
from api.security import SESSION_COOKIE
from domain.people import Role
from margent.app import create_app
from margent.settings import Settings
from margent.wiring import build
from margent.world import open_world
from tests.conftest import MODELS
from tests.faces import walk_routes
from tests.forged import Forged, forge, upload
from tests.postgres import Server
from tests.two_schools import Canary, Scene, canaries_in, set_up

pytestmark = pytest.mark.no_cover
"""Thousands of requests, each of whose parts other tests cover: measuring them would take longer than sending them."""

_STORES = [pytest.param(name, marks=pytest.mark.xdist_group(f"matrix-{name}")) for name in ("sqlite", "postgresql")]

_HERE = {
    None: set(),
    Role.STUDENT: {"name", "class", "title", "text", "own"},
    Role.TEACHER: {"name", "class", "title", "text"},
    Role.GUARDIAN: {"name", "class", "title"},
    Role.COUNSELLOR: {"name", "class", "flag"},
    Role.ADMINISTRATOR: {"name", "class", "hold"},
}
"""The sorts of canaries that each role may see of its own class."""

_WHOLE_SCHOOL = {Role.COUNSELLOR, Role.ADMINISTRATOR}


@pytest.fixture(scope="module", params=_STORES)
def scene(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    folder = tmp_path_factory.mktemp("matrix")
    database = ""
    if request.param == "postgresql":
        server: Server = request.getfixturevalue("postgres_server")
        database = server.make_empty()
    with _open(folder, database) as scene:
        yield scene


@contextmanager
def _open(folder: Path, database: str) -> Iterator[Scene]:
    settings = Settings(data_dir=folder / "data", models_dir=MODELS, threads=1, database_url=database)
    with closing(open_world(settings)) as world, set_up(build(world, runs_inline=True), world.store) as scene:
        yield scene


@dataclass(frozen=True, slots=True)
class Caller:
    """Sends requests to the application as the person of a role of class a1."""

    scene: Scene
    app: FastAPI
    portal: BlockingPortal
    _kept: dict[Role, tuple[str, str]] = field(default_factory=dict)

    def forge(self, area: str) -> Iterator[Forged]:
        """Yield a request for every route of the application, about an area's things."""
        return forge(self.app, self.scene.areas[area])

    def send(self, role: Role | None, forged: Forged) -> Response:
        """Send a request."""
        client = TestClient(self.app, follow_redirects=False, raise_server_exceptions=False)
        client.portal = self.portal
        token, form_token = self._session(role, forged) if role else ("", "")
        if token:
            client.cookies.set(SESSION_COOKIE, token)
        files = {"files": upload()} if forged.has_file else None
        if forged.is_form:
            return client.request(
                forged.method, forged.url, data={**forged.body, "form_token": form_token}, files=files
            )
        if forged.has_file:
            both = {"file": upload(), "files": upload()}
            return client.request(forged.method, forged.url, data=forged.body, files=both)
        has_body = forged.method in {"POST", "PUT", "PATCH"} and forged.body is not None
        return client.request(forged.method, forged.url, json=forged.body if has_body else None)

    def _session(self, role: Role, forged: Forged) -> tuple[str, str]:
        """Give a session: a new one after each request that may have ended it, such as signing out."""
        kept = self._kept.pop(role, None) or self.scene.session(self.scene.areas["a1"].people[role])
        if forged.method == "GET":
            self._kept[role] = kept
        return kept


@pytest.fixture(scope="module")
def caller(scene: Scene) -> Iterator[Caller]:
    with start_blocking_portal() as portal:
        yield Caller(scene, create_app(scene.services), portal)


@pytest.mark.parametrize("role", [None, *Role], ids=lambda role: role.value if role else "stranger")
def test_nothing_of_others_is_told_or_changed(caller: Caller, role: Role | None) -> None:
    """Whatever ids a request carries, its answer tells nothing of other people, classes and schools, nor changes it."""
    others = _others(role)
    before = caller.scene.rows_of(others)

    for area in others:
        for forged in caller.forge(area):
            answer = caller.send(role, forged)
            told = canaries_in(_text(answer)) - _may_see(role) - canaries_in(forged.url)
            assert not told, (forged.method, forged.url, answer.status_code, told)
        changed = before ^ caller.scene.rows_of(others)
        assert not changed, changed


@pytest.mark.parametrize("role", list(Role))
def test_routes_keep_out_roles_that_the_table_does_not_name(caller: Caller, role: Role) -> None:
    """A route whose permission a role does not have answers with a refusal, even about the person's own class."""
    person = caller.scene.areas["a1"].people[role]
    actions = {(method, path): _action(route) for method, path, route in walk_routes(caller.app)}

    for forged in caller.forge("a1"):
        action = actions[forged.method, forged.path]
        if action is not None and not allows(person, action.action):
            answer = caller.send(role, forged)
            assert answer.status_code in {401, 403, 404, 422}, (forged.method, forged.url, answer.status_code)


@pytest.mark.parametrize("role", [None, *Role], ids=lambda role: role.value if role else "stranger")
def test_of_the_own_class_each_role_sees_its_part(caller: Caller, role: Role | None) -> None:
    """Reading with the right ids tells a role no more of its own class than the role is for, and never nothing."""
    seen: set[Canary] = set()

    for forged in caller.forge("a1"):
        if forged.method == "GET" and "sign-out" not in forged.path:
            answer = caller.send(role, forged)
            told = canaries_in(_text(answer)) - canaries_in(forged.url)
            assert told <= _may_see(role), (forged.url, told - _may_see(role))
            seen |= told

    assert bool(seen) is (role is not None)


def _others(role: Role | None) -> list[str]:
    """List the areas that are not a role's own: for children and families also a classmate's things."""
    if role in _WHOLE_SCHOOL:
        return ["b1"]
    return ["a2", "b1"] if role is Role.TEACHER else ["a1p", "a2", "b1"]


def _action(route: object) -> Permission | None:
    from tests.api.test_walk import permissions

    found = permissions(route)  # type: ignore[arg-type]  # the walk gives routes; fastapi's type is not exported there
    return found[0] if found else None


def _may_see(role: Role | None) -> set[Canary]:
    areas = ("a1", "a1p", "a2") if role in _WHOLE_SCHOOL else ("a1", "a1p") if role is Role.TEACHER else ("a1",)
    staff = {(area, "staff") for area in ("a1", "a2") if role is not None}
    return staff | {(area, sort) for area in areas for sort in _HERE[role]}


def _text(answer: Response) -> str:
    """Give everything that an answer says: its headers, and its body with archives opened."""
    said = " ".join(f"{name} {value}" for name, value in answer.headers.items())
    if answer.content[:2] != b"PK":
        return said + answer.content.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        return said + " ".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
