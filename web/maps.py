"""The map's tab: the drawing, the same as a list by section, and what is used before it is explained."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from fastapi import Request
from fastapi.responses import Response

from domain.documents import Position, Section
from domain.material import Concept, Gap, Kind, Relation, Unit
from generators.compose.reading.mentions import name_of
from generators.mapping.concept_drawing import say
from web.desk import Desk, show_desk


@dataclass(frozen=True, slots=True)
class Line:
    """A relation as it is read out: `words` are the reading's own between the two where it has some, else ours."""

    relation: Relation
    words: str
    is_quoted: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """A concept with the relations that go out from it."""

    concept: Concept
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The concepts that a part of the reading brings in; without a title where the map is of one part alone."""

    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """A gap, and the title of the section that explains the term."""

    gap: Gap
    section: str


def show_map(request: Request, desk: Desk) -> Response:
    """Show the map."""
    artifact = desk.aids.get(Kind.CONCEPT_MAP)
    units = artifact.units if artifact else ()
    groups = list_groups(units, list_parts(desk.sections, desk.place.section))
    return show_desk(
        request,
        desk,
        "student/map.html",
        artifact=artifact,
        groups=groups,
        concepts=sorted(
            (entry for group in groups for entry in group.entries), key=lambda entry: entry.concept.label.casefold()
        ),
        gaps=[
            Missing(unit, "" if unit.explained_in is None else desk.sections[unit.explained_in].title)
            for unit in units
            if isinstance(unit, Gap)
        ],
    )


def list_parts(sections: Sequence[Section], current: int | None) -> list[Section]:
    """Give the parts that the list is grouped by: the sections right below the one the map is of.

    A single part that holds all the rest, such as a title page's, gives way to what is below it.
    """
    first, last = (0, len(sections) - 1) if current is None else (current + 1, sections[current].last)
    found, ordinal = [], first
    while ordinal <= last:
        found.append(sections[ordinal])
        ordinal = sections[ordinal].last + 1
    return list_parts(sections, first) if len(found) == 1 else found


def list_groups(units: Sequence[Unit], parts: Sequence[Section]) -> list[Group]:
    """Put concepts under the part that brings them in, in reading order, the weightiest of each part first."""
    relations = [unit for unit in units if isinstance(unit, Relation)]
    concepts = [unit for unit in units if isinstance(unit, Concept)]
    if not parts:
        return [Group("", tuple(_entry(concept, relations) for concept in concepts))] if concepts else []
    placed = sorted(((_part_of(concept, parts), -concept.weight, place) for place, concept in enumerate(concepts)))
    return [
        Group(
            parts[part].title if part >= 0 else "",
            tuple(_entry(concepts[place], relations) for _, _, place in rows),
        )
        for part, rows in groupby(placed, key=lambda row: row[0])
    ]


def _part_of(concept: Concept, parts: Sequence[Section]) -> int:
    """Give the place of the part that a concept's sentence stands in, -1 for before the first."""
    span = concept.claim.citations[0].span
    at = Position(span.page, span.start)
    return max((place for place, part in enumerate(parts) if part.start <= at), default=-1)


def _entry(concept: Concept, relations: Sequence[Relation]) -> Entry:
    own = [relation for relation in relations if name_of(relation.source) == name_of(concept.label)]
    return Entry(concept, tuple(_line(relation) for relation in own))


def _line(relation: Relation) -> Line:
    words = say(relation.type, relation.phrase)
    return Line(relation, words, words == relation.phrase)
