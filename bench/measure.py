"""Processor seconds, wall seconds and peak memory of this process and its children."""

import os
import resource
import time
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Moment:
    """What had been used at some time: processor seconds (children included) and the clock."""

    cpu: float
    wall: float


def now() -> Moment:
    """Give what has been used so far. Children count once they have ended."""
    times = os.times()
    return Moment(times.user + times.system + times.children_user + times.children_system, time.perf_counter())


def resident_mb() -> int:
    """Give what this process holds in memory now, in megabytes; `peak_mb` counts anew from here. Linux alone."""
    # 5 sets the largest size back to the present one: Linux, Documentation/filesystems/proc.rst
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * resource.getpagesize() // 1_048_576


def peak_mb() -> int:
    """Give the largest resident size, in megabytes, of this process or of a child that has ended."""
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return max(resource.getrusage(kind).ru_maxrss for kind in kinds) // 1024
