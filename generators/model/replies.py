"""Between a model's words and ours: evidence goes out as numbered sentences, a reply comes back typed.

A reply that does not fit its schema is sent back once with the fault named; after that it is a BadReply.
"""

import json
import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from domain.claims import Claim
from domain.documents import Citation, Range
from domain.errors import BadReply
from domain.evidence import Evidence
from domain.ids import UnitId, stable_id
from domain.material import Kind
from domain.ports import ModelReply
from domain.words import content_lemmas, list_words, stem
from generators.compose.reading.parse import ParsedSection, Sentence
from generators.model.verb_forms import base_of
from safety.injection import MARK
from safety.structured import find_structured

Reply = TypeVar("Reply", bound=BaseModel)

_MOST_SOURCES = 4
_LONGEST = 60_000
"""Characters of an answer; several times as many as a prompt allows."""

_HIDDEN = "[hidden]"
_TELLING = re.compile(r"(?=\S*[\d@])\S{3,}")
"""A word that tells something alone, as half a phone number does."""

FAULT = " -- "
"""Stands between a sentence that is sent back and what is wrong with it."""

_NUMBERED = re.compile(r"^\[(\d{1,4})\]\s*")
_STATING = ("statement", "text")
"""Fields of a part that hold what its sources say."""

_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_WITHIN_ONE = 2
"""How deep the list of an answer's parts stands: in the answer itself."""


_ASKING_WORDS = """answer ask best call called choose complete define defined definition describe explain fill following
    gap give mean meaning name option phrase question say sentence term think word"""
_ASKING = frozenset(map(stem, _ASKING_WORDS.split()))
"""Words that questions are asked with, whatever they are about."""


_NEGATIONS = frozenset(["cannot", "except", "neither", "never", "no", "none", "nor", "not", "without"])


class ReplyModel(BaseModel):
    """The settings that all reply schemas share: what a model adds on its own is left out."""

    model_config = ConfigDict(extra="ignore", frozen=True)


def number(parsed: ParsedSection, sentences: Sequence[Sentence]) -> str:
    """Write sentences one a line with their numbers (from 1), personal data masked."""
    return "\n".join(f"[{sentence.index + 1}] {_masked(parsed, sentence)}" for sentence in sentences)


def hide(parsed: ParsedSection, text: str) -> str:
    """Hide the section's marked personal data wherever a text made from it repeats it, whole or cut in two."""
    return hide_marked(parsed.evidence, text)


def hide_marked(evidence: Evidence, text: str) -> str:
    """Hide the evidence's marked personal data wherever a text made from it repeats it, whole or cut in two."""
    marked = {evidence.text[mark.start : mark.end] for mark in _marks(evidence)}
    parts = {part for words in marked for part in _TELLING.findall(words)}
    for words in sorted(marked | parts, key=len, reverse=True):
        pattern = r"\s+".join(map(re.escape, words.split()))
        text = re.sub(rf"(?<!\w){pattern}(?!\w)", _HIDDEN, text, flags=re.IGNORECASE)
    for found in reversed(find_structured(text)):
        text = text[: found.start] + _HIDDEN + text[found.end :]
    return text


def cite(parsed: ParsedSection, numbers: Sequence[int]) -> tuple[Citation, ...]:
    """Turn sentence numbers into citations. Numbers of no sentence give none; at most four are taken."""
    known = [n for n in dict.fromkeys(numbers) if 1 <= n <= len(parsed.sentences)][:_MOST_SOURCES]
    return tuple(citation for n in sorted(known) for citation in parsed.cite(parsed.sentences[n - 1].at))


def quotes(citations: Sequence[Citation]) -> str:
    """Give the cited words, one citation a line."""
    return "\n".join(citation.quote for citation in citations)


def unit_id(kind: Kind, claim: Claim, *parts: object) -> UnitId:
    """Make the id that the same words about the same place always have."""
    place: tuple[object, ...] = ()
    if claim.citations:
        span = claim.citations[0].span
        place = (span.document_id, span.page, span.start)
    return UnitId(stable_id(kind, *place, *parts))


def says(text: str, other: str) -> bool:
    """Whether `text` holds every content word, number, name and negation of `other`, in any form of the word.

    Words that questions are asked with do not count.
    """
    return not find_unsaid(text, other)


def find_unsaid(text: str, other: str) -> set[str]:
    """Give what `says` misses: the stems of the words of `other` that `text` does not hold."""
    return _carriers(other) - _ASKING - _carriers(text)


def ask_until_it_fits(
    ask: Callable[[str], ModelReply], reply: type[Reply], restore: Callable[[str], str], *, feedback: str = ""
) -> Reply:
    """Ask, and ask once more with the fault named when the answer does not fit. Raises BadReply after that.

    A model that declines, or whose answer is withheld, is not asked again. `ask` takes the feedback to the model;
    `restore` tidies each text of the answer.
    """
    answer = ask(feedback)
    try:
        return parse(answer.text, reply, restore)
    except BadReply as error:
        faults = "\n".join(part for part in (feedback, error.message) if part)
    return parse(ask(faults).text, reply, restore)


def parse(text: str, reply: type[Reply], restore: Callable[[str], str]) -> Reply:
    """Read JSON into a reply. Raises BadReply, whose message names the fault without quoting the answer.

    Small models talk around their JSON and break off: what stands around it is left out, and of an answer that broke
    off the whole parts are taken.
    """
    if len(text) > _LONGEST:
        raise BadReply("The answer is too long.")
    try:
        value = _value_in(text)
    except (ValueError, RecursionError) as error:
        raise BadReply("The answer is not a JSON object.") from error
    try:
        return reply.model_validate(_restored(value, restore))
    except ValidationError as error:
        faults = "; ".join(
            f"{'.'.join(str(step) for step in fault['loc']) or 'the object'}: {fault['type']}"
            for fault in error.errors(include_input=False, include_url=False)[:5]
        )
        raise BadReply(f"The answer does not fit its schema ({faults}).") from error


def schema_of(reply: type[BaseModel]) -> dict[str, Any]:
    """Give the JSON schema of a reply in the strict form endpoints ask for: every field required, no others."""
    schema = reply.model_json_schema()
    for part in (schema, *schema.get("$defs", {}).values()):
        if "properties" in part:
            part["required"] = list(part["properties"])
            part["additionalProperties"] = False
            for field in part["properties"].values():
                field.pop("default", None)
    return schema


def _value_in(text: str) -> Any:
    """Read the first JSON object of a text, or the text where it is JSON of another sort. Raises ValueError."""
    start = text.find("{")
    if start < 0:
        return json.loads(text)
    for read in (json.loads, lambda given: json.JSONDecoder().raw_decode(given, start)[0]):
        with suppress(ValueError):
            return read(text)
    return json.loads(_closed(text[start:]))


def _closed(text: str) -> str:
    """Cut an answer that broke off after the last whole part of its list, and close it."""
    bare = _QUOTED.sub(lambda quoted: "_" * len(quoted.group()), text)
    depth, end = 0, 0
    for at, sign in enumerate(bare):
        depth += (sign in "{[") - (sign in "}]")
        if sign == "}" and depth == _WITHIN_ONE:
            end = at + 1
    return f"{text[:end]}]}}"


def _carriers(text: str) -> set[str]:
    negations = {"not" for word in list_words(text) if word in _NEGATIONS or word.endswith("n't")}
    return negations | {stem(base_of(word)) for word in content_lemmas(text)}


def _masked(parsed: ParsedSection, sentence: Sentence) -> str:
    """Give the sentence on one line, with every marked range of it hidden."""
    text = parsed.evidence.text
    pieces: list[str] = []
    at = sentence.at.start
    for mark in _marks(parsed.evidence):
        start, end = max(mark.start, at), min(mark.end, sentence.at.end)
        if start < end:
            pieces += [text[at:start], _HIDDEN]
            at = end
    return " ".join("".join((*pieces, text[at : sentence.at.end])).split())


def _marks(evidence: Evidence) -> list[Range]:
    """Give the ranges of personal data, in offsets of the evidence's text, in order."""
    return sorted(
        Range(offset + mark.start, offset + mark.end)
        for offset, chunk in zip(evidence.offsets, evidence.chunks, strict=True)
        for mark in chunk.marks
    )


def _unnumbered(part: dict[str, Any]) -> dict[str, Any]:
    """Take a sentence's number off words that were copied with it: "[5] Bees …" is a statement of sentence 5."""
    if "sources" not in part:
        return part
    found = next((_NUMBERED.match(part[name]) for name in _STATING if isinstance(part.get(name), str)), None)
    bare = {name: _NUMBERED.sub("", item) if isinstance(item, str) else item for name, item in part.items()}
    return {**bare, "sources": [int(found[1])]} if found else bare


def _restored(value: Any, restore: Callable[[str], str]) -> Any:
    """Put ordinary blanks and hidden words back into every text of a JSON value."""
    if isinstance(value, dict):
        return _unnumbered({key: _restored(item, restore) for key, item in value.items()})
    if isinstance(value, list):
        return [_restored(item, restore) for item in value]
    if not isinstance(value, str):
        return value
    return restore(value.replace(MARK, " ")).strip()
