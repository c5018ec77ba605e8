"""Addresses around the study page."""

import pytest
from pydantic import ValidationError

from domain.documents import Citation, Range, Span
from domain.errors import Invalid
from domain.ids import DocumentId
from web.forms import Posted, local_path
from web.places import Place, View, Where

DOCUMENT = DocumentId("d" * 32)


def test_a_source_opens_its_page_and_leads_back() -> None:
    """The address of a source names page, words, tab and section, and jumps to the words."""
    citation = Citation(Span(DOCUMENT, 7, 10, 25), "the words there")

    url = Place(DOCUMENT, View.QUIZ, 3).source(citation)

    assert url == f"/readings/{DOCUMENT}/pages/7?view=quiz&section=3&from=10&to=25#source"


def test_tabs_keep_the_section_and_sections_keep_the_tab() -> None:
    """Changing one of the two leaves the other as it is."""
    place = Place(DOCUMENT, View.MAP, 3)

    assert place.at_view(View.CARDS) == f"/readings/{DOCUMENT}?view=cards&section=3"
    assert place.at_section(None) == f"/readings/{DOCUMENT}?view=map"


def test_a_quiz_that_was_started_again_stays_so_on_its_own_tab() -> None:
    """Links of the quiz, and the way back from a source, keep where it was started; other tabs and sections do not."""
    place = Where(view=View.QUIZ, section=3, after=12).place(DOCUMENT)

    assert place.url(why="x") == f"/readings/{DOCUMENT}?view=quiz&section=3&after=12&why=x"
    assert place.page(2) == f"/readings/{DOCUMENT}/pages/2?view=quiz&section=3&after=12"
    assert place.at_view(View.MAP) == f"/readings/{DOCUMENT}?view=map&section=3"
    assert place.at_section(4) == f"/readings/{DOCUMENT}?view=quiz&section=4"


def test_exports_are_of_the_section_or_of_the_whole() -> None:
    """Without a section the address names none."""
    assert Place(DOCUMENT, View.MAP, 3).export("map.svg") == f"/readings/{DOCUMENT}/exports/map.svg?section=3"
    assert Place(DOCUMENT, View.MAP).export("map.svg") == f"/readings/{DOCUMENT}/exports/map.svg"


@pytest.mark.parametrize(
    ("query", "source"),
    [
        ({"from": 3, "to": 9}, Range(3, 9)),
        ({"from": 9, "to": 3}, None),
        ({"from": 3}, None),
        ({}, None),
    ],
)
def test_words_are_marked_when_the_address_names_some(query: dict[str, int], source: Range | None) -> None:
    """Half a range, or one turned round, marks nothing."""
    assert Where.model_validate(query).source == source


@pytest.mark.parametrize("query", [{"section": -1}, {"view": "admin"}, {"why": "x" * 65}, {"from": 10**12}])
def test_addresses_out_of_bounds_are_refused(query: dict[str, object]) -> None:
    """An address typed by hand cannot ask for what no page has."""
    with pytest.raises(ValidationError):
        Where.model_validate(query)


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("/readings/1?view=quiz", "/readings/1?view=quiz"),
        ("https://elsewhere.example/", "/"),
        ("//elsewhere.example/", "/"),
        ("/\\elsewhere.example", "/"),
        ("/\r\nSet-Cookie: a=b", "/"),
        ("", "/"),
    ],
)
def test_signing_in_leads_nowhere_but_here(url: str, target: str) -> None:
    """Where to go after signing in is a path of this service, whatever the address says."""
    assert local_path(url) == target


def test_numbers_in_forms_are_numbers() -> None:
    """A field is a whole number or not there; anything else is refused."""
    form = Posted({"section": " 12 ", "bad": "1e3", "long": "9" * 40, "odd": "٣"})

    assert form.number("section") == 12
    assert form.number("missing") is None
    for name in ("bad", "long", "odd"):
        with pytest.raises(Invalid):
            form.number(name)
