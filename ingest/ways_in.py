"""The ways in: a file, a ZIP of files, pasted notes, a web page. Each ends in readings, or in a sentence for each."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, cast

from domain.errors import Conflict, Invalid, MargentError, NotAllowed, Unsupported
from domain.ids import ClassId
from domain.outcomes import Escalated
from domain.people import Person, Role
from domain.ports import PageFetcher
from ingest.bundles import is_protected, open_bundle
from ingest.limits import Limits
from ingest.notes import write_notes
from ingest.parsers.sniffing import is_bundle
from ingest.service import Documents, Upload
from safety.gate import Gate
from safety.uploads import ENTRY

_LEADS_OUT = (
    "This file was not opened: its name, or the link that it is, leads to a place outside of the ZIP. "
    "If it is a reading, upload it by itself."
)
_REFUSALS = (Invalid, NotAllowed, Conflict)


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one file: the reading, or what is wrong with the file."""

    filename: str
    upload: Upload | None = None
    problem: MargentError | None = None


class WaysIn:
    """Takes readings in. Without `fetcher` no web pages are taken."""

    def __init__(self, documents: Documents, limits: Limits, *, gate: Gate, fetcher: PageFetcher | None) -> None:
        self._documents = documents
        self._limits = limits
        self._gate = gate
        self._fetcher = fetcher

    @property
    def takes_pages(self) -> bool:
        """Whether web pages are taken."""
        return self._fetcher is not None

    def take_file(
        self, person: Person, filename: str, stream: BinaryIO, *, class_id: ClassId | None = None
    ) -> list[Taken]:
        """Take a file, or each file of a ZIP: one answer for each. Nothing is raised for what is wrong with one."""
        try:
            if not is_bundle(stream, filename, self._limits):
                upload = self._documents.upload(person, filename, stream, class_id=class_id)
                return [Taken(filename, upload)]
            taken = list(self._take_bundle(person, stream, class_id))
        except _REFUSALS as error:
            return [Taken(filename, problem=error)]
        if all(is_protected(one.problem) for one in taken):
            return [Taken(filename, problem=taken[0].problem)]
        return taken

    def take_notes(
        self, person: Person, title: str, text: str, *, class_id: ClassId | None = None
    ) -> Upload | Escalated:
        """Keep pasted notes as a reading; a student's that speak of danger are handed to people instead.

        Raises Invalid, TooLarge or NotAllowed.
        """
        if person.role is Role.STUDENT and (escalated := self._hear(person, text)):
            return escalated
        filename, content = write_notes(title, text, self._limits)
        return self._documents.upload(person, filename, io.BytesIO(content), class_id=class_id)

    def take_page(self, person: Person, url: str, *, class_id: ClassId | None = None) -> Upload:
        """Fetch a web page, or another file that stands at an address, and keep it as a reading.

        Raises Invalid for the address or for what stands there, TooLarge, Unsupported, NotAllowed, or Transient when
        it cannot be reached.
        """
        if self._fetcher is None:
            message = "Web pages are switched off here. Save the page in your browser and upload the file."
            raise Unsupported(message, code="web_pages_off")
        limit = min(self._limits.max_web_bytes, self._limits.max_bytes)
        page = self._fetcher.fetch(url, limit=limit)
        content = io.BytesIO(page.content)
        return self._documents.upload(person, page.filename, content, class_id=class_id, source_url=page.url)

    def _hear(self, person: Person, text: str) -> Escalated | None:
        """Hear notes at once as far as the gate does; all of a student's reading is screened once it is there."""
        try:
            return self._gate.stop(person, text, entry=ENTRY)
        except Invalid:
            # too long to be heard whole while somebody waits
            return None

    def _take_bundle(self, person: Person, stream: BinaryIO, class_id: ClassId | None) -> Iterator[Taken]:
        with open_bundle(stream, self._limits) as bundle:
            for member in bundle.members:
                try:
                    with bundle.open(member) as unpacked:
                        file = cast("BinaryIO", unpacked)
                        upload = self._documents.upload(person, member.filename, file, class_id=class_id)
                    yield Taken(member.name, upload)
                except _REFUSALS as error:
                    yield Taken(member.name, problem=error)
            for name in bundle.outside:
                yield Taken(name, problem=Unsupported(_LEADS_OUT))
