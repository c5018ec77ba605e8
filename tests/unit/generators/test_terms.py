"""Terms: what the author marked comes first, and definitions are cut out of the sentences that give them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.documents import Range
from generators.compose.reading.candidates import find_candidates, normal_form
from generators.compose.reading.parse import Parser
from generators.compose.terms.definitions import shorten
from generators.compose.terms.terms import find_terms, mention_pattern
from tests.builders import some_evidence


def _definition(parser: Parser, text: str) -> str:
    terms = find_terms(parser.parse(some_evidence(text)))
    return next(term.definition for term in terms if term.is_emphasised)


@pytest.mark.parametrize(
    ("text", "definition"),
    [
        ("A **glacier** is a slow river of ice.", "slow river of ice"),
        ("**Erosion** refers to the wearing away of rock by wind and water.", "wearing away of rock by wind and water"),
        ("The rock that melts deep below the ground is called **magma**.", "rock that melts deep below the ground"),
        ("Plants take in light with a green pigment known as **chlorophyll**.", "green pigment"),
        (
            "They studied the **mantle**, a thick layer of hot rock below the crust.",
            "thick layer of hot rock below the crust",
        ),
        ("The walkers felt **vertigo** (a strong sense of spinning around).", "strong sense of spinning around"),
        ("When warm air meets cold water, **condensation** occurs.", "When warm air meets cold water"),
        ("**Gravity**, which is the pull between two masses, keeps us here.", "pull between two masses"),
        ("People who live in towns, or **townsfolk**, often walk to work.", "People who live in towns"),
        (
            "In **osmosis**, water passes through a thin wall towards the salt.",
            "water passes through a thin wall towards the salt",
        ),
        ("By **drought**, we mean a long time without enough rain.", "long time without enough rain"),
        ("Scientists call a group of touching cells a **tissue**.", "group of touching cells"),
        ("The term for a long time without rain is **drought**.", "long time without rain"),
        ("Rivers carry loose sand that is called **silt**.", "loose sand"),
        ("In the hills, the place where a river begins is called its **source**.", "place where a river begins"),
        (
            "Wind can slowly carry off the dry soil, and they call this **deflation**.",
            "Wind can slowly carry off the dry soil",
        ),
        (
            "Warm water can rise from the deep sea floor, a process called **upwelling**.",
            "Warm water can rise from the deep sea floor",
        ),
        ("When the soil is full of water, this is called **saturation**.", "When the soil is full of water"),
        (
            "The light at which a leaf gives off as much gas as it takes in is called the **balance point**.",
            "light at which a leaf gives off as much gas as it takes in",
        ),
        ("A person who makes bread in this way is called a **baker**.", "person who makes bread"),
        (
            "Under the **Mongol Empire**, the largest land empire in history, one power kept the route safe.",
            "largest land empire in history",
        ),
        (
            "The **jobless rate** is not the share of all without work, but rather the share of those who seek it.",
            "share of those who seek it",
        ),
        ("To pay for this, towns raised a toll. This is called the **gate toll**.", "towns raised a toll"),
        ("They share **thrift**: the belief that to save is a duty.", "belief that to save is a duty"),
        ("The **motto** is a Latin line meaning “we sail on.”", "Latin line meaning “we sail on.”"),
        ("**Mild soils** describe the land as it is.", "describe the land as it is"),
        (
            "They speak of the **bread rule**, which holds that the dearer the bread, the poorer the town.",
            "dearer the bread, the poorer the town",
        ),
        ("A **law of motion** states that a body at rest stays at rest.", "body at rest stays at rest"),
        ("The **slope** of a line is the rise divided by the run.", "rise divided by the run"),
        ("The **tide**, now well known to sailors, is usually the slow rise of the sea.", "slow rise of the sea"),
        (
            "Sometimes the ground under a city sinks by several metres. This is called **subsidence**.",
            "Sometimes the ground under a city sinks by several metres",
        ),
    ],
)
def test_definition_is_cut_from_its_sentence(parser: Parser, text: str, definition: str) -> None:
    """Each common wording of a definition gives the words that define, without article and term."""
    assert _definition(parser, text) == definition


@pytest.mark.parametrize(
    "text",
    [
        "We shall meet **magma** again later on.",
        "It is **magma**.",
        "In this process, known as **weathering**, the rock slowly breaks.",
        "It is called **silt**.",
        "**Loess** is soft.",
        "**Plague** is caused by a small creature that lives in fleas.",
        "Deep down the rock is hot; once it flows out it is called **lava**.",
        "Old traders claimed that **amber** was the tears of a bird.",
        "He paid for **toll gates** (which we discussed in the last chapter).",
        "In May, for example, the fields turn white. This is called the **bloom**.",
        "A wish for strong walls led builders to work out a method called **dry stone**.",
    ],
)
def test_mere_mention_is_no_definition(parser: Parser, text: str) -> None:
    """A sentence that only uses the term defines nothing."""
    assert _definition(parser, text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "A sheep has three coats of wool known to all, which are named the **fleece**, kemp, and the fell.",
        "They tried **quiet marches**, City boycotts, and letters to be heard by the council.",
        "The **captain**, who had stepped from her boat, was the head of a little crowd.",
        "The **stranger**, who Watson followed for a week, left the town.",
        "To the village there was one **hero**, the late Irene Adler, of doubtful fame.",
        "The **parlour** is the very room which I suspected all along.",
        "On the **bench**, a grinder with his wheel, two guards from the palace, and several clerks sat.",
    ],
    ids=["names", "list", "aside", "name", "person", "teller", "scene"],
)
def test_stories_and_lists_define_nothing(parser: Parser, text: str) -> None:
    """What several names share, what is listed next, and what a story tells is no definition of the term."""
    assert _definition(parser, text) == ""


@pytest.mark.parametrize(
    ("text", "definition"),
    [
        (
            "The set holds the **awl**, which is the sharp tool that pierces leather, the mallet, and the wooden last.",
            "sharp tool that pierces leather",
        ),
        ("The **warp** is the set of tight threads and the weft the loose one.", "set of tight threads"),
        (
            "Plants that last a year are called annuals, and plants that last two years are called **biennials**.",
            "plants that last two years",
        ),
        ("The **true north** is the way the needle actually points.", "way the needle actually points"),
        ("**Ebb** is the fall of the sea, while flood is its rise.", "fall of the sea"),
        ("The **keel** is the spine of a ship and carries the whole of its weight.", "spine of a ship"),
        ("The **fee**, or charge, that the port asks for is small.", "charge"),
        ("The deck has the **helm**, the wheel that turns a ship, as well as the bell.", "wheel that turns a ship"),
        ("The **bow** is the front of a ship, and the **stern** is the back.", "front of a ship"),
        (
            "The **pilot** is the person who knows the port and who guides ships.",
            "person who knows the port and who guides ships",
        ),
    ],
    ids=["inserted", "gapped", "second", "verb", "while", "verbs", "or", "as well as", "next term", "who"],
)
def test_a_definition_ends_where_another_thing_begins(parser: Parser, text: str, definition: str) -> None:
    """Other members of a list, and what is said of another term, are no part of a definition."""
    assert _definition(parser, text) == definition


def test_praise_says_less_than_a_use(parser: Parser) -> None:
    """A sentence that praises a thing is no definition of what nobody marked."""
    text = "A sextant is a useful method. The sextant is a tool that measures angles at sea. Each sextant is old."

    terms = {term.label: term.definition for term in find_terms(parser.parse(some_evidence(text)))}

    assert terms["sextant"] == "tool that measures angles at sea"


def test_a_word_in_a_longer_term_is_not_defined_with_it(parser: Parser) -> None:
    """What the law of demand is says nothing of demand."""
    text = "The **demand** grew. Sellers speak of the **law of demand**, which is the rule that dear bread sells badly."
    terms = {term.label: term.definition for term in find_terms(parser.parse(some_evidence(text)))}

    assert terms["demand"] == ""


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("**Logrolling** is a trade of votes.", "logrolling"),
        ("**Medina** is a city of many gates. In Medina all roads meet.", "Medina"),
    ],
)
def test_the_capital_of_a_sentence_is_no_part_of_a_label(parser: Parser, text: str, label: str) -> None:
    """A word that only opens a sentence is written small; a name is not."""
    assert find_terms(parser.parse(some_evidence(text)))[0].label == label


def test_numbered_parts_are_no_terms(parser: Parser) -> None:
    """A "Stage 2" is a place in a list."""
    text = "**Stage 2** is the time when the bread rises. **Episodes 3 and 4** are the baking and the cooling."

    assert [term for term in find_terms(parser.parse(some_evidence(text))) if term.is_emphasised] == []


def test_definition_stops_before_the_next_clause(parser: Parser) -> None:
    """What a second clause says is no part of the definition."""
    text = "The **crust** is the thin outer layer of the Earth, and the mantle lies below it."

    assert _definition(parser, text) == "thin outer layer of the Earth"


def test_definition_drops_asides_and_examples(parser: Parser) -> None:
    """Brackets and examples are left out of a definition."""
    text = "A **mineral** is a solid natural substance (Smith, 2010) with a crystal structure, such as quartz or salt."

    assert _definition(parser, text) == "solid natural substance with a crystal structure"


def test_definition_points_at_its_words(parser: Parser) -> None:
    """The range of a definition holds its words."""
    evidence = some_evidence("A **glacier** is a slow river of ice. It moves.")

    (term,) = [term for term in find_terms(parser.parse(evidence)) if term.is_emphasised]

    assert term.definition_at is not None
    assert term.definition in evidence.text[term.definition_at.start : term.definition_at.end]


def test_long_definition_is_cut_at_a_comma(parser: Parser) -> None:
    """A definition of more than 36 words ends at the last comma before; without a comma it stays whole."""
    many = " and ".join(["stones"] * 20)

    cut = _definition(parser, f"A **moraine** is a long low hill of rubble, {many}, left behind by slow ice.")

    assert cut == "long low hill of rubble"
    assert shorten("one two three", limit=2) == "one two three"


def test_example_defines_less_than_a_plain_sentence(parser: Parser) -> None:
    """Of two defining sentences for an unmarked phrase the one that is no example is taken."""
    text = (
        "For example, a delta is the wet land south of Cairo. "
        "A delta is a flat piece of land where a river meets the sea. The delta grows."
    )

    (term,) = [term for term in find_terms(parser.parse(some_evidence(text))) if normal_form(term.label) == "delta"]

    assert term.definition == "flat piece of land where a river meets the sea"


def test_marks_that_are_no_terms_are_left_out(parser: Parser) -> None:
    """Figure labels, function words, numbers and whole sentences in bold are no terms."""
    text = (
        "**Figure 3** shows **the** rock. It has **42** parts. **You must never walk on thin ice alone.** "
        "**Basalt** is dark."
    )

    labels = [term.label for term in find_terms(parser.parse(some_evidence(text))) if term.is_emphasised]

    assert labels == ["Basalt"]


def test_term_marked_twice_is_one_term(parser: Parser) -> None:
    """Singular and plural of a marked term count once, defined where it is defined."""
    text = "We look at **glaciers** today. A **glacier** is a slow river of ice."

    terms = [term for term in find_terms(parser.parse(some_evidence(text))) if term.is_emphasised]

    assert [(term.label, term.definition) for term in terms] == [("glacier", "slow river of ice")]


def test_plain_text_gives_its_defined_terms_first(parser: Parser) -> None:
    """Without emphasis, what the text defines and keeps naming outweighs passing words."""
    text = (
        "Photosynthesis is the process by which plants make sugar from light. Photosynthesis needs water. "
        "Many people like a walk on a sunny day. The sugar feeds the plant, so photosynthesis feeds us all."
    )

    terms = find_terms(parser.parse(some_evidence(text)))

    assert terms[0].label == "photosynthesis"
    assert terms[0].definition == "process by which plants make sugar from light"
    assert all(0 < term.weight < 1 for term in terms)


def test_other_languages_keep_to_the_authors_marks(parser: Parser) -> None:
    """Without grammar for the language, only what the author marked is a term."""
    evidence = some_evidence("Die **Photosynthese** wandelt Licht in Zucker um. Sie ist wichtig.", language="de")

    terms = find_terms(parser.parse(evidence))

    assert [(term.label, term.definition) for term in terms] == [("Photosynthese", "")]


@pytest.mark.parametrize("text", ["One two three.", "a = b + c\n\nx = 4", "1 | 2 | 3\n4 | 5 | 6", "**—**", "?"])
def test_text_without_terms_is_borne(parser: Parser, text: str) -> None:
    """Tiny texts, equations and tables give few terms or none, and no error."""
    assert len(find_terms(parser.parse(some_evidence(text)))) <= 3


def test_names_are_found_with_their_of(parser: Parser) -> None:
    """A noun, "of" and a noun make one candidate beside its parts."""
    parsed = parser.parse(some_evidence("Engineers found the center of gravity. What we call hygge is a Danish mood."))

    keys = {candidate.key for candidate in find_candidates(parsed)}

    assert "center of gravity" in keys


def test_named_adjective_is_a_candidate(parser: Parser) -> None:
    """A single word that the text names is a candidate, though it is no noun."""
    parsed = parser.parse(some_evidence("Materials that obey this law are called ohmic."))

    (candidate,) = [candidate for candidate in find_candidates(parsed) if candidate.key == "ohmic"]

    assert candidate.is_named


@given(st.text(max_size=60))
def test_normal_form_is_settled(label: str) -> None:
    """The normal form has neither capitals nor brackets around it."""
    form = normal_form(label)

    assert form == form.strip().lower()
    assert "(" not in form


@given(st.lists(st.from_regex(r"[a-z]{2,8}[a-rt-z]", fullmatch=True), min_size=1, max_size=4))
def test_mention_pattern_finds_its_own_label(words: list[str]) -> None:
    """A label is found where it stands, whole, and in the plural."""
    label = " ".join(words)

    pattern = mention_pattern(label)

    assert pattern.search(f"the {label} there")
    assert pattern.search(f"the {label}s there")
    assert not pattern.search(f"the x{label} there")


def test_mention_keeps_to_whole_words() -> None:
    """A term is not found inside another word."""
    assert mention_pattern("ion").search("a station") is None
    assert mention_pattern("ion").search("two ions") is not None


def test_first_place_of_a_term_is_its_mark(parser: Parser) -> None:
    """A marked term stands where it is marked."""
    evidence = some_evidence("We look at **glaciers** today.")

    (term,) = [term for term in find_terms(parser.parse(evidence)) if term.is_emphasised]

    assert term.at == Range(11, 19)


def test_terms_are_found_once_for_a_section(parser: Parser) -> None:
    """Every kind of material gets the very same terms, however many it asks for; another parse has its own."""
    evidence = some_evidence("A **glacier** is a slow river of ice. A **moraine** is a ridge of loose stones.")
    parsed = parser.parse(evidence)

    every = find_terms(parsed, limit=60)

    assert find_terms(parsed, limit=1)[0] is every[0]
    assert find_terms(parser.parse(evidence), limit=1)[0] is not every[0]


def test_a_note_without_a_verb_names_no_term(parser: Parser) -> None:
    """What "Handout, two pages." names is no term, though it has the form of a definition."""
    evidence = some_evidence("Handout, two pages. Read it before the lesson.\n\nA fair price is a price people accept.")

    labels = {normal_form(term.label) for term in find_terms(parser.parse(evidence))}

    assert "fair price" in labels
    assert "handout" not in labels


@pytest.mark.parametrize(
    "text",
    [
        "You must **never** touch the wire in the wall.",
        "Please **keep off the grass** of the park in spring.",
        "**Early life.** He grew up on a small farm in the north.",
        "At home we often read about **Marie Curie** in the long evenings.",
    ],
)
def test_marks_for_stress_are_no_terms(parser: Parser, text: str) -> None:
    """Adverbs, orders, run-in headings and people are marked for other reasons than to name a term."""
    terms = find_terms(parser.parse(some_evidence(text)))

    assert not [term.label for term in terms if term.is_emphasised]


def test_a_run_in_heading_that_the_text_takes_up_is_a_term(parser: Parser) -> None:
    """A marked word before a full stop counts where the section goes on to speak of it."""
    terms = find_terms(parser.parse(some_evidence("**Osmosis.** Water moves slowly in osmosis.")))

    assert [term.label for term in terms if term.is_emphasised] == ["osmosis"]
