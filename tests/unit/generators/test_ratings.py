"""What readers think of study aids, and who sees it."""

import pytest

from domain.consent import ConsentRecord, Purpose
from domain.documents import Document
from domain.errors import ConsentMissing, Invalid, NotAllowed, NotFound
from domain.hands import RatingReason
from domain.ids import ClassId, ConsentId, PersonId, UnitId, new_id
from domain.material import Artifact, Kind
from domain.people import Role
from domain.scope import EVERYTHING
from generators.hands.changing import Spot
from generators.hands.ratings import Opinion, Ratings
from generators.tools import Tools
from tests.builders import NOW, a_person, allow
from tests.unit.generators.aids import an_aid, card

TEACHER, STUDENT = a_person(Role.TEACHER), a_person()
MATE = a_person(id=PersonId("2" * 32), email="mate@school.example")
STRANGER = a_person(Role.TEACHER, id=PersonId("0" * 32), class_ids=(ClassId("1" * 32),), email="other@school.example")
BAD, GOOD = Opinion(False, RatingReason.WRONG, " It  is blue. "), Opinion(True, RatingReason.HELPS)


@pytest.fixture
def ratings(tools: Tools) -> Ratings:
    with tools.store(EVERYTHING) as work:
        work.people.save_person(MATE)
        allow(work, MATE)
        work.commit()
    return Ratings(tools)


@pytest.fixture
def deck(tools: Tools, plants: Document) -> Artifact:
    """Three cards of the first section."""
    cards = [card(plants, f"What is {name}?", f"thing {name}") for name in "abc"]
    aid = an_aid(plants, Kind.FLASHCARDS, *cards)
    with tools.store(EVERYTHING) as work:
        work.material.save(aid)
        work.commit()
    return aid


def _spot(deck: Artifact, place: int = 0) -> Spot:
    return Spot(deck.id, deck.units[place].id)


def test_teachers_see_counts_and_reasons(ratings: Ratings, deck: Artifact) -> None:
    """What readers found wrong comes first, with counts, reasons and words, and names nobody; silence is not listed."""
    ratings.rate(STUDENT, _spot(deck, 1), BAD)
    ratings.rate(MATE, _spot(deck, 1), Opinion(False, RatingReason.WRONG))
    ratings.rate(MATE, _spot(deck), GOOD)

    aid, found = ratings.load(TEACHER, deck.id)

    assert aid == deck
    assert [(one.unit.id, one.good, one.bad) for one in found] == [
        (deck.units[1].id, 0, 2),
        (deck.units[0].id, 1, 0),
    ]
    assert (found[0].reasons, found[0].words) == ({RatingReason.WRONG: 2}, ("It is blue.",))


def test_students_see_their_own(ratings: Ratings, deck: Artifact) -> None:
    """A student has one opinion of a part, sees no other's, and can take it back; taking back nothing is nothing."""
    ratings.rate(MATE, _spot(deck), GOOD)
    ratings.rate(STUDENT, _spot(deck), GOOD)
    ratings.rate(STUDENT, _spot(deck), BAD)

    (own,) = ratings.list_own(STUDENT, [deck.id]).values()

    assert (own.person_id, own.is_good, own.words) == (STUDENT.id, False, "It is blue.")
    assert ratings.list_own(STUDENT, []) == {}
    with pytest.raises(NotAllowed):
        ratings.load(STUDENT, deck.id)
    ratings.take_back(STUDENT, _spot(deck))
    ratings.take_back(STUDENT, Spot(deck.id))
    assert ratings.list_own(STUDENT, [deck.id]) == {}
    assert len(ratings.list_own(MATE, [deck.id])) == 1


def test_strangers_find_nothing(ratings: Ratings, deck: Artifact) -> None:
    """Whoever does not see a study aid, or names no part of it, rates nothing."""
    for spot, person in ((_spot(deck), STRANGER), (Spot(deck.id, UnitId("f" * 32)), STUDENT), (Spot(deck.id), STUDENT)):
        with pytest.raises(NotFound):
            ratings.rate(person, spot, BAD)
    with pytest.raises(NotFound):
        ratings.take_back(STRANGER, _spot(deck))
    with pytest.raises(NotFound):
        ratings.load(STRANGER, deck.id)


def test_words_are_short(ratings: Ratings, deck: Artifact) -> None:
    """At most 300 characters are kept."""
    ratings.rate(STUDENT, _spot(deck), Opinion(True, RatingReason.OTHER, "x" * 300))

    with pytest.raises(Invalid, match="300"):
        ratings.rate(STUDENT, _spot(deck), Opinion(True, RatingReason.OTHER, "x" * 301))


def test_nothing_is_kept_that_is_not_allowed(ratings: Ratings, tools: Tools, deck: Artifact) -> None:
    """A student whose answers may not be kept rates nothing."""
    with tools.store(EVERYTHING) as work:
        work.consents.add(ConsentRecord(ConsentId(new_id()), STUDENT.id, Purpose.STUDY, False, 1, None, NOW))
        work.commit()

    with pytest.raises(ConsentMissing):
        ratings.rate(STUDENT, _spot(deck), BAD)
