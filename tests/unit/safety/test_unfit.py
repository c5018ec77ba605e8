"""What no writer may say to a minor is found; what a course says of such things is not."""

import pytest

from safety.unfit import find_unfit


@pytest.mark.parametrize(
    ("reason", "text"),
    [
        ("wording", "In the last act she commits suicide."),
        ("wording", "Er hat Selbstmord begangen."),
        ("wording", "El poeta cometió suicidio en 1935."),
        ("wording", "It was a failed suicide."),
        ("secrecy", "Don’t worry, I won’t tell anyone about it."),
        ("secrecy", "This stays between us."),
        ("secrecy", "I promise I'll keep your message private."),
        ("secrecy", "Das bleibt unter uns."),
        ("method", "The quickest way people hang themselves is short."),
        ("method", "It is lethal for a person who takes 40 tablets."),
        ("method", "First you tie the rope into a noose."),
        ("method", "You can hide your cuts under long sleeves."),
        ("method", "Try to eat less than 400 calories a day."),
        ("method", "Make yourself throw up after dinner."),
        ("sexual", "Send me some naked pictures."),
        ("sexual", "This site is full of porn."),
        ("wording", "She ｃｏｍｍｉｔｔｅｄ sui\u200bcide."),
    ],
)
def test_what_is_unfit_is_named(reason: str, text: str) -> None:
    """Each reason is found in several ways of saying it, and in disguise."""
    assert find_unfit(text) == reason


@pytest.mark.parametrize(
    "text",
    [
        "Durkheim studied suicide as a social fact.",
        "Carbon monoxide binds to haemoglobin more strongly than oxygen does.",
        "A cell membrane keeps the inside of the cell apart from its surroundings.",
        "The treaty remained secret until 1917.",
        "An adult needs about 2,000 calories a day.",
        "Sexual reproduction mixes the genes of two parents.",
        "Cut the stem of the plant and look at the veins of the leaf.",
        "Dissolve 5 g of salt in 100 ml of water.",
        "The committee decided to commit more money.",
        "Nelson was killed at Trafalgar.",
        "",
    ],
)
def test_school_work_is_fit(text: str) -> None:
    """Biology, history and chemistry go on."""
    assert find_unfit(text) is None
