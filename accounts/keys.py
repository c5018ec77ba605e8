"""Rotation of the ring's keys: a new key, then every person's key wrapped anew with it, in small steps.

What people wrote is not touched: it is sealed with their own keys, and only these change their wrapping. The work may
stop at any moment and begin again, here or in another process, while the service runs.
"""

from domain.audit import Entry
from domain.jobs import JobContext, Progress, RewrapKeys
from domain.ports import KeyRing, Store
from domain.scope import EVERYTHING

_AT_ONCE = 500
"""Persons' keys wrapped in one commit: some ten milliseconds in which nobody else writes."""


def rotate(store: Store, ring: KeyRing) -> RewrapKeys:
    """Add a key to the ring, and the job that wraps every person's key with it."""
    job = RewrapKeys(ring.rotate())
    with store(EVERYTHING) as work:
        work.jobs.add(job)
        work.audit.append(Entry("keys.rotated", ref=f"key:{job.key_id}"))
        work.commit()
    return job


def rewrap(job: RewrapKeys, store: Store, context: JobContext, *, at_once: int = _AT_ONCE) -> None:
    """Wrap the persons' keys that older keys of the ring still wrap, `at_once` in a commit.

    Raises KeyMissing when one cannot be opened.
    """
    with store(EVERYTHING) as work:
        total = work.keys.count_old(job.key_id)
    done = 0
    while True:
        with store(EVERYTHING) as work:
            count = work.keys.rewrap(job.key_id, limit=at_once)
            work.commit()
        if not count:
            return
        done += count
        context.report(Progress("keys", done, max(total, done)))
