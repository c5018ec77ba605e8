"""Proves that nothing gets past the gate: `python -m bench.proof_gate`, or `make proof-gate`.

Words of danger at every entry: not a byte to the model, words of support to each within 100 ms, one flag each. Then
the detector is broken in every way, and each turn must be held with a case that says so. Exit status 1 when anything
was not so.
"""

import logging
import sys
import time
from collections.abc import Sequence

import structlog

from tests.gate_proof import (
    CALM,
    ENTRIES,
    FAULTS,
    SENTENCES,
    Running,
    Tally,
    running,
    write_calmly,
    write_danger,
    write_to_broken,
)

WITHIN = 100.0
"""Milliseconds to the words of support, on an idle machine."""

_BOUND = 2.0
_TURNS = 300


def main() -> None:
    # what is told here is told by the tallies
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    with running() as made:
        results = [write_calmly(made), write_danger(made)]
        _say(f"{len(SENTENCES) * len(ENTRIES)} signs of danger at {len(ENTRIES)} entries", results[1])
        for how in FAULTS:
            results.append(write_to_broken(made, how, seconds=_BOUND))
            _say(f"the detector {how}", results[-1])
        _say_cost(made)
    faults = [fault for one in results for fault in one.faults]
    late = count_late(results[1])
    print("\n".join(faults[:20]) or "Nothing got past the gate.")
    print(f"{late} of {len(results[1].milliseconds)} words of support took more than {WITHIN:.0f} ms.")
    sys.exit(bool(faults or late))


def count_late(tally: Tally) -> int:
    """Count the answers that took longer than they may; each is judged, since each is somebody who waits."""
    return sum(took > WITHIN for took in tally.milliseconds)


def _say(name: str, tally: Tally) -> None:
    times = ", ".join(f"{word} {tally.rank(share):.0f}" for word, share in (("p50", 0.5), ("p95", 0.95), ("most", 1.0)))
    print(f"| {name} | {len(tally.faults)} faults | {times} ms |", flush=True)


def _say_cost(made: Running) -> None:
    """Say what the gate costs calm turns: all of it, and its threads and memory without the detector."""
    gate, browser = made.house.services.gate, made.newcomer()
    visitor = made.house.services.accounts.find_session(browser.client.cookies["margent_session"])
    assert visitor is not None
    cpu, wall = [], []
    for number in range(_TURNS):
        text = f"{CALM[number % len(CALM)]} ({number})"
        began, used = time.perf_counter(), time.process_time()
        gate.stop(visitor[0], text, entry="answer")
        wall.append((time.perf_counter() - began) * 1000)
        cpu.append((time.process_time() - used) * 1000)
    print(
        f"| {_TURNS} calm turns through the gate | CPU p50 {_rank(cpu, 0.5):.1f}, p95 {_rank(cpu, 0.95):.1f} ms |",
        end="",
    )
    print(f" p50 {_rank(wall, 0.5):.1f}, p95 {_rank(wall, 0.95):.1f}, most {max(wall):.1f} ms |", flush=True)


def _rank(values: Sequence[float], share: float) -> float:
    return sorted(values)[int(len(values) * share)]


if __name__ == "__main__":
    main()
