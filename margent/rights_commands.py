"""`margent person copy`, `margent person erase` and `margent retire`: what is done about people's data by hand."""

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from domain.errors import Conflict, MargentError, NotFound
from domain.scope import EVERYTHING
from margent.settings import Settings
from margent.terminal import plain_errors

if TYPE_CHECKING:
    from api.services import Services
    from domain.people import Person
    from margent.world import World

Address = Annotated[str, typer.Argument(help="The person's e-mail address.", show_default=False)]


def add_commands(app: typer.Typer, person_app: typer.Typer) -> None:
    """Put the commands into their groups."""
    app.command()(retire)
    person_app.command("copy")(copy)
    person_app.command("erase")(erase)


def copy(
    email: Address,
    out: Annotated[Path, typer.Option(help="The ZIP file to write.", show_default=False)],
) -> None:
    """Write a copy of everything about a person, as the person could take it."""
    with _opened() as (world, services):
        person = _find(world, email)
        if out.exists():
            raise Conflict(f"{out} is there already. Name another file with --out.")
        export = services.rights.copy(person)
        # whoever may read this file reads somebody's words
        out.touch(mode=0o600)
        with export.stream as stream, out.open("wb") as file:
            shutil.copyfileobj(stream, file)
        typer.echo(f"The copy is in {out}. Give it to {person.name} alone, and delete it here.")


def erase(
    email: Address,
    successor: Annotated[str, typer.Option(help="E-mail address of the teacher who takes over class readings.")] = "",
    *,
    is_sure: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Delete everything about a person for good. Stop the service first: it holds the vectors."""
    from accounts.holdings import in_words

    with _opened() as (world, services):
        person = _find(world, email)
        follows = _find(world, successor).id if successor else None
        _take(world)
        if not is_sure:
            typer.confirm(f"Everything about {person.name} is deleted and cannot be brought back. Erase?", abort=True)
        receipt = services.rights.erase(None, person.id, successor_id=follows)
        for word, count in in_words(receipt.counts):
            typer.echo(f"{word}: {count}")
        typer.echo(f"Erased. The receipt is {receipt.id}.")


def retire() -> None:
    """Delete what has been kept long enough. A running service does this every night by itself."""
    from safety.retention import list_rules

    with _opened() as (world, services):
        _take(world)
        counts = services.retention.run_all(services.clock.now())
        for rule in list_rules():
            if rule.kind in counts:
                typer.echo(f"{rule.title}: {counts[rule.kind]} deleted")
        if not counts:
            typer.echo("Nothing was due.")


@contextmanager
def _opened() -> "Iterator[tuple[World, Services]]":
    from margent.wiring import build
    from margent.world import open_world

    with plain_errors(), closing(open_world(Settings())) as world:
        yield world, build(world)


def _take(world: "World") -> None:
    """Take the vectors for this command alone. Raises Conflict while a service has them."""
    try:
        world.index.take()
    except MargentError as error:
        if error.code != "in_use":
            raise
        message = f"The service is running with {world.settings.data_dir}. Stop it, run this again, then start it."
        raise Conflict(message, code="in_use") from error


def _find(world: "World", email: str) -> "Person":
    with world.store(EVERYTHING) as work:
        person = work.people.find_by_email(email)
    if person is None:
        raise NotFound(f"Nobody has this e-mail address in {world.settings.data_dir} (MARGENT_DATA_DIR).")
    return person
