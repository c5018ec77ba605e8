"""Fit the log-odds from which on the crisis classifier speaks up, and say what they reach on a tag left out.

    python -m bench.fit_vote

Reads the development sets of the safety layer, for the thresholds alone: nothing is learned from them. A threshold is
the lowest at which harmless texts of the other tags are called dangerous no more often than the shares below; the
figures of each tag come from thresholds that have not seen it.
"""

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from safety.classifier import KINDS, Classifier, kind_of
from safety.linear import windows
from safety.normalise import plain

_SHARED = Path(os.environ.get("MARGENT_SHARED", "../shared"))
_STUDENT = {"student-chat", "student-math-chat", "question", "course-problem", "casual", "everyday-problem"}
_DOUBTFUL = {"cssrs-reddit-weak", "web-text", "openai-sh-unclear"}
_SHARES = {True: 0.0008, False: 0.012}
"""Of what students write, and of harmless texts that stand next to danger; for each kind of text."""
_STEPS = [step / 4 for step in range(8, 33)]


@dataclass(frozen=True)
class _Row:
    tag: str
    is_danger: bool
    odds: dict[str, float]


def main() -> None:
    rows = [_read(row) for name in ("crisis", "benign") for row in _load(name)]
    alarms = {True: 0, False: 0}
    found = 0
    for tag in sorted({row.tag for row in rows}):
        thresholds = _fit([row for row in rows if row.tag != tag])
        flagged = [row for row in rows if row.tag == tag and _is_flagged(row, thresholds)]
        found += sum(row.is_danger for row in flagged)
        alarms[tag in _STUDENT] += sum(not row.is_danger for row in flagged)
    for is_student, name in ((True, "what students write"), (False, "next to danger")):
        total = sum(not row.is_danger and (row.tag in _STUDENT) == is_student for row in rows)
        print(f"called dangerous in a tag left out, {name}: {alarms[is_student]} of {total}")
    print(f"found in a tag left out: {found} of {sum(row.is_danger for row in rows)}")
    print("thresholds fitted on all:", _fit(rows))


def _load(name: str) -> list[dict[str, str]]:
    paths = sorted((_SHARED / "data" / "safety").glob(f"{name}.*.jsonl"))
    rows = [json.loads(line) for path in paths for line in path.read_text("utf8").splitlines() if line.strip()]
    return [row for row in rows if row["tag"] not in _DOUBTFUL]


def _read(row: dict[str, str]) -> _Row:
    classifier = Classifier()
    odds = dict.fromkeys(KINDS, -99.0)
    for window in windows(plain(row["text"])):
        kind = kind_of(window)
        odds[kind] = max(odds[kind], classifier.weights.score(window)["danger"])
    return _Row(row["tag"], bool(row["crisis"]), odds)


def _fit(rows: Sequence[_Row]) -> dict[str, float]:
    return {kind: _lowest(rows, kind) for kind in KINDS}


def _lowest(rows: Sequence[_Row], kind: str) -> float:
    safe = {
        is_student: [r for r in rows if not r.is_danger and (r.tag in _STUDENT) == is_student] for is_student in _SHARES
    }
    for step in _STEPS:
        called = {key: sum(row.odds[kind] >= step for row in group) for key, group in safe.items()}
        if all(called[key] <= _SHARES[key] * len(safe[key]) for key in safe):
            return step
    return _STEPS[-1]


def _is_flagged(row: _Row, thresholds: dict[str, float]) -> bool:
    return any(row.odds[kind] >= threshold for kind, threshold in thresholds.items())


if __name__ == "__main__":
    main()
