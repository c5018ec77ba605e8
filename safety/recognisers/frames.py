"""What a text is about: a lesson, a word problem, a general question, or people whom the writer knows.

The same first name is somebody in "Julia took my book" and nobody in "Julia has 12 apples": the frame decides.
"""

import re
from dataclasses import dataclass, field

from safety.recognisers.phrasebook import Phrasebook

_FORMULA = re.compile(r"\$\$|\\\\?frac|\d+\s*[=+*/×÷^]\s*\(?-?\d+|\b[a-z]\s*=\s*-?\d", re.IGNORECASE)
_THINGS = (
    "apples? oranges? pears? bananas? dollars? cents? euros? pounds? coins? dimes? quarters? "
    "nickels? pennies miles? kilomet\\w+"
    " km met(?:er|re)s? feet foot inches cm hours? minutes? days weeks books? marbles? cookies "
    "candies sweets pencils? pens?"
    " stickers? cards? balls? eggs? cakes? cupcakes? muffins? pizzas? slices? tickets? toys? boxes "
    "bags? bottles? gallons?"
    " lit(?:er|re)s? grams? kg ounces? cups? flowers? trees? chickens? cows? dogs? cats? fish "
    "students? children people more"
    " less fewer percent %"
)
_COUNTED = re.compile(
    r"[$€£]\s?\d|\d\s*%|\b(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|half"
    r"|twice|dozen)\s+(?:\w+\s+)?"
    rf"(?:{'|'.join(_THINGS.split())})(?!\w)",
    re.IGNORECASE,
)
"""What word problems count."""

_SOURCE = re.compile(
    r"['’]s (?:laws?|theor\w+|equations?|principle|constant|method|rule|paradox|effect|experiments?)\b"
    r"|\([12]\d\d\d[a-z]?\)"
)
_SENTENCE_END = re.compile(
    r"(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bDr)(?<!\bSt)(?<!\bProf)(?<!\b[A-Z])[.!?。？！]['\")\]]*\s|[。？！\n]"
)
_ENGLISH = re.compile(
    r"\b(?:the|and|of|to|is|my|you|that|it|with|for|was|are|have|has|he|she|this|from|your|not|be|at"
    r"|by|but|his|her|they"
    r"|had|can|i|been|did|does|will|would|what|who|how|please|me|a|in|on|like|about)\b",
    re.IGNORECASE,
)
_ENGLISH_SHARE = 6
_STEP = 300
_HEAD = 4000
"""Characters of a text that decide on its frame."""

_REACH = 40
_TOPIC = r"<topic>\W*(?:(?:the|le|la|il|el|o|a|de|den|dem)\W+)?[\"“«„]?$"
_NUMBERS = re.compile(r"(?<![\w/.:,-])\d{1,4}(?:[.,]\d{1,2})?(?![\w/:-])")
_AT_START = r"^\W*(?:(?:so|ok|and|please|tell me)[ ,]+)?<asks>"
_ANYWHERE = r"<asks>.*[?？]|\b(?:who|which) (?:is|was|did|wrote|plays?|played|sang|sings|won)\b"


@dataclass(frozen=True, slots=True)
class Frame:
    """What kind of text names stand in."""

    languages: tuple[str, ...]
    is_counted: bool
    is_personal: bool
    is_english: bool
    has_contact: bool


@dataclass(frozen=True, slots=True)
class Frames:
    """Judges texts and sentences by the words of their languages. One is for one text: it remembers sentences."""

    book: Phrasebook
    _seen: dict[tuple[str, str], bool] = field(default_factory=dict)

    def judge(self, text: str, *, has_contact: bool = False) -> Frame:
        """Judge a whole text by its first 4,000 characters."""
        head = text[:_HEAD]
        words = head.count(" ") + head.count("\n") + 1
        languages = self.book.guess(head)
        is_personal = has_contact or self._has(head, "<self>", languages)
        is_sum = bool(_FORMULA.search(head)) or self._has(head, "<counts>", languages)
        return Frame(
            languages=languages,
            is_counted=is_sum or (not is_personal and (bool(_COUNTED.search(head)) or len(_NUMBERS.findall(head)) > 1)),
            is_personal=is_personal,
            is_english=len(_ENGLISH.findall(head)) * _ENGLISH_SHARE >= words,
            has_contact=has_contact,
        )

    def is_lesson(self, sentence: str, frame: Frame) -> bool:
        """Tell whether a sentence teaches or asks what was taught."""
        return bool(_SOURCE.search(sentence)) or self._has(sentence, "<teaches>", frame.languages)

    def is_topic(self, text: str, start: int, frame: Frame) -> bool:
        """Tell whether the words before a name say that it is what a work is about, or whose work: `an essay on`."""
        before = text[max(0, start - _REACH) : start]
        return self._has(before, _TOPIC, frame.languages)

    def is_general_question(self, sentence: str, frame: Frame) -> bool:
        """Tell whether a sentence asks about the world, and not about the writer or the reader."""
        is_question = self._has(sentence, _AT_START, frame.languages) or self._has(sentence, _ANYWHERE, frame.languages)
        return is_question and not (
            self._has(sentence, "<self>", frame.languages) or self._has(sentence, "<reader>", ("en",))
        )

    def _has(self, text: str, template: str, languages: tuple[str, ...]) -> bool:
        key = template, text
        if key not in self._seen:
            patterns = (self.book.pattern(language, template) for language in languages)
            self._seen[key] = any(pattern.search(text) for pattern in patterns)
        return self._seen[key]


def sentence_around(text: str, start: int, end: int) -> str:
    """Give the sentence of a place, or some 300 characters on either side of it, the same for neighbours."""
    low, high = max(0, start // _STEP * _STEP - _STEP), min(len(text), (end // _STEP + 2) * _STEP)
    begin = max((match.end() for match in _SENTENCE_END.finditer(text, low, start)), default=low)
    stop = _SENTENCE_END.search(text, end, high)
    return text[begin : stop.start() + 1 if stop else high]
