"""What a school decides for itself, checked: its name, country, language, ages, terms and hours."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path

from accounts.countries import check_country
from accounts.logins import LONGEST_NAME
from domain.errors import Invalid
from domain.people import SchoolHours, SchoolRules, Term

LANGUAGES = {
    "en": "English",
    "ar": "العربية",
    "de": "Deutsch",
    "es": "Español",
    "fr": "Français",
    "it": "Italiano",
    "nl": "Nederlands",
    "pl": "Polski",
    "pt": "Português",
    "ro": "Română",
    "ru": "Русский",
    "so": "Soomaali",
    "tr": "Türkçe",
    "uk": "Українська",
    "vi": "Tiếng Việt",
    "zh": "中文",
}
"""The languages in which families may be written to (`accounts/texts/family/`), each by its own name."""

CONSENT_AGES = range(13, 19)
"""Years. No law lets a school ask for fewer than 13, and at 18 everybody decides alone."""

MOST_TERMS = 12
_LONGEST_TERM = 400
"""Days; a school year, with room."""

_LONGEST_TERM_NAME = 60

_ZONES = Path(__file__).parent / "texts" / "zones.yaml"

_WEEK = frozenset(range(1, 8))
"""ISO weekdays."""


def check_school_name(name: str) -> str:
    """Give a school's name with single blanks. Raises Invalid."""
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise Invalid("Give the school's name.", field="school_name", code="bad_name")
    return name


def check_rules(rules: SchoolRules) -> SchoolRules:
    """Give the rules, tidied: terms in their order. Raises Invalid, naming the field that is wrong."""
    if rules.language not in LANGUAGES:
        raise Invalid("Choose a language of the list.", field="language", code="bad_language")
    if rules.consent_age and rules.consent_age not in CONSENT_AGES:
        message = f"Choose an age from {CONSENT_AGES[0]} to {CONSENT_AGES[-1]}, or leave it to the country's law."
        raise Invalid(message, field="consent_age", code="bad_age")
    return replace(
        rules,
        country=check_country(rules.country),
        terms=_check_terms(rules.terms),
        hours=_check_hours(_with_zone(rules).hours),
    )


def _with_zone(rules: SchoolRules) -> SchoolRules:
    """Give the rules with the zone of the school's country, where it has one zone and nobody has chosen any."""
    zone = _read_zones().get(rules.country.strip().upper())
    if rules.hours.zone != SchoolHours().zone or zone is None:
        return rules
    return replace(rules, hours=replace(rules.hours, zone=zone))


def list_zones() -> list[str]:
    """List the time zones that this machine knows, by name."""
    from zoneinfo import available_timezones

    return sorted(available_timezones())


@cache
def _read_zones() -> Mapping[str, str]:
    import yaml

    zones: dict[str, str] = yaml.load(_ZONES.read_text("utf-8"), Loader=yaml.CSafeLoader)
    return zones


def _check_hours(hours: SchoolHours) -> SchoolHours:
    if hours.zone not in list_zones():
        raise Invalid("Choose a time zone of the list, such as Europe/Vienna.", field="zone", code="bad_hours")
    if not hours.days or not set(hours.days) <= _WEEK:
        raise Invalid("Tick the days on which there is school.", field="days", code="bad_hours")
    opens, closes = hours.opens.replace(tzinfo=None), hours.closes.replace(tzinfo=None)
    if closes <= opens:
        raise Invalid("The school has to close later than it opens.", field="closes", code="bad_hours")
    return replace(hours, days=tuple(sorted(set(hours.days))), opens=opens, closes=closes)


def _check_terms(terms: Sequence[Term]) -> tuple[Term, ...]:
    if len(terms) > MOST_TERMS:
        raise Invalid(f"Keep to {MOST_TERMS} terms.", field="terms", code="bad_terms")
    in_order = sorted((_check_term(term) for term in terms), key=lambda term: term.first_day)
    for before, after in pairwise(in_order):
        if after.first_day <= before.last_day:
            message = f"“{before.name}” and “{after.name}” overlap. A day can be in one term only."
            raise Invalid(message, field="terms", code="bad_terms")
    return tuple(in_order)


def _check_term(term: Term) -> Term:
    name = " ".join(term.name.split())
    if not name or len(name) > _LONGEST_TERM_NAME:
        raise Invalid("Give every term a short name, such as “Autumn 2026”.", field="terms", code="bad_terms")
    if term.last_day < term.first_day:
        raise Invalid(f"“{name}” ends before it begins.", field="terms", code="bad_terms")
    if (term.last_day - term.first_day).days > _LONGEST_TERM:
        raise Invalid(f"“{name}” is longer than a year. Look at its days again.", field="terms", code="bad_terms")
    return replace(term, name=name)
