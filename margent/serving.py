"""Start the service: models, database, the demo's sample readings, then the web server."""

import logging
from pathlib import Path
from socket import gethostname
from typing import TYPE_CHECKING, Any

import structlog
import typer

from domain.errors import Transient
from domain.people import Role
from margent.app import create_app
from margent.settings import Settings
from margent.wiring import build
from margent.world import World, fetch_models, open_world, renew_vectors

if TYPE_CHECKING:
    from api.services import Services

_GOODBYE_SECONDS = 3
"""How long open pages that follow progress may hold up a stop."""

SAMPLES = Path(__file__).parent / "samples"


def run(settings: Settings) -> None:
    """Serve until interrupted. Raises IndexDown when another process has the data folder."""
    import uvicorn

    configure_log()
    fetch_models(settings)
    world = open_world(settings)
    try:
        world.index.take()
        _renew_vectors(world)
        services = build(world)
        if services.is_demo:
            prepare_demo(services)
        address = address_of(settings)
        typer.echo(f"Margent is ready: {address}", color=True)
        if services.is_demo:
            typer.echo("This is the demo: anybody who can reach this address can enter. Stop it with Ctrl+C.")
        elif services.setup.is_needed():
            code = services.setup.code()
            typer.echo(f"Set up your school: {address}/setup?code={code}")
            typer.echo(f"The set-up code is {code}. It holds until the school is set up, or until this stops.")
        uvicorn.run(create_app(services), **listening(settings))
    finally:
        world.close()


def _renew_vectors(world: World) -> None:
    try:
        renew_vectors(world)
    except Transient as error:
        typer.echo(f"{error.message} Readings are found by their words alone.", err=True)


def address_of(settings: Settings) -> str:
    """Give the address to open: by the computer's name where every address of it is listened on."""
    # compared with, not listened on
    is_every = settings.host in {"0.0.0.0", "::"}  # noqa: S104
    return f"http://{gethostname() if is_every else settings.host}:{settings.port}"


def listening(settings: Settings) -> dict[str, Any]:
    """Give how the web server listens. What a request says of its own address is believed of trusted proxies alone."""
    return {
        "host": settings.host,
        "port": settings.port,
        "log_level": "warning",
        "timeout_graceful_shutdown": _GOODBYE_SECONDS,
        "proxy_headers": bool(settings.trusted_proxies),
        "forwarded_allow_ips": settings.trusted_proxies,
    }


def prepare_demo(services: "Services") -> None:
    """Make the demo's people, and on the first start read the samples into their class."""
    teacher = services.accounts.ensure_demo(Role.TEACHER)
    if services.documents.list_documents(teacher):
        return
    from margent.reading import read_files

    typer.echo("First start: reading the three sample readings.")
    services.queue.start()
    (class_id,) = teacher.class_ids
    read_files(services, teacher, sorted(SAMPLES.glob("*.*")), class_id=class_id)


def configure_log() -> None:
    """Write the log as lines of JSON: events and fields, never the text of people or readings."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        cache_logger_on_first_use=True,
    )
