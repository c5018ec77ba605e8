"""`margent setup`: make the school and its first administrator, asked one by one or all given as options."""

from contextlib import closing
from typing import Annotated

import typer

from margent.settings import Settings
from margent.terminal import plain_errors


# each argument is one question
def setup(  # noqa: PLR0913
    *,
    school_name: Annotated[str, typer.Option("--school", prompt="Name of the school", help="The school's name.")],
    country: Annotated[
        str, typer.Option(prompt="Country, in two letters", show_default=False, help="Such as DE.")
    ] = "",
    name: Annotated[str, typer.Option(prompt="Your name", help="The first administrator's name.")],
    email: Annotated[str, typer.Option(prompt="Your e-mail address", help="What the administrator signs in with.")],
    password: Annotated[
        str,
        typer.Option(prompt=True, hide_input=True, confirmation_prompt=True, help="At least 10 characters."),
    ],
    language: Annotated[str, typer.Option(help="Language of letters to families, such as en or de.")] = "en",
) -> None:
    """Make the school and its first administrator, once, before anybody has an account."""
    from accounts.passwords import Passwords
    from accounts.setup import Setup, Start
    from accounts.tries import Tries
    from domain.clock import SystemClock
    from margent.wiring import open_world

    clock = SystemClock()
    start = Start(school_name, name, email, password, country=country, language=language)
    with plain_errors(), closing(open_world(Settings())) as world:
        session = Setup(world.store, clock, Passwords(), Tries(clock)).establish(None, start)
        typer.echo(f"{start.school_name} is set up. {session.person.name} can sign in as administrator.")
