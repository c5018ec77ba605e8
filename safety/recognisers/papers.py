"""Names and numbers by their place on a page: headers, tables, records, lists of a class, lines of a dialogue."""

import re
from collections.abc import Iterator

from safety.recognisers.lexicon import Lexicon
from safety.recognisers.phrasebook import ANY, Phrasebook
from safety.recognisers.spans import Found

_CAPITAL = r"[A-ZÀ-ÖØ-ÞĀ-ŽΑ-ΩА-ЯІЇЄҐ][^\W\d_]*(?:['’\-][^\W\d_]+)*"
_HEADER_LINE = re.compile(rf"^{_CAPITAL}(?:[ ]{_CAPITAL}\.?){{1,3}}$")
_PARTS = r"[,;\t|]"
_TABLE_HEAD = re.compile(r"^[^\n.!?]{2,200}$")
_BIRTH = re.compile(
    r"dob|birth|birthday|geburt|naissance|nacimiento|nascimento|nascita|geboorte|urodz|рожд|doğum|födel|fødsel",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"^(?:id|number|no|nr|#)$|student ?(?:id|no|number)|(?:leerling|schüler|elev|pupil|candidate"
    r"|member)\w*(?:nummer|number|_?id|_?no)|matr[ií]c|"
    r"matrik|upn|uln|ssn|codice|numéro|número|номер|学号|學號|学籍|학번|_id$| id$",
    re.IGNORECASE,
)
_NAMED = r"^(?:<label>|first|last|姓名|名字|氏名|名前|이름|성명|नाम|الاسم|ชื่อ)$"
_RECORD = re.compile(
    r"(?P<quote>[\"'])(?P<key>[\w \-]{2,30})(?P=quote)\s*[:=]\s*(?P<open>[\"'])(?P<value>[^\"'\n]{1,60})(?P=open)"
    r"|\b(?P<bare>[A-Za-z_]{3,24})\s*=\s*(?P<mark>[\"'])(?P<text>[^\"'\n]{2,60})(?P=mark)"
)
_KEY = re.compile(
    r"^(?:(?:full|first|last|given|family|student|pupil|parent|teacher|guardian|mother|father|child"
    r"|user|customer|contact|sur|fore|vor|nach|display|real)?[_ \-]?"
    r"(?:name|nom|nombre|nome|naam|namn|navn)|name|fname|lname|student|pupil|teacher|parent|author"
    r"|nombre|apellidos?|alumn[oa]|nom|prénom|prenom|élève|eleve|vorname|nachname"
    r"|schueler|schüler|nome|cognome|sobrenome|alun[oa]|naam|voornaam|achternaam|leerling|imie|imię"
    r"|nazwisko|ad|soyad|isim|namn|navn|nama|siswa|имя|фамилия)$",
    re.IGNORECASE,
)
_LAST_FIRST = re.compile(
    rf"^[ \t]*(?:\d{{1,3}}[.):][ ]*|[-*•][ ]*)?(?P<name>(?P<last>{_CAPITAL}(?:[ ]{_CAPITAL})?),"
    rf" (?P<first>{_CAPITAL}(?:[ ]{_CAPITAL}\.?)?))[ \t]*(?=$|[-–—:;|,(\t\d])",
    re.MULTILINE,
)
_SHORT = 60
_LINES = 3


def find_on_paper(text: str, lexicon: Lexicon, book: Phrasebook) -> list[Found]:
    """Find names in headers, tables, records and lists, and the numbers and birthdays of a table's people."""
    return [*_header(text), *_table(text, book), *_records(text), *_last_first(text, lexicon)]


def _header(text: str) -> Iterator[Found]:
    """Find the writer's name on the first line of a paper: a line of its own, over two more short ones."""
    lines = text[:400].split("\n")
    is_header = len(lines) > _LINES and all(
        0 < len(line) < _SHORT and not line.endswith((".", "?", ",")) for line in lines[:_LINES]
    )
    if is_header and _HEADER_LINE.match(lines[0]):
        yield Found(0, len(lines[0]), "PERSON")


def _table(text: str, book: Phrasebook) -> Iterator[Found]:
    """Find people in lines of values under a heading that names columns; a question may stand before or after it."""
    at = 0
    columns: list[str | None] = []
    mark = ","
    for line in text.split("\n"):
        kinds = _kinds(line, book)
        if kinds:
            mark, columns = kinds
        elif columns and line.count(mark) == len(columns) - 1:
            yield from _cells(line, at, columns, mark)
        else:
            columns = []
        at += len(line) + 1


def _kinds(line: str, book: Phrasebook) -> tuple[str, list[str | None]] | None:
    """Give the mark and the kinds of the columns, if a line is the heading of a table with people."""
    if not _TABLE_HEAD.match(line):
        return None
    mark = max((";", "\t", "|", ","), key=line.count)
    heads = [head.strip(" \"'*") for head in line.split(mark)]
    kinds = [_kind(head, book) for head in heads]
    if len(heads) < 2 or "PERSON" not in kinds or not all(len(head) < 30 for head in heads):
        return None
    return mark, kinds


def _kind(head: str, book: Phrasebook) -> str | None:
    if book.pattern(ANY, _NAMED).match(head):
        return "PERSON"
    if _BIRTH.search(head):
        return "DOB"
    return "ID_NUM" if _NUMBER.search(head) else None


def _cells(line: str, at: int, columns: list[str | None], mark: str) -> Iterator[Found]:
    for kind, cell in zip(columns, line.split(mark), strict=True):
        if kind and cell.strip(" \"'-:|"):
            yield Found(at, at + len(cell), kind)
        at += len(cell) + 1


def _records(text: str) -> Iterator[Found]:
    if "=" not in text and ":" not in text:
        return
    for match in _RECORD.finditer(text):
        key, group = (match["key"], "value") if match["key"] else (match["bare"], "text")
        kind = "PERSON" if _KEY.match(key) else "DOB" if _BIRTH.search(key) else None
        if kind:
            yield Found(match.start(group), match.end(group), kind)


def _last_first(text: str, lexicon: Lexicon) -> Iterator[Found]:
    """Find `Adeyemi, Grace` at the start of a line: the list of a class, unless it is a list of sources."""
    for match in _LAST_FIRST.finditer(text):
        first, last = match["first"].casefold().split()[0], match["last"].casefold().split()[0]
        is_name = first in lexicon.given and (last in lexicon.family or not lexicon.is_plain(last))
        if is_name and last not in lexicon.taught:
            yield Found(match.start("name"), match.end("name"), "PERSON")
