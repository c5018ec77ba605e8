"""From what is asked to a question of the quiz: cited, named by what it asks and where, its difficulty estimated."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.claims import Claim
from domain.documents import Range
from domain.ids import UnitId, stable_id
from domain.questions import Misconception, Pair, Question, QuestionForm
from generators.compose.asking.stems import without_sources
from generators.compose.quizzes.difficulty import estimate, level_of
from generators.compose.reading.parse import ParsedSection


@dataclass(frozen=True, slots=True)
class Sided:
    """What a question asks and how it may be answered, before it has its place in the quiz.

    `options` are in any order, `likeness` (0 to 1) says how alike in meaning they are.
    """

    form: QuestionForm
    stem: str
    answer: str
    options: tuple[str, ...] = ()
    accepted: tuple[str, ...] = ()
    concepts: tuple[str, ...] = ()
    sequence: tuple[str, ...] = ()
    pairs: tuple[Pair, ...] = ()
    key_points: tuple[str, ...] = ()
    misconceptions: tuple[Misconception, ...] = ()
    likeness: float = 0.0


def to_question(parsed: ParsedSection, places: Sequence[Range], sided: Sided) -> Question:
    """Make the question; it rests on what stands at the first place, and on what stands at the others."""
    claim, *parts = (_claim(parsed, place) for place in places)
    first = claim.citations[0].span
    stem = " ".join(without_sources(sided.stem).split())
    named = (sided.form, stem, *((sided.answer,) if sided.sequence or sided.pairs else ()))
    return Question(
        id=UnitId(stable_id("question", first.document_id, first.page, first.start, *named)),
        claim=claim,
        form=sided.form,
        stem=stem,
        answer=sided.answer,
        options=sided.options,
        accepted=sided.accepted,
        concepts=sided.concepts,
        sequence=sided.sequence,
        pairs=sided.pairs,
        key_points=sided.key_points,
        misconceptions=sided.misconceptions,
        bloom=level_of(sided.form, stem),
        difficulty=estimate(sided.form, stem, sided.answer, likeness=sided.likeness, points=len(sided.key_points)),
        parts=tuple(parts),
    )


def shuffled(texts: Sequence[str], seed: str) -> tuple[str, ...]:
    """Put texts in an order that only they and the seed decide, and that is not the one they came in."""
    mixed = sorted(texts, key=lambda text: stable_id(seed, text))
    return tuple(mixed if mixed != list(texts) else [*mixed[1:], *mixed[:1]])


def _claim(parsed: ParsedSection, place: Range) -> Claim:
    text = parsed.evidence.text[place.start : place.end]
    return Claim(" ".join(text.split()), parsed.cite(place))
