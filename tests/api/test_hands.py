"""What people do to study aids, over the API."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from domain.material import Artifact, Hand, Kind, Provenance, Writer
from domain.people import Role
from domain.scope import EVERYTHING
from tests.faces import Browser, House


@pytest.fixture
def deck(house: House) -> Iterator[Artifact]:
    """The unit's cards; afterwards they are as they were."""
    before = [house.aid(Kind.FLASHCARDS), house.aid(Kind.FLASHCARDS, of_whole=True)]
    yield before[0]
    with house.store(EVERYTHING) as work:
        for aid in before:
            work.material.delete(aid.id)
            work.material.save(aid)
        work.commit()


@pytest.fixture
def teacher(house: House) -> Browser:
    return house.browser(Role.TEACHER)


def _url(deck: Artifact, *more: str) -> str:
    return "/".join((f"/api/v1/artifacts/{deck.id}", *more))


def _headers(browser: Browser) -> dict[str, str]:
    browser.open("/")
    return {"origin": "http://testserver"}


def test_a_part_is_changed_and_its_versions_are_listed(deck: Artifact, teacher: Browser) -> None:
    """Words, acts and versions over JSON: each answer says which version it is."""
    unit, headers = deck.units[0], _headers(teacher)

    edited = teacher.client.patch(
        _url(deck, "units", unit.id), json={"back": "sugar out of light", "seen": 1}, headers=headers
    )
    pinned = teacher.client.post(_url(deck, "units", deck.units[1].id, "acts"), json={"act": "pin"}, headers=headers)
    removed = teacher.client.post(_url(deck, "units", unit.id, "acts"), json={"act": "remove"}, headers=headers)
    history = teacher.client.get(_url(deck, "versions")).json()
    back = teacher.client.post(_url(deck, "versions", "2"), json={"seen": 4}, headers=headers)
    anew = teacher.client.post(_url(deck, "anew"), json={}, headers=headers)

    assert edited.json()["units"][0]["back"] == "sugar out of light"
    assert edited.json()["units"][0]["claim"]["by_person"]
    assert edited.json()["hands"] == [
        {
            "unit_id": unit.id,
            "is_pinned": False,
            "is_edited": True,
            "is_removed": False,
            "maker": None,
            "is_borne_out": False,
        }
    ]
    assert [one.json()["version"] for one in (edited, pinned, removed, back)] == [2, 3, 4, 5]
    assert [one["change"] for one in history["versions"]] == ["removed", "pinned", "edited", "made"]
    assert history["versions"][2]["changes"][0]["after"] == {"Back": "sugar out of light"}
    assert [one["id"] for one in history["removed"]] == [unit.id]
    assert {hand["unit_id"] for hand in history["hands"]} == {unit.id, deck.units[1].id}
    assert anew.json()["outcome"] == "served"
    assert anew.json()["artifact"]["units"][0]["back"] == "sugar out of light"


def test_what_was_seen_counts(deck: Artifact, teacher: Browser) -> None:
    """Who looked at an older version gets a conflict, and words that break a card are sent back."""
    unit, headers = deck.units[0], _headers(teacher)
    teacher.client.patch(_url(deck, "units", unit.id), json={"back": "sugar out of light"}, headers=headers)

    late = teacher.client.patch(_url(deck, "units", unit.id), json={"back": "salt", "seen": 1}, headers=headers)
    wrong = teacher.client.patch(_url(deck, "units", unit.id), json={"stem": "What?"}, headers=headers)

    assert (late.status_code, late.json()["code"]) == (409, "conflict")
    assert wrong.status_code == 422


def test_readers_rate_and_teachers_read(house: House, deck: Artifact, teacher: Browser) -> None:
    """A student's rating is the student's to see and to take back; teachers see counts."""
    student = house.newcomer()
    headers, url = _headers(student), _url(deck, "units", deck.units[0].id, "rating")

    kept = student.client.put(url, json={"is_good": False, "why": "unclear", "reason": "Which leaf?"}, headers=headers)
    own = student.client.get(_url(deck, "ratings", "own")).json()
    told = teacher.client.get(_url(deck, "ratings")).json()
    refused = student.client.get(_url(deck, "ratings"))
    student.client.delete(url, headers=headers)

    said = {"is_good": False, "why": "unclear", "reason": "Which leaf?"}
    assert kept.status_code == 204
    assert own == [{"unit_id": deck.units[0].id, **said}]
    assert told == [
        {"unit_id": deck.units[0].id, "good": 0, "bad": 1, "why": {"unclear": 1}, "reasons": ["Which leaf?"]}
    ]
    assert refused.status_code == 403
    assert student.client.get(_url(deck, "ratings", "own")).json() == []


def test_a_part_says_what_made_it(house: House, deck: Artifact, teacher: Browser) -> None:
    """What made a part stands beside it where that is not what made the rest."""
    maker = Provenance(Writer.MODEL, prompt="flashcards", prompt_version=2, model="some-model")
    with house.store(EVERYTHING) as work:
        work.material.delete(deck.id)
        work.material.save(replace(deck, hands=(Hand(deck.units[0].id, is_pinned=True, maker=maker),)))
        work.commit()

    shown = teacher.client.get(_url(deck)).json()

    assert shown["provenance"]["writer"] == "built-in"
    assert shown["hands"][0]["maker"]["model"] == "some-model"
