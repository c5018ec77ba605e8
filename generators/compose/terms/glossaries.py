"""Terms that a reading lists with their meanings: glossary sections, definition lists, tables of terms.

Only what is laid out as such is read: a line "Term: meaning" under a heading that promises terms, lines that open
with a marked term one after the other, or a table of two columns whose head names both.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from domain.documents import Range
from generators.compose.reading.parse import ParsedSection
from generators.compose.terms.wordings import wordings_of

_TITLES = (
    "glossary|key terms?|key words?|keywords|key vocabulary|vocabulary|word list|terms to know|terms and definitions|"
    "important terms|definitions|key concepts|glosario|términos clave|vocabulario|definiciones|glossaire|termes clés|"
    "mots[- ]clés|vocabulaire|définitions|lexique|glossar|wichtige begriffe|schlüsselbegriffe|begriffe|fachbegriffe|"
    "definitionen|glossário|termos-chave|termos importantes|vocabulário|definições|glossario|termini chiave|"
    "parole chiave|vocabolario|definizioni|woordenlijst|begrippen|begrippenlijst|kernbegrippen|ordlista|nyckelord|"
    "ordliste|nøkkelord|nøgleord|słowniczek|pojęcia|глоссарий|словарь|термины|ключевые термины|словник|терміни|"
    "مصطلحات|المصطلحات|مسرد|المفردات|术语表?|术语|词汇表?|关键词|名词解释|術語|用語集|用語|キーワード|शब्दावली|sözlük|kavramlar"
)
_TITLE = re.compile(rf"(?:[\dIVX.]+\s+)?(?:{_TITLES})[\s:：]*", re.IGNORECASE)
_TERM_HEADS = (
    "(?:key )?(?:terms?|words?|concepts?|vocabulary)|términos?|palabras?|conceptos?|termes?|mots?|notions?|begriffe?|"
    "wort|wörter|termos?|palavras?|conceitos?|termin[ei]|parol[ae]|concett[oi]|begrip(?:pen)?|woord(?:en)?|"
    "ord|begrepp?|pojęcie|термин|понятие|термін|поняття|المصطلح|الكلمة|المفهوم|术语|词语|概念|名词|術語|用語|語句"
)
_MEANING_HEADS = (
    "definitions?|meanings?|descriptions?|explanations?|definición|significado|descripción|définition|signification|"
    "description|definition|bedeutung|erklärung|beschreibung|definição|significado|descrição|definizione|significato|"
    "descrizione|definitie|betekenis|omschrijving|uitleg|betydelse|förklaring|betydning|forklaring|definicja|znaczenie|"
    "определение|значение|визначення|значення|التعريف|المعنى|الشرح|定义|定義|含义|意思|解释|意味|説明"
)
_HEAD_ROW = re.compile(rf"(?:{_TERM_HEADS}) \| (?:{_MEANING_HEADS})", re.IGNORECASE)
_MARK = re.compile(r"[ \t]*(?:[•‣◦▪●○∙·*–—-]|\d{1,2}[.)])?[ \t]*")
_PARTING = re.compile(r"\s*(?::|：|\s[–—-]\s|\s?—)\s*")
_BY_SIGN = re.compile(r"(?P<term>[^:：.;|\n]{1,60}?)(?:\s*[:：]\s*|\s+[–—-]\s+|\s?—\s?)(?P<meaning>\S.*)")
_LONGEST_LABEL = 6
_LONGEST_HEADING = 8
_FEWEST_IN_ROW = 3
_LONGEST_MEANING = 60


@dataclass(frozen=True, slots=True)
class Entry:
    """A term and its meaning as the reading lists them, with the places of both."""

    label: Range
    meaning: Range


@dataclass(frozen=True)
class _Line:
    """A line of the evidence; `lead` is the marked term it opens with."""

    parsed: ParsedSection
    at: Range

    @cached_property
    def text(self) -> str:
        return self.parsed.evidence.text[self.at.start : self.at.end]

    @cached_property
    def start(self) -> int:
        mark = _MARK.match(self.text)
        return self.at.start + (mark.end() if mark else 0)

    @property
    def is_title(self) -> bool:
        return _TITLE.fullmatch(self.text.strip()) is not None

    @property
    def is_heading(self) -> bool:
        words = self.text.split()
        return len(words) <= _LONGEST_HEADING and self.text.rstrip()[-1:].isalnum()

    @cached_property
    def by_mark(self) -> Entry | None:
        """Read "**term** meaning", with or without a sign between them."""
        lead = next((mark for mark in self.parsed.evidence.emphasis if mark.start == self.start), None)
        if lead is None or lead.end >= self.at.end:
            return None
        parting = _PARTING.match(self.parsed.evidence.text, lead.end, self.at.end)
        return _entry(
            self.parsed, Range(*_without_sign(self.parsed, lead)), parting.end() if parting else lead.end, self.at
        )

    @property
    def is_parted(self) -> bool:
        """Whether a sign stands between the marked term and its meaning."""
        found = self.by_mark
        return found is not None and bool(self.parsed.evidence.text[found.label.end : found.meaning.start].strip())

    @cached_property
    def by_sign(self) -> Entry | None:
        """Read "term: meaning" and "term – meaning"."""
        found = _BY_SIGN.fullmatch(self.parsed.evidence.text, self.start, self.at.end)
        return found and _entry(self.parsed, Range(*found.span("term")), found.start("meaning"), self.at)

    @cached_property
    def by_cell(self) -> Entry | None:
        """Read "term | meaning", a row of a table of two columns."""
        cells = self.text.split(" | ")
        if len(cells) != 2:
            return None
        start = self.at.start
        return _entry(self.parsed, Range(start, start + len(cells[0])), start + len(cells[0]) + 3, self.at)


def find_entries(parsed: ParsedSection) -> tuple[Entry, ...]:
    """List the terms that the section lists with their meanings, in reading order."""
    return parsed.once(_find_entries)


def _find_entries(parsed: ParsedSection) -> tuple[Entry, ...]:
    lines = [_Line(parsed, Range(*found.span())) for found in re.finditer(r"[^\n]+", parsed.evidence.text)]
    found = {entry.label: entry for reader in (_in_glossaries, _in_tables, _in_rows) for entry in reader(parsed, lines)}
    return tuple(found[label] for label in sorted(found))


def _in_glossaries(parsed: ParsedSection, lines: "Sequence[_Line]") -> Iterator[Entry]:
    """Read on from a heading that promises terms, to the next heading."""
    is_inside = _TITLE.fullmatch(parsed.evidence.title.strip()) is not None
    for line in lines:
        entry = line.by_mark or line.by_sign
        if line.is_title:
            is_inside = True
        elif is_inside and entry is not None:
            yield entry
        elif line.is_heading:
            is_inside = False


def _in_tables(_parsed: ParsedSection, lines: "Sequence[_Line]") -> Iterator[Entry]:
    """Read the rows of a table of two columns whose head says that it lists terms and meanings."""
    is_inside = False
    for line in lines:
        if _HEAD_ROW.fullmatch(line.text.strip()):
            is_inside = True
        elif is_inside and line.by_cell is not None:
            yield line.by_cell
        else:
            is_inside = False


def _in_rows(parsed: ParsedSection, lines: "Sequence[_Line]") -> Iterator[Entry]:
    """Read lines that open with a marked term and a sign, three or more one after the other."""
    row: list[Entry] = []
    for line in [*lines, None]:
        entry = line.by_mark if line is not None and line.is_parted else None
        if entry is not None:
            row.append(entry)
            continue
        if len(row) >= _FEWEST_IN_ROW and all(_says_what_it_is(parsed, entry) for entry in row):
            yield from row
        row = []


def _says_what_it_is(parsed: ParsedSection, entry: Entry) -> bool:
    """Whether a meaning opens like a phrase about a thing: with a small letter or an article, not like an order."""
    words = parsed.evidence.text[entry.meaning.start : entry.meaning.end].split()
    wordings = wordings_of(parsed.evidence.language)
    articles = {"a", "an", "the", *(wordings.articles.split() if wordings else ())}
    is_phrase = words[0].lower() in articles or not words[0][0].isupper()
    return is_phrase and words[0][0].isalpha() and (len(words) >= _FEWEST_IN_ROW or len(words[0]) >= _LONGEST_LABEL)


def _without_sign(parsed: ParsedSection, mark: Range) -> tuple[int, int]:
    """Give a mark without the sign that parts it from what follows."""
    words = parsed.evidence.text[mark.start : mark.end]
    return mark.start, mark.start + len(words.rstrip(" :：.—–-\n"))


def _entry(parsed: ParsedSection, label: Range, start: int, line: Range) -> Entry | None:
    """Make an entry of a label and the words from `start`, when both are what their places promise."""
    text = parsed.evidence.text
    words, meaning = text[label.start : label.end], text[start : line.end]
    lead = len(meaning) - len(meaning.lstrip())
    is_label = len(words.split()) <= _LONGEST_LABEL and re.search(r"[^\W\d_]", words) is not None
    letters = sum(sign.isalpha() for sign in meaning)
    is_meaning = letters >= max(6, len(meaning) // 2) and not meaning.rstrip().endswith(("?", "？", "؟"))
    if not is_label or not is_meaning:
        return None
    first = re.match(r".{12,}?[.。](?=\s|$|[^\W\d_])", meaning, re.DOTALL)
    is_long = len(meaning.split()) > _LONGEST_MEANING
    end = start + first.end() if first and is_long else line.end
    return Entry(label, Range(start + lead, end))
