"""Every kind of material by its name."""

from collections.abc import Mapping
from types import MappingProxyType

from domain.material import Kind
from generators.kinds.answer import AnswerKind
from generators.kinds.concept_map import ConceptMapKind
from generators.kinds.contract import GeneratorKind
from generators.kinds.explanation import ExplanationKind
from generators.kinds.faq import FaqKind
from generators.kinds.flashcards import FlashcardsKind
from generators.kinds.hints import HintsKind
from generators.kinds.lesson_variant import LessonVariantKind
from generators.kinds.quiz import QuizKind
from generators.kinds.study_guide import StudyGuideKind
from generators.kinds.summary import SummaryKind
from generators.kinds.worked_examples import WorkedExamplesKind

KINDS: Mapping[Kind, GeneratorKind] = MappingProxyType(
    {
        Kind.SUMMARY: SummaryKind(),
        Kind.FLASHCARDS: FlashcardsKind(),
        Kind.CONCEPT_MAP: ConceptMapKind(),
        Kind.QUIZ: QuizKind(),
        Kind.STUDY_GUIDE: StudyGuideKind(),
        Kind.FAQ: FaqKind(),
        Kind.WORKED_EXAMPLES: WorkedExamplesKind(),
        Kind.HINTS: HintsKind(),
        Kind.ANSWER: AnswerKind(),
        Kind.EXPLANATION: ExplanationKind(),
        Kind.LESSON_VARIANT: LessonVariantKind(),
    }
)
