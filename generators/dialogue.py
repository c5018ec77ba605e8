"""What the tutor says next: pure rules from a ladder, how far it was climbed, and a message.

The first two rungs (what is asked, where to look) open on request: they help with reading and tell nothing.
The next two open for a message that shows effort, or for the asking once an answer was tried: hints that come for
the mere asking get clicked through unread. Nothing opens two rungs at once, and a demand opens none of the last two.
A question of the student's own has no answer to try; having put it is the effort, so each asking opens one rung.
"""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from domain.material import HintRung
from domain.questions import Question
from generators.compose.asking.hints import deciding_words
from generators.moves import Grade, Move, Reading, read_move
from safety.leaks import find_leak

_FREE = 2
"""How many rungs of a quiz item open for the asking."""

_LEADS: dict[Move, tuple[str, ...]] = {
    Move.ASK: ("",),
    Move.EFFORT: ("Good that you went on looking.", "Thank you for saying where you stand.", "You are working on it."),
    Move.WRONG: (
        "Not right yet: the reading says otherwise.",
        "That is not right yet. Check it against the reading.",
        "Not quite; it is not what the reading says.",
    ),
    Move.DEMAND: (
        "I give hints, so that the find is yours.",
        "Telling you would not help you later; this will.",
        "I keep to hints here, whoever asks.",
        "No shortcut here, but a way to it.",
        "You will keep it better if you find it yourself.",
        "That stays closed; the next step is open.",
        "I will not hand it over, but I help you get there.",
    ),
    Move.UPSET: (
        "It is okay to find this hard. One small step together.",
        "I understand, this is tough. Take a breath; one step is enough.",
        "Many people feel like that here, and it passes. A small step together:",
        "That sounds hard. You can leave all the rest and take this one step.",
        "It is normal to feel that way with a tough part. We go slowly.",
        "I hear you. Okay, only one thing now.",
    ),
    Move.OFF_TOPIC: (
        "I can help with this reading alone. Back to the question.",
        "That is for another place. Back to the question.",
        "Let us stay with this question and its reading.",
        "I know nothing of that; the question here is what I can help with.",
        "Later, perhaps, and elsewhere. The question waits.",
    ),
    Move.GUESS: (
        "Say it in the words of the choice, please; letters and places are for the quiz.",
        "I do not weigh letters or places. Which words do you mean?",
        "Going through the choices one by one teaches little. Write the words of the one you mean.",
        "Letters and places do not tell me how you think. Say the words you would choose.",
        "Try letters in the quiz; here, write the words you mean and your reason.",
    ),
}
_TRY_FIRST = (
    "Before the next hint, say what you have found so far.",
    "The next hint opens when you write a thought or try an answer.",
    "Write what you think first, right or wrong; then I go on.",
)
_CONFIRMED = (
    "Yes, the reading bears you out. Which words of it show that?",
    "Yes, that is what the reading says. How would you explain it in your own words?",
)
_NOT_WEIGHED = "You have ruled out enough here; give that answer in the quiz. Which words of the reading speak for it?"
_SOLVED = (
    "You have answered this one right already, and that stands. Which words of the reading show it?",
    "That you found the right answer stands. How would you explain it in your own words?",
)
_LAST = (
    "That was the last hint; you can try an answer now.",
    "There is no further hint. Try an answer, even an unsure one.",
)
_SAFE = (
    "Read that part of the reading again, slowly. Which words there speak to the question?",
    "What do you think, and why?",
)


@dataclass(frozen=True, slots=True)
class Situation:
    """Where a student stands: the rung last shown (-1 for none), the tries, the wrong answers, a right one."""

    rung: int = -1
    attempts: int = 0
    ruled_out: frozenset[str] = frozenset()
    is_solved: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    """What to say, and the rung it stands on.

    `reading` is how the message was understood, `is_weighed` whether it stated an answer that the text judges.
    """

    rung: int
    text: str
    reading: Reading
    is_weighed: bool = False


def respond(
    ladder: Sequence[HintRung], question: Question | None, text: str, *, situation: Situation, grade: Grade
) -> Reply:
    """Answer a message, or with an empty text a click. The ladder must not be empty."""
    about = " ".join([question.stem if question else "", *(rung.text for rung in ladder)])
    reading = read_move(text, question, about=about, grade=grade)
    is_answer = reading.move in {Move.RIGHT, Move.WRONG}
    is_settled = situation.is_solved and reading.move is Move.WRONG
    is_known = reading.answer in situation.ruled_out
    is_weighed = is_answer and not is_settled and (is_known or _may_weigh(question, situation))
    free = _FREE if question is not None else len(ladder)
    has_earned = reading.move is Move.EFFORT or (reading.move is Move.WRONG and is_weighed)
    rung = _next_rung(situation, reading.move, count=len(ladder), free=len(ladder) if has_earned else free)
    if is_answer and not is_weighed:
        rung = max(situation.rung, 0)
        words = _pick(_SOLVED, text) if is_settled else _NOT_WEIGHED
    elif reading.move is Move.RIGHT:
        words = _pick(_CONFIRMED, text)
    else:
        leads = _leads(reading.move, is_new=rung > situation.rung, is_last=rung == len(ladder) - 1)
        words = f"{_pick(leads, text)} {ladder[rung].text}".strip()
    return Reply(rung, _checked(words, ladder[: rung + 1], question, text), reading, is_weighed)


def recall(ladder: Sequence[HintRung], question: Question | None, rung: int) -> str:
    """Give the words of a rung that was climbed before, as safe as when they were first given."""
    return _checked(ladder[rung].text, ladder[: rung + 1], question, "")


def _next_rung(situation: Situation, move: Move, *, count: int, free: int) -> int:
    """Give the rung to stand on: one higher below `free`, or when an answer was tried and this is no demand."""
    up = min(situation.rung + 1, count - 1)
    stay = max(situation.rung, 0)
    if move in {Move.RIGHT, Move.OFF_TOPIC}:
        return stay
    has_tried = situation.attempts > 0 and move is not Move.DEMAND
    return up if up < free or has_tried else stay


def _leads(move: Move, *, is_new: bool, is_last: bool) -> Sequence[str]:
    if move is not Move.ASK or is_new:
        return _LEADS[move]
    return _LAST if is_last else _TRY_FIRST


def _may_weigh(question: Question | None, situation: Situation) -> bool:
    """Whether a named option may be judged here: not when the word "wrong" would leave only the right one."""
    return question is None or not question.options or len(situation.ruled_out) < len(question.options) - 2


def _pick(phrases: Sequence[str], text: str) -> str:
    """Vary the wording by what was written, the same for the same message."""
    return phrases[zlib.crc32(text.encode()) % len(phrases)]


def _checked(words: str, climbed: Sequence[HintRung], question: Question | None, text: str) -> str:
    """Let nothing out that gives the answer away, alone or together with the rungs shown before."""
    if question is None:
        return words
    before = [rung.text for rung in climbed[:-1]]
    known, answer = f"{question.stem} {text}", deciding_words(question)
    options = question.options if answer == question.answer else ()

    def is_safe(candidate: str) -> bool:
        return find_leak(candidate, answer, known=known, options=options, recent=before) is None

    return next((candidate for candidate in (words, climbed[-1].text, *_SAFE) if is_safe(candidate)), _SAFE[-1])
