"""Words, sentences and numbers are read as people mean them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safety.claim_words import content, sentences, stem, tokens


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("One. Two? Three!", ["One.", "Two?", "Three!"]),
        ("Dr. Smith met J. S. Mill. They talked.", ["Dr. Smith met J. S. Mill.", "They talked."]),
        ("It is 3.5 m long.", ["It is 3.5 m long."]),
        ("A heading\nA line without an end", ["A heading", "A line without an end"]),
        ("He said “Go.” Then he went.", ["He said “Go.”", "Then he went."]),
        ("e.g. Fig. 3", ["e.g. Fig. 3"]),
        ("ends with Dr.", ["ends with Dr."]),
        ("", []),
    ],
)
def test_sentences_end_where_people_end_them(text: str, pieces: list[str]) -> None:
    """Abbreviations, initials and decimals do not end a sentence; lines do."""
    assert [text[start:end] for start, end in sentences(text)] == pieces


@settings(deadline=None)
@given(text=st.text(alphabet="ab .!?\n”(Dr1", max_size=60))
def test_sentences_lose_nothing(text: str) -> None:
    """The sentences stand in order, without blanks around, and hold every letter of the text."""
    places = sentences(text)

    assert places == sorted(places)
    assert "".join(text[start:end] for start, end in places).replace(" ", "").replace("\n", "") == text.replace(
        " ", ""
    ).replace("\n", "")
    assert all(text[start:end] == text[start:end].strip() for start, end in places)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("studies", "study"),
        ("running", "runned"),
        ("seven", "7"),
        ("1,000", "thousand"),
        ("plants", "plant's"),
        ("mice", "mice"),
    ],
)
def test_forms_of_a_word_have_one_stem(one: str, other: str) -> None:
    """Plural, tense, possessive and number words meet in one stem."""
    assert stem(one) == stem(other)


def test_ordinals_are_not_counts() -> None:
    """Second is not two."""
    assert stem("second") != stem("two")


def test_words_of_content_are_told_from_the_rest() -> None:
    """Articles, links and signs say nothing by themselves."""
    assert [token.text for token in content(tokens("The cell is, of course, 5 % of it."))] == [
        "cell",
        "course",
        "5",
        "%",
    ]
