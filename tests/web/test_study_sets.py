"""Study sets: aids of several readings together, cards of one's own, and nobody else's business."""

import io
import re
import sqlite3
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest

from domain.errors import NotFound
from domain.hands import Change, OwnCard, Source
from domain.material import Artifact, Kind
from domain.people import Person, Role
from domain.scope import EVERYTHING
from generators.own_cards import Grounder
from generators.study_sets import StudySets
from safety.versions import Act, keep
from tests.faces import Browser, House

CARDS = b"front,back\nWhat is chlorophyll?,the green pigment\nWhat is zinc?,a metal that nobody here speaks of\n"


def make(browser: Browser, house: House, kind: Kind = Kind.FLASHCARDS, **fields: str) -> str:
    """Make a set of the sample's unit and give its address."""
    wish = {"title": "For the test", "kind": kind.value, "document_id": house.reading.id}
    answer = browser.send("/study-sets", wish | {"section": str(house.unit.ordinal)} | fields)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


@pytest.mark.parametrize("kind", [Kind.FLASHCARDS, Kind.SUMMARY, Kind.CONCEPT_MAP, Kind.STUDY_GUIDE, Kind.FAQ])
def test_a_set_shows_what_its_readings_bring(house: House, kind: Kind) -> None:
    """The units of the part that it takes up stand there with their sources."""
    browser = house.newcomer()

    page = browser.open(make(browser, house, kind)).text

    assert house.reading.title in page
    assert 'class="source"' in page
    assert len(re.findall(r'<li id="u', page)) == len(house.aid(kind).units)


def test_parts_are_put_in_once_and_left_out_again(house: House) -> None:
    """The whole reading comes beside the section; nothing of it is there twice."""
    browser = house.newcomer()
    url = make(browser, house)
    alone = browser.open(url).text

    browser.send(f"{url}/sources", {"document_id": house.reading.id})
    both = browser.open(url).text
    browser.send(f"{url}/sources/drop", {"document_id": house.reading.id})

    assert both.count("Leave it out") == 2
    names = re.findall(r'<li id="u(\w+)"', both)
    assert len(names) == len(set(names))
    assert browser.open(url).text.count('<li id="u') == alone.count('<li id="u')


def test_own_cards_are_looked_for_in_the_readings(house: House) -> None:
    """A card whose words stand there points at the place; another one says that it is its owner's own."""
    browser = house.newcomer()
    url = make(browser, house)

    sentence = house.aid(Kind.FLASHCARDS).units[0].claim.text
    browser.send(f"{url}/cards", {"front": "Complete the sentence.", "back": sentence})
    browser.send(f"{url}/cards", {"front": "What is zinc?", "back": "a metal"})
    browser.send(f"{url}/cards", {"front": "Which metal do plants eat?", "back": sentence.split()[-1]})
    page = browser.open(url).text.split("Your own cards")[1]

    assert page.count('class="source"') >= 1
    assert page.count("Your own words: they were not found") == 2


def test_cards_are_brought_along_from_a_table(house: House) -> None:
    """Every row becomes a card, once; what stands in the readings is counted."""
    browser = house.newcomer()
    url = make(browser, house)

    first = browser.send(f"{url}/brought", files={"cards.csv": CARDS})
    again = browser.send(f"{url}/brought", files={"cards.csv": CARDS})

    assert "2 cards were added" in first.text
    assert "0 cards were added" in again.text


@pytest.mark.parametrize("files", [{}, {"cards.apkg": b"this is no package"}])
def test_a_file_without_cards_is_refused_in_words(house: House, files: dict[str, bytes]) -> None:
    """It says what to do, and the set stays as it was."""
    browser = house.newcomer()

    answer = browser.send(f"{make(browser, house)}/brought", files=files)

    assert answer.status_code == 422
    assert 'role="alert"' in answer.text


def test_own_cards_go_and_the_set_too(house: House) -> None:
    """A card is taken out, a set deleted; both are gone."""
    browser = house.newcomer()
    url = make(browser, house)
    browser.send(f"{url}/cards", {"front": "Zinc?", "back": "A metal"})
    card = re.findall(r'<li id="u(\w+)"', browser.open(url).text)[-1]

    browser.send(f"{url}/cards/drop", {"card": card})
    without = browser.open(url).text
    browser.send(f"{url}/delete")

    assert "Zinc?" not in without
    assert browser.open(url).status_code == 404
    assert "You have no study sets yet" in browser.open("/study-sets").text


def test_nobody_else_sees_a_set(house: House) -> None:
    """Neither a classmate nor the teacher."""
    url = make(house.newcomer(), house)

    assert house.newcomer().open(url).status_code == 404
    assert house.browser(Role.TEACHER).open(url).status_code == 404


@pytest.mark.parametrize("fields", [{"title": " "}, {"kind": "poem"}, {"title": "x" * 121}])
def test_a_set_needs_a_name_and_a_kind(house: House, fields: dict[str, str]) -> None:
    """What is wrong is said over the form."""
    browser = house.newcomer()
    wish = {"title": "Mine", "kind": "flashcards", **fields}

    answer = browser.send("/study-sets", wish)

    assert answer.status_code == 422
    assert 'role="alert"' in answer.text


def test_a_reading_that_is_not_there_cannot_be_taken_up(house: House) -> None:
    """Its id tells nothing."""
    answer = house.newcomer().send("/study-sets", {"title": "Mine", "kind": "summary", "document_id": "0" * 32})

    assert answer.status_code == 404


def test_words_of_danger_on_a_card_reach_people(house: House) -> None:
    """A card is heard like anything else that a student writes, typed or brought along."""
    browser = house.newcomer()
    url = make(browser, house)

    typed = browser.send(f"{url}/cards", {"front": "me", "back": "i want to kill myself"})
    brought = browser.send(f"{url}/brought", files={"a.csv": b"front,back\nme,i want to kill myself\n"})

    assert 'class="calm"' in typed.text
    assert 'class="calm"' in brought.text
    assert "kill" not in browser.open(url).text


DANGER = b"i want to kill myself"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", b"one column\n" + DANGER + b"\n"),
        ("a.csv", b"front,back\nfine,too\n" + DANGER + b",\n"),
        ("a.csv", b"front,back\n" + DANGER + b"," + b"x" * 2_001 + b"\n"),
        ("a.txt", b"#separator:tab\n#tags column:3\nQ\tA\t" + DANGER + b"\n"),
        ("a.csv", b'"a\n' * 300 + DANGER + b"\n"),
        ("a.csv", b"MZ says\n" + DANGER + b"\n"),
        ("a.csv", b"%PDF-1.7\n" + bytes(range(128, 256)) * 9 + DANGER),
        ("i want to kill myself.csv", CARDS),
    ],
    ids=["one-column", "no-back", "too-long", "tags", "quotes", "wrong-type", "bytes", "name"],
)
def test_all_that_a_file_says_is_heard(house: House, name: str, content: bytes) -> None:
    """Rows that give no card, tags, names and files that cannot be read are heard before they are refused."""
    browser = house.newcomer()
    url = make(browser, house)

    answer = browser.send(f"{url}/brought", files={name: content})

    assert 'class="calm"' in answer.text
    assert "Your own words" not in browser.open(url).text


def test_a_file_is_heard_whatever_set_it_is_for(house: House) -> None:
    """A set that takes no cards, or is gone, keeps nobody in danger from being heard."""
    browser = house.newcomer()
    cards = {"a.csv": b"front,back\nme," + DANGER + b"\n"}

    other = browser.send(f"{make(browser, house, Kind.QUIZ)}/brought", files=cards)
    gone = browser.client.post("/api/v1/study-sets/gone/brought", files={"file": ("a.csv", cards["a.csv"])})

    assert 'class="calm"' in other.text
    assert gone.json().get("outcome") == "escalated"


def test_large_decks_are_taken(house: House) -> None:
    """Hundreds of ordinary cards, more words than one text may have, are cards like any others."""
    browser = house.newcomer()
    rows = "".join(f"What is {n} times {n}, written in full words and figures?,It is {n * n}.\n" for n in range(900))

    answer = browser.send(f"{make(browser, house)}/brought", files={"a.csv": f"front,back\n{rows}".encode()})

    assert len(rows) > 50_000
    assert "900 cards were added" in answer.text


@dataclass(frozen=True)
class Meanwhile(Grounder):
    """Does something else to the set while cards are looked for."""

    act: Callable[[], object]

    def ground(self, person: Person, cards: Sequence[OwnCard], sources: Sequence[Source]) -> tuple[OwnCard, ...]:
        """Do it, then look."""
        self.act()
        return super().ground(person, cards, sources)


def meanwhile(sets: StudySets, act: Callable[[], object]) -> StudySets:
    """Give the same service, whose looking takes as long as an act."""
    return replace(sets, grounder=Meanwhile(sets.store, act))


def test_what_is_added_at_once_is_all_kept(house: House) -> None:
    """Cards and parts that come while other cards are looked for stay; the same card is there once."""
    sets, person = house.services.study_sets, house.person(Role.STUDENT)
    made = sets.create(person, "At once", Kind.FLASHCARDS, [])

    def act() -> None:
        sets.add_card(person, made.id, "first", "card")
        sets.add_card(person, made.id, "same", "card")
        sets.add_source(person, made.id, Source(house.reading.id))

    late = meanwhile(sets, act)
    taken = late.bring(person, made.id, "a.csv", b"front,back\nsecond,card\nsame,card\n")

    kept = sets.load(person, made.id)
    assert sorted(card.front for card in kept.cards) == ["first", "same", "second"]
    assert kept.sources == (Source(house.reading.id),)
    assert getattr(taken, "added", None) == 1
    sets.delete(person, made.id)


def test_a_deleted_set_does_not_come_back(house: House) -> None:
    """Whoever adds to a set while it is deleted reads that it is gone."""
    sets, person = house.services.study_sets, house.person(Role.STUDENT)
    made = sets.create(person, "Gone", Kind.FLASHCARDS, [])
    late = meanwhile(sets, lambda: sets.delete(person, made.id))

    with pytest.raises(NotFound):
        late.add_card(person, made.id, "late", "card")

    assert all(one.id != made.id for one in sets.list_of(person))


@pytest.mark.parametrize("kind", [Kind.SUMMARY, Kind.CONCEPT_MAP, Kind.QUIZ, Kind.STUDY_GUIDE, Kind.FAQ])
def test_only_sets_of_cards_take_cards(house: House, kind: Kind) -> None:
    """No file of the other kinds could hold them, so they are refused there in words."""
    browser = house.newcomer()
    url = make(browser, house, kind)

    typed = browser.send(f"{url}/cards", {"front": "Zinc?", "back": "A metal"})
    brought = browser.send(f"{url}/brought", files={"a.csv": CARDS})

    for answer in (typed, brought):
        assert answer.status_code == 422
        assert "go into a study set of cards" in answer.text
    assert browser.client.get(f"/api/v1{url}").json()["study_set"]["cards"] == []


@pytest.fixture
def reworded(house: House) -> Iterator[Artifact]:
    """The unit's cards, the first in its teacher's words; afterwards they are as they were."""
    before = house.aid(Kind.FLASHCARDS)
    first = replace(before.units[0], claim=replace(before.units[0].claim, by_person=True))
    changed = replace(before, units=(first, *before.units[1:]))
    for aid in (changed, before):
        with house.store(EVERYTHING) as work:
            work.material.delete(aid.id)
            work.material.save(aid)
            work.commit()
        if aid is changed:
            yield changed


def test_a_teachers_words_are_marked_in_a_set(house: House, reworded: Artifact) -> None:
    """What a teacher wrote in the place of the reading's words says so, to students and to teachers; nothing else."""
    student, teacher = house.newcomer(), house.browser(Role.TEACHER)

    seen = student.open(make(student, house)).text
    theirs = teacher.open(make(teacher, house)).text

    assert reworded.units[0].id in seen
    assert seen.count("(your teacher’s words)") == 1
    assert theirs.count("(a teacher’s words)") == 1


def test_a_set_is_taken_away_with_its_own_cards(house: House) -> None:
    """The table has the readings' cards and one's own; files with answers are a teacher's."""
    browser = house.newcomer()
    url = make(browser, house)
    browser.send(f"{url}/cards", {"front": "Zinc?", "back": "A metal"})

    table = browser.open(f"{url}/exports/cards.csv")

    assert "Zinc?" in table.text
    assert table.text.count("\r\n") == len(house.aid(Kind.FLASHCARDS).units) + 2
    assert browser.open(f"{url}/exports/map.svg").status_code == 404
    quiz = make(browser, house, Kind.QUIZ)
    assert browser.open(f"{quiz}/exports/quiz.json").status_code == 403
    assert "Answer them in their readings" in browser.open(quiz).text


def test_cards_are_practised_one_by_one(house: House) -> None:
    """The deck has the readings' cards and one's own, with their sources; only sets of cards have one."""
    browser = house.newcomer()
    url = make(browser, house)
    browser.send(f"{url}/cards", {"front": "Zinc?", "back": "A metal"})

    page = browser.open(f"{url}/practice").text

    assert f'href="{url}/practice"' in browser.open(url).text
    assert page.count('<details class="card">') == len(house.aid(Kind.FLASHCARDS).units) + 1
    assert "A metal <span" in page
    assert "your own words" in page
    assert 'class="source"' in page
    assert browser.open(f"{make(browser, house, Kind.SUMMARY)}/practice").status_code == 404


def test_an_empty_set_says_so_instead_of_a_deck(house: House) -> None:
    """There is nothing to flip yet, and a way to put something in."""
    browser = house.newcomer()
    url = make(browser, house, document_id="")

    assert "There are no cards in this study set yet." in browser.open(f"{url}/practice").text


def test_a_set_taken_again_brings_what_changed(house: House, reworded: Artifact) -> None:
    """Anki takes over a card that was changed after it was first taken; another set is another deck."""
    browser = house.newcomer()
    url = make(browser, house)
    first = browser.open(f"{url}/exports/cards.apkg").content
    with house.store(EVERYTHING) as work:
        keep(work, reworded, reworded, Act(Change.EDITED, reworded.created_at + timedelta(days=1)))
        work.commit()

    second = browser.open(f"{url}/exports/cards.apkg").content
    other = browser.open(f"{make(browser, house)}/exports/cards.apkg").content

    assert _asked(second, "max(mod) from notes") > _asked(first, "max(mod) from notes")
    assert _asked(second, "guid from notes order by id") == _asked(first, "guid from notes order by id")
    assert _asked(second, "did from cards") == _asked(first, "did from cards") != _asked(other, "did from cards")


def _asked(package: bytes, what: str) -> Any:
    with zipfile.ZipFile(io.BytesIO(package)) as archive, closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(archive.read("collection.anki2"))
        return database.execute(f"select {what}").fetchone()[0]


def test_an_empty_set_has_no_file(house: House) -> None:
    """There is nothing to take away yet."""
    browser = house.newcomer()
    url = make(browser, house, document_id="")

    assert browser.open(f"{url}/exports/cards.csv").status_code == 404
    assert "Nothing is in it yet" in browser.open(url).text


def test_the_api_has_all_of_it(house: House) -> None:
    """Made, filled, shown, changed, taken away and deleted over JSON."""
    client = house.newcomer().client
    wish = {"title": "Mine", "kind": "flashcards", "sources": [{"document_id": house.reading.id}]}

    made = client.post("/api/v1/study-sets", json=wish).json()
    one = f"/api/v1/study-sets/{made['id']}"
    card = client.post(f"{one}/cards", json={"front": "Zinc?", "back": "A metal"}).json()["cards"][0]
    brought = client.post(f"{one}/brought", files={"file": ("cards.csv", CARDS)}).json()
    shown = client.get(one).json()
    section = {"document_id": house.reading.id, "section": house.unit.ordinal}
    grown = client.post(f"{one}/sources", json=section).json()
    shrunk = client.post(f"{one}/sources/drop", json=section).json()
    left = client.delete(f"{one}/cards/{card['id']}").json()

    assert brought["added"] == 2
    assert [part["is_there"] for part in shown["parts"]] == [True]
    assert shown["joined"]
    assert (len(grown["sources"]), len(shrunk["sources"]), len(left["cards"])) == (2, 1, 2)
    assert [one["id"] for one in client.get("/api/v1/study-sets").json()] == [made["id"]]
    assert client.get(f"{one}/exports/cards.csv").status_code == 200
    assert client.delete(f"{one}/cards/{card['id']}").status_code == 404
    assert client.delete(one).status_code == 204
    assert client.get(one).status_code == 404
