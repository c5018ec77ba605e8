"""No sentence is served without verified words of the reading, whoever vouches for it."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.embeddings.minilm import MiniLM
from domain.claims import Claim
from domain.documents import Citation, Span
from domain.evidence import Evidence
from domain.ids import DocumentId, UnitId
from domain.material import ArtifactStatus, Draft, Kind, SummarySentence, Unit, claims_of
from domain.outcomes import Judgement, Served, Verdict
from domain.questions import Question, QuestionForm
from safety.grounding import Verifier
from safety.release import About, release
from safety.screening import Screener
from tests.builders import NOW, a_document, some_evidence

ABOUT = About(a_document().id, 0, "Leaves", ArtifactStatus.PUBLISHED, NOW)
SOURCE = some_evidence("Leaves take in light. Roots do not take in light. Stems carry both of them. ٣٫٥ liters.")
OTHER = "Leaves take in no light at all. Whales are fish."
_TEXTS = ("Leaves take in light.", "Roots take in light.", "Whales are fish.", "", "take in light", "Stems carry both.")
_VERDICTS = st.builds(
    Judgement, st.sampled_from(Verdict), st.floats(0, 1), st.lists(st.text(max_size=5), max_size=2).map(tuple)
)


@pytest.fixture(scope="module")
def screener() -> Screener:
    return Screener()


def _stands(citation: Citation, evidence: Evidence) -> bool:
    """Look a citation up without the gate's own code: by the chunk that has its page, letter by letter."""
    return any(
        chunk.document_id == citation.span.document_id
        and chunk.span.page == citation.span.page
        and 0 <= citation.span.start - chunk.span.start < citation.span.end - chunk.span.start <= len(chunk.text)
        and chunk.text[citation.span.start - chunk.span.start : citation.span.end - chunk.span.start] == citation.quote
        for chunk in evidence.chunks
    )


def _citations() -> st.SearchStrategy[tuple[Citation, ...]]:
    """True citations; shifted, forged, emptied and stolen ones; none at all."""
    ends = st.integers(-3, len(SOURCE.text) + 3)
    true = st.tuples(ends, ends).map(lambda place: SOURCE.cite(max(place[0], 0), max(place[1], 0)))
    shifted = st.tuples(true, st.integers(-2, 2)).map(
        lambda given: tuple(
            replace(one, span=replace(one.span, start=one.span.start + given[1], end=one.span.end + given[1]))
            for one in given[0]
        )
    )
    emptied = true.map(lambda given: tuple(replace(one, quote="") for one in given))
    stolen = st.sampled_from([DocumentId("other"), SOURCE.chunks[0].document_id]).map(
        lambda document: (Citation(Span(document, 1, 0, 31), OTHER[:31]),)
    )
    forged = st.builds(
        lambda page, start, end, quote: (Citation(Span(SOURCE.chunks[0].document_id, page, start, end), quote),),
        st.integers(0, 2), ends, ends, st.sampled_from(["", " ", "Leaves", "Whales are fish.", "\n"]),
    )  # fmt: skip
    some = st.one_of(true, true, shifted, emptied, stolen, forged, st.just(()))
    return st.tuples(some, st.one_of(st.just(()), some)).map(lambda pair: (*pair[0], *pair[1]))


def _units() -> st.SearchStrategy[Unit]:
    """Units of one claim and of several, marked as a teacher's or not."""
    claims = st.builds(Claim, st.sampled_from(_TEXTS), _citations(), st.booleans())
    sentences = st.builds(SummarySentence, st.uuids().map(lambda made: UnitId(str(made))), claims)
    questions = st.builds(
        lambda made, claim, parts: Question(
            UnitId(str(made)), claim, QuestionForm.SHORT, "What?", "light", parts=tuple(parts)
        ),
        st.uuids(), claims, st.lists(claims, max_size=3),
    )  # fmt: skip
    return st.one_of(sentences, questions)


@settings(deadline=None, max_examples=300)
@given(data=st.data())
def test_no_verdict_replaces_words_of_the_reading(screener: Screener, data: st.DataObject) -> None:
    """With any draft and any judgements, every claim of what is served quotes the evidence at its spans."""
    units = data.draw(st.lists(_units(), max_size=5))
    judgements = [data.draw(_VERDICTS) for _ in units]

    outcome = release(Draft(Kind.QUIZ, tuple(units)), judgements, ABOUT, evidence=SOURCE, screener=screener)

    served = outcome.artifact.units if isinstance(outcome, Served) else ()
    verdicts = dict(zip((unit.id for unit in units), judgements, strict=True))
    for unit in served:
        assert verdicts[unit.id].verdict is Verdict.SUPPORTED
        for claim in claims_of(unit):
            assert claim.citations
            assert all(citation.quote.strip() and _stands(citation, SOURCE) for citation in claim.citations)
    assert all(unit in units for unit in served)
    if isinstance(outcome, Served):
        assert outcome.artifact.dropped == len(units) - len(served)


@settings(deadline=None, max_examples=150)
@given(unit=_units())
def test_the_verifier_supports_no_unit_with_a_loose_claim(embedder: MiniLM, unit: Unit) -> None:
    """A unit is as good as its weakest claim: one claim without words of the reading and it has no support."""
    verdict = Verifier(embedder).verify_unit(unit, SOURCE).verdict

    if verdict is Verdict.SUPPORTED:
        for claim in claims_of(unit):
            assert claim.citations
            assert all(citation.quote.strip() and _stands(citation, SOURCE) for citation in claim.citations)


def test_a_true_claim_does_not_carry_a_false_one(screener: Screener) -> None:
    """A question whose first claim stands and whose second quotes another document is not served."""
    true = Claim("Leaves take in light.", SOURCE.cite(0, 21))
    stolen = Claim("Whales are fish.", (Citation(Span(DocumentId("other"), 1, 32, 48), "Whales are fish."),))
    units = tuple(
        Question(UnitId(str(at)), true, QuestionForm.SHORT, "What?", "light", parts=parts)
        for at, parts in enumerate([(), (stolen,), (true, stolen)])
    )
    yes = Judgement(Verdict.SUPPORTED, 1.0)

    outcome = release(Draft(Kind.QUIZ, units), [yes] * 3, ABOUT, evidence=SOURCE, screener=screener)

    assert isinstance(outcome, Served)
    assert outcome.artifact.units == units[:1]
