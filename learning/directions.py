"""Words that turn the sense of an answer: more and fewer, rise and fall, before and after, first and second, not."""

import re
from collections.abc import Sequence

from domain.words import FUNCTION_WORDS, stem

_DENIALS = frozenset(
    ["not", "no", "never", "none", "neither", "nor", "without", "cannot", "hardly", "nobody", "nothing", "seldom"]
)

_COMPARING = (
    ("more higher greater larger bigger", "fewer less lower smaller"),
    ("faster quicker", "slower"),
    ("warmer hotter", "colder cooler"),
    ("longer", "shorter"),
    ("stronger", "weaker"),
    ("better", "worse"),
    ("cheaper", "dearer costlier"),
    ("most highest largest greatest biggest maximum", "least fewest lowest smallest minimum"),
    ("before earlier", "after later"),
    ("above over", "below under beneath"),
)
_PLACING = (
    ("north northern", "south southern"),
    ("east eastern eastward", "west western westward"),
    ("left", "right"),
    ("first", "second", "third", "fourth", "fifth", "last"),
    ("inside", "outside"),
    ("many", "few"),
    ("always", "sometimes"),
    ("all", "some"),
    ("hot warm", "cold cool"),
    ("light", "dark"),
    ("high", "low"),
    ("large big", "small little"),
    ("fast", "slow"),
    ("strong", "weak"),
    ("open opens opened opening", "close closes closed closing"),
)
_UP = """rise rises rose risen rising raise raises raised raising increase increases increased increasing grow grows
    grew grown growing up upward upwards gain gains gained climb climbs climbed"""
_DOWN = """fall falls fell fallen falling decrease decreases decreased decreasing drop drops dropped dropping decline
    declines declined declining reduce reduces reduced reducing shrink shrinks shrank down downward downwards lose
    loses lost sink sinks sank"""
_MOVING = ((_UP, _DOWN),)


def _poles(groups: Sequence[Sequence[str]]) -> dict[str, tuple[str, int]]:
    return {word: (poles[0], pole) for poles in groups for pole, words in enumerate(poles) for word in words.split()}


_COMPARED, _MOVED = _poles(_COMPARING), _poles(_MOVING)
_TURNING = _COMPARED | _MOVED | _poles(_PLACING)
_MUST_BE_SAID = frozenset(axis for axis, _ in _COMPARED.values())


def agree(said: Sequence[str], wanted: Sequence[str]) -> bool:
    """Whether an answer's words point the way the key's do: denied where it denies, more where it says more."""
    if _is_denied(said) != _is_denied(wanted):
        return False
    return _same_poles(said, wanted) and not _is_crossed(said, wanted)


def is_opposite(word: str, other: str) -> bool:
    """Whether two words are opposites that a slip of typing may turn into each other, as micro and macro do."""
    one, two = _TURNING.get(word), _TURNING.get(other)
    if one and two and one[0] == two[0] and one[1] != two[1]:
        return True
    begin = [
        (word.startswith(a) and other.startswith(b)) or (word.startswith(b) and other.startswith(a))
        for a, b in _PREFIXES
    ]
    return any(begin)


_PREFIXES = (("macro", "micro"), ("hyper", "hypo"), ("inter", "intra"))


def _is_denied(words: Sequence[str]) -> bool:
    return any(word in _DENIALS or re.search(r"n't$", word) for word in words)


def _same_poles(said: Sequence[str], wanted: Sequence[str]) -> bool:
    """Whether on every axis that the key names the answer names the same side, and no comparison is left out."""
    mine, theirs = _sides(said), _sides(wanted)
    for axis, poles in theirs.items():
        found = mine.get(axis, set())
        if found - poles or (axis in _MUST_BE_SAID and found != poles):
            return False
    return True


def _sides(words: Sequence[str]) -> dict[str, set[int]]:
    sides: dict[str, set[int]] = {}
    for word in words:
        if word in _TURNING:
            axis, pole = _TURNING[word]
            sides.setdefault(axis, set()).add(pole)
    return sides


def _is_crossed(said: Sequence[str], wanted: Sequence[str]) -> bool:
    """Whether a thing that rises in the key falls in the answer, though both hold one rise and one fall."""
    mine, theirs = _bound(said), _bound(wanted)
    return any(
        (thing, axis, 1 - pole) in mine and (thing, axis, 1 - pole) not in theirs for thing, axis, pole in theirs
    )


def _bound(words: Sequence[str]) -> set[tuple[str, str, int]]:
    """Tie each comparison to the thing after it, and each movement to the thing before it."""
    found = set()
    for at, word in enumerate(words):
        table = _COMPARED if word in _COMPARED else _MOVED
        if word in table:
            beside = words[at + 1 :] if table is _COMPARED else words[:at][::-1]
            thing = next((other for other in beside if other not in FUNCTION_WORDS and other not in _TURNING), "")
            found.add((stem(thing), *table[word]))
    return found
