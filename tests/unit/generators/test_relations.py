"""Relations that sentences state."""

import pytest

from domain.material import RelationType
from generators.compose.maps.links import Link
from generators.compose.maps.relations import find_links
from generators.compose.reading.mentions import name_of
from generators.compose.reading.parse import Parser
from generators.compose.terms.terms import Term
from tests.builders import some_evidence


def links_of(parser: Parser, text: str, *labels: str, language: str = "en") -> list[Link]:
    """Link the labels, each a term at its first mention, without definitions."""
    parsed = parser.parse(some_evidence(text, language=language))
    terms = []
    for label in labels:
        start = parsed.evidence.text.lower().index(label.lower())
        sentence = parsed.sentence_at(start)
        assert sentence is not None
        terms.append(Term(label, sentence.at, sentence))
    return find_links(parsed, terms)


@pytest.mark.parametrize(
    ("text", "source", "kind", "target"),
    [
        ("A mammal is an animal with hair.", "mammal", RelationType.IS_A, "animal"),
        ("The sonnet is a type of poem.", "sonnet", RelationType.IS_A, "poem"),
        ("The whale, a mammal of the sea, sings.", "whale", RelationType.IS_A, "mammal"),
        ("An animal called the axolotl lives in lakes.", "axolotl", RelationType.IS_A, "animal"),
        ("The stamen is part of the flower.", "stamen", RelationType.PART_OF, "flower"),
        ("The nucleus contains chromosomes.", "chromosomes", RelationType.PART_OF, "nucleus"),
        ("The atmosphere is composed of gases.", "gases", RelationType.PART_OF, "atmosphere"),
        ("Erosion causes landslides on steep slopes.", "erosion", RelationType.CAUSES, "landslides"),
        ("Drought leads to famine in dry years.", "drought", RelationType.CAUSES, "famine"),
        ("Malaria is caused by parasites in the blood.", "parasites", RelationType.CAUSES, "malaria"),
        ("Tides tend to cause currents near the coast.", "tides", RelationType.CAUSES, "currents"),
        ("Glaciers, which carve valleys, produce moraines.", "glaciers", RelationType.CAUSES, "moraines"),
        ("Photosynthesis requires chlorophyll.", "chlorophyll", RelationType.NEEDS, "photosynthesis"),
        ("Chlorophyll is necessary for photosynthesis.", "chlorophyll", RelationType.NEEDS, "photosynthesis"),
        ("Metals such as copper conduct well.", "copper", RelationType.EXAMPLE_OF, "metals"),
        ("The rose is an example of a perennial.", "rose", RelationType.EXAMPLE_OF, "perennial"),
        ("Unlike the comet, the asteroid has no tail.", "comet", RelationType.CONTRASTS, "asteroid"),
        ("Mitosis makes two cells, whereas meiosis makes four.", "mitosis", RelationType.CONTRASTS, "meiosis"),
        ("Many confuse the difference between weather and climate.", "weather", RelationType.CONTRASTS, "climate"),
        ("Use a histogram and not a scatterplot here.", "histogram", RelationType.CONTRASTS, "scatterplot"),
        ("Neurons release neurotransmitters into the gap.", "neurons", RelationType.RELATED, "neurotransmitters"),
    ],
)
def test_a_sentence_states_a_relation(parser: Parser, text: str, source: str, kind: RelationType, target: str) -> None:
    """Each way of saying it gives its relation, in its direction."""
    links = links_of(parser, text, source, target)

    assert [(link.source, link.type, link.target) for link in links] == [(name_of(source), kind, name_of(target))]


def test_examples_in_a_list_are_all_found(parser: Parser) -> None:
    """What "such as" introduces goes on to the end of the list."""
    links = links_of(parser, "Metals such as copper, iron and zinc conduct well.", "metals", "copper", "iron", "zinc")

    examples = {link.source for link in links if link.type is RelationType.EXAMPLE_OF}
    assert examples == {("copper",), ("iron",), ("zinc",)}


@pytest.mark.parametrize(
    "text",
    [
        "A virus is not a bacterium at all.",
        "No virus is a bacterium of any sort.",
        "The virus is infectious where the bacterium is.",
        "It enters by a long extension of the bacterium known as the virus.",
    ],
)
def test_what_is_denied_is_not_stated(parser: Parser, text: str) -> None:
    """A denied statement, or one about a quality, gives no "is a"."""
    links = links_of(parser, text, "virus", "bacterium")

    assert all(link.type is not RelationType.IS_A for link in links)


@pytest.mark.parametrize(
    "text",
    [
        "If the cell is infected, the virus is a bacterium to the eye.",
        "Suppose that a virus is a bacterium of some sort.",
        "Suppose that it has walls. Then the virus is a bacterium of some sort.",
        "Nobody knows whether the virus is a bacterium of some sort.",
        "Is a virus a bacterium?",
    ],
)
def test_what_is_only_supposed_is_not_stated(parser: Parser, text: str) -> None:
    """A condition, an example in thought or a question gives no typed relation."""
    links = links_of(parser, text, "virus", "bacterium")

    assert all(link.type is RelationType.RELATED for link in links)


@pytest.mark.parametrize(
    ("text", "parts", "whole", "kind"),
    [
        (
            "The main types of rock are granite, basalt and marble.",
            ("granite", "basalt", "marble"),
            "rock",
            RelationType.IS_A,
        ),
        (
            "There are four stages of sleep: drowsiness, slumber, torpor and stupor.",
            ("drowsiness", "slumber", "torpor"),
            "sleep",
            RelationType.PART_OF,
        ),
        (
            "Levers can be divided into two classes: spanners and tongs.",
            ("spanners", "tongs"),
            "levers",
            RelationType.IS_A,
        ),
    ],
    ids=["types", "stages", "divided"],
)
def test_a_list_of_kinds_or_parts_is_read(
    parser: Parser, text: str, parts: tuple[str, ...], whole: str, kind: RelationType
) -> None:
    """What is listed as a kind or a stage of something is one, each item of the list."""
    links = links_of(parser, text, whole, *parts)

    said = {(link.source, link.type, link.target) for link in links}
    assert {(name_of(part), kind, name_of(whole)) for part in parts} <= said


def test_what_is_no_list_names_no_kinds(parser: Parser) -> None:
    """After "types of", a clause that only mentions something does not make it one of them."""
    links = links_of(parser, "Types of rock are found wherever the old volcano left ash.", "rock", "ash")

    assert all(link.type is not RelationType.IS_A for link in links)


def test_a_phrase_keeps_how_surely_it_is_said(parser: Parser) -> None:
    """A cause that is only possible is no cause; no phrase reads backwards, or leaves "less" out of "less than"."""
    modal = links_of(parser, "Drought may cause famine in dry years.", "drought", "famine")
    often = links_of(parser, "Cheese is often made from milk in the valley.", "cheese", "milk")
    back = links_of(parser, "Malaria is caused by parasites in the blood.", "malaria", "parasites")

    less = links_of(parser, "The attic is less preferred than the cellar here.", "attic", "cellar")
    phrases = [link.phrase for link in (*modal, *often, *back, *less)]
    assert phrases == ["", "is often made from", "", ""]


def test_a_second_definition_counts_too(parser: Parser) -> None:
    """What defines a concept at another place than its first still says what it needs."""
    text = "Inflation was high that year. Nobody liked it. Inflation refers to a rise of the price level over time."
    links = links_of(parser, text, "inflation", "price level")

    assert [(link.source, link.type, link.target) for link in links] == [
        (("price", "level"), RelationType.NEEDS, ("inflation",))
    ]


def test_plural_classes_include_examples_and_single_wholes_parts(parser: Parser) -> None:
    """Mammals include whales as examples; the ear includes the cochlea as a part."""
    many = links_of(parser, "Mammals include whales and bats.", "mammals", "whales")
    single = links_of(parser, "The ear includes the cochlea.", "ear", "cochlea")

    assert [link.type for link in many] == [RelationType.EXAMPLE_OF]
    assert [link.type for link in single] == [RelationType.PART_OF]


def test_another_word_for_it_is_not_a_class(parser: Parser) -> None:
    """In "the middle value, or median" the median is another word, no second class."""
    links = links_of(parser, "The quartile is a value or a median.", "quartile", "median")

    assert all(link.type is not RelationType.IS_A for link in links)


def test_a_name_says_what_a_thing_is(parser: Parser) -> None:
    """Kinetic energy is energy, but a change in energy is a change."""
    kind = links_of(parser, "Energy is kept. Kinetic energy grows with speed.", "energy", "kinetic energy")
    change = links_of(parser, "Energy is kept. A change in energy takes work.", "energy", "change in energy")

    assert [(link.source, link.type) for link in kind] == [(("kinetic", "energy"), RelationType.IS_A)]
    assert change == []


def test_a_name_says_what_is_needed_for_it(parser: Parser) -> None:
    """Whoever learns of sleep spindles needs sleep first."""
    links = links_of(parser, "Sleep is deep. Sleep spindles are short bursts.", "sleep", "sleep spindles")

    assert [(link.source, link.type, link.target) for link in links] == [
        (("sleep",), RelationType.NEEDS, ("sleep", "spindle"))
    ]


def test_a_definition_needs_what_it_names(parser: Parser) -> None:
    """A concept named inside another's definition is needed for it, and the sentence names both."""
    text = "Matter fills space. The density of a thing is how much matter fits into a volume."
    parsed = parser.parse(some_evidence(text))
    first, second = parsed.sentences
    definition = text[text.index("how much") : -1]
    start = text.index(definition)
    terms = [
        Term("matter", first.at, first),
        Term("density", second.at, second, definition, type(second.at)(start, start + len(definition))),
    ]

    links = find_links(parsed, terms)

    assert [(link.source, link.type, link.target) for link in links] == [
        (("matter",), RelationType.NEEDS, ("density",))
    ]
    assert links[0].sentence == second


def test_like_compares_behind_a_comma(parser: Parser) -> None:
    """In "hail, like snow, is cold" snow is no example of hail; in "birds like owls" owls are of birds."""
    beside = links_of(parser, "Hail, like snow, is cold and comes in winter.", "hail", "snow")
    example = links_of(parser, "In woods live birds like owls and many others.", "birds", "owls")

    assert all(link.type is not RelationType.EXAMPLE_OF for link in beside)
    assert [link.type for link in example] == [RelationType.EXAMPLE_OF]


def test_what_is_an_amount_is_no_class(parser: Parser) -> None:
    """A wave that is 520 nanometers long is no nanometer."""
    links = links_of(parser, "The wavelength of this light is 520 nanometers long.", "wavelength", "nanometers")

    assert all(link.type is not RelationType.IS_A for link in links)


def test_questions_headings_and_crowds_state_nothing(parser: Parser) -> None:
    """A question, a heading and a sentence that only lists many concepts give no link."""
    question = links_of(parser, "Is a whale a fish?", "whale", "fish")
    heading = links_of(parser, "Whales and fish", "whales", "fish")
    crowd = links_of(parser, "We saw owls, bats, moths and frogs today.", "owls", "bats", "moths", "frogs")

    assert question == heading == crowd == []


def test_a_name_is_no_reason_where_it_is_only_owned(parser: Parser) -> None:
    """A sentence that names kinetic energy only in brackets does not say that it is energy."""
    links = links_of(parser, "Things have (kinetic energy) energy. Energy is kept.", "kinetic energy", "energy")

    assert all(link.type is not RelationType.IS_A for link in links)


def test_a_concept_is_not_linked_with_itself(parser: Parser) -> None:
    """A concept that a sentence names twice, and a verb after a preposition, give nothing by themselves."""
    twice = links_of(parser, "A wave meets a wave from heating the sea, unlike a wave of the tide.", "wave", "tide")

    assert all(link.source != link.target for link in twice)


def test_two_sentences_together_make_company(parser: Parser) -> None:
    """Concepts that two sentences name together are related, though nothing more is said."""
    text = "Near rivers, with rain and fog, and snow, farms grew. Then the rain came; the snow too, and fog, in hail."
    links = links_of(parser, text, "rain", "snow", "fog", "hail")

    assert {frozenset((link.source[0], link.target[0])) for link in links} >= {frozenset(("rain", "snow"))}
    assert all("hail" not in (*link.source, *link.target) or link.strength > 0.2 for link in links)


def test_a_language_without_grammar_keeps_company_only(parser: Parser) -> None:
    """Without an English parse concepts are related by being named together, and nothing is read into it."""
    links = links_of(parser, "Die Zelle enthält den Zellkern.", "Zelle", "Zellkern", language="de")

    assert [link.type for link in links] == [RelationType.RELATED]


@pytest.mark.parametrize(
    ("text", "source", "target", "is_kind"),
    [
        ("Racism is prejudice against a group of people.", "racism", "prejudice", True),
        ("The slope of this hill is danger.", "slope", "danger", False),
        ("The mule is the horse.", "mule", "horse", False),
        ("The oak is the tallest tree of the valley.", "oak", "tree", True),
        ("Whales are mammals of the sea.", "whales", "mammals", True),
    ],
)
def test_is_a_needs_a_noun_that_names_a_kind(
    parser: Parser, text: str, source: str, target: str, *, is_kind: bool
) -> None:
    """What only says which thing is meant, or how much of it there is, makes no kind."""
    kinds = {link.type for link in links_of(parser, text, source, target)}

    assert (RelationType.IS_A in kinds) is is_kind


def test_one_quantity_drawn_against_another_is_no_contrast(parser: Parser) -> None:
    """In the label of a graph "versus" sets nothing against anything; elsewhere it does."""
    drawn = links_of(parser, "The graph shows speed versus time for a car.", "speed", "time")
    meant = links_of(parser, "People argue about nature versus nurture a lot.", "nature", "nurture")

    assert [RelationType.CONTRASTS in {link.type for link in links} for links in (drawn, meant)] == [False, True]


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("The ferry sails with the tide, whereas people on the islands long for a bridge.", "tide", "bridge"),
        ("People who live near the harbour like the ferry, whereas the bridge is far away.", "ferry", "bridge"),
    ],
)
def test_clauses_are_set_against_each_other_by_their_subjects(
    parser: Parser, text: str, first: str, second: str
) -> None:
    """What stands deep inside one of two clauses is not set against what stands in the other."""
    assert all(link.type is not RelationType.CONTRASTS for link in links_of(parser, text, first, second))


def test_less_of_something_is_not_the_thing(parser: Parser) -> None:
    """A drought that causes smaller harvests does not cause harvests."""
    plain = links_of(parser, "A drought causes fires in the hills.", "drought", "fires")
    compared = links_of(parser, "A drought causes smaller harvests in the hills.", "drought", "harvests")

    assert [link.type for link in plain] == [RelationType.CAUSES]
    assert all(link.type is not RelationType.CAUSES for link in compared)


def test_a_sure_explanation_needs_what_it_names(parser: Parser) -> None:
    """A later sentence that says what a term is names what must be known first."""
    text = "The keeper opened a sluice. Water filled the canal. A sluice is a gate that holds the canal back."
    links = links_of(parser, text, "sluice", "canal")

    assert [(link.source, link.type, link.target) for link in links] == [(("canal",), RelationType.NEEDS, ("sluice",))]


def test_what_differs_across_something_is_not_set_against_it(parser: Parser) -> None:
    """A dialect that is different across valleys is no other thing than valleys; different from them it would be."""
    across = links_of(parser, "A dialect is different across valleys.", "dialect", "valleys")
    apart = links_of(parser, "A dialect is different from slang.", "dialect", "slang")

    assert all(link.type is not RelationType.CONTRASTS for link in across)
    assert [link.type for link in apart] == [RelationType.CONTRASTS]
