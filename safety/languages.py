"""Tells whether a phrase of one language was found in words of that language, or in another's that look alike.

"ts" in a formula is no French, "die" among German words no English. What a phrase needs to match is judged by itself
first: words that only its language has speak for it wherever they stand. Where there are too few of those, the
sentence around must be of the language.
"""

from collections.abc import Collection, Sequence

from safety.known_words import WORDS_OF
from safety.normalise import plain
from safety.phrases import Grammar, Rule

_LONG = 7
"""Letters from which on one word that only a language has is enough."""

_LETTERS = 6
"""Letters that two such words and more must have together."""

_SHORTEST = 2
_SHORT_FORM = 4
"""Letters below which a short form may be anything: of a formula, of another language."""


def is_of(grammar: Grammar, rule: Rule, sentence: str, *, text: Sequence[str]) -> bool:
    """Whether a rule that a grammar found in a sentence of a view stands there in the grammar's own language.

    `text` are the words of the text around as they stand: by the commonest of them it is told of which language the
    phrase might be instead. A word that was led back to another counts for no language.
    """
    own = grammar.vocabulary | WORDS_OF.get(grammar.language, frozenset())
    other = _likeliest_other(text, grammar.language)
    if other is None:
        return True
    telling = own - WORDS_OF[other] - {short for short in grammar.spelling if len(short) < _SHORT_FORM}
    if _speaks_alone([word for word in _least(grammar, rule, sentence.split()) if word in telling.intersection(text)]):
        return True
    words = sentence.split()
    theirs = WORDS_OF[other] - WORDS_OF.get(grammar.language, frozenset())
    return sum(word in telling for word in words) >= sum(word in theirs for word in words)


def is_mostly(text: str, language: str, than: str) -> bool:
    """Whether a text is in one language (ISO 639-1) rather than in another."""
    words = plain(text).split()
    own, other = (WORDS_OF.get(one, frozenset()) for one in (language, than))
    in_own = sum(word in own if own else not word.isascii() for word in words)
    return in_own >= sum(word in other - own for word in words)


def _speaks_alone(words: Collection[str]) -> bool:
    distinct = {word for word in words if len(word) >= _SHORTEST}
    return any(len(word) >= _LONG for word in distinct) or (len(distinct) > 1 and sum(map(len, distinct)) >= _LETTERS)


def _likeliest_other(words: Sequence[str], language: str) -> str | None:
    """Give the language, other than one, that most of the words are common in; None where none are."""
    counts = {one: sum(word in common for word in words) for one, common in WORDS_OF.items() if one != language}
    best = max(counts, key=counts.__getitem__)
    return best if counts[best] else None


def _least(grammar: Grammar, rule: Rule, words: list[str]) -> list[str]:
    """Give the shortest run of words, from the left and then from the right, that the rule is still found in."""
    while len(words) > 1 and _has(grammar, rule, words[1:]):
        words = words[1:]
    while len(words) > 1 and _has(grammar, rule, words[:-1]):
        words = words[:-1]
    return words


def _has(grammar: Grammar, rule: Rule, words: list[str]) -> bool:
    return any(found is rule for found, _ in grammar.find(" ".join(words)))
