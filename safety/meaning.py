"""Votes by what a text means: the packaged sentence encoder's vectors, beside the classifier of letters and words.

A line through the vectors was fitted on messages written for this project (`make train`); it hears what no phrase and
no word gives away. The encoder knows English alone, so other languages are left to the classifier.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import structlog

from domain.care import Severity, Who, Worry
from domain.errors import Transient
from domain.ports import Embedder
from safety.classifier import CATEGORIES, LEVELS, Classifier, kind_of, says_something
from safety.linear import windows
from safety.normalise import END

if TYPE_CHECKING:
    from numpy import float32
    from numpy.typing import NDArray

HEADS = ("danger", *CATEGORIES, *(f"at least {level}" for level in LEVELS[1:]))
"""The rows of the weights."""

WORDS = 80
"""Words of a text that are encoded as one piece; of a longer one its gravest windows are."""

THRESHOLDS = {"grave": 2.5, "plain": 2.5, "of nobody": 5.0}
"""Log-odds from which on the vote speaks up, by kind of piece: with the grammars and the letters, fewer than 0.5 % of
what students write in the development sets is called dangerous."""

_FIRST_PERSON = frozenset(["i", "im", "ive", "id", "ill", "me", "my", "mine", "myself", "we", "our", "us"])

_LETTERS = 0.4
"""How much the log-odds of the classifier of letters count beside those of the vectors."""

_BORNE_OUT = {"grave": -0.1, "plain": -0.1, "of nobody": -0.1}
"""Log-odds of meaning below which the letters' word on English is not taken: “They make food.” is no danger."""

_BORNE_OUT_IN_FILES = {"grave": 0.4, "plain": 0.4, "of nobody": 2.0}
"""The same in files: a book has thousands of sentences, of which some sound so to the letters alone."""

_MOST_OVER = 6
"""Windows that the letters speak up for of which the meaning is asked."""

_HARMLESS = -6.0
"""Log-odds of letters below which a piece is not encoded: hardly any danger was ever written so."""

_MOST = 2
"""Pieces of a long text that are encoded."""

_WEIGHTS = Path(__file__).parent / "weights" / "meaning.npz"

_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Meaning:
    """The vote (`safety.screening.Vote`). Encoder and weights are read at the first use."""

    embedder: Embedder
    letters: Classifier = field(default_factory=Classifier)
    path: Path = _WEIGHTS

    def vote(self, plain_text: str, only: Callable[[str], bool] | None = None) -> Worry | None:
        """Give a sign of danger in a plain view of any length, or None. Without an encoder the letters vote alone.

        With `only`, of a file, just the windows that it says yes to are heard, and more is needed.
        """
        over = self.letters.list_over(plain_text)
        over = over[:1] if only is None else [one for one in over if _is_english(one) or only(one)]
        foreign = next((one for one in over if not _is_english(one)), None)
        if foreign is not None:
            return self.letters.worry_of(foreign, plain_text)
        by_letters, pieces = over[:_MOST_OVER], self.pieces(plain_text, only)
        if not by_letters and not pieces:
            return None
        try:
            odds = self.odds([*by_letters, *pieces])
        except Transient as error:
            _log.error("meaning.no_encoder", code=error.code)
            return self.letters.worry_of(by_letters[0], plain_text) if by_letters else None
        borne_out = _BORNE_OUT if only is None else _BORNE_OUT_IN_FILES
        for place, piece in enumerate(by_letters):
            # of a short message the whole bears it out, of a file the window itself
            heard = odds[:, 0] if only is None else odds[place : place + 1, 0]
            if max(heard) >= borne_out[sort_of(piece)]:
                return self.letters.worry_of(piece, plain_text)
        more = [row[0] - THRESHOLDS[sort_of(piece)] for piece, row in zip(pieces, odds[len(by_letters) :], strict=True)]
        best = max(range(len(more)), key=more.__getitem__, default=None)
        return _worry(odds[len(by_letters) + best]) if best is not None and more[best] >= 0 else None

    def pieces(self, view: str, only: Callable[[str], bool] | None = None) -> list[str]:
        """Choose what of a plain view is encoded: a short one whole, of a long one the windows gravest by letters."""
        whole = " ".join(view.replace(END, " ").split())
        found = [view] if whole.count(" ") < WORDS and only is None else windows(view)
        graded = [(self.letters.weights.score(piece)["danger"], piece) for piece in found if _is_english(piece)]
        heard = [(odds, piece) for odds, piece in sorted(graded, reverse=True) if only is None or only(piece)]
        return [piece for odds, piece in heard[:_MOST] if odds > _HARMLESS]

    def odds(self, pieces: Sequence[str]) -> "NDArray[float32]":
        """Give the log-odds of each head for pieces of plain views, one row a piece. Raises Transient."""
        import numpy as np

        weights = self._weights
        vectors = np.array(self.embedder.embed([readable(piece) for piece in pieces]), dtype=np.float32)
        odds = vectors @ weights["weights"].astype(np.float32).T + weights["biases"].astype(np.float32)
        letters = [self.letters.weights.score(piece)["danger"] for piece in pieces]
        odds[:, 0] += _LETTERS * np.array(letters, dtype=np.float32)
        return np.asarray(odds, dtype=np.float32)

    @cached_property
    def _weights(self) -> Any:
        import numpy as np

        with np.load(self.path, allow_pickle=False) as stored:
            return {name: stored[name] for name in stored.files}


def _is_english(piece: str) -> bool:
    return says_something(piece) and kind_of(piece) != "other"


def sort_of(piece: str) -> str:
    """Say which threshold holds for a piece: what nobody says of themselves is rarely a cry for help."""
    if _FIRST_PERSON.isdisjoint(piece.split()):
        return "of nobody"
    return kind_of(piece)


def readable(view: str) -> str:
    """Write a plain view as the encoder reads it: sentences with a full stop between."""
    return view.replace(f" {END}", ".").replace(END, ".")


def _worry(odds: Sequence[float]) -> Worry:
    by_head = dict(zip(HEADS, map(float, odds), strict=True))
    category = max(CATEGORIES, key=lambda name: by_head[name])
    level = sum(by_head[f"at least {level}"] > 0 for level in LEVELS[1:])
    who = Who.OTHER if category == "friend" else Who.SELF
    return Worry(Severity(LEVELS[level]), category, f"meaning.{category}", who)
