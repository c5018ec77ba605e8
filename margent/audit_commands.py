"""`margent audit`: look whether the record of who did what was changed, show its head, and write it out."""

from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from domain.clock import SystemClock
from domain.errors import Conflict, Invalid
from margent.settings import Settings
from margent.terminal import plain_errors
from safety.audit import Finding, check
from safety.audit_export import read_lines

audit_app = typer.Typer(no_args_is_help=True, help="The record of who did what, which cannot be changed unnoticed.")

Export = Annotated[Path | None, typer.Argument(help="An export to look at, instead of this installation.")]
Key = Annotated[str, typer.Option(help="The public key that you kept, to compare with the one in the export.")]


Head = Annotated[str, typer.Option(help="What `margent audit head` printed after `head`, from where you kept it.")]


@audit_app.command()
def verify(export: Export = None, key: Key = "", head: Head = "") -> None:
    """Look through the whole record. Exit status 1 says that something was changed, dropped, moved or cut off."""
    with plain_errors():
        kept = _kept(head)
        finding = _examine(kept) if export is None else _examine_export(export, key, kept)
    typer.echo(f"{finding.records} records, {finding.heads} signed heads.")
    if finding.unvouched:
        typer.echo(f"The newest {finding.unvouched} are not signed yet: the running service does so every minute.")
    for fault in finding.faults:
        typer.echo(f"Wrong: {fault}.", err=True)
    if finding.faults:
        typer.echo("Keep this database as it is, and compare it with a backup.", err=True)
        raise typer.Exit(1)
    typer.echo("Nothing was changed.")


@audit_app.command()
def head() -> None:
    """Sign the end of the record now and print it, with the key to check it: keep both somewhere else."""
    from margent.wiring import build_audit
    from margent.world import open_world

    with plain_errors(), closing(open_world(Settings())) as world:
        audit = build_audit(world)
        audit.sign()
        last = audit.last_head()
        typer.echo(f"key {audit.public_key}")
        typer.echo(f"head {last.seq}:{last.hash}" if last else "no record yet")


@audit_app.command("export")
def write_export(out: Annotated[Path, typer.Argument(help="The file to write.", show_default=False)]) -> None:
    """Write the whole record to a file that `margent audit verify FILE` looks through anywhere."""
    from margent.wiring import build_audit
    from margent.world import open_world

    with plain_errors(), closing(open_world(Settings())) as world:
        if out.exists():
            raise Conflict(f"{out} is there already. Name another file.")
        audit = build_audit(world)
        audit.sign()
        with out.open("x", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in audit.export())
    typer.echo(f"The record is in {out}. It holds ids and hashes, no names and no words.")


def _kept(head: str) -> tuple[int, str] | None:
    number, _, digest = head.partition(":")
    if not head:
        return None
    if not number.isdecimal() or not digest:
        raise Invalid("A head is a number, a colon and 64 letters and digits.", field="head")
    return int(number), digest


def _examine(kept: tuple[int, str] | None) -> Finding:
    from margent.wiring import build_audit
    from margent.world import open_world

    with closing(open_world(Settings())) as world:
        return build_audit(world).verify(kept)


def _examine_export(path: Path, key: str, kept: tuple[int, str] | None) -> Finding:
    from margent.world import signed_by

    with path.open(encoding="utf-8") as file:
        exported = read_lines(file)
    if key and key != exported.public_key:
        raise Conflict("The export was signed with another key than the one you gave.")
    if not key:
        typer.echo(f"Signed with the key {exported.public_key}: compare it with the one you kept.")
    return check(exported.records, exported.heads, signed_by(exported.public_key), now=SystemClock().now(), kept=kept)
