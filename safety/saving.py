"""Saving what must be saved whatever else fails: what stands beside it is left out when it cannot be written."""

from collections.abc import Callable
from typing import TypeVar

import structlog

from safety.caught import Caught

_T = TypeVar("_T")
_log = structlog.get_logger(__name__)


class _Missed(Exception):
    """Something beside could not be written; the transaction that it was tried in is of no more use."""

    def __init__(self, name: str, fault: str) -> None:
        super().__init__(name)
        self.name = name
        self.fault = fault


class Beside:
    """Writes what may be left out, unless it was in vain before."""

    def __init__(self) -> None:
        """Leave out nothing at first."""
        self.without: set[str] = set()

    def write(self, name: str, act: Callable[[], object]) -> None:
        """Do it, unless something of this name has failed before. A fault of any kind begins the saving again."""
        if name in self.without:
            return
        with Caught() as caught:
            act()
        if caught.fault:
            raise _Missed(name, caught.fault)


def save_all_the_same(save: Callable[[Beside], _T], **ids: str) -> _T:
    """Call `save`, which is one transaction, and again without each thing that could not be written beside it.

    What is left out is logged under its name with these ids. Raises what `save` itself raises.
    """
    beside = Beside()
    while True:
        try:
            return save(beside)
        except _Missed as missed:
            beside.without.add(missed.name)
            _log.error(f"{missed.name}.missed", fault=missed.fault, **ids)
