"""Whether a sentence answers a learning objective: a caption, an anecdote or half a sentence answers none."""

import re

from domain.claims import Claim
from domain.words import content_lemmas
from generators.compose.reading.parse import ParsedSection, Sentence

_CAPTION = re.compile(
    r"\W*(?:figure|fig\.|table|box|photo|image|map|chart|source|credit|video)\b\s*[\d.:(]|"
    r"[^.]{0,80}\((?:credit|source|left|right|top|bottom|a)\b",
    re.IGNORECASE,
)
_LINKED = re.compile(r"(?:so|such|nor|neither|not only|only|rather)\s+(?!,)\w", re.IGNORECASE)
"""Openings that turn the order of the words behind them, which cannot be read without them."""

_STORY = re.compile(
    r".*\b(?:I|me|[Mm]y)\b|(?:Once|One (?:day|morning|evening|night)|Imagine|Suppose|Picture|Remember|Consider|Recall|"
    r"Think of|Recently|Years ago|Last (?:year|week)|When (?:I|you|we))\b",
    re.DOTALL,
)
_DEFINES = re.compile(r"\W*(?:to )?(?:define|give (?:a|the) definition)\b", re.IGNORECASE)
_IS_SAID = re.compile(
    r"\b(?:is|are|was|were|means?|refers? to|describes?|called|termed|known as|defined as|consists? of)\b",
    re.IGNORECASE,
)


def answers_aim(parsed: ParsedSection, claim: Claim, aim: str) -> bool:
    """Whether a sentence that speaks of what an objective is about can be its answer."""
    text = claim.text
    at = parsed.evidence.find(claim.citations[0])
    sentence = parsed.sentence_at(at.start) if at is not None else None
    is_whole = text.rstrip("”\"')").endswith((".", "!", "。", "؟")) and not _CAPTION.match(text)
    if sentence is None or not is_whole or _has_lost_its_opening(sentence, text):
        return False
    if not parsed.is_full:
        return True
    if _DEFINES.match(aim) and not _IS_SAID.search(text):
        return False
    return not _STORY.match(text) and not _is_of_somebody(sentence, aim)


def _has_lost_its_opening(sentence: Sentence, text: str) -> bool:
    """Whether a "so" that held the sentence together was left out of it."""
    return _LINKED.match(sentence.text) is not None and _LINKED.match(text) is None


def _is_of_somebody(sentence: Sentence, aim: str) -> bool:
    """Whether a sentence tells what somebody did of whom the objective does not speak."""
    root = sentence.tokens.root
    subjects = (child for child in root.children if child.dep_ in {"nsubj", "nsubjpass"})
    named = [child for child in subjects if child.ent_type_ == "PERSON" or child.lower_ in {"he", "she"}]
    is_past = root.tag_ == "VBD" or any(child.tag_ == "VBD" for child in root.children)
    return is_past and any(not set(content_lemmas(one.text)) & set(content_lemmas(aim)) for one in named)
