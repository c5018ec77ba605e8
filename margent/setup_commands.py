"""`margent setup`: make the school and its first administrator, asked one by one or all given as options."""

from contextlib import closing
from typing import Annotated

import typer

from margent.settings import Settings
from margent.terminal import plain_errors


# each argument is one question
def setup(  # noqa: PLR0913
    *,
    school_name: Annotated[str, typer.Option("--school", help="The school's name.", show_default=False)] = "",
    country: Annotated[str | None, typer.Option(help="Such as DE.", show_default=False)] = None,
    name: Annotated[str, typer.Option(help="The first administrator's name.", show_default=False)] = "",
    email: Annotated[str, typer.Option(help="What the administrator signs in with.", show_default=False)] = "",
    password: Annotated[str, typer.Option(help="At least 10 characters.", show_default=False)] = "",
    language: Annotated[str, typer.Option(help="Language of letters to families, such as en or de.")] = "en",
) -> None:
    """Make the school and its first administrator, once, before anybody has an account."""
    from accounts.passwords import Passwords
    from accounts.setup import Setup, Start
    from accounts.tries import Tries
    from domain.clock import SystemClock
    from margent.world import open_world

    clock = SystemClock()
    with plain_errors(), closing(open_world(Settings())) as world:
        office = Setup(world.store, clock, Passwords(), Tries(clock))
        office.check_needed()
        school_name = school_name or typer.prompt("Name of the school")
        if country is None:
            country = typer.prompt("Country, in two letters", default="", show_default=False)
        name = name or typer.prompt("Your name")
        email = email or typer.prompt("Your e-mail address")
        password = password or typer.prompt("Password", hide_input=True, confirmation_prompt=True)
        session = office.establish(None, Start(school_name, name, email, password, country=country, language=language))
        typer.echo(f"{school_name} is set up. {session.person.name} can sign in as administrator.")
