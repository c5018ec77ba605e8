"""What contradicts the source is caught, whatever else is alike."""

import re

import pytest

from domain.claims import Claim
from domain.outcomes import Verdict
from safety.grounding import Verifier
from safety.vetoes import find_vetoes
from tests.builders import some_evidence

TRUE = (
    "Marie Curie discovered radium in 1898 with her husband Pierre.",
    "The pressure of the air falls by 12 percent for each 1000 meters of height.",
    "All mammals feed their young with milk, and most of them bear live young.",
    "Water boils at 100 degrees at the level of the sea, but not on a high mountain.",
    "The heart of an adult beats about 70 times in a minute and pumps 5 liters of blood.",
    "Some birds never fly, although every bird has two wings.",
    "In Paris the treaty was signed by Germany and France on 28 June 1919.",
    "The current increases when the voltage is higher and the resistance is lower.",
    "Few plants grow in the dark, because they usually need light for 6 hours a day.",
    "Neurons carry signals faster than hormones do, and both reach the brain.",
)
NUMBERS = ("3", "42", "1776", "8.5", "61", "eleven", "a million")
NAMES = ("Einstein", "London", "Napoleon", "Brazil", "Fatima")
UNITS = {
    "percent": "degrees",
    "meters": "miles",
    "degrees": "meters",
    "liters": "gallons",
    "hours": "weeks",
    "minute": "day",
}
TURNS = {
    "All": "Few", "most": "few", "Some": "All", "every": "no", "Few": "Most", "usually": "never", "never": "always",
    "both": "none",
    "falls": "rises", "increases": "decreases", "higher": "lower", "lower": "higher", "faster": "slower",
    "high": "low",
}  # fmt: skip


def _mutants(text: str) -> set[str]:
    """Change one thing of a true sentence: a number, a name, a unit, a quantity, a comparison or a negation."""
    changed = {_replace(text, found, other) for found in re.finditer(r"\b\d[\d.]*\b", text) for other in NUMBERS}
    changed |= {_replace(text, found, name) for found in re.finditer(r"(?<=[a-z] )[A-Z][a-z]+", text) for name in NAMES}
    changed |= {_replace(text, found, found[0] + " not") for found in re.finditer(r"\b(?:is|was|do|has)\b", text)}
    changed |= {_replace(text, found, "") for found in re.finditer(r" (?:not|never)\b", text)}
    turned = {**UNITS, **TURNS}
    changed |= {_replace(text, found, turned[found[0]]) for found in re.finditer(r"\w+", text) if found[0] in turned}
    return changed - {text}


def _replace(text: str, found: re.Match[str], other: str) -> str:
    return text[: found.start()] + other + text[found.end() :]


def test_one_changed_thing_is_caught(lenient_verifier: Verifier) -> None:
    """Of some hundred true sentences with one thing changed, at least 99 in 100 are not supported."""
    evidence = some_evidence(" ".join(TRUE))
    made = [(text, mutant) for text in TRUE for mutant in _mutants(text)]

    missed = []
    for text, mutant in made:
        start = evidence.text.index(text)
        claim = Claim(mutant, evidence.cite(start, start + len(text)))
        if lenient_verifier.verify(claim, evidence).verdict is Verdict.SUPPORTED:
            missed.append(mutant)

    assert len(made) > 100
    assert len(missed) <= 0.01 * len(made), missed


def test_true_sentences_pass(lenient_verifier: Verifier) -> None:
    """Nothing is caught where nothing was changed."""
    evidence = some_evidence(" ".join(TRUE))
    for text in TRUE:
        start = evidence.text.index(text)

        judgement = lenient_verifier.verify(Claim(text, evidence.cite(start, start + len(text))), evidence)

        assert judgement.verdict is Verdict.SUPPORTED


@pytest.mark.parametrize(
    ("claim", "source", "reason"),
    [
        ("It has 4 legs.", "It has 6 legs.", "says 4"),
        ("It has four legs.", "It has legs.", "says four"),
        ("It weighs 5 kg.", "It weighs 5 m.", "another unit"),
        ("The law of Newton holds.", "The law holds.", "names Newton"),
        ("All birds fly.", "Birds fly.", "says “All”"),
        ("The lake is cold.", "The lake is hot.", "where the source says “hot”"),
        ("Plants do not need light.", "Plants need light.", "denies what the source says"),
        ("Plants need light.", "Plants don't need light.", "says what the source denies"),
        (
            "Red plants, which sometimes grow tall, need much light.",
            "Red plants, which grow tall, need much light.",
            "adds “sometimes”",
        ),
        (
            "The green plant grows here in May.",
            "The green plant grows here in spring.",
            "names May",
        ),
        ("Rome was the city of the old king.", "Athens was the city of the old king.", "says “Rome”"),
        (
            "The moon is made of green cheese today.",
            "Nobody thinks the moon is made of green cheese today.",
            "leaves out",
        ),
    ],
)
def test_each_kind_of_contradiction_has_its_reason(claim: str, source: str, reason: str) -> None:
    """Numbers, units, names, quantities, opposites, negations and small changes are named in words."""
    vetoes = find_vetoes(claim, source)

    assert any(reason in veto.reason for veto in vetoes), vetoes


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("It has six legs.", "It has 6 legs."),
        ("It is 20 % of all.", "It is 20 percent of all."),
        ("Plants need light to grow.", "To grow, every green plant needs light."),
        ("Something else is said here.", "Plants need light."),
        ("A big plant begins to grow in spring there.", "A large plant starts to grow in spring there."),
        ("It never needs light.", "It never needs light at night."),
        ("", "Plants need light."),
    ],
)
def test_other_words_for_the_same_are_no_contradiction(claim: str, source: str) -> None:
    """Number words, signs for units, order and synonyms are not vetoed."""
    assert find_vetoes(claim, source) == []


def test_a_name_may_come_from_the_sentence_before() -> None:
    """Whom the cited words speak of may be named just before them."""
    assert (
        find_vetoes(
            "In 1898 Curie found radium.", "In 1898 she found radium.", before="Marie Curie was born in Warsaw."
        )
        == []
    )


def test_a_demonstrative_is_no_name() -> None:
    """A sentence that opens with "this" where the source had a capital names nobody."""
    source = "An enzyme is a protein that speeds up a chemical reaction in a living thing."

    assert find_vetoes("This protein speeds up a chemical reaction in a living thing.", source) == []


def test_what_a_pronoun_stands_for_may_be_named() -> None:
    """A claim may begin with the name for which the cited sentence says `it`."""
    cited, before = "It takes place in the leaf.", "Photosynthesis makes sugar."

    assert find_vetoes("Photosynthesis takes place in the leaf.", cited, before=before) == []
    assert find_vetoes("Respiration takes place in the leaf.", cited, before=before) != []
