"""Keeps a fault of any kind where it happened: beside what people wrote, no fault may go on into a log."""

from types import TracebackType
from typing import Self

from domain.errors import MargentError


class Caught:
    """A block that whatever is raised in it ends, and nothing more; `fault` then names the kind of it, no words."""

    def __init__(self) -> None:
        """Begin with nothing wrong."""
        self.fault = ""

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        """Keep the code of an error, or the name of its class."""
        if kind is not None:
            self.fault = error.code if isinstance(error, MargentError) else kind.__name__
        return True
