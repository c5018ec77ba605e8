"""Adapts the safety layer to the scorer of the safety sets."""

import os
from datetime import UTC, datetime
from pathlib import Path

from adapters.embeddings.minilm import MiniLM
from domain.care import Severity, Worry
from safety.conversation import State, add
from safety.injection_signs import InjectionSigns
from safety.meaning import Meaning
from safety.personal_data import Redactor
from safety.screening import Screener

_models = Path(os.environ.get("MARGENT_MODELS", "var/models"))
_screener = Screener(vote=Meaning(MiniLM(_models / "minilm", threads=1)))
_screener.load()
_signs = InjectionSigns()
_redactor = Redactor(_models / "english")
_redactor.load()
_ORDER = tuple(Severity)


def crisis(text: str) -> dict[str, object]:
    return _told(_screener.screen(text))


def _told(worry: Worry | None) -> dict[str, object]:
    if worry is None:
        return {"flag": False, "severity": "none", "score": 0.0}
    return {"flag": True, "severity": worry.severity.value, "score": (1 + _ORDER.index(worry.severity)) / len(_ORDER)}


def multiturn(turns: list[str]) -> list[dict[str, object]]:
    state, told = State(), []
    for number, turn in enumerate(turns):
        at = datetime(2026, 1, 1, 9, number % 60, tzinfo=UTC)
        state, worry = add(state, _screener.weigh(turn), at)
        told.append(_told(worry))
    return told


def pii(text: str) -> list[dict[str, object]]:
    return [{"start": found.start, "end": found.end, "type": found.kind} for found in _redactor.find(text)]


def injection(text: str) -> dict[str, object]:
    signs = _signs.signs(text)
    return {"flag": signs.is_sign, "score": signs.score}
