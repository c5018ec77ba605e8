"""Valid values for tests; name what matters and leave out the rest."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from domain.consent import WORDING, ConsentRecord, Purpose
from domain.documents import Chunk, Document, DocumentStatus, Range, Span
from domain.evidence import Evidence, gather
from domain.ids import ChunkId, ClassId, ConsentId, DocumentId, PersonId, SchoolId, new_id, stable_id
from domain.people import Person, Role
from domain.ports import UnitOfWork

SCHOOL = SchoolId("5c4001" + "0" * 26)
CLASS = ClassId("c1a550" + "0" * 26)
NOW = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)


def a_person(role: Role = Role.STUDENT, **changes: Any) -> Person:
    """A member of the one class of the school."""
    person = Person(
        id=PersonId(stable_id("person", role)),
        school_id=SCHOOL,
        name=f"Sam {role.value.title()}",
        email=f"{role.value}@school.example",
        role=role,
        class_ids=(CLASS,),
    )
    return replace(person, **changes)


def allow(work: UnitOfWork, person: Person, purposes: Iterable[Purpose] = Purpose) -> None:
    """Let a student's data be used for everything, or for some purposes."""
    for purpose in purposes:
        work.consents.add(
            ConsentRecord(ConsentId(new_id()), person.id, purpose, is_given=True, version=WORDING, by_id=None, at=NOW)
        )


def a_document(**changes: Any) -> Document:
    """A ready document that the teacher shared with the class."""
    document = Document(
        id=DocumentId(stable_id("document")),
        school_id=SCHOOL,
        owner_id=a_person(Role.TEACHER).id,
        class_id=CLASS,
        title="How plants feed themselves",
        filename="plants.md",
        media_type="text/markdown",
        content_hash="0" * 64,
        size=1000,
        status=DocumentStatus.READY,
        created_at=NOW,
        page_count=1,
    )
    return replace(document, **changes)


def some_evidence(text: str, *, title: str = "A section", language: str = "en") -> Evidence:
    """Evidence of one chunk on page 1; `**double stars**` mark emphasis and are taken out."""
    emphasis: list[Range] = []
    plain = ""
    for index, part in enumerate(re.split(r"\*\*", text)):
        if index % 2:
            emphasis.append(Range(len(plain), len(plain) + len(part)))
        plain += part
    document_id = a_document().id
    chunk = Chunk(
        id=ChunkId(stable_id(document_id, 1, 0, len(plain))),
        document_id=document_id,
        ordinal=0,
        section=0,
        span=Span(document_id, 1, 0, len(plain)),
        text=plain,
        emphasis=tuple(emphasis),
    )
    return gather([chunk], title=title, language=language)
