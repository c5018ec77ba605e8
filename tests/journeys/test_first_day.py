"""From an empty installation to a student who joined, in a browser without script and by the API."""

import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi import FastAPI
from typer.testing import CliRunner

from api.services import Services
from domain.people import Role
from margent.app import create_app
from margent.commands import app as commands
from margent.settings import Settings
from margent.wiring import build
from margent.world import open_world
from tests.conftest import MODELS
from tests.faces import Browser

PASSWORD = "four plain words here"
START = {
    "school_name": "Goethe-Schule",
    "country": "DE",
    "language": "en",
    "name": "Ada Office",
    "email": "ada@school.example",
    "password": PASSWORD,
}


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    settings = Settings(profile="school", data_dir=tmp_path / "data", models_dir=MODELS, threads=1)
    with closing(open_world(settings)) as world:
        yield build(world, runs_inline=True)


@pytest.fixture
def app(services: Services) -> FastAPI:
    return create_app(services)


def test_from_nothing_to_a_student_in_a_class(services: Services, app: FastAPI) -> None:
    """Three forms with six things to type make a school, a class and its code; two forms bring a student in."""
    office, student = Browser(app), Browser(app)
    assert office.open("/").headers["location"] == office.open("/sign-in").headers["location"] == "/setup"
    assert "Set-up code" in office.open(f"/setup?code={services.setup.code()}").text

    made = office.send("/setup", {**START, "code": services.setup.code()})
    assert (made.status_code, made.headers["location"]) == (303, "/school")
    landing = office.open("/school").text
    assert "Make your first class" in landing
    classroom = office.send("/classes", {"name": "8b"}).headers["location"]
    office.open(classroom)
    office.send(f"{classroom}/open")
    code = re.search(r'class="code">\s*([A-Z0-9-]+)', office.open(classroom).text)
    assert code is not None

    assert "8b" in student.send("/join", {"code": code[1]}).text
    newcomer = {"name": "Kim", "email": "kim.8b", "password": PASSWORD, "month": "3", "year": "2013"}
    joined = student.send("/join", {"code": code[1], **newcomer})

    assert joined.status_code == 303
    assert "Your readings" in student.open("/").text
    assert "Kim" in office.open("/school/people").text
    assert "Make your first class" not in office.open("/school").text
    assert student.open("/school").status_code == 403


def sit_down(app: FastAPI) -> Browser:
    """Open a browser at the page that sets up the school."""
    browser = Browser(app)
    browser.open("/setup")
    return browser


def test_only_whoever_has_the_console_takes_the_school(services: Services, app: FastAPI) -> None:
    """A wrong code makes nothing and shows what was typed again, without the password; then the page is gone."""
    stranger, office = sit_down(app), sit_down(app)

    refused = stranger.send("/setup", {**START, "code": "AAAA-AAAA"})
    untidy = stranger.send("/setup", {**START, "country": "XX", "code": services.setup.code()})

    assert (refused.status_code, untidy.status_code) == (422, 422)
    assert "This is not the set-up code" in refused.text
    assert 'value="Goethe-Schule"' in refused.text
    assert PASSWORD not in refused.text
    assert office.send("/setup", {**START, "code": services.setup.code()}).status_code == 303
    assert stranger.open("/setup").status_code == 404
    assert stranger.send("/setup", {**START, "code": services.setup.code()}).status_code == 404
    assert 'type="password"' in stranger.open("/").text


def test_the_office_is_told_what_is_still_to_do(services: Services, app: FastAPI) -> None:
    """What is missing in a new school stands on the landing page, and goes when it is there."""
    office = sit_down(app)
    office.send("/setup", {**START, "code": services.setup.code()})
    office.open("/school")
    me = services.accounts.list_people()[0]
    office.send("/classes", {"name": "8b"})
    missing = ("Bring in students", "Invite a teacher:", "Invite a counsellor", "second administrator", "Set the terms")
    page = office.open("/school").text
    assert all(words in page for words in missing)
    assert "in which country" not in page

    for role in Role:
        services.accounts.add_person("Kim", f"{role.value}@school.example", role=role, password=PASSWORD)
    term = {"term_0": "Autumn", "first_0": "2026-09-01", "last_0": "2026-12-20"}
    office.send("/school/rules", {"school_name": "Goethe-Schule", "country": "", "language": "en", **term})

    page = office.open("/school").text
    assert not any(words in page for words in missing)
    assert "in which country" in page
    assert "Say in which country" in office.open("/school/rules").text
    services.office.set_rules(me, replace(services.office.load_school(me).rules, country="AQ"))
    assert "We know no helplines in Antarctica yet" in office.open("/school/rules").text


def test_the_terminal_sets_up_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`margent setup` makes the school from its options; a second time it says who invites people now."""
    monkeypatch.setenv("MARGENT_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    options = ["--school", "Goethe", "--country", "de", "--name", "Ada", "--email", "ada@x.example"]

    first = CliRunner().invoke(commands, ["setup", *options, "--password", PASSWORD])
    second = CliRunner().invoke(commands, ["setup"], input=f"Another\n\nBo\nbo@x.example\n{PASSWORD}\n{PASSWORD}\n")

    assert first.exit_code == 0, first.output
    assert "Ada can sign in as administrator" in first.output
    assert second.exit_code == 1
    assert "The school is set up already" in second.output
