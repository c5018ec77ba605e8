"""Tells whether a text is the source's own words: a run of them, or what is left when asides are taken out.

A run counts only where nothing beside it turns its meaning: no denial or doubt before it in its clause, no
restriction right after it.
"""

import re
from collections.abc import Iterator, Sequence

from safety.claim_words import TERM, Token, tokens, word_set

NEGATIONS = word_set("not no never nor neither none nothing nobody cannot without n't hardly barely lacks lack")

QUANTITIES = {
    word: kind
    for kind, words in {
        "all": "all every each always entire entirely everyone everything whole universally",
        "none": "no none never nobody nothing neither",
        "some": "some sometimes several occasionally certain partly partially",
        "most": "most mostly usually generally typically often frequently majority largely mainly commonly",
        "few": "few rarely seldom little minority scarcely hardly",
        "only": "only solely exclusively merely alone",
        "many": "many much numerous",
        "both": "both",
        "any": "any",
    }.items()
    for word in words.split()
}
"""Words of quantity and frequency by what they say."""

_DOUBTS = word_set(
    "false falsely myth mistaken mistakenly wrongly incorrect incorrectly untrue doubt doubts doubted deny "
    "denies denied if unless whether unlikely believed thought claimed assumed supposed alleged fictional "
    "hypothetical contrary wrong may might could fail fails failed unable refuse refused"
)
_RESTRICTIONS = word_set(
    "only unless if except but when without until provided although though whenever not rarely seldom"
)
_LINKS = word_set(
    "is are was were be means mean meaning refers refer to a an the called known as defined describes it "
    "termed or and of this that which these process when by we can s term one type kind form occurs involves "
    "in for"
)
_ASIDES = word_set(
    "however therefore thus also then indeed moreover furthermore consequently for example instance in fact of "
    "course again too hence meanwhile similarly finally first second third next and but so"
)
_MOST_GAPS = 2
_MOST_BETWEEN = 2
"""Words of content that may stand between a term and its definition."""
_BRACKETS = re.compile(r"\s*\([^()]*\)|\s*\[[^\[\]]*\]")


def is_cut(text: str, source: str) -> bool:
    """Whether a text, or both sides of `Term: words`, are the source's own words."""
    term = TERM.match(text)
    for there in {source: tokens(source), _BRACKETS.sub("", source): tokens(_BRACKETS.sub("", source))}.values():
        if _places(_words(text), there):
            return True
        if term and _is_bound(_words(term["term"]), _words(term["rest"]), there):
            return True
    return False


def is_turned(there: Sequence[Token], first: int, last: int) -> bool:
    """Whether words beside the tokens `first` to `last` (exclusive) turn what they say."""
    for token in reversed(there[:first]):
        if not token.is_word:
            break
        if is_negation(token) or token.lower in _DOUBTS or token.lower in QUANTITIES:
            return True
    return last < len(there) and (there[last].lower in _RESTRICTIONS or is_negation(there[last]))


def is_negation(token: Token) -> bool:
    """Whether a word denies."""
    return token.lower in NEGATIONS or token.lower.endswith("n't")


def _places(said: Sequence[str], there: Sequence[Token]) -> list[tuple[int, int]]:
    """List where the words stand, whole or around asides, with nothing beside them that turns them."""
    found = []
    for start, token in enumerate(there):
        if said and token.lower == said[0]:
            end = _follow(said, there, start)
            if end and not is_turned(there, start, end):
                found.append((start, end))
    return found


def _follow(said: Sequence[str], there: Sequence[Token], start: int) -> int:
    """Give the end of the words that begin at `start`, or 0 when more than a few asides stand between them."""
    at, gaps = start, 0
    for word in said:
        skipped = at
        while at < len(there) and there[at].lower != word:
            at += 1
        if at == len(there):
            return 0
        passed = there[skipped:at]
        if any(token.is_word for token in passed):
            gaps += 1
            if gaps > _MOST_GAPS or not _is_aside(passed):
                return 0
        at += 1
    return at


def _is_aside(passed: Sequence[Token]) -> bool:
    """Whether the words passed over may be left out: set off by signs on both sides, or mere connectives."""
    words = [token for token in passed if token.is_word]
    if any(is_negation(token) or token.lower in QUANTITIES or token.lower in _DOUBTS for token in words):
        return False
    is_set_off = not passed[0].is_word and not passed[-1].is_word
    return is_set_off or all(token.lower in _ASIDES for token in words)


def _is_bound(term: Sequence[str], rest: Sequence[str], there: Sequence[Token]) -> bool:
    """Whether the definition stands by its term, with hardly more than `is` or `called` between them."""
    return any(
        _is_link(between)
        for start, end in _places(rest, there)
        for first, last in _runs(term, there)
        for between in (there[last:start] if last <= start else there[end:first],)
        if last <= start or end <= first
    )


def _is_link(between: Sequence[Token]) -> bool:
    if any(token.text in ".;!?" or is_negation(token) for token in between):
        return False
    return sum(token.is_word and token.lower not in _LINKS for token in between) <= _MOST_BETWEEN


def _runs(said: Sequence[str], there: Sequence[Token]) -> Iterator[tuple[int, int]]:
    lower = [token.lower for token in there]
    for start in range(len(there) - len(said) + 1):
        if lower[start : start + len(said)] == list(said):
            yield start, start + len(said)


def _words(text: str) -> list[str]:
    return [token.lower for token in tokens(text) if token.is_word]
