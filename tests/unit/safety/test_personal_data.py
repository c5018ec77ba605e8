"""Personal data is found where people write of themselves, and lessons keep their names and numbers."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from domain.documents import Page, ParsedDocument, Range
from domain.ids import DocumentId
from safety.personal_data import Redactor
from safety.structured import find_structured
from tests.conftest import MODELS


@pytest.fixture(scope="module")
def redactor() -> Redactor:
    return Redactor(MODELS / "english")


def found(redactor: Redactor, text: str) -> set[tuple[str, str]]:
    return {(text[piece.start : piece.end], piece.kind) for piece in redactor.find(text)}


@pytest.mark.parametrize(
    ("text", "value", "kind"),
    [
        ("write to ana.roe@school.example today", "ana.roe@school.example", "EMAIL"),
        ("write to a\u200bna@school.example", "a\u200bna@school.example", "EMAIL"),
        ("it is +44 20 7946 0958 at home", "+44 20 7946 0958", "PHONE"),
        ("it is 0044 20 7946 0958 at home", "0044 20 7946 0958", "PHONE"),
        ("ring (212) 555-0123 now", "(212) 555-0123", "PHONE"),
        ("my mobile is 5550142889", "5550142889", "PHONE"),
        ("020 7946 0958 office", "020 7946 0958", "PHONE"),
        ("pay with 4242 4242 4242 4242 please", "4242 4242 4242 4242", "CREDIT_CARD"),
        ("to FR14 2004 1010 0505 0001 3M02 606", "FR14 2004 1010 0505 0001 3M02 606", "IBAN"),
        ("from 8.8.8.8 again", "8.8.8.8", "IP"),
        ("from 2001:db8:0:1:1:1:1:1 again", "2001:db8:0:1:1:1:1:1", "IP"),
        ("SSN 219-09-9999 it is", "219-09-9999", "ID_NUM"),
        ("insurance QQ 12 34 56 C", "insurance", ""),
        ("number AB 12 34 56 C there", "AB 12 34 56 C", "ID_NUM"),
        ("soy 12345678Z", "12345678Z", "ID_NUM"),
        ("RSSMRA85T10A562S is mine", "RSSMRA85T10A562S", "ID_NUM"),
        ("meu 111.444.777-35 aqui", "111.444.777-35", "ID_NUM"),
        ("the 943 476 5919 card", "943 476 5919", "ID_NUM"),
        ("mam 44051401359 tutaj", "44051401359", "ID_NUM"),
        ("my student number is S-2024117", "S-2024117", "ID_NUM"),
        ("use ghp_" + "a1B2" * 9, "ghp_" + "a1B2" * 9, "SECRET"),
    ],
)
def test_structured_data_is_found(text: str, value: str, kind: str) -> None:
    """Addresses, numbers with checksums or labels, and keys are found whole, and named for what they are."""
    pieces = {(text[piece.start : piece.end], piece.kind) for piece in find_structured(text)}

    assert pieces == ({(value, kind)} if kind else set())


@pytest.mark.parametrize(
    "text",
    [
        "In 1789 the Bastille fell; pi is 3.14159265358979.",
        "The loopback is 127.0.0.1 and 999.1.1.1 is none.",
        "There were 123456789 rows, 4111111111111112 cells and 12.345.678 more.",
        "ISBN 978-0-674-57629-2, pp. 1914-1918",
        "the ratio 12:34:56:78:90 or 1::2::3::4:5:6",
        "GB00ABCD12345678901234 is no account",
        "12345678A, 111.111.111-11, 44051401358, 44991401359, 9434765919",
        "+000 000 0000 and +999 1 22 and 12-34-56-78 are no numbers",
    ],
)
def test_readings_keep_their_numbers(text: str) -> None:
    """Years, values, books' numbers and numbers with a wrong checksum are not personal data."""
    assert find_structured(text) == []


@pytest.mark.parametrize(
    ("text", "value", "kind"),
    [
        ("hi, my name is nadia el amrani and I like maths", "nadia el amrani", "PERSON"),
        ("I'm Tobias and I need help", "Tobias", "PERSON"),
        ("please tell ms okafor", "ms okafor", "PERSON"),
        ("Mrs. Van der Berg said so", "Mrs. Van der Berg", "PERSON"),
        ("it's lena hart again", "lena hart", "PERSON"),
        ("my best friend Ruth Abara left", "Ruth Abara", "PERSON"),
        ("Hello Ingrid,\nsee you", "Ingrid", "PERSON"),
        ("Thanks,\nOmar Haddad", "Omar Haddad", "PERSON"),
        ('{"name": "Lena Hart"}', "Lena Hart", "PERSON"),
        ('Student("Lena Hart")', "Lena Hart", "PERSON"),
        ("me llamo Lucía Ortega", "Lucía Ortega", "PERSON"),
        ("我叫李小龙。", "李小龙", "PERSON"),
        ("I live at 7 Orchard Road, Leeds LS6 3BN", "7 Orchard Road, Leeds LS6 3BN", "ADDRESS"),
        ("wohne in der Gartenstraße 12, 10115 Berlin", "Gartenstraße 12, 10115 Berlin", "ADDRESS"),
        ("au 3 rue des Roses, 75001 Paris", "3 rue des Roses, 75001 Paris", "ADDRESS"),
        ("my zip code is 90210-1234", "90210-1234", "ADDRESS"),
        ("our car is AB12 CDE", "AB12 CDE", "ID_NUM"),
        ("my password is hunter2horse", "hunter2horse", "SECRET"),
        ("I was born on May 4, 2011", "May 4, 2011", "DOB"),
        ("my discord name is star_boy9", "star_boy9", "USERNAME"),
        ("follow @star_boy9", "@star_boy9", "USERNAME"),
        ("my blog is https://me.example/x", "https://me.example/x", "URL"),
        ("I attend Oak Hill High School", "Oak Hill High School", "SCHOOL"),
        ("write to ana at school dot example", "ana at school dot example", "EMAIL"),
        ("it is five five five oh one two three", "five five five oh one two three", "PHONE"),
        ("Yesterday Kevin Miller came to see me.", "Kevin Miller", "PERSON"),
    ],
)
def test_people_are_found_in_what_they_write(redactor: Redactor, text: str, value: str, kind: str) -> None:
    """Names by their cues or by the recogniser's vote, addresses, birthdays, accounts, and spelt-out forms."""
    assert (value, kind) in found(redactor, text)


def test_a_header_and_a_table_name_people(redactor: Redactor) -> None:
    """The first line of a paper, and the columns of a class list, are personal."""
    header = "Amina Said\nEnglish 10\n4 May\nThe light in the harbour"
    table = "id,name,score\n17,Amina Said,9\n18,Leo Park,7\n,,"

    assert ("Amina Said", "PERSON") in found(redactor, header)
    assert found(redactor, table) == {
        ("17", "ID_NUM"),
        ("Amina Said", "PERSON"),
        ("18", "ID_NUM"),
        ("Leo Park", "PERSON"),
    }


@pytest.mark.parametrize(
    "text",
    [
        "Explain why Newton and Leibniz quarrelled.",
        "Compare Juliet with Lady Macbeth.",
        "Julia buys 12 apples and gives Tom 5. How many are left?",
        "Julia has 12 apples.",
        "who wrote Faust",
        "I'm in English class and I am lost, this is English Literature",
        "score,points\n1,2",
        "plain words without capitals",
        "",
    ],
)
def test_lessons_keep_their_names(redactor: Redactor, text: str) -> None:
    """Figures of the course, and the people of word problems, stay."""
    assert found(redactor, text) == set()


def test_readings_are_marked_and_unchanged() -> None:
    """A reading keeps its text; marks say where personal data stands. No model is needed for it."""
    pages = (Page(1, "Sigmund Freud wrote a book."), Page(2, "Write to ana@school.example."))
    parsed = ParsedDocument(DocumentId("d"), "Title", "en", pages, ())

    redacted = Redactor(Path("no/such/folder")).redact(parsed)

    assert redacted.parsed is parsed
    assert [(mark.page, mark.at, mark.kind) for mark in redacted.marks] == [(2, Range(9, 27), "email")]


@settings(deadline=None)
@given(text=st.text(alphabet=st.sampled_from("ab @.1[_]EMAIL\n-+A\u200b"), max_size=80))
@example("[EMAIL_1] a@a.aa [EMAIL_1]")
def test_findings_are_in_order_and_apart(redactor: Redactor, text: str) -> None:
    """Whatever is written, what is found lies in the text, in order and without overlaps."""
    places = [(piece.start, piece.end) for piece in redactor.find(text)]

    assert all(0 <= start < end <= len(text) for start, end in places)
    assert all(before[1] <= after[0] for before, after in pairwise(places))
