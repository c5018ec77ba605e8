"""Cues to what was said: repeats of rolling captions taken out, speakers told by their names, stretches of time."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.parsers.captions.cues import Cue
from ingest.parsers.office.text import Tally

_ROLLING_SHARE = 0.3
"""Where so many cues begin with what the one before ended with, captions roll over the screen."""

_NAMED_SHARE = 0.3
_PAUSE_SECONDS = 2.0
_FULL, _OVERFULL = 600, 1_500
_ENDS_SENTENCE = re.compile(r"[.!?…。！？؟।][\"'”’»)\]]*$")
_SAME_MOMENT = 0.1
_NAME = re.compile(r"(?:>>+\s*|-\s*)?([^\W\d_][\w .,'’()&-]{0,40}):\s+(?=\S)")
_CHANGE = re.compile(r">>+\s*")
_SOUND = re.compile(r"[\[(][^\[\]()]{0,40}[\])]|[♪♫#\s]+")


@dataclass(slots=True)
class Said:
    """Words of one speaker (an empty name where nobody says who), from one second to another.

    `begins` says that somebody else goes on here. `heading` is the name of a chapter that begins with it.
    """

    text: str
    speaker: str = ""
    seconds: tuple[float, float] | None = None
    begins: bool = False
    heading: str = ""


def read_speech(cues: Sequence[Cue], tally: Tally) -> list[Said]:
    """Give what was said, cue by cue and voice by voice; sounds and repeats are counted."""
    names = _speakers(cues)
    is_rolling = _is_rolling(cues)
    spoken: list[Said] = []
    before = Cue()
    speaker = heading = ""
    for cue in cues:
        if heading and cue.heading:
            spoken.append(Said("", heading=heading))
        heading = cue.heading or heading
        fresh = _fresh(cue, before, is_rolling=is_rolling)
        if len(fresh) < len(cue.lines):
            tally.add("repeated_caption", cue.lines[0][1])
        for voice, line in fresh:
            said = _said(voice, line, names)
            speaker = said.speaker or ("" if said.begins else speaker)
            if _SOUND.fullmatch(said.text):
                tally.add("sound", said.text)
                continue
            said.speaker, said.seconds = speaker if names or voice else said.speaker, cue.seconds
            said.heading, heading = heading, ""
            spoken.append(said)
        before = cue if cue.lines else before
    if heading:
        spoken.append(Said("", heading=heading))
    return spoken


def _said(voice: str, line: str, names: set[str]) -> Said:
    """Part a line into who speaks and what is said."""
    found = _NAME.match(line)
    if not voice and found and found[1] in names:
        return Said(line[found.end() :], found[1], begins=True)
    change = _CHANGE.match(line)
    return Said(line[change.end() :] if change else line, voice, begins=bool(change or voice))


def _speakers(cues: Sequence[Cue]) -> set[str]:
    """Find the names that stand before what people say: most cues have one, or they are set in capitals."""
    lines = [line for cue in cues for voice, line in cue.lines[:1] if not voice]
    found = Counter(match[1] for line in lines if (match := _NAME.match(line)))
    known = {name for name, count in found.items() if name.isupper() or re.fullmatch(r"[Ss]peaker \d+", name)}
    repeated = {name for name, count in found.items() if count > 1}
    if sum(found[name] for name in repeated) >= _NAMED_SHARE * len(lines):
        known |= set(found)
    return known


def _is_rolling(cues: Sequence[Cue]) -> bool:
    worded = [cue for cue in cues if cue.lines]
    repeats = sum(1 for one, other in pairwise(worded) if _begins_alike(one, other))
    return len(worded) > 3 and repeats >= _ROLLING_SHARE * (len(worded) - 1)


def _begins_alike(one: Cue, other: Cue) -> bool:
    last, first = one.lines[-1][1], other.lines[0][1]
    return _follows(other, one) and (first == last or first.startswith(f"{last} "))


def _fresh(cue: Cue, before: Cue, *, is_rolling: bool) -> list[tuple[str, str]]:
    """Give the lines of a cue that the one before has not shown."""
    if not before.lines or not _follows(cue, before):
        return cue.lines
    if not is_rolling:
        return [] if cue.lines == before.lines and _overlaps(cue, before) else cue.lines
    most = min(len(cue.lines), len(before.lines))
    shown = next((count for count in range(most, 0, -1) if cue.lines[:count] == before.lines[-count:]), 0)
    fresh = cue.lines[shown:]
    last = before.lines[-1][1]
    if not shown and fresh and fresh[0][1].startswith(f"{last} "):
        fresh = [(fresh[0][0], fresh[0][1][len(last) + 1 :]), *fresh[1:]]
    return fresh


def _follows(cue: Cue, before: Cue) -> bool:
    """Whether a cue begins when the one before ends, or sooner."""
    return cue.seconds is None or before.seconds is None or cue.seconds[0] <= before.seconds[1] + _SAME_MOMENT


def _overlaps(cue: Cue, before: Cue) -> bool:
    return cue.seconds is None or before.seconds is None or cue.seconds[0] < before.seconds[1]


def paragraphs(said: Sequence[Said]) -> Iterator[list[Said]]:
    """Group what was said by speakers, pauses and chapters; long speech is cut where a sentence ends."""
    group: list[Said] = []
    length = 0
    for one in said:
        if group and (_is_break(group[-1], one) or _is_full(group[-1], length)):
            yield group
            group, length = [], 0
        group.append(one)
        length += len(one.text) + 1
    if group:
        yield group


def _is_break(one: Said, other: Said) -> bool:
    if other.heading or one.speaker != other.speaker or (other.begins and not other.speaker):
        return True
    if one.seconds is None or other.seconds is None:
        return False
    return other.seconds[0] - one.seconds[1] > _PAUSE_SECONDS


def _is_full(last: Said, length: int) -> bool:
    return length > _OVERFULL or (length > _FULL and ends_sentence(last.text))


def ends_sentence(text: str) -> bool:
    """Whether a sentence ends with these words."""
    return bool(_ENDS_SENTENCE.search(text))
