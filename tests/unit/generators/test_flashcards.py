"""Cards: what they ask, what they never do, and that they stay honest where a text gives nothing."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.material import CardForm, Flashcard
from generators.compose.cards.cloze import GAP as BLANK
from generators.compose.cards.flashcards import choose_terms, combine_cards, make_cards
from generators.compose.reading.candidates import normal_form
from generators.compose.reading.parse import Parser
from tests.builders import some_evidence
from tests.unit.generators.readings import BARREN, GERMAN, RIVERS

_LINES = tuple(sentence for part in RIVERS.split("\n\n") for sentence in re.split(r"(?<=\.) ", part))


def _cards(parser: Parser, text: str, language: str = "en") -> tuple[Flashcard, ...]:
    return make_cards(parser.parse(some_evidence(text, language=language)))


def _sides(parser: Parser, text: str) -> list[tuple[str, str]]:
    return [(card.front, card.back) for card in _cards(parser, text) if card.form is not CardForm.FACT]


def _assert_rules(card: Flashcard) -> None:
    """The rules of a good card."""
    assert card.front.endswith("?") or BLANK in card.front
    assert 1 <= len(card.back.split()) <= 40
    assert not re.match(r"(?:it|they|this|these|that|he|she)\b", card.back, re.IGNORECASE)
    assert f" {normal_form(card.back)} " not in f" {normal_form(card.front)} "
    assert card.claim.citations


def test_definitions_come_first_and_facts_last(parser: Parser) -> None:
    """A section gives a card for each marked term, then a few facts."""
    cards = _cards(parser, RIVERS)

    forms = [card.form is CardForm.FACT for card in cards]
    assert forms == sorted(forms)
    assert [card.term for card in cards if card.form is CardForm.DEFINITION] == [
        "river",
        "source",
        "erosion",
        "sediment",
        "delta",
    ]
    assert 1 <= sum(forms) <= 4


def test_every_card_keeps_the_rules(parser: Parser) -> None:
    """No card of a section breaks a rule."""
    cards = _cards(parser, RIVERS)

    for card in cards:
        _assert_rules(card)
    assert len({card.id for card in cards}) == len(cards)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(_LINES), min_size=1, max_size=6, unique=True))
def test_rules_hold_for_any_order_of_sentences(parser: Parser, lines: list[str]) -> None:
    """Whatever sentences stand together, the cards made of them keep the rules."""
    for card in _cards(parser, " ".join(lines)):
        _assert_rules(card)


def test_claim_words_stand_where_it_points(parser: Parser) -> None:
    """A card's claim says what its citations say."""
    for card in _cards(parser, RIVERS):
        assert card.claim.text == " ".join(" ".join(citation.quote for citation in card.claim.citations).split())


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("A **delta** is a flat piece of land.", ("What is a delta?", "a flat piece of land")),
        (
            "**Geysers** are hot springs that throw up water and steam.",
            ("What are geysers?", "hot springs that throw up water and steam"),
        ),
        (
            "**Hydrology** examines how water moves through the land.",
            ("What does hydrology examine?", "how water moves through the land"),
        ),
        (
            "When warm air meets a cold lake, **fog** occurs.",
            ("What is meant by “fog”?", "When warm air meets a cold lake"),
        ),
        (
            "**Starch** is made of many small units of sugar.",
            ("What is starch made of?", "many small units of sugar"),
        ),
        (
            "An **eclipse** occurs when the moon covers the sun.",
            ("When does an eclipse occur?", "when the moon covers the sun"),
        ),
        (
            "In a square with many stalls, no single person sets the price. Such a square is called a **free market**.",
            ("What is a free market?", "a square with many stalls, in which no single person sets the price"),
        ),
        (
            "At one price, buyers want as much as sellers offer. This price is called the **fair price**.",
            ("What is the fair price?", "the price at which buyers want as much as sellers offer"),
        ),
        (
            "Some trees drop their leaves in winter. Such trees are called **bare trees**.",
            ("What are bare trees?", "trees that drop their leaves in winter"),
        ),
        (
            "In **osmosis**, water passes through a thin wall towards the salt.",
            ("What is meant by “osmosis”?", "water passes through a thin wall towards the salt"),
        ),
        (
            "Some towns have **bread laws**, which keep the price of a loaf low.",
            ("What are bread laws?", "laws that keep the price of a loaf low"),
        ),
        (
            "Her book gave us **tide theory**, which holds that the moon pulls the sea.",
            ("What does tide theory hold?", "the moon pulls the sea"),
        ),
        (
            "The **Bread League** argued that cheap loaves would help all.",
            ("What did the Bread League argue?", "cheap loaves would help all"),
        ),
        (
            "Sailors speak of **low tides**, which describe the sea at rest.",
            ("What do low tides describe?", "the sea at rest"),
        ),
        (
            "A **wage** is a measure of what an hour is worth.",
            ("What is a wage?", "a measure of what an hour is worth"),
        ),
        ("**Guilds** were clubs of masters of one craft.", ("What were guilds?", "clubs of masters of one craft")),
        (
            "**Ada Lovelace** was a writer who planned the first program.",
            ("Who was Ada Lovelace?", "a writer who planned the first program"),
        ),
        (
            "**Barter** is another way of paying for goods without coins.",
            ("What is barter?", "a way of paying for goods without coins"),
        ),
        (
            "Sellers call this steady fall of the price with every good harvest the **harvest slide**.",
            ("What is the harvest slide?", "the steady fall of the price with every good harvest"),
        ),
        (
            "A few towns have tall walls of their own. Such towns are called **walled towns**.",
            ("What are walled towns?", "towns that have tall walls of their own"),
        ),
        (
            "The harvest is sent by the Farmers of the Northern Isles (**FNI**) to every port.",
            ("What does “FNI” stand for?", "Farmers of the Northern Isles"),
        ),
    ],
)
def test_question_fits_its_answer(parser: Parser, text: str, side: tuple[str, str]) -> None:
    """The question is worded for what the definition is: a thing, things, a doing or a condition."""
    assert _sides(parser, text) == [side]


def test_law_is_asked_where_it_is_stated(parser: Parser) -> None:
    """The sentence that states a law is preferred to "this is called ...", which leans on the one before."""
    text = """When a **loaf** gets dearer, people buy rice. Economists call this the **law of demand**. \
The law of demand states that, as prices rise, people buy less."""

    assert ("What does the law of demand state?", "as prices rise, people buy less") in _sides(parser, text)


@pytest.mark.parametrize(
    ("text", "gap"),
    [
        (
            "Water rises to the leaves through thin tubes called the **xylem**.",
            f"Water rises to the leaves through thin tubes called the {BLANK}.",
        ),
        (
            "Below the ground the molten rock is called **magma** by everyone.",
            f"Below the ground the molten rock is called {BLANK} by everyone.",
        ),
        (
            "The shop is shut. This day with closed shops is called a **holiday**.",
            f"The shop is shut. This day with closed shops is called a {BLANK}.",
        ),
    ],
)
def test_words_that_are_no_phrase_are_no_answer(parser: Parser, text: str, gap: str) -> None:
    """What is too short, or does not read by itself, is not served as an answer; the term is asked in its sentence."""
    ((front, _),) = _sides(parser, text)

    assert front == gap


_GROUND = (
    "A seismograph is an instrument that records the shaking of the ground. A seismograph hangs in every tower. "
    "Soft rock that melts is called magma. Magma refers to molten rock below the ground. Cold magma is hard. "
    "A geyser is a hot spring that throws up steam. Each geyser sleeps for hours. A geyser wakes at noon."
)


def test_marks_that_cover_little_are_joined_by_likely_terms(parser: Parser) -> None:
    """Where the author marks few of the terms that sentences define, the others have cards too."""
    text = f"A **plate** is a large piece of the hard shell of the Earth. {_GROUND}"

    assert {"plate", "seismograph", "magma", "geyser"} <= {normal_form(card.term) for card in _cards(parser, text)}


def test_marks_that_cover_most_are_trusted_alone(parser: Parser) -> None:
    """Where the author marks most of what is defined, what is not marked has no card."""
    text = """A **plate** is a large piece of the hard shell of the Earth. A **fault** is a crack between two plates. \
A **vent** is a hole in the ground. A seismograph is an instrument that records the shaking of the ground."""

    assert [card.term for card in _cards(parser, text)] == ["plate", "fault", "vent"]


def test_term_without_definition_is_asked_in_its_sentence(parser: Parser) -> None:
    """A term that is only used becomes a gap, in every form it has there."""
    text = "Fast water grinds the **bedrock** of the valley (see Brown, 2001), and bedrocks wear thin."

    assert _sides(parser, text) == [(f"Fast water grinds the {BLANK} of the valley, and {BLANK} wear thin.", "bedrock")]


def test_sentence_that_points_back_takes_the_one_before_along(parser: Parser) -> None:
    """A gap in a sentence that opens with a pronoun stands with what the pronoun means."""
    text = "Cold rivers of ice fill the valley in winter. They slowly feed the wide **moraine** below the village."

    ((front, back),) = _sides(parser, text)

    assert front.startswith("Cold rivers of ice")
    assert back == "moraine"


def test_no_card_where_the_pronoun_has_no_antecedent(parser: Parser) -> None:
    """Without the sentence before there is no card."""
    assert _sides(parser, "They slowly feed the wide **moraine** below the village.") == []
    assert _sides(parser, "It came from there. They slowly feed the wide **moraine** below the village.") == []


def test_no_card_from_a_bare_sentence(parser: Parser) -> None:
    """A gap with nothing around it asks nothing."""
    assert _sides(parser, "See **moraine** too.") == []


def test_definition_that_names_its_term_is_cut_before_it(parser: Parser) -> None:
    """An answer never holds the term it explains; it is cut before, or the term is asked in its sentence."""
    cut = "A **delta** is a flat piece of land by the sea, which makes a delta easy to farm."
    not_cut = "A **delta** is what a delta is to those who farm the wet land near the sea."

    assert _sides(parser, cut) == [("What is a delta?", "a flat piece of land by the sea")]
    assert _sides(parser, not_cut)[0][1] == "delta"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("❒ **Beweis** – Die Flüsse tragen den Sand langsam zum Meer.", "de"),
        ("Das Wasser fließt **nicht** bergauf, sondern immer hinab ins Tal.", "de"),
        ("Das alte Ufer **muss** jeden Winter neu befestigt werden.", "de"),
        ("Der Fluss formt das **Ufer** auf die folgende Weise:", "de"),
        ("Der Fluss formt das **Ufer** im Lauf vieler Jahre durch", "de"),
        ("Die **Quelle, Mündung** bestimmen den Lauf | Länge | Tiefe.", "de"),
        ("Das Kommando **\\\\pagebreak[n** beendet die laufende Seite sofort.", "de"),
    ],
    ids=["heading", "not", "must", "held back", "cut off", "table", "command"],
)
def test_what_nobody_could_answer_is_not_asked(parser: Parser, text: str, language: str) -> None:
    """Run-in headings, function words, commands, and sentences that are cut off, make no gap."""
    assert _cards(parser, text, language) == ()


def test_a_list_mark_and_a_heading_are_no_part_of_a_front(parser: Parser) -> None:
    """A gap is asked in the words after the heading, without the sign that opens the paragraph."""
    (card,) = _cards(parser, "❒ **Quelle** – Die Quelle speist den Fluss mit kaltem Wasser.", "de")

    assert card.front == "Die _____ speist den Fluss mit kaltem Wasser."


def test_a_gap_leaves_out_what_ties_its_sentence_to_others(parser: Parser) -> None:
    """Words that point to another chapter are no part of a question."""
    text = "As we saw in the chapter on rivers, fast water wears the **bedrock** of a valley thin."

    assert _sides(parser, text) == [(f"Fast water wears the {BLANK} of a valley thin.", "bedrock")]


def test_a_gap_is_answered_in_the_number_of_its_sentence(parser: Parser) -> None:
    """What fills the gap is what stands in the sentence, where the mark itself is in another number."""
    text = "The **locks** are old. A lock lifts a boat from the low water up to the high water."

    assert _sides(parser, text) == [(f"A {BLANK} lifts a boat from the low water up to the high water.", "lock")]


def test_lines_of_a_list_make_no_gap(parser: Parser) -> None:
    """Lines that no mark ends are no sentence."""
    assert _sides(parser, "Things to bring along\nRope for the **anchor** of the boat\nBread for the way") == []


def test_more_cards_are_of_the_next_best_terms(parser: Parser) -> None:
    """Who wants more gets cards of what is defined and was not chosen, and none twice."""
    text = """A **plate** is a large piece of the hard shell of the Earth. A **fault** is a crack between two plates. \
A **vent** is a hole in the ground. A seismograph is an instrument that records the shaking of the ground."""
    parsed = parser.parse(some_evidence(text))

    usual, more = make_cards(parsed), make_cards(parsed, more=3)

    assert [card.term for card in more] == [*(card.term for card in usual), "seismograph"]


def test_what_a_person_says_asks_for_no_unmarked_term(parser: Parser) -> None:
    """Speech in a story is no matter for gaps."""
    spoken = "I took the old mill road to the station, and my friend took the mill road home."

    assert _sides(parser, spoken) == []


def test_plain_text_uses_likely_terms(parser: Parser) -> None:
    """Without emphasis the likeliest terms get cards, in reading order."""
    parsed = parser.parse(some_evidence(RIVERS.replace("**", "")))

    labels = [normal_form(term.label) for term in choose_terms(parsed)]

    assert {"river", "erosion", "delta"} <= set(labels)
    assert [term.at for term in choose_terms(parsed)] == sorted(term.at for term in choose_terms(parsed))


def test_other_languages_ask_marked_terms_in_their_sentences(parser: Parser) -> None:
    """Without grammar for the language a marked term is asked in its own sentence, and there are no facts."""
    (card,) = _cards(parser, GERMAN, language="de")

    assert (card.form, card.back) == (CardForm.CLOZE, "Erosion")
    assert card.front.startswith(f"Die {BLANK} trägt")


@pytest.mark.parametrize("text", BARREN)
def test_text_without_matter_is_borne(parser: Parser, text: str) -> None:
    """Tiny texts, equations, tables and verse give no broken cards."""
    for card in _cards(parser, text):
        _assert_rules(card)


def test_reading_has_one_card_for_a_term(parser: Parser) -> None:
    """Of two sections' cards for one term the definition is kept, whichever comes first."""
    used = _cards(parser, "The river drops its sand on the **delta** by the sea.")
    defined = _cards(parser, "A **delta** is a flat piece of land. A **dam** is a wall across a river.")

    joined = combine_cards([used, defined, defined])

    assert [(card.term, card.form) for card in joined] == [
        ("delta", CardForm.DEFINITION),
        ("dam", CardForm.DEFINITION),
    ]


def test_no_sections_no_cards() -> None:
    """Nothing joined is nothing."""
    assert combine_cards([]) == ()
