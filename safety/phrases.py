"""A small language for phrases, so that the grammars of danger can be read and reviewed by people who do not program.

A phrase is words with blanks between: `(a|b c)` is either, `{name}` one of a class, a trailing `?` makes it
optional, `~` stands for up to three other words, none of them a negation. Grammars are the files in `grammar/`.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from pathlib import Path
from typing import Any

from domain.care import Severity
from safety.normalise import END, plain

_PART = re.compile(r"\([^)]*\)\??|\S+")

_LEAST_RUN_ON = 9
"""Letters that a phrase must have to be found inside a token."""

_REACH = 16
"""Words looked at on either side of a phrase's rarest word."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What a phrase says: how severe, about what; firm when it speaks of the writer's own present danger.

    `at_hand` is how severe it is when the sentence also says that it is to happen now.
    """

    name: str
    subject: str
    severity: Severity
    is_firm: bool
    at_hand: Severity


@dataclass(frozen=True)
class Phrase:
    """A phrase as a regular expression over a plain view, and as one over words written together.

    One of `heads` stands in every text that the phrase is in. Expressions are compiled when they are needed.
    """

    rule: Rule
    spaced: str
    together: str
    heads: tuple[str, ...]

    def is_in(self, words: str) -> bool:
        """Whether the phrase stands in words with a blank after each."""
        return self._spaced.search(words) is not None

    def find_run_on(self, text: str) -> str:
        """Give the phrase as it stands in words written together, or nothing."""
        if not any(head in text for head in self.heads):
            return ""
        found = self._together.search(text)
        return found[0] if found else ""

    @cached_property
    def _spaced(self) -> re.Pattern[str]:
        return re.compile(self.spaced)

    @cached_property
    def _together(self) -> re.Pattern[str]:
        return re.compile(self.together)


@dataclass(frozen=True, slots=True)
class Grammar:
    """The phrases of one language by a word that each must have, and the idioms that only sound like them."""

    language: str
    is_spaced: bool
    spelling: Mapping[str, str]
    by_word: Mapping[str, tuple[Phrase, ...]]
    phrases: tuple[Phrase, ...]
    idioms: re.Pattern[str]
    frames: re.Pattern[str]
    soon: re.Pattern[str]
    vocabulary: frozenset[str]

    def find(self, view: str) -> Iterator[tuple[Rule, str]]:
        """Yield each rule that a sentence of the view meets, with that sentence."""
        if not self.is_spaced:
            yield from self._find_unspaced("" if view.isascii() else view.replace(" ", ""))
            return
        for sentence in view.split(END):
            words = self._respell(sentence)
            if self.by_word.keys().isdisjoint(words):
                continue
            text = " ".join(words)
            for at, word in enumerate(words):
                near = self.by_word.get(word, ())
                window = " ".join([*words[max(0, at - _REACH) : at + _REACH], ""]) if near else ""
                yield from ((phrase.rule, text) for phrase in near if phrase.is_in(window))

    def find_run_on(self, token: str) -> Iterator[tuple[Rule, str]]:
        """Yield each firm rule that stands in a token of several words written together."""
        for phrase in self.phrases:
            if phrase.rule.is_firm and len(phrase.find_run_on(token)) >= _LEAST_RUN_ON:
                yield phrase.rule, token

    def has_frame(self, view: str) -> bool:
        """Whether the view speaks of school work, fiction or games."""
        return self.frames.search(self._joined(view)) is not None

    def is_soon(self, sentence: str) -> bool:
        """Whether the sentence says that it is to happen now."""
        return self.soon.search(self._joined(sentence)) is not None

    def _joined(self, text: str) -> str:
        return f"{text} " if self.is_spaced else text.replace(" ", "")

    def _find_unspaced(self, text: str) -> Iterator[tuple[Rule, str]]:
        for sentence in text.split(END):
            words = self.idioms.sub("_", sentence)
            yield from ((phrase.rule, words) for phrase in self.phrases if phrase.find_run_on(words))

    def _respell(self, sentence: str) -> list[str]:
        words = " ".join([*(self.spelling.get(word, word) for word in sentence.split()), ""])
        return self.idioms.sub("_ ", words).split()


def load_grammars(folder: Path) -> tuple[Grammar, ...]:
    """Read every grammar of a folder, in the order of their names."""
    import yaml

    sources = (path.read_text("utf-8") for path in sorted(folder.glob("*.yaml")))
    return tuple(build_grammar(yaml.load(source, Loader=yaml.CSafeLoader)) for source in sources)


def build_grammar(source: Mapping[str, Any]) -> Grammar:
    """Make a grammar out of a file's content."""
    writer = _Writer(source)
    written = [
        (rule, _elements(phrase, writer.classes))
        for rule, phrases in ((_rule(source["language"], entry), entry["phrases"]) for entry in source["rules"])
        for phrase in phrases
    ]
    counts = Counter(word for _, elements in written for element in elements for word in element.first_words)
    by_word: dict[str, list[Phrase]] = {}
    phrases = []
    for rule, elements in written:
        rarest = min((e for e in elements if e.is_needed), key=lambda e: sum(counts[word] for word in e.first_words))
        heads = tuple(text.replace(" ", "") for text in rarest.alternatives)
        phrase = Phrase(rule, writer.spaced(elements), writer.run_on(elements), heads)
        phrases.append(phrase)
        for word in rarest.first_words:
            by_word.setdefault(word, []).append(phrase)
    return Grammar(
        language=source["language"],
        is_spaced=writer.is_spaced,
        spelling={plain(str(short)): plain(long) for short, long in source.get("spelling", {}).items()},
        by_word={word: tuple(group) for word, group in by_word.items()},
        phrases=tuple(phrases),
        idioms=writer.any_of(source.get("idioms", [])),
        frames=writer.any_of(source.get("frames", [])),
        soon=writer.any_of(source.get("soon", [])),
        vocabulary=frozenset(
            [word for _, elements in written for element in elements for word in element.words]
            + [plain(str(short)) for short in source.get("spelling", {})]
        ),
    )


@dataclass(frozen=True, slots=True)
class _Element:
    """A place in a phrase: its alternatives (none for a gap), and whether it must be there."""

    alternatives: tuple[str, ...]
    is_optional: bool = False

    @property
    def is_needed(self) -> bool:
        return bool(self.alternatives) and not self.is_optional

    @property
    def first_words(self) -> list[str]:
        return sorted({alternative.split()[0] for alternative in self.alternatives})

    @property
    def words(self) -> list[str]:
        return [word for alternative in self.alternatives for word in alternative.split()]


class _Writer:
    """Writes elements as regular expressions."""

    def __init__(self, source: Mapping[str, Any]) -> None:
        self.is_spaced = source.get("is_spaced", True)
        self.classes: dict[str, tuple[str, ...]] = {}
        for name, entries in source.get("words", {}).items():
            texts = entries.split("|") if isinstance(entries, str) else entries
            self.classes[name] = tuple(dict.fromkeys(w for text in texts for w in _expand(str(text), self.classes)))
        self._negation = "|".join(re.escape(word) for word in self.classes.get("negations", ())) or "(?!)"

    def spaced(self, elements: Sequence[_Element]) -> str:
        """Write words with a blank after each; a gap is up to three words that are no negation."""
        gap = rf"(?:(?!(?:{self._negation})(?!\S))\S+ ){{0,3}}"
        parts = []
        for element in elements:
            choice = "|".join(re.escape(text).replace(r"\ ", " ") for text in _longest_first(element.alternatives))
            parts.append(f"(?:(?:{choice}) ){'?' if element.is_optional else ''}" if choice else gap)
        return r"(?<!\S)" + "".join(parts)

    def run_on(self, elements: Sequence[_Element]) -> str:
        """Write the same without blanks; a gap is up to ten letters."""
        parts = []
        for element in elements:
            choice = "|".join(re.escape(text.replace(" ", "")) for text in _longest_first(element.alternatives))
            parts.append(f"(?:{choice}){'?' if element.is_optional else ''}" if choice else r"\w{0,10}?")
        return "".join(parts)

    def any_of(self, phrases: Sequence[str]) -> re.Pattern[str]:
        """Match any of several phrases; nothing when there are none."""
        write = self.spaced if self.is_spaced else self.run_on
        written = [write(_elements(phrase, self.classes)) for phrase in phrases]
        return re.compile("|".join(written) or "(?!)")


def _rule(language: str, entry: Mapping[str, Any]) -> Rule:
    severity = Severity(entry["severity"])
    return Rule(
        name=f"{language}.{entry['name']}",
        subject=entry["subject"],
        severity=severity,
        is_firm=entry.get("firm", False),
        at_hand=Severity(entry.get("at_hand", severity)),
    )


def _elements(phrase: str, classes: Mapping[str, tuple[str, ...]]) -> list[_Element]:
    return [_element(part, classes) for part in _PART.findall(phrase)]


def _element(part: str, classes: Mapping[str, tuple[str, ...]]) -> _Element:
    if part == "~":
        return _Element(())
    bare = part.removesuffix("?")
    choices = bare.removeprefix("(").removesuffix(")").split("|")
    found = tuple(word for choice in choices for word in _expand(choice, classes))
    return _Element(found, is_optional=part != bare)


def _expand(text: str, classes: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Give the texts that a text with class names stands for, in their plain form."""
    parts = [classes[part[1:-1]] if part.startswith("{") else (plain(part),) for part in text.split()]
    return [" ".join(choice) for choice in product(*parts)]


def _longest_first(texts: Sequence[str]) -> list[str]:
    return sorted(texts, key=len, reverse=True)
