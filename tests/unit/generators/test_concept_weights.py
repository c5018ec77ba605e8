"""Which unmarked terms of a section are concepts."""

import pytest

from generators.compose.maps.concept_weights import chance, read_signs, weigh_concepts
from generators.compose.reading.parse import Parser
from generators.compose.terms.terms import Term, find_terms
from tests.builders import some_evidence

GATES = (
    "A lock gate is a door that holds back the water of a canal. Boats wait below the lock gate.\n\n"
    "A sluice gate is a door that lets water out slowly. The keeper raises the sluice gate by hand. "
    "Many boats carried coal. The siltation of the basin was slow."
)


def signs_of(parser: Parser, text: str, label: str) -> dict[str, float]:
    """Read the signs of one term of a text."""
    section = parser.parse(some_evidence(text))
    terms = find_terms(section, limit=200)
    return next(one for term, one in zip(terms, read_signs(section, terms), strict=True) if term.label == label)


def test_compounds_of_one_head_are_kin(parser: Parser) -> None:
    """Lock gate and sluice gate speak for each other, as kinds of one thing do; a single word has no kin."""
    assert signs_of(parser, GATES, "lock gate")["kin"] > 0
    assert signs_of(parser, GATES, "sluice gate")["kin"] > 0
    assert signs_of(parser, GATES, "boats")["kin"] == 0


def test_endings_plurals_and_words_said_once_are_signs(parser: Parser) -> None:
    """A learned ending speaks for a word; a plural and a word that comes once speak against one."""
    siltation, boats = signs_of(parser, GATES, "siltation"), signs_of(parser, GATES, "boats")

    assert (siltation["a learned ending"], siltation["once"], siltation["plural"]) == (1, 1, 0)
    assert (boats["a learned ending"], boats["once"], boats["plural"]) == (0, 0, 1)


@pytest.mark.parametrize(("sign", "better"), [("a learned ending", True), ("once", False), ("kin", True)])
def test_each_sign_moves_the_chance(parser: Parser, sign: str, *, better: bool) -> None:
    """What speaks for a concept makes it likelier, what speaks against it less."""
    signs = signs_of(parser, GATES, "lock gate") | {sign: 0.0}

    assert (chance(signs | {sign: 1.0}) > chance(signs)) is better


def test_the_likeliest_concepts_come_first_and_marks_keep_their_weight(parser: Parser) -> None:
    """Unmarked terms come by chance, between 0 and 1; what the author marked keeps its place before them."""
    section = parser.parse(some_evidence(GATES.replace("coal", "**coal**")))
    terms = find_terms(section, limit=200)
    weighed = weigh_concepts(section, terms)

    assert [term.weight for term in weighed] == sorted((term.weight for term in weighed), reverse=True)
    assert {term.label: term.weight for term in terms if term.is_emphasised}.items() <= {
        term.label: term.weight for term in weighed
    }.items()
    assert all(0 < term.weight < 1 for term in weighed if not term.is_emphasised)


def test_terms_of_a_language_without_grammar_stay_as_they_are(parser: Parser) -> None:
    """Where the grammar is not known, terms keep their order and their weights."""
    text = "Ein **Deich** ist ein Damm am Meer. Der Deich hält das Wasser ab."
    section = parser.parse(some_evidence(text, language="de"))
    terms: tuple[Term, ...] = find_terms(section)

    assert weigh_concepts(section, terms) == list(terms)


def test_a_word_of_every_schoolbook_is_a_term_where_it_is_defined(parser: Parser) -> None:
    """Force is a term where the section says what it is and uses it again and again, and only there."""
    defined = (
        "A force is a push or a pull on a crate. The force has a size. A rope brings force to the crate. "
        "Without force the crate rests. Two ropes add their force. More force moves the crate. Less force stops it. "
        "The force grows. The force falls. The force turns. The force ends."
    )
    said = "The crate had force. The force was gone. The ropes brought force. No force was left. Force came again."

    assert "force" in {term.label for term in find_terms(parser.parse(some_evidence(defined)))}
    assert "force" not in {term.label.lower() for term in find_terms(parser.parse(some_evidence(said)))}


def test_a_law_named_after_somebody_is_one_term(parser: Parser) -> None:
    """A possessive may stand before "of": the law keeps its whole name."""
    text = "Darby's first law of tides says that tides follow the moon. Sailors use Darby's first law of tides."

    assert any("first law of tides" in term.label for term in find_terms(parser.parse(some_evidence(text))))


def test_the_word_for_a_word_is_no_part_of_a_term(parser: Parser) -> None:
    """Of "the term neap tide" the term is neap tide; a term limit of its own stays whole."""
    text = "The term neap tide refers to a weak tide. Mayors serve under term limits, and many like term limits."
    labels = {term.label for term in find_terms(parser.parse(some_evidence(text)))}

    assert {"neap tide", "term limits"} <= labels
