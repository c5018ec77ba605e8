"""What the built-in quizzes are like over development textbooks; print the counts as one line of JSON.

python -m bench.quiz_check SECTIONS.jsonl [EVERY]

Each line of the file is a section: `text`, `title`, and `emphasised_spans`. EVERY takes every so manieth one.
"""

import json
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations
from pathlib import Path
from statistics import mean

from bench.systems.readings import embedder, parsed
from domain.claims import Claim
from domain.documents import Range
from domain.outcomes import Verdict
from domain.questions import Question, QuestionForm
from domain.words import fold, holds, lemmas
from generators.compose.quizzes.distractors import is_like_length
from generators.compose.quizzes.quiz import make_questions
from generators.compose.reading.parse import ParsedSection
from generators.kinds.quiz import rivals
from safety.claim_words import TERM
from safety.grounding import Verifier
from safety.leaks import find_leak

_FREE = frozenset({QuestionForm.TRUE_FALSE, QuestionForm.ORDERING, QuestionForm.MATCHING})


def main(path: Path, every: int) -> None:
    """Make the quizzes and check every rule of them."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()][::every]
    quizzes: list[tuple[ParsedSection, Sequence[Question]]] = []
    seconds = 0.0
    for row in rows:
        section = parsed(row["text"], row["emphasised_spans"], row["title"])
        assert section.vectors is not None
        begun = time.process_time()
        quizzes.append((section, make_questions(section)))
        seconds += time.process_time() - begun
    questions = [question for _, quiz in quizzes for question in quiz]
    choices = [question for question in questions if question.form is QuestionForm.CHOICE]
    report = {
        "sections": len(rows),
        "without_questions": sum(not quiz for _, quiz in quizzes),
        "questions_per_section": round(len(questions) / len(rows), 2),
        "forms": dict(Counter(question.form.value for question in questions)),
        "levels": dict(Counter(str(question.bloom) for question in questions)),
        "difficulty": round(mean(question.difficulty or 0.0 for question in questions), 3),
        "with_misconceptions": sum(bool(question.misconceptions) for question in questions),
        "cpu_s_per_section": round(seconds / len(rows), 3),
        **_proved(quizzes),
        **_apart(quiz for _, quiz in quizzes),
        "duplicate_options": sum(len({*map(fold, one.options)}) < len(one.options) for one in questions),
        "key_places": dict(sorted(Counter(one.options.index(one.answer) for one in choices).items())),
        "key_chi_square": round(_chi_square(choices), 2),
        "false_statements": _share(one.answer == "False" for one in questions if one.form is QuestionForm.TRUE_FALSE),
        "option_length_ratio": round(
            mean(max(map(len, one.options)) / min(map(len, one.options)) for one in choices), 2
        ),
        "key_is_longest": _share(max(one.options, key=len) == one.answer for one in choices),
        "option_rules_broken": sum(not _is_well_made(one) for one in choices),
    }
    print(json.dumps(report))


def _proved(quizzes: Iterable[tuple[ParsedSection, Sequence[Question]]]) -> dict[str, int]:
    """Count the questions whose claims the verifier does not support, and those with a second right answer."""
    unsupported = second_right = 0
    for section, quiz in quizzes:
        verifier = Verifier(embedder())
        for question in quiz:
            unsupported += verifier.verify_unit(question, section.evidence).verdict is not Verdict.SUPPORTED
            second_right += any(_holds(verifier, _in_all(claim, section), section) for claim in rivals(question))
    return {"unsupported": unsupported, "second_right_answer": second_right}


def _in_all(claim: Claim, section: ParsedSection) -> Claim:
    """Let a claim that gives a term a meaning rest on the whole section: that is where it must not be found."""
    is_meaning = TERM.match(claim.text) is not None
    return Claim(claim.text, section.cite(Range(0, len(section.evidence.text)))) if is_meaning else claim


def _holds(verifier: Verifier, claim: Claim, section: ParsedSection) -> bool:
    return verifier.verify(claim, section.evidence).verdict is Verdict.SUPPORTED


def _apart(quizzes: Iterable[Sequence[Question]]) -> dict[str, int]:
    """Count the pairs in one quiz with one answer, and those of which one tells the other's answer."""
    same = told = 0
    for quiz in quizzes:
        for one, other in combinations([question for question in quiz if question.form not in _FREE], 2):
            same += fold(one.answer) == fold(other.answer)
            told += any(
                holds(lemmas(a.stem), lemmas(b.answer)) or find_leak(a.stem, b.answer, known=b.stem) == "verbatim"
                for a, b in ((one, other), (other, one))
            )
    return {"same_answers": same, "told_by_another": told}


def _chi_square(choices: Sequence[Question]) -> float:
    """Say how far the places of the right options are from chance; below 7.8 for four places (5 %, 3 degrees)."""
    places = Counter(question.options.index(question.answer) for question in choices)
    expected: Counter[int] = Counter()
    for question in choices:
        for place in range(len(question.options)):
            expected[place] += 1 / len(question.options)  # type: ignore[assignment]
    return sum((places[place] - wanted) ** 2 / wanted for place, wanted in expected.items())


def _is_well_made(question: Question) -> bool:
    """Whether a choice keeps the rules of writing options that can be counted (Haladyna and others, 2002)."""
    is_sized = 3 <= len(question.options) <= 5 and is_like_length(question.options)
    return is_sized and question.options.count(question.answer) == 1 and not find_leak(question.stem, question.answer)


def _share(values: Iterable[bool]) -> float:
    found = list(values)
    return round(sum(found) / max(1, len(found)), 3)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1)
