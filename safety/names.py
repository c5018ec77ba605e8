"""Names and addresses in what people write, told by their cues: `my name is`, a greeting, a signature, a header.

Names without a cue are left to the name recogniser's vote, and that counts only where the text speaks of people
the writer knows: Newton, Juliet and the Julia of a word problem stay.
"""

import re
from collections.abc import Iterator

from safety.structured import Found

_WORD = r"[^\W\d_](?:[\w'’\-]*\w)?\.?"
_CAPITAL = r"[A-ZÀ-ÖØ-ÞĀ-ŽΑ-ΩА-Я][\w'’\-]*"
_FULL = rf"{_CAPITAL}(?:[ ]+(?:(?:de|da|di|van|von|der|den|la|el|al|bin|ibn|dos|del|le)[ ]+)*{_CAPITAL}\.?){{0,3}}"
_NOT_NAMES = re.compile(
    r"(?:in|at|on|from|the|a|an|not|so|very|just|going|trying|having|doing|working|stuck|sorry|sure|here|done|late|good|fine"
    r"|ok|okay|confused|lost|and|or|but|with|for|to|english|math|maths|history|science|monday|tuesday|wednesday|thursday"
    r"|friday|saturday|sunday|january|february|march|april|may|june|july|august|september|october|november|december"
    r"|grade|year|class|school|student|teacher|i|we|you|it|is|was|this|that|american|german|french|spanish|italian|muslim"
    r"|christian|jewish|catholic|hindu|buddhist|asian|african|european|british|chinese|japanese|mexican|indian)\b",
    re.IGNORECASE,
)

_INTRODUCED = (
    (r"\bmy (?:full |first |last |real )?name(?:'s| is)\s+", rf"{_WORD}(?:[ ]+(?!and\b|but\b|i\b|im\b|i'm\b|from\b|in\b){_WORD}){{0,2}}", re.IGNORECASE),
    (r"\b(?:[Ii]'?m|[Ii] am|[Cc]all me|[Tt]his is|[Ii], |I, )\s*", _FULL, 0),
    (r"\b(?:it'?s|its)\s+(?=[a-z'’-]+ [a-z'’-]+ (?:again|here|from)\b)", r"[a-z'’-]+ [a-z'’-]+", re.IGNORECASE),
    (r"\b(?:[Mm]rs?|[Mm]s|[Mm]iss|[Mm]x|MR|MRS|MS|[Dd]r|[Pp]rof(?:essor)?|[Cc]oach|[Ss]ir|[Mm]adame?|[Hh]err|[Ff]rau|[Ss]eñora?)\.?[ ]+", _FULL, 0),
    (r"\b(?:ms|mr|mrs|miss)\.?[ ](?=[a-z])", r"[a-z'’-]{3,}", 0),
    (
        r"\bmy (?:best |little |big |older |younger |baby |twin |step)?(?:friend|brother|sister|mom|mum|dad|mother|father|teacher|coach"
        r"|cousin|uncle|aunt|classmate|roommate|boyfriend|girlfriend|neighbou?r|tutor|counsell?or|boss|husband|wife|son|daughter|partner),? ",
        _FULL,
        0,
    ),
    (r"\b(?:friend|girl|boy|kid|guy|student|classmate|teacher|brother|sister|cousin|someone|person)s? (?:named|called) ", _FULL, 0),
    (r"\b(?:[Dd]ear|[Hh]i|[Hh]ello|[Hh]ey)[ ]+", rf"{_CAPITAL}(?:[ ]{_CAPITAL})?(?=[,!\n])", 0),
    (r"(?:[Tt]hanks|[Tt]hank you|[Rr]egards|[Ss]incerely|[Bb]est|[Cc]heers|[Ll]ove|[Yy]ours)[,!.]*\s*\n\s*[-–—]?\s*", _FULL, 0),
    (r"[\"']?(?:full_?name|first_?name|last_?name|surname|student_?name|name|author|student|teacher|parent)[\"']?\s*[:=]\s*[\"']", r"[^\"'\n]{2,60}(?=[\"'])", re.IGNORECASE),
    (r"^(?:name|student|author|teacher|written by|by)\s*:\s*", _FULL, re.MULTILINE | re.IGNORECASE),
    (r"\b(?:Student|Person|User|Teacher|Pupil|Author)\(\s*[\"']", r"[^\"'\n]{2,60}(?=[\"'])", 0),
    (r"\b(?:[Mm]e llamo|[Mm]i nombre es|[Jj]e m['’]appelle|[Mm]on nom est|[Ii]ch hei(?:ß|ss)e|[Mm]ein Name ist|[Mm]eu nome é|[Cc]hamo-me"
     r"|[Mm]e chamo|[Mm]i chiamo|[Ss]ono|[Ii]k heet|[Mm]ijn naam is|[Nn]azywam się|[Mm]am na imię|[Mm]eg is|[Jj]ag heter|[Bb]enim adım|[Mm]еня зовут|[Мм]еня зовут|[Тт]ên (?:tôi|em) là|[Nn]ama saya)\s+", _FULL, 0),
    (r"(?:我叫|我是|我的名字是|我的名字叫)", r"[\u4e00-\u9fff]{2,4}?(?=[，,。、！\s]|$)", 0),
    (r"(?:私の名前は|名前は|僕は|私は)", r"[\u4e00-\u9fff\u3040-\u30ff]{2,8}?(?=です|と申|といい|、|。)", 0),
    (r"(?:내 이름은|제 이름은|저는)\s*", r"[\uac00-\ud7a3]{2,4}(?=입니다|이에요|예요|이고|이라)", 0),
    (r"(?:اسمي|انا اسمي)\s+", r"[\u0600-\u06ff]+(?:\s[\u0600-\u06ff]+)?", 0),
    (r"(?:मेरा नाम)\s+", r"[\u0900-\u097f]+(?:\s(?!है|हूँ)[\u0900-\u097f]+)?(?=\s(?:है|हैं)|$|,)", 0),
)  # fmt: skip

_CUES = tuple(re.compile(f"(?:{cue})(?P<name>{name})", flags) for cue, name, flags in _INTRODUCED)

_STREET = (
    r"(?:street|st|road|rd|avenue|ave|lane|ln|drive|dr|close|court|ct|boulevard|blvd|way|place|pl|terrace|crescent|square|sq|row"
    r"|gardens|grove|hill|park|mews|parkway|pkwy|highway|hwy|circle|cir|trail|alley|walk)"
)
_ADDRESS = re.compile(
    rf"\b\d{{1,5}}[a-z]?[ ]+(?:[A-Z][\w'’.-]*[ ]+){{1,4}}{_STREET}\b\.?"
    r"(?:,?[ \n]+(?:apt|suite|unit|flat|floor|#)\.?[ ]*\w+)?"
    r"(?:,?[ \n]+[A-Z][\w'’.-]+(?:[ ][A-Z][\w'’.-]+){0,2})?(?:,?[ \n]+(?:[A-Z]{2}[ ]+)?\d{5}(?:-\d{4})?"
    r"|,?[ \n]+[A-Z]{1,2}\d[A-Z\d]?[ ]?\d[A-Z]{2})?",
    re.IGNORECASE,
)
_FOREIGN_ADDRESS = re.compile(
    r"\b\d{1,4}(?:[ ]?bis)?,?[ ]+(?:rue|avenue|boulevard|place|chemin|impasse|allée|quai|via|viale|piazza|calle|avenida|rua|ulica|ul\.)"
    r"[ ]+[^\n,;.]{2,40}(?:,?[ ]+\d{4,5}[ ]+[A-ZÀ-Ý][\w'’-]+)?"
    r"|\b(?:[A-ZÄÖÜ][\wäöüß-]*(?:straße|strasse|str\.|weg|platz|allee|gasse|ring|laan|straat|gatan|vägen)|"
    r"(?:Calle|Avenida|Rua|Via|Viale|Piazza|Plaza|Ulica|ul\.)[ ][A-ZÀ-Ý][\w'’ -]{2,30}?)[ ,]+\d{1,4}[a-z]?(?:,?[ ]+\d{4,5}(?:-\d{3})?[ ]+[A-ZÀ-Ý][\w'’-]+)?",
)
_LIVES = re.compile(
    r"\b(?:i live|we live|lives|i am living|address is|my address|new address|moved to|house is|home is)(?:\s+(?:at|in|on|:|to))?[\s:]+"
    r"(?P<value>\d{1,5}[^\n.;!?]{4,80})",
    re.IGNORECASE,
)
_POSTCODE = re.compile(
    r"\b(?:zip(?: ?code)?|post ?code|postal code)(?: is|:)?\s+(?P<value>[A-Z\d][A-Z\d -]{2,9}\d?[A-Z\d])\b",
    re.IGNORECASE,
)
_BIRTH = re.compile(
    r"\b(?:born on|born|birthday is|birthday:?|date of birth:?|dob:?|né le|née le|nací el|geboren am|nato il|nata il|nasci em)\s+(?:on\s+)?"
    r"(?P<value>\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|(?:\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?)?[^\W\d_]{3,12}\.?\s+\d{1,2}(?:st|nd|rd|th)?"
    r"(?:,?\s+\d{4})?|\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?[^\W\d_]{3,12}\.?(?:,?\s+\d{4})?)",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"(?<![\w.@/])@(?=\w*[a-z_])[\w.]{2,30}\b")
_ACCOUNT = re.compile(
    r"\b(?:user ?name|user|handle|gamertag|insta(?:gram)?|snap(?:chat)?|tiktok|discord|roblox|steam|login|screen ?name)(?: (?:name|user|handle|id|is|account|username))*[\s:=]+"
    r"(?:is\s+)?(?P<value>(?=\S*[\d_.])[\w.#-]{3,32}\w)",
    re.IGNORECASE,
)
_OWN_PAGE = re.compile(
    r"\bmy (?:\w+ )?(?:portfolio|blog|website|site|page|profile|channel|linkedin)\b[^\n]{0,20}?(?P<value>https?://[^\s<>\"')]+)",
    re.IGNORECASE,
)
_OWN_SCHOOL = re.compile(
    rf"\b(?:at|attend|to|from|in)\s+(?P<value>(?:{_CAPITAL}[ ]+){{1,3}}(?:High School|Middle School|Elementary School|Primary School|Academy"
    r"|Secondary School|Grammar School|Gymnasium|Prep School|Elementary|High))\b"
)
_LABELLED = (
    (_LIVES, "ADDRESS"), (_POSTCODE, "ADDRESS"), (_BIRTH, "DOB"), (_ACCOUNT, "USERNAME"), (_OWN_PAGE, "URL"), (_OWN_SCHOOL, "SCHOOL"),
)  # fmt: skip

_HEADER_LINE = re.compile(rf"^{_CAPITAL}(?:[ ]{_CAPITAL}){{1,2}}$")
_CSV_HEAD = re.compile(r"^[\w ]+(?:,[\w ]+){1,12}$")


def find_cued(text: str) -> list[Found]:
    """Find names, addresses, birthdays and accounts that their surroundings give away."""
    return [*_names(text), *_places(text), *_header(text), *_table(text)]


def _names(text: str) -> Iterator[Found]:
    for cue in _CUES:
        for match in cue.finditer(text):
            if not _NOT_NAMES.match(match["name"]):
                yield Found(match.start("name"), match.end("name"), "PERSON")


def _places(text: str) -> Iterator[Found]:
    for pattern in (_ADDRESS, _FOREIGN_ADDRESS):
        yield from (Found(match.start(), match.end(), "ADDRESS") for match in pattern.finditer(text))
    for pattern, kind in _LABELLED:
        yield from (Found(match.start("value"), match.end("value"), kind) for match in pattern.finditer(text))
    yield from (Found(match.start(), match.end(), "USERNAME") for match in _HANDLE.finditer(text))


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
    if not rest or not _CSV_HEAD.match(head) or not any("name" in column for column in columns):
        return
    at = len(head) + 1
    for line in rest.split("\n"):
        place = at
        for column, cell in zip(columns, line.split(","), strict=False):
            if cell.strip() and ("name" in column or column in {"id", "student id", "number"}):
                yield Found(place, place + len(cell), "PERSON" if "name" in column else "ID_NUM")
            place += len(cell) + 1
        at += len(line) + 1
