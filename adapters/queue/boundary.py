"""The job boundary: runs one job's handler and turns however it ends into what the job table is told."""

import traceback
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import structlog

from domain.errors import Cancelled, MargentError, Transient
from domain.jobs import JobContext, JobRecord
from domain.ports import Store
from domain.scope import EVERYTHING

Handlers = Mapping[str, Callable[[Any, JobContext], None]]
"""The handler for each job's name."""

_LONGEST_WAIT = 300.0
"""Seconds until a job that failed for a passing reason is tried again, at most."""

_UNFORESEEN = ("unexpected", "Something went wrong here, and it was written down. Try again, or tell your school.")

_log = structlog.get_logger(__name__)


class Interrupted(Transient):
    """The job stops through no fault of its own: the service is stopping, or the job is another's by now."""

    code = "interrupted"


def run(record: JobRecord, owner: str, *, store: Store, handlers: Handlers, context: JobContext) -> None:
    """Run a claimed job to its end and say in the table how it ended."""
    ending: dict[str, Any] = {}
    try:
        handlers[record.job.name](record.job, context)
    except Interrupted:
        ending = {"retry_in": 0.0}
    except Cancelled:
        ending = {"is_cancelled": True}
    except Transient as error:
        ending = {"error": (error.code, error.message), "retry_in": min(2.0**record.attempts, _LONGEST_WAIT)}
    except MargentError as error:
        ending = {"error": (error.code, error.message)}
    # the job boundary: no handler's mistake may end the thread, and nobody's words may reach the log
    except Exception as error:  # noqa: BLE001
        ending = {"error": _UNFORESEEN}
        where = "".join(traceback.format_tb(error.__traceback__))
        _log.error("job.failed", job_id=record.id, job=record.job.name, error=type(error).__name__, where=where)
    with store(EVERYTHING) as unit:
        unit.jobs.finish(record.id, owner, **ending)
        unit.commit()


def guard(name: str, step: Callable[[datetime], object], now: datetime) -> None:
    """Run a step that is run again and again, whatever becomes of it this time."""
    try:
        step(now)
    except Transient as error:
        _log.warning("step.put_off", step=name, code=error.code)
    # the same boundary: deadlines and notices are looked after whatever went wrong a second ago
    except Exception as error:  # noqa: BLE001
        where = "".join(traceback.format_tb(error.__traceback__))
        _log.error("step.failed", step=name, error=type(error).__name__, where=where)
