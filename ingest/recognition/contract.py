"""What text recognition takes and gives: a picture of a page, and its words with their places."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from domain.documents import Box

if TYPE_CHECKING:
    from PIL.Image import Image


@dataclass(frozen=True, slots=True)
class Word:
    """A recognised word. `confidence` is 0 to 1; `box` counts on the page as it was given, `height` on its lines."""

    text: str
    confidence: float
    box: Box
    left: float
    right: float
    height: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line of words in reading order. Lines of one `block` and `paragraph` were seen as belonging together.

    `left`, `top`, `right` and `bottom` are pixels of the page once its lines ran straight across.
    """

    words: tuple[Word, ...]
    block: int
    paragraph: int
    left: float
    top: float
    right: float
    bottom: float

    @property
    def text(self) -> str:
        """The words with a blank between."""
        return " ".join(word.text for word in self.words)


@dataclass(frozen=True, slots=True)
class RecognisedPage:
    """The lines of a page in reading order.

    `confidence` is the mean over its words, longer ones counting more. `language` is that of the letters known to
    the recogniser, as ISO 639-1. `dots` is the estimated resolution in dots an inch, 0 where there is none.
    """

    lines: tuple[Line, ...]
    confidence: float
    language: str
    dots: int = 0


class Recogniser(Protocol):
    """Finds the words in a picture."""

    def recognise(self, image: "Image", *, languages: Sequence[str]) -> RecognisedPage:
        """Give the words of a page that may lie askew, on its side or in the shade. `languages`: likeliest first.

        Raises Unreadable when recognition fails, TooLarge when it takes too long or too much memory.
        """
        ...
