"""A claim is supported by what it cites, or not at all."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from adapters.embeddings.minilm import MiniLM
from domain.claims import Claim
from domain.documents import Citation, Range, Span, Vector
from domain.evidence import Evidence
from domain.ids import DocumentId
from domain.outcomes import Judgement, Verdict
from safety.grounding import Verifier
from safety.grounding_features import Likeness, read_passage
from tests.builders import some_evidence
from tests.unit.safety.conftest import FlatEmbedder

TEXT = (
    "Plants make sugar from light, water and carbon dioxide. This process is called photosynthesis. "
    "It takes place in the chloroplasts of the leaf. Respiration is the breakdown of sugar that sets energy free. "
    "Animals cannot make sugar."
)
EVIDENCE = some_evidence(TEXT)


@pytest.fixture(scope="module")
def verifier(embedder: MiniLM) -> Verifier:
    return Verifier(embedder)


def a_claim(text: str, cited: str, evidence: Evidence = EVIDENCE) -> Claim:
    start = evidence.text.index(cited)
    return Claim(text, evidence.cite(start, start + len(cited)))


def judge(verifier: Verifier, text: str, cited: str) -> Judgement:
    return verifier.verify(a_claim(text, cited), EVIDENCE)


@pytest.mark.parametrize(
    "citation",
    [
        Citation(Span(EVIDENCE.chunks[0].document_id, 2, 0, 6), "Plants"),
        Citation(Span(DocumentId("other"), 1, 0, 6), "Plants"),
        Citation(Span(EVIDENCE.chunks[0].document_id, 1, 0, 6), "Leaves"),
        Citation(Span(EVIDENCE.chunks[0].document_id, 1, 6, 7), " "),
    ],
)
def test_citations_must_hold(verifier: Verifier, citation: Citation) -> None:
    """A citation of another page, document, quote, or of a blank supports nothing, beside whatever others."""
    good = a_claim("Animals cannot make sugar.", "Animals cannot make sugar.")

    judgement = verifier.verify(replace(good, citations=(*good.citations, citation)), EVIDENCE)

    assert judgement.verdict is Verdict.UNSUPPORTED
    assert "not in the reading" in judgement.reasons[0]


def test_a_claim_that_cites_nothing_is_unsupported(verifier: Verifier) -> None:
    """True or not, it points at nothing."""
    judgement = verifier.verify(Claim("Animals cannot make sugar.", ()), EVIDENCE)

    assert judgement.verdict is Verdict.UNSUPPORTED


def test_own_words_are_certain(verifier: Verifier) -> None:
    """Words of the reading are supported at once, with the highest score."""
    judgement = judge(
        verifier, "It takes place in the chloroplasts.", "It takes place in the chloroplasts of the leaf."
    )

    assert judgement.verdict is Verdict.SUPPORTED
    assert judgement.score == 1.0


def test_a_teachers_words_need_valid_citations_alone(verifier: Verifier) -> None:
    """What a teacher wrote over the machine's words stands, as long as it points into the reading."""
    claim = replace(a_claim("Sugar is sweet, as you all know.", "Animals cannot make sugar."), by_person=True)

    assert verifier.verify(claim, EVIDENCE).verdict is Verdict.SUPPORTED
    assert verifier.verify(replace(claim, citations=()), EVIDENCE).verdict is Verdict.UNSUPPORTED


@pytest.mark.parametrize("text", ["", "  ", "It is the.", "..."])
def test_a_claim_that_says_nothing_is_unsupported(verifier: Verifier, text: str) -> None:
    """Where nothing could be checked, nothing is supported; scored alone it gets 0."""
    assert judge(verifier, text, "Animals cannot make sugar.").verdict is Verdict.UNSUPPORTED
    assert verifier.score(EVIDENCE, text) == 0.0


def test_contradictions_say_why(verifier: Verifier) -> None:
    """A denial of the source is contradicted; a name it does not know is unsupported."""
    denied = judge(verifier, "Animals can make sugar.", "Animals cannot make sugar.")
    named = judge(verifier, "Sugar, said Darwin, cannot be made by animals.", "Animals cannot make sugar.")

    assert denied.verdict is Verdict.CONTRADICTED
    assert named.verdict is Verdict.UNSUPPORTED
    assert "Darwin" in named.reasons[0]


@pytest.mark.parametrize(
    "text", ["Fungi: living things that break down sugar", "Fungi are the breakdown of sugar that sets energy free."]
)
def test_the_subject_must_be_named(verifier: Verifier, text: str) -> None:
    """A definition of something that the cited words do not name is not supported by them."""
    judgement = judge(verifier, text, "Respiration is the breakdown of sugar that sets energy free.")

    assert judgement.verdict is not Verdict.SUPPORTED
    assert "fungi" in judgement.reasons[0].lower()


def test_the_subject_may_stand_in_the_sentence_before(verifier: Verifier) -> None:
    """A cited sentence that goes on speaking of something need not name it again."""
    text = "Photosynthesis takes place in chloroplasts, in leaves."

    judgement = judge(verifier, text, "It takes place in the chloroplasts of the leaf.")

    assert "does not name" not in " ".join(judgement.reasons)


def test_paraphrases_are_weighed(verifier: Verifier) -> None:
    """Other words for what stands there are supported; other matters are not."""
    near = judge(
        verifier,
        "Plants make sugar out of light, carbon dioxide and water.",
        "Plants make sugar from light, water and carbon dioxide.",
    )
    far = judge(
        verifier,
        "Plants are often sold at markets in the city.",
        "Plants make sugar from light, water and carbon dioxide.",
    )

    assert near.verdict is Verdict.SUPPORTED
    assert far.verdict is Verdict.UNSUPPORTED
    assert 0 <= far.score < 0.5 <= near.score < 1


def test_definitions_are_bound_to_their_terms(verifier: Verifier) -> None:
    """Against the whole reading, a definition scores higher with its own term than with another of the same page."""
    right = verifier.score(EVIDENCE, "Respiration: the process that frees the energy in sugar")
    wrong = verifier.score(EVIDENCE, "Photosynthesis: the process that frees the energy in sugar")

    assert right > wrong


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("ATP: molecule carrying energy in cells", Verdict.SUPPORTED),
        ("ATP: a simple sugar", Verdict.UNSUPPORTED),
        ("ATP: a part of the skin", Verdict.UNSUPPORTED),
    ],
    ids=["said", "nothing like it", "of something else"],
)
def test_to_name_the_term_is_not_enough(verifier: Verifier, text: str, verdict: Verdict) -> None:
    """A written definition must be like what the cited sentence says of its term, not only be about that term."""
    cited = "ATP is a molecule that carries energy from one part of a cell to another."
    evidence = some_evidence(cited)

    assert verifier.verify(a_claim(text, cited, evidence), evidence).verdict is verdict


def test_scores_stay_in_range(verifier: Verifier) -> None:
    """Any text gets a score between 0 and 1, also against a reading without sentences."""
    for text in ("Photosynthesis", "Sugar: it is", "A: b", "Light. Water. Air.", "Xyz: qwerty uiop"):
        for evidence in (EVIDENCE, some_evidence("Sugar")):
            assert 0 <= verifier.score(evidence, text) <= 1


def test_an_empty_reading_supports_nothing(verifier: Verifier) -> None:
    """Where there is no text, there is no support."""
    assert verifier.score(replace(EVIDENCE, chunks=(), text="", offsets=()), "Plants make sugar.") == 0.0


def test_several_citations_are_read_together(verifier: Verifier) -> None:
    """A claim over two sentences may cite both, in any order."""
    first, second = (EVIDENCE.text.index(word) for word in ("Plants make", "Animals cannot"))
    citations = (*EVIDENCE.cite(second, len(TEXT)), *EVIDENCE.cite(first, first + 55))

    judgement = verifier.verify(
        Claim("Plants make sugar from light, water and carbon dioxide. Animals cannot make sugar.", citations), EVIDENCE
    )

    assert judgement.verdict is Verdict.SUPPORTED
    assert EVIDENCE.find(citations[0]) != Range(0, 0)


def test_a_passages_vectors_are_made_once() -> None:
    """Claims about one passage that come one after the other embed its sentences once."""
    seen: list[int] = []

    class Counting(FlatEmbedder):
        def embed(self, texts: Sequence[str]) -> list[Vector]:
            seen.append(len(texts))
            return super().embed(texts)

    likeness, passage = Likeness(Counting()), read_passage(TEXT)
    likeness.score("Plants make sugar.", passage)
    likeness.score("Animals make no sugar.", passage)

    assert seen.count(len(passage.sentences)) == 1


def test_a_claim_longer_than_any_sentence_is_not_read_word_by_word(verifier: Verifier) -> None:
    """Thousands of words in one claim would take minutes to compare: such a claim has no support."""
    text = "Plants make sugar and animals make none and " * 60

    judgement = judge(verifier, text, "Plants make sugar from light, water and carbon dioxide.")

    assert judgement.verdict is Verdict.UNSUPPORTED
    assert "longer" in judgement.reasons[0]
