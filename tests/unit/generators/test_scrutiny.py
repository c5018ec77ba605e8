"""Model-written claims are held to the words of their sources."""

import pytest

from adapters.embeddings.minilm import MiniLM
from domain.claims import Claim
from domain.ids import UnitId
from domain.material import AnswerSentence, Kind, VariantSentence
from domain.outcomes import Judgement, Verdict
from generators.compose.reading.parse import Parser
from generators.model.replies import cite
from generators.model.scrutiny import judge
from safety.grounding import Verifier
from tests.builders import some_evidence
from tests.pipeline_tools import LIGHT


@pytest.fixture
def judged(parser: Parser, embedder: MiniLM) -> "Judged":
    return Judged(parser, Verifier(embedder))


class Judged:
    """Judges a sentence that cites a sentence of the reading."""

    def __init__(self, parser: Parser, verifier: Verifier) -> None:
        self._parsed = parser.parse(some_evidence(LIGHT))
        self._verifier = verifier

    def answer(self, text: str, source: int) -> Judgement:
        unit = AnswerSentence(UnitId("1"), Claim(text, cite(self._parsed, [source])))
        return judge(unit, Kind.ANSWER, self._parsed, self._verifier)

    def variant(self, text: str, source: int) -> Judgement:
        unit = VariantSentence(UnitId("1"), Claim(text, cite(self._parsed, [source])), "")
        return judge(unit, Kind.LESSON_VARIANT, self._parsed, self._verifier)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("The plant stores spare sugar as oxygen in its roots.", 7),
        ("The plant stores spare sugar as gold in its roots.", 7),
        ("The plant stores spare sugar as starch in its leaves.", 7),
        ("The plant eats spare sugar as starch in its roots.", 7),
        ("Chlorophyll reflects red and blue light.", 4),
        ("Chlorophyll is the red pigment that absorbs green and blue light.", 4),
        ("Starch is the green pigment that absorbs red and blue light.", 4),
        ("The chloroplast is a huge green body inside the cells of a leaf.", 3),
    ],
)
def test_one_false_word_is_enough(judged: "Judged", text: str, source: int) -> None:
    """A word of its own, a word from elsewhere in the reading, and words that changed places are unsupported."""
    judgement = judged.answer(text, source)

    assert judgement.verdict is not Verdict.SUPPORTED
    assert judgement.reasons


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Chlorophyll absorbs red and blue light.", 4),
        ("The chloroplast is a small body inside the cells of a leaf.", 3),
        ("The plant stores sugar as starch.", 7),
        ("Green plants make sugar from light, water and carbon dioxide.", 1),
    ],
)
def test_a_shorter_sentence_is_fine(judged: "Judged", text: str, source: int) -> None:
    """What leaves something out and says the rest in the source's words is supported."""
    assert judged.answer(text, source).verdict is Verdict.SUPPORTED


def test_the_sentence_before_counts_where_the_source_leans_on_it(judged: "Judged") -> None:
    """What "it" stands for may be named, though the cited sentence does not name it."""
    judgement = judged.answer("Photosynthesis takes place in the chloroplast.", 2)

    assert judgement.verdict is Verdict.SUPPORTED


def test_a_variant_may_change_words(judged: "Judged") -> None:
    """An easier version is there for easier words; the verifier alone decides."""
    text = "A chloroplast is a tiny green body in a leaf's cells."

    assert judged.variant(text, 3).verdict is Verdict.SUPPORTED
    assert judged.answer(text, 3).verdict is Verdict.UNSUPPORTED


def test_a_question_says_nothing(parser: Parser, embedder: MiniLM) -> None:
    """A question of the reading's own, copied as a statement, is unsupported."""
    parsed = parser.parse(some_evidence("Why do leaves turn red? Leaves turn red because sugar stays in them."))
    claims = [Claim(sentence.text, cite(parsed, [at])) for at, sentence in enumerate(parsed.sentences, 1)]

    judgements = [
        judge(AnswerSentence(UnitId("1"), claim), Kind.ANSWER, parsed, Verifier(embedder)) for claim in claims
    ]

    assert [one.verdict is Verdict.SUPPORTED for one in judgements] == [False, True]


def test_what_cites_nothing_is_unsupported(judged: "Judged") -> None:
    """A true sentence without a source is not taken."""
    assert judged.answer("The plant stores spare sugar as starch in its roots.", 99).verdict is Verdict.UNSUPPORTED
