"""Cards about figures: a label is covered and asked for, or a word of the caption is.

A label counts only where the reading's own text has it, so that the card points at it; what it is called is what
stands there. Labels that the section's text speaks of come first.
"""

import re
from collections.abc import Iterator

from domain.claims import Claim
from domain.documents import Label, Range
from domain.evidence import Figure
from domain.ids import UnitId, stable_id
from domain.material import CardForm, Flashcard, Kind, Occlusion
from generators.compose.reading.candidates import normal_form
from generators.compose.reading.parse import ParsedSection
from generators.compose.terms.terms import find_terms, mention_pattern

_MOST_LABELS = 6
_FEWEST_LABELS = 2
"""With one label alone there is nothing to tell apart."""

_MOST_CARDS = 12
_FEWEST_WORDS = 4
_TERMS = 25
_GAP = "_____"
_NUMBERED = re.compile(r"^[^\W\d_]{1,14}\.?\s?[A-Z]?\d{1,3}(?:[.\-–]\d{1,3})*[a-z]?\s*[.:)|–—-]?\s*")
_NAMING = re.compile(r"[^\W\d_]{3,}")


def make_picture_cards(parsed: ParsedSection) -> tuple[Flashcard, ...]:
    """Make the cards of the section's figures, in their order; most readings have few or none."""
    cards = [card for figure in parsed.evidence.figures for card in _label_cards(parsed, figure)]
    shown = {(card.picture.page, card.picture.part) for card in cards if card.picture}
    cards += [
        card
        for figure in parsed.evidence.figures
        if (figure.page, figure.part) not in shown and (card := _caption_card(parsed, figure)) is not None
    ]
    return tuple(cards[:_MOST_CARDS])


def _label_cards(parsed: ParsedSection, figure: Figure) -> Iterator[Flashcard]:
    """Yield a card for each label that the text has, if there are several."""
    found = {normal_form(label.text): (label, at) for label in figure.labels if (at := _place(parsed, figure, label))}
    if len(found) < _FEWEST_LABELS:
        return
    caption = _caption(parsed, figure)
    spoken = sorted(found.values(), key=lambda pair: -_mentions(parsed, pair[0].text))[:_MOST_LABELS]
    for label, at in spoken:
        words = " ".join(label.text.split())
        front = f"What is covered here? {mention_pattern(words).sub(_GAP, caption)}".strip()
        yield _card(parsed, figure, at, (front, words), hidden=label)


def _place(parsed: ParsedSection, figure: Figure, label: Label) -> Range | None:
    """Find a label in the text: a line, or a piece of one, near the caption."""
    words = label.text.split()
    if not _NAMING.search(label.text):
        return None
    pattern = re.compile(r"(?<!\w)" + r"\s+".join(map(re.escape, words)) + r"(?!\w)")
    near = (found.span() for found in pattern.finditer(parsed.evidence.text))
    outside = [Range(*at) for at in near if at[1] <= figure.caption.start or at[0] >= figure.caption.end]
    return min(outside, key=lambda at: abs(at.start - figure.caption.start), default=None)


def _mentions(parsed: ParsedSection, words: str) -> int:
    return len(mention_pattern(words).findall(parsed.evidence.text))


def _caption_card(parsed: ParsedSection, figure: Figure) -> Flashcard | None:
    """Ask for the term of the section that the caption names."""
    caption = _caption(parsed, figure)
    if len(caption.split()) < _FEWEST_WORDS:
        return None
    for term in find_terms(parsed, limit=_TERMS):
        front = mention_pattern(term.label).sub(_GAP, caption)
        if _GAP in front and len(_NAMING.findall(front)) >= _FEWEST_WORDS - 1:
            return _card(parsed, figure, figure.caption, (front, term.label))
    return None


def _caption(parsed: ParsedSection, figure: Figure) -> str:
    """Give the caption on one line, without its "Figure 3."."""
    text = " ".join(parsed.evidence.text[figure.caption.start : figure.caption.end].split())
    return _NUMBERED.sub("", text, count=1)


def _card(
    parsed: ParsedSection, figure: Figure, at: Range, sides: tuple[str, str], *, hidden: Label | None = None
) -> Flashcard:
    citations = parsed.cite(at)
    identity = stable_id(Kind.FLASHCARDS, citations[0].span, CardForm.IMAGE, figure.page, figure.part, sides[1])
    claim = Claim(" ".join(parsed.evidence.text[at.start : at.end].split()), citations)
    picture = Occlusion(figure.page, figure.part, hidden.box if hidden else None)
    return Flashcard(UnitId(identity), claim, CardForm.IMAGE, *sides, sides[1], picture)
