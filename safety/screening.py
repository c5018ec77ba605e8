"""Screens what people write, and what is about to be shown, for signs of danger.

Normalise, then match the phrase grammars of all languages; where they are silent, a vote may be asked. Frames
(school work, fiction, games) lower only what says nothing of the writer's own danger. A sign is for a person to
judge; nothing here is a diagnosis.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Protocol

from domain.care import Severity, Worry
from safety.classifier import Classifier
from safety.conversation import Weight, within
from safety.grammars import load_grammars
from safety.languages import is_of
from safety.linear import Linear
from safety.normalise import Mender, neighbours, plain, run_ons, sentences, undone
from safety.own_words import OwnWords, says_i
from safety.phrases import Grammar, Rule

_GRAMMARS = Path(__file__).parent / "grammar"
_ORDER = tuple(Severity)
_MAIN = "en"
"""The language whose words disguises and slips are led back to first."""

_SHORT = 24
"""Words up to which a text is taken to be about its writer."""

_DISGUISED = 0.25
"""The part of a text's words that must have been undone for it to be called disguised."""

_WRAPPED = re.compile(r"(?<=[^\n]{40}[\w,])\n(?=[^\W\d_A-Z])")
"""The end of a line of a book within a sentence: half a sentence sounds like much that it does not say."""

_LEAST_WORDS = 4
_CLEARLY = 0.8
"""The part of a sentence's words that must be of the main language for it to be of that language."""

_LOG_ODDS = {None: 0.8, Severity.LOW: 2.6, Severity.MODERATE: 3.6, Severity.HIGH: 5.0, Severity.IMMINENT: 6.0}
"""What a rule says of danger when it names no log-odds of its own."""

_FURTHER = 0.4
"""The part of its log-odds that each further cue of a text adds."""


@dataclass(frozen=True, slots=True)
class _Hit:
    """A rule that counts, how severe it is here, and whether it is one that no frame lowers."""

    rule: Rule
    severity: Severity | None
    is_own: bool
    said: str

    @property
    def worry(self) -> Worry | None:
        return Worry(self.severity, self.rule.subject, self.rule.name, self.rule.who) if self.severity else None


@dataclass(frozen=True, slots=True)
class _Views:
    """A text as it stands, with disguises undone for the main language and for all, and what was written together."""

    plain: str
    main: str
    other: str
    long: tuple[str, ...]
    parted: Mapping[str, str]

    @property
    def meant(self) -> str:
        """The text for the main language, with its words parted."""
        return " ".join(self.parted.get(word, word) for word in self.main.split(" "))

    @property
    def is_disguised(self) -> bool:
        """Whether a good part of the words had to be undone."""
        as_written, words = set(self.plain.split(" ")), self.meant.split(" ")
        return sum(word not in as_written for word in words) >= _DISGUISED * len(words)


class Vote(Protocol):
    """Judges texts that no grammar has an opinion of."""

    def vote(self, plain_text: str, only: Callable[[str], bool] | None = None) -> Worry | None:
        """Give a sign of danger in a text without disguises, or None.

        With `only`, of a file, just the windows that it says yes to are heard, and more is needed.
        """


class Screener:
    """Looks for signs of danger. The grammars are read at the first use."""

    def __init__(self, grammars: Path = _GRAMMARS, vote: Vote | None = None) -> None:
        """Use the grammars of a folder, and a vote where they are silent."""
        self._folder = grammars
        self._vote = vote

    def load(self) -> None:
        """Read now what the first text would have to wait for."""
        list(self._find(self._views("Hello.")))
        if self._vote is not None:
            self._vote.vote("i do not want to go home today")

    def screen(self, text: str) -> Worry | None:
        """Give the worst sign of danger in a text of any length, or None."""
        return self.weigh(text).worry

    def weigh(self, text: str) -> Weight:
        """Say what a text adds to a conversation: its worst sign of danger, its log-odds, the slots it fills."""
        views = self._views(text)
        hits = list(self._find(views))
        worst = max((hit for hit in hits if hit.severity), key=_gravity, default=None)
        worry = worst.worry if worst else None
        weight = Weight(
            worry,
            _log_odds({hit.rule for hit in hits}),
            frozenset(slot for hit in hits for slot in hit.rule.slots),
            is_own=worst is None or worst.is_own,
            is_framed=any(grammar.has_frame(views.plain) for grammar in self._grammars if grammar.language == _MAIN),
        )
        return weight if worry else self._without_a_sign(weight, views)

    def weigh_file(self, text: str) -> Weight:
        """Weigh a window of a file like `weigh`, but hear in it only what somebody says of themselves.

        Most words of files are a book's or a lesson's. What says little sentence by sentence does not add up there.
        """
        views = self._views(_WRAPPED.sub(" ", text))
        hits = [hit for hit in self._find(views) if self._is_said_by_somebody(hit)]
        worst = max((hit for hit in hits if hit.severity), key=_gravity, default=None)
        worry = worst.worry if worst else self._ask(views, self._own_words.is_own)
        odds = _log_odds({hit.rule for hit in hits if hit.severity})
        return Weight(worry, max(odds, _LOG_ODDS[worry.severity]) if worry else odds)

    def _is_said_by_somebody(self, hit: _Hit) -> bool:
        """Whether English says something of a person, or sounds so: elsewhere the verb may say it alone."""
        if not hit.rule.name.startswith(f"{_MAIN}.") or says_i(hit.said.split()):
            return True
        return self._letters.score(hit.said)["danger"] >= 0

    def _without_a_sign(self, weight: Weight, views: _Views) -> Weight:
        """Ask the cues together, and then the vote, about a text in which no rule saw danger."""
        worry = within(weight) or self._ask(views)
        if worry is None:
            return weight
        return replace(weight, worry=worry, log_odds=max(weight.log_odds, _LOG_ODDS[worry.severity]))

    def _ask(self, views: _Views, only: Callable[[str], bool] | None = None) -> Worry | None:
        """Ask the vote about the text as it stands, and about a disguised one as it was meant."""
        if self._vote is None:
            return None
        worry = self._vote.vote(views.plain, only)
        return self._vote.vote(views.meant, only) if worry is None and views.is_disguised else worry

    def _views(self, text: str) -> _Views:
        view, main = plain(text), undone(text, self._main_mender)
        long = run_ons(view, main)
        parted = {token: self._main_mender.part(token) for token in long}
        parted |= {word: whole for word in main.split(" ") if (whole := self._main_mender.part_whole(word))}
        return _Views(view, main, undone(text, self._mender), tuple(long), parted)

    def _find(self, views: _Views) -> Iterator[_Hit]:
        pieces = [*_pieces((views.plain, views.main, *views.parted.values())), *neighbours(views.main)]
        pieces = list(dict.fromkeys(pieces))
        others = dict.fromkeys(_pieces((views.plain, views.other)))
        foreign = [piece for piece in others if not self._is_in_main(piece)]
        for grammar in self._grammars:
            if grammar.language == _MAIN:
                found = [hit for piece in pieces for hit in grammar.find(piece)]
            else:
                found = [hit for piece in foreign for hit in _found_in_own_words(grammar, piece, views.plain)]
            if grammar.is_spaced and grammar.language != _MAIN:
                found += [hit for token in views.long for hit in grammar.find_run_on(token)]
            yield from _counted(grammar, found, views.plain)

    def _is_in_main(self, piece: str) -> bool:
        """Whether a sentence is clearly of the main language, so that no other language's words are read into it."""
        words = piece.split()
        known = sum(word in self._main_words for word in words)
        return len(words) >= _LEAST_WORDS and known >= _CLEARLY * len(words)

    @cached_property
    def _grammars(self) -> tuple[Grammar, ...]:
        return load_grammars(self._folder)

    @cached_property
    def _letters(self) -> Linear:
        return Classifier().weights

    @cached_property
    def _own_words(self) -> OwnWords:
        return OwnWords(self._grammars)

    @cached_property
    def _mender(self) -> Mender:
        everything = frozenset(word for grammar in self._grammars for word in grammar.vocabulary)
        return Mender(everything, self._main_words)

    @cached_property
    def _main_mender(self) -> Mender:
        grave = tuple(word for grammar in self._grammars if grammar.language == _MAIN for word in grammar.grave)
        return Mender(self._main_words, self._main_words, grave)

    @cached_property
    def _main_words(self) -> frozenset[str]:
        return frozenset(w for grammar in self._grammars if grammar.language == _MAIN for w in grammar.vocabulary)


@dataclass(frozen=True, slots=True)
class InFiles:
    """A screener as it reads files: a detector (`safety.bounded.Detector`)."""

    screener: Screener

    def load(self) -> None:
        """Read what the screener needs."""
        self.screener.load()

    def weigh(self, text: str) -> Weight:
        """Weigh a window of a file."""
        return self.screener.weigh_file(text)


def _counted(grammar: Grammar, found: Sequence[tuple[Rule, str]], view: str) -> Iterator[_Hit]:
    """Yield the rules that count in a text: one that needs the first person, and one in a frame, may not."""
    for rule, said in found:
        is_near = not rule.is_near or grammar.is_about_the_writer(said)
        is_own = rule.is_firm and is_near
        if is_own or ((is_near or view.count(" ") < _SHORT) and not grammar.has_frame(view)):
            yield _Hit(rule, rule.at_hand if grammar.is_soon(said) else rule.severity, is_own=is_own, said=said)


def _found_in_own_words(grammar: Grammar, piece: str, view: str) -> Iterator[tuple[Rule, str]]:
    """Yield what a grammar finds in a piece of a view, where it stands in words of the grammar's language."""
    for rule, said in grammar.find(piece):
        if not grammar.is_spaced or is_of(grammar, rule, piece, text=view.split()):
            yield rule, said


def _gravity(hit: _Hit) -> tuple[int, bool]:
    return _ORDER.index(hit.severity or Severity.LOW), hit.is_own


def _log_odds(rules: AbstractSet[Rule]) -> float:
    """Add up rules: the gravest in full, a part of the three that follow."""
    odds = sorted(
        (_LOG_ODDS[rule.severity] if rule.log_odds is None else rule.log_odds for rule in rules), reverse=True
    )
    return odds[0] + _FURTHER * sum(odds[1:4]) if odds else 0.0


def _pieces(views: tuple[str, ...]) -> Iterator[str]:
    for view in views:
        yield from sentences(view)
