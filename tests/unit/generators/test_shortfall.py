"""Why little could be made of a part: a sentence that says what sort of text it is."""

import pytest

from domain.documents import Chunk, Page, Part, PartKind, Range, Span
from domain.ids import ChunkId
from domain.material import Kind
from generators.jobs import AIDS
from generators.shortfall import explain_shortfall
from tests.builders import a_document
from tests.unit.generators.readings import POEM, RIVERS

LIST = "\n".join(f"Harbour Street {number} 0{number}555 1{number}3 4{number}" for number in range(10, 40))
SOURCE = "Bauer, L. (2003). A history of soil. Earth Letters, 7(1), 33-47."
CODE = "\n".join(f"value_{at} = compute({at})" for at in range(9))
NAMES = "\n".join(f"the name of fish number {'x' * size}" for size in range(1, 12))


def _chunk(text: str) -> Chunk:
    return Chunk(ChunkId("c"), a_document().id, 0, 0, Span(a_document().id, 1, 0, len(text)), text)


def _why(text: str, *parts: Part) -> str:
    return explain_shortfall([_chunk(text)] if text else [], [Page(1, text, parts=parts)])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no words"),
        ("One two three four five six seven eight nine ten eleven twelve", "only 12 words"),
        ("细胞是生物体的基本单位。植物细胞有细胞壁。", "only a few words"),
        (LIST, "numbers and names in a row"),
        ("\n".join(POEM for _ in range(3)), "looks like verse"),
        (NAMES, "mostly short lines"),
        ("and then some words follow without an end " * 20, "Hardly any sentence here has an end"),
        ("\n".join(f"{who}: I did not say that." for who in ("ANN", "BEN", "ANN", "BEN") * 4), "speaking in turn"),
        ("\n".join(f"{at}.1 The cell ....... {at}4" for at in range(1, 20)), "headings with their pages"),
        ("\n".join(f"value_{at} = compute({at})" for at in range(20)), "mostly code"),
        ("\n".join([SOURCE] * 8), "list of sources"),
        (CODE + "\n\n" + "\n".join([SOURCE] * 3), "lists, code"),
        ("नदी का पानी बहुत तेज़ी से बढ़ रहा है और लोग घर छोड़ रहे हैं। " * 8, ""),
        (RIVERS, ""),
    ],
)
def test_the_sort_of_text_is_said(text: str, said: str) -> None:
    """Empty, short, a phone book, verse, a list, words without sentences; of running text nothing is said."""
    why = _why(text)

    assert said in why
    assert bool(why) == bool(said)


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (PartKind.TABLE, "tables"),
        (PartKind.FORMULA, "formulas"),
        (PartKind.NOTES, "notes"),
        (PartKind.FOOTNOTE, "notes"),
        (PartKind.CODE, "code"),
    ],
)
def test_what_parts_are_is_said(kind: PartKind, said: str) -> None:
    """A part that is nearly all of one sort is named for it; a little of it is not."""
    most = Part(kind, Range(0, int(len(RIVERS) * 0.8)))
    little = Part(kind, Range(0, 40))

    assert said in _why(RIVERS, most)
    assert _why(RIVERS, little) == ""


@pytest.mark.parametrize("kind", AIDS, ids=str)
def test_of_running_text_it_is_said_what_a_kind_is_made_of(kind: Kind) -> None:
    """A page that misses one kind of study aid says what it is made of, and what other languages lack."""
    english = explain_shortfall([_chunk(RIVERS)], [Page(1, RIVERS)], kind=kind)
    other = explain_shortfall([_chunk(RIVERS)], [Page(1, RIVERS)], kind=kind, language="is")

    assert english.endswith(".")
    assert other.startswith(english)
    assert "without a language model" in other
