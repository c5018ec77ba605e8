"""How texts and queries are cut into the words of the index."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.sql.function_words import without_function_words
from adapters.sql.word_cutting import Cutter, Term, list_terms
from domain.function_words import words_by_language

_LANGUAGES = st.sampled_from(["", "en", "de", "ar", "hi", "th", "ru", "zh", "pt-BR", "xx"])


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("How don't a plant's leaves get sugar?", ["don", "plant", "leaves", "get", "sugar"]),
        ("to be or not to be", ["to", "be", "or", "not"]),
        ('sugar "MATCH(" sugar*', ["sugar", "match"]),
        ("光合作用", ["光合", "合作", "作用"]),
        ("DNAの複製", ["dna", "の複", "複製"]),
        ("ประเทศไทย", ["ประ", "ระเ", "ะเท", "เทศ", "ทศไ", "ศไท", "ไทย"]),
        ("ﬁber photo\u00adsynthesis", ["fiber", "photosynthesis"]),
        ("()*^:+-'\"{}", []),
        ("", []),
    ],
)
def test_words_that_tell_something_are_searched_for(query: str, expected: list[str]) -> None:
    """Function words fall away unless there are no others, and writing without blanks is cut into pieces."""
    assert [term.text for term in list_terms(query, ["en"])] == expected


def test_short_runs_find_what_they_begin() -> None:
    """What is shorter than a piece finds the pieces that begin with it."""
    assert list_terms("光", []) == [Term("光", is_beginning=True)]
    assert list_terms("ไท", []) == [Term("ไท", is_beginning=True)]


def test_words_are_stemmed_by_the_language_of_the_readings() -> None:
    """Different forms of a word meet in its stem; with two languages each gives its own."""
    assert list_terms("die Häuser", ["de"]) == list_terms("Haus", ["de"])
    assert list_terms("المدارس", ["ar"]) == list_terms("مدارس", ["ar"])
    assert [term.text for term in list_terms("houses", ["de", "en", "es"])] == ["hous", "houses", "hous"][:2]


def test_a_pasted_page_is_cut() -> None:
    """Of a very long query only the first 64 words count, in however many languages."""
    page = " ".join(f"words{number}ing" for number in range(1000))

    assert len(list_terms(page, ["en"])) == len(list_terms(page, ["en", "de", "es"])) == 64


@given(text=st.text(), language=_LANGUAGES)
def test_whatever_is_indexed_is_found_again(text: str, language: str) -> None:
    """Each word of a query stands among the words of a text that holds the query."""
    indexed = Cutter(language).cut(f"{text} ").lower()

    for term in list_terms(text, [language]):
        pieces = indexed if term.is_beginning else f" {indexed} "
        assert term.text.lower() in pieces


@given(words=st.lists(st.sampled_from([word for words in words_by_language().values() for word in sorted(words)])))
def test_some_words_are_always_left(words: list[str]) -> None:
    """A query of function words alone is searched for as it stands; nothing is ever added."""
    left = without_function_words(words, list(words_by_language()))

    assert bool(left) == bool(words)
    assert set(left) <= set(words)


@pytest.mark.parametrize(
    ("query", "languages", "left"),
    [
        ("why do cells die", ["de", "en"], ["cells", "die"]),
        ("warum sterben die zellen", ["de", "en"], ["sterben", "zellen"]),
        ("cuántos puntos perdió la defensa de los panthers", ["es"], ["puntos", "perdió", "defensa", "panthers"]),
        ("why do cells die", ["zh"], ["cells", "die"]),
    ],
)
def test_the_language_of_a_query_is_guessed_by_its_function_words(
    query: str, languages: list[str], left: list[str]
) -> None:
    """A word that carries grammar in one language only is kept in a query in the other."""
    assert without_function_words(query.split(), languages) == left
