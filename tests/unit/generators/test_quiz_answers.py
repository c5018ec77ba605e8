"""Short answers, their marking keys, and what makes a question clear, hard or unfair."""

from dataclasses import replace

import pytest

from domain.questions import Bloom, QuestionForm
from generators.compose.asking.effects import asks_for_an_effect
from generators.compose.asking.reasons import find_reasons
from generators.compose.asking.stems import is_clear, without_sources
from generators.compose.easier.descriptions import describes_a_thing, meaning_of
from generators.compose.quizzes.difficulty import estimate, level_of
from generators.compose.quizzes.distractors import Rivals
from generators.compose.quizzes.short_answers import cause_questions, explain_question, list_questions, why_questions
from generators.compose.reading.parse import ParsedSection, Parser
from generators.compose.terms.terms import Term, find_terms
from tests.unit.generators.quizzes import only, parsed


@pytest.mark.parametrize(
    ("text", "points"),
    [
        (
            "There are three types of rock: igneous, sedimentary, and metamorphic.",
            ("igneous", "sedimentary", "metamorphic"),
        ),
        ("The two main parts of a root are the cap and the hair.", ("cap", "hair")),
    ],
)
def test_the_members_of_a_list_are_points(parser: Parser, text: str, points: tuple[str, ...]) -> None:
    """A list that says how many it has is asked for, one point a member."""
    question = only(list(list_questions(parsed(parser, text))))

    assert question.form is QuestionForm.SHORT
    assert question.key_points == points


def test_a_list_that_does_not_count_up_is_not_asked_for(parser: Parser) -> None:
    """Three announced and two named make no question."""
    assert list(list_questions(parsed(parser, "There are three types of rock: igneous and metamorphic."))) == []


def test_two_effects_are_two_points(parser: Parser) -> None:
    """What a cause brings about comes apart at its "and"; one effect is one point."""
    two = parsed(parser, "Heavy rain in the mountains causes floods and landslides in the valley.")
    one = parsed(parser, "Heat from the sun causes a slow rise of the sap in spring.")

    assert only(list(cause_questions(two, limit=3))).key_points == ("floods", "landslides in the valley")
    assert len(only(list(cause_questions(one, limit=3))).key_points) == 1


def term_of(section: ParsedSection) -> Term:
    return next(term for term in find_terms(section) if term.definition)


def test_a_definition_comes_apart_into_points(parser: Parser) -> None:
    """What a thing is, and what tells it from others, are the points of an explanation in own words."""
    section = parsed(parser, "**Mulch** is a layer of bark that keeps the ground moist.")

    question = explain_question(section, term_of(section))

    assert question is not None
    assert question.key_points == ("layer of bark", "keeps the ground moist")
    assert question.bloom is Bloom.UNDERSTAND


@pytest.mark.parametrize(
    ("text", "points"),
    [
        (
            "**Drainage** is the process by which pipes and ditches carry water to turn wet ground into good soil.",
            ("pipes and ditches carry water", "turn wet ground", "into good soil"),
        ),
        ("A **hotbed** is any arrangement of boards that holds warm manure.", ("boards", "holds warm manure")),
        (
            "**Loam** is the soil in gardens that holds much water.",
            ("soil in gardens", "holds much water"),
        ),
    ],
    ids=["process", "arrangement", "head"],
)
def test_a_bare_genus_is_no_point(parser: Parser, text: str, points: tuple[str, ...]) -> None:
    """What could be said of anything is left out; a head of one word goes with what tells it apart."""
    section = parsed(parser, text)

    question = explain_question(section, term_of(section))

    assert question is not None
    assert question.key_points == points


def test_a_definition_of_one_piece_is_not_asked_for(parser: Parser) -> None:
    """Without two points there is nothing to mark in parts."""
    section = parsed(parser, "**Mulch** is a thick dark layer of bark.")

    assert explain_question(section, term_of(section)) is None
    assert explain_question(section, replace(term_of(section), definition_at=None)) is None


def test_a_point_says_more_than_the_term(parser: Parser) -> None:
    """A definition of which a part only repeats the term is not asked for."""
    section = parsed(parser, "**Mulch** is a layer of bark that keeps the ground moist.")

    assert explain_question(section, replace(term_of(section), label="layer of bark")) is None


@pytest.mark.parametrize(
    ("form", "stem", "level"),
    [
        (QuestionForm.CHOICE, "Which term fits this?", Bloom.REMEMBER),
        (QuestionForm.CHOICE, "What does “sap” mean in this reading?", Bloom.UNDERSTAND),
        (QuestionForm.SHORT, "How do ferns differ from mosses?", Bloom.ANALYSE),
        (QuestionForm.ORDERING, "Put these steps in order.", Bloom.UNDERSTAND),
    ],
)
def test_levels_follow_wording_then_form(form: QuestionForm, stem: str, level: Bloom) -> None:
    """The stem's words decide, and where they say nothing the form does."""
    assert level_of(form, stem) is level


def test_what_is_harder_is_estimated_harder() -> None:
    """Rare words, alike options, more points, longer stems and less to guess raise the estimate, up to 1."""
    easy = estimate(QuestionForm.CHOICE, "Which?", "time")

    assert estimate(QuestionForm.CHOICE, "Which?", "glycolysis") > easy
    assert estimate(QuestionForm.CHOICE, "Which?", "time", likeness=0.7) > easy
    assert estimate(QuestionForm.CHOICE, "Which " * 30, "time") > easy
    assert estimate(QuestionForm.SHORT, "Which?", "time", points=3) > estimate(QuestionForm.SHORT, "Which?", "time")
    assert estimate(QuestionForm.TRUE_FALSE, "Which?", "True") < easy
    assert estimate(QuestionForm.SHORT, "Why " * 99, "glycolysis", likeness=9, points=9) == 1.0
    assert estimate(QuestionForm.CLOZE, "_____", "the") > 0


def test_a_second_meaning_of_a_term_is_no_wrong_option(parser: Parser) -> None:
    """What the reading elsewhere says a term is cannot stand beside its definition as wrong."""
    text = (
        "**Mulch** is a layer of bark that keeps the ground moist. **Cover** is a blanket of straw over cold beds. "
        "Some call **mulch** by another name. Mulch is a blanket of straw over cold beds."
    )
    section = parsed(parser, text)
    terms = find_terms(section)
    mulch, cover = (next(term for term in terms if term.label.lower() == label) for label in ("mulch", "cover"))
    rivals = Rivals(section, terms)

    assert rivals.may_mean(mulch, cover)
    assert rivals.may_mean(cover, mulch)
    assert cover not in rivals.find_definitions(mulch)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Bakers cover the dough because dry air makes a crust.", "Why do bakers cover the dough?"),
        ("Old ships were slow because weeds grew on their hulls.", "Why were old ships slow?"),
        ("The miller raised the gate because the pond was full.", "Why did the miller raise the gate?"),
        ("The hedge can hide a ladder because its leaves are thick.", "Why can the hedge hide a ladder?"),
        ("Bakers do not cover the dough because dry air makes a crust.", ""),
        ("It is slow because weeds grew on its hull.", ""),
        ("Bakers cover the dough because of this.", ""),
        ("Bakers cover the dough because they.", ""),
        ("Because dry air makes a crust, bakers cover the dough.", ""),
        ("Bakers cover the dough and wait because dry air makes a crust.", ""),
        ("The wall often fell because the frost of winter broke its old stones.", ""),
        ("To this day bakers cover the dough because dry air makes a crust.", ""),
    ],
)
def test_why_is_asked_where_the_reading_says_because(parser: Parser, text: str, asked: str) -> None:
    """The clause is turned into a question as grammar has it; what is denied, joined or leaning gives none."""
    section = parsed(parser, text)

    assert [reason.question for reason in find_reasons(section)] == ([asked] if asked else [])
    assert {one.stem for one in why_questions(section)} <= {asked}


@pytest.mark.parametrize(
    ("text", "is_asked"),
    [
        ("Frost causes deep cracks in the old road every winter.", True),
        ("The keeper creates all rules of the house by himself.", False),
        ("A number of farms produce milk for the town every day.", False),
        ("Heavy rain causes floods in the lower valley every spring.", True),
    ],
)
def test_effects_are_asked_of_things_that_bring_them_about(parser: Parser, text: str, *, is_asked: bool) -> None:
    """Whose rules somebody makes, or what a number of things produce, nobody could tell without the sentence."""
    section = parsed(parser, f"A **frost** is a cold that freezes the ground. {text}")

    assert bool(list(cause_questions(section, limit=2))) is is_asked


@pytest.mark.parametrize(
    ("text", "is_said"),
    [
        ("Copper kettles boil water faster than kettles of clay.", True),
        ("As a result, copper kettles boil water faster than others.", False),
        ("The kettle boils water faster than the old pot of clay.", False),
        ("The old kettle of the inn boils water faster than a pot.", True),
        ("Copper kettles, for example, boil water faster than clay.", False),
        ("Most cooks say that it boils faster than a pot of clay.", False),
        ("Oddly, copper kettles boil water faster than pots of clay.", False),
    ],
)
def test_a_clear_sentence_needs_no_other(parser: Parser, text: str, *, is_said: bool) -> None:
    """What goes on from other sentences, or speaks of "the" thing they name, is clear to nobody."""
    section = parsed(parser, text)

    assert is_clear(section, section.sentences[0]) is is_said
    assert is_clear(section, section.sentences[0], ["kettle"]) is (is_said or text.startswith("The kettle"))


def test_sources_are_left_out_of_stems() -> None:
    """Who said it and when, a picture, and empty brackets go; other brackets stay."""
    assert (
        without_sources("Bees dance (Frisch 1927) in the hive (see Figure 2) at noon ().")
        == "Bees dance in the hive at noon."
    )
    assert without_sources("Bees (small insects) dance.") == "Bees (small insects) dance."


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        (
            "A **sieve** is a net of wire for sorting grain, whereas a **funnel** is a cone.",
            "net of wire for sorting grain",
        ),
        ("A **sieve** is a net of wire for sorting grain and is hung on a wall.", "net of wire for sorting grain"),
        ("Nets of wire for sorting grain are called **sieves**.", "nets of wire for sorting grain"),
    ],
)
def test_a_meaning_is_what_a_thing_is_and_no_more(parser: Parser, text: str, meaning: str) -> None:
    """What a sentence goes on to say of it, or of another thing, is left out, and so is the capital of its opening."""
    term = next(one for one in find_terms(parsed(parser, text)) if one.label.startswith("sieve"))

    assert meaning_of(term) == meaning


def test_what_is_told_of_another_thing_is_no_description(parser: Parser) -> None:
    """A meaning of another number than its name belongs to something else."""
    section = parsed(parser, "Some cells have the ability to keep spare food in small bodies called **stores**.")

    assert not any(describes_a_thing(term, section) for term in find_terms(section) if term.label == "stores")


@pytest.mark.parametrize(
    ("question", "is_asked"),
    [
        ("Why do rivers bend?", True),
        ("What does the heavy rain produce?", True),
        ("What do dry winds cause?", True),
        ("What do winds cause?", False),
        ("What do dry winds cover?", False),
    ],
)
def test_an_effect_is_asked_for_of_what_is_known(question: str, *, is_asked: bool) -> None:
    """It is asked for of a term, or of a thing named in full with a verb that brings something about."""
    assert asks_for_an_effect(question, ["heavy rain"]) is is_asked


def test_a_clause_in_a_clause_describes_a_thing(parser: Parser) -> None:
    """A second verb of what is told of a thing states nothing of its own."""
    section = parsed(parser, "A **mill** is a machine that turns stones and which grinds corn.")

    assert describes_a_thing(term_of(section), section)
