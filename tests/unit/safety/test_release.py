"""Nothing leaves unverified, unscreened or uncited."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.embeddings.minilm import MiniLM
from domain.claims import Claim
from domain.documents import Citation, Span
from domain.evidence import Evidence
from domain.guides import ExampleStep, StepRole
from domain.ids import PersonId, UnitId, stable_id
from domain.material import (
    AnswerSentence,
    ArtifactStatus,
    CardForm,
    Concept,
    Draft,
    Flashcard,
    Gloss,
    HintRung,
    Kind,
    Relation,
    RelationType,
    SummarySentence,
    Unit,
    VariantSentence,
)
from domain.outcomes import Judgement, Reason, Refused, Served, Verdict
from domain.questions import Question, QuestionForm
from safety.grounding import Verifier
from safety.release import About, release, words_of
from safety.screening import Screener
from tests.builders import NOW, a_document, some_evidence

YES = Judgement(Verdict.SUPPORTED, 1.0)
NO = Judgement(Verdict.UNSUPPORTED, 0.1)
WRONG = Judgement(Verdict.CONTRADICTED, 0.0)
ABOUT = About(a_document().id, 0, "Leaves", ArtifactStatus.PUBLISHED, NOW)
SOURCE = some_evidence("Leaves take in light. Roots take in water. Stems carry both of them.")


@pytest.fixture(scope="module")
def screener() -> Screener:
    return Screener()


def a_claim(text: str = "Leaves take in light.") -> Claim:
    return Claim(text, SOURCE.cite(0, 21))


def a_sentence(name: str, claim: Claim | None = None) -> SummarySentence:
    return SummarySentence(UnitId(stable_id(name)), claim or a_claim())


def test_claims_without_support_are_dropped_and_counted(screener: Screener) -> None:
    """Only the supported units are served, and the artifact says how many were not."""
    draft = Draft(Kind.SUMMARY, (a_sentence("a"), a_sentence("b"), a_sentence("c")), levels=(9.0, 6.0))

    outcome = release(draft, [YES, NO, WRONG], ABOUT, evidence=SOURCE, screener=screener)

    assert isinstance(outcome, Served)
    assert outcome.artifact.units == (draft.units[0],)
    assert outcome.artifact.dropped == 2
    assert outcome.artifact.levels == (9.0, 6.0)
    assert outcome.artifact.status is ArtifactStatus.PUBLISHED


@pytest.mark.parametrize(
    "citations",
    [
        (),
        (Citation(Span(a_document().id, 1, 0, 3), "   "),),
        (Citation(Span(a_document().id, 1, 0, 9), "Leaves"),),
    ],
)
def test_a_verdict_alone_is_not_enough(screener: Screener, citations: tuple[Citation, ...]) -> None:
    """A unit that cites nothing, blanks, or words of another length than its span is dropped, whatever the verdict."""
    draft = Draft(Kind.SUMMARY, (a_sentence("a", Claim("Leaves take in light.", citations)),))

    outcome = release(draft, [YES], ABOUT, evidence=SOURCE, screener=screener)

    assert isinstance(outcome, Refused)
    assert outcome.reason is Reason.NOTHING_SUPPORTED


def test_words_that_raise_a_worry_are_dropped(screener: Screener) -> None:
    """Material in which the screener finds a sign of danger is not shown."""
    claim = a_claim("I want to kill myself.")
    draft = Draft(Kind.SUMMARY, (a_sentence("a", claim), a_sentence("b")))

    outcome = release(draft, [YES, YES], ABOUT, evidence=SOURCE, screener=screener)

    assert isinstance(outcome, Served)
    assert outcome.artifact.units == (draft.units[1],)


CHAPTER = some_evidence("Werther decides to end his life. In 1897 Durkheim wrote: He committed suicide at home.")


@pytest.mark.parametrize(("whose", "count"), [("staff's", 1), ("a student's", 0)])
def test_a_chapter_is_a_chapter(whose: str, count: int, screener: Screener) -> None:
    """What stands in a reading that a teacher chose may be shown, with a gap in it too; a student's own notes not."""
    line = "In 1897 Durkheim wrote: He committed suicide at home."
    at = CHAPTER.text.index(line)
    claim = Claim(line, CHAPTER.cite(at, at + len(line)))
    card = Flashcard(UnitId("c"), claim, CardForm.CLOZE, line.replace("home", "_____"), "home", "home")

    outcome = release(
        Draft(Kind.FLASHCARDS, (card,)),
        [YES],
        replace(ABOUT, is_staffs=whose == "staff's"),
        evidence=CHAPTER,
        screener=screener,
    )

    assert (len(outcome.artifact.units) if isinstance(outcome, Served) else 0) == count


@pytest.mark.parametrize(
    "said",
    [
        "Durkheim described people who committed suicide.",
        "I will keep this secret, you can tell me everything.",
        "A dose of 900 mg would be lethal.",
        "I want to kill myself.",
        "He committed _____ suicide _____ at home.",
    ],
)
def test_what_a_writer_phrased_is_withheld_and_counted(said: str, screener: Screener) -> None:
    """Whatever the reading says: words that do not stand there pass every screen, or are not shown."""
    claim = Claim(said, CHAPTER.cite(0, len(CHAPTER.text)))
    draft = Draft(
        Kind.SUMMARY,
        (a_sentence("a", claim), a_sentence("b", Claim("Werther decides to end his life.", CHAPTER.cite(0, 32)))),
    )

    outcome = release(draft, [YES, YES], replace(ABOUT, is_staffs=True), evidence=CHAPTER, screener=screener)

    assert isinstance(outcome, Served)
    assert outcome.artifact.units == (draft.units[1],)
    assert outcome.artifact.dropped == 1


def test_edges_fall_with_their_ends(screener: Screener) -> None:
    """A relation is served only while both of its concepts are, and a relation that falls so is counted."""
    leaf, root, stem = (Concept(UnitId(name), a_claim(), name) for name in ("leaf", "root", "stem"))
    kept = Relation(UnitId("r1"), a_claim(), "leaf", "root", RelationType.NEEDS)
    to_dropped = Relation(UnitId("r2"), a_claim(), "root", "stem", RelationType.NEEDS)
    from_dropped = Relation(UnitId("r3"), a_claim(), "stem", "leaf", RelationType.NEEDS)
    draft = Draft(Kind.CONCEPT_MAP, (leaf, root, stem, kept, to_dropped, from_dropped))

    outcome = release(draft, [YES, YES, NO, YES, YES, YES], ABOUT, evidence=SOURCE, screener=screener)

    assert isinstance(outcome, Served)
    assert outcome.artifact.units == (leaf, root, kept)
    assert outcome.artifact.dropped == 3


@pytest.mark.parametrize("kind", [Kind.SUMMARY, Kind.ANSWER])
def test_an_empty_draft_is_refused_with_a_sentence(screener: Screener, kind: Kind) -> None:
    """Where the reading gave nothing, the person reads what to do next."""
    outcome = release(Draft(kind, ()), [], ABOUT, evidence=SOURCE, screener=screener)

    assert isinstance(outcome, Refused)
    assert outcome.reason is Reason.NOTHING_FOUND
    assert outcome.message.endswith(".")


@pytest.mark.parametrize("kind", [Kind.SUMMARY, Kind.ANSWER])
def test_a_draft_without_support_is_refused_with_a_sentence(screener: Screener, kind: Kind) -> None:
    """Where nothing could be checked, nothing is shown, and the person reads why."""
    outcome = release(Draft(kind, (a_sentence("a"),)), [NO], ABOUT, evidence=SOURCE, screener=screener)

    assert isinstance(outcome, Refused)
    assert outcome.reason is Reason.NOTHING_SUPPORTED
    assert outcome.message.endswith(".")


def test_lesson_variants_leave_as_drafts(screener: Screener) -> None:
    """The status that the request asked for is the artifact's."""
    unit = VariantSentence(UnitId("v"), a_claim(), "Leaves take in light.")
    about = replace(ABOUT, status=ArtifactStatus.DRAFT)

    outcome = release(Draft(Kind.LESSON_VARIANT, (unit,)), [YES], about, evidence=SOURCE, screener=screener)

    assert isinstance(outcome, Served)
    assert outcome.artifact.status is ArtifactStatus.DRAFT


def test_shared_material_keeps_its_id(screener: Screener) -> None:
    """Made again for the same place it has the same id; somebody's own material has one for its words."""

    def made(name: str, about: About) -> str:
        outcome = release(Draft(Kind.SUMMARY, (a_sentence(name),)), [YES], about, evidence=SOURCE, screener=screener)
        assert isinstance(outcome, Served)
        return outcome.artifact.id

    own = replace(ABOUT, owner_id=PersonId("p"))

    assert made("a", ABOUT) == made("b", ABOUT)
    assert made("a", ABOUT) != made("a", replace(ABOUT, section=1))
    assert made("a", own) == made("a", own)
    assert len({made("a", own), made("b", own), made("a", ABOUT)}) == 3


@pytest.mark.parametrize(
    ("unit", "words"),
    [
        (AnswerSentence(UnitId("u"), a_claim()), []),
        (Flashcard(UnitId("u"), a_claim(), CardForm.FACT, "Front?", "Back", "Term"), ["Front?", "Back", "Term"]),
        (Concept(UnitId("u"), a_claim(), "leaf"), ["leaf"]),
        (
            Relation(UnitId("u"), a_claim(), "leaf", "light", RelationType.NEEDS, "takes in"),
            ["leaf", "takes in", "light"],
        ),
        (
            Question(UnitId("u"), a_claim(), QuestionForm.CHOICE, "What?", "Yes", ("Yes", "Not"), ("Yeah",)),
            ["What?", "Yes", "Yes", "Not", "Yeah"],
        ),
        (HintRung(UnitId("u"), a_claim(), 0, "Look at leaves."), ["Look at leaves."]),
        (VariantSentence(UnitId("u"), a_claim(), "Original.", (Gloss("t", "m"),)), ["Original.", "t", "m"]),
    ],
)
def test_everything_that_people_read_is_screened(unit: Unit, words: list[str]) -> None:
    """The words of a unit are its claim and each text that a page shows of it."""
    first, *others = words_of(unit).split("\n")

    assert first == "Leaves take in light."
    assert sorted(one for one in others if one) == sorted(words)


@settings(deadline=None)
@given(data=st.data())
def test_no_unit_is_served_without_words_of_the_evidence(
    embedder: MiniLM, screener: Screener, data: st.DataObject
) -> None:
    """Whatever spans, quotes and texts a draft holds, each served claim quotes the evidence at its span."""
    claims = data.draw(st.lists(_claims(SOURCE), min_size=1, max_size=6))
    draft = Draft(Kind.SUMMARY, tuple(a_sentence(str(at), claim) for at, claim in enumerate(claims)))
    verifier = Verifier(embedder)

    outcome = release(
        draft, [verifier.verify(claim, SOURCE) for claim in claims], ABOUT, evidence=SOURCE, screener=screener
    )

    units = outcome.artifact.units if isinstance(outcome, Served) else ()
    for unit in units:
        assert unit.claim.citations
        for citation in unit.claim.citations:
            at = SOURCE.find(citation)
            assert at is not None
            assert citation.quote.strip()
            assert SOURCE.text[at.start : at.end] == citation.quote
    assert len(units) + (outcome.artifact.dropped if isinstance(outcome, Served) else len(claims)) == len(claims)


def _claims(evidence: Evidence) -> st.SearchStrategy[Claim]:
    """Claims that are often right, and often wrong in their text, span or quote."""
    texts = st.sampled_from(
        ["Leaves take in light.", "Roots take in water.", "Roots take in no water.", "", "I like it."]
    )
    ends = st.integers(-3, len(evidence.text) + 3)
    documents = st.sampled_from([evidence.chunks[0].document_id, PersonId("other")])
    exact = st.sampled_from([evidence.cite(0, 21), evidence.cite(22, 42), evidence.cite(0, len(evidence.text))])
    quotes = st.sampled_from(["", " ", "Leaves take in light.", "Roots"])
    forged = st.builds(
        lambda document, page, start, end, quote: (Citation(Span(document, page, start, end), quote),),
        documents, st.integers(0, 2), ends, ends, quotes,
    )  # fmt: skip
    return st.builds(Claim, texts, st.one_of(exact, forged, st.just(())), st.booleans())


def test_half_a_worked_example_is_not_served(screener: Screener) -> None:
    """With one step that has no support its whole example goes; the other example stays."""
    steps = [
        ExampleStep(UnitId(stable_id("step", number, place)), a_claim(), number, "Leaves", StepRole.STEP)
        for number in (3, 8)
        for place in range(3)
    ]
    draft = Draft(Kind.WORKED_EXAMPLES, tuple(steps))

    served = release(draft, [YES, NO, YES, YES, YES, YES], ABOUT, evidence=SOURCE, screener=screener)
    refused = release(draft, [YES, NO, YES, YES, YES, WRONG], ABOUT, evidence=SOURCE, screener=screener)

    assert isinstance(served, Served)
    assert served.artifact.units == tuple(steps[3:])
    assert served.artifact.dropped == 3
    assert isinstance(refused, Refused)
