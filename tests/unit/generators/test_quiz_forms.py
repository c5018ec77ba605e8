"""Orders, pairs, statements and marking keys: made where the reading's own words prove them, and else not."""

import re
from collections import Counter
from dataclasses import replace

import pytest

from domain.material import claims_of
from domain.questions import Bloom, Question, QuestionForm
from generators.compose.cards.flashcards import choose_terms
from generators.compose.quizzes.asked import shuffled
from generators.compose.quizzes.changes import changes_of
from generators.compose.quizzes.difficulty import estimate, level_of
from generators.compose.quizzes.distractors import Rivals
from generators.compose.quizzes.matching import match_terms
from generators.compose.quizzes.misconceptions import explain_mistakes, find_beliefs
from generators.compose.quizzes.ordering import order_questions, proves_order
from generators.compose.quizzes.proof import proof_of
from generators.compose.quizzes.quiz import make_questions
from generators.compose.quizzes.short_answers import cause_questions, explain_question, list_questions
from generators.compose.quizzes.term_questions import worth_asking
from generators.compose.quizzes.true_false import judge_statements
from generators.compose.reading.parse import ParsedSection, Parser
from generators.compose.terms.terms import Term, find_terms
from tests.builders import some_evidence

GARDEN = (
    "A **trowel** is a small spade for digging narrow holes by hand. "
    "**Compost** is rotted kitchen waste that feeds the soil. "
    "A **trellis** is a frame of thin wooden bars on which vines climb. "
    "**Mulch** is a layer of bark that keeps the ground moist. "
    "A **cold frame** is a low glass box in which young seedlings wait for warmer weather. "
    "**Pruning** is the cutting of old branches in late winter."
)


def parsed(parser: Parser, text: str, *, title: str = "", language: str = "en") -> ParsedSection:
    return parser.parse(some_evidence(text, title=title, language=language))


def only(found: list[Question]) -> Question:
    (question,) = found
    return question


@pytest.mark.parametrize(
    ("text", "sequence"),
    [
        (
            "To plant a tree:\n\n1. Dig a deep hole.\n2. Put the roots into it.\n3. Fill the hole with earth.",
            ("Dig a deep hole", "Put the roots into it", "Fill the hole with earth"),
        ),
        (
            "First, workers crush the olives. Then, a press squeezes the paste. Finally, a filter clears the oil.",
            ("Workers crush the olives", "A press squeezes the paste", "A filter clears the oil"),
        ),
        (
            (
                "The first stage, digestion, takes an hour. The second stage, absorption, is slow. "
                "The third stage is called elimination."
            ),
            ("digestion", "absorption", "elimination"),
        ),
        (
            (
                "In 1903, two brothers flew a plane with an engine. Farmers of the valley built a large dam in 1911. "
                "In 1850, miners found gold in the hills."
            ),
            (
                "Miners found gold in the hills",
                "Two brothers flew a plane with an engine",
                "Farmers of the valley built a large dam",
            ),
        ),
    ],
    ids=["numbered steps", "first and then", "stages", "dated events"],
)
def test_what_the_reading_puts_in_order_is_asked_for(parser: Parser, text: str, sequence: tuple[str, ...]) -> None:
    """The order is the reading's, the marks that tell it are not shown, and every item rests on a claim."""
    question = only(list(order_questions(parsed(parser, text))))

    assert question.sequence == sequence
    assert sorted(question.options) == sorted(sequence)
    assert question.options != sequence
    assert len(question.parts) == len(sequence) - 1
    assert all(claim.citations for claim in (question.claim, *question.parts))


@pytest.mark.parametrize(
    "text",
    [
        "1. Dig a hole.\n2. Put the roots in.",
        "1. Dig a deep hole.\n3. Put the roots into it.\n4. Fill the hole with earth.",
        "First, workers crush the olives. A press squeezes the paste. Finally, a filter clears the oil.",
        "First, workers crush the olives. Then, it squeezes the paste. Finally, a filter clears the oil.",
        "First, workers crush the olives. Then, workers crush the olives. Finally, a filter clears the oil.",
        "The first stage, digestion, takes an hour. In the second stage nothing is done.",
        "In 1903, two brothers flew a plane of 1899. In 1911, farmers built a dam. In 1850, they found gold there.",
        "Miners found gold. Farmers built a dam. Two brothers flew a plane with an engine.",
    ],
    ids=["two", "gap", "unmarked", "leaning", "twins", "unnamed stage", "other years", "no signs"],
)
def test_what_has_no_proved_order_is_not_asked_for(parser: Parser, text: str) -> None:
    """Too few items, a hole in the numbers, items that lean or repeat, and mere succession make no question."""
    assert list(order_questions(parsed(parser, text))) == []


def test_long_lists_are_cut(parser: Parser) -> None:
    """Of many dated events six are asked, spread over the whole."""
    places = ["castle", "market", "bridge", "harbour", "chapel", "library", "tower"]
    text = " ".join(f"In {1500 + 20 * n}, masons built a large {place} of stone." for n, place in enumerate(places))

    question = only(list(order_questions(parsed(parser, text))))

    assert len(question.sequence) == 6


@pytest.mark.parametrize(
    ("text", "is_proved"),
    [
        ("First, olives are crushed. Then, a press works. Finally, oil is cleared.", True),
        ("1. Dig a deep hole.\n2. Put the roots in.\n3. Fill the hole up.", True),
        ("Gold was found in 1850. A plane flew in 1903. A dam was built in 1911.", True),
        ("Gold was found in 1850. A dam was built in 1911. A plane flew in 1903.", False),
        ("Gold was found. A dam was built. A plane flew.", False),
        ("First, olives are crushed. Then, a press works.", False),
    ],
    ids=["words", "numbers", "years", "years mixed", "nothing", "two"],
)
def test_an_order_is_proved_by_the_reading_alone(parser: Parser, text: str, *, is_proved: bool) -> None:
    """Words of order, numbers or years must rise from sentence to sentence."""
    section = parsed(parser, text)

    assert proves_order(section, section.sentences) is is_proved


def test_orders_never_come_shuffled_into_place() -> None:
    """Whatever the words, what is shown is not the right order, and always the same."""
    for texts in (["a", "b", "c"], ["c", "b", "a"], ["b", "c", "a"]):
        assert shuffled(texts, "seed") != tuple(texts)
        assert shuffled(texts, "seed") == shuffled(texts, "seed")


def test_terms_are_matched_with_their_meanings(parser: Parser) -> None:
    """Three or four terms, each with its own meaning and its own claim, the meanings in another order."""
    section = parsed(parser, GARDEN)
    terms = worth_asking(choose_terms(section))

    question = match_terms(section, terms, Rivals(section, terms))

    assert question is not None
    assert 3 <= len(question.pairs) <= 4
    assert question.terms == tuple(pair.left for pair in question.pairs)
    assert {pair.right for pair in question.pairs} == set(question.options)
    for pair, claim in zip(question.pairs, (question.claim, *question.parts), strict=True):
        assert pair.left.lower() in claim.text.lower()
        assert pair.right in claim.text


def test_a_section_of_many_terms_has_them_matched(parser: Parser) -> None:
    """Where there are enough terms some are asked together, and then not by themselves."""
    questions = make_questions(parsed(parser, GARDEN, title="The garden"))

    matching = only([question for question in questions if question.form is QuestionForm.MATCHING])
    others = [concept for question in questions if question is not matching for concept in question.concepts]

    assert not set(matching.concepts) & set(others)


def test_too_few_meanings_are_not_matched(parser: Parser) -> None:
    """Two terms, and terms that explain each other, make no matching."""
    section = parsed(parser, "A **trowel** is a small spade for holes. A **spade** is a large trowel for digging.")
    terms = find_terms(section)

    assert match_terms(section, terms, Rivals(section, terms)) is None
    assert match_terms(section, (), Rivals(section, ())) is None


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
        said for said in changed(parser, "The bridge is 40 metres long. The tower has 61 metres.") if "61" in said
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


ORCHARD = (
    "La **azada** es una herramienta de hierro que sirve para remover la tierra. "
    "El **abono** es una mezcla de restos que alimenta las plantas. "
    "La **poda** es el corte de las ramas viejas en invierno. "
    "El **invernadero** es una casa de vidrio donde crecen las semillas. "
    "El **riego** es el reparto de agua sobre los campos secos."
)


def test_other_languages_get_gaps_and_pairs(parser: Parser) -> None:
    """Where grammar is unknown, terms with their meanings are matched and blanked; nothing else is asked."""
    questions = make_questions(parsed(parser, ORCHARD, language="es"))

    matching = only([question for question in questions if question.form is QuestionForm.MATCHING])

    assert {question.form for question in questions} <= {QuestionForm.MATCHING, QuestionForm.CLOZE}
    assert all(pair.right in claim.text for pair, claim in zip(matching.pairs, claims_of(matching), strict=True))


@pytest.mark.parametrize(
    "text",
    [
        "For a guest to rest, they must first find a bed.",
        "Among the rooms of the house are kitchens and cellars.",
        "The abundances of the metals lighter than tin were known.",
        "The tenants of the larger houses were known.",
        "The gardens fall into three groups.",
        "The gardener used a larger spade.",
    ],
    ids=["must", "place first", "within the subject", "larger houses", "figure of speech", "not compared"],
)
def test_only_what_a_sentence_states_is_turned(parser: Parser, text: str) -> None:
    """Nothing is denied but a main verb behind its subject; no comparison is turned that only tells which is meant."""
    said = changed(parser, text)

    assert not any(re.search(r"\b(?:must|are) not\b|heavier|smaller|rise", one) for one in said)


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
