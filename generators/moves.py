"""What a student's message to the tutor is: an answer, effort, a plea for the answer, distress, or something else.

Messages are read by plain rules, in the order of `read_move`. A message that is read wrongly costs a phrase: what
the student is shown is held by the ladder and checked for leaks whatever the message says.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from domain.material import Question, QuestionForm
from domain.words import content_stems, fold, list_words
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
_ANSWERING = re.compile(
    r"^\W*(?:(?:i(?:'m| am)? (?:think|believe|guess|would say|say|sure)|maybe|perhaps|probably|so|is it|it is|"
    r"it's|its|that is|that's|could it be|the (?:right |correct )?answer is|"
    r"my answer is|answer|that|could be|must be)\b[\s,:]*)+",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"[\s,;.]*\b(?:am i right|right|is that (?:right|correct|it)|isn't it|or|no)\s*\?*\s*$", re.IGNORECASE
)
_SOMETHING_ELSE = re.compile(
    r"^\W*(?:can|could|will|would|do|does|did|is|are|what|who|when|where|why|how|which|write|tell|make|let'?s|play|sing|"
    r"have you|draw|help me with)\b",
    re.IGNORECASE,
)


def read_move(text: str, question: Question | None, *, about: str, grade: Grade) -> Reading:
    """Read a message. `about` is what question and ladder say: a message without a word of it may be off topic."""
    stated = _stated_answer(text, question, grade) if question is not None else None
    if stated is not None:
        return stated
    for signs, move in ((_DEMAND, Move.DEMAND), (_UPSET, Move.UPSET), (_TRYING, Move.EFFORT)):
        if signs.search(text):
            return Reading(move)
    if _SOMETHING_ELSE.search(text) and not _HELP.search(text) and not _is_about(text, about):
        return Reading(Move.OFF_TOPIC)
    is_thought = len(content_stems(text)) >= 3 and _is_about(text, about)
    return Reading(Move.EFFORT if is_thought else Move.ASK)


def _is_about(text: str, about: str) -> bool:
    return bool(set(content_stems(text)) & set(content_stems(about)))


def _stated_answer(text: str, question: Question, grade: Grade) -> Reading | None:
    if question.form is QuestionForm.CHOICE:
        return _stated_option(text, question)
    stated = _CLOSING.sub("", _ANSWERING.sub("", text)).strip(" .!?\"'“”")
    if stated and grade(question, stated):
        return Reading(Move.RIGHT, stated)
    if _DEMAND.search(text) or _UPSET.search(text) or not list_words(stated):
        return None
    is_answering = bool(_ANSWERING.match(text)) or len(list_words(text)) <= 3
    if is_answering and not _HELP.search(stated) and len(list_words(stated)) <= _longest_try(question):
        return Reading(Move.WRONG, stated)
    return None


def _longest_try(question: Question) -> int:
    """Words beyond which a message is no try at the answer: thrice the answer's own, ten at least."""
    return max(10, 3 * len(list_words(question.answer)))


def _stated_option(text: str, question: Question) -> Reading | None:
    """Find the one option that the message names. A letter alone is a guess, which is answered in the quiz itself."""
    named = [option for option in question.options if names(text, option)]
    longest = [o for o in named if not any(o != other and names(other, o) for other in named)]
    if len(longest) == 1 and not _denies(text, longest[0]):
        is_right = fold(longest[0]) == fold(question.answer)
        return Reading(Move.RIGHT if is_right else Move.WRONG, longest[0])
    return Reading(Move.GUESS) if _LETTER.search(text) else None


def _denies(text: str, option: str) -> bool:
    """Whether the message says no to the option it names; an option may hold a "not" of its own."""
    rest = fold(text).replace(fold(option), " ")
    return bool(_DENIES.search(re.sub(r"\b(?:i'?m )?not sure\b", " ", rest)))
