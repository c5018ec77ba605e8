"""Pictures of what was uploaded: pages as they look, figures, and where the words of a source stand on a page.

Files are opened in a process of their own, with bounds, and two at a time at most.
"""

import json
import os
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from domain.documents import Box, Document, Page, Part, PartKind, Range
from domain.errors import NotFound, Unreadable
from domain.people import Person
from domain.ports import FileStore
from ingest.limits import Limits
from ingest.parsers.contract import PDF, PICTURES
from ingest.placing import boxes_of, place_words
from ingest.service import Documents

_ROOT = Path(__file__).parents[1]
_AT_ONCE = 2
_WAIT_SECONDS = 20


@dataclass(frozen=True)
class Drawing:
    """Draws readings for those who may read them. Methods raise NotFound for what they may not know of."""

    documents: Documents
    files: FileStore
    limits: Limits
    turns: BoundedSemaphore

    @classmethod
    def of(cls, documents: Documents, files: FileStore, limits: Limits) -> "Drawing":
        """Make one that draws two at a time."""
        return cls(documents, files, limits, BoundedSemaphore(_AT_ONCE))

    def draw_page(self, person: Person, document: Document, number: int, *, width: int) -> bytes:
        """Give a page as a JPEG picture. Raises NotFound where the reading's pages have no picture."""
        self.documents.load_page(person, document.id, number)
        if not has_pictures(document):
            raise NotFound("The pages of this reading have no picture.")
        return self._run(document, want="page", number=number, width=width)

    def draw_figure(self, person: Person, document: Document, place: tuple[int, int], *, width: int) -> bytes:
        """Give the figure that part `place[1]` of page `place[0]` is the caption of, as a JPEG picture."""
        page = self.documents.load_page(person, document.id, place[0])
        part = page.parts[place[1]] if place[1] < len(page.parts) else None
        if part is None or not has_drawing(part, document):
            raise NotFound("There is no such figure in this reading.")
        if part.box is not None:
            box = (part.box.left, part.box.top, part.box.right, part.box.bottom)
            return self._run(document, want="crop", number=page.number, width=width, box=box)
        return self._run(document, want="member", number=page.number, width=width, source=part.source)

    def find_source(self, person: Person, document: Document, number: int, source: Range) -> list[Box]:
        """Give where words of a page's text stand on its picture, a box for each line; none where nobody can tell."""
        page = self.documents.load_page(person, document.id, number)
        if page.boxes:
            return boxes_of(page.boxes, source)
        if document.media_type != PDF:
            return []
        return boxes_of(place_words(self._list_words(document, page), page.text), source)

    def _list_words(self, document: Document, page: Page) -> list[tuple[str, Box]]:
        found = json.loads(self._run(document, want="words", number=page.number, width=0))
        return [(word, Box(*edges)) for word, *edges in found]

    def _run(self, document: Document, **order: Any) -> bytes:
        """Let a process draw. Raises Unreadable or NotFound when it refuses, dies or takes too long."""
        path = self.files.path(document.content_hash)
        whole = {"path": str(path), "media_type": document.media_type, "limits": asdict(self.limits), **order}
        with self.turns:
            try:
                # our own module, started by this very interpreter, with data of ours as its one argument
                done = subprocess.run(  # noqa: S603
                    [sys.executable, "-m", "ingest.parsers.drawing", json.dumps(whole)],
                    capture_output=True,
                    check=False,
                    timeout=_WAIT_SECONDS,
                    env={"PYTHONPATH": str(_ROOT), "PATH": os.defpath},
                    stdin=subprocess.DEVNULL,
                )
            except subprocess.TimeoutExpired as error:
                raise Unreadable("This picture takes too long to draw.") from error
        if done.returncode:
            raise Unreadable("This picture cannot be drawn: its file is damaged or too large.")
        return done.stdout


def has_pictures(document: Document) -> bool:
    """Whether a reading's pages can be shown as they look."""
    return document.media_type == PDF or document.media_type in PICTURES


def has_drawing(part: Part, document: Document) -> bool:
    """Whether a part is a figure whose picture is in the file."""
    return part.kind is PartKind.FIGURE and (bool(part.source) or (part.box is not None and has_pictures(document)))
