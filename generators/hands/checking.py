"""Whether the reading says what a person wrote into a study aid: people are told so, and decide."""

import re
from collections.abc import Iterator
from dataclasses import replace

from domain.claims import Claim
from domain.evidence import Evidence
from domain.material import CardForm, Flashcard, Relation, Unit, claims_of
from domain.outcomes import Verdict
from domain.questions import Question, QuestionForm
from generators.compose.quizzes.true_false import TRUE
from generators.model.propositions import Asked
from safety.grounding import Verifier

_ASKED = re.compile(r"^true or false\?\s*", re.IGNORECASE)
_QUOTED = re.compile(r"[“\"«„](?P<words>[^“”\"«»„]+)[”\"»“]")
_LISTED = frozenset({QuestionForm.ORDERING, QuestionForm.MATCHING})


def is_borne_out(unit: Unit, evidence: Evidence, verifier: Verifier) -> bool | None:
    """Whether the cited words say all that a person wrote, judged as strictly as a machine's words are.

    Where an answer stands beside its question, it is put into the question: one way to do that must be borne out.
    None for links of a map, which say too little to be judged.
    """
    if isinstance(unit, Relation):
        return None

    def says(claim: Claim, text: str) -> bool:
        asked = replace(claim, text=text, by_person=False)
        return verifier.verify(asked, evidence).verdict is Verdict.SUPPORTED

    if not all(says(claim, claim.text) for claim in _statements(unit)):
        return False
    if isinstance(unit, Question) and unit.form is QuestionForm.TRUE_FALSE:
        return says(unit.claim, _ASKED.sub("", unit.stem)) == (unit.answer == TRUE)
    answered = list(_answered(unit))
    return not answered or any(says(unit.claim, text) for text in answered)


def _statements(unit: Unit) -> tuple[Claim, ...]:
    """Give the claims that are statements as they stand; of a card with a question its two faces are the claim."""
    return () if isinstance(unit, Flashcard) and unit.form is not CardForm.CLOZE else claims_of(unit)


def _answered(unit: Unit) -> Iterator[str]:
    match unit:
        case Flashcard() if unit.form is not CardForm.CLOZE:
            yield from Asked(unit.front).answered(unit.back)
        case Question() if unit.form not in _LISTED:
            if quoted := _QUOTED.search(unit.stem):
                yield f"{quoted['words']} is {unit.answer}."
                yield f"{unit.answer} is {quoted['words']}."
            yield from Asked(unit.stem).answered(unit.answer)
        case _:
            return
