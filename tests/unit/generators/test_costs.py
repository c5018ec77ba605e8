"""What the model cost, by day, class and who asked."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from adapters.sql.store import SqlStore
from domain.errors import NotAllowed
from domain.ids import InteractionId, PersonId, new_id, stable_id
from domain.interactions import Interaction
from domain.material import Kind, Provenance, Writer
from domain.people import Role
from domain.scope import EVERYTHING
from generators.budget import Caps
from generators.costs import ClassShare, Costs, Share, Spent, Who
from tests.builders import CLASS, NOW, SCHOOL, a_document, a_person
from tests.conftest import FixedClock

STUDENT, TEACHER, OFFICE = a_person(), a_person(Role.TEACHER), a_person(Role.ADMINISTRATOR)
COLLEAGUE = a_person(Role.TEACHER, id=PersonId(stable_id("colleague")), name="Toni", email="toni@school.example")
OWN = a_document(id="0" * 32, class_id=None, owner_id=STUDENT.id)
EACH = Spent(1, 100, 10, 5)


def _use(**changes: Any) -> Interaction:
    given: dict[str, Any] = {
        "id": InteractionId(new_id()),
        "at": NOW,
        "kind": Kind.ANSWER,
        "provenance": Provenance(Writer.MODEL),
        "verdicts": (),
        "outcome": "served",
        "school_id": SCHOOL,
        "document_id": a_document().id,
        "tokens_in": 100,
        "tokens_out": 10,
        "cost": 5,
    }
    return Interaction(**{**given, **changes})


@pytest.fixture(scope="module")
def costs(module_store: SqlStore) -> Costs:
    """One use each by nobody, the student, the teacher, a colleague; a student's own reading; one of long ago."""
    with module_store(EVERYTHING) as work:
        work.people.save_person(COLLEAGUE)
        for document in (a_document(), OWN):
            work.documents.save(document)
        for person_id in (None, STUDENT.id, TEACHER.id, COLLEAGUE.id):
            work.interactions.add(_use(person_id=person_id))
        work.interactions.add(_use(person_id=STUDENT.id, document_id=OWN.id, at=NOW - timedelta(days=1)))
        work.interactions.add(_use(at=NOW - timedelta(days=40)))
        work.commit()
    return Costs(module_store, FixedClock(), Caps(), "EUR")


def times(count: int) -> Spent:
    return Spent(count, count * 100, count * 10, count * 5)


def test_the_school_reads_everything(costs: Costs) -> None:
    """An administrator sees all days, classes and staff by name, students as one, and nothing of before the period."""
    report = costs.for_school(OFFICE)

    assert report.days == ((NOW.date(), times(4)), (NOW.date() - timedelta(days=1), times(1)))
    assert report.classes == (
        ClassShare(CLASS, "Class 8b", times(4), times(4)),
        ClassShare(None, "", times(1), Spent()),
    )
    assert report.shares == (
        Share(Who.NOBODY, "", EACH),
        Share(Who.STUDENTS, "", times(2)),
        Share(Who.STAFF, "Sam Teacher", EACH),
        Share(Who.STAFF, "Toni", EACH),
    )
    assert (report.total, report.today, report.total.tokens) == (times(5), times(4), 550)
    assert (report.first, report.last) == (NOW.date() - timedelta(days=29), NOW.date())


def test_a_teacher_reads_the_own_classes(costs: Costs) -> None:
    """Teachers see what was asked about their classes' readings: their own share, colleagues and students unnamed."""
    report = costs.for_classes(TEACHER)

    assert [one.class_id for one in report.classes] == [CLASS]
    assert report.shares == (
        Share(Who.NOBODY, "", EACH),
        Share(Who.STUDENTS, "", EACH),
        Share(Who.ONESELF, "", EACH),
        Share(Who.COLLEAGUES, "", EACH),
    )


@pytest.mark.parametrize(("days", "replies"), [(1, 4), (2, 5), (41, 6), (10_000, 6), (-3, 4)])
def test_a_period_goes_back_whole_days(costs: Costs, days: int, replies: int) -> None:
    """A period counts days with today, at least today and at most a year."""
    assert costs.for_school(OFFICE, days=days).total.replies == replies


def test_only_the_office_reads_the_whole_school(costs: Costs) -> None:
    """Teachers and students are refused."""
    for person in (TEACHER, STUDENT):
        with pytest.raises(NotAllowed):
            costs.for_school(person)


def test_who_is_not_to_be_seen_is_nobody(store: SqlStore, clock: FixedClock) -> None:
    """The use of somebody whom the reader may not know of is counted with nobody's."""
    stranger = replace(COLLEAGUE, class_ids=())
    with store(EVERYTHING) as work:
        work.people.save_person(stranger)
        work.documents.save(a_document())
        work.interactions.add(_use(person_id=stranger.id))
        work.commit()

    assert Costs(store, clock, Caps()).for_classes(TEACHER).shares == (Share(Who.NOBODY, "", EACH),)
