"""What a question and its answer say together: the answer put into the question, as statements to look for.

Which place the answer takes depends on grammar, so there are several; one of them must be what the reading says.
"""

import re
from collections.abc import Iterator

from domain.words import list_words
from generators.model.clauses import roots
from generators.model.voices import find_done

_GAP = re.compile(r"_{3,}")
_QUESTION = re.compile(
    r"^(?P<lead>.*?)\b(?P<ask>how (?:many|much)|how|what|when|where|which|whom?|whose|why)\b(?P<rest>.*?)[?.\s]*$",
    re.IGNORECASE | re.DOTALL,
)
_DO = frozenset(["did", "do", "does"])
_BE = frozenset(["are", "be", "been", "is", "was", "were"])
_HELPING_WORDS = "can could had has have may might must should will would"
_HELPING = _DO | _BE | frozenset(_HELPING_WORDS.split())
_NAMING_WORDS = "call called calls defined known mean meaning meant name named names refer refers term word"
_NAMING = frozenset(_NAMING_WORDS.split())
_ASKING_WORDS = "best describe describes explain following kind option say sort statement tell type understand"
_ASKING = _NAMING | frozenset(_ASKING_WORDS.split())
_PREPOSITION = re.compile(r"(?:about|across|after|as|at|before|by|during|for|from|in|into|of|on|through|to|with)")
_LOOSE = frozenset(["how", "when", "where", "why"])


class Asked:
    """A question taken apart; `is_question` says whether it could be."""

    def __init__(self, text: str) -> None:
        """Read a question."""
        found = _QUESTION.match(text.strip())
        self.text = text.strip()
        self.is_question = found is not None
        self.ask = found["ask"].lower() if found else ""
        self._lead = found["lead"].strip() if found else ""
        words = found["rest"].split() if found else []
        place = next((at for at, word in enumerate(words[:5]) if word.lower() in _HELPING), None)
        self._helping = words[place].lower() if place is not None else ""
        self._sort = words[:place] if place is not None else []
        self._body = words[place + 1 :] if place is not None else words
        self._done = find_done(self._body) if self._helping in _BE else None
        if self._done is not None:
            # what is done stays so in every statement, or who does it could be told from nothing
            self._body[self._done] = f"{self._helping} {self._body[self._done]}"

    @property
    def is_loose(self) -> bool:
        """Whether it asks for circumstances, which may be told in a clause of their own."""
        return self.ask in _LOOSE

    def supposed(self) -> str:
        """Give what the question takes for granted, without the words of asking."""
        words = self._body if self.is_question else self.text.split()
        return " ".join(word for word in words if not _is_asking(word))

    def answered(self, answer: str) -> Iterator[str]:
        """Yield what it says with an answer in each place that the answer may take."""
        if _GAP.search(self.text):
            yield _GAP.sub(lambda _: answer, self.text.rsplit("gap? ", 1)[-1])
            return
        if not self.is_question:
            yield f"{self.text.rstrip(':?. ')} is {answer}"
            return
        told = " ".join((*self._lead.split(), answer, *(self._sort if self.ask.startswith("how ") else ())))
        body = [word for word in self._body if not _is_asking(word)]
        if not self._helping:
            yield " ".join((told, *body))
            return
        for place in self._places(body):
            before = body[:place]
            if before and place < len(body) and _PREPOSITION.fullmatch(before[-1].lower()):
                continue
            if roots(" ".join(before)) or self._may_begin(body):
                yield " ".join((*before, told, *body[place:]))

    def _places(self, body: list[str]) -> range:
        """Give where the answer may stand: where something is done it is what it is done to, or stands after that."""
        if self._done is None or self._names:
            return range(len(body) + 1)
        return range(1) if self._done == 0 else range(self._done + 1, len(body) + 1)

    @property
    def _names(self) -> bool:
        return any(word in _NAMING for word in list_words(self.text))

    def _may_begin(self, body: list[str]) -> bool:
        """Whether the answer may be what the statement is about: not of "What does it do?" or "What is a leaf?"."""
        if self._helping in _DO:
            return False
        return self._names or self._helping not in _BE or len(roots(" ".join(body))) > 1


def _is_asking(word: str) -> bool:
    return any(part in _ASKING for part in list_words(word))
