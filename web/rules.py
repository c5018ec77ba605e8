"""What the school decides for itself: name, country, language, terms, hours, and who is told of support."""

from collections.abc import Iterator
from datetime import date, time
from itertools import chain, repeat

from fastapi import APIRouter, Request
from fastapi.responses import Response

from accounts.countries import list_countries
from accounts.school_rules import CONSENT_AGES, LANGUAGES, MOST_TERMS, list_zones
from api.deps import SchoolManager, TheServices, Visitor
from api.services import Services
from domain.errors import Invalid
from domain.people import SchoolHours, SchoolRules, Term
from safety.wording import counts_as_checked, list_helplines
from web.forms import Posted, TheForm, go_to
from web.templating import pages_of

_EMPTY_LINES = 2
_FIELDS = ("school_name", "country", "consent_age", "language", "tells_teachers_of_support", "zone", "opens", "closes")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def build_router() -> APIRouter:
    """Give the routes."""
    router = APIRouter(prefix="/school/rules")
    router.get("")(show_rules)
    router.post("")(set_rules)
    router.post("/helplines")(check_helplines)
    return router


def show_rules(request: Request, visitor: SchoolManager, services: TheServices) -> Response:
    """Show the rules as they are."""
    return _show(request, visitor, services)


def set_rules(request: Request, visitor: SchoolManager, services: TheServices, form: TheForm) -> Response:
    """Set them."""
    try:
        age = form.number("consent_age") or 0
        rules = SchoolRules(
            country=form.text("country"),
            consent_age=age,
            language=form.text("language"),
            terms=tuple(_terms(form)),
            tells_teachers_of_support="tells_teachers_of_support" in form.values,
            hours=_hours(form) or services.office.load_school(visitor.person).rules.hours,
        )
        services.office.set_rules(visitor.person, rules, name=form.text("school_name"))
    except Invalid as error:
        return _show(request, visitor, services, form=form, problem=error)
    return go_to("/school/rules?saved=1")


def check_helplines(visitor: SchoolManager, services: TheServices, _form: TheForm) -> Response:
    """Note that the numbers were called today."""
    services.office.check_helplines(visitor.person)
    return go_to("/school/rules#helplines")


def _show(
    request: Request,
    visitor: Visitor,
    services: Services,
    *,
    form: Posted | None = None,
    problem: Invalid | None = None,
) -> Response:
    school = services.office.load_school(visitor.person)
    return pages_of(request).show(
        request,
        "office/rules.html",
        status=422 if problem else 200,
        typed={name: form.text(name) for name in _FIELDS} if form else _typed(school.name, school.rules),
        lines=_lines(school.rules.terms, form),
        countries=list_countries(),
        languages=LANGUAGES,
        ages=CONSENT_AGES,
        zones=list_zones(),
        weekdays=_DAYS,
        days=_typed_days(form) if form else school.rules.hours.days,
        helplines=[line for line in list_helplines() if line.country == school.rules.country.lower()],
        checked_on=school.rules.helplines_checked_on if _is_checked(school.rules, services) else None,
        country=list_countries().get(school.rules.country, ""),
        is_saved=problem is None and "saved" in request.query_params,
        problem=problem,
    )


def _is_checked(rules: SchoolRules, services: Services) -> bool:
    return counts_as_checked(rules.helplines_checked_on, services.clock.now().date())


def _typed(name: str, rules: SchoolRules) -> dict[str, str]:
    return {
        "school_name": name,
        "country": rules.country,
        "consent_age": str(rules.consent_age or ""),
        "language": rules.language,
        "tells_teachers_of_support": "yes" if rules.tells_teachers_of_support else "",
        "zone": rules.hours.zone,
        "opens": f"{rules.hours.opens:%H:%M}",
        "closes": f"{rules.hours.closes:%H:%M}",
    }


def _typed_days(form: Posted) -> tuple[int, ...]:
    return tuple(day for day in range(1, len(_DAYS) + 1) if form.text(f"weekday_{day}"))


def _hours(form: Posted) -> SchoolHours | None:
    """Give the school's hours; None when the form had none."""
    if not form.text("zone"):
        return None
    return SchoolHours(form.text("zone"), _typed_days(form), _time(form, "opens"), _time(form, "closes"))


def _time(form: Posted, name: str) -> time:
    try:
        return time.fromisoformat(form.text(name))
    except ValueError:
        raise Invalid("Give the time as hours and minutes, such as 08:00.", field=name) from None


def _lines(terms: tuple[Term, ...], form: Posted | None) -> list[tuple[str, str, str]]:
    """Give name, first and last day of each line of terms, with empty lines for more."""
    if form is not None:
        typed = ((form.text(f"term_{n}"), form.text(f"first_{n}"), form.text(f"last_{n}")) for n in range(MOST_TERMS))
        known = [line for line in typed if any(line)]
    else:
        known = [(term.name, term.first_day.isoformat(), term.last_day.isoformat()) for term in terms]
    return list(chain(known, repeat(("", "", ""), _EMPTY_LINES)))[:MOST_TERMS]


def _terms(form: Posted) -> Iterator[Term]:
    for number in range(MOST_TERMS):
        name, first, last = (form.text(f"{part}_{number}") for part in ("term", "first", "last"))
        if name or first or last:
            yield Term(name, _day(first), _day(last))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        message = "Give every term a name, a first and a last day, such as 2027-07-31. Empty the line to take it out."
        raise Invalid(message, field="terms") from None
