"""How cases were closed, by the rule that raised their flags: a report for people to read.

Nothing learns from it by itself.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from domain.care import Case, Ending

_CLOSINGS = frozenset({"closed", *Ending})
"""Events that close a case; earlier versions wrote `closed` for all of them."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How often a case was closed in which a rule had a part, and how often as a false alarm.

    A case that was closed, opened again and closed once more counts twice. `subject` is what the rule looks for.
    """

    rule: str
    cases: int
    false_alarms: int
    subject: str = ""


def count_verdicts(cases: Iterable[Case]) -> list[Verdict]:
    """Count closings by rule, the most false alarms first. Drills do not count, nor what nobody has judged yet."""
    judged, false, subjects = Counter[str](), Counter[str](), dict[str, str]()
    for case in cases:
        for event in () if case.is_drill else case.events:
            if event.what not in _CLOSINGS:
                continue
            rules = {flag.worry.rule: flag.worry.subject for flag in case.flags if flag.raised_at <= event.at}
            subjects |= rules
            judged.update(rules.keys())
            if event.what == Ending.FALSE_ALARM:
                false.update(rules.keys())
    found = [Verdict(rule, count, false[rule], subjects[rule]) for rule, count in judged.items()]
    return sorted(found, key=lambda one: (-one.false_alarms, -one.cases, one.rule))
