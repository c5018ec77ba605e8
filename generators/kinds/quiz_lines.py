"""One question as a model writes it, and how it becomes one of ours.

What a model says is right is not enough: words must come from its sources, an order must be proved by the reading's
own words, and our own code shuffles, estimates and words what does not depend on the model.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from domain.claims import Claim
from domain.material import Kind
from domain.questions import Pair, Question, QuestionForm
from domain.words import content_stems, fold
from generators.compose.quizzes.asked import shuffled
from generators.compose.quizzes.difficulty import estimate, level_of
from generators.compose.quizzes.ordering import proves_order
from generators.compose.reading.parse import ParsedSection
from generators.model.replies import ReplyModel, cite, quotes, says, unit_id

_GAP = "____"
_TRUTHS = ("True", "False")
_NEAR = 0.6
"""Share of the correction's words that a false statement must hold: it is the reading's with one change."""


class ItemLine(ReplyModel):
    """A thing to be put in order, or a term and its meaning."""

    text: str
    meaning: str
    sources: list[int]


class QuestionLine(ReplyModel):
    """One question of the model's."""

    form: QuestionForm
    stem: str
    options: list[str]
    answer: str
    statement: str
    sources: list[int]
    points: tuple[str, ...] = ()
    items: tuple[ItemLine, ...] = ()


def read_question(line: QuestionLine, parsed: ParsedSection) -> Question:
    """Make a question of a line; one that breaks the rules cites nothing, so that the gate drops and counts it."""
    match line.form:
        case QuestionForm.TRUE_FALSE:
            question = _judged(line, parsed)
        case QuestionForm.ORDERING:
            question = _ordered(line, parsed)
        case QuestionForm.MATCHING:
            question = _matched(line, parsed)
        case _:
            question = _answered(line, parsed)
    points = len(question.key_points)
    return replace(
        question,
        bloom=level_of(question.form, question.stem),
        difficulty=estimate(question.form, question.stem, question.answer, points=points),
    )


def _answered(line: QuestionLine, parsed: ParsedSection) -> Question:
    claim = Claim(line.statement, cite(parsed, line.sources))
    source = quotes(claim.citations)
    points = tuple(line.points) if line.form is QuestionForm.SHORT else ()
    is_sound = _is_sound(line, source) and all(
        point.strip() and says(f"{line.statement} {source}", point) for point in points
    )
    options = tuple(line.options) if line.form is QuestionForm.CHOICE else ()
    return _question(line, [claim], is_sound=is_sound, options=options, key_points=points)


def _judged(line: QuestionLine, parsed: ParsedSection) -> Question:
    """Read a statement to be judged; a true one is its own claim, a false one is near its correction."""
    stem = line.stem.removeprefix("True or false?").strip()
    answer = line.answer.strip().capitalize()
    is_true = answer == _TRUTHS[0]
    claim = Claim(stem if is_true else line.statement, cite(parsed, line.sources))
    said, meant = set(content_stems(stem)), set(content_stems(line.statement))
    is_sound = bool(said) and answer in _TRUTHS
    if not is_true:
        is_sound = is_sound and fold(stem) != fold(line.statement) and len(said & meant) >= _NEAR * len(meant)
    asked = line.model_copy(update={"stem": f"True or false? {stem}", "answer": answer})
    changed = tuple(word for word in line.statement.split() if fold(word) not in fold(stem).split())
    right = () if is_true or not changed else (" ".join(changed).strip(" .,;"),)
    return _question(asked, [claim], is_sound=is_sound, options=_TRUTHS, key_points=right)


def _ordered(line: QuestionLine, parsed: ParsedSection) -> Question:
    claims = [Claim(item.text, cite(parsed, item.sources)) for item in line.items]
    places = [claim.citations[0] for claim in claims if claim.citations]
    found = [at and parsed.sentence_at(at.start) for at in map(parsed.evidence.find, places)]
    sentences = [sentence for sentence in found if sentence]
    sequence = tuple(item.text for item in line.items)
    is_sound = (
        bool(line.stem.strip())
        and len(sentences) == len(claims) <= 6
        and _are_different(sequence)
        and proves_order(parsed, sentences)
    )
    answer = "; ".join(f"{number}. {text}" for number, text in enumerate(sequence, start=1))
    asked = line.model_copy(update={"answer": answer})
    options = shuffled(sequence, line.stem)
    return _question(asked, claims, is_sound=is_sound, options=options, sequence=sequence)


def _matched(line: QuestionLine, parsed: ParsedSection) -> Question:
    claims = [Claim(f"{item.text}: {item.meaning}", cite(parsed, item.sources)) for item in line.items]
    pairs = tuple(Pair(item.text, item.meaning) for item in line.items)
    is_sound = (
        bool(line.stem.strip())
        and 3 <= len(pairs) <= 5
        and _are_different([pair.left for pair in pairs])
        and _are_different([pair.right for pair in pairs])
        and not any(says(other.right, pair.left) for pair in pairs for other in pairs)
    )
    asked = line.model_copy(update={"answer": "; ".join(claim.text for claim in claims)})
    rights = [pair.right for pair in pairs]
    return _question(asked, claims, is_sound=is_sound, options=shuffled(rights, line.stem), pairs=pairs)


def _question(line: QuestionLine, claims: Sequence[Claim], *, is_sound: bool, **more: object) -> Question:
    claim, *parts = claims or [Claim(line.statement, ())]
    identifier = unit_id(Kind.QUIZ, claim if is_sound else Claim(claim.text, ()), line.form, line.stem, line.answer)
    made = Question(identifier, claim, line.form, line.stem, line.answer, parts=tuple(parts), **more)  # type: ignore[arg-type]
    return made if is_sound else replace(made, claim=Claim(claim.text, ()))


def _is_sound(line: QuestionLine, source: str) -> bool:
    """Whether the statement holds the answer word for word, the stem does not, and the options fit the form.

    What the stem takes for granted must stand in the statement, its source or the options.
    """
    is_cloze = line.form is QuestionForm.CLOZE
    return (
        bool(line.stem.strip() and line.answer.strip())
        and line.answer in line.statement
        and not says(line.stem, line.answer)
        and (_GAP in line.stem) == is_cloze
        and says(" ".join((line.statement, source, *line.options)), line.stem)
        and (line.form is not QuestionForm.CHOICE or _are_options(line.options, line.answer))
    )


def _are_options(options: Sequence[str], answer: str) -> bool:
    """Whether there are two to five different options of like length, one of them the answer."""
    lengths = [len(fold(option)) for option in options]
    return (
        2 <= len(options) <= 5
        and answer in options
        and _are_different(options)
        # twice as long or short gives the answer away (specs/generation.md, section 5); short words are let be
        and max(lengths) <= max(2 * min(lengths), 12)
    )


def _are_different(texts: Sequence[str]) -> bool:
    """Whether no text is empty, and none stands twice."""
    folded = sorted(fold(text) for text in texts)
    return all(folded) and all(one != other for one, other in pairwise(folded))
