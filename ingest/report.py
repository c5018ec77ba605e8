"""What became of a reading's file: what was found in it, what was left out and why, and how long each step took."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.documents import Document, Page, PartKind, Section
from domain.errors import NotFound
from domain.ids import DocumentId
from domain.people import Person, Role, sees
from domain.ports import Store
from domain.scope import scope_of
from ingest.recognition.settling import LOW_CONFIDENCE


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a file. `languages` gives for each language the number of sections in it, the commonest first.

    `recognised` are the pages whose text was read from a picture, `doubtful` those of them that are uncertain.
    """

    document: Document
    page_count: int
    section_count: int
    word_count: int
    parts: Mapping[PartKind, int]
    languages: Mapping[str, int]
    recognised: tuple[int, ...]
    doubtful: tuple[int, ...]
    hidden: tuple[int, ...]
    with_orders: tuple[int, ...]
    like: Document | None


@dataclass(frozen=True)
class Reports:
    """Reports on readings, for teachers and whoever added the reading."""

    store: Store

    def load(self, person: Person, document_id: DocumentId) -> Report:
        """Report on a reading. Raises NotFound for those whom it is not for."""
        with self.store(scope_of(person)) as work:
            document = work.documents.find(document_id)
            if document is None or not sees(person, document) or not _is_for(person, document):
                raise NotFound("There is no such reading.")
            pages = work.readings.list_pages(document_id) if document.is_readable else []
            sections = work.readings.list_sections(document_id) if document.is_readable else []
            like = work.documents.find(document.like_id) if document.like_id else None
        return build_report(document, pages, sections, like if like and sees(person, like) else None)


def build_report(
    document: Document, pages: Sequence[Page], sections: Sequence[Section], like: Document | None
) -> Report:
    """Count what stands in a reading; `like` is an older one that says nearly the same."""
    languages = Counter(section.language or document.language for section in sections if section.is_unit)
    confidences = {page.number: page.confidence for page in pages if page.confidence is not None}
    return Report(
        document=document,
        page_count=document.page_count,
        section_count=len(sections),
        word_count=sum(len(page.text.split()) for page in pages),
        parts=Counter(part.kind for page in pages for part in page.parts),
        languages=dict(languages.most_common()),
        recognised=tuple(confidences),
        doubtful=tuple(number for number, confidence in confidences.items() if confidence < LOW_CONFIDENCE),
        hidden=tuple(page.number for page in pages if page.hidden),
        with_orders=tuple(page.number for page in pages if page.has_orders),
        like=like,
    )


def _is_for(person: Person, document: Document) -> bool:
    return person.role is Role.TEACHER or document.owner_id == person.id
