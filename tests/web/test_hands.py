"""What people do to study aids on pages."""

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape

import pytest

from domain.claims import Claim
from domain.documents import Citation, DocumentStatus, Span
from domain.hands import hand_on, list_removed
from domain.ids import ArtifactId, DocumentId, UnitId, new_id
from domain.material import Artifact, Hand, Kind, Provenance, Writer
from domain.people import Role
from domain.questions import Question, QuestionForm
from domain.scope import EVERYTHING
from generators.hands.changing import Spot
from generators.hands.history import Histories
from tests.faces import Browser, House
from tests.readings import save_reading

DECK = Kind.FLASHCARDS


@pytest.fixture
def deck(house: House) -> Iterator[Artifact]:
    """The unit's cards; afterwards they are as they were."""
    before = [house.aid(DECK), house.aid(DECK, of_whole=True)]
    yield before[0]
    with house.store(EVERYTHING) as work:
        for aid in before:
            work.material.delete(aid.id)
            work.material.save(aid)
        work.commit()


@pytest.fixture
def teacher(house: House) -> Browser:
    return house.browser(Role.TEACHER)


def _url(house: House, deck: Artifact, *more: str) -> str:
    return "/".join((f"/readings/{house.reading.id}/aids/{deck.id}", *more))


def _here(house: House, deck: Artifact, **fields: str) -> dict[str, str]:
    return {"view": "cards", "section": str(house.unit.ordinal), "batch": "0", "seen": str(deck.version), **fields}


def _query(house: House) -> str:
    return f"?view=cards&section={house.unit.ordinal}"


def test_a_teacher_puts_a_card_in_other_words(house: House, deck: Artifact, teacher: Browser) -> None:
    """The form shows the card's words; saved, the deck shows the new ones, and whose they are."""
    unit = deck.units[0]
    page = teacher.open(_url(house, deck, "units", unit.id) + _query(house))

    fields = _here(house, deck, **{"f.front": "What is made of light?", "f.back": "It is sugar."})
    answer = teacher.send(_url(house, deck, "units", unit.id, "words"), fields)

    assert page.status_code == 200
    assert "Change this card" in page.text
    assert answer.status_code == 303
    assert answer.headers["location"] == house.url("cards", batch=0) + f"#u{unit.id}"
    shown = teacher.open(house.url("cards")).text
    assert "It is sugar." in shown
    assert "a teacher’s words" in shown
    assert "do not say so. Readers see that these are a teacher’s words." in shown
    seen = house.browser(Role.STUDENT).open(house.url("cards")).text
    assert "your teacher’s words" in seen
    assert "do not say so" not in seen


def test_words_that_cannot_be_taken_come_back(house: House, deck: Artifact, teacher: Browser) -> None:
    """A card that gives itself away is shown again with the words and the reason, at the field."""
    address = _url(house, deck, "units", deck.units[0].id, "words")

    answer = teacher.send(address, _here(house, deck, **{"f.front": "What is starch?", "f.back": "starch"}))

    assert answer.status_code == 422
    assert "The front gives the back away" in answer.text
    assert "What is starch?" in answer.text
    assert 'aria-invalid="true"' in answer.text


def test_nothing_that_was_typed_is_lost_in_a_conflict(house: House, deck: Artifact, teacher: Browser) -> None:
    """Who is slower sees what it says now beside the own words, and can save them in its place."""
    address = _url(house, deck, "units", deck.units[0].id, "words")
    teacher.send(address, _here(house, deck, **{"f.back": "the faster words"}))

    answer = teacher.send(address, _here(house, deck, **{"f.back": "the slower words"}))

    assert answer.status_code == 409
    assert "Somebody else changed this meanwhile" in answer.text
    assert "the faster words" in answer.text
    assert "the slower words" in answer.text
    seen = re.search(r'name="seen" value="(\d+)"', answer.text)
    assert seen
    again = teacher.send(address, _here(house, deck, **{"f.back": "the slower words", "seen": seen[1]}))
    assert again.status_code == 303


@pytest.mark.parametrize("act", ["pin", "remove"])
def test_a_part_is_kept_or_taken_out(house: House, deck: Artifact, teacher: Browser, act: str) -> None:
    """One button does it, and the reader is back at the cards."""
    unit = deck.units[1]

    answer = teacher.send(_url(house, deck, "units", unit.id), _here(house, deck, act=act))

    after = house.aid(DECK)
    assert answer.status_code == 303
    assert answer.headers["location"].endswith("#sheet" if act == "remove" else f"#u{unit.id}")
    assert hand_on(after, unit.id).is_pinned is (act == "pin")
    assert list_removed(after) == ((unit.id,) if act == "remove" else ())


def test_what_was_changed_is_told_and_brought_back(house: House, deck: Artifact, teacher: Browser) -> None:
    """The page of versions names who did what, and brings parts and versions back."""
    unit = deck.units[0]
    teacher.send(_url(house, deck, "units", unit.id, "words"), _here(house, deck, **{"f.back": "other words"}))
    teacher.send(_url(house, deck, "units", unit.id), _here(house, house.aid(DECK), act="remove"))

    page = unescape(teacher.open(_url(house, deck, "versions") + _query(house)).text)

    name = house.person(Role.TEACHER).name
    assert re.search(rf"Something taken out</strong> by {name}", page)
    assert re.search(r"<del>.*?<ins>.*?other words", page, re.DOTALL)
    assert "Bring back version 1" in page
    fields = _here(house, house.aid(DECK), act="restore", to="versions")
    back = teacher.send(_url(house, deck, "units", unit.id), fields)
    assert back.headers["location"] == _url(house, deck, "versions") + _query(house)
    assert unit.id in {one.id for one in house.aid(DECK).units}
    answer = teacher.send(_url(house, deck, "versions", "1"), _here(house, house.aid(DECK)))
    assert answer.status_code == 303
    assert house.aid(DECK).units == deck.units


def test_the_rest_is_made_anew(house: House, deck: Artifact, teacher: Browser) -> None:
    """What is kept stays, and what is missing is there again."""
    teacher.send(_url(house, deck, "units", deck.units[2].id), _here(house, deck, act="pin"))
    with house.store(EVERYTHING) as work:
        work.material.save(replace(house.aid(DECK), units=deck.units[2:]))
        work.commit()

    answer = teacher.send(_url(house, deck, "anew"), _here(house, house.aid(DECK)))

    assert answer.status_code == 303
    assert set(deck.units) <= set(house.aid(DECK).units)


def test_where_nothing_else_comes_the_reader_finds_back(house: House, deck: Artifact, teacher: Browser) -> None:
    """When the reading gives no other card, and when all made anew is the same, the page says so and leads back."""
    answers = [teacher.send(_url(house, deck, "anew"), _here(house, house.aid(DECK))) for _ in range(2)]
    aid = house.aid(DECK)
    last = teacher.send(_url(house, deck, "units", aid.units[0].id), _here(house, aid, act="remake"))
    while last.status_code == 303:
        aid = house.aid(DECK)
        last = teacher.send(_url(house, deck, "units", aid.units[0].id), _here(house, aid, act="remake"))

    assert "so nothing has changed" in answers[-1].text
    assert last.status_code == 409
    assert "The reading gives no other" in last.text
    assert f'href="{house.url("cards", batch=0)}#u{aid.units[0].id}"' in unescape(last.text)


def test_what_was_lost_is_told(house: House, deck: Artifact, teacher: Browser) -> None:
    """Teachers read on the page that something they wrote lost its words, and find it with the versions."""
    services = house.services
    teacher.send(_url(house, deck, "units", deck.units[0].id), _here(house, deck, act="pin"))
    with house.store(EVERYTHING) as work:
        aid = house.aid(DECK)
        work.material.save(_without_first(aid))
        work.commit()

    page = teacher.open(house.url("cards")).text
    versions = teacher.open(_url(house, deck, "versions") + _query(house)).text

    assert "stands on words that are gone" in unescape(page)
    assert "Lost with the old file" in versions
    assert "Put away" in versions
    assert isinstance(services.hands.histories, Histories)


def _without_first(aid: Artifact) -> Artifact:
    return replace(aid, units=aid.units[1:])


def test_a_student_rates_and_sees_only_the_own(house: House, deck: Artifact) -> None:
    """A student says what is wrong, sees it again, and takes it back; there is nothing to change for a student."""
    student = house.newcomer()
    unit = deck.units[0]
    address = _url(house, deck, "units", unit.id, "rating")
    fields = _here(house, deck, why="wrong", reason="Leaves are not blue.")

    answer = student.send(address, {**fields, "is_good": "no"})

    assert answer.status_code == 303
    page = student.open(house.url("cards")).text
    assert "You said: not good." in page
    assert "Leaves are not blue." in page
    assert "Take out" not in page
    assert "Leaves are not blue." not in house.newcomer().open(house.url("cards")).text
    told = house.browser(Role.TEACHER).open(_url(house, deck, "ratings") + _query(house)).text
    assert "1 not good" in told
    assert "Leaves are not blue." in told
    assert "Nia New" not in told
    assert student.send(address, {**fields, "is_good": ""}).status_code == 303
    assert "You said" not in student.open(house.url("cards")).text


def test_a_rating_is_a_choice_and_a_reason(house: House, deck: Artifact) -> None:
    """Half an opinion is sent back; words of danger are answered with words of support, and kept nowhere."""
    student = house.newcomer()
    address = _url(house, deck, "units", deck.units[0].id, "rating")

    for fields in ({"is_good": "perhaps", "why": "wrong"}, {"is_good": "no", "why": "because"}):
        assert student.send(address, _here(house, deck, **fields)).status_code == 422
    heard = student.send(address, _here(house, deck, is_good="no", why="other", reason="I want to kill myself"))
    assert 'class="calm"' in heard.text
    assert "You said" not in student.open(house.url("cards")).text


def test_without_leave_nothing_is_rated(house: House) -> None:
    """Where a student's answers may not be kept there is no form to rate with."""
    assert 'class="hand"' not in house.newcomer(allows=()).open(house.url("cards")).text


@pytest.mark.parametrize("path", ["units/{unit}", "versions", "ratings"])
def test_others_find_no_such_page(house: House, deck: Artifact, path: str) -> None:
    """Students get none of the pages, and no page shows a study aid under another reading's address."""
    address = _url(house, deck, path.format(unit=deck.units[0].id)) + _query(house)

    assert house.browser(Role.STUDENT).open(address).status_code in {403, 404}
    assert house.browser(Role.TEACHER).open(address.replace(house.reading.id, "0" * 32)).status_code == 404


def test_a_student_in_danger_is_heard_on_an_own_reading(house: House) -> None:
    """A student who writes words of danger into a card of an own reading reads words of support."""
    student = house.newcomer()
    files = {"own.md": (f"# Moss\n\n{'The **moss** is a small green plant that likes shade. ' * 9}").encode()}
    student.open("/")
    student.send("/readings", {}, files=files)
    with house.store(EVERYTHING) as work:
        own = next(one for one in work.documents.list_ready() if one.title == "Moss")
        aid = next(one for one in work.material.list_for(DocumentId(own.id)) if one.units)
    page = student.open(f"/readings/{own.id}?view=summary")
    address = f"/readings/{own.id}/aids/{aid.id}/units/{aid.units[0].id}/words"

    heard = student.send(address, {"view": "summary", "f.text": "I want to kill myself"})
    edited = student.send(address, {"view": "summary", "f.text": "Moss is small."})

    assert page.status_code == 200
    assert 'class="calm"' in heard.text
    assert edited.status_code == 303
    versions = student.open(f"/readings/{own.id}/aids/{aid.id}/versions?view=summary")
    assert versions.status_code == 200
    assert Spot(aid.id).seen is None


def test_an_answer_is_changed_after_an_attempt_at_it(house: House) -> None:
    """Of a question of an own reading a student is led to the quiz first; once it is answered its page opens."""
    student = house.browser(Role.STUDENT)
    quiz, document, asked = _own_quiz(house)
    page = f"/readings/{document}/aids/{quiz}/units/{asked.id}"

    before = student.open(f"{page}?view=quiz")
    sent = student.send(f"{page}/words", {"view": "quiz", "seen": "1", "f.stem": ""})
    student.send(f"/readings/{document}/quiz", {f"a.{asked.id}": "No idea", "only": asked.id})
    after = student.open(f"{page}?view=quiz")

    assert (before.status_code, sent.status_code, after.status_code) == (403, 403, 200)
    assert "Answer this question first" in before.text
    assert f'href="/readings/{document}?view=quiz#u{asked.id}"' in before.text
    assert all(asked.answer not in one.text for one in (before, sent))
    assert asked.answer in after.text


def test_a_question_in_own_words_says_so_after_the_attempt(house: House) -> None:
    """Before the attempt nothing is told of the question's words; afterwards whose they are stands beside the score."""
    student = house.browser(Role.STUDENT)
    _, document, asked = _own_quiz(house, by_person=True)
    spot = f"/readings/{document}"

    before = student.open(f"{spot}?view=quiz").text
    student.send(f"{spot}/quiz", {f"a.{asked.id}": "No idea", "only": asked.id})
    after = student.open(f"{spot}?view=quiz").text

    assert "(your own words)" not in before
    assert "(your own words)" in after


def test_a_map_says_whose_words_it_has(house: House, teacher: Browser) -> None:
    """Concepts and links that a person reworded are marked in the map's list, others are not."""
    drawn = house.aid(Kind.CONCEPT_MAP)
    own = tuple(replace(unit, claim=replace(unit.claim, by_person=True)) for unit in drawn.units)
    before = teacher.open(house.url("map")).text
    _save(house, replace(drawn, units=own))

    after = teacher.open(house.url("map")).text
    _save(house, drawn)

    assert "(a teacher’s words)" not in before
    assert "(a teacher’s words)" in after


def test_pages_say_which_parts_another_made(house: House, deck: Artifact, teacher: Browser) -> None:
    """A card of a model's among the built-in writer's is counted, with the model for teachers."""
    maker = Provenance(Writer.MODEL, "flashcards", 2, "c" * 64, "one-model")
    _save(house, replace(deck, hands=(Hand(deck.units[0].id, maker=maker),)))

    page = unescape(teacher.open(house.url("cards")).text)

    assert f"1 of {len(deck.units)} parts was made by a language model (one-model, prompt flashcards@2)." in page


def _save(house: House, artifact: Artifact) -> None:
    with house.store(EVERYTHING) as work:
        work.material.save(artifact)
        work.commit()


def _own_quiz(house: House, *, by_person: bool = False) -> tuple[str, str, Question]:
    """A reading of a student's own with a quiz of one question."""
    text = "A zygote is what becomes of two cells."
    student = house.person(Role.STUDENT)
    fields = {"school_id": student.school_id, "owner_id": student.id, "class_id": None, "is_screened": True}
    ready = {"status": DocumentStatus.READY, "page_count": 1, "title": "Cells"}
    document = save_reading(house.store, [text], id=DocumentId(new_id()), **fields, **ready)
    claim = Claim(text, (Citation(Span(document.id, 1, 0, len(text)), text),), by_person=by_person)
    asked = Question(UnitId(new_id()), claim, QuestionForm.SHORT, "What becomes of two cells?", "zygote")
    quiz = replace(house.aid(Kind.QUIZ), id=ArtifactId(new_id()), document_id=document.id, section=None, version=1)
    _save(house, replace(quiz, units=(asked,), hands=()))
    return quiz.id, document.id, asked
