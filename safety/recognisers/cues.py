"""Names in what people write, told by their cues: `my name is`, kin, a title, a greeting, a signature, a label.

Names without a cue are weighed in `safety.recognisers.names`: Newton, Juliet and the Julia of a word problem stay.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from safety.claim_words import word_set
from safety.recognisers.frames import Frame, Frames, sentence_around
from safety.recognisers.phrasebook import Phrasebook
from safety.recognisers.reading_names import NameReader, Trust
from safety.recognisers.spans import Found

_OPENING = r"(?:^|(?<=[.!?,;:\n] )|(?<=\n))"
_CUES: tuple[tuple[str, Trust], ...] = (
    (r"<my_name>[ :]+", Trust.FULL),
    (r"<i_am>[ ]+", Trust.LITTLE),
    (r"<kin>(?:[ ]+(?:is |was |are )?(?:named|called))?(?:[ ]+|,[ ]*|[ ]?\()", Trust.KIN),
    (rf"{_OPENING}<greeting>[ ]+(?:<title>\.?[ ]+)?", Trust.LITTLE),
    (r"<closing>[,!.]*[ ]*\n\s*[-–—~]?[ ]*", Trust.TITLED),
    (rf"{_OPENING}<closing>[,!.]+[ ]+[-–—~]?[ ]*", Trust.LITTLE),
    (r"<me_with>[ ]+", Trust.KIN),
)
_WHO = (
    r"\b(?:what(?:'s| is) (?:your|the) (?:\w+ )?name(?: on [^?\n]{2,30})?|who(?:'s| is) (?:this|calling|there))\?\s*"
    r"(?:\w+:[ ]*)?"
)
_EVERYWHERE: tuple[tuple[str, Trust], ...] = (
    (r"(?:\n|[.!?] )[ ]*[-–—~][ ]?(?=[^\W\d_])", Trust.LITTLE),
    (r"(?<!\w)(?:me|yo|moi|io|ich|ik|eu|я|jag|ja) \((?=[^\W\d_])", Trust.LITTLE),
    (_WHO, Trust.TITLED),
)
_LABELLED = r"(?:^|(?<=[\s,;|(>]))<label>[ ]?[:=][ \t]*"
_TITLED = r"(?P<title><title>)(?:(?<=\w\w)\.|(?<=\W[mM])\.)?[ ]+(?=[^\W\d_])"
_NAME = r"[^\W\d_]+(?:['’\-][^\W\d_]+)*(?:[ ][^\W\d_]+(?:['’\-][^\W\d_]+)*)?"
_AFTER = (rf"(?<!\w)(?P<name>{_NAME}),? <with_me>", rf"(?<!\w)(?P<name>{_NAME}),? <mine>")
_QUOTED_OWNER = re.compile(
    r"\b(?:Student|Person|User|Teacher|Pupil|Author|Child|Alumno|Schueler|Eleve)\(\s*[\"'](?P<name>[^\"'\n]{2,60})[\"']"
)
_LEARNED = {"dr", "prof", "doctor", "professor"}
_SUFFIX = re.compile(r",? (?:Jr|Sr|II|III|IV|PhD|MD|DDS|DVM|Esq)\b\.?")
_CERTAIN_TITLES = word_set(
    "mr mrs ms miss mx mme mlle monsieur herr herrn frau sra srta señora señor signora senhora mevr "
    "mevrouw meneer dhr juf"
    " pani pan fru cikgu professoressa"
)
"""Titles after which a word is a name even without a capital."""


@dataclass(frozen=True, slots=True)
class Cues:
    """Finds names that the words beside them give away."""

    book: Phrasebook
    frames: Frames

    def find(self, text: str, frame: Frame, reader: NameReader) -> list[Found]:
        """Find names by the cues of the text's languages, and by labels in any language."""
        pieces: list[Found] = []
        for language in frame.languages:
            pieces += self._before(text, language, frame, reader)
            pieces += self._after(text, language, reader)
            if frame.is_personal or not frame.is_counted:
                pieces += self._titled(text, language, frame, reader)
        if ":" in text or "=" in text:
            for language in self.book.slots:
                pieces += self._read(text, self.book.pattern(language, _LABELLED), Trust.TITLED, reader)
        for template, trust in _EVERYWHERE:
            pieces += self._read(text, self.book.pattern("en", template), trust, reader)
        pieces += [Found(match.start("name"), match.end("name"), "PERSON") for match in _QUOTED_OWNER.finditer(text)]
        return [_with_suffix(piece, text) for piece in pieces]

    def _before(self, text: str, language: str, frame: Frame, reader: NameReader) -> Iterator[Found]:
        for template, trust in _CUES:
            for piece in self._read(text, self.book.pattern(language, template), trust, reader):
                if _is_taught(text, piece, reader) and "<kin>" not in template:
                    continue
                if trust is Trust.FULL or self._is_told(text, piece, frame):
                    yield piece

    def _read(self, text: str, cue: re.Pattern[str], trust: Trust, reader: NameReader) -> Iterator[Found]:
        for match in cue.finditer(text):
            end = reader.read(match.end(), trust)
            if end > match.end():
                yield Found(match.end(), end, "PERSON")

    def _is_told(self, text: str, piece: Found, frame: Frame) -> bool:
        """Whether a sentence tells of people, and neither asks nor teaches what is in books."""
        sentence = sentence_around(text, piece.start, piece.end)
        is_taught = not frame.is_personal and self.frames.is_lesson(sentence, frame)
        return not is_taught and not self.frames.is_general_question(sentence, frame)

    def _titled(self, text: str, language: str, frame: Frame, reader: NameReader) -> Iterator[Found]:
        """Find names after a title, but not in lessons (`Mr. Darcy`)."""
        for match in self.book.pattern(language, _TITLED).finditer(text):
            title = match["title"].casefold()
            end = reader.read(match.end(), Trust.TITLED if title in _CERTAIN_TITLES else Trust.LITTLE)
            name = " ".join(text[match.start() : end].casefold().replace(".", "").split())
            if end == match.end() or name in reader.lexicon.taught:
                continue
            is_title = title in _CERTAIN_TITLES or title in _LEARNED
            is_whole = is_title and (" " in text[match.end() : end] or text[match.start()].islower())
            piece = Found(match.start() if is_whole else match.end(), end, "PERSON")
            if self._is_told(text, piece, frame):
                yield piece

    def _after(self, text: str, language: str, reader: NameReader) -> Iterator[Found]:
        for template in _AFTER:
            for match in self.book.pattern(language, template).finditer(text):
                end = match.end("name")
                for start in (match.start("name"), match.start("name") + match["name"].find(" ") + 1):
                    if reader.read(start, Trust.LITTLE) >= end > start:
                        yield Found(start, end, "PERSON")
                        break


def _is_taught(text: str, piece: Found, reader: NameReader) -> bool:
    return text[piece.start : piece.end].casefold() in reader.lexicon.taught


def _with_suffix(piece: Found, text: str) -> Found:
    suffix = _SUFFIX.match(text, piece.end)
    return Found(piece.start, suffix.end(), piece.kind) if suffix else piece
