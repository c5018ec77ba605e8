"""The web application: API and pages over one set of services."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from threading import Timer

from fastapi import FastAPI

from api import errors, security
from api.router import build_router as build_api
from api.services import Services
from margent import __version__
from web.routes import install as install_pages

_CALM_SECONDS = 2.0
"""Seconds after the start at which the screener is read in, so that the first words written do not wait for it."""

_DESCRIPTION = "A study aid and tutor that answers from the course's own documents."


def create_app(services: Services) -> FastAPI:
    """Make the application. Background work starts and stops with it."""

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        services.queue.start()
        services.ticker.start()
        # the first pages come first; whoever writes before this is done waits for it
        warming = Timer(_CALM_SECONDS, services.gate.screener.load)
        warming.daemon = True
        warming.start()
        yield
        warming.cancel()
        services.ticker.stop()
        services.queue.stop()

    app = FastAPI(
        title="Margent",
        version=__version__,
        description=_DESCRIPTION,
        lifespan=lifespan,
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
    )
    app.state.services = services
    errors.install(app)
    security.install(app, services)
    app.include_router(build_api())
    install_pages(app)
    return app
