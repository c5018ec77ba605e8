"""What stands for somebody's words is stable, is put back for that conversation alone, and cannot be forged."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safety.recognisers.spans import Found
from safety.surrogates import Surrogates

KINDS = st.sampled_from(["PERSON", "EMAIL", "PHONE", "ID_NUM", "CREDIT_CARD"])


def found(text: str, *words: tuple[str, str]) -> list[Found]:
    """Say that these words were found, where they stand first."""
    return [Found(text.index(word), text.index(word) + len(word), kind) for word, kind in words]


def introduced(name: str = "Maria Novak") -> Surrogates:
    surrogates = Surrogates()
    text = f"My name is {name}."
    assert surrogates.mask(text, found(text, (name, "PERSON"))) == "My name is [PERSON_1]."
    return surrogates


def test_the_same_person_has_the_same_surrogate_all_along() -> None:
    """The name again, in other capitals or in part, is the same person, even where nothing found it."""
    surrogates = introduced()

    assert surrogates.mask("Is maria  novak right? Maria asks.", []) == "Is [PERSON_1] right? [PERSON_1] asks."
    assert surrogates.originals == {"[PERSON_1]": "Maria Novak"}


def test_somebody_else_has_another_surrogate() -> None:
    """Two people who share a name are two, and a part that both have is neither."""
    surrogates = introduced()
    text = "Not Maria Lopez."

    assert surrogates.mask(text, found(text, ("Maria Lopez", "PERSON"))) == "Not [PERSON_2]."
    assert surrogates.mask("Ask Maria.", []) == "Ask [PERSON_3]."


def test_small_words_that_are_parts_of_names_stay() -> None:
    """A part of a name means the person only with its capital and from three letters on."""
    surrogates = introduced("Will Li Novak")

    assert surrogates.mask("I will ask Li.", []) == "I will ask Li."


def test_kinds_are_numbered_apart_and_on() -> None:
    """Each kind counts from one, and a later turn goes on counting."""
    first = Surrogates()
    text = "a@b.example and 555-0143"
    first.mask(text, found(text, ("a@b.example", "EMAIL"), ("555-0143", "PHONE")))
    later = Surrogates(first.originals)

    assert later.mask("c@d.example", [Found(0, 11, "EMAIL")]) == "[EMAIL_2]"
    assert list(later.originals) == ["[EMAIL_1]", "[PHONE_1]", "[EMAIL_2]"]


@pytest.mark.parametrize("made", ["[PERSON_2]", "[person_9]", r"\[EMAIL\_1\]", "[XY_1]", "[ID_NUM_4]"])
def test_a_surrogate_that_a_model_made_up_restores_nothing(made: str) -> None:
    """It is taken out, whatever its kind."""
    surrogates = introduced()

    assert surrogates.restore(f"It is {made}.") == "It is ."
    assert surrogates.prune(f"It is {made}, [PERSON_1].") == "It is , [PERSON_1]."


@pytest.mark.parametrize("said", ["[PERSON_1]", "[Person_1]", r"\[PERSON\_1\]"])
def test_a_model_may_write_a_surrogate_in_its_own_way(said: str) -> None:
    """Capitals and escapes change nothing about whom it stands for."""
    assert introduced().restore(f"Yes, {said}!") == "Yes, Maria Novak!"


def test_what_was_typed_like_a_surrogate_restores_nothing() -> None:
    """A person who types one gets it back as it was typed, and nobody's words."""
    surrogates = introduced()

    masked = surrogates.mask("What is [PERSON_1], or [email_3]?", [])

    assert "[PERSON_1]" not in masked
    assert surrogates.restore(masked) == "What is [PERSON_1], or [EMAIL_3]?"


def test_formulas_and_code_are_no_surrogates() -> None:
    """Brackets of other kinds stay on both ways."""
    text = r"Take a[x_1], \[x_1\] and [3]."

    assert Surrogates().restore(Surrogates().mask(text, [])) == text


@settings(deadline=None)
@given(text=st.text(min_size=1), kind=KINDS, cut=st.data())
def test_masking_is_undone_by_restoring(text: str, kind: str, cut: st.DataObject) -> None:
    """Whatever range was found, the text comes back, but for blanks and backslashes around the range."""
    text = text.replace("\\", "/")
    start = cut.draw(st.integers(0, len(text) - 1))
    end = cut.draw(st.integers(start + 1, len(text)))
    surrogates = Surrogates()

    masked = surrogates.mask(text, [Found(start, end, kind)])

    plain = Surrogates()
    assert surrogates.restore(masked).casefold() == plain.restore(plain.mask(text, [])).casefold()
