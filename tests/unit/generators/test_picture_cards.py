"""Cards of figures: a label covered, or a word of the caption blanked out."""

from dataclasses import replace

import pytest

from domain.documents import Box, Label, Range
from domain.evidence import Evidence, Figure
from domain.material import CardForm
from generators.compose.cards.picture_cards import make_picture_cards
from generators.compose.reading.parse import Parser
from tests.builders import some_evidence

CAPTION = "Figure 1. What goes into a leaf, and oxygen that comes out of it."
LEAF = f"""A **leaf** takes in light and carbon dioxide. Oxygen leaves the leaf through small openings.

light

carbon dioxide

oxygen

{CAPTION}"""


def _label(text: str, top: float = 0.1) -> Label:
    return Label(text, Box(0.1, top, 0.3, top + 0.1))


def _evidence(*labels: Label, text: str = LEAF, caption: str = CAPTION) -> Evidence:
    evidence = some_evidence(text)
    start = evidence.text.index(caption)
    return replace(evidence, figures=(Figure(1, 3, Range(start, start + len(caption)), labels),))


def test_each_label_is_covered_once(parser: Parser) -> None:
    """The front asks for what is covered, with the caption and not the label; the back is the label as it stands."""
    cards = make_picture_cards(parser.parse(_evidence(_label("light"), _label("oxygen", 0.5), _label("oxygen", 0.7))))

    assert sorted(card.back for card in cards) == ["light", "oxygen"]
    oxygen = next(card for card in cards if card.back == "oxygen")
    assert oxygen.form is CardForm.IMAGE
    assert oxygen.front == "What is covered here? What goes into a leaf, and _____ that comes out of it."
    assert oxygen.picture is not None
    assert (oxygen.picture.page, oxygen.picture.part) == (1, 3)
    assert oxygen.picture.hidden in {_label("oxygen", 0.5).box, _label("oxygen", 0.7).box}


def test_a_label_points_at_where_it_stands(parser: Parser) -> None:
    """The claim is the label's own words, by the figure."""
    parsed = parser.parse(_evidence(_label("light"), _label("carbon dioxide")))

    for card in make_picture_cards(parsed):
        (citation,) = card.claim.citations
        assert citation.quote == card.claim.text == card.back
        assert parsed.evidence.text[: citation.span.start].endswith("\n\n")


@pytest.mark.parametrize(
    "labels",
    [(), (_label("light"),), (_label("light"), _label("sulphur")), (_label("12"), _label("x"), _label("light"))],
)
def test_without_several_labels_the_caption_is_asked(parser: Parser, labels: tuple[Label, ...]) -> None:
    """One label alone, one that the text does not have, or numbers: a word of the caption is blanked out instead."""
    (card,) = make_picture_cards(parser.parse(_evidence(*labels)))

    assert card.picture is not None
    assert card.picture.hidden is None
    assert "_____" in card.front
    assert card.claim.text == CAPTION


@pytest.mark.parametrize("caption", ["Figure 1. A leaf.", "Figure 1. Something else that nobody here explains."])
def test_a_caption_that_asks_nothing_gives_no_card(parser: Parser, caption: str) -> None:
    """It is too short, or names no term of the section."""
    text = f"A **leaf** takes in light.\n\n{caption}"

    assert make_picture_cards(parser.parse(_evidence(text=text, caption=caption))) == ()


def test_a_figure_has_six_labels_at_most(parser: Parser) -> None:
    """Of many labels those come first that the text speaks of most."""
    names = ["leaf", "root", "stem", "seed", "bark", "crown", "trunk", "branch"]
    text = "\n\n".join(names) + "\n\nThe branch bears the crown. A branch grows.\n\nFigure 1. A tree with its parts."
    labels = [_label(name) for name in names]

    cards = make_picture_cards(parser.parse(_evidence(*labels, text=text, caption="Figure 1. A tree with its parts.")))

    assert len(cards) == 6
    assert [card.back for card in cards][:2] == ["branch", "crown"]
