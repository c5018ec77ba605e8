"""What stands near an address, a table or a cue and is none of it; and how far what is found reaches."""

import pytest

from safety.personal_data import Redactor


def found(redactor: Redactor, text: str) -> list[tuple[str, str]]:
    return [(text[piece.start : piece.end], piece.kind) for piece in redactor.find(text)]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("send it to Lena and Hafenweg 3, 10115 Berlin", "Lena and Hafenweg 3, 10115 Berlin"),
        ("send it to Ana Roe and Hafenweg 3, 10115 Berlin", "Ana Roe and Hafenweg 3, 10115 Berlin"),
        ("she and Hafenweg 3, 10115 Berlin", "Hafenweg 3, 10115 Berlin"),
        ("Elm Cottage 4\n Suite 12\n Selbury\n Norway 95441", "Elm Cottage 4\n Suite 12\n Selbury\n Norway 95441"),
        ("> 4471 Tannenweg 8\n> Apt. 3\n> Selbury", "4471 Tannenweg 8\n> Apt. 3\n> Selbury"),
        ("12 Oak Street, Selbury\n\nDear Sir", "12 Oak Street, Selbury"),
        ("we moved to 12 Oak Street. Then it rained", "12 Oak Street."),
        ("the corner of Oak Street 4 and Elm Road.", "the corner of Oak Street 4 and Elm Road"),
        ("her flat 3 is nice, is it", "flat 3"),
        ("Elm Cottage 4\nUpper Side\n Suite 12\n Selbury", "Suite 12\n Selbury"),
        ("Home address: 4 The Mews", "4 The Mews"),
        ("i live at 14 elm grove selbury", "14 elm grove selbury"),
    ],
)
def test_an_address_reaches_as_far_as_it_goes(redactor: Redactor, text: str, address: str) -> None:
    """People, flats, towns and countries that belong to an address go with it; sentences around it stay."""
    assert (address, "ADDRESS") in found(redactor, text)


@pytest.mark.parametrize(
    "text",
    [
        "Read Unit 5 and Lesson 3 on page 40",
        "14 March 2025 was a Friday, room 12 Level 3",
        "Home address: none",
        "the trail at Oak Academy is closed",
        "@media screen and @override stay",
        "at 51.50735, -0.12776 the river bends",
        "the password is wrong, my password is not working, reset the pin please",
        "colour,score\nred,3",
        "name,score and more, said nobody",
        "Piaget, Jean - a summary\nOne, two - three",
        "I asked Mr. Darcy fans about the film",
        "学生です。",
        "the corner of Oak Street and Elm Road is closed",
        "password: a, password: @#$%",
        "my address: somewhere\n\nit has 5 rooms",
        "see 12 Exercise 4, then rest",
        "It's Hamlet again",
        "This is Kevin, the narrator of the novel",
        "Why does Mr. Tomkins leave?",
        "中学生です。3年生",
        "tell the van der story",
    ],
)
def test_what_looks_alike_stays(redactor: Redactor, text: str) -> None:
    """Units, dates, decorators, places of maps, sources, small words and columns of no people are kept."""
    assert found(redactor, text) == []


def test_an_address_ends_where_a_phone_begins(redactor: Redactor) -> None:
    """The number after an address is a phone number, not a part of it."""
    text = "12 Oak Street, Selbury 212 555 0123"

    assert ("212 555 0123", "PHONE") in found(redactor, text) or found(redactor, text) == [(text, "ADDRESS")]


def test_a_table_ends_where_its_columns_end(redactor: Redactor) -> None:
    """Names, birthdays and numbers of a table go; a value without people and the text after it stay."""
    text = "first;last;dob;id;score\nTove;Halsted;2011-05-02;4471;9\nAvi;;;4472;8\nthanks for the help"

    assert found(redactor, text) == [
        ("Tove", "PERSON"),
        ("Halsted", "PERSON"),
        ("2011-05-02", "DOB"),
        ("4471", "ID_NUM"),
        ("Avi", "PERSON"),
        ("4472", "ID_NUM"),
    ]


def test_records_name_people_and_their_birthdays(redactor: Redactor) -> None:
    """Keys of JSON and of programs tell what a value is."""
    text = '{"vorname": "Tove", "geburtstag": "2.5.2011", "note": "gut"} nachname = "Halsted"'

    assert found(redactor, text) == [("Tove", "PERSON"), ("2.5.2011", "DOB"), ("Halsted", "PERSON")]


def test_a_class_list_names_people_last_name_first(redactor: Redactor) -> None:
    """Numbered lines with the last name first are a class; a list of sources is none."""
    assert found(redactor, "1. Abara, Femi - 87\n2. Roe, Hannah - 91") == [
        ("Abara, Femi", "PERSON"),
        ("Roe, Hannah", "PERSON"),
    ]


def test_a_title_goes_with_a_whole_name_and_a_degree(redactor: Redactor) -> None:
    """`Dr. Ada Roe, PhD` is one person; a lone last name leaves its title readable."""
    assert found(redactor, "I met Dr. Ada Okafor PhD today") == [("Dr. Ada Okafor PhD", "PERSON")]
    assert found(redactor, "I met Mr. Okafor today") == [("Okafor", "PERSON")]


def test_particles_belong_to_names(redactor: Redactor) -> None:
    """`van der`, `de la` and the like stand inside names, and end none."""
    assert found(redactor, "I met Lena van der Hoek de la") == [("Lena van der Hoek", "PERSON")]
    assert found(redactor, "my name is Lena van der, ok") == [("Lena", "PERSON")]
    assert found(redactor, "my name is lena van der van der hoek") == [("lena", "PERSON")]
    assert found(redactor, "on Monday de Tove; Kim St. Clair and I met") == [
        ("Tove", "PERSON"),
        ("Kim St. Clair", "PERSON"),
    ]
