"""What every HandsRepository does: versions, ratings and study sets."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings

from adapters.sql.store import SqlStore
from domain.claims import Claim
from domain.documents import Citation, Span
from domain.errors import Conflict, OutOfScope
from domain.hands import Change, OwnCard, Rating, RatingReason, Source, StudySet, Version
from domain.ids import ArtifactId, DocumentId, PersonId, StudySetId, UnitId, stable_id
from domain.interactions import KeptReply
from domain.material import Artifact, ArtifactStatus, Hand, Kind, Provenance, SummarySentence, Writer
from domain.people import Role
from domain.scope import EVERYTHING, Scope, scope_of
from tests.builders import NOW, a_document, a_person
from tests.material import artifacts

TEACHER, STUDENT = a_person(Role.TEACHER), a_person()
CITATION = Citation(Span(a_document().id, 1, 0, 6), "Plants")
UNIT = SummarySentence(UnitId(stable_id("sentence")), Claim("Plants make sugar.", (CITATION,)))
AID = Artifact(
    id=ArtifactId(stable_id("aid")),
    kind=Kind.SUMMARY,
    document_id=a_document().id,
    section=None,
    title="Plants",
    units=(UNIT,),
    provenance=Provenance(),
    status=ArtifactStatus.PUBLISHED,
    created_at=NOW,
)
FIRST = Version(AID.id, 1, NOW, Change.MADE, AID.units, AID.provenance)
RATING = Rating(AID.id, UNIT.id, STUDENT.id, NOW, is_good=False, reason=RatingReason.WRONG, words="They eat soil.")
SET = StudySet(
    StudySetId(stable_id("set")),
    STUDENT.id,
    "For Friday",
    Kind.FLASHCARDS,
    (Source(a_document().id), Source(a_document().id, 3)),
    NOW,
    (OwnCard(UnitId(stable_id("own")), "What?", "That.", ("exam",), (CITATION,)),),
)


@pytest.fixture(autouse=True)
def aid(store: SqlStore) -> Artifact:
    """A study aid of a class's reading."""
    with store(EVERYTHING) as unit:
        unit.documents.save(a_document())
        unit.material.save(AID)
        unit.commit()
    return AID


def _classmate(store: SqlStore) -> Scope:
    mate = replace(STUDENT, id=PersonId(stable_id("mate")), email="mate@school.example")
    with store(EVERYTHING) as unit:
        unit.people.save_person(mate)
        unit.commit()
    return scope_of(mate)


def test_versions_come_newest_first(store: SqlStore) -> None:
    """Versions come back as they were kept, newest first, and one of them by its number."""
    made_by = Provenance(Writer.MODEL, "summary", 2, "c" * 64, "a-model", "A note.")
    hands = (Hand(UNIT.id, is_pinned=True), Hand(UnitId("gone"), is_edited=True, is_removed=True))
    second = Version(AID.id, 2, NOW + timedelta(hours=1), Change.PINNED, (), made_by, hands, TEACHER.id)

    with store(scope_of(TEACHER)) as unit:
        unit.hands.add_version(FIRST)
        unit.hands.add_version(second)
        unit.commit()

    with store(scope_of(STUDENT)) as unit:
        assert unit.hands.list_versions(AID.id) == [second, FIRST]
        assert unit.hands.find_version(AID.id, 1) == FIRST
        assert unit.hands.find_version(AID.id, 3) is None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(artifact=artifacts())
def test_a_version_holds_whatever_a_study_aid_holds(store: SqlStore, artifact: Artifact) -> None:
    """The units of a version come back equal, whatever kind they are of."""
    version = replace(FIRST, number=7, units=artifact.units)

    with store(EVERYTHING) as unit:
        unit.hands.add_version(version)

        assert unit.hands.find_version(AID.id, 7) == version


def test_a_number_is_given_once(store: SqlStore) -> None:
    """A version with a number that is there raises Conflict, and the one that is there stays."""
    with store(EVERYTHING) as unit:
        unit.hands.add_version(FIRST)
        unit.commit()

    with store(EVERYTHING) as unit, pytest.raises(Conflict, match="changed meanwhile"):
        unit.hands.add_version(replace(FIRST, change=Change.EDITED))

    with store(EVERYTHING) as unit:
        assert unit.hands.list_versions(AID.id) == [FIRST]


def test_a_later_rating_takes_the_place_of_the_earlier(store: SqlStore) -> None:
    """A person has one opinion of a unit; others keep theirs."""
    better = replace(RATING, at=NOW + timedelta(days=1), is_good=True, reason=RatingReason.HELPS, words="")
    by_teacher = replace(RATING, person_id=TEACHER.id)

    with store(EVERYTHING) as unit:
        for rating in (RATING, by_teacher, better):
            unit.hands.save_rating(rating)
        unit.commit()

    with store(scope_of(TEACHER)) as unit:
        assert unit.hands.list_ratings(AID.id) == [better, by_teacher]
        assert unit.hands.list_ratings_of(STUDENT.id, [AID.id]) == [better]
        assert unit.hands.list_ratings_of(STUDENT.id, [ArtifactId("0" * 32)]) == []


def test_a_rating_can_be_taken_back(store: SqlStore) -> None:
    """A deleted rating is gone; deleting what is not there does nothing."""
    with store(scope_of(STUDENT)) as unit:
        unit.hands.save_rating(RATING)
        unit.hands.delete_rating(AID.id, UNIT.id, STUDENT.id)
        unit.hands.delete_rating(AID.id, UnitId("0" * 32), STUDENT.id)
        unit.commit()

    with store(EVERYTHING) as unit:
        assert unit.hands.list_ratings(AID.id) == []


def test_students_see_their_own_ratings_alone(store: SqlStore) -> None:
    """Another student's rating is in no list of a student's, and cannot be written or deleted in that one's name."""
    mate = _classmate(store)
    with store(EVERYTHING) as unit:
        unit.hands.save_rating(RATING)
        unit.commit()

    with store(mate) as unit:
        assert unit.hands.list_ratings(AID.id) == []
        assert unit.hands.list_ratings_of(STUDENT.id, [AID.id]) == []
        unit.hands.delete_rating(AID.id, UNIT.id, STUDENT.id)
        with pytest.raises(OutOfScope):
            unit.hands.save_rating(replace(RATING, unit_id=UnitId("1" * 32)))

    with store(EVERYTHING) as unit:
        assert unit.hands.list_ratings(AID.id) == [RATING]


def test_what_people_did_goes_with_the_study_aid(store: SqlStore) -> None:
    """A deleted study aid takes its versions and ratings along."""
    with store(EVERYTHING) as unit:
        unit.hands.add_version(FIRST)
        unit.hands.save_rating(RATING)
        unit.material.delete(AID.id)
        unit.commit()

    with store(EVERYTHING) as unit:
        assert unit.hands.list_versions(AID.id) == []
        assert unit.hands.list_ratings(AID.id) == []


def test_a_study_set_is_its_owners(store: SqlStore) -> None:
    """A study set comes back as it was saved, is replaced under its id, and is nobody else's to see."""
    renamed = replace(SET, title="For Monday", cards=())
    newer = replace(SET, id=StudySetId(stable_id("newer")), created_at=NOW + timedelta(days=1))

    with store(scope_of(STUDENT)) as unit:
        for study_set in (SET, renamed, newer):
            unit.hands.save_study_set(study_set)
        unit.commit()

    with store(scope_of(STUDENT)) as unit:
        assert unit.hands.list_study_sets(STUDENT.id) == [newer, renamed]
        assert unit.hands.find_study_set(newer.id) == newer
    for scope in (_classmate(store), scope_of(TEACHER)):
        with store(scope) as unit:
            assert unit.hands.find_study_set(SET.id) is None
            assert unit.hands.list_study_sets(STUDENT.id) == []


def test_a_study_set_can_be_deleted(store: SqlStore) -> None:
    """A deleted study set is gone; deleting what is not there does nothing."""
    with store(scope_of(STUDENT)) as unit:
        unit.hands.save_study_set(SET)
        unit.hands.delete_study_set(SET.id)
        unit.hands.delete_study_set(SET.id)
        unit.commit()

    with store(EVERYTHING) as unit:
        assert unit.hands.find_study_set(SET.id) is None


def test_who_is_gone_is_named_by_no_version(store: SqlStore) -> None:
    """When whoever changed a study aid is erased, the version stays and names nobody."""
    with store(EVERYTHING) as unit:
        unit.hands.add_version(replace(FIRST, by_id=TEACHER.id))
        unit.documents.save(a_document(owner_id=STUDENT.id))
        unit.records.erase(TEACHER.id)
        unit.commit()

    with store(EVERYTHING) as unit:
        (version,) = unit.hands.list_versions(AID.id)
    assert version.by_id is None


def test_a_reply_goes_with_its_reading(store: SqlStore) -> None:
    """What a model answered about a reading is found by its key until the reading goes."""
    reply = KeptReply("k" * 64, DocumentId(a_document().id), "{}", "a-model", NOW)
    with store(EVERYTHING) as unit:
        unit.interactions.keep_reply(reply)
        unit.commit()

    with store(EVERYTHING) as unit:
        assert unit.interactions.find_reply(reply.key) == reply
        unit.documents.delete(a_document().id)
        assert unit.interactions.find_reply(reply.key) is None
