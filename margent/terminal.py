"""What all commands do at the terminal: one sentence for an error of ours, and exit status 1."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import typer

from domain.errors import MargentError


@contextmanager
def plain_errors() -> Iterator[None]:
    """Print an error of ours as its sentence and stop with status 1."""
    try:
        yield
    except MargentError as error:
        typer.echo(error.message, err=True)
        sys.exit(1)
