"""How cases ended, by the rule that raised their flags: a report for people to read.

Nothing learns from it by itself.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from domain.care import Case, Ending


@dataclass(frozen=True, slots=True)
class Verdict:
    """In how many closed cases a rule had a part, and how many of them were false alarms."""

    rule: str
    cases: int
    false_alarms: int


def count_verdicts(cases: Iterable[Case]) -> list[Verdict]:
    """Count by rule, the most false alarms first. Drills do not count, nor cases that nobody has judged yet."""
    judged, false = Counter[str](), Counter[str]()
    for case in cases:
        if case.is_drill or case.ending is None:
            continue
        rules = {flag.worry.rule for flag in case.flags}
        judged.update(rules)
        if case.ending is Ending.FALSE_ALARM:
            false.update(rules)
    found = [Verdict(rule, count, false[rule]) for rule, count in judged.items()]
    return sorted(found, key=lambda one: (-one.false_alarms, -one.cases, one.rule))
