"""Statements are true or false as the reading has it, and mistakes are its own."""

import re
from collections import Counter

import pytest

from generators.compose.quizzes.changes import changes_of
from generators.compose.quizzes.distractors import Rivals
from generators.compose.quizzes.misconceptions import explain_mistakes, find_beliefs
from generators.compose.quizzes.proof import proof_of
from generators.compose.quizzes.true_false import judge_statements
from generators.compose.reading.parse import Parser
from generators.compose.terms.terms import find_terms
from tests.unit.generators.quizzes import GARDEN, parsed


def changed(parser: Parser, text: str) -> list[str]:
    section = parsed(parser, text)
    return [change.text for change in changes_of(section, section.sentences[0], find_terms(section))]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Warm air holds more water than cold air.", "Warm air holds less water than cold air."),
        ("All mammals have warm blood.", "Few mammals have warm blood."),
        ("Every mammal has warm blood.", "No mammal has warm blood."),
        ("The bridge is 40 metres long.", "The bridge is 60 metres long."),
        ("About 80 percent of the wheat is sold.", "About 40 percent of the wheat is sold."),
        ("The pipe is 2.5 metres long.", "The pipe is 3.8 metres long."),
        ("The lamp hangs above the gate.", "The lamp hangs below the gate."),
        ("Warm air raises the water of the pond.", "Warm air lowers the water of the pond."),
        ("The lake is in the north.", "The lake is not in the north."),
        ("Birds can see this light.", "Birds cannot see this light."),
    ],
)
def test_one_change_makes_a_sentence_false(parser: Parser, text: str, said: str) -> None:
    """Comparatives, quantities, numbers and denials change one thing, and the grammar stays whole."""
    assert said in changed(parser, text)


@pytest.mark.parametrize(
    "text",
    [
        "The bridge can carry up to 40 tons.",
        "Explorer 1 flew over the valley.",
        "Some birds may sing.",
        "The word is not more than a sign.",
        "Birds sing.",
        "All day birds sing.",
    ],
)
def test_what_may_stay_true_is_not_changed(parser: Parser, text: str) -> None:
    """Bounds, names, doubts and denied comparisons give no number, quantity or opposite that could be wrong."""
    assert not [said for said in changed(parser, text) if "cannot" not in said and "not in" not in said]


def test_a_number_that_stands_elsewhere_is_not_put_in(parser: Parser) -> None:
    """What the section says of another thing could be true of this one."""
    assert not [
        said for said in changed(parser, "The bridge is 40 metres long. The tower has 60 metres.") if "60" in said
    ]


def test_another_term_takes_the_place_of_the_defined_one(parser: Parser) -> None:
    """The article goes with the new term, and its capital with its place."""
    text = "A **trowel** is a small spade that digs holes. An **axe** is a sharp tool that splits wood."

    said = changed(parser, text)

    assert "An axe is a small spade that digs holes." in said


def test_statements_are_true_and_false_in_turn(parser: Parser) -> None:
    """Each false one is denied by the verifier and corrected by the reading's sentence; the words at issue are kept."""
    section = parsed(parser, GARDEN, title="The garden")
    found = list(judge_statements(section, find_terms(section), lambda _: True))

    answers = Counter(question.answer for question in found)

    assert abs(answers["True"] - answers["False"]) <= 1
    for question in found:
        said = question.stem.removeprefix("True or false? ")
        assert question.key_points[0] in question.claim.text
        assert (said == question.claim.text) is (question.answer == "True")
        place = section.evidence.find(question.claim.citations[0])
        assert place is not None
        assert (question.answer == "True") is not proof_of(section).is_wrong(said, at=place)


def test_a_change_that_only_a_source_would_show_makes_no_false_statement(parser: Parser) -> None:
    """What stands in brackets for who looks it up is not shown, so its year is never what is wrong."""
    section = parsed(parser, "A **kiln** dries clay bricks within a day of steady fire (Potter, 1995).")

    found = list(judge_statements(section, find_terms(section), lambda _: True))

    assert all("1995" not in question.stem for question in found)
    assert all(question.answer == "True" or "not" in question.stem for question in found)


def test_statements_need_a_grammar_and_room(parser: Parser) -> None:
    """Other languages have none, and what is asked already is not asked again."""
    spanish = parsed(parser, "El **agua** es un líquido transparente que llena los mares.", language="es")
    section = parsed(parser, GARDEN)

    assert list(judge_statements(spanish, find_terms(spanish), lambda _: True)) == []
    assert list(judge_statements(section, find_terms(section), lambda _: False)) == []
    assert list(judge_statements(parsed(parser, BELIEFS), (), lambda _: False)) == []


BELIEFS = (
    "Many people think that bats are blind. In fact, all bats have eyes and see quite well. "
    "It is a common myth that camels store water in their humps, but the humps hold fat. "
    "Many people think that owls are wise. Owls hunt at night."
)


def test_a_false_belief_is_a_false_statement(parser: Parser) -> None:
    """Whoever takes it for true believes what the reading says many wrongly believe."""
    section = parsed(parser, BELIEFS)

    asked = [question for question in judge_statements(section, (), lambda _: True) if question.misconceptions]

    assert asked
    for question in asked:
        assert question.answer == "False"
        assert question.misconceptions[0].option == "True"
        assert question.key_points[0] in question.misconceptions[0].belief


def test_beliefs_that_the_reading_sets_right_are_found(parser: Parser) -> None:
    """One that is contradicted in its sentence or the next is a belief; one that is left alone is none."""
    found = [belief.text for belief in find_beliefs(parsed(parser, BELIEFS))]

    assert found == ["Bats are blind.", "Camels store water in their humps."]


@pytest.mark.parametrize(
    ("joined", "why"),
    [
        ("A stalactite is not to be confused with a stalagmite.", "warns of this"),
        ("Unlike a stalagmite, a stalactite grows downward.", "sets them apart"),
        ("", "in similar words"),
    ],
)
def test_why_terms_are_mixed_up_is_the_reading_s_own_reason(parser: Parser, joined: str, why: str) -> None:
    """A warning, a contrast, or definitions that are alike explain a wrong choice."""
    text = (
        "A **stalactite** is a stone spike that hangs from the roof of a cave. "
        f"A **stalagmite** is a stone spike that grows from the floor of a cave. {joined}"
    )
    section = parsed(parser, text)
    terms = {term.label: term for term in find_terms(section)}

    (found,) = explain_mistakes(terms["stalactite"], [terms["stalagmite"]], Rivals(section, tuple(terms.values())))

    assert found.option == "stalagmite"
    assert why in found.belief


def test_nothing_is_supposed_without_a_reason(parser: Parser) -> None:
    """Terms that the reading neither contrasts nor explains alike tell nothing of whoever mixes them up."""
    section = parsed(parser, GARDEN)
    terms = {term.label.lower(): term for term in find_terms(section)}

    assert explain_mistakes(terms["pruning"], [terms["compost"]], Rivals(section, tuple(terms.values()))) == ()


@pytest.mark.parametrize(
    "text",
    [
        "For a guest to rest, they must first find a bed.",
        "Among the rooms of the house are kitchens and cellars.",
        "The abundances of the metals lighter than tin were known.",
        "The tenants of the larger houses were known.",
        "The gardens fall into three groups.",
        "The gardener used a larger spade.",
        "The hand of the river reaches up to an upper gate.",
    ],
    ids=[
        "must",
        "place first",
        "within the subject",
        "larger houses",
        "figure of speech",
        "not compared",
        "which is meant",
    ],
)
def test_only_what_a_sentence_states_is_turned(parser: Parser, text: str) -> None:
    """Nothing is denied but a main verb behind its subject; no comparison is turned that only tells which is meant."""
    said = changed(parser, text)

    assert not any(re.search(r"\b(?:must|are) not\b|heavier|smaller|rise|lower gate", one) for one in said)


@pytest.mark.parametrize(
    "text",
    [
        "Draw a large plan of the garden with all beds and paths.",
        "Is the water used by a garden more than that of a house.",
        "The compost ~ soil where heat = 30 and water = 4.",
        "The beds of the garden are 7, 8, 9, 10 and 11 metres long.",
        "Near the garden gate stand three old sheds of wood.",
    ],
    ids=["order", "question", "signs", "figures", "place first"],
)
def test_only_plain_statements_are_judged(parser: Parser, text: str) -> None:
    """Orders, questions, signs and rows of figures are never put as true."""
    section = parsed(parser, text, title="Garden compost")

    assert list(judge_statements(section, (), lambda _: True)) == []


@pytest.mark.parametrize(
    "text",
    [
        "Half of the voters were women.",
        "A third of the land is desert.",
        "Part of the crop is sold abroad.",
        "At least two of the rivers are dry.",
        "Two of the boys were ill.",
        "Three kinds of wheat are grown in the valley.",
        "A majority of the settlers were farmers.",
        "Farmers are frequently blamed for the floods.",
        "The towers are very tall.",
        "Guards can and have used force at the gate.",
        "Few tasks are told briefly and take a whole day.",
        "The guards cannot leave the gate.",
    ],
)
def test_what_a_denial_leaves_true_or_breaks_is_not_denied(parser: Parser, text: str) -> None:
    """Of some, of a number, or how often: its denial may be true too; of two verbs only one would be denied."""
    assert changed(parser, text) == []


@pytest.mark.parametrize("title", ["Compost", "Garden compost"])
def test_a_denial_stands_alone_in_a_quiz(parser: Parser, title: str) -> None:
    """Of many sentences that could only be denied one is."""
    text = (
        "Compost heaps are warm in winter. Compost boxes are built of old wood. Compost forks are made of hard steel. "
        "Compost pits are dug in dry fields. Compost bins are sold in small shops."
    )
    asked = list(judge_statements(parsed(parser, text, title=title), (), lambda _: True))

    assert sum(" not " in one.stem for one in asked) == 1


def test_what_cannot_be_changed_is_never_false(parser: Parser) -> None:
    """Whether a quiz begins with a true or a false statement, a sentence without a sure change is only put as true."""
    quizzes = [
        list(
            judge_statements(
                parsed(parser, "Compost warms the cold soil of gardens.", title=f"Compost {letter}"), (), lambda _: True
            )
        )
        for letter in "abcdefgh"
    ]

    assert {one.answer for quiz in quizzes for one in quiz} == {"True"}
    assert [] in quizzes
