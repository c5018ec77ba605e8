"""Tells whether a text is the source's own words: a run of them, or what is left when asides are taken out.

A run counts only where nothing beside it turns its meaning: no denial, doubt or quantity before it in its clause, no
condition in its sentence, no restriction right after it, no number or word cut in two. In a language whose turning
words nobody has written down (`safety.turning_words`), only whole sentences count.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from safety.claim_words import TERM, Token, tokens
from safety.losses import Shortening, find_loss
from safety.turning_words import TurningWords, turning_words

_ENDS = frozenset(".!?。！？؟।")
_MOST_GAPS = 2
_MOST_BETWEEN = 2
"""Words of content that may stand between a term and its definition."""
_BRACKETS = re.compile(r"\s*\([^()]*\)|\s*\[[^\[\]]*\]")
_ALONE = frozenset({"only", "alone", "unless", "except"})
"""Words that narrow what stands before them, anywhere in the rest of its clause."""


def is_cut(text: str, source: str, *, language: str = "en") -> bool:
    """Whether a text, or both sides of `Term: words`, are the source's own words."""
    words = turning_words(language)
    for there in {source: tokens(source), _BRACKETS.sub("", source): tokens(_BRACKETS.sub("", source))}.values():
        if words is None:
            return _is_whole(_keys(text), there)
        whole = Shortening(there, (), words, is_english=language.startswith("en"))
        if _unharmed(_keys(text), whole):
            return True
        term = TERM.match(text)
        if term and _is_bound(
            _keys(term["term"]), _unharmed(_keys(term["rest"]), replace(whole, is_phrase=True)), whole
        ):
            return True
    return False


def _unharmed(said: Sequence[str], source: Shortening) -> list[list[int]]:
    """List where the words stand and have lost nothing that matters."""
    found = _places(said, source.cited, source.words)
    return [places for places in found if not find_loss(replace(source, places=places))]


def is_turned(there: Sequence[Token], first: int, last: int, words: TurningWords) -> bool:
    """Whether words beside the tokens `first` to `last` (exclusive) turn what they say, or belong to them."""
    before = list(takewhile(lambda token: token.is_word, reversed(there[:first])))
    if any(_turns(token, words) for token in before):
        return True
    if first < len(there) and (there[first].is_joined or _counts(there[first - 1 : first], there[first])):
        return True
    if _depends(there, first, words):
        return True
    return _is_narrowed(there, last, words)


def is_negation(token: Token, words: TurningWords) -> bool:
    """Whether a word denies."""
    return token.lower in words.negations or token.lower.endswith("n't")


def _turns(token: Token, words: TurningWords) -> bool:
    """Whether a word turns what stands after it in its clause; the month of May does not."""
    return is_negation(token, words) or (token.lower in words.turning and token.text != "May")


def _counts(before: Sequence[Token], token: Token) -> bool:
    """Whether a number goes on in the next word, as in "5 million" and "five hundred"."""
    return any(one.is_number for one in before) and token.is_number


def _measures(before: Sequence[Token], token: Token) -> bool:
    """Whether a number stands right before what it counts."""
    return any(one.is_number and not one.lower.isalpha() for one in before) and token.is_content


def _depends(there: Sequence[Token], first: int, words: TurningWords) -> bool:
    """Whether an earlier clause of the sentence opens with a condition."""
    opens = True
    for token in reversed(list(takewhile(lambda one: one.text not in _ENDS, reversed(there[:first])))):
        if opens and token.lower in words.conditions:
            return True
        opens = not token.is_word
    return False


def _is_narrowed(there: Sequence[Token], last: int, words: TurningWords) -> bool:
    """Whether what follows a run narrows it, or is part of its last word or number."""
    after = list(takewhile(lambda token: token.is_word, there[last:]))
    if after and (after[0].is_joined or _counts(there[last - 1 : last], after[0])):
        return True
    if after and _measures(there[last - 1 : last], after[0]):
        return True
    if after and (after[0].lower in words.restrictions or is_negation(after[0], words)):
        return True
    if any(token.lower in _ALONE for token in after):
        return True
    is_stop = last + 1 < len(there) and there[last].text in {",", "،", "，", "、"}
    return is_stop and there[last + 1].lower in words.conditions


def _is_whole(said: Sequence[str], there: Sequence[Token]) -> bool:
    """Whether the words are whole sentences of the source, with nothing left out."""
    return any(
        (not first or there[first - 1].text in _ENDS)
        and all(not token.is_word or last == len(there) for token in there[last : last + 1])
        and (last == len(there) or any(token.text in _ENDS for token in there[last : last + 2]))
        for first, last in _runs(said, there)
    )


def _places(said: Sequence[str], there: Sequence[Token], words: TurningWords) -> list[list[int]]:
    """List where the words stand, whole or around asides, with nothing beside them that turns them."""
    found = []
    for start, token in enumerate(there):
        if said and token.key == said[0]:
            places = _follow(said, there, start, words)
            if places and not is_turned(there, start, places[-1] + 1, words):
                found.append(places)
    return found


def _follow(said: Sequence[str], there: Sequence[Token], start: int, words: TurningWords) -> list[int]:
    """Give the places of the words that begin at `start`; none when more than a few asides stand between them."""
    at, gaps = start, 0
    places = []
    for word in said:
        skipped = at
        while at < len(there) and there[at].key != word:
            at += 1
        if at == len(there):
            return []
        passed = there[skipped:at]
        if any(token.is_word for token in passed):
            gaps += 1
            if gaps > _MOST_GAPS or there[at].is_joined or not _is_aside(passed, words):
                return []
        places.append(at)
        at += 1
    return places


def _is_aside(passed: Sequence[Token], words: TurningWords) -> bool:
    """Whether the words passed over may be left out: set off by signs on both sides, or mere connectives."""
    said = [token for token in passed if token.is_word]
    if any(_turns(token, words) for token in said):
        return False
    is_set_off = not passed[0].is_word and not passed[-1].is_word
    return is_set_off or all(token.lower in words.asides for token in said)


def _is_bound(term: Sequence[str], found: Sequence[Sequence[int]], source: Shortening) -> bool:
    """Whether the definition stands by its term, with hardly more than `is` or `called` between them."""
    there = source.cited
    return any(
        _is_link(between, source.words)
        for start, end in ((places[0], places[-1] + 1) for places in found)
        for first, last in _runs(term, there)
        for between in (there[last:start] if last <= start else there[end:first],)
        if last <= start or end <= first
    )


def _is_link(between: Sequence[Token], words: TurningWords) -> bool:
    if any(token.text in ".;!?。！？؟" or is_negation(token, words) for token in between):
        return False
    return sum(token.is_word and token.lower not in words.links for token in between) <= _MOST_BETWEEN


def _runs(said: Sequence[str], there: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Yield where the words stand one after another; signs between them do not matter."""
    spoken = [(at, token.key) for at, token in enumerate(there) if token.is_word]
    keys = [key for _, key in spoken]
    for start in range(len(keys) - len(said) + 1):
        if said and keys[start : start + len(said)] == list(said):
            yield spoken[start][0], spoken[start + len(said) - 1][0] + 1


def _keys(text: str) -> list[str]:
    return [token.key for token in tokens(text) if token.is_word]
