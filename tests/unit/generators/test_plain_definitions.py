"""Languages without a grammar here: definitions only where a known wording leaves no doubt, gaps elsewhere."""

import pytest

from domain.material import CardForm, Flashcard
from generators.compose.cards.cloze import GAP as BLANK
from generators.compose.cards.flashcards import make_cards
from generators.compose.reading.parse import Parser
from generators.compose.terms.plain_definitions import leans_back
from generators.compose.terms.pointing import points_elsewhere
from generators.compose.terms.terms import find_terms, list_mentions
from generators.compose.terms.wordings import WORDINGS, wordings_of
from tests.builders import some_evidence


def _cards(parser: Parser, language: str, text: str) -> tuple[Flashcard, ...]:
    return make_cards(parser.parse(some_evidence(text, language=language)))


@pytest.mark.parametrize(
    ("language", "text", "front", "back"),
    [
        (
            "es",
            "La **erosión** es el desgaste lento de las rocas.",
            "¿Qué significa «erosión»?",
            "el desgaste lento de las rocas",
        ),
        ("es", "Se llama sequía a la falta larga de lluvia.", "¿Qué significa «sequía»?", "la falta larga de lluvia"),
        (
            "es",
            "El agua que cae de las nubes se llama lluvia.",
            "¿Qué significa «lluvia»?",
            "El agua que cae de las nubes",
        ),
        (
            "fr",
            "On appelle érosion l’usure lente des roches par l’eau.",
            "Que signifie « érosion » ?",
            "l’usure lente des roches par l’eau",
        ),
        (
            "de",
            "Unter Erosion versteht man den langsamen Abtrag von Gestein.",
            "Was versteht man unter „Erosion“?",
            "den langsamen Abtrag von Gestein",
        ),
        (
            "de",
            "Die Kraft, die alles zur Erde zieht, heißt Gravitation.",
            "Was versteht man unter „Gravitation“?",
            "Die Kraft, die alles zur Erde zieht",
        ),
        (
            "pt",
            "A água que cai das nuvens chama-se chuva.",
            "O que significa “chuva”?",
            "A água que cai das nuvens",
        ),
        (
            "it",
            "Si chiama erosione il lento consumo delle rocce.",
            "Che cosa significa «erosione»?",
            "il lento consumo delle rocce",
        ),
        (
            "nl",
            "De kracht die alles naar de aarde trekt wordt zwaartekracht genoemd.",
            "Wat betekent ‘zwaartekracht’?",
            "De kracht die alles naar de aarde trekt",
        ),
        ("sv", "Erosion betyder att sten slits ned.", "Vad betyder ”Erosion”?", "att sten slits ned"),
        ("da", "Erosion betyder at sten slides ned.", "Hvad betyder »Erosion«?", "at sten slides ned"),
        ("no", "Erosjon betyr at stein slites ned.", "Hva betyr «Erosjon»?", "at stein slites ned"),
        (
            "ru",
            "**Эрозия** — это медленное разрушение горных пород.",
            "Что такое «Эрозия»?",
            "медленное разрушение горных пород",
        ),
        (
            "ar",
            "**التعرية** هي عملية بطيئة تفتت الصخور بالماء.",
            "ما المقصود بـ«التعرية»؟",
            "عملية بطيئة تفتت الصخور بالماء",
        ),
        ("ar", "تُعرَّف الخلية بأنها أصغر وحدة في الجسم الحي.", "ما المقصود بـ«الخلية»؟", "أصغر وحدة في الجسم الحي"),
        ("zh", "侵蚀是指岩石被水慢慢磨掉的过程。", "“侵蚀”是什么意思？", "岩石被水慢慢磨掉的过程"),
        ("zh", "天气很冷。人们把从云中落下的水叫做雨水。", "“雨水”是什么意思？", "从云中落下的水"),
        (
            "ja",
            "侵食とは、岩が水で少しずつけずられることである。",
            "「侵食」とは何ですか？",
            "岩が水で少しずつけずられること",
        ),
        ("pl", "**Erozja** to powolne niszczenie skał.", "Co oznacza „Erozja”?", "powolne niszczenie skał"),
        ("uk", "**Ерозія** — це повільне руйнування порід.", "Що таке «Ерозія»?", "повільне руйнування порід"),
    ],
)
def test_known_wordings_define(parser: Parser, language: str, text: str, front: str, back: str) -> None:
    """A term that a known wording of its language defines gets a card that asks in that language."""
    (card,) = _cards(parser, language, text)

    assert (card.form, card.front, card.back) == (CardForm.DEFINITION, front, back)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "Las plantas tienen un pigmento que se llama **clorofila**."),
        ("es", "El viento sopla y el agua corre, y todo eso se llama **erosión**."),
        ("de", "Die Pflanze wächst, die Frucht heißt **Beere**, und sie ist rot."),
        ("fr", "Le vent souffle et la pluie qui tombe s’appelle **averse**."),
        ("de", "**Beeren** sind die meisten roten Früchte am Weg im Wald."),
        ("es", "La **sal** significa eso que vimos ayer en la playa."),
        ("eo", "**Erozio** estas la malrapida detruo de rokoj."),
        ("hi", "**अपरदन** वह प्रक्रिया है जिससे चट्टान टूटती है।"),
    ],
)
def test_what_is_not_surely_a_definition_is_a_gap(parser: Parser, language: str, text: str) -> None:
    """A sentence that may say more than what the term is stays whole, with a gap for the term."""
    (card,) = _cards(parser, language, text)

    assert card.form is CardForm.CLOZE
    assert card.front == text.replace(f"**{card.back}**", BLANK)


def test_a_gap_takes_what_a_pronoun_stands_for_along(parser: Parser) -> None:
    """A sentence that leans on the one before is asked with it, in a language whose pronouns are known."""
    (card,) = _cards(parser, "es", "El viento mueve la arena seca. Esto forma cada **duna** de la costa.")

    assert card.front == f"El viento mueve la arena seca. Esto forma cada {BLANK} de la costa."


def test_what_is_surely_defined_joins_the_marked_terms(parser: Parser) -> None:
    """Where marks are many, an unmarked term that a naming wording defines has its card too."""
    text = """La **duna** es un monte de arena seca. La **sal** es un mineral blanco del mar. \
Se llama sequía a la falta larga de lluvia."""

    assert [card.term for card in _cards(parser, "es", text)] == ["duna", "sal", "sequía"]


def test_nouns_that_come_back_get_gaps(parser: Parser) -> None:
    """Without marks or definitions, what articles show to be a noun and the section keeps naming is asked for."""
    text = """Das Moor speichert viel Wasser aus dem Regen. In dem Moor wachsen nur wenige große Bäume. \
Der Torf wächst dort sehr langsam. Viele seltene Vögel brüten nahe bei dem Moor im Norden."""

    assert {card.back for card in _cards(parser, "de", text)} == {"Moor"}


def test_a_mere_is_names_what_the_section_speaks_of_again(parser: Parser) -> None:
    """After "is", an unmarked word counts as a term only when it is named once more."""
    once = "Una duna es un monte de arena. El mar es azul."
    again = "Una duna es un monte de arena. El viento mueve la duna."

    assert _cards(parser, "es", once) == ()
    assert [card.back for card in _cards(parser, "es", again)] == ["un monte de arena"]


def test_every_mention_of_a_term_is_listed(parser: Parser) -> None:
    """Terms are paired with the sentences that name them, in reading order, also between signs without blanks."""
    parsed = parser.parse(some_evidence("**侵蚀**是指岩石被水磨掉。风很大。海边的侵蚀很快。", language="zh"))

    pairs = list_mentions(parsed)

    assert [(term.label, sentence.index) for term, sentence in pairs] == [("侵蚀", 0), ("侵蚀", 2)]


@pytest.mark.parametrize("language", sorted(WORDINGS))
def test_every_language_asks_with_the_term(language: str) -> None:
    """Each question has a place for the term and ends as a question."""
    question = WORDINGS[language].question.format("X")

    assert "X" in question
    assert question.endswith(("?", "？", "؟"))


def test_regions_share_their_language() -> None:
    """Wordings are found for a language with its region, and for the written forms of Norwegian."""
    assert wordings_of("pt-BR") is WORDINGS["pt"]
    assert wordings_of("nn") is WORDINGS["nb"]
    assert wordings_of("eo") is None


def test_leaning_words_are_whole_words(parser: Parser) -> None:
    """A word that only begins like a pronoun leans on nothing; unknown languages are not judged."""
    spanish = parser.parse(some_evidence("Hola.", language="es"))
    unknown = parser.parse(some_evidence("Saluton.", language="eo"))

    assert leans_back(spanish, "Esto pasa")
    assert not leans_back(spanish, "Estoico es")
    assert not leans_back(unknown, "Esto pasa")


def test_a_text_without_sentences_has_no_terms(parser: Parser) -> None:
    """Digits alone name nothing in any language."""
    assert find_terms(parser.parse(some_evidence("1 2 3", language="es"))) == ()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Unter **Deflation** versteht man das Gegenteil davon."),
        ("de", "Unter **Flut** versteht man die zweite Hälfte dieser Bewegung."),
        ("fr", "On appelle **reflux** la seconde moitié de ce mouvement lent."),
        ("es", "Se llama **bajamar** al final lento de este movimiento."),
        ("zh", "**退潮**是指这种运动的后半部分。"),
    ],
)
def test_words_that_lean_on_another_sentence_define_nothing(parser: Parser, language: str, text: str) -> None:
    """It is no answer to say "the opposite of that", wherever the leaning word stands."""
    assert all(card.form is not CardForm.DEFINITION for card in _cards(parser, language, text))


def test_a_language_whose_leaning_words_are_not_known_is_borne() -> None:
    """Nothing is said to lean in a language that nobody listed."""
    assert not points_elsewhere("the opposite of that", "tlh")
