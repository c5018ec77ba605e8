"""Explaining differently: other sentences of the reading, each coming at the subject another way."""

import pytest

from domain.guides import Way
from generators.compose.asking.explaining import explain
from generators.compose.reading.parse import Parser
from tests.builders import some_evidence

SOIL = """Erosion is the wearing away of soil by water or wind. Erosion is strong on bare hills because no roots hold \
the soil. For example, erosion took the soil of whole farms in a few dry years. Unlike weathering, erosion carries the \
stones away. Erosion leads to poor \
harvests on steep fields. Farmers fight erosion with rows of trees. It is slow. They fight erosion with walls too.

Is erosion good?"""


def _ways(parser: Parser, subject: str, text: str = SOIL) -> dict[Way, str]:
    return {unit.way: unit.claim.text for unit in explain(subject, parser.parse(some_evidence(text)))}


@pytest.mark.parametrize("subject", ["erosion", "Explain erosion to me differently, please", "What is erosion?"])
def test_each_sentence_comes_another_way(parser: Parser, subject: str) -> None:
    """Meaning, example, contrast, cause and one more, however it is asked."""
    found = _ways(parser, subject)

    assert found[Way.MEANING].startswith("Erosion is the wearing away")
    assert "For example, erosion took" in found[Way.EXAMPLE]
    assert found[Way.CONTRAST].startswith("Unlike weathering")
    assert found[Way.CAUSE].startswith("Erosion leads to")
    assert found[Way.MORE] == "Farmers fight erosion with rows of trees."


@pytest.mark.parametrize("subject", ["volcano", "please explain", "erosion of volcanoes"])
def test_what_the_reading_does_not_name_is_not_explained(parser: Parser, subject: str) -> None:
    """Every word of what is asked for must be in a sentence."""
    assert _ways(parser, subject) == {}


def test_a_sentence_that_leans_brings_the_one_before(parser: Parser) -> None:
    """What begins with "it" or "they" is shown with the sentence before, or not at all."""
    text = "Farmers of the hills build walls. They stop erosion with them.\n\nIt stops erosion there too."

    assert list(_ways(parser, "erosion", text).values()) == [
        "Farmers of the hills build walls. They stop erosion with them."
    ]


def test_no_comparison_is_made_up(parser: Parser) -> None:
    """The built-in writer compares nothing of its own."""
    assert not any(unit.comparison for unit in explain("erosion", parser.parse(some_evidence(SOIL))))
