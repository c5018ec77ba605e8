"""The page of all study aids to keep."""

import re
from html import unescape

import pytest

from domain.documents import Citation
from domain.material import claims_of
from domain.questions import Question
from tests.builders import a_document
from tests.unit.generators.exported import AIDS, HOSTILE
from web.offline import Part, render


@pytest.fixture(scope="module")
def page() -> str:
    """The page with an aid of every kind."""
    return render(a_document(), [Part("Everything", dict(AIDS))])


def test_every_claim_has_its_words_below(page: str) -> None:
    """All that is cited anywhere, parts of answers too, stands once among the sources and is pointed at."""
    cited: set[Citation] = {
        citation
        for aid in AIDS.values()
        for unit in aid.units
        for claim in claims_of(unit)
        for citation in claim.citations
    }

    below = re.findall(r'<blockquote id="source-(\d+)">', page)

    assert len(below) == len(set(below)) == len(cited)
    assert {int(number) for number in re.findall(r'href="#source-(\d+)"', page)} <= set(range(1, len(cited) + 1))


@pytest.mark.parametrize("words", ["Say what light is.", "Take 1 away."])
def test_guides_and_worked_examples_are_there(page: str, words: str) -> None:
    """What to aim at and the steps of an example stand on the page like the other study aids."""
    assert words in page


def test_a_matching_shows_what_is_to_be_matched(page: str) -> None:
    """The left sides stand in their order before the answer is opened."""
    pairs = next(unit.pairs for aid in AIDS.values() for unit in aid.units if isinstance(unit, Question) and unit.pairs)

    listed = re.findall(r"<ol>(<li>.*?)</ol>", page)

    assert any([pair.left for pair in pairs] == re.findall(r"<li>(.*?)</li>", unescape(one)) for one in listed)


def test_formulas_are_set_and_nothing_runs(page: str) -> None:
    """A formula is MathML, and markup out of a reading is text."""
    assert "<mfrac>" in page
    assert HOSTILE[: HOSTILE.index(" ")] not in page
