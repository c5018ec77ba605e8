"""Stretches of a page that are no running text are known by their shape; what is in doubt is running text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generators.no_prose import Sort, find_no_prose
from tests.unit.generators.readings import POEM, RIVERS

ENTRIES = [f"Harbour, Ann. {number} Mill Street 5{number}-71{number}" for number in range(10, 30)]
SOURCES = [f"Bauer, L. ({year}). A history of soil. Earth Letters, 7(1), 33-47." for year in range(2001, 2009)]
CONTENTS = [f"{at}.1 What is a cell? ........ {at}4" for at in range(1, 12)]
CODE = ["def sort(values):", "    if len(values) < 2:", "        return values", "    pivot = values[0]", "import sys"]
TALK = ["ANN: Did you see the letter?", "BEN: What letter?", "ANN: The one from the bank.", "BEN: No, I did not."] * 3
INTERVIEW = [
    f"{who}: {'A cell is the smallest part of a living thing that can live by itself, and it comes from another. ' * 2}"
    for who in ("ANN", "BEN") * 4
]
GLOSSARY = [f"Term {letter}: what the word {letter} means in this book." for letter in "abcdefghijkl"]
STANZA = [
    "The old mill turns its wheel,",
    "Beside the darkened stream,",
    "And every spoke of steel",
    "Shone like a dream.",
]


def sorts_of(text: str) -> list[Sort]:
    return [sort for _, sort in find_no_prose(text)]


@pytest.mark.parametrize(
    ("lines", "sort"),
    [(ENTRIES, Sort.ENTRIES), (SOURCES, Sort.SOURCES), (CONTENTS, Sort.CONTENTS)],
    ids=["entries", "sources", "contents"],
)
@pytest.mark.parametrize("between", ["\n", " "], ids=["lines", "joined"])
def test_a_list_is_known_with_its_lines_and_without(lines: list[str], sort: Sort, between: str) -> None:
    """Plain text and PDF often come with the lines of a list joined to one paragraph."""
    found = find_no_prose(f"{RIVERS}\n\n{between.join(lines)}\n\n{RIVERS}")

    assert {one for _, one in found} == {sort}
    assert min(at.start for at, _ in found) >= len(RIVERS)
    assert max(at.end for at, _ in found) <= len(RIVERS) + 4 + len(between.join(lines))


@pytest.mark.parametrize(
    ("lines", "sort"),
    [(CODE, Sort.CODE), (TALK, Sort.SCRIPT), ([*POEM.split("\n"), *POEM.split("\n")], Sort.VERSE)],
    ids=["code", "script", "verse"],
)
def test_code_scripts_and_verse_are_known_by_their_lines(lines: list[str], sort: Sort) -> None:
    """Lines of one shape in a row make a stretch of that sort."""
    assert sort in sorts_of("\n".join(lines))


def test_a_list_after_prose_is_a_stretch_of_its_own() -> None:
    """Lines of one sort far from each other make two stretches, and what stands between is running text."""
    prose = "\n".join(f"The river rose again in the week {word}." for word in ("one", "two", "three"))

    found = [at for at, sort in find_no_prose("\n".join([*CODE, prose, *CODE])) if sort is Sort.CODE]

    assert len(found) == 2


def test_a_stanza_whose_lines_were_joined_goes_with_its_poem() -> None:
    """Capitals in the middle of what could be a sentence show where lines were."""
    poem = "\n".join(STANZA * 2) + "\n\n" + " ".join([*STANZA[:2], *STANZA[:2], *STANZA[2:]])

    covered = [at for at, sort in find_no_prose(poem) if sort is Sort.VERSE]

    assert max(at.end for at in covered) == len(poem)


def test_words_without_end_are_no_sentence() -> None:
    """A stretch longer than any sentence is found, however it goes on; a list of short lines is none."""
    assert sorts_of("and then the river rose " * 40) == [Sort.ENDLESS]
    assert sorts_of("水" * 2100) == [Sort.ENDLESS]
    assert sorts_of("\n".join(["the river rose", "the cell divides"] * 60)) == []


@pytest.mark.parametrize(
    "text",
    [
        RIVERS,
        "\n".join(GLOSSARY),
        "\n".join(INTERVIEW),
        "2013年的洪水淹没了900多座房屋。堤坝长4.2公里，将花费1800万欧元。" * 4,
        "In 1914 the war began. In 1918 it ended, and in 1919 the treaty was signed (Bauer, 2003).",
    ],
    ids=["prose", "glossary", "interview", "chinese", "dates"],
)
def test_what_explains_is_running_text(text: str) -> None:
    """Prose, glossaries, interviews with long answers, and other scripts are left alone."""
    assert find_no_prose(text) == []


@given(st.text(alphabet="aB1 .,:;\n()-=", max_size=400))
def test_stretches_lie_in_the_text(text: str) -> None:
    """Whatever the text, each stretch is a range of it with words, in order."""
    found = find_no_prose(text)

    assert found == sorted(found)
    assert all(0 <= at.start < at.end <= len(text) and text[at.start : at.end].strip() for at, _ in found)
