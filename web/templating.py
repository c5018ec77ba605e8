"""The Jinja2 environment (autoescape on, undefined names are errors), the static files, and problem pages."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from accounts.policy import Action, allows
from api.deps import Visitor
from api.errors import Problem
from api.hearing import Heard
from api.security import keep_stranger_token, stranger_token
from domain.errors import NotFound
from domain.formulas import split_formulas
from domain.hands import count_others, list_lost
from domain.material import Kind
from domain.people import Role
from generators.exports.formats import list_files
from safety.gate import TOO_LONG
from web.hand_words import NAMES, REASONS, maker_of
from web.languages import name_of
from web.mathematics import mathml_of, set_formula
from web.support_card import card_of

_HERE = Path(__file__).parent
_MEDIA_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


_UNITS = ((24 * 60, "day"), (60, "hour"), (1, "minute"))
"""Units in minutes, the largest first."""


@dataclass(frozen=True, slots=True)
class StaticFile:
    """A file that browsers may keep: its address holds the version."""

    content: bytes
    media_type: str


class Pages:
    """Renders pages. Made once, when the application is made; reads templates and static files from disk."""

    def __init__(self) -> None:
        """Load the static files and set up the environment."""
        self._static = _load_static(_HERE / "static")
        self.version = _version_of(self._static)
        self._env = Environment(
            loader=FileSystemLoader(_HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._env.globals.update(static=self.static_url, Role=Role, Action=Action, allows=allows, card_of=card_of)
        self._env.globals.update(
            unit_names=NAMES, rating_reasons=REASONS, maker_of=maker_of, list_lost=list_lost, count_others=count_others
        )
        self._env.globals.update(Kind=Kind, list_files=list_files)
        self._env.filters.update(svg=_svg, day=_day, moment=_moment_here, distance=_distance, size=_size)
        self._env.filters.update(clock=_clock, formula=set_formula, with_formulas=with_formulas, language=name_of)

    def show(self, request: Request, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
        """Render a page for whoever asks."""
        visitor: Visitor | None = getattr(request.state, "visitor", None)
        token = visitor.form_token if visitor else stranger_token(request)
        html = self._env.get_template(template).render(
            visitor=visitor,
            person=visitor.person if visitor else None,
            form_token=token,
            is_loopback=is_loopback(request.url.hostname or ""),
            **values,
        )
        response = HTMLResponse(html, status)
        if visitor is None:
            keep_stranger_token(response, request, token)
        return response

    def problem(self, request: Request, problem: Problem) -> Response:
        """Show a problem as a page; a stranger who opened a page that needs an account is asked to sign in."""
        if problem.status == 401 and request.method == "GET":
            target = request.url.path + (f"?{request.url.query}" if request.url.query else "")
            return RedirectResponse(f"/sign-in?{urlencode({'next': target})}", 303)
        if problem.code == Heard.code:  # somebody in danger made no mistake, so the page is no error
            return self.show(request, "student/support.html", message=problem.detail)
        if problem.code == TOO_LONG:
            return self.show(request, "student/support.html", status=problem.status, message=problem.detail)
        return self.show(request, "problem.html", status=problem.status, problem=problem)

    def static_url(self, name: str) -> str:
        """Give the address of a static file; it changes when any of them does."""
        assert name in self._static, name
        return f"/static/{self.version}/{name}"

    def static_file(self, name: str) -> StaticFile:
        """Give a static file. Raises NotFound."""
        if name not in self._static:
            raise NotFound("There is no such file.")
        return self._static[name]


def pages_of(request: Request) -> Pages:
    """Give the pages of the application that a request came to."""
    pages = request.app.state.pages
    assert isinstance(pages, Pages)
    return pages


def is_loopback(host: str) -> bool:
    """Whether a host is the computer itself, which nobody else reaches under this name or number."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _load_static(folder: Path) -> Mapping[str, StaticFile]:
    return {
        path.name: StaticFile(path.read_bytes(), _MEDIA_TYPES[path.suffix])
        for path in sorted(folder.iterdir())
        if path.suffix in _MEDIA_TYPES
    }


def _version_of(files: Mapping[str, StaticFile]) -> str:
    digest = hashlib.sha256()
    for name, file in files.items():
        digest.update(name.encode() + file.content)
    return digest.hexdigest()[:12]


def _svg(drawing: str) -> Markup:
    """Let a drawing of our own through; whoever draws escapes the words in it."""
    # drawings are made by generators.mapping.concept_graph alone, which escapes labels; no page lets script run
    return Markup(drawing)  # noqa: S704


def with_formulas(text: str) -> Markup:
    """Set the formulas of a text within its line; everything else is escaped."""
    pieces = split_formulas(text)
    return Markup("").join(mathml_of(piece.strip("$")) if is_set else escape(piece) for piece, is_set in pieces)


def _day(moment: date) -> str:
    """Write a day; that of a moment is the one it falls on where the machine is."""
    day = moment.astimezone() if isinstance(moment, datetime) else moment
    return f"{day.day} {day:%B %Y}"


@pass_context
def _moment_here(context: Context, moment: datetime) -> str:
    """Write a moment in the page's `clock_zone`, which is the school's where a page gives it."""
    zone: tzinfo | None = context.get("clock_zone")
    return _moment(moment, zone)


def _moment(moment: datetime, zone: tzinfo | None = None) -> str:
    """Write a moment in a time zone, with its name; in the machine's own where there is none."""
    here = moment.astimezone(zone)
    return f"{here.day} {here:%B %Y, %H:%M} {here.tzname()}"


def _distance(moment: datetime, now: datetime) -> str:
    """Say how long it still is, or how long ago, in the largest whole unit."""
    minutes = round((moment - now).total_seconds() / 60)
    if not minutes:
        return "now"
    size, word = next((size, word) for size, word in _UNITS if abs(minutes) >= size)
    count = abs(minutes) // size
    said = f"{count} {word}" if count == 1 else f"{count} {word}s"
    return f"in {said}" if minutes > 0 else f"{said} ago"


def _clock(seconds: tuple[float, float]) -> str:
    """Write when in a recording a stretch begins."""
    minutes, rest = divmod(int(seconds[0]), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def _size(count: int) -> str:
    if count < 1_000_000:
        return f"{max(1, count // 1000)} kB"
    return f"{count / 1_000_000:.1f}".removesuffix(".0") + " MB"
