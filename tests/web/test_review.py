"""The review log: teachers see what was made about their readings, mark it, and see how each writer does."""

import re
from dataclasses import replace

import pytest

from domain.ids import InteractionId, new_id
from domain.material import Kind
from domain.people import Role
from domain.scope import EVERYTHING
from tests.faces import Browser, House

_ONE = re.compile(r'href="/review/([0-9a-f]{32})"')


@pytest.fixture(scope="module")
def teacher(house: House) -> Browser:
    return house.browser(Role.TEACHER)


def _listed(teacher: Browser, **query: str) -> list[str]:
    page = teacher.open("/review?" + "&".join(f"{name}={value}" for name, value in query.items()))
    assert page.status_code == 200
    return _ONE.findall(page.text)


def _kinds(house: House, ids: list[str]) -> set[Kind]:
    with house.store(EVERYTHING) as work:
        found = [work.interactions.find(InteractionId(one)) for one in ids]
    return {one.kind for one in found if one is not None}


def test_everything_that_was_made_is_listed(house: House, teacher: Browser) -> None:
    """The study aids of a reading stand in the log, each of its kind, with what made it."""
    page = teacher.open("/review").text

    assert _kinds(house, _listed(teacher)) > {Kind.SUMMARY, Kind.QUIZ}
    assert "Built-in writer" in page
    assert f"Reading: </span><bdi>{house.reading.title}</bdi>" in page
    assert all(f">{label}: </span>" in page for label in ("Left out", "Marks", "Sentences left out", "Marked bad"))
    assert _kinds(house, _listed(teacher, kind="quiz")) == {Kind.QUIZ}
    assert _kinds(house, _listed(teacher, kind="quiz", sample="yes", unmarked="yes")) == {Kind.QUIZ}


@pytest.mark.parametrize(
    "query", [{"made_by": "quiz@1"}, {"made_by": "%25"}, {"outcome": "not_permitted"}, {"class_id": "0" * 32}]
)
def test_what_fits_nothing_lists_nothing(teacher: Browser, query: dict[str, str]) -> None:
    """Another writer, a wildcard, another outcome or another class: nothing fits."""
    assert _listed(teacher, **query) == []


def test_filters_that_nobody_knows_count_for_nothing(teacher: Browser) -> None:
    """An unknown kind or outcome in the address shows everything; a page past the last shows nothing."""
    assert _listed(teacher, kind="poem", outcome="glory") == _listed(teacher)
    assert _listed(teacher, number="999") == []


def test_the_words_are_shown_and_can_be_marked(house: House, teacher: Browser) -> None:
    """A teacher reads what was made, marks it bad with a reason, changes the mark, and the report counts it once."""
    # the house is shared: others may have asked for summaries of which nothing came
    listed = _listed(teacher, kind="summary", outcome="served", class_id=house.reading.class_id or "")
    with house.store(EVERYTHING) as work:
        outputs = [work.reviews.find_output(InteractionId(one)) for one in listed]
    (output, *_rest) = [one for one in outputs if one is not None]
    output_id = output.id
    place = f"/review/{output_id}"
    shown = teacher.open(place).text
    assert output.text.split()[0] in shown

    bare, chosen_nothing = teacher.send(place, {"is_good": "no", "reason": " "}), teacher.send(place, {"reason": "x"})
    assert (bare.status_code, chosen_nothing.status_code) == (422, 422)
    assert "Say what is wrong" in bare.text
    assert "Choose good or bad" in chosen_nothing.text
    assert teacher.send(place, {"is_good": "no", "reason": "Too  short."}).status_code == 303
    assert "“<bdi>Too short.</bdi>”" in teacher.open(place).text
    assert teacher.send(place, {"is_good": "yes", "reason": ""}).status_code == 303

    tallies = house.services.reviews.tally(house.person(Role.TEACHER))
    assert [(one.made_by, one.good, one.bad) for one in tallies] == [("built-in", 1, 0)]
    assert output_id not in _listed(teacher, kind="summary", unmarked="yes")


def test_a_long_log_goes_on_where_it_stopped(house: House, teacher: Browser) -> None:
    """After fifty the page leads to older ones with the same filters."""
    with house.store(EVERYTHING) as work:
        (one, *_) = work.interactions.list_for(house.reading.id)
        for _ in range(51):
            work.interactions.add(replace(one, id=InteractionId(new_id()), kind=Kind.LESSON_VARIANT, outcome="failed"))
        work.commit()

    first = teacher.open("/review?kind=lesson_variant&outcome=failed").text
    (older,) = re.findall(r'href="(/review\?[^"]*number=2)"', first)

    assert len(_ONE.findall(first)) == 50
    assert len(_ONE.findall(teacher.open(older.replace("&amp;", "&")).text)) == 1


def test_what_students_ask_is_not_in_the_log(house: House, teacher: Browser) -> None:
    """An answer to a student's question can be reviewed; the question and the name are not there."""
    student = house.newcomer(name="Quentin Quiet")
    asked = "What does chlorophyll absorb in the zebrafish question?"
    student.open(house.url("ask"))
    student.client.get(house.url("ask", question=asked))
    house.services.material.ask(house.person(Role.STUDENT), house.reading.id, asked)

    house.services.tutor.ask_hint(house.person(Role.STUDENT), house.reading.id, "Why is the zebrafish green?")

    pages = [teacher.open(f"/review/{_listed(teacher, kind=kind)[0]}").text for kind in ("answer", "hints")]

    page = "".join(pages)
    assert "zebrafish" not in page
    assert house.person(Role.STUDENT).name not in page


def test_nothing_is_there_for_others(house: House, teacher: Browser) -> None:
    """Students have no log; an id that nothing has is the same as one of another school."""
    student = house.browser(Role.STUDENT)

    assert student.open("/review").status_code == 403
    assert teacher.open(f"/review/{new_id()}").status_code == 404
    assert teacher.send(f"/review/{new_id()}", {"is_good": "yes"}).status_code == 404
