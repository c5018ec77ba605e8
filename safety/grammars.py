"""Reads the grammars of danger from their files; the language of their phrases is described in `safety.phrases`.

A grammar is a file, or a folder of files that together make one: words, verbs and spellings are joined, lists
follow one another in the order of the files' names.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

from domain.care import Severity, Who
from safety.normalise import plain
from safety.phrases import Element, Grammar, Phrase, Rule, Tree

_PART = re.compile(r"\([^)]*\)\??|\S+")
_FORMS = ("", ".s", ".ing", ".ed", ".done")
"""Endings of the classes that a verb class makes: die, die.s, die.ing, die.ed, die.done."""
_NEAR = re.compile(r"\bmyself\b|\bmy\b")
_OTHERS = {"myself": ("himself", "herself", "themselves", "themself"), "my": ("his", "her", "their")}


def load_grammars(folder: Path) -> tuple[Grammar, ...]:
    """Read every grammar of a folder, in the order of their names."""
    sources = (path for path in sorted(folder.iterdir()) if path.is_dir() or path.suffix == ".yaml")
    return tuple(build_grammar(read_source(path)) for path in sources)


def read_source(path: Path) -> Mapping[str, Any]:
    """Read a grammar's file, or the files of a grammar's folder as one."""
    import yaml

    joined: dict[str, Any] = {}
    for file in sorted(path.glob("*.yaml")) if path.is_dir() else [path]:
        for key, value in yaml.load(file.read_text("utf-8"), Loader=yaml.CSafeLoader).items():
            if isinstance(value, dict):
                joined[key] = {**joined.get(key, {}), **value}
            else:
                joined[key] = [*joined.get(key, []), *value] if isinstance(value, list) else value
    return joined


def build_grammar(source: Mapping[str, Any]) -> Grammar:
    """Make a grammar out of a file's content."""
    writer = _Writer(source)
    written = [
        (rule, writer.elements(phrase))
        for rule, phrases in ((_rule(source["language"], entry), entry["phrases"]) for entry in source["rules"])
        for phrase in phrases
    ]
    counts = Counter(word for _, elements in written for element in elements for word in element.first_words)
    by_word: dict[str, list[Phrase]] = {}
    phrases = []
    for rule, elements in written:
        rarest = min((e for e in elements if e.is_needed), key=lambda e: sum(counts[word] for word in e.first_words))
        heads = tuple(text.replace(" ", "") for text in rarest.alternatives)
        parts = tuple(tuple(e.element for e in part) for part in _parted(elements))
        phrase = Phrase(rule, parts, writer.run_on(elements) if len(parts) == 1 else "(?!)", heads)
        phrases.append(phrase)
        for word in rarest.first_words:
            by_word.setdefault(word, []).append(phrase)
    short = _spelling(source)
    coded = {term: meaning for term, meaning in short.items() if " " in term}
    return Grammar(
        language=source["language"],
        is_spaced=writer.is_spaced,
        spelling={term: meaning for term, meaning in short.items() if " " not in term},
        by_word={word: tuple(group) for word, group in by_word.items()},
        phrases=tuple(phrases),
        negations=writer.negations,
        idioms=writer.any_of(source.get("idioms", [])),
        frames=writer.any_of(source.get("frames", [])),
        soon=writer.any_of(source.get("soon", [])),
        vocabulary=frozenset(
            [word for _, elements in written for element in elements for word in element.words]
            + [word for term in short for word in term.split()]
            + [plain(word) for text in source.get("ordinary", []) for word in text.split()]
        ),
        terms=re.compile(writer.spaced([_Choice(tuple(coded), Element(None))]) if coded else "(?!)"),
        coded=coded,
        fillers=writer.any_of(["{fillers}"] if writer.class_of("fillers") else []),
        first_person=writer.class_of("first"),
        grave=tuple(plain(word) for word in source.get("grave", [])),
    )


def _spelling(source: Mapping[str, Any]) -> dict[str, str]:
    """Give short forms and coded terms by what they stand for, in their plain form."""
    terms = [
        *source.get("spelling", {}).items(),
        *((entry["term"], entry["means"]) for entry in source.get("coded", [])),
    ]
    return {plain(str(term)): plain(str(meaning)) for term, meaning in terms}


def _parted(elements: Sequence["_Choice"]) -> list[list["_Choice"]]:
    parts: list[list[_Choice]] = [[]]
    for choice in elements:
        if choice is _AND:
            parts.append([])
        else:
            parts[-1].append(choice)
    return parts


@dataclass(frozen=True, slots=True)
class _Choice:
    """What may stand at a place of a phrase (nothing for a gap), as texts and as an element."""

    alternatives: tuple[str, ...]
    element: Element

    @property
    def is_needed(self) -> bool:
        return bool(self.alternatives) and not self.element.is_optional

    @property
    def first_words(self) -> list[str]:
        return sorted({alternative.split()[0] for alternative in self.alternatives})

    @property
    def words(self) -> list[str]:
        return [word for alternative in self.alternatives for word in alternative.split()]


_AND = _Choice((), Element(None))
"""Parts the parts of a phrase."""


class _Writer:
    """Writes elements as regular expressions."""

    def __init__(self, source: Mapping[str, Any]) -> None:
        self.is_spaced = source.get("is_spaced", True)
        self._sources = {**source.get("words", {}), **_verb_classes(source.get("verbs", {}))}
        self._classes: dict[str, tuple[str, ...]] = {}
        self._choices: dict[str, _Choice] = {"~": _Choice((), Element(None)), "&": _AND}
        self.negations = self.class_of("negations")

    def class_of(self, name: str) -> frozenset[str]:
        """Give the texts of a class that a language may leave out."""
        return frozenset(self._class(name)) if name in self._sources else frozenset()

    def elements(self, phrase: str) -> list[_Choice]:
        """Read a phrase."""
        return [self._choice(part) for part in _PART.findall(phrase)]

    def spaced(self, elements: Sequence[_Choice]) -> str:
        """Write words with a blank after each; a gap is up to three words that are no negation."""
        negation = "|".join(re.escape(word) for word in sorted(self.negations)) or "(?!)"
        gap = rf"(?:(?!(?:{negation})(?!\S))\S+ ){{0,3}}"
        parts = []
        for place in elements:
            choice = "|".join(re.escape(text).replace(r"\ ", " ") for text in _longest_first(place.alternatives))
            parts.append(f"(?:(?:{choice}) ){'?' if place.element.is_optional else ''}" if choice else gap)
        return r"(?<!\S)" + "".join(parts)

    def run_on(self, elements: Sequence[_Choice]) -> str:
        """Write the same without blanks; a gap is up to ten letters."""
        parts = []
        for place in elements:
            choice = "|".join(re.escape(text.replace(" ", "")) for text in _longest_first(place.alternatives))
            parts.append(f"(?:{choice}){'?' if place.element.is_optional else ''}" if choice else r"\w{0,10}?")
        return "".join(parts)

    def any_of(self, phrases: Sequence[str]) -> re.Pattern[str]:
        """Match any of several phrases; nothing when there are none."""
        write = self.spaced if self.is_spaced else self.run_on
        return re.compile("|".join(write(self.elements(phrase)) for phrase in phrases) or "(?!)")

    def _choice(self, part: str) -> _Choice:
        if part not in self._choices:
            bare = part.removesuffix("?")
            choices = bare.removeprefix("(").removesuffix(")").split("|")
            found = tuple(dict.fromkeys(words for choice in choices for words in self._expand(choice) if words))
            self._choices[part] = _Choice(found, Element(_tree(found), is_optional=part != bare))
        return self._choices[part]

    def _class(self, name: str) -> tuple[str, ...]:
        if name not in self._classes:
            entries = self._sources[name]
            texts = entries.split("|") if isinstance(entries, str) else entries
            self._classes[name] = tuple(dict.fromkeys(words for text in texts for words in self._expand(str(text))))
        return self._classes[name]

    def _expand(self, text: str) -> list[str]:
        """Give the texts that a text with class names stands for, in their plain form."""
        parts = [self._class(part[1:-1]) if part.startswith("{") else (_plain(part),) for part in text.split()]
        return [" ".join(choice) for choice in product(*parts)]


def _verb_classes(verbs: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Make the classes of verbs written `end/ends/ending/ended/ended my life`, of the writer and of somebody near.

    `die` gives {die}, {die.s}, {die.ing}, {die.ed}, {die.done}, and the same of others: {die.they}, {die.they.s} ...
    """
    made: dict[str, list[str]] = {}
    for name, entries in verbs.items():
        for entry in entries:
            verb, _, rest = entry.partition(" ")
            forms = verb.split("/")
            for ending, form in zip(_FORMS, [*forms, forms[-1]], strict=False):
                text = f"{form.replace('_', ' ')} {rest}".strip()
                made.setdefault(f"{name}{ending}", []).append(text)
                made.setdefault(f"{name}.they{ending}", []).extend(_of_others(text))
    return made


def _of_others(text: str) -> list[str]:
    found = _NEAR.search(text)
    return [_NEAR.sub(other, text, count=1) for other in _OTHERS[found[0]]] if found else [text]


def _rule(language: str, entry: Mapping[str, Any]) -> Rule:
    severity = None if entry["severity"] == "cue" else Severity(entry["severity"])
    return Rule(
        name=f"{language}.{entry['name']}",
        subject=entry["subject"],
        severity=severity,
        is_firm=entry.get("firm", False),
        at_hand=Severity(entry["at_hand"]) if "at_hand" in entry else severity,
        who=Who(entry.get("who", Who.OTHER if entry["subject"] == "friend" else Who.SELF)),
        slots=frozenset(entry.get("slots", [])),
        log_odds=entry.get("log_odds"),
        is_near=entry.get("near", False),
    )


def _tree(texts: Sequence[str]) -> Tree:
    root: dict[str, Any] = {}
    for text in texts:
        below = root
        for word in text.split():
            below = below.setdefault(word, {})
        below[""] = {}
    return root


def _plain(word: str) -> str:
    """Give a word in its plain form; most are already."""
    return word if word.isascii() and word.isalpha() and word.islower() else plain(word)


def _longest_first(texts: Sequence[str]) -> list[str]:
    return sorted(texts, key=len, reverse=True)
