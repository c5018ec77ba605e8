"""`margent keys`: list the keys of the ring, rotate them, forget old ones."""

from contextlib import closing
from typing import Annotated

import typer

from domain.jobs import Progress
from domain.scope import EVERYTHING
from margent.settings import Settings
from margent.terminal import plain_errors

keys_app = typer.Typer(no_args_is_help=True, help="The keys that open what people wrote.")

Ids = Annotated[list[str] | None, typer.Argument(help="Ids of keys; without any, all that wrap nothing.")]


class _Printed:
    """A `domain.jobs.JobContext` that prints how far it is."""

    def report(self, progress: Progress) -> None:
        """Print one line."""
        typer.echo(f"{progress.done} of {progress.total} persons' keys are wrapped by the new key.")


@keys_app.command("list")
def list_keys() -> None:
    """List the keys of the ring, newest last, with how many persons' keys each wraps."""
    from margent.world import open_world

    with plain_errors(), closing(open_world(Settings())) as world:
        with world.store(EVERYTHING) as work:
            counts = work.keys.count_by_key()
        for one in world.ring.list_keys():
            typer.echo(f"{one.id}  since {one.since:%Y-%m-%d %H:%M}  wraps {counts.get(one.id, 0)}")


@keys_app.command()
def rotate() -> None:
    """Add a key to the ring and wrap every person's key with it. Safe to stop, and while the service runs."""
    from accounts import keys
    from margent.world import open_world

    with plain_errors(), closing(open_world(Settings())) as world:
        job = keys.rotate(world.store, world.ring)
        keys.rewrap(job, world.store, _Printed())
        typer.echo(f"{job.key_id} is the newest key. Copy {world.ring.path} to its safe place now.")


@keys_app.command()
def forget(
    ids: Ids = None,
    *,
    is_sure: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Delete old keys that wrap nothing any more. Backups from before the last rotation cannot be opened after that."""
    from margent.world import open_world

    with plain_errors(), closing(open_world(Settings())) as world, world.store(EVERYTHING) as work:
        used = work.keys.count_by_key().keys() | {world.ring.newest}
        old = ids or [one.id for one in world.ring.list_keys() if one.id not in used]
        if not old:
            typer.echo("There is no key to forget.")
            return
        if not is_sure:
            question = f"Backups of the database that need {', '.join(old)} can never be opened again. Forget?"
            typer.confirm(question, abort=True)
        work.keys.forget(old)
        typer.echo(f"Forgotten: {', '.join(old)}. Delete them from the ring's copies too.")
