"""Proves that no sign of danger is lost: `python -m bench.proof_escalation [kills]`, or `make proof-escalation`.

A process that lets messages through the real gate and sends their notices over a real SQLite file is killed at random
points; the sink is down for a day; the clock jumps; the disk is full; the database is gone. At the end a sender that is
broken on purpose has to be found out. Exit status 1 when anything was lost, or when the broken sender was not seen.
"""

import logging
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import structlog

from safety.screening import Screener
from tests.escalation import Tally, killed
from tests.escalation_faults import clock_that_jumps, full_disk, long_without_sink, no_store, no_store_over_http
from tests.faces import open_house

KILLS = 200
BROKEN_KILLS = 20


def main() -> None:
    # what is told here is told by the tallies
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else KILLS
    screener = Screener()
    results = [
        _run("killed at random points", lambda folder: killed(folder, kills)),
        _run("sink down for a day", lambda folder: long_without_sink(folder, screener)),
        _run("clock 400 days ahead, then back", lambda folder: clock_that_jumps(folder, screener)),
        _run("disk full", lambda folder: Tally(faults=full_disk(folder, screener))),
        _run("database gone, then killed", lambda folder: Tally(faults=no_store(folder, screener))),
        _run("database gone, by HTTP", _no_store_over_http),
    ]
    broken = _run("a broken sender", lambda folder: killed(folder, BROKEN_KILLS, is_broken=True), is_broken=True)
    sys.exit(any(one.faults for one in results) or not broken.faults)


def _no_store_over_http(folder: Path) -> Tally:
    with open_house(folder) as house:
        return Tally(faults=no_store_over_http(house))


def _run(name: str, scenario: Callable[[Path], Tally], *, is_broken: bool = False) -> Tally:
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        tally = scenario(Path(folder))
    seconds = time.monotonic() - began
    if is_broken:
        said = f"{'seen' if tally.faults else 'NOT SEEN'} ({len(tally.faults)} faults)"
    else:
        said = str(tally) if tally.received else f"{'; '.join(tally.faults) or 'shown, and somebody was told'}"
    print(f"| {name} | {said} | {seconds:.0f} s |", flush=True)
    return tally


if __name__ == "__main__":
    main()
