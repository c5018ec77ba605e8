"""Looks for orders to the machine in what people write and in what they hand in: a signal, never a gate.

Structure does the work (see `safety/injection.py`); a sign lowers trust. Phrases of several families add up within
a stretch of a text, together with a classifier's word; encoded words are decoded and looked at again.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from math import prod
from pathlib import Path

from domain.documents import Page, Range
from safety.claim_words import sentences
from safety.classifier import kind_of
from safety.hidden_orders import markup_signs, revealed
from safety.injection_phrases import OrderGrammar, load_orders
from safety.linear import windows
from safety.linear_batch import LinearBatch
from safety.normalise import END, plain
from safety.stray_tasks import has_stray_task, list_stray_tasks

_WEIGHTS = Path(__file__).parent / "weights" / "orders.npz"
_SURE = ((5.0, 0.62), (3.0, 0.45), (1.5, 0.3))
"""From which log-odds of the classifier on its word counts how much."""
_GRAMMARS = Path(__file__).parent / "injection_grammar"
THRESHOLD = 0.6
"""From this score on a text has a sign."""

_REACH = 12
"""Sentences within which phrases add up."""

_LEANS = 0.3
"""From this score on a sentence beside an order belongs to it."""

_WORDING_ALONE = ("wording",)
_NOT_IN_PROSE = frozenset({"grading"})
"""Families that speak to nobody and yet are no prose: full marks are demanded."""

_CALMED = 0.4
"""What is left of a cue that other words of the stretch explain harmlessly."""

_LESSON = re.compile(
    r"\b(prompt injections?|injection attacks?|jailbreak(ing|s) (is|are|attacks?|means)|owasp|phishing|"
    r"attackers?|adversarial|untrusted|social engineering|red team(ing|ers)?)\b"
)
_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|\b[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|xyz|io|app|info|example|biz|test)\b\S*"
)
_SPOKEN_TO = re.compile(
    r"\b(?:you|your|yours|yourself|youre|ais?|llms?|gpt|chatgpt|assistants?|chatbots?|bots?|graders?|tutor|prompts?|models?|"
    r"instructions?|summari[sz]ers?|automated)\b|"
    r"(?:^|\| )(?:(?:please|now|also|then|and|but|instead|first|just) )*"
    r"(?:ignore|disregard|forget|tell|say|print|output|reply|respond|write|send|include|add|append|reveal|show|repeat|"
    r"do not|dont|never|always|stop|act|pretend|translate|answer|give|provide|insert|end|begin|start|replace|mention|"
    r"recommend|list|explain|describe|summari[sz]e|call|visit|click|open|set|treat|rate|grade|mark|award|delete|run|"
    r"execute|follow|decode|read|remember|save|switch|enable|disable|recite|generate|create)\b"
)
"""Whom an order is for, or a verb at the beginning: without either, a sentence of English tells and orders nothing."""

_QUOTED = re.compile(r"[\"“„«][^\"“”„«»]{3,200}[\"”“»]|(?<!\w)['‘][^'‘’]{3,200}['’](?!\w)")


@dataclass(frozen=True, slots=True)
class Signs:
    """How much a text sounds like an order to the machine (0 to 1), and by which families of phrases."""

    score: float
    kinds: tuple[str, ...] = ()

    @property
    def is_sign(self) -> bool:
        """Whether it is enough to say so."""
        return self.score >= THRESHOLD


@dataclass(frozen=True, slots=True)
class _Cue:
    """A family of phrases or markup found in the sentence of a number, how sure it is, and what it calms."""

    kind: str
    weight: float
    at: int = 0
    calms: frozenset[str] = frozenset()


class InjectionSigns:
    """Looks for orders to the machine. The grammars are read at the first use."""

    def __init__(self, grammars: Path = _GRAMMARS, weights: Path = _WEIGHTS) -> None:
        """Use the grammars of a folder, and the weights of a file."""
        self._folder = grammars
        self._linear = LinearBatch(weights)

    def signs(self, text: str) -> Signs:
        """Weigh a text of any length by its most suspicious stretch."""
        found = [_Cue(kind, weight) for kind, weight in markup_signs(text)]
        found += [_Cue("stray_task", 0.7)] if has_stray_task(text) else []
        found += self._phrases(text)
        for hidden in revealed(text):
            inner = _weigh(self._phrases(hidden))
            found += [_Cue("encoded", inner.score)] if inner.is_sign else []
        return _weigh(found, self._wording(text))

    def is_marked(self, page: Page) -> bool:
        """Whether a page of a reading has orders, in its hidden words or at a place in its text that can be shown."""
        if not self.signs("\n".join((page.text, *page.hidden))).is_sign:
            return False
        return self.signs("\n".join(page.hidden)).is_sign or bool(self.list_marks(page.text))

    def list_marks(self, text: str) -> list[Range]:
        """List the places to show of a page with orders: sentences side by side as one, where they speak to somebody.

        Plain prose tells of orders, rules and limits without giving any.
        """
        marks: list[Range] = []
        for at in self.list_orders(text):
            if marks and not text[marks[-1].end : at.start].strip():
                marks[-1] = Range(marks[-1].start, at.end)
            else:
                marks.append(at)
        strays = list_stray_tasks(text)
        return [at for at in marks if at in strays or self._speaks_to_somebody(text[at.start : at.end])]

    def _speaks_to_somebody(self, text: str) -> bool:
        """Whether words are addressed to somebody, or are what no prose holds. Other languages are not asked."""
        view = plain(text)
        if kind_of(view) == "other" or _SPOKEN_TO.search(view) is not None or any(markup_signs(text)):
            return True
        return not _NOT_IN_PROSE.isdisjoint(self.signs(text).kinds)

    def list_orders(self, text: str) -> list[Range]:
        """List the sentences that read like orders by themselves or with the next one, and what goes with them.

        So do lines that are tasks amid a letter. The classifier's word alone makes no sentence an order. In a lesson
        about such attacks what it quotes is not meant.
        """
        is_lesson = _LESSON.search(text.casefold()) is not None
        places = [Range(start, end) for start, end in sentences(text)]
        said = [text[at.start : at.end] for at in places]
        said = [_QUOTED.sub(" quotation ", one) for one in said] if is_lesson else said
        scores = [self._spoken(one) for one in said]
        found = {at for at, score in enumerate(scores) if score >= THRESHOLD}
        for at in range(len(places) - 1):
            both = scores[at : at + 2]
            signs = self.signs(" ".join(said[at : at + 2])) if min(both) >= _LEANS or max(both) < _LEANS else Signs(0.0)
            # a phrase may go over a full stop that stands within it
            if signs.is_sign and signs.kinds != _WORDING_ALONE and (max(both) >= _LEANS or len(signs.kinds) == 1):
                found |= {at, at + 1}
        for at in (*range(1, len(places)), *range(len(places) - 2, -1, -1)):
            if scores[at] >= _LEANS and found & {at - 1, at + 1}:
                found.add(at)
        strays = [at for at in list_stray_tasks(text) if not any(_touch(at, places[one]) for one in found)]
        return sorted([*(places[at] for at in found), *strays], key=lambda at: at.start)

    def _spoken(self, sentence: str) -> float:
        signs = self.signs(sentence)
        return 0.0 if signs.kinds == _WORDING_ALONE else signs.score

    def _wording(self, text: str) -> float:
        """Say how much the classifier's word counts, by the window that sounds most like an order."""
        odds = max(self._linear.score_all(windows(plain(text)))["order"], default=0.0)
        return next((weight for least, weight in _SURE if odds >= least), 0.0)

    def _phrases(self, text: str) -> list[_Cue]:
        found = []
        for view in _views(text):
            ends = [at for at, letter in enumerate(view) if letter == END]
            for grammar in self._grammars:
                found += [
                    _Cue(pattern.kind, pattern.weight, bisect_right(ends, at), pattern.calms)
                    for pattern, at in grammar.find(view)
                ]
        return found

    @cached_property
    def _grammars(self) -> tuple[OrderGrammar, ...]:
        return load_orders(self._folder)


def _touch(one: Range, other: Range) -> bool:
    return one.start < other.end and other.start < one.end


def _views(text: str) -> list[str]:
    """Give the plain view, and one in which addresses and quotations are one word each.

    Of a lesson about such attacks only the second: what it quotes is not meant.
    """
    whole = _ADDRESS.sub(" weblink ", text)
    short = _QUOTED.sub(" quotation ", whole)
    return list(dict.fromkeys(plain(view) for view in ([short] if _LESSON.search(text.casefold()) else [whole, short])))


def _weigh(found: list[_Cue], wording: float = 0.0) -> Signs:
    best = Signs(wording, ("wording",)) if wording else Signs(0.0)
    for first in sorted({cue.at for cue in found}):
        stretch = [cue for cue in found if first <= cue.at <= first + _REACH]
        calmed = {kind for cue in stretch for kind in cue.calms}
        weights = {"wording": wording * _CALMED if calmed else wording}
        for cue in stretch:
            weight = cue.weight * _CALMED if cue.kind in calmed else cue.weight
            weights[cue.kind] = max(weight, weights.get(cue.kind, 0.0))
        score = round(1 - prod(1 - weight for weight in weights.values()), 4)
        if score > best.score:
            best = Signs(score, tuple(sorted(kind for kind, weight in weights.items() if weight)))
    return best
