"""Screens what people write, and what is about to be shown, for signs of danger.

Normalise, then match the phrase grammars of all languages. Frames (school work, fiction, games) lower only what
says nothing of the writer's own danger. A sign is for a person to judge; nothing here is a diagnosis.
"""

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from domain.care import Severity, Worry
from safety.normalise import Mender, plain, run_ons, undone
from safety.phrases import Grammar, Rule, load_grammars

_GRAMMARS = Path(__file__).parent / "grammar"
_ORDER = tuple(Severity)


class Screener:
    """Looks for signs of danger. The grammars are read at the first use."""

    def __init__(self, grammars: Path = _GRAMMARS) -> None:
        """Use the grammars of a folder."""
        self._folder = grammars

    def screen(self, text: str) -> Worry | None:
        """Give the worst sign of danger in a text of any length, or None."""
        worst: Worry | None = None
        for rule, severity in self._find(text):
            if worst is None or _ORDER.index(severity) > _ORDER.index(worst.severity):
                worst = Worry(severity, rule.subject, rule.name)
        return worst

    def _find(self, text: str) -> Iterator[tuple[Rule, Severity]]:
        views = list(dict.fromkeys((plain(text), undone(text, self._mender))))
        long = run_ons(views[0], views[-1])
        for grammar in self._grammars:
            found = [hit for view in views for hit in grammar.find(view)]
            found += [hit for token in long if grammar.is_spaced for hit in grammar.find_run_on(token)]
            for rule, sentence in found:
                if rule.is_firm or not grammar.has_frame(views[0]):
                    yield rule, rule.at_hand if grammar.is_soon(sentence) else rule.severity

    @cached_property
    def _grammars(self) -> tuple[Grammar, ...]:
        return load_grammars(self._folder)

    @cached_property
    def _mender(self) -> Mender:
        everything = frozenset(word for grammar in self._grammars for word in grammar.vocabulary)
        common = frozenset(
            word for grammar in self._grammars if grammar.language == "en" for word in grammar.vocabulary
        )
        return Mender(everything, common)
