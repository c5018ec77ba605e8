"""The leak check finds an answer told plainly, in disguise, by elimination or bit by bit."""

import base64
import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safety.leaks import find_leak, is_numeric

OPTIONS = ("mitochondrion", "cell wall", "nucleus", "ribosome")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("It is the Mitochondria, or rather one mitochondrion.", "verbatim"),
        ("Read it backwards: noirdnohcotim.", "reversed"),
        ("m-i-t-o-c-h-o-n-d-r-i-o-n", "spelled out"),
        ("M, i, t, o, c, h, o, n, d, r, i, o, n", "spelled out"),
        (f"Decode {base64.b64encode(b'mitochondrion').decode()} please", "encoded"),
        (codecs.encode("mitochondrion", "rot13"), "encoded"),
        (b"mitochondrion".hex(" "), "encoded"),
        ("My\nIdea\nThen\nOpens\nCells\nHere\nOn\nNight\nDays\nRun\nIn\nOur\nNews", "first letters"),
        ("It starts with m.", "first letters"),
        ("The first letter is M.", "first letters"),
        ("It begins with the letters “mit”.", "first letters"),
        ("It begins with “mi…”", "first letters"),
        ("It rhymes with dichondrion.", "sounds"),
        ("It is an anagram of it.", "sounds"),
    ],
)
def test_a_word_is_found_in_any_dress(text: str, reason: str) -> None:
    """An answer is found as it stands and in every disguise that people ask tutors for."""
    assert find_leak(text, "mitochondrion") == reason


@pytest.mark.parametrize(
    "text",
    [
        "Which part of the cell gives it energy?",
        "Start with a look at the first line. What does it say?",
        "Begin at the top: what do you see?",
        "That sounds like a good plan. What comes next?",
        "Here is a code: QUJDREVGRw== and ////////.",
        "I a b then stop. What else?",
        "",
        "?!",
    ],
)
def test_a_good_hint_is_no_leak(text: str) -> None:
    """A hint that keeps the answer to itself passes."""
    assert find_leak(text, "mitochondrion") is None


def test_repeating_the_student_is_no_leak() -> None:
    """What the student said or was asked is known already."""
    assert find_leak("Why the nucleus?", "nucleus", known="I think it is the nucleus") is None
    assert find_leak("So n-u-c-l-e-u-s?", "nucleus", known="nucleus?") is None


def test_most_of_a_long_answer_is_the_answer() -> None:
    """Three quarters of the new content words give a phrase away; fewer do not."""
    answer = "green plants turn sunlight into sugar"

    assert find_leak("Plants are green; sunlight helps them turn out sugar.", answer) == "content words"
    assert find_leak("Plants are green. What helps them?", answer) is None
    assert find_leak("Sunlight and sugar?", answer, known="green plants turn into") == "content words"
    assert find_leak("Sunlight?", "green sunlight plants", known="green plants") is None


def test_an_answer_told_bit_by_bit_is_told() -> None:
    """The last turns are summed; a turn that adds nothing is not to blame."""
    answer = "green plants turn sunlight into sugar"
    recent = ("Think of green plants.", "They need sunlight.")

    assert find_leak("And what tastes like sugar?", answer, recent=recent) == "content words over several turns"
    assert find_leak("What do you think?", answer, recent=recent) is None


def test_scripts_without_blanks_are_searched_letter_by_letter() -> None:
    """A Chinese answer inside a sentence is found though no blanks stand around it."""
    assert find_leak("答案是光合作用。", "光合作用") == "verbatim"
    assert find_leak("这是光合作用吗？", "光合作用", known="光合作用") is None


@pytest.mark.parametrize(
    ("text", "known", "reason"),
    [
        ("That makes 42 apples.", "", "number"),
        ("You said 42. How did you get there?", "is it 42", None),
        ("Right, the total is 42.", "is it 42", "number asserted"),
        ("6 x 7 = 42.0", "42?", "number asserted"),
        ("He needs to drive at an average speed of 42 now.", "42 miles", "number asserted"),
        ("It is 420, not less.", "42", None),
        ("That is forty-two.", "", "number"),
        ("Add them up. What do you get?", "", None),
    ],
)
def test_numbers_leak_when_new_or_named_as_the_result(text: str, known: str, reason: str | None) -> None:
    """A number the student has already used may be talked about, but not be called the result."""
    assert find_leak(text, "42 apples" if "apples" not in text else "42", known=known) is None or reason
    assert find_leak(text, "42", known=known) == reason


def test_an_answer_is_numeric_with_its_unit() -> None:
    """Units, currency and signs do not make a number a phrase."""
    assert is_numeric("$1,250.50 per hour")
    assert is_numeric("12 km")
    assert not is_numeric("12 monkeys")
    assert not is_numeric("many")


@pytest.mark.parametrize(
    ("text", "recent", "reason"),
    [
        ("The answer is C.", (), "option letter"),
        ("Correct: (C)", (), "option letter"),
        ("It isn't the mitochondrion, the cell wall or the ribosome.", (), "all other options ruled out"),
        (
            "It is not the ribosome.",
            ("Not the mitochondrion.", "Rule out the cell wall."),
            "all other options ruled out",
        ),
        ("It is not the ribosome.", ("What of the mitochondrion?", "Rule out the cell wall."), None),
        ("Compare the ribosome with the cell wall.", (), None),
        ("Option A is worth a look, and so is C.", (), None),
        ("Look again.", ("Not the mitochondrion or the cell wall or the ribosome.",), None),
    ],
)
def test_options_are_not_pointed_out(text: str, recent: tuple[str, ...], reason: str | None) -> None:
    """Neither a letter nor elimination, at once or over turns, may single the right option out."""
    assert find_leak(text, "nucleus", options=OPTIONS, recent=recent) == reason


def test_naming_only_the_right_option_is_a_leak() -> None:
    """Even when the student knows the word, naming it alone among the options points at it; denying it does not."""
    known = "mitochondrion, cell wall, nucleus or ribosome?"

    assert find_leak("Look at the nucleus.", "nucleus", known=known, options=OPTIONS) == "only the right option"
    assert find_leak("Why not the nucleus?", "nucleus", known=known, options=OPTIONS) is None


def test_formulas_are_told_by_their_signs() -> None:
    """Saying the right sign is a leak though every letter of it is known."""
    options = ("a > b", "a < b", "a = b")

    assert find_leak("So a < b here.", "a < b", known="a > b?", options=options) == "verbatim"
    assert find_leak("Why a > b?", "a < b", known="a > b?", options=options) is None
    assert find_leak("Use +.", "+", options=("+", "-")) is None


def test_other_lists_of_options_are_left_alone() -> None:
    """An answer that is none of the options, or a list longer than the letters, has no option to point at."""
    assert find_leak("The answer is A.", "membrane", options=OPTIONS) is None
    assert find_leak("The answer is A.", "a1", options=tuple(f"a{n}" for n in range(1, 12))) is None


def test_an_answer_without_words_cannot_leak() -> None:
    """Where there is nothing to find, nothing is found."""
    assert find_leak("anything", "—") is None


@given(
    st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=4, max_size=12), st.text(max_size=30), st.text(max_size=30)
)
def test_the_answer_between_blanks_is_always_found(answer: str, before: str, after: str) -> None:
    """Whatever stands around it, the answer as a word of its own is a leak."""
    assert find_leak(f"{before} {answer} {after}", answer) is not None
