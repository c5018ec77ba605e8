"""What people do to study aids, in words for pages."""

from collections.abc import Mapping
from types import MappingProxyType

from domain.hands import Change, RatingReason
from domain.material import Provenance, Writer

REASONS: Mapping[RatingReason, str] = MappingProxyType(
    {
        RatingReason.HELPS: "It helps",
        RatingReason.WRONG: "Something is wrong",
        RatingReason.UNCLEAR: "Hard to understand",
        RatingReason.TOO_EASY: "Too easy",
        RatingReason.TOO_HARD: "Too hard",
        RatingReason.GIVES_AWAY: "It gives the answer away",
        RatingReason.NOT_IMPORTANT: "Not important",
        RatingReason.OTHER: "Something else",
    }
)

CHANGES: Mapping[Change, str] = MappingProxyType(
    {
        Change.MADE: "Made",
        Change.REMADE: "Made anew",
        Change.EDITED: "Changed",
        Change.PINNED: "Kept for good",
        Change.UNPINNED: "No longer kept for good",
        Change.REMOVED: "Something taken out",
        Change.RESTORED: "Something brought back",
        Change.MOVED: "The reading was replaced",
    }
)

NAMES: Mapping[str, str] = MappingProxyType(
    {
        "summary_sentence": "sentence",
        "flashcard": "card",
        "concept": "concept",
        "relation": "link",
        "gap": "gap",
        "question": "question",
        "variant_sentence": "sentence",
        "guide_entry": "entry",
        "faq_entry": "question",
        "example_step": "step",
        "explanation_sentence": "sentence",
    }
)
"""What people call a unit, by its kind of unit."""


def maker_of(provenance: Provenance, *, is_teacher: bool) -> str:
    """Say who wrote a study aid: for teachers with the model and the prompt, for students in plain words."""
    if provenance.writer is Writer.BUILT_IN:
        return "the built-in writer from this reading"
    if not is_teacher:
        return "a language model from this reading"
    return f"a language model ({provenance.model}, prompt {provenance.prompt}@{provenance.prompt_version})"
