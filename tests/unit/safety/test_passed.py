"""What passed a moment ago passes again; what did not, or was somebody else's, is heard."""

from domain.ids import PersonId
from safety.passed import Passed
from tests.builders import a_person


def test_the_same_words_of_the_same_person_pass_again() -> None:
    """Blanks around them do not count, other people and other words do."""
    passed = Passed()
    passed.add(a_person(), "What is a stoma?")

    assert passed.holds(a_person(), " What is a stoma?\n")
    assert not passed.holds(a_person(), "What is a leaf?")
    assert not passed.holds(a_person(id=PersonId("1" * 32)), "What is a stoma?")
    assert not passed.holds(None, "What is a stoma?")


def test_it_is_forgotten_soon() -> None:
    """After the time the words are heard again."""
    passed = Passed(seconds=0.0)
    passed.add(None, "What is a stoma?")

    assert not passed.holds(None, "What is a stoma?")


def test_only_the_newest_are_kept() -> None:
    """Old ones make room."""
    passed = Passed()
    for number in range(1001):
        passed.add(None, f"word {number}")

    assert not passed.holds(None, "word 0")
    assert passed.holds(None, "word 1")
    assert passed.holds(None, "word 1000")
