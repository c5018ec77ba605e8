"""What a study set puts together, as one study aid that files can be made of."""

from dataclasses import dataclass, replace
from datetime import datetime

from domain.claims import Claim
from domain.hands import OwnCard, StudySet
from domain.ids import DocumentId
from domain.material import CardForm, Flashcard, Kind, Unit


@dataclass(frozen=True, slots=True)
class Joined:
    """The study aids of a set's readings as one. Its units are those that were served, nothing is added to them.

    `created_at` is when the last of them was changed, so that who takes a file again gets what is new in it.
    """

    id: str
    kind: Kind
    title: str
    units: tuple[Unit, ...]
    drawing: str
    created_at: datetime
    document_id: DocumentId
    section: int | None = None
    version: int = 1


def joined(found: StudySet, units: tuple[Unit, ...], changed_at: datetime) -> Joined:
    """Make one study aid of a set's units, which were last changed at a time."""
    drawing = _drawing(found.kind, units, found.title) if units else ""
    return Joined(found.id, found.kind, found.title, units, drawing, changed_at, DocumentId(""))


def with_cards(found: StudySet, whole: Joined | None) -> Joined:
    """Give what a set puts together with the cards of one's own at its end."""
    whole = whole or joined(found, (), found.created_at)
    return replace(whole, units=(*whole.units, *map(_as_card, found.cards)))


def _as_card(card: OwnCard) -> Flashcard:
    """Give a card of one's own as the files of cards have them."""
    claim = Claim(f"{card.front} {card.back}", card.citations, by_person=True)
    return Flashcard(card.id, claim, CardForm.FACT, card.front, card.back, "")


def _drawing(kind: Kind, units: tuple[Unit, ...], title: str) -> str:
    if kind is not Kind.CONCEPT_MAP:
        return ""
    from generators.mapping.concept_graph import draw

    return draw(units, title)
