"""Processor seconds, wall seconds and peak memory of this process and its children."""

import os
import resource
import time
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Moment:
    """What had been used at some time: processor seconds (children included) and the clock."""

    cpu: float
    wall: float


def now() -> Moment:
    """Give what has been used so far. Children count once they have ended."""
    times = os.times()
    return Moment(times.user + times.system + times.children_user + times.children_system, time.perf_counter())


def peak_mb() -> int:
    """Give the largest resident size, in megabytes, of this process or of a child that has ended."""
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return max(resource.getrusage(kind).ru_maxrss for kind in kinds) // 1024
