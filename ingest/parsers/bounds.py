"""Bounds that a process sets itself before it touches a file from outside."""

import resource


# what follows bounds the very process it runs in; the tests of those processes see it from outside
def bound_process(memory_bytes: int, seconds: int) -> None:  # pragma: no cover
    """Let this process have so much memory and processor time, write no file and leave no core."""
    lower(resource.RLIMIT_AS, memory_bytes)
    lower(resource.RLIMIT_CORE, 0)
    lower(resource.RLIMIT_FSIZE, 0)
    lower(resource.RLIMIT_CPU, seconds)


# the same
def lower(kind: int, limit: int) -> None:  # pragma: no cover
    """Set a soft limit, within the hard limit that is already there."""
    _, hard = resource.getrlimit(kind)
    resource.setrlimit(kind, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))
