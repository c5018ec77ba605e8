"""Plain lists in several languages."""

from datetime import date

import pytest

from accounts.roster.columns import column_of, role_of
from accounts.roster.entries import ClassName, Entry, Guardian
from accounts.roster.plain import read_plain
from accounts.roster.tables import read_tables
from domain.errors import Invalid
from domain.people import Role


def entries(text: str) -> list[Entry]:
    [table] = read_tables([text.encode()])
    return read_plain(table)


@pytest.mark.parametrize(
    "text",
    [
        "First name,Last name,Email,Role,Class,Student ID,Date of birth,Parent email\n",
        "Vorname;Nachname;E-Mail-Adresse;Rolle;Klasse;Schülernummer;Geburtsdatum;E-Mail Eltern\n",
        "Prénom;Nom;Courriel;Rôle;Classe;Matricule;Date de naissance;Courriel des parents\n",
        "Nombre;Apellidos;Correo electrónico;Rol;Grupo;Expediente;Fecha de nacimiento;Correo tutor\n",
        "Nome;Cognome;E-mail;Ruolo;Classe;Matricola;Data di nascita;E-mail genitore\n",
        "Nome;Apelido;E-mail;Perfil;Turma;Número;Data de nascimento;E-mail encarregado de educação\n",
        "Voornaam;Achternaam;E-mailadres;Rol;Klas;Leerlingnummer;Geboortedatum;E-mail ouders\n",
        "Imię;Nazwisko;Adres e-mail;Rola;Klasa;Numer ucznia;Data urodzenia;E-mail rodzica\n",
    ],
)
def test_headers_of_eight_languages_are_known(text: str) -> None:
    """The same row under the headers of each language gives the same entry."""
    separator = ";" if ";" in text else ","
    row = ["Ada", "Lovelace", "ada@school.example", "student", "8b", "S1", "1.12.2012", "mum@home.example"]

    assert entries(text + separator.join(row)) == [
        Entry(
            line=2,
            name="Ada Lovelace",
            login="ada@school.example",
            classes=(ClassName("8b"),),
            external_id="S1",
            born=date(2012, 12, 1),
            guardians=(Guardian("mum@home.example"),),
        )
    ]


@pytest.mark.parametrize(
    ("header", "row", "name"),
    [
        ("name", "Ada Lovelace", "Ada Lovelace"),
        ("name", '"Lovelace, Ada"', "Ada Lovelace"),
        ("name", '"a, b, c"', "a, b, c"),
        ("name;vorname", "Lovelace;Ada", "Ada Lovelace"),
        ("nombre;apellidos", "Ada;Lovelace", "Ada Lovelace"),
        ("name;first name;last name", "whole;Ada;Lovelace", "Ada Lovelace"),
        ("voornaam;tussenvoegsel;achternaam", "Ada;van der;Berg", "Ada van der Berg"),
        ("vorname;nachname", "Ada;", "Ada"),
    ],
)
def test_a_name_is_put_together(header: str, row: str, name: str) -> None:
    """A name stands in one cell or in several, in any order."""
    assert [entry.name for entry in entries(f"{header}\n{row}\n")] == [name]


@pytest.mark.parametrize(
    ("word", "role"),
    [
        ("Schülerin", Role.STUDENT),
        ("PROFESOR", Role.TEACHER),
        ("Encarregado de Educação", Role.GUARDIAN),
        ("counselor", Role.COUNSELLOR),
        ("systemAdministrator", Role.ADMINISTRATOR),
        ("pirate", None),
        ("", None),
    ],
)
def test_roles_are_known_in_several_languages(word: str, role: Role | None) -> None:
    """A role is known by its word, whatever its capitals and accents."""
    assert role_of(word) is role


def test_a_column_is_known_with_a_number_behind_it() -> None:
    """Two guardians stand in two columns; a column that nothing is known of is left out."""
    found = entries(
        "name;parent email 1;parent email 2;parent 1;parent 2;shoe size\nAda;a@x.example;b@x.example;Ann;Bob;38\n"
    )

    assert found[0].guardians == (Guardian("a@x.example", "Ann"), Guardian("b@x.example", "Bob"))
    assert column_of("shoe size") == ""


def test_several_guardians_and_classes_stand_in_one_cell() -> None:
    """They are parted by semicolons, commas, bars or, for addresses, blanks."""
    [entry] = entries(
        'name\tparent email\tguardian\tclass\nAda\ta@x.example b@x.example,a@x.example\tAnn\t"8b; 8c | 8d"\n'
    )

    assert entry.guardians == (Guardian("a@x.example"), Guardian("b@x.example"))
    assert [one.name for one in entry.classes] == ["8b", "8c", "8d"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("name;role\nAda;pirate\n", "role “pirate”"),
        ("name;role\nAda;\n", ""),
        ("name;email\nAda;nowhere\n", "no e-mail address"),
        ("name;email\nAda;mailto:ada@school.example\n", ""),
        ("name;login\nAda;a b\n", "no user name"),
        ("name;login\nAda;ada.8b\n", ""),
        ("name;class\n;8b\n", "no name"),
        (f"name\n{'x' * 201}\n", "too long"),
        (f"name\n{'x' * 1001}\n", "not closed"),
        ("name;class\nA\ufffda;8b\n", "cannot be read"),
    ],
)
def test_what_is_wrong_with_a_row_is_said(text: str, problem: str) -> None:
    """A row that cannot be taken says why; others say nothing."""
    [entry] = entries(text)

    assert problem in entry.problem
    assert bool(entry.problem) is bool(problem)


def test_what_was_mended_is_noted() -> None:
    """Formula signs that were taken off and dates that cannot be read are notes, not refusals."""
    [entry] = entries("name;birthday\n=Ada;yesterday\n")

    assert (entry.name, entry.problem, len(entry.notes)) == ("Ada", "", 2)


def test_a_list_needs_names() -> None:
    """Without a column of names the whole list is refused, with the columns that it needs."""
    with pytest.raises(Invalid, match="first name"):
        entries("email;class\nada@school.example;8b\n")
