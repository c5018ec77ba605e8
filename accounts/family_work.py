"""What a child worked on, counted reading by reading and part by part, for the child's family.

A reading that the child added is counted without its title, and hints for the child's own questions not at all.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from accounts.family_report import PartWork, Place, ReadingWork, Tally, add
from domain.documents import Document
from domain.ids import DocumentId, UnitId
from domain.learning import HintProgress, Result
from domain.material import Artifact
from domain.people import Person, sees
from domain.ports import UnitOfWork


@dataclass(frozen=True, slots=True)
class _Deed:
    """One answer to a question (`is_right` is None for hints alone), or the hints taken for it, and where."""

    document_id: DocumentId
    section: int | None
    question_id: UnitId
    at: datetime | None
    is_right: bool | None = None
    hints: int = 0


def list_work(
    work: UnitOfWork, child: Person, results: Sequence[Result], hints: Sequence[HintProgress]
) -> tuple[ReadingWork, ...]:
    """Count the results and hints by reading, the one worked on last first. The unit of work sees as the child does."""
    by_reading: dict[DocumentId, list[_Deed]] = defaultdict(list)
    for deed in _deeds(work, results, hints):
        by_reading[deed.document_id].append(deed)
    readings = [_reading(work, child, document_id, deeds) for document_id, deeds in by_reading.items()]
    merged = _merge_untitled(readings)
    return tuple(sorted(merged, key=lambda one: (one.tally.last_on or date.min, one.title), reverse=True))


def count_questions(results: Iterable[Result]) -> int:
    """Count the different questions that were answered."""
    return len({result.question_id for result in results})


def hints_for_quizzes(work: UnitOfWork, hints: Iterable[HintProgress]) -> list[HintProgress]:
    """Leave out the hints that were taken for the child's own questions."""
    return [hint for hint in hints if hint.rung >= 0 and work.material.find_question(hint.question_id)]


def _deeds(work: UnitOfWork, results: Sequence[Result], hints: Sequence[HintProgress]) -> list[_Deed]:
    quizzes = {quiz_id: work.material.find(quiz_id) for quiz_id in {result.artifact_id for result in results}}
    deeds = [_answered(result, quizzes[result.artifact_id]) for result in results]
    asked = [(hint, work.material.find_question(hint.question_id)) for hint in hints]
    deeds.extend(
        _Deed(found[0].document_id, found[0].section, hint.question_id, hint.at, hints=hint.rung + 1)
        for hint, found in asked
        if found is not None
    )
    return deeds


def _answered(result: Result, quiz: Artifact | None) -> _Deed:
    document_id, section = (quiz.document_id, quiz.section) if quiz else (DocumentId(""), None)
    return _Deed(document_id, section, result.question_id, result.at, is_right=result.is_correct)


def _reading(work: UnitOfWork, child: Person, document_id: DocumentId, deeds: Sequence[_Deed]) -> ReadingWork:
    document = work.documents.find(document_id) if document_id else None
    if document is None or not sees(child, document):
        return ReadingWork("", Place.GONE, _tally(deeds))
    if document.owner_id == child.id:
        return ReadingWork("", Place.OWN, _tally(deeds))
    return ReadingWork(document.title, Place.TITLED, _tally(deeds), _parts(work, document, deeds))


def _parts(work: UnitOfWork, document: Document, deeds: Sequence[_Deed]) -> tuple[PartWork, ...]:
    titles = {section.ordinal: section.title for section in work.readings.list_sections(document.id)}
    by_section: dict[int, list[_Deed]] = defaultdict(list)
    for deed in deeds:
        by_section[-1 if deed.section is None else deed.section].append(deed)
    return tuple(PartWork(titles.get(section, ""), _tally(by_section[section])) for section in sorted(by_section))


def _merge_untitled(readings: Sequence[ReadingWork]) -> list[ReadingWork]:
    """Put all readings of the child's own in one line, and all that are gone in another."""
    merged = [one for one in readings if one.place is Place.TITLED]
    for place in (Place.OWN, Place.GONE):
        tallies = [one.tally for one in readings if one.place is place]
        if tallies:
            merged.append(ReadingWork("", place, add(tallies)))
    return merged


def _tally(deeds: Sequence[_Deed]) -> Tally:
    """Count the deeds, which come oldest first: the last answer to a question is the one that counts."""
    last = {deed.question_id: deed.is_right for deed in deeds if deed.is_right is not None}
    return Tally(
        questions=len(last),
        right=sum(map(bool, last.values())),
        hints=sum(deed.hints for deed in deeds),
        last_on=max((deed.at.date() for deed in deeds if deed.at), default=None),
    )
