"""What a reading lists with its meaning becomes cards as it stands; other lists do not."""

import pytest

from domain.material import CardForm, Flashcard
from generators.compose.cards.flashcards import make_cards
from generators.compose.reading.parse import Parser
from generators.compose.terms.terms import find_terms
from tests.builders import some_evidence


def _cards(parser: Parser, text: str, *, title: str = "Weather", language: str = "en") -> tuple[Flashcard, ...]:
    return make_cards(parser.parse(some_evidence(text, title=title, language=language)))


_FOG = ("What is meant by “fog”?", "a cloud that lies on the ground")
_HAIL = ("What is meant by “hail”?", "balls of ice that fall from clouds")


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Key Terms", "**fog** a cloud that lies on the ground\n\n**hail** balls of ice that fall from clouds."),
        ("Glossary", "fog: a cloud that lies on the ground\n\nhail – balls of ice that fall from clouds"),
        ("Air", "Glossary\n\n- fog: a cloud that lies on the ground\n- hail: balls of ice that fall from clouds"),
        ("Air", "Term | Definition\nfog | a cloud that lies on the ground\nhail | balls of ice that fall from clouds"),
        (
            "Air",
            (
                "- **fog**: a cloud that lies on the ground\n- **hail:** balls of ice that fall from clouds\n"
                "- **rain**: water that falls from clouds"
            ),
        ),
    ],
)
def test_listed_meanings_are_cards(parser: Parser, title: str, text: str) -> None:
    """Glossaries, tables of terms and definition lists give the reading's own definitions."""
    cards = _cards(parser, text, title=title)

    assert [(card.front, card.back) for card in cards][:2] == [_FOG, _HAIL]
    assert all(card.form is CardForm.DEFINITION for card in cards)


def test_a_listed_card_rests_on_its_line(parser: Parser) -> None:
    """The claim of a listed term is its line, no more."""
    first, _ = _cards(parser, "fog: a cloud on the ground\n\nhail: balls of falling ice", title="Glossary")

    assert first.claim.text == "fog: a cloud on the ground"


def test_a_list_ends_with_the_next_heading(parser: Parser) -> None:
    """What follows another heading is no entry."""
    text = "Glossary\n\nfog: a cloud that lies on the ground\n\nExercises\n\nhomework: read the whole of this page"

    assert [term.label for term in find_terms(parser.parse(some_evidence(text))) if term.is_listed] == ["fog"]


@pytest.mark.parametrize(
    "text",
    [
        "**Goal:** Learn about rain.\n\n**Materials:** a cup and water.\n\n**Time:** 30 minutes a day.",
        "**fog**: a cloud that lies on the ground\n\n**hail**: balls of ice that fall from clouds",
        "Anna Schmidt: 030 12345\n\nBernd Maier: 030 23456\n\nClara Otto: 030 34567",
        "Town | Rain\nBonn | much rain in spring\nKiel | wind from the sea",
        "Term | Definition | Page\nfog | a cloud that lies on the ground | 4",
        "Term | Definition\nfog | cloud | on the ground\nhail | balls of ice that fall from clouds",
        "Glossary\n\n1999: the year of the great flood in town\n\nrain: 12\n\nfog: what is it that we see here?",
        "Glossary\n\na very long name of a thing in the sky: something that nobody has ever seen",
        "Key terms\n\n**fog**",
        "Figure 1: a river in spring",
    ],
)
def test_other_lists_are_no_glossary(parser: Parser, text: str) -> None:
    """Run-in headings, phone books, tables of facts and lines without a meaning list no terms."""
    terms = find_terms(parser.parse(some_evidence(text)))

    assert not [term.label for term in terms if term.is_listed]


def test_a_figure_in_a_glossary_is_no_term(parser: Parser) -> None:
    """A caption that stands within a glossary is passed over."""
    terms = find_terms(parser.parse(some_evidence("Figure 1: a wide river in spring", title="Glossary")))

    assert not [term.label for term in terms if term.is_listed]


def test_glossaries_are_known_in_other_languages(parser: Parser) -> None:
    """Headings and heads of tables count in the reading's language."""
    spanish = _cards(parser, "niebla: nube a ras de suelo", title="Glosario", language="es")
    german = _cards(parser, "Begriff | Bedeutung\nNebel | eine Wolke am Boden", language="de")
    chinese = _cards(parser, "雾：贴近地面的云层和水汽", title="术语表", language="zh")

    assert [(card.front, card.back) for card in (*spanish, *german, *chinese)] == [
        ("¿Qué significa «niebla»?", "nube a ras de suelo"),
        ("Was versteht man unter „Nebel“?", "eine Wolke am Boden"),
        ("“雾”是什么意思？", "贴近地面的云层和水汽"),
    ]


def test_a_meaning_that_names_its_term_is_asked_as_a_gap(parser: Parser) -> None:
    """A card never holds its answer; a long meaning is cut to its first sentence."""
    circular = _cards(parser, "fog: low clouds that people call fog in this town", title="Glossary")
    leaning = _cards(parser, "fog: it lies on the ground like a white cloud", title="Glossary")
    long = _cards(
        parser, "fog: a cloud that lies on the ground. " + "It is cold and wet there. " * 12, title="Glossary"
    )

    assert all(card.form is not CardForm.DEFINITION for card in (*circular, *leaning))
    assert [(card.front, card.back) for card in long][:1] == [_FOG]
