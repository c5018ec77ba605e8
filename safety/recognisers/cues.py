"""Names in what people write, told by their cues: `my name is`, a title, a greeting, a signature, a header.

Names without a cue are left to the name recogniser's vote, which counts only where the text speaks of people the
writer knows (`safety.personal_data`): Newton, Juliet and the Julia of a word problem stay.
"""

import re
from collections.abc import Iterator

from safety.recognisers.spans import Found

_WORD = r"[^\W\d_](?:[\w'’\-]*\w)?\.?"
CAPITAL = r"[A-ZÀ-ÖØ-ÞĀ-ŽΑ-ΩА-Я][\w'’\-]*"
_FULL = rf"{CAPITAL}(?:[ ]+(?:(?:de|da|di|van|von|der|den|la|el|al|bin|ibn|dos|del|le)[ ]+)*{CAPITAL}\.?){{0,3}}"
_QUOTED = r"[^\"'\n]{2,60}(?=[\"'])"

_NOT_NAMES = re.compile(
    r"(?:in|at|on|from|the|a|an|not|so|very|just|going|trying|having|doing|working|stuck|sorry|sure|here|done|late|good"
    r"|fine|ok|okay|confused|lost|and|or|but|with|for|to|english|math|maths|history|science|(?:mon|tues|wednes|thurs|fri"
    r"|satur|sun)day|january|february|march|april|may|june|july|august|september|october|november|december|grade|year"
    r"|class|school|student|teacher|i|we|you|it|is|was|this|that|american|german|french|spanish|italian|muslim|christian"
    r"|jewish|catholic|hindu|buddhist|asian|african|european|british|chinese|japanese|mexican|indian)\b",
    re.IGNORECASE,
)

_KIN = (
    r"(?:friend|brother|sister|mom|mum|dad|mother|father|teacher|coach|cousin|uncle|aunt|classmate|roommate|boyfriend"
    r"|girlfriend|neighbou?r|tutor|counsell?or|boss|husband|wife|son|daughter|kid|partner|grandma|grandpa)"
)
_TITLE = (
    r"(?:[Mm]rs?|[Mm]s|[Mm]iss|[Mm]x|MR|MRS|MS|[Dd]r|[Pp]rof(?:essor)?|[Cc]oach|[Ss]ir|[Mm]adame?"
    r"|[Hh]err|[Ff]rau|[Ss]eñora?)"
)
_CLOSING = r"(?:[Tt]hanks|[Tt]hank you|[Rr]egards|[Ss]incerely|[Bb]est|[Cc]heers|[Ll]ove|[Yy]ours)"
_KEY = r"(?:full_?name|first_?name|last_?name|surname|student_?name|name|author|student|teacher|parent)"
_ELSEWHERE = (
    r"(?:[Mm]e llamo|[Mm]i nombre es|[Jj]e m['’]appelle|[Mm]on nom est|[Ii]ch hei(?:ß|ss)e|[Mm]ein Name ist"
    r"|[Mm]eu nome é|[Cc]hamo-me|[Mm]e chamo|[Mm]i chiamo|[Ss]ono|[Ii]k heet|[Mm]ijn naam is|[Nn]azywam się"
    r"|[Mm]am na imię|[Jj]ag heter|[Bb]enim adım|[Мм]еня зовут|[Мм]ене звати|[Tt]ên (?:tôi|em) là|[Nn]ama saya)"
)

_INTRODUCED: tuple[tuple[str, str, int], ...] = (
    (
        r"\bmy (?:full |first |last |real )?name(?:'s| is)\s+",
        rf"{_WORD}(?:[ ]+(?!and\b|but\b|i\b|im\b|i'm\b|from\b|in\b){_WORD}){{0,2}}",
        re.IGNORECASE,
    ),
    (r"\b(?:[Ii]['’]?m|[Ii] am|[Cc]all me|[Tt]his is|[Ii],)\s+", _FULL, 0),
    (r"\bit['’]?s\s+(?=[a-z'’-]+ [a-z'’-]+ (?:again|here|from)\b)", r"[a-z'’-]+ [a-z'’-]+", 0),
    (rf"\b{_TITLE}\.?[ ]+", _FULL, 0),
    (r"\b(?=(?:ms|mr|mrs|miss)\.?[ ][a-z])", r"(?:ms|mr|mrs|miss)\.?[ ][a-z'’-]{3,}", 0),
    (rf"\bmy (?:(?:best|little|big|older|younger|baby|twin|great) |step|grand)*{_KIN},? ", _FULL, 0),
    (rf"\b(?:{_KIN}|girl|boy|guy|student|someone|person)s? (?:is |was )?(?:named|called) ", _FULL, 0),
    (r"\b(?:[Dd]ear|[Hh]i|[Hh]ello|[Hh]ey)[ ]+", rf"{CAPITAL}(?:[ ]{CAPITAL})?(?=[,!\n])", 0),
    (
        rf"\b{_CLOSING}[,!.]*\s*\n\s*[-–—]?\s*",
        _FULL,
        0,
    ),
    (rf"[\"']{_KEY}[\"']\s*[:=]\s*[\"']", _QUOTED, re.IGNORECASE),
    (rf"\b{_KEY}\s*=\s*[\"']", _QUOTED, re.IGNORECASE),
    (r"^(?:[Nn]ame|[Ss]tudent|[Aa]uthor|[Tt]eacher|[Ww]ritten by|[Bb]y)\s*:\s*", _FULL, re.MULTILINE),
    (r"\b(?:Student|Person|User|Teacher|Pupil|Author)\(\s*[\"']", _QUOTED, 0),
    (rf"\b{_ELSEWHERE}\s+", _FULL, 0),
    (r"(?:我叫|我的名字是|我的名字叫)", r"[\u4e00-\u9fff]{2,4}?(?=[，,。、！\s]|$)", 0),
    (r"(?:私の名前は|名前は|僕は|私は)", r"[\u4e00-\u9fff\u3040-\u30ff]{2,8}?(?=です|と申|といい|、|。)", 0),
    (r"(?:내 이름은|제 이름은|저는)\s*", r"[\uac00-\ud7a3]{2,4}(?=입니다|이에요|예요|이고|이라)", 0),
    (r"اسمي\s+", r"[\u0600-\u06ff]+(?:\s[\u0600-\u06ff]+)?", 0),
    (r"मेरा नाम\s+", r"[\u0900-\u097f]+(?:\s(?!है|हूँ)[\u0900-\u097f]+)?(?=\s(?:है|हैं)|$|,)", 0),
)

_HEADER_LINE = re.compile(rf"^{CAPITAL}(?:[ ]{CAPITAL}){{1,2}}$")
_TABLE_HEAD = re.compile(r"^[\w ]+(?:,[\w ]+){1,12}$")
_NUMBER_COLUMNS = frozenset({"id", "student id", "number"})


def find_cued(text: str) -> list[Found]:
    """Find names that their surroundings give away, and the numbers of people in a table."""
    return [*_introduced(text), *_header(text), *_table(text)]


def _introduced(text: str) -> Iterator[Found]:
    for cue, name, flags in _INTRODUCED:
        for match in re.finditer(f"{cue}(?P<name>{name})", text, flags):
            if not _NOT_NAMES.match(match["name"]):
                yield Found(match.start("name"), match.end("name"), "PERSON")


def _header(text: str) -> Iterator[Found]:
    """Find the writer's name on the first line of a paper: a line of its own, over two more short ones."""
    lines = text.split("\n")
    is_header = len(lines) > 3 and all(0 < len(line) < 60 and not line.endswith((".", "?", ",")) for line in lines[:3])
    if is_header and _HEADER_LINE.match(lines[0]):
        yield Found(0, len(lines[0]), "PERSON")


def _table(text: str) -> Iterator[Found]:
    """Find the names and numbers of people in lines of values under a heading that says `name`."""
    head, _, rest = text.partition("\n")
    columns = [column.strip().lower() for column in head.split(",")]
    if not _TABLE_HEAD.match(head) or not any("name" in column for column in columns):
        return
    at = len(head) + 1
    for line in rest.split("\n"):
        place = at
        for column, cell in zip(columns, line.split(","), strict=False):
            if cell.strip() and ("name" in column or column in _NUMBER_COLUMNS):
                yield Found(place, place + len(cell), "PERSON" if "name" in column else "ID_NUM")
            place += len(cell) + 1
        at += len(line) + 1
