"""Easier versions keep the reading's words, come apart cleanly, and explain hard terms."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.material import Gloss
from domain.readability import count_syllables, flesch_kincaid, split_into_words
from generators.compose.easier.clauses import take_apart, tidy
from generators.compose.easier.plain import simplify
from generators.compose.easier.reading_level import grade, is_everyday
from generators.compose.reading.parse import ParsedSection, Parser
from tests.builders import some_evidence
from tests.pipeline_tools import LIGHT, WATER

EASY = "The cat sat on the mat. He saw a big red bird. The bird flew away, and the cat was sad."
HARD = (
    "The proliferation of institutional arrangements within contemporary constitutional jurisprudence necessitates "
    "comprehensive reconsideration of the theoretical presuppositions underlying administrative discretion."
)


def _take_apart(parser: Parser, text: str) -> tuple[str, ...]:
    return take_apart(parser.parse(some_evidence(text)).sentences[0])


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        (
            "The stems carry water to the leaves, and the roots hold the tree in the ground.",
            ("The stems carry water to the leaves.", "The roots hold the tree in the ground."),
        ),
        (
            "The stems carry water, but the roots hold the tree in the ground.",
            ("The stems carry water.", "But the roots hold the tree in the ground."),
        ),
        (
            "Chlorophyll, which absorbs red and blue light, gives leaves their colour.",
            ("Chlorophyll gives leaves their colour.", "Chlorophyll absorbs red and blue light."),
        ),
        (
            "Photosynthesis, a process in green plants, makes sugar out of light.",
            ("Photosynthesis makes sugar out of light.", "Photosynthesis is a process in green plants."),
        ),
        ("Plants make sugar (Smith, 2004) out of light.", ("Plants make sugar out of light.",)),
        ("Plants grow by day; roots grow by night.", ("Plants grow by day.", "Roots grow by night.")),
        ("Plants need light; water; and warm air.", ("Plants need light; water; and warm air.",)),
        ("He sleeps, and she eats.", ("He sleeps, and she eats.",)),
        (
            "Newton, a scholar at Cambridge, wrote a long book about light.",
            ("Newton, a scholar at Cambridge, wrote a long book about light.",),
        ),
        (
            "Chlorophyll, whose colour is green, gives leaves their colour.",
            ("Chlorophyll, whose colour is green, gives leaves their colour.",),
        ),
        (
            "The plants grow fast, and what they need is light.",
            ("The plants grow fast, and what they need is light.",),
        ),
        ("Plants make sugar or they die in the dark.", ("Plants make sugar or they die in the dark.",)),
        ("(Only an aside.)", ()),
        (
            "Plants make sugar “out of light”, and roots hold the tree.",
            ("Plants make sugar “out of light”, and roots hold the tree.",),
        ),
    ],
)
def test_sentences_come_apart(parser: Parser, text: str, pieces: tuple[str, ...]) -> None:
    """Joined clauses and side remarks become sentences; lists, quotations and tiny clauses stay whole."""
    assert _take_apart(parser, text) == pieces


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        (
            "An enzyme is a protein that speeds up a chemical reaction in a living thing.",
            ("An enzyme is a protein.", "This protein speeds up a chemical reaction in a living thing."),
        ),
        (
            "The Calvin cycle is the second stage of photosynthesis, in which carbon dioxide is built into sugar.",
            (
                "The Calvin cycle is the second stage of photosynthesis.",
                "Carbon dioxide is built into sugar in this stage.",
            ),
        ),
        (
            "The reactions are the first stage of photosynthesis, in which the energy of light is used to split water.",
            (
                "The reactions are the first stage of photosynthesis.",
                "In this stage, the energy of light is used to split water.",
            ),
        ),
        (
            "A toll is a fee that travellers pay to use a road or to pass a border.",
            ("A toll is a fee.", "Travellers pay this fee to use a road or to pass a border."),
        ),
        (
            "A caravanserai was a walled inn where caravans could rest for the night.",
            ("A caravanserai was a walled inn.", "Caravans could rest for the night there."),
        ),
        (
            "Silk is a fine cloth made from the thread of the silkworm's cocoon.",
            ("Silk is a fine cloth.", "This cloth is made from the thread of the silkworm's cocoon."),
        ),
        (
            "The roads were a network of trade routes that linked China with Central Asia and India.",
            (
                "The roads were a network of trade routes.",
                "These trade routes linked China with Central Asia and India.",
            ),
        ),
        (
            "Growers use this knowledge: they burn gas in glasshouses because the gas makes tomatoes grow faster.",
            (
                "Growers use this knowledge: they burn gas in glasshouses.",
                "This is because the gas makes tomatoes grow faster.",
            ),
        ),
        (
            "Plants need light — they turn it into sugar in their green leaves every day.",
            ("Plants need light.", "They turn it into sugar in their green leaves every day."),
        ),
        (
            "Because the middleman wanted a profit, silk in Rome cost many times the old price.",
            ("The middleman wanted a profit.", "So silk in Rome cost many times the old price."),
        ),
        (
            "High tolls made goods from the roads dear, whereas goods from the sea grew cheaper.",
            ("High tolls made goods from the roads dear.", "But goods from the sea grew cheaper."),
        ),
        (
            "If the price is 3 euros, customers want 350 loaves, but bakers bake 600 loaves.",
            ("If the price is 3 euros, customers want 350 loaves.", "But in that case bakers bake 600 loaves."),
        ),
        (
            "Two guard cells surround the tiny pore in the leaf and can close it at night.",
            ("Two guard cells surround the tiny pore in the leaf.", "They can close it at night."),
        ),
        (
            "The old road crosses the wide desert and reaches the sea in the west.",
            ("The old road crosses the wide desert.", "The old road reaches the sea in the west."),
        ),
    ],
)
def test_long_clauses_are_put_in_two(parser: Parser, text: str, pieces: tuple[str, ...]) -> None:
    """Reasons, contrasts, second verbs and what is told of the last thing become sentences of their own."""
    assert _take_apart(parser, text) == pieces


@pytest.mark.parametrize(
    "text",
    [
        "Bakers do not bake more bread for the town because customers have money.",
        "A stoma is a pore in the surface of a leaf that lets gases in and out.",
        "Cellulose is a tough matter of long glucose units made by plants that forms the walls.",
        "Respiration is the process by which cells break down glucose to release its energy.",
        "A baker may start the ovens in the night and sell the bread in the morning.",
        "When the soil is dry, the guard cells close the pores and save water for the plant.",
        "They build the walls out of clay and stone that they find in the hills.",
        "The leaf takes in air by day and night in the light of the sun.",
        "The law forbids a shop that sells alcohol to open before noon.",
        "The law bans a shop that sells alcohol near a school gate.",
        "Franklin said that electricity is a fluid that flows through metals.",
        "The miller believed that grain was dear because the rain had been late that year.",
        "According to the miller, a drought is a curse that comes over the land.",
    ],
)
def test_what_might_change_its_sense_stays(parser: Parser, text: str) -> None:
    """Denials, conditions, reports, shared auxiliaries and remarks about one of two things are left together."""
    assert _take_apart(parser, text) == (text,)


def test_remarks_about_something_unsure_stay(parser: Parser) -> None:
    """A "which" that may be about one of two things is left where it is."""
    text = "It is a belief in the power to complete a task, which may include several parts."

    assert _take_apart(parser, text) == (text,)


def test_without_grammar_sentences_stay_whole(parser: Parser) -> None:
    """In a language without a pipeline only brackets go."""
    parsed = parser.parse(some_evidence("La savia sube (Pérez, 2004), y la raíz crece.", language="es"))

    assert take_apart(parsed.sentences[0]) == ("La savia sube, y la raíz crece.",)


def test_tidying_closes_what_was_cut() -> None:
    """Doubled commas and blanks before marks go; a capital and a full stop come."""
    assert tidy("plants, , make sugar [3] ,") == "Plants, make sugar."
    assert tidy("why not?") == "Why not?"
    assert tidy("") == ""


@pytest.fixture(scope="module")
def plants(parser: Parser) -> ParsedSection:
    return parser.parse(some_evidence(f"{LIGHT}\n\n{WATER} See Figure 3 for more on this. (An aside.) What now?"))


def test_every_sentence_cites_the_one_it_stands_for(plants: ParsedSection) -> None:
    """Each sentence has its original beside it, and the citation is that original."""
    units = simplify(plants)

    assert units
    for unit in units:
        (citation,) = unit.claim.citations
        assert " ".join(citation.quote.split()) == unit.original
        assert unit.claim.text.endswith(".")


def test_figures_questions_and_asides_are_left_out(plants: ParsedSection) -> None:
    """What points elsewhere, asks, or stands in brackets is not in the easier version."""
    said = " ".join(unit.claim.text for unit in simplify(plants))

    assert "Figure" not in said
    assert "aside" not in said
    assert "?" not in said


def test_no_kept_sentence_leans_on_one_left_out(parser: Parser) -> None:
    """A sentence that opens with "it" goes when the sentence it is about goes."""
    text = (
        "Which plants grow? They grow fast in spring. Water rises in the **xylem**. "
        "Light falls on the **leaf**. The **root** drinks."
    )

    said = [unit.claim.text for unit in simplify(parser.parse(some_evidence(text)))]

    assert said == ["Water rises in the xylem.", "Light falls on the leaf.", "The root drinks."]


def test_hard_terms_are_explained_once(parser: Parser) -> None:
    """A term is explained at its first mention outside its own definition, in the reading's words."""
    text = (
        "The **xylem** carries water up from the roots every day. The **xylem** is a bundle of narrow dead tubes. "
        "Trees with a wide **xylem** grow fast. A **stoma** is a small opening in the leaf. Leaves need the **stoma**."
    )

    units = simplify(parser.parse(some_evidence(text)))

    glosses = [gloss for unit in units for gloss in unit.glosses]
    assert Gloss("xylem", "bundle of narrow dead tubes") in glosses
    assert len({gloss.term for gloss in glosses}) == len(glosses)


def test_the_easier_version_is_easier(parser: Parser) -> None:
    """Taking long sentences apart lowers the measured level."""
    text = (
        "Chlorophyll, which absorbs red and blue light, gives leaves their colour, and the energy splits water. "
        "Photosynthesis, a process in green plants, makes sugar out of light, and the oxygen leaves the leaf."
    )
    units = simplify(parser.parse(some_evidence(text)))

    assert len(units) > 2
    assert grade(" ".join(unit.claim.text for unit in units)) < grade(text)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=st.text(max_size=120), language=st.sampled_from(["en", "es"]))
def test_no_text_breaks_the_variant(parser: Parser, text: str, language: str) -> None:
    """Whatever stands in a reading, each sentence of the variant says something and is cited."""
    for unit in simplify(parser.parse(some_evidence(text, language=language))):
        assert unit.claim.text.strip()
        assert unit.claim.citations


def test_hard_prose_has_a_higher_grade() -> None:
    """A children's story and an essay in law are far apart, by both formulas."""
    assert grade(EASY) + 8 < grade(HARD)
    assert flesch_kincaid(EASY) + 8 < flesch_kincaid(HARD)


@pytest.mark.parametrize("text", ["", "…", "?!"])
def test_no_words_have_no_grade(text: str) -> None:
    """A text without words has grade 0."""
    assert grade(text) == 0
    assert flesch_kincaid(text) == 0


def test_flesch_kincaid_is_the_published_formula() -> None:
    """Six words in one sentence with six syllables: 0.39 * 6 + 11.8 * 1 - 15.59."""
    assert flesch_kincaid("The cat sat on the mat.") == pytest.approx(0.39 * 6 + 11.8 - 15.59)


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        ("cat", 1),
        ("make", 1),
        ("table", 2),
        ("nation", 2),
        ("wanted", 2),
        ("jumped", 1),
        ("biology", 4),
        ("doing", 2),
        ("2", 1),
    ],
)
def test_syllables_are_counted(word: str, syllables: int) -> None:
    """Groups of vowels count, silent endings do not, and every word has one."""
    assert count_syllables(word) == syllables


def test_everyday_words_are_known_in_their_forms() -> None:
    """Plurals, pasts and comparatives of everyday words are everyday words."""
    assert all(map(is_everyday, ["mothers", "stopped", "making", "bigger", "happily", "the", "cried"]))
    assert not is_everyday("jurisprudence")


def test_abbreviations_end_no_sentence() -> None:
    """A title or "e.g." does not cut a sentence; an empty line does."""
    assert len(split_into_words("Dr. Who met Mr. Smith, e.g. at noon. They ate.")) == 2
    assert len(split_into_words("A title\n\nA line by Smith et al.")) == 2


@given(st.text())
def test_grades_are_never_negative(text: str) -> None:
    """No text is below the first grade of all."""
    assert grade(text) >= 0


def test_a_section_of_hard_and_plain_sentences_gets_easier(parser: Parser) -> None:
    """Where the sentences that carry the terms are the hard ones, plainer ones make the version easier all the same."""
    parsed = parser.parse(some_evidence(LIGHT))

    easier = " ".join(unit.claim.text for unit in simplify(parsed))

    assert grade(easier) <= grade(parsed.evidence.text) - 0.5
