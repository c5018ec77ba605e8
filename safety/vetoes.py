"""What overrules any likeness between a claim and its source.

Other numbers, units, dates, names, negations, quantities, comparisons or word order. Each finding is a reason in
words, and says whether the source says otherwise or merely does not say it; that nothing is found proves nothing.
"""

import re
from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise

from safety.claim_words import TERM, Token, content, sentences, tokens, word_set
from safety.cuts import is_negation
from safety.near_copies import Veto, compare
from safety.opposites import find_opposite, means_the_same
from safety.turning_words import TurningWords, turning_words

_UNIT = re.compile(
    r"%|percent|percentage|points?|[kcmµμn]?m|km|mm|cm|nm|kg|g|mg|s|ms|h|hz|khz|mhz|ghz|j|kj|n|w|kw|mw|v|a|k|pa|kpa|mol"
    r"|l|ml|c|f|au|ev|kev|mev"
    r"|(?:kilo|centi|milli|micro|nano|mega|giga)?(?:met(?:er|re)|gram|lit(?:er|re)|watt|joule|hertz|volt|byte|pascal)s?"
    r"|miles?|feet|foot|inch(?:es)?|pounds?|ounces?|tons?|tonnes?|acres?|gallons?|seconds?|minutes?|hours?|days?|weeks?"
    r"|months?|years?|decades?|centur(?:y|ies)|newtons?|amperes?|kelvins?|degrees?|dollars?|euros?|cents?|celsius"
    r"|fahrenheit|moles?|people|times|light|calories|atoms?|billion|million|thousand|trillion|hundred|radians?|parsecs?",
    re.IGNORECASE,
)
_STRONG = frozenset({"all", "none", "most", "few", "only", "both"})
_EXCLUDES = {
    frozenset(pair.split(":")) for pair in ("all:none", "most:few", "some:none", "most:none", "many:none", "many:few")
}
_DENIALS = re.compile(r"^(?:un|in|im|il|ir|dis|non|mis)\w{3,}|\w{3,}less$")
_HALF_DENIALS = word_set("few little rarely seldom only prevent prevents avoid avoids refuse absent absence impossible")
_BEGINNINGS = frozenset({".", "!", "?", ":", "“", '"', "(", "…", "‘", "'"})
_NEW = 2
"""Words of content that a further cited sentence must add, to be read beside the claim."""


def find_vetoes(claim: str, source: str, *, before: str = "", language: str = "en") -> list[Veto]:
    """Compare a claim with the words it cites. `before` may also name whom the cited words speak of."""
    said, cited = tokens(claim), tokens(source)
    words = turning_words(language)
    known = {token.stem for token in (*cited, *tokens(before))}
    found = [*_numbers(said, cited), *_signs(said, cited), *_names(said, known)]
    if words is None:
        return found
    for start, end in sentences(claim):
        said = tokens(claim[start:end])
        window = _window(said, source)
        found += [*_quantities(said, window, words), *_negations(said, window, words, tokens(before))]
        if language.startswith("en"):
            found += _opposites(said, window)
            term = TERM.match(claim[start:end])
            place = term.start("rest") if term else 0
            found += [] if found else compare(said, window, known, words=words, ordered_from=place)
    return found


def _window(said: Sequence[Token], source: str) -> list[Token]:
    """Choose the cited sentences that a sentence of the claim is about: the nearest, and those that add to it."""
    wanted = {token.stem for token in content(said)}
    parts = [tokens(source[start:end]) for start, end in sentences(source)]
    chosen: set[int] = set()
    while len(chosen) < len(parts):
        gains = {at: len(wanted & {token.stem for token in parts[at]}) for at in range(len(parts)) if at not in chosen}
        best = max(gains, key=lambda at: gains[at])
        if chosen and gains[best] < _NEW:
            break
        chosen.add(best)
        wanted -= {token.stem for token in parts[best]}
    return [token for at in sorted(chosen) for token in parts[at]]


def _numbers(said: Sequence[Token], cited: Sequence[Token]) -> list[Veto]:
    there = {token.key for token in cited}
    missing = [token.text for token in said if token.is_number and token.key not in there and token.lower != "one"]
    if missing:
        others = any(token.is_number for token in cited)
        return [Veto(f"says {missing[0]}, which the source does not", is_contradiction=others)]
    units = _units(cited)
    for number, unit in _units(said).items():
        if number in units and unit - units[number]:
            return [Veto(f"gives {number} another unit than the source", is_contradiction=True)]
    return []


def _units(found: Sequence[Token]) -> dict[str, set[str]]:
    """Give what each number counts, where a word that may be a unit stands right after it."""
    units: dict[str, set[str]] = {}
    for number, unit in pairwise(found):
        if number.is_number and _UNIT.fullmatch(unit.text):
            units.setdefault(number.key, set()).add("%" if unit.key == "%" else unit.stem)
    return units


def _signs(said: Sequence[Token], cited: Sequence[Token]) -> list[Veto]:
    """Find signs that say something, such as currencies and relations, that the source does not have."""
    there = {token.key for token in cited}
    for token in said:
        if not token.text[-1].isalnum() and token.is_word and token.key not in there:
            return [Veto(f"writes {token.text}, which the source does not", is_contradiction=False)]
    return []


def _names(said: Sequence[Token], known: AbstractSet[str]) -> list[Veto]:
    for before, token in pairwise((None, *said)):
        assert token is not None
        begins = before is None or before.text in _BEGINNINGS
        is_name = token.text[0].isupper() and not (begins and not token.text[1:].isupper())
        if is_name and token.is_content and token.stem not in known:
            return [Veto(f"names {token.text}, which the source does not", is_contradiction=False)]
    return []


def _quantities(said: Sequence[Token], cited: Sequence[Token], words: TurningWords) -> list[Veto]:
    kinds = {words.quantities.get(token.lower) for token in cited} - {None}
    for token in said:
        kind = words.quantities.get(token.lower)
        if kind in _STRONG and kind not in kinds:
            excludes = any(frozenset({kind, other}) in _EXCLUDES for other in kinds)
            return [Veto(f"says “{token.text}”, which the source does not", is_contradiction=excludes)]
    return []


def _opposites(said: Sequence[Token], cited: Sequence[Token]) -> list[Veto]:
    """Find words of the claim whose opposite the source says more often, and they less often."""
    mine, theirs = Counter(token.lower for token in said), Counter(token.lower for token in cited)
    fewer = {word for word in theirs if mine[word] < theirs[word]}
    for word in mine:
        other = find_opposite(word, fewer) if mine[word] > theirs[word] else ""
        if other and not means_the_same(word, theirs.keys()):
            return [Veto(f"says “{word}” where the source says “{other}”", is_contradiction=True)]
    return []


def _negations(
    said: Sequence[Token], cited: Sequence[Token], words: TurningWords, before: Sequence[Token]
) -> list[Veto]:
    denied, denied_there = _denied(said, words), _denied(cited, words)
    plain, plain_there = _plain(said, denied), _plain(cited, denied_there)
    if word := next((word for word in denied if word in plain_there and word not in denied_there), ""):
        return [Veto(f"denies what the source says ({word})", is_contradiction=True)]
    if word := next((word for word in denied_there if word in plain and word not in denied), ""):
        return [Veto(f"says what the source denies ({word})", is_contradiction=True)]
    if word := next((token.text for token in said if is_negation(token, words)), ""):
        says_no = (
            is_negation(token, words) or token.lower in _HALF_DENIALS or _DENIALS.match(token.lower)
            for token in (*cited, *before)
        )
        if not any(says_no):
            return [Veto(f"denies something (“{word}”), and the source denies nothing", is_contradiction=False)]
    return []


def _denied(found: Sequence[Token], words: TurningWords) -> list[str]:
    """List the stems of the next word of content after each negation."""
    spoken = [token for token in found if token.is_word]
    denied = []
    for at, token in enumerate(spoken):
        if is_negation(token, words):
            denied += [next((later.stem for later in spoken[at + 1 : at + 5] if later.is_content), "")]
    return [word for word in denied if word]


def _plain(found: Sequence[Token], denied: Sequence[str]) -> set[str]:
    said = Counter(token.stem for token in found if token.is_content)
    said.subtract(denied)
    return {stem for stem, count in said.items() if count > 0}
