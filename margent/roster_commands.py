"""`margent roster import`: bring the school's roster in from the terminal."""

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from margent.settings import Settings
from margent.terminal import plain_errors

if TYPE_CHECKING:
    from domain.people import Person
    from domain.ports import Store

roster_app = typer.Typer(no_args_is_help=True, help="Rosters from the school's own system.")

Files = Annotated[
    list[Path],
    typer.Argument(
        help="A CSV list, or OneRoster: a zip, or its files.", show_default=False, exists=True, dir_okay=False
    ),
]


@roster_app.callback()
def about() -> None:
    """Keep `import` a command of its own."""


@roster_app.command("import")
def import_roster(
    files: Files,
    report: Annotated[Path | None, typer.Option(help="Where to write the report of every row, as CSV.")] = None,
    *,
    is_trial: Annotated[bool, typer.Option("--trial", help="Only say what would happen.")] = False,
    who: Annotated[str, typer.Option("--as", help="An administrator's e-mail address, where there are several.")] = "",
) -> None:
    """Bring people in: good rows come in, bad rows are told, and a second time nothing is doubled."""
    from accounts.rosters import Rosters
    from domain.clock import SystemClock
    from margent.world import open_world

    with plain_errors(), closing(open_world(Settings())) as world:
        office = _administrator(world.store, who)
        contents = [file.read_bytes() for file in files]
        made = Rosters(world.store, SystemClock()).bring_in(office, *contents, is_trial=is_trial)
    for row in made.rows:
        if row.outcome == "refused":
            typer.echo(f"line {row.line}: {row.name or 'no name'}: {row.sentence}", err=True)
    if report is not None:
        report.write_text("\ufeff" + made.to_csv(), encoding="utf-8", newline="")
    counts = ", ".join(f"{count} {outcome.value}" for outcome, count in made.counts.items())
    typer.echo(f"{'Would be: ' if is_trial else ''}{counts}.")


def _administrator(store: "Store", email: str) -> "Person":
    """Give the school's administrator: the one of the address, or the only one. Raises NotFound or Invalid."""
    from domain.errors import Invalid, NotFound
    from domain.people import Role
    from domain.scope import EVERYTHING

    with store(EVERYTHING) as work:
        people = [person for school in work.people.list_schools() for person in work.people.list_people(school.id)]
    found = [person for person in people if person.role is Role.ADMINISTRATOR and person.is_active]
    if email:
        found = [person for person in found if person.email.casefold() == email.casefold()]
    if not found:
        raise NotFound("There is no such administrator here. `margent setup` makes the first one.")
    if len(found) > 1:
        raise Invalid("Say who you are with --as and your e-mail address.", field="as")
    return found[0]
