"""Flashcards: one fact each, front and back resting on one cited statement."""

from collections.abc import Mapping, Sequence

from pydantic import BaseModel

from domain.claims import Claim
from domain.material import Artifact, CardForm, Draft, Flashcard, Kind
from generators.compose.cards.flashcards import combine_cards, make_cards
from generators.compose.cards.picture_cards import make_picture_cards
from generators.compose.reading.parse import ParsedSection
from generators.kinds.contract import Request
from generators.model.replies import ReplyModel, cite, quotes, says, unit_id

_LIMIT = 12
_GAP = "____"
_LONGEST_BACK = 40
"""Words on the back of a card, by the rules of good cards."""


class CardLine(ReplyModel):
    """One card of the model's."""

    form: CardForm
    term: str
    front: str
    back: str
    statement: str
    sources: list[int]


class CardsReply(ReplyModel):
    """The model's cards."""

    cards: list[CardLine]


class FlashcardsKind:
    """A deck for a section or for the whole reading."""

    kind = Kind.FLASHCARDS
    prompt = "flashcards"
    prompt_version = 3
    reply: type[BaseModel] = CardsReply

    def compose(self, parsed: ParsedSection, request: Request) -> Draft:
        """Make cards of the section's terms, facts and figures."""
        return Draft(self.kind, (*make_cards(parsed, more=request.more), *make_picture_cards(parsed)))

    def combine(self, parts: Sequence[Artifact], _request: Request) -> Draft:
        """Join the sections' decks."""
        decks = [[unit for unit in part.units if isinstance(unit, Flashcard)] for part in parts]
        return Draft(self.kind, combine_cards(decks))

    def inputs(self, _parsed: ParsedSection, request: Request) -> Mapping[str, object]:
        """Say how many cards there may be."""
        return {"limit": _LIMIT + request.more}

    def read(self, reply: BaseModel, parsed: ParsedSection, _request: Request) -> Draft:
        """Cite each card's statement; a card whose faces say more than its statement cites nothing.

        Cards of figures are the built-in writer's: a model sees no pictures. A reply without cards makes none.
        """
        assert isinstance(reply, CardsReply)
        units = []
        for line in reply.cards:
            citations = cite(parsed, line.sources)
            claim = Claim(line.statement, citations if _is_one_fact(line, quotes(citations)) else ())
            identifier = unit_id(self.kind, claim, line.form, line.front)
            units.append(Flashcard(identifier, claim, line.form, line.front, line.back, line.term))
        return Draft(self.kind, (*units, *make_picture_cards(parsed)) if units else ())


def _is_one_fact(line: CardLine, source: str) -> bool:
    """Whether the statement says what the back says, its source what the front says, and the front not the back."""
    has_gap = _GAP in line.front
    return (
        bool(line.back.strip() and line.front.strip())
        and len(line.back.split()) <= _LONGEST_BACK
        and has_gap == (line.form is CardForm.CLOZE)
        and says(line.statement, line.back)
        and says(line.statement, line.term)
        and says(f"{line.statement} {source}", line.front)
        and not says(line.front, line.back)
    )
