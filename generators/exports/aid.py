"""What of a study aid the files show: an artifact has it, and so has what a study set puts together."""

from datetime import datetime
from typing import Protocol

from domain.ids import DocumentId
from domain.material import Kind, Unit


class Aid(Protocol):
    """A study aid as the files have it; its `id` names it again when it is taken away again."""

    @property
    def id(self) -> str:
        """What it is known by."""
        ...

    @property
    def kind(self) -> Kind:
        """What sort of study aid it is."""
        ...

    @property
    def document_id(self) -> DocumentId:
        """The reading it is about; empty for several, which have an id of their own."""
        ...

    @property
    def section(self) -> int | None:
        """The section it is about; None for a whole reading or several."""
        ...

    @property
    def title(self) -> str:
        """What it is called."""
        ...

    @property
    def units(self) -> tuple[Unit, ...]:
        """What it is made of."""
        ...

    @property
    def drawing(self) -> str:
        """The SVG of a map, else empty."""
        ...

    @property
    def created_at(self) -> datetime:
        """When it was made."""
        ...

    @property
    def version(self) -> int:
        """How often it was changed, from 1."""
        ...
