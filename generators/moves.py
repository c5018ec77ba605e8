"""What a student's message to the tutor is: an answer, effort, a plea for the answer, distress, or something else.

Messages are read by plain rules, in the order of `read_move`. A message that is read wrongly costs a phrase: what
the student is shown is held by the ladder and checked for leaks whatever the message says.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from domain.questions import MADE_OF_PARTS, Question, QuestionForm
from domain.words import content_lemmas, content_stems, fold, lemmas, list_words
from safety.leaks import names


class Move(StrEnum):
    """What a message does."""

    ASK = "ask"
    EFFORT = "effort"
    RIGHT = "right"
    WRONG = "wrong"
    GUESS = "guess"
    DEMAND = "demand"
    UPSET = "upset"
    OFF_TOPIC = "off_topic"


@dataclass(frozen=True, slots=True)
class Reading:
    """A message as read; `answer` is the answer it states, where it states one."""

    move: Move
    answer: str = ""


_SHORT_TRY = 3
"""Words up to which a bare message is taken as an answer."""

Grade = Callable[[Question, str], bool]
"""Compares an answer with a question's key; `learning.grading.grade`."""

_GIVING = (
    r"(?:give|tell|show|print|write|reveal|output|spell|say|translate|encode|provide|disable|display|decode|send|"
    r"repeat)"
)
_THE_ANSWER = r"(?:answers?|solutions?|keys?|results?|letters?|hidden|instructions|prompt|option|hint mode|base64)"
_DEMAND = re.compile(
    rf"\b{_GIVING}\b.*\b{_THE_ANSWER}\b|\b(?:need|want)\b.*\banswer\b|\bjust tell\b|\ballowed to tell\b|\byes or no\b|"
    r"\b(?:ignore|forget|disregard)\b.*\b(?:instructions?|rules?|previous)\b|\byou are now\b|\bsystem\s*:|</?\w+>|"
    r"\badministrator\b|\bi am (?:the|your|a) (?:teacher|developer|admin)|\b(?:starts?|begins?) with\b|\brhymes?\b|"
    r"\b(?:first|initial) letters?\b|\bbackwards?\b|\breveal\b|\bskip\b.*\bhints?\b|\bfull solution\b",
    re.IGNORECASE | re.DOTALL,
)
_LETTER = re.compile(
    r"^\W*(?:(?:is it|is the answer|maybe|i think|it'?s|it is|the answer is|i guess|answer|option|choice)\W+)*"
    r"(?:option |letter |choice )?\(?([A-H])\)?\W*$",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"^\W*(?:(?:is it|is the answer|maybe|i think|it'?s|it is|the answer is|i guess|answer|perhaps|so)\W+)*(?:the )?"
    r"(?:(?:first|second|third|fourth|fifth|last|1st|2nd|3rd|4th|5th|top|bottom|middle)"
    r"(?: (?:one|option|choice|answer))?|(?:option|choice|answer|number|no\.?|#)\W*(?:\d|one|two|three|four|five))"
    r"(?:\W+(?:right|then|maybe))?\W*$",
    re.IGNORECASE,
)
_UPSET = re.compile(
    r"\bstupid\b|\bdumb\b|\bgive up\b|\bhate\b|\bstress|\bpanic|\banxious\b|\boverwhelmed\b|\bfrustrat|"
    r"\bnever (?:pass|learn|get)|\bcan'?t do (?:this|it)\b|\bcry|\bscared\b|\bafraid\b|\bworried\b|"
    r"\bi'?m (?:so )?(?:bad|lost|tired)\b|\buseless\b|\btoo hard\b|\bfail(?:ing)?\b",
    re.IGNORECASE,
)
_DENIES = re.compile(r"\b(?:not|isn'?t|can'?t be|cannot be|rule out|wrong)\b", re.IGNORECASE)
_TRYING = re.compile(
    r"\b(?:i (?:read|looked|tried|think|thought|found|see|saw|guess|understand|know|believe|noticed|mean)|"
    r"i'?m (?:not )?sure|not sure|i do(?:n'?t| not) (?:see|understand|get|know)|still do(?:n'?t| not)|"
    r"because|since|confus|stuck|maybe|perhaps|the (?:text|reading|passage|paragraph|section) says)",
    re.IGNORECASE,
)
_HELP = re.compile(
    r"\b(?:hints?|help|clue|next|more|start|explain|question|reading|passage|section|paragraph|look|mean)\b",
    re.IGNORECASE,
)
_SHAPE_WORDS = """number word digit figure noun verb adjective name date year place person thing unit kind sort long
    short plural singular letter part phrase sentence term percentage fraction"""
_SHAPES = frozenset(_SHAPE_WORDS.split())
"""What asks for the shape of an answer: "is it a number or a word?"."""

_ANSWERING = re.compile(
    r"^\W*(?:(?:i(?:'m| am)? (?:think|believe|guess|would say|say|sure)|maybe|perhaps|probably|so|"
    r"(?:is|isn't|could|would|can) it(?: be)?|it is|"
    r"it's|its|that is|that's|could it be|the (?:right |correct )?answer is|"
    r"my answer is|answer|that|could be|must be)\b[\s,:]*)+",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"[\s,;.]*\b(?:am i right|right|is that (?:right|correct|it)|isn't it|or|no)\s*\?*\s*$", re.IGNORECASE
)
_IS_THAT_RIGHT = re.compile(
    r"^\W*(?:is|are|could|can) (.+?) (?:be )?(?:the (?:right |correct )?(?:answer|one|word|term)|right|correct|it)\W*$",
    re.IGNORECASE,
)
_QUESTION = re.compile(
    r"^\W*(?:(?:and|but|ok(?:ay)?|please|hm+|so|wait|sorry)\b\W*)*"
    r"(?:what|how|why|where|who|whom|whose|when|which|whether|does|do|did|has|have|had|"
    r"(?:can|could|would|will|should|may|shall|must) (?:you|i|we|someone|there)|is there|are there|"
    r"am i|are you|is (?:this|that) (?:a|an|the)\b)\b",
    re.IGNORECASE,
)
_ASKS_ABOUT = re.compile(r"^\W*(?:is|are|was|were|can|could|would|will|should|may|must) (?!it\b)\w", re.IGNORECASE)
_SOMETHING_ELSE = re.compile(
    r"^\W*(?:can|could|will|would|do|does|did|is|are|what|who|when|where|why|how|which|write|tell|make|let'?s|play|sing|"
    r"have you|draw|help me with)\b",
    re.IGNORECASE,
)


def read_move(text: str, question: Question | None, *, about: str, grade: Grade) -> Reading:
    """Read a message. `about` is what question and ladder say: a message without a word of it may be off topic.

    An order or a matching is judged by no message: its parts are put in their places in the quiz.
    """
    is_whole = question is not None and question.form not in MADE_OF_PARTS
    stated = _stated_answer(text, question, grade) if question is not None and is_whole else None
    if stated is not None:
        return stated
    for signs, move in ((_DEMAND, Move.DEMAND), (_UPSET, Move.UPSET), (_TRYING, Move.EFFORT)):
        if signs.search(text):
            return Reading(move)
    about = " ".join([about, *(question.options if question else ())])
    is_help = bool(_HELP.search(text)) or not _SHAPES.isdisjoint(lemmas(text))
    if _SOMETHING_ELSE.search(text) and not is_help and not _is_about(text, about):
        return Reading(Move.OFF_TOPIC)
    is_thought = len(content_stems(text)) >= 3 and _is_about(text, about)
    return Reading(Move.EFFORT if is_thought else Move.ASK)


def _is_about(text: str, about: str) -> bool:
    return bool(set(content_stems(text)) & set(content_stems(about)))


def _stated_answer(text: str, question: Question, grade: Grade) -> Reading | None:
    """Find the answer that the message states. One that asks for help states none, whatever it names."""
    is_asking = _asks_for_help(text, question)
    if question.form in {QuestionForm.CHOICE, QuestionForm.TRUE_FALSE}:
        return None if is_asking else _stated_option(text, question)
    stated = _without_frame(text)
    if is_asking or not (list_words(stated) or grade(question, stated)):
        return None
    if grade(question, stated):
        return Reading(Move.RIGHT, stated)
    if _DEMAND.search(text) or _UPSET.search(text):
        return None
    is_answering = bool(_ANSWERING.match(text)) or len(list_words(text)) <= _SHORT_TRY or stated != _bare(text)
    if is_answering and not _HELP.search(stated) and len(list_words(stated)) <= _longest_try(question):
        return Reading(Move.WRONG, stated)
    return None


def _asks_for_help(text: str, question: Question) -> bool:
    """Whether a message asks: it opens as a question, or ends as one that is not "is it X?" with a likely X."""
    if _IS_THAT_RIGHT.match(text):
        return False
    stated = _without_frame(text)
    opens_as_key = list_words(stated)[:1] == list_words(question.answer)[:1]
    if _QUESTION.match(text) or _QUESTION.match(stated):
        return not opens_as_key
    if not text.rstrip(" \"'”’)").endswith("?") or _CLOSING.search(text):
        return False
    if any(fold(stated) == fold(option) for option in question.options):
        return False
    shapes = content_lemmas(stated)
    if shapes and _SHAPES.issuperset(shapes):
        return True
    is_long = len(list_words(stated)) > _longest_try(question)
    return bool(_ASKS_ABOUT.match(text)) or is_long


def _without_frame(text: str) -> str:
    """Give what a message puts forward: "is it X?" and "I think it is X, am I right?" put forward X."""
    framed = _IS_THAT_RIGHT.match(text)
    return framed.group(1) if framed else _bare(_CLOSING.sub("", _ANSWERING.sub("", text)))


def _bare(text: str) -> str:
    return text.strip(" .!?\"'“”")


def _longest_try(question: Question) -> int:
    """Words beyond which a message is no try at the answer: thrice the answer's own, ten at least."""
    return max(10, 3 * len(list_words(question.answer)))


def _stated_option(text: str, question: Question) -> Reading | None:
    """Find the one option that the message names. A letter or a place is a guess for the quiz."""
    named = [option for option in question.options if names(text, option)]
    longest = [o for o in named if not any(o != other and names(other, o) for other in named)]
    if len(longest) == 1 and not _denies(text, longest[0]):
        is_right = fold(longest[0]) == fold(question.answer)
        return Reading(Move.RIGHT if is_right else Move.WRONG, longest[0])
    return Reading(Move.GUESS) if _LETTER.search(text) or _PLACE.search(text) else None


def _denies(text: str, option: str) -> bool:
    """Whether the message says no to the option it names; an option may hold a "not" of its own."""
    rest = fold(text).replace(fold(option), " ")
    return bool(_DENIES.search(re.sub(r"\b(?:(?:i'?m )?not sure|isn't it)\b", " ", rest)))
