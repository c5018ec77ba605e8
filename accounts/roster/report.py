"""What became of each row of a roster, in a sentence, and the same as a file to take away."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from accounts.roster.cells import to_csv


class Outcome(StrEnum):
    """What became of a row."""

    ADDED = "added"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class RowReport:
    """What became of a row; `line` is where it begins in its file."""

    line: int
    name: str
    outcome: Outcome
    sentence: str


@dataclass(frozen=True, slots=True)
class Report:
    """All rows in the order of the file. While `is_trial`, it is what would happen."""

    rows: tuple[RowReport, ...]
    is_trial: bool = False

    @property
    def counts(self) -> Mapping[Outcome, int]:
        """How many rows had each outcome."""
        found = Counter(row.outcome for row in self.rows)
        return {outcome: found[outcome] for outcome in Outcome}

    def to_csv(self) -> str:
        """Give the report as comma-separated values."""
        rows = ((row.line, row.name, row.outcome.value, row.sentence) for row in self.rows)
        return to_csv([("line", "name", "outcome", "what happened"), *rows])
