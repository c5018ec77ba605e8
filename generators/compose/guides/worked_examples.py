"""The worked examples that a reading has itself: the problem, the steps of its solution, the result.

An example is known by the word that its author sets over the solution, or by its own title with the work right behind
the task. Nothing is worked out here: every step is a sentence of the reading.
"""

import re
from collections.abc import Iterator, Sequence

from domain.claims import Claim
from domain.documents import Range
from domain.guides import ExampleStep, StepRole
from domain.ids import UnitId, stable_id
from domain.material import Kind
from generators.compose.guides.plain_examples import find_plain_example
from generators.compose.guides.worked_words import ASKS, CONCLUDES, ENDS, EXAMPLE, PICTURE, SOLUTION, WORKED, is_title
from generators.compose.reading.blocks import Block, find_blocks
from generators.compose.reading.parse import ParsedSection

MOST_EXAMPLES = 4
_FEWEST_STEPS, _MOST_STEPS = 2, 14
_MOST_BETWEEN = 2
"""Paragraphs of words between the steps of a solution."""

_LONGEST_PROBLEM = 3
"""Paragraphs before the solution that can be the problem."""

_VALUE = re.compile(r"\d+(?:[.,]\d+)*")
_LONG_LINE = 220
"""Characters of a line from which its sentences are steps of their own."""


def find_examples(parsed: ParsedSection, *, limit: int = MOST_EXAMPLES) -> tuple[ExampleStep, ...]:
    """List the steps of the section's worked examples, in reading order. Most readings have none."""
    blocks = find_blocks(parsed)
    steps: list[ExampleStep] = []
    number = 0
    next_free = 0
    for place, block in enumerate(blocks):
        if place < next_free or number == limit:
            continue
        if is_title(block, SOLUTION):
            before = [at for part in _problem(blocks[next_free:place]) for at in _lines(part)]
            parts = before, _solution(parsed, blocks[place:])
        else:
            parts = find_plain_example(parsed, blocks[place:])
        if not parts[0] or len(parts[1]) < _FEWEST_STEPS:
            continue
        steps += _units(parsed, number, *parts)
        number += 1
        next_free = next(at for at, one in enumerate(blocks) if parts[1][-1].end <= one.at.end) + 1
    return tuple(steps)


def combine_examples(parts: Sequence[Sequence[ExampleStep]], *, limit: int = 12) -> tuple[ExampleStep, ...]:
    """Put the sections' examples together, numbered anew."""
    examples = [
        [unit for unit in part if unit.example == number]
        for part in parts
        for number in sorted({unit.example for unit in part})
    ]
    return tuple(_numbered(unit, place) for place, steps in enumerate(examples[:limit]) for unit in steps)


def _problem(before: Sequence[Block]) -> tuple[Block, ...]:
    """Give the paragraphs that set the task: from the nearest one that asks for something, up to the solution."""
    near = [block for block in before[-_LONGEST_PROBLEM:] if not PICTURE.match(block.text)]
    for place in range(len(near) - 1, -1, -1):
        if is_title(near[place], ENDS):
            return ()
        if ASKS.search(near[place].text):
            return tuple(near[place:])
    return ()


def _solution(parsed: ParsedSection, blocks: Sequence[Block]) -> list[Range]:
    """List the places of a solution's steps up to its end; none where it is too long to be shown whole."""
    ends = (at for at, one in enumerate(blocks) if at and (is_title(one, ENDS) or EXAMPLE.fullmatch(one.text)))
    within = blocks[: next(ends, len(blocks))]
    body = [block for block in within if not SOLUTION.fullmatch(block.text) and not PICTURE.match(block.text)]
    steps = [at for block in body[: _end_of_work(body)] for at in _lines(block)]
    is_cut = any("=" in parsed.evidence.text[at.start : at.end] for at in steps[_MOST_STEPS:])
    return [] if is_cut else steps[:_MOST_STEPS]


def _end_of_work(body: Sequence[Block]) -> int:
    """Give the place behind the paragraphs that work, with a few words between two where a result is yet to come."""
    is_working = [bool(WORKED.search(block.text)) for block in body]
    first = is_working.index(True) if True in is_working else len(body)
    for place in range(first, len(body)):
        near = body[place : place + 1 + _MOST_BETWEEN]
        if not is_working[place] and not any("=" in block.text for block in near):
            return place
    return len(body)


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
    """Take the last step that concludes, states a value, or says again the value found; else the last."""
    texts = {at: parsed.evidence.text[at.start : at.end] for at in steps}
    worked = [at for at in steps if "=" in texts[at] or CONCLUDES.match(texts[at])]
    if not worked:
        return steps[-1]
    value = (_VALUE.findall(texts[worked[-1]]) or [""])[-1]
    again = [at for at in steps if at > worked[-1] and value and value in _VALUE.findall(texts[at])]
    return (again or worked)[-1]


def _step(parsed: ParsedSection, at: Range, number: int, role: StepRole) -> ExampleStep:
    citations = parsed.cite(at)
    first = citations[0].span
    identity = stable_id(Kind.WORKED_EXAMPLES, first.document_id, first.page, first.start)
    claim = Claim(" ".join(parsed.evidence.text[at.start : at.end].split()), citations)
    return ExampleStep(UnitId(identity), claim, number, parsed.evidence.title, role)


def _numbered(unit: ExampleStep, number: int) -> ExampleStep:
    return ExampleStep(unit.id, unit.claim, number, unit.title, unit.role)
