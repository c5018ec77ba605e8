"""Cues of caption files (WebVTT, SRT) as they really come: with broken times, lost blank lines, numbers left out."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ingest.parsers.office.text import Tally

_CLOCK = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})(?:[.,:](\d{1,3}))?"
_TIMES = re.compile(rf"\s*{_CLOCK}\s*-{{1,3}}>\s*{_CLOCK}(?:\s|$)")
_ARROW = "-->"
_NUMBER = re.compile(r"\d{1,7}")
_ASIDE = re.compile(r"(?:NOTE|STYLE|REGION)(?:\s|$)")
_CHAPTER = re.compile(r"NOTE\s+chapter\b(?:\s*\d+)?\s*[:.–—-]?\s*(.*)", re.IGNORECASE | re.DOTALL)
_HEADER = re.compile(r"WEBVTT\b(?:\s*-\s*(?P<title>[^\n]*))?")
_CHAPTERS_ONLY = re.compile(r"^kind:\s*chapters\s*$", re.IGNORECASE | re.MULTILINE)
_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?\s+([^<>]*)>")
_TAG = re.compile(
    r"</?(?:v|c|b|i|u|s|ruby|rt|lang|font)(?:[.\s][^<>]*)?>|<\d[\d:.]*>|\{\\[^{}]*\}|\{/?[biu]\}", re.IGNORECASE
)


@dataclass(slots=True)
class Cue:
    """What is shown from one second to another: lines, each with the name of who says it, if told.

    `heading` is the name of a chapter that begins with it. `seconds` is None where the times cannot be read.
    """

    seconds: tuple[float, float] | None = None
    lines: list[tuple[str, str]] = field(default_factory=list)
    heading: str = ""


@dataclass(slots=True)
class Captions:
    """What stands in a caption file.

    `broken` are the lines of times that cannot be read, counted from 1. `voices` are the names of those who speak,
    or are said to.
    """

    cues: list[Cue] = field(default_factory=list)
    title: str = ""
    broken: list[int] = field(default_factory=list)
    voices: dict[str, None] = field(default_factory=dict)


def read_captions(text: str, tally: Tally) -> Captions:
    """Read captions; words whose time is broken are kept without one. What nobody is shown is counted."""
    reader = _Reader(tally)
    for number, block in _blocks(text):
        reader.take(number, block)
    return reader.finish()


def _blocks(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield runs of lines with words, each with the number of its first line."""
    block: list[str] = []
    first = 1
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            first = first if block else number
            block.append(line.strip())
        elif block:
            yield first, block
            block = []
    if block:
        yield first, block


class _Reader:
    """Takes blocks in; one cue may be in several, and several in one."""

    def __init__(self, tally: Tally) -> None:
        self._captions = Captions()
        self._tally = tally
        self._heading = ""
        self._voice = ""
        self._are_chapters = False

    def take(self, number: int, block: list[str]) -> None:
        """Take in lines that stand together."""
        starts = [index for index, line in enumerate(block) if _ARROW in line or _TIMES.match(line)]
        lead = block[: starts[0]] if starts else block
        header = _HEADER.match(block[0]) if number == 1 else None
        if header:
            self._captions.title = " ".join((header["title"] or "").split())
            self._are_chapters = bool(_CHAPTERS_ONLY.search("\n".join(block)))
            self._leave_out(lead[1:])
        if _ASIDE.match(block[0]):
            self._take_aside(lead)
        elif not header:
            self._continue(lead[:-1] if starts else lead)
            self._leave_out(lead[-1:] if starts else [])
        for index, start in enumerate(starts):
            self._begin(number + start, block[start])
            end = starts[index + 1] if index + 1 < len(starts) else len(block)
            lines = block[start + 1 : end]
            if end < len(block) and lines and _NUMBER.fullmatch(lines[-1]):
                lines = lines[:-1]
            self._continue(lines)

    def finish(self) -> Captions:
        """Give what was read."""
        captions = self._captions
        if self._are_chapters:
            names = [" ".join(text for _, text in cue.lines) for cue in captions.cues]
            captions.cues = [Cue(heading=name) for name in names if name]
        elif self._heading:
            captions.cues.append(Cue(heading=self._heading))
        return captions

    def _take_aside(self, lines: list[str]) -> None:
        """Take in what is no cue: the name of a chapter, else a comment or a setting."""
        chapter = _CHAPTER.match("\n".join(lines))
        if not chapter:
            self._leave_out(lines)
            return
        if self._heading:
            self._leave_out([self._heading])
        self._heading = _plain(chapter[1])

    def _leave_out(self, lines: list[str]) -> None:
        """Count lines that nobody is shown, unless they are mere numbers."""
        if lines and not (len(lines) == 1 and _NUMBER.fullmatch(lines[0])):
            self._tally.add("comment" if lines[0].startswith("NOTE") else "caption_setting", "\n".join(lines))

    def _begin(self, number: int, line: str) -> None:
        times = _TIMES.match(line)
        if times is None:
            self._captions.broken.append(number)
        seconds = (_seconds(*times.groups()[:4]), _seconds(*times.groups()[4:])) if times else None
        if seconds:
            seconds = seconds[0], max(seconds)
        self._captions.cues.append(Cue(seconds, heading=self._heading))
        self._heading = self._voice = ""

    def _continue(self, lines: list[str]) -> None:
        """Add lines to the cue that was begun last; a number alone is that of the next cue."""
        if not self._captions.cues:
            self._leave_out(lines)
            return
        cue = self._captions.cues[-1]
        for line in lines:
            if cue.lines and _NUMBER.fullmatch(line) and len(lines) == 1:
                continue
            cue.lines += [(self._voice, text) for text in self._spoken(line)]

    def _spoken(self, line: str) -> Iterator[str]:
        """Yield what a line says, voice by voice."""
        before, *voices = _VOICE.split(line)
        if text := _plain(before):
            yield text
        for name, said in zip(voices[::2], voices[1::2], strict=True):
            self._voice = _plain(name)
            self._captions.voices[self._voice] = None
            if text := _plain(said):
                yield text


def _plain(text: str) -> str:
    """Give words without tags, on one line."""
    return " ".join(html.unescape(_TAG.sub("", text)).split())


def _seconds(hours: str | None, minutes: str, seconds: str, fraction: str | None) -> float:
    whole = int(hours or 0) * 3_600 + int(minutes) * 60 + int(seconds)
    return whole + int((fraction or "0").ljust(3, "0")) / 1_000
