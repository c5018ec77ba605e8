"""A quiz to print: the questions alone, or with a key that says for each answer where the reading says so."""

from collections.abc import Iterator
from string import ascii_uppercase

from domain.questions import Question, QuestionForm
from generators.exports.aid import Aid
from generators.exports.origin import Origin
from generators.exports.sheet import Block, Heading, Lines, Mark, Notes, Sheet, Text

_LINES = 4


def questions_of(artifact: Aid) -> tuple[Question, ...]:
    """Give the questions of a quiz, in order."""
    return tuple(unit for unit in artifact.units if isinstance(unit, Question))


def quiz_sheet(quiz: Aid, origin: Origin, *, has_key: bool) -> Sheet:
    """Give a quiz as a sheet. Without the key nothing on it says which answer is right, nor where it stands."""
    notes = Notes(origin.name_of, origin.reading, origin.credit)
    blocks: list[Block] = []
    questions = questions_of(quiz)
    for number, question in enumerate(questions, 1):
        credit = origin.credit(question.claim, *question.parts)
        blocks.append(Text(question.stem, mark=Mark.NUMBER, label=str(number), credit=credit))
        blocks += _room_for(question)
    if has_key:
        blocks.append(Heading("Answers", is_on_new_page=True))
        for number, question in enumerate(questions, 1):
            blocks += _key(question, str(number), notes)
    return Sheet(quiz.title, origin.reading, origin.language, tuple(blocks), notes.all())


def _room_for(question: Question) -> Iterator[Block]:
    """Yield what is to be chosen from or written on."""
    if question.form is QuestionForm.MATCHING:
        yield from (Text(pair.left, mark=Mark.BOX, depth=1) for pair in question.pairs)
    if question.form is QuestionForm.ORDERING:
        yield from (Text(option, mark=Mark.BOX, depth=1) for option in question.options)
    elif question.options:
        letters = zip(ascii_uppercase, question.options, strict=False)
        yield from (Text(option, mark=Mark.LETTER, label=letter, depth=1) for letter, option in letters)
    else:
        yield Lines(_LINES if question.key_points else 1)


def _key(question: Question, number: str, notes: Notes) -> Iterator[Block]:
    """Yield the right answer, what the reading says, and what else a teacher marks by."""
    claims = question.claim, *question.parts
    if question.form is QuestionForm.ORDERING:
        lead = "; ".join(f"{place}. {item}" for place, item in enumerate(question.sequence, 1))
    elif question.form is QuestionForm.MATCHING:
        lead = "; ".join(f"{pair.left} → {pair.right}" for pair in question.pairs)
    else:
        lead = _lettered(question)
    others = f"Also right: {', '.join(question.accepted)}. " if question.accepted else ""
    words = others + question.claim.text
    yield notes.text(words, *claims, lead=lead, mark=Mark.NUMBER, label=number)
    if question.form is QuestionForm.SHORT:
        yield from (Text(point, mark=Mark.BULLET, depth=1) for point in question.key_points)
    for one in question.misconceptions:
        yield Text(one.belief, lead=one.option, mark=Mark.BULLET, depth=1)


def _lettered(question: Question) -> str:
    if question.answer not in question.options:
        return question.answer
    return f"{ascii_uppercase[question.options.index(question.answer)]}: {question.answer}"
