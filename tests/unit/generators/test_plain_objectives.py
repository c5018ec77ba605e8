"""Learning objectives in the plain forms that textbooks have them in."""

import pytest

from generators.compose.reading.parse import Parser
from generators.compose.summaries.objectives import find_objectives
from tests.builders import some_evidence
from tests.unit.generators.readings import RIVERS


@pytest.mark.parametrize(
    ("lines", "aims"),
    [
        (
            "Learning objectives\nHow erosion wears away rock\nWhat a delta is\nTell how rivers carry sand.",
            ["How erosion wears away rock", "What a delta is", "Tell how rivers carry sand"],
        ),
        ("In this section you will learn to\n\n- explain erosion\n- name rivers", ["explain erosion", "name rivers"]),
        ("In this reading, we will find out how\n1. rocks break\n2. deltas form", ["rocks break", "deltas form"]),
    ],
    ids=["bare", "learn to", "find out"],
)
def test_plain_objectives_are_read(parser: Parser, lines: str, aims: list[str]) -> None:
    """Bullets, numbers and bare lines under such a heading are objectives; the text after them is none."""
    parsed = parser.parse(some_evidence(f"{lines}\n\n{RIVERS}"))

    assert [aim.text for aim in find_objectives(parsed)] == aims
