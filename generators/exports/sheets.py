"""Sheets of each kind of study aid: what is written, in which order, under which headings."""

from collections.abc import Callable, Mapping
from itertools import groupby
from types import MappingProxyType

from domain.guides import ExampleStep, FaqEntry, GuideEntry, GuidePart, StepRole
from domain.material import Concept, Flashcard, Gap, Kind, Relation, SummarySentence, VariantSentence
from generators.exports.aid import Aid
from generators.exports.origin import Origin
from generators.exports.pictures import Draw, picture_of
from generators.exports.sheet import Block, Heading, Mark, Notes, Picture, Sheet, Text

_GUIDE_HEADINGS = {
    GuidePart.OBJECTIVE: "What you should be able to do",
    GuidePart.KEY_QUESTION: "Key questions",
    GuidePart.TERM: "Glossary",
    GuidePart.EVENT: "Timeline",
}


def sheet_of(artifact: Aid, origin: Origin) -> Sheet:
    """Give a study aid as a sheet."""
    notes = Notes(origin.name_of, origin.reading, origin.credit)
    blocks = _WRITERS[artifact.kind](artifact, notes, origin.draw)
    return Sheet(artifact.title, origin.reading, origin.language, tuple(blocks), notes.all())


def _summary(artifact: Aid, notes: Notes, _draw: Draw) -> list[Block]:
    sentences = [unit for unit in artifact.units if isinstance(unit, SummarySentence)]
    gist = [one for one in sentences if one.is_gist]
    rest = [one for one in sentences if not one.is_gist]
    groups = [
        ("In one sentence", gist),
        ("Key points", [one for one in rest if one.is_key_point and not one.objective]),
        ("More", [one for one in rest if not one.is_key_point and not one.objective]),
    ]
    objectives = dict.fromkeys(one.objective for one in rest if one.objective)
    groups += [(objective, [one for one in rest if one.objective == objective]) for objective in objectives]
    blocks: list[Block] = []
    for heading, group in groups:
        if group:
            blocks.append(Heading(heading))
            blocks += [notes.text(one.claim.text, one.claim, mark=Mark.BULLET) for one in group]
    return blocks


def _cards(artifact: Aid, notes: Notes, draw: Draw) -> list[Block]:
    blocks: list[Block] = []
    for card in (unit for unit in artifact.units if isinstance(unit, Flashcard)):
        picture = picture_of(card, draw)
        if picture is not None and card.picture is not None:
            blocks.append(Picture(picture.front, "image/jpeg", f"Picture on page {card.picture.page}"))
        blocks.append(notes.text(card.back, card.claim, lead=card.front, mark=Mark.BULLET))
    return blocks


def _map(artifact: Aid, notes: Notes, _draw: Draw) -> list[Block]:
    blocks: list[Block] = []
    concepts = [unit for unit in artifact.units if isinstance(unit, Concept)]
    relations = [unit for unit in artifact.units if isinstance(unit, Relation)]
    gaps = [unit for unit in artifact.units if isinstance(unit, Gap)]
    if concepts:
        blocks.append(Heading("Concepts"))
        blocks += [notes.text(c.claim.text, c.claim, lead=c.label, mark=Mark.BULLET) for c in concepts]
    if relations:
        blocks.append(Heading("How they hang together"))
        for one in relations:
            lead = f"{one.source} – {one.phrase or one.type.label} – {one.target}"
            blocks.append(notes.text(one.claim.text, one.claim, lead=lead, mark=Mark.BULLET))
    if gaps:
        blocks.append(Heading("Used before they are explained"))
        blocks += [_gap(one, notes) for one in gaps]
    return blocks


def _gap(gap: Gap, notes: Notes) -> Text:
    words = gap.claim.text
    if gap.parts:
        words += " – explained later: " + " ".join(part.text for part in gap.parts)
    return notes.text(words, gap.claim, *gap.parts, lead=gap.term, mark=Mark.BULLET)


def _guide(artifact: Aid, notes: Notes, _draw: Draw) -> list[Block]:
    blocks: list[Block] = []
    entries = [unit for unit in artifact.units if isinstance(unit, GuideEntry)]
    for part in GuidePart:
        group = [one for one in entries if one.part is part]
        if part is GuidePart.EVENT:
            group.sort(key=lambda one: (one.year is None, one.year or 0))
        if group:
            blocks.append(Heading(_GUIDE_HEADINGS[part]))
            blocks += [_guide_line(one, notes) for one in group]
    return blocks


def _guide_line(entry: GuideEntry, notes: Notes) -> Text:
    # an objective may be the reading's own words, which are then not said twice
    words = "" if entry.claim.text == entry.label else entry.claim.text
    return notes.text(words, entry.claim, lead=entry.label, mark=Mark.BULLET)


def _faq(artifact: Aid, notes: Notes, _draw: Draw) -> list[Block]:
    blocks: list[Block] = []
    for entry in (unit for unit in artifact.units if isinstance(unit, FaqEntry)):
        claims = entry.claim, *entry.parts
        blocks += [
            Heading(entry.question, 2),
            notes.text(" ".join(claim.text for claim in claims), *claims),
        ]
    return blocks


def _examples(artifact: Aid, notes: Notes, _draw: Draw) -> list[Block]:
    blocks: list[Block] = []
    steps = [unit for unit in artifact.units if isinstance(unit, ExampleStep)]
    for _, group in groupby(steps, key=lambda step: step.example):
        example = list(group)
        blocks.append(Heading(example[0].title))
        count = 0
        for step in example:
            count += step.role is StepRole.STEP
            lead = f"Step {count}" if step.role is StepRole.STEP else step.role.value.capitalize()
            blocks.append(notes.text(step.claim.text, step.claim, lead=lead))
    return blocks


def _variant(artifact: Aid, notes: Notes, _draw: Draw) -> list[Block]:
    blocks: list[Block] = []
    sentences = [unit for unit in artifact.units if isinstance(unit, VariantSentence)]
    blocks += [notes.text(one.claim.text, one.claim) for one in sentences]
    glosses = {gloss.term: gloss.meaning for one in sentences for gloss in one.glosses}
    if glosses:
        blocks.append(Heading("Words"))
        blocks += [Text(meaning, lead=term, mark=Mark.BULLET) for term, meaning in glosses.items()]
    return blocks


_WRITERS: Mapping[Kind, Callable[[Aid, Notes, Draw], list[Block]]] = MappingProxyType(
    {
        Kind.SUMMARY: _summary,
        Kind.FLASHCARDS: _cards,
        Kind.CONCEPT_MAP: _map,
        Kind.STUDY_GUIDE: _guide,
        Kind.FAQ: _faq,
        Kind.WORKED_EXAMPLES: _examples,
        Kind.LESSON_VARIANT: _variant,
    }
)
