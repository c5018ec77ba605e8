"""The worked examples that a reading has itself: the problem, the steps of its solution, the result.

An example is known by the word that its author sets over the solution, in the languages of `_SOLUTION`. Nothing is
worked out here: every step is a sentence of the reading.
"""

import re
from collections.abc import Iterator, Sequence

from domain.claims import Claim
from domain.documents import Range
from domain.guides import ExampleStep, StepRole
from domain.ids import UnitId, stable_id
from domain.material import Kind
from generators.compose.blocks import Block, find_blocks
from generators.compose.parse import ParsedSection

MOST_EXAMPLES = 4
_MOST_STEPS = 14
_LONGEST_PROBLEM = 3
"""Paragraphs before the solution that can be the problem."""

_LONG_LINE = 220
"""Characters of a line from which its sentences are steps of their own."""

_SOLUTION = re.compile(
    r"(?:solution|worked solution|strategy|answer|lösung|lösungsweg|solución|resolución|solution détaillée|corrigé|"
    r"soluzione|svolgimento|oplossing|uitwerking|solução|resolução|rozwiązanie|решение|解答?|解法|풀이|الحل)"
    r"(?:\s+[\dA-Z][\d.]*)?\s*[:.：]?\s*",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"(?:discussion|check your understanding|exercises?|problems?|try it|questions?|summary|example|examples?|remark|"
    r"diskussion|aufgaben?|beispiel|discusión|ejercicios?|ejemplo|exercices?|exemple|esercizi|esempio|exercícios?|"
    r"exemplo|练习|例)(?:\s+[\d.]+)?\b[\s:.：]*(?:$|(?=[A-Z(]))",
    re.IGNORECASE,
)
_EXAMPLE = re.compile(
    r"(?:worked\s+)?(?:example|beispiel|ejemplo|exemple|esempio|exemplo|voorbeeld|przykład|пример|例题?|مثال)"
    r"\s*[\d.]*\s*[:.：–—-]?\s*",
    re.IGNORECASE,
)
_PICTURE = re.compile(r"(?:figure|fig\.|table|abbildung|figura|tabla|図|图)\b", re.IGNORECASE)
_WORKED = re.compile(r"[=≈≤≥<>]|\d")
_CONCLUDES = re.compile(
    r"(?:so|thus|hence|therefore|the answer|we (?:find|get|conclude)|also|daher|somit|por (?:lo )?tanto|donc|quindi|"
    r"portanto|dus|因此|所以)\b",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\?|\b(?:find|calculate|compute|determine|show|solve|prove|what|how|berechne|bestimme|calcula|halla|calculez|"
    r"trouvez|calcola|trova|求)\b",
    re.IGNORECASE,
)


def find_examples(parsed: ParsedSection, *, limit: int = MOST_EXAMPLES) -> tuple[ExampleStep, ...]:
    """List the steps of the section's worked examples, in reading order. Most readings have none."""
    blocks = find_blocks(parsed)
    steps: list[ExampleStep] = []
    number = 0
    next_free = 0
    for place, block in enumerate(blocks):
        if place < next_free or number == limit or not _is_title(block, _SOLUTION):
            continue
        problem = _problem(blocks[next_free:place])
        rest = list(_solution(blocks[place:]))
        if not problem or len(rest) < 2:
            continue
        steps += _units(parsed, number, [at for part in problem for at in _lines(part)], rest)
        number += 1
        next_free = next(at for at, one in enumerate(blocks) if rest[-1].end <= one.at.end) + 1
    return tuple(steps)


def combine_examples(parts: Sequence[Sequence[ExampleStep]], *, limit: int = 12) -> tuple[ExampleStep, ...]:
    """Put the sections' examples together, numbered anew."""
    examples = [
        [unit for unit in part if unit.example == number]
        for part in parts
        for number in sorted({unit.example for unit in part})
    ]
    return tuple(_numbered(unit, place) for place, steps in enumerate(examples[:limit]) for unit in steps)


def _is_title(block: Block, title: re.Pattern[str]) -> bool:
    """Whether a paragraph is, or opens with, a word such as "Solution", set apart."""
    found = title.match(block.text)
    return found is not None and (found.end() == len(block.text) or found[0].rstrip().endswith((":", "：")))


def _problem(before: Sequence[Block]) -> tuple[Block, ...]:
    """Give the paragraphs that set the task: from the nearest one that asks for something, up to the solution."""
    near = [block for block in before[-_LONGEST_PROBLEM:] if not _PICTURE.match(block.text)]
    for place in range(len(near) - 1, -1, -1):
        if _is_title(near[place], _ENDS):
            return ()
        if _ASKS.search(near[place].text):
            return tuple(near[place:])
    return ()


def _solution(blocks: Sequence[Block]) -> Iterator[Range]:
    """Yield the places of a solution's steps: the lines of its paragraphs, while these go on working."""
    count = 0
    has_worked = False
    for place, block in enumerate(blocks):
        if place and (_is_title(block, _ENDS) or _EXAMPLE.fullmatch(block.text)):
            return
        if _SOLUTION.fullmatch(block.text) or _PICTURE.match(block.text):
            continue
        is_working = bool(_WORKED.search(block.text))
        if has_worked and not is_working:
            return
        has_worked = has_worked or is_working
        for at in _lines(block):
            if count == _MOST_STEPS:
                return
            count += 1
            yield at


def _lines(block: Block) -> Iterator[Range]:
    """Yield a paragraph's lines; a long one by its sentences."""
    for line in block.lines:
        sentences = [one.at for one in block.sentences if line.start <= one.at.start < line.end]
        is_long = line.end - line.start > _LONG_LINE and len(sentences) > 1
        yield from sentences if is_long else (line,)


def _units(
    parsed: ParsedSection, number: int, problem: Sequence[Range], rest: Sequence[Range]
) -> Iterator[ExampleStep]:
    result = _find_result(parsed, rest)
    for at in problem:
        yield _step(parsed, at, number, StepRole.PROBLEM)
    for at in rest:
        yield _step(parsed, at, number, StepRole.RESULT if at is result else StepRole.STEP)


def _find_result(parsed: ParsedSection, steps: Sequence[Range]) -> Range:
    """Take the last step that concludes or states a value, else the last."""
    texts = {at: parsed.evidence.text[at.start : at.end] for at in steps}
    worked = [at for at in steps if "=" in texts[at] or _CONCLUDES.match(texts[at])]
    return (worked or list(steps))[-1]


def _step(parsed: ParsedSection, at: Range, number: int, role: StepRole) -> ExampleStep:
    citations = parsed.cite(at)
    first = citations[0].span
    identity = stable_id(Kind.WORKED_EXAMPLES, first.document_id, first.page, first.start)
    claim = Claim(" ".join(parsed.evidence.text[at.start : at.end].split()), citations)
    return ExampleStep(UnitId(identity), claim, number, parsed.evidence.title, role)


def _numbered(unit: ExampleStep, number: int) -> ExampleStep:
    return ExampleStep(unit.id, unit.claim, number, unit.title, unit.role)
