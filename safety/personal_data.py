"""Personal data: marked in readings, and found in what people write before a model sees it (`safety.egress`).

The recognisers are ours, behind presidio's interface; its spaCy pipeline votes on names. Readings get the
structured recognisers alone, as marks over unchanged text: a name recogniser would take Freud out of psychology.
"""

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from domain.documents import Mark, ParsedDocument, Range, RedactedDocument
from safety.recognisers.cues import Cues
from safety.recognisers.frames import Frames
from safety.recognisers.lexicon import load_lexicon
from safety.recognisers.names import Known, find_names
from safety.recognisers.phrasebook import load_phrasebook
from safety.recognisers.reading_names import NameReader
from safety.recognisers.scripts import find_in_scripts
from safety.recognisers.spans import Found, merged
from safety.structured import find_structured

if TYPE_CHECKING:
    from presidio_analyzer import RecognizerRegistry

    from safety.recognisers.plugins import NameVoter


class Redactor:
    """Marks and finds personal data. The English pipeline is loaded at the first text that may hold a name."""

    def __init__(self, english: Path) -> None:
        """Use the spaCy pipeline in the folder `english`."""
        self._english = english

    def redact(self, parsed: ParsedDocument, *, before_page: Callable[[int], None] | None = None) -> RedactedDocument:
        """Mark personal data in a reading. Its text stays as it is. `before_page` hears each page, and may end it."""
        marks: list[Mark] = []
        for page in parsed.pages:
            if before_page is not None:
                before_page(page.number)
            found = find_structured(page.text)
            marks += [Mark(page.number, Range(one.start, one.end), one.kind.lower()) for one in found]
        return RedactedDocument(parsed, tuple(marks))

    def find(
        self, text: str, *, roster: frozenset[str] = frozenset(), keep: frozenset[str] = frozenset()
    ) -> list[Found]:
        """Find personal data in what a person writes, in order, without overlaps.

        `roster` holds the names of the school's own people: they always go. `keep` holds names of the course's own
        material: they stay unless a cue says that the writer speaks of somebody else. Both in any capitals.
        """
        data = [
            Found(result.start, result.end, result.entity_type)
            for recogniser in self._registry.recognizers
            for result in recogniser.analyze(text, recogniser.supported_entities)
        ]
        book, lexicon = load_phrasebook(), load_lexicon()
        frames = Frames(book)
        frame = frames.judge(text, has_contact=any(piece.kind in _CONTACT for piece in data))
        reader = NameReader(text, lexicon, self._words, book.any_stop(frame.languages), frame.is_english)
        is_taught = frames.is_lesson(text[:_HEAD], frame)
        is_told = frame.is_personal or not (
            is_taught or frame.is_counted or frames.is_general_question(text[:_HEAD], frame)
        )
        cued = [
            *Cues(book, frames).find(text, frame, reader),
            *find_in_scripts(text, lexicon, is_told=is_told, is_personal=frame.is_personal and not is_taught),
        ]
        known = Known(lexicon, _folded(roster), _folded(keep), words=self._words, stop=reader.stop)
        return merged([*data, *cued, *find_names(text, known, frames, frame, self._vote)], text)

    def load(self) -> None:
        """Load words, expressions and the recogniser now, so that nobody waits for them later (a few seconds)."""
        self._vote("Nobody waits.")
        self.find("Nobody waits.")

    def _vote(self, text: str) -> list[tuple[int, int]]:
        return self._voter.vote(text)

    @cached_property
    def _registry(self) -> "RecognizerRegistry":
        from safety.recognisers.plugins import own_registry

        return own_registry()

    @cached_property
    def _voter(self) -> "NameVoter":
        from safety.recognisers.plugins import NameVoter

        return NameVoter(self._english)

    @cached_property
    def _words(self) -> frozenset[str]:
        """Words of the English pipeline in lower case: a capital that is none of them may be a foreign name."""
        import json

        strings = json.loads((self._english / "vocab" / "strings.json").read_text("utf-8"))
        return frozenset(word for word in strings if word.islower())


_HEAD = 1000
"""Characters of a text in a script without capitals that tell whether it teaches."""

_CONTACT = frozenset({"EMAIL", "PHONE", "ADDRESS", "ID_NUM", "CREDIT_CARD", "IBAN", "USERNAME"})
"""Data beside which an unknown pair of capitals is likely to be its owner."""


def _folded(names: frozenset[str]) -> frozenset[str]:
    return frozenset(" ".join(name.casefold().split()) for name in names)
