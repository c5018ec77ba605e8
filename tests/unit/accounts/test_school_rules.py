"""What a school may decide for itself."""

from datetime import UTC, date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.countries import list_countries
from accounts.family_words import list_languages
from accounts.school_rules import LANGUAGES, _read_zones, check_rules, check_school_name, list_zones
from domain.errors import Invalid
from domain.people import SchoolHours, SchoolRules, Term

FIRST = date(2026, 9, 1)


def _term(first: int, last: int, name: str = "Term") -> Term:
    return Term(name, FIRST + timedelta(days=first), FIRST + timedelta(days=last))


def test_good_rules_are_tidied() -> None:
    """Terms come in their order, names with single blanks, the country in capitals."""
    rules = SchoolRules(country=" de ", consent_age=16, terms=(_term(200, 250, "Spring"), _term(0, 100, " Autumn  1 ")))

    checked = check_rules(rules)

    assert checked.country == "DE"
    assert [term.name for term in checked.terms] == ["Autumn 1", "Spring"]


def test_hours_are_those_of_the_schools_own_zone() -> None:
    """Days come once and in their order; a time that names an offset loses it."""
    hours = SchoolHours("Europe/Vienna", (5, 1, 1), time(8, tzinfo=UTC), time(13))

    checked = check_rules(SchoolRules(hours=hours)).hours

    assert checked == SchoolHours("Europe/Vienna", (1, 5), time(8), time(13))


@pytest.mark.parametrize(
    ("rules", "field"),
    [
        (SchoolRules(country="ZZ"), "country"),
        (SchoolRules(consent_age=12), "consent_age"),
        (SchoolRules(consent_age=19), "consent_age"),
        (SchoolRules(language=""), "language"),
        (SchoolRules(terms=(_term(1, 0),)), "terms"),
        (SchoolRules(terms=(_term(0, 401),)), "terms"),
        (SchoolRules(terms=(_term(0, 1, " "),)), "terms"),
        (SchoolRules(terms=(_term(0, 1, "x" * 61),)), "terms"),
        (SchoolRules(terms=tuple(_term(day, day) for day in range(13))), "terms"),
        (SchoolRules(terms=(_term(0, 10), _term(10, 20))), "terms"),
        (SchoolRules(hours=SchoolHours(zone="Moon/Base")), "zone"),
        (SchoolRules(hours=SchoolHours(zone="../etc/passwd")), "zone"),
        (SchoolRules(hours=SchoolHours(days=())), "days"),
        (SchoolRules(hours=SchoolHours(days=(0, 1))), "days"),
        (SchoolRules(hours=SchoolHours(opens=time(16), closes=time(16))), "closes"),
    ],
)
def test_rules_that_make_no_sense_are_refused(rules: SchoolRules, field: str) -> None:
    """What no school can mean is Invalid, and the field is named."""
    with pytest.raises(Invalid) as caught:
        check_rules(rules)

    assert caught.value.field == field


@given(st.lists(st.tuples(st.integers(0, 300), st.integers(0, 60)), max_size=8))
def test_no_day_is_in_two_terms(spans: list[tuple[int, int]]) -> None:
    """Whatever terms are given: either no day is in two of them, or they are refused."""
    terms = tuple(_term(first, first + length) for first, length in spans)
    days = [
        term.first_day + timedelta(days=n) for term in terms for n in range((term.last_day - term.first_day).days + 1)
    ]

    if len(days) == len(set(days)):
        assert set(check_rules(SchoolRules(terms=terms)).terms) == set(terms)
    else:
        with pytest.raises(Invalid, match="overlap"):
            check_rules(SchoolRules(terms=terms))


@pytest.mark.parametrize("name", ["", " ", "x" * 201, "a\x00b"])
def test_a_school_needs_a_name(name: str) -> None:
    """A name that is none, or too long, is Invalid."""
    with pytest.raises(Invalid):
        check_school_name(name)


def test_countries_are_told_by_two_letters() -> None:
    """Each country of the list has two capitals of its own and a name of its own."""
    countries = list_countries()

    assert len(countries) == len(set(countries.values())) == 249
    assert all(len(code) == 2 and code.isupper() and code.isascii() for code in countries)
    assert countries["DE"] == "Germany"


def test_families_can_be_written_to_in_every_language_there_is() -> None:
    """A school chooses among the languages that families have words in, and no others."""
    assert set(LANGUAGES) == set(list_languages())


@pytest.mark.parametrize(
    ("country", "chosen", "expected"),
    [
        ("de", "UTC", "Europe/Berlin"),
        ("US", "UTC", "UTC"),
        ("", "UTC", "UTC"),
        ("DE", "Asia/Tokyo", "Asia/Tokyo"),
    ],
)
def test_a_country_with_one_zone_sets_it(country: str, chosen: str, expected: str) -> None:
    """Unless the school chose another; a country with several zones, or none, leaves the choice to the school."""
    rules = SchoolRules(country=country, hours=SchoolHours(chosen))

    assert check_rules(rules).hours.zone == expected


def test_every_suggested_zone_is_known() -> None:
    """Countries and zones of the table are those that can be chosen."""
    zones = _read_zones()

    assert set(zones) <= set(list_countries())
    assert set(zones.values()) <= set(list_zones())
