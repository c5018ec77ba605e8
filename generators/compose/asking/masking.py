"""Text with a gap in the place of everything that tells an answer."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from domain.words import FUNCTION_WORDS, fold, lemma, list_numbers, list_words, stem
from safety.leaks import is_numeric

GAP = "_____"


@dataclass(frozen=True, slots=True)
class Secret:
    """What a ladder must not show: whole phrases, and the words and numbers that only the answer has."""

    phrases: tuple[tuple[str, ...], ...]
    stems: frozenset[str]
    numbers: frozenset[str]


def keep_secret(answer: str, known: str, *, others: Iterable[str] = ()) -> Secret:
    """Say what must be masked so that `answer` stays open to somebody who knows `known`.

    Other options are masked as whole phrases only: their single words may be needed to make sense.
    """
    had = {stem(lemma(word)) for word in list_words(known)}
    words = {stem(lemma(word)) for word in list_words(answer) if word not in FUNCTION_WORDS}
    if is_numeric(answer):
        return Secret((), frozenset(), frozenset(n for text in (answer, *others) for n in list_numbers(text)))
    phrases = {tuple(list_words(text)) for text in (answer, *others)} - {()}
    numbers = frozenset(list_numbers(answer)) - set(list_numbers(known))
    return Secret(tuple(sorted(phrases, key=lambda phrase: -len(phrase))), frozenset(words - had), numbers)


def mask(text: str, secret: Secret) -> str:
    """Put a gap for everything secret; neighbouring gaps become one, so that words cannot be counted."""
    for phrase in secret.phrases:
        between = r"[\W_]+" if all(word.isascii() for word in phrase) else r"[\W_]*"
        words = between.join(re.escape(word) + (r"(?:e?s)?" if word.isascii() else "") for word in phrase)
        edge = r"\b" if phrase[0].isascii() else ""
        text = re.sub(f"{edge}{words}{edge}", GAP, text, flags=re.IGNORECASE)
    text = re.sub(r"[^\W_]+(?:['’.,]?[^\W_]+)*", lambda match: _gap_for(match.group(), secret), text)
    return re.sub(rf"{GAP}(?:[\s,%$€£-]+{GAP})+", GAP, text)


def _gap_for(word: str, secret: Secret) -> str:
    folded = fold(word)
    if stem(lemma(folded)) in secret.stems or any(
        part and stem(lemma(part)) in secret.stems for part in list_words(word)
    ):
        return GAP
    return GAP if secret.numbers & set(list_numbers(word)) else word
