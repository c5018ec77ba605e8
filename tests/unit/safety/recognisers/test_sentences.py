"""What is personal is found in sentences of many languages and kinds, and harmless sentences stay as they are."""

from pathlib import Path

import pytest

from safety.personal_data import Redactor

_HERE = Path(__file__).parent


def _lines(name: str) -> list[str]:
    return [line for line in (_HERE / name).read_text("utf-8").splitlines() if line and not line.startswith("#")]


def _unmarked(line: str) -> tuple[str, list[range]]:
    """The sentence without its brackets, and what stood in them."""
    text, spans, start = "", [], 0
    for letter in line:
        if letter == "⟦":
            start = len(text)
        elif letter == "⟧":
            spans.append(range(start, len(text)))
        else:
            text += letter
    return text, spans


@pytest.mark.parametrize("line", _lines("personal.txt"))
def test_what_is_personal_is_found_whole(redactor: Redactor, line: str) -> None:
    """Every letter and digit in brackets is covered by something found."""
    text, spans = _unmarked(line)

    found = redactor.find(text)

    covered = {place for piece in found for place in range(piece.start, piece.end)}
    missed = ["".join(text[place] for place in span if place not in covered) for span in spans]
    assert not [part for part in missed if any(letter.isalnum() for letter in part)]


@pytest.mark.parametrize("text", _lines("harmless.txt"))
def test_what_is_harmless_stays(redactor: Redactor, text: str) -> None:
    """Lessons, questions, word problems, code and chat without names lose nothing."""
    assert redactor.find(text) == []
