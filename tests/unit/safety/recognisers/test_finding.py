"""Finding keeps its laws: order, bounds, the school's own names, the course's own names, frames and presidio."""

from itertools import pairwise

from hypothesis import example, given, settings
from hypothesis import strategies as st
from presidio_analyzer import EntityRecognizer

from safety.personal_data import Redactor
from safety.recognisers.plugins import own_registry
from safety.recognisers.spans import Found, merged

_PIECES = st.sampled_from(
    [
        *(
            "Ana",
            "lena",
            "Mr. ",
            "I'm ",
            "my name is ",
            "\n",
            " ",
            ", ",
            ".",
            ":",
            "said",
            "@",
            "a@b.de",
            "12 ",
            "Oak Street",
        ),
        *(
            "Apt 4",
            "and",
            "(",
            "王小明",
            "私は",
            "김민준이",
            "\x00",
            "\u202e",
            "\U000e0041",
            "+44 20 7946 0958",
            "é",
            "ß",
            "name;id\n",
        ),
        *(
            "password is ",
            "x1y2",
            "»",
            "von ",
            "née le 3 mai",
            "'s",
            "O'",
            "-",
            "=",
            '"',
            "$5",
            "Who ",
            "?",
            "ul. ",
            "Name: ",
        ),
    ]
)


def names(redactor: Redactor, text: str, **known: frozenset[str]) -> list[str]:
    return [text[piece.start : piece.end] for piece in redactor.find(text, **known) if piece.kind == "PERSON"]


@settings(deadline=None, max_examples=150)
@given(pieces=st.lists(_PIECES, max_size=14))
@example(pieces=["\n", " ", "\n"])
def test_what_is_found_is_in_order_inside_and_trimmed(redactor: Redactor, pieces: list[str]) -> None:
    """Pieces lie in the text, do not touch each other's letters, and neither begin nor end with a blank."""
    text = "".join(pieces)

    found = redactor.find(text)

    assert found == sorted(found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(0 <= piece.start < piece.end <= len(text) for piece in found)
    assert all(text[piece.start : piece.end] == text[piece.start : piece.end].strip() for piece in found)


@given(
    found=st.lists(st.builds(Found, st.integers(0, 20), st.integers(0, 20), st.sampled_from(["A", "B"])), max_size=6),
    text=st.text(alphabet="a \n", min_size=20, max_size=20),
)
def test_merging_covers_every_letter_that_was_found(found: list[Found], text: str) -> None:
    """Joining and trimming lose no letter."""
    found = [piece for piece in found if piece.start < piece.end]

    joined = merged(found, text)

    covered = {place for piece in joined for place in range(piece.start, piece.end)}
    assert all(place in covered for piece in found for place in range(piece.start, piece.end) if text[place] == "a")


def test_the_schools_own_people_always_go(redactor: Redactor) -> None:
    """A name of the roster goes from a lesson and a word problem too, in capitals or without."""
    roster = frozenset({"Wren Abara", "wren", "Julia"})

    assert names(redactor, "Julia has 12 apples. How many are left?", roster=roster) == ["Julia"]
    assert names(redactor, "explain what WREN did to Macbeth", roster=roster) == ["WREN"]
    assert names(redactor, "wren took it", roster=roster) == ["wren"]
    assert names(redactor, "the wrens of wrenham", roster=roster) == []
    assert names(redactor, "when WREN  abara sings, Wren Abara's dog sings", roster=roster) == [
        "WREN  abara",
        "Wren Abara",
    ]


def test_the_courses_own_names_stay(redactor: Redactor) -> None:
    """Names of the course's material stay where nothing says that the writer speaks of somebody else."""
    keep = frozenset({"Tamsin Oakes", "tamsin"})

    assert names(redactor, "I liked how Tamsin Oakes ran away with Tamsin's dog.", keep=keep) == []
    assert names(redactor, "I liked how Tamsin Oakes ran away.") == ["Tamsin Oakes"]
    assert names(redactor, "my sister Tamsin ran away", keep=keep) == ["Tamsin"]
    assert names(redactor, "I liked how Tamsin Oakes ran away.", keep=keep, roster=frozenset({"tamsin"})) == ["Tamsin"]


def test_the_same_name_is_somebody_or_nobody_by_its_frame(redactor: Redactor) -> None:
    """A friend goes, the child of a word problem stays, a poet stays, a poet's namesake goes."""
    assert names(redactor, "Julia took my pencil case and I am angry") == ["Julia"]
    assert names(redactor, "Julia has 3 boxes with 8 pencils each. How many pencils?") == []
    assert names(redactor, "Compare Byron and Keats") == []
    assert names(redactor, "my cousin Byron is late") == ["Byron"]


def test_a_long_line_is_found_in_and_the_recogniser_is_not_asked_for_ever(redactor: Redactor) -> None:
    """Control signs and a line without an end do no harm; the last words count as the first."""
    text = "\x00\u202e\u200b" * 3000 + " Zorvic Quandelay met Brisk Tarn Wobley " * 900 + "my name is Lena Hart"

    found = redactor.find(text)

    assert text[found[-1].start : found[-1].end] == "Lena Hart"


def test_our_recognisers_are_presidios() -> None:
    """Each is an `EntityRecognizer` of one registry and gives only the kinds that it is asked for."""
    registry = own_registry()
    structured = registry.recognizers[0]

    found = structured.analyze("ana@school.example or 8.8.8.8", ["EMAIL"])

    assert all(isinstance(recogniser, EntityRecognizer) for recogniser in registry.recognizers)
    assert [(result.entity_type, result.start, result.end) for result in found] == [("EMAIL", 0, 18)]


def test_what_is_needed_can_be_loaded_before_it_is_needed(redactor: Redactor) -> None:
    """Loading early changes nothing that is found."""
    redactor.load()

    assert names(redactor, "I'm Lena Hart") == ["Lena Hart"]
