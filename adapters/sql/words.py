"""The word index: SQLite FTS5 over titles, headings and texts of chunks, in the same database and transaction.

Words are stemmed (Porter) and lose their diacritics. Chinese, Japanese and Korean runs are indexed as pairs of
characters, since no blanks cut them into words. A trigger of the first migration removes a chunk's words with it.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, text

from adapters.sql.transaction import Transaction
from domain.documents import Hit
from domain.ids import DocumentId
from domain.words import FUNCTION_WORDS

_MOST_WORDS = 64
"""Words of a query that count: a pasted page must not keep the store busy."""

_UNSPACED = re.compile(
    "[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]+",
)
"""Runs of kana, Han and Hangul (the blocks of the Unicode standard)."""

_CONTRACTED = re.compile(r"['’](?:d|ll|m|re|s|t|ve)\b")
"""What an apostrophe cuts off a word: a letter or two that would be searched for as words."""

_INSERT = text("INSERT INTO chunk_words (rowid, title, heading, text) VALUES (:number, :title, :heading, :text)")

_RENAME = text(
    "UPDATE chunk_words SET title = :title WHERE rowid IN (SELECT number FROM chunk WHERE document_id = :document_id)"
)

_SEARCH = text(
    "SELECT chunk.id AS id, bm25(chunk_words, 2.0, 1.5, 1.0) AS cost FROM chunk_words "
    "JOIN chunk ON chunk.number = chunk_words.rowid "
    "WHERE chunk_words MATCH :query AND chunk.document_id IN :documents ORDER BY cost, chunk.number LIMIT :limit"
).bindparams(bindparam("documents", expanding=True))


@dataclass(frozen=True, slots=True)
class Entry:
    """What is searched of one chunk; `number` is its row."""

    number: int
    title: str
    heading: str
    text: str


def add(transaction: Transaction, entries: Sequence[Entry]) -> None:
    """Index the words of chunks that are not indexed yet."""
    rows = [
        {"number": one.number, "title": _cut(one.title), "heading": _cut(one.heading), "text": _cut(one.text)}
        for one in entries
    ]
    if rows:
        transaction.write(_INSERT, rows)


def rename(transaction: Transaction, document_id: DocumentId, title: str) -> None:
    """Let the document's chunks be found by its new title."""
    transaction.write(_RENAME, {"title": _cut(title), "document_id": document_id})


def search(transaction: Transaction, query: str, document_ids: Sequence[DocumentId], *, limit: int) -> list[Hit]:
    """Rank the chunks that hold any of the query's words by BM25; a query without words finds nothing."""
    wanted = to_match(query)
    if not wanted or not document_ids:
        return []
    found = transaction.read(_SEARCH, {"query": wanted, "documents": list(document_ids), "limit": limit})
    return [Hit(row.id, -row.cost) for row in found]


def to_match(query: str) -> str:
    """Turn what a person typed into an FTS5 expression: its words, quoted, joined by OR; empty when it has none."""
    plain = _CONTRACTED.sub("", _plain(query).lower())
    letters = "".join(one if unicodedata.category(one)[0] in "LMN" else " " for one in plain)
    typed = list(dict.fromkeys(letters.split()))
    rare = [word for word in typed if word not in FUNCTION_WORDS]
    terms = [term for word in rare or typed for term in _terms(word)]
    return " OR ".join(terms[:_MOST_WORDS])


def _terms(word: str) -> list[str]:
    """Quote a word's parts; a lone character of an unspaced script also finds the pairs that it begins."""
    terms = []
    for part in re.split(f"({_UNSPACED.pattern})", word):
        if _UNSPACED.fullmatch(part) and len(part) > 1:
            terms += [f'"{pair}"' for pair in _pairs(part)]
        elif part:
            terms.append(f'"{part}"*' if _UNSPACED.fullmatch(part) else f'"{part}"')
    return terms


def _cut(value: str) -> str:
    """Write unspaced runs as pairs of characters; the last one also stands alone, to be found by itself."""
    return _UNSPACED.sub(lambda run: " " + " ".join([*_pairs(run[0]), run[0][-1]]) + " ", _plain(value))


def _pairs(run: str) -> list[str]:
    return [run[index : index + 2] for index in range(len(run) - 1)]


def _plain(value: str) -> str:
    """Undo ligatures, wide letters and soft hyphens, which typesetting puts into words."""
    return unicodedata.normalize("NFKC", value).replace("\u00ad", "")
