"""The study page's frame: where the reader is, what is around, which tabs there are."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from fastapi import Request
from fastapi.responses import Response

from accounts.policy import Action, allows
from api.deps import Visitor
from api.progress import Standing, standing_of
from api.services import Services
from domain.consent import Purpose
from domain.documents import Document, DocumentStatus, Section
from domain.errors import Conflict, NotFound
from domain.hands import Rating, hand_on
from domain.ids import ArtifactId, DocumentId, UnitId
from domain.material import Artifact, Hand, Kind, Unit
from domain.people import Role
from generators.jobs import list_parts
from web.outline import Branch, build_outline, units_in, way_to
from web.places import LABELS, Place, View, word_of
from web.templating import pages_of

_STUDENT_VIEWS = (View.READ, View.SUMMARY, View.CARDS, View.MAP, View.QUIZ, View.GUIDE, View.ASK)


@dataclass(frozen=True)
class Desk:
    """A reading on the desk, open at a place."""

    visitor: Visitor
    place: Place
    document: Document
    standing: Standing
    sections: tuple[Section, ...]
    aids: Mapping[Kind, Artifact]
    allowed: frozenset[Purpose] = frozenset(Purpose)
    explain_shortfall: Callable[[Kind], str] = lambda _kind: ""
    ratings: Mapping[tuple[ArtifactId, UnitId], Rating] = field(default_factory=dict)

    @property
    def keeps_answers(self) -> bool:
        """Whether answers and progress are kept."""
        return Purpose.STUDY in self.allowed

    @property
    def may_ask(self) -> bool:
        """Whether the reader may ask and take hints in own words."""
        return Purpose.TUTOR in self.allowed

    @property
    def section(self) -> Section | None:
        """The section that the reader is at; None for the whole reading."""
        return None if self.place.section is None else self.sections[self.place.section]

    @property
    def heading(self) -> str:
        """What the reader looks at."""
        return self.section.title if self.section else "The whole reading"

    @property
    def outline(self) -> tuple[Branch, ...]:
        """The section tree, open where the reader is."""
        return build_outline(self.sections, self.place.section)

    @property
    def way(self) -> tuple[Section, ...]:
        """The sections around the reader's, outermost first, but for one titled like the reading."""
        around = way_to(self.sections, self.place.section or 0)
        return tuple(section for section in around if section.title != self.document.title)

    @property
    def units(self) -> tuple[Section, ...]:
        """The nearest sections that have study aids."""
        if self.place.section is None:
            return tuple(section for section in self.sections if section.is_unit)
        return units_in(self.sections, self.place.section)

    @property
    def views(self) -> tuple[View, ...]:
        """The tabs: an easier version is there for students once it is approved."""
        if self.is_teacher:
            return (*_STUDENT_VIEWS, View.EASIER, View.REPORT)
        has_easier = Kind.LESSON_VARIANT in self.aids
        return (*_STUDENT_VIEWS, View.EASIER) if has_easier else _STUDENT_VIEWS

    @property
    def is_teacher(self) -> bool:
        """Whether the reader prepares lessons."""
        return self.visitor.person.role is Role.TEACHER

    @property
    def can_edit(self) -> bool:
        """Whether the reader may change study aids here."""
        return allows(self.visitor.person, Action.EDIT_AIDS, self.document)

    @property
    def can_rate(self) -> bool:
        """Whether what the reader thinks of study aids may be kept."""
        return self.keeps_answers and allows(self.visitor.person, Action.RATE)

    @property
    def is_class_reading(self) -> bool:
        """Whether the study aids are a class's, so that whoever changed them was a teacher."""
        return self.document.class_id is not None or self.is_teacher

    def hand(self, artifact: Artifact, unit: Unit) -> Hand:
        """Give what people did to a unit."""
        return hand_on(artifact, unit.id)

    def rating(self, artifact: Artifact, unit: Unit) -> Rating | None:
        """Give what the reader said of a unit, or None."""
        return self.ratings.get((artifact.id, unit.id))

    @property
    def can_make(self) -> bool:
        """Whether the reader may have study aids made here."""
        is_place = self.place.section in list_parts(self.sections)
        is_ready = self.document.status is DocumentStatus.READY
        return is_place and is_ready and allows(self.visitor.person, Action.MAKE_AIDS, self.document)


def open_desk(services: Services, visitor: Visitor, place: Place) -> Desk:
    """Open a reading at a place. Raises NotFound, or Conflict when it cannot be read (yet)."""
    view = services.documents.load(visitor.person, DocumentId(place.document_id))
    standing = standing_of(view)
    if not standing.is_readable:
        raise Conflict(f"This reading cannot be opened now. {standing.sentence}", code="not_readable")
    sections = tuple(services.documents.list_sections(visitor.person, view.document.id))
    if place.section is not None and place.section >= len(sections):
        raise NotFound("There is no such section in this reading.")
    aids = services.material.aids(visitor.person, view.document.id, place.section)
    allowed = services.consents.allowed_by(visitor.person)
    ratings = services.hands.ratings.list_own(visitor.person, [artifact.id for artifact in aids.values()])
    named = replace(place, word=word_of(view.document))
    why = partial(services.material.explain_shortfall, visitor.person, view.document.id, place.section)
    return Desk(visitor, named, view.document, standing, sections, aids, allowed, why, ratings)


def show_desk(request: Request, desk: Desk, template: str, *, status: int = 200, **values: Any) -> Response:
    """Render a tab of the study page."""
    frame = {
        "message": "",
        "beside": "",
        "note": "",
        "is_teacher": desk.is_teacher,
        "place": desk.place,
        "labels": LABELS,
    }
    return pages_of(request).show(request, template, status=status, desk=desk, **frame | values)
