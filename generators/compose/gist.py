"""The one sentence of a summary that by itself says most of what the part is about."""

from collections.abc import Sequence

from generators.compose.section_words import SectionWords, count_words, list_stems

LONGEST = 30
"""Words of a gist, where there is a sentence so short."""


def find_gist(texts: Sequence[str], words: SectionWords) -> int:
    """Give the place of the text that covers most of what a summary would say; of long ones only, the shortest."""
    short = [place for place, text in enumerate(texts) if count_words(text) <= LONGEST]
    if not short:
        return min(range(len(texts)), key=lambda place: count_words(texts[place]))
    chances = words.chances(1)

    def covers(place: int) -> float:
        stems = set(list_stems(texts[place])) - words.grammar
        return sum(chances.get((word, 1), 0.0) for word in stems)

    return max(short, key=covers)
