"""A section's own learning objectives, and the sentences that answer them.

Objectives are the lines under "Learning objectives", "By the end of this section you will be able to" and the like.
A sentence answers one when it has the words that the objective is about.
"""

import math
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from domain.documents import Range
from generators.compose.reading.parse import ParsedSection
from generators.compose.summaries.gist import defined
from generators.compose.summaries.section_words import SectionWords, count_words, list_stems

_CUE = re.compile(
    r"^[ \t>#*_]*(?:(?:(?:key|main) )?(?:(?:student )?learning )?(?:objectives|outcomes|goals|targets)|"
    r"(?:by|at) the end of (?:this|the) [^\n]{3,60}?,?\s+(?:you|students|learners) (?:will|should)(?: be able to)?|"
    r"after (?:reading|studying|completing) (?:this|the) [^\n]{3,60}?,?\s+you (?:will|should)(?: be able to)?|"
    r"in this (?:section|chapter|lesson|unit|module|reading),? (?:you|we) (?:will|are going to)"
    r"(?: (?:learn|be able to|discover|find out)(?: about| how| to)*)?|"
    r"Lernziele|Objectifs(?: d['’]apprentissage)?|Objetivos(?: de aprendizaje| de aprendizagem)?|"
    r"Obiettivi(?: di apprendimento)?|Leerdoelen|Цели(?: обучения)?|学习目标|學習目標|学習目標|학습 ?목표|أهداف التعلم)"
    r"[ \t*_]*[:：]?[ \t*_]*$",
    re.IGNORECASE | re.MULTILINE,
)
_LINE = re.compile(r"[^\n]*\S[^\n]*")
_MARK = re.compile(r"^\s*(?:[•‣◦▪●○∙·*–—-]|\(?\d{1,2}(?:\.\d{1,2})*[.)]|\d{1,2}\.\d{1,2})\s+|^\s+")
_TASK = re.compile(
    r"^(?:(?:be able to|to)\s+)?(?:analy[sz]e|appl(?:y)|assess|calculate|categori[sz]e|characteri[sz]e|cite|"
    r"classify|compare|compute|construct|contrast|convert|create|critique|deduce|define|demonstrate|derive|describe|"
    r"design|determine|develop|diagram|differentiate|discuss|distinguish|draw|estimate|evaluate|examine|explain|"
    r"explore|express|find|formulate|give|graph|identify|illustrate|infer|interpret|justify|know|label|list|locate|"
    r"measure|model|name|outline|perform|plot|predict|prove|provide|recall|recogni[sz]e|relate|report|review|show|"
    r"simplify|sketch|solve|state|summari[sz]e|tell|test|trace|translate|understand|use|verify|write)\b",
    re.IGNORECASE,
)
_MATTER = re.compile(r"(?:about|how|what|when|where|which|who|why)\b", re.IGNORECASE)
_LONGEST = 40
_MOST = 12
_DEFINE = re.compile(r"^(?:(?:be able to|to)\s+)?define\s+(?=\S)", re.IGNORECASE)
_EACH = re.compile(r",\s*(?:and\s+)?|\s+and\s+")
_SAYS_WHAT = re.compile(
    r"\b(?:is|are|means?|refers?|called|termed|known|defined?|describes?|that is)\b|[—:]", re.IGNORECASE
)
_ANSWERED = 0.6
"""Share of the weight of an objective's words that a sentence has to have."""


@dataclass(frozen=True, slots=True)
class Objective:
    """What the reading says its reader will be able to do: the words, and their place in the evidence."""

    text: str
    at: Range


def find_objectives(parsed: ParsedSection) -> tuple[Objective, ...]:
    """List the section's own learning objectives, in order. Mostly there are none."""
    return list_objectives(parsed.evidence.text)[:_MOST]


def list_objectives(text: str) -> tuple[Objective, ...]:
    """List all learning objectives of a text, which may be a whole reading, in order."""
    found = {aim.at.start: aim for cue in _CUE.finditer(text) for aim in _below(text, cue.end())}
    return tuple(found.values())


def match_objectives(objectives: Sequence[Objective], texts: Sequence[str], words: SectionWords) -> dict[int, str]:
    """Give, by the place of the text, the objective that it answers best of all texts; the others answer none.

    Of texts that answer an objective alike the first is taken. What is to be defined is answered by saying what it is,
    and of several things each by a text of its own.
    """
    said = [frozenset(list_stems(text)) for text in texts]
    answers: dict[int, str] = {}
    for objective in objectives:
        to_define = _DEFINE.match(objective.text)
        defining = _defining(objective.text[to_define.end() :], texts, words) if to_define else set()
        free = defining - answers.keys()
        if not free:
            able = [place for place, text in enumerate(texts) if not to_define or _SAYS_WHAT.search(text)]
            shares = {place: _share(objective, said[place], words) for place in able if place not in answers}
            best = max(shares, key=shares.__getitem__, default=None)
            free = {best} if best is not None and shares[best] >= _ANSWERED else set()
        answers |= dict.fromkeys(free, objective.text)
    return answers


def _defining(things: str, texts: Sequence[str], words: SectionWords) -> set[int]:
    """Give, for each of the things listed, the first text that begins with saying what it is."""
    whats = [frozenset(list_stems(defined(text))) - words.grammar for text in texts]
    wanted = [frozenset(list_stems(thing)) - words.grammar for thing in _EACH.split(things)]
    firsts = (next((place for place, what in enumerate(whats) if what == thing), None) for thing in wanted if thing)
    return {place for place in firsts if place is not None}


def _share(objective: Objective, stems: Collection[str], words: SectionWords) -> float:
    """Weigh the objective's words that stand among the stems against all of them; rare ones weigh more."""
    about = _TASK.sub("", objective.text)
    weights = {word: 1 / math.log(2 + words.counts[word]) for word in list_stems(about) if word not in words.grammar}
    return sum(weight for word, weight in weights.items() if word in stems) / max(sum(weights.values()), 1e-9)


def _below(text: str, start: int) -> list[Objective]:
    """Read the lines below a cue while they are items of one list; a line in small letters goes on with the last."""
    found: list[Objective] = []
    for line in _LINE.finditer(text, start):
        mark = _MARK.match(line[0])
        words = line[0][mark.end() :].strip() if mark else line[0].strip()
        if (
            found
            and not (mark and mark[0].strip())
            and words[:1].islower()
            and "\n\n" not in text[found[-1].at.end : line.start()]
        ):
            joined = f"{found[-1].text} {words}"
            found[-1] = Objective(_bare(joined), Range(found[-1].at.start, line.end()))
        elif _is_item(words, is_marked=bool(mark and mark[0].strip())):
            found.append(Objective(_bare(words), Range(line.start(), line.end())))
        elif found or not _CUE.match(line[0]):
            break
    return found


def _is_item(words: str, *, is_marked: bool) -> bool:
    """Whether a line is an objective: an item of a list, a task, or a bare "how" or "what" that is no sentence."""
    is_bare = _MATTER.match(words) is not None and not words.endswith((".", "?", "!", ":"))
    return (is_marked or is_bare or _TASK.match(words) is not None) and count_words(words) <= _LONGEST


def _bare(words: str) -> str:
    return words.rstrip(" ;,.。；")
