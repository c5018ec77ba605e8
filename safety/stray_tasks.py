"""Finds, in a letter or a notice, a task for a machine that has nothing to do with the rest."""

import re

from domain.documents import Range

_LETTER = re.compile(
    r"(?:^|\n|\|)\s*(?:subject|from|to|email_from|received date|content|date|cc|re)\s*:|"
    r"\b(?:hi|hello|dear|hey) [A-Z]\w+|\b(?:unsubscribe|kind regards|best regards|sincerely|sent from|thank you for|"
    r"if you have any questions|view in browser|privacy policy|your account|your order|your booking|invoice|receipt)\b",
    re.IGNORECASE,
)
_ORDER = re.compile(
    r"(?:please |kindly |now |can you |could you )?"
    r"(?:explain|describe|write|draft|compose|translate|summari[sz]e|outline|discuss|define|develop|break down|compare|"
    r"contrast|generate|calculate|compute|solve|recite|name|list|provide|give|tell|show me|create|design|suggest|"
    r"recommend|convert|rewrite|paraphrase|analy[sz]e|simulate|imagine|plan|propose|invent|sing|rhyme|craft|prepare|"
    r"replace|substitute|misspell|scramble|reverse|count|spell|capitali[sz]e) "
    r"(?:(?:an?|the|me|every|each|all|us|some|one|two|three|four|five|ten|\d+|how|what|why|in|for|to|up|this|key|main|ways|all|steps|"
    r"your|of)\b|[a-z]+ (?:of|for|in|to|about|between|and|on|with|by)\b)",
    re.IGNORECASE,
)
_QUESTION = re.compile(
    r"(?:so |and |please tell me )?(?:who|what|what's|whats|when|where|why|how|which|can you|could you|is|are|does)"
    r"\b.{8,200}\?$",
    re.IGNORECASE,
)
_TO_READER = re.compile(
    r"\b(?:you|your|yours|we|our|us|i|my|here|below|attached|account|click|browser)\b", re.IGNORECASE
)
_ASKING = re.compile(
    r"^(?:please |now )?(?:can|could) you |\bhow (?:do|can|would|should|to) (?:i|you|we)\b|"
    r"\byour (?:answer|reply|response)s?\b|[\"“'‘][^\"“”'‘’]{1,150}[\"”'’]",
    re.IGNORECASE,
)
"""What may be said to a machine, or quoted, without speaking to the reader of the letter."""
_CONTENT = re.compile(r"[^\W\d_]{5,}")
_LINE = re.compile(r"\S(?:[^\n]*\S)?")
_LONGEST = 8000
"""Letters of a text that are looked at: letters and notices are short."""


def has_stray_task(text: str) -> bool:
    """Whether a line of a letter is a general task or question that shares no word of weight with the rest."""
    return bool(list_stray_tasks(text))


def list_stray_tasks(text: str) -> list[Range]:
    """List the lines of a letter that are general tasks or questions and share no word of weight with the rest."""
    part = text[:_LONGEST]
    if not _LETTER.search(part):
        return []
    places = [Range(*found.span()) for found in _LINE.finditer(part)]
    lines = [part[at.start : at.end] for at in places]
    return [at for number, at in enumerate(places) if _is_stray(lines[number], " ".join(_without(lines, number)))]


def _without(lines: list[str], number: int) -> list[str]:
    return lines[:number] + lines[number + 1 :]


def _is_stray(line: str, rest: str) -> bool:
    if not 3 <= len(line.split()) <= 40 or len(rest.split()) < 10:
        return False
    asked = _ASKING.sub("", line)
    if _TO_READER.search(asked) or not (_ORDER.match(line) or _QUESTION.match(line)):
        return False
    mine = {word.casefold()[:6] for word in _CONTENT.findall(line)}
    theirs = {word.casefold()[:6] for word in _CONTENT.findall(rest)}
    return len(mine & theirs) <= len(mine) // 4
