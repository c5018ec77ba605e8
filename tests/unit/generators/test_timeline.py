"""Timelines: sentences that say when something was, in order of time."""

import pytest

from generators.compose.guides.timeline import find_events
from generators.compose.reading.parse import Parser
from tests.builders import some_evidence


def _events(parser: Parser, text: str, language: str = "en") -> list[tuple[str, int]]:
    return [(event.label, event.year) for event in find_events(parser.parse(some_evidence(text, language=language)))]


def test_events_are_in_order_of_time(parser: Parser) -> None:
    """The order is that of the years, whatever the order of the text."""
    text = (
        "Engineers finished the high dam on the river in 1970. The first small dam was built there in the year 1902. "
        "Farmers dug the first canals near the river around 300 BC."
    )

    assert _events(parser, text) == [("300 BC", -300), ("1902", 1902), ("1970", 1970)]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Small towns along the river grew quickly in the 1950s.", "1950s"),
        ("On March 8, 1911, women marched through the towns of four countries.", "1911"),
        ("1848 was a year of risings in many towns of Europe.", "1848"),
        ("1500 people left the towns along the river after the flood.", ""),
        ("In 79 AD the mountain buried two towns under its ash.", "79 AD"),
        ("Rivers in the north froze until May 1816 and later.", "1816"),
    ],
)
def test_dates_are_read_as_they_are_written(parser: Parser, text: str, label: str) -> None:
    """A decade keeps its ending, an era its sign; a number of people is no year."""
    assert [found for found, _ in _events(parser, text)] == ([label] if label else [])


@pytest.mark.parametrize(
    "text",
    [
        "Rivers wear away the rock and carry it to the sea.",
        "Memory is made of several stages (Stone, 1968), as tests with lists of words show.",
        "They finished the high dam on the river in 1970.",
        "By 1940, he was teaching at a school near the river.",
        "By 2050 the number of people in the valley is expected to double.",
        "The dam of the valley holds 1970 barrels of oil and water.",
        "In 1970.",
        "Masons built the old chapel in 812 with stones of the wall.",
        "When did engineers finish the high dam on the river in 1970?",
        "World Atlas, December 21, 2018, https://atlas.example/rivers of the world.",
    ],
)
def test_what_dates_nothing_is_no_event(parser: Parser, text: str) -> None:
    """Sources, forecasts, bare numbers, questions and sentences that lean on others are left out."""
    assert _events(parser, text) == []


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Der Damm am Fluss wurde im Jahr 1902 von vielen Arbeitern gebaut.", "de"),
        ("Los obreros terminaron la presa del río en 1902 con mucho esfuerzo.", "es"),
        ("Les ouvriers ont fini le barrage du fleuve en 1902 avec peine.", "fr"),
        ("工人们在1902年完成了河上的第一座大坝。", "zh"),
    ],
)
def test_years_are_found_in_other_languages(parser: Parser, text: str, language: str) -> None:
    """The words before a year are known in several languages."""
    assert _events(parser, text, language) == [("1902", 1902)]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("About 2000 soldiers died in the long war of the north.", "en"),
        ("The river rose over the town on 40 May 2018 in the night.", "en"),
        ("The river rose over the town on May 40, 2018 in the night.", "en"),
        ("Der Fluss stieg am 40. Mai 2018 über die Dämme der Stadt.", "de"),
        ("In der Schlacht fielen in nur einer Nacht um 2000 Soldaten.", "de"),
        ("En la batalla murieron en una noche hasta 2000 soldados valientes.", "es"),
    ],
)
def test_counts_and_days_that_are_none_date_nothing(parser: Parser, text: str, language: str) -> None:
    """A number before what it counts is no year, and no month has forty days."""
    assert _events(parser, text, language) == []


def test_years_before_other_words_stay_years(parser: Parser) -> None:
    """A year that "the" points at, or that a verb follows, counts nothing."""
    english = "In the 2012 elections many people of the valley voted."
    german = "Um 1500 bauten viele Arbeiter am Fluss eine erste Mühle."

    assert _events(parser, english) == [("2012", 2012)]
    assert _events(parser, german, "de") == [("1500", 1500)]


def test_a_sentence_said_again_is_one_event(parser: Parser) -> None:
    """What a reading repeats word for word happened once."""
    text = "Engineers finished the high dam on the river in 1970.\n\n"

    assert _events(parser, 3 * text) == [("1970", 1970)]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("In 1066 William lands on the coast with his men.", 1),
        ("The table shows the price of corn in 1810 and after.", 0),
        ("In 1810 the town had 900 houses made of red brick.", 0),
        ("The old mill was burnt down by soldiers in 1644.", 1),
        ("The count is made by the office every year since 1940.", 0),
        ("By 1990 the tower should have fallen into the sea.", 0),
    ],
)
def test_what_happened_is_an_event(parser: Parser, text: str, count: int) -> None:
    """What was, or a date that opens what is told; figures, habits and what a table shows are none."""
    assert len(find_events(parser.parse(some_evidence(text)))) == count


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("The museum displays the sword that Nelson lost in 1797.", []),
        ("Peel repealed the tariffs that Parliament had imposed in 1815.", []),
        ("The treaty signed in 1815 ended the war at last.", []),
        ("Peel repealed the corn laws of 1815 with his votes.", []),
        ("After the war ended in 1918, the women lost the new jobs.", []),
        ("Nelson, who had lost an arm in 1797, died in 1805 at sea.", [1805]),
        ("Peel repealed in 1846 the tariffs that Parliament had imposed.", [1846]),
        ("In the year 1816 snow fell on the hills of the north.", [1816]),
    ],
)
def test_the_year_is_that_of_the_sentence_s_own_verb(parser: Parser, text: str, years: list[int]) -> None:
    """What a clause tells of a thing, or what only names it, has a date of its own, which is not the event's."""
    assert [year for _, year in _events(parser, text)] == years
