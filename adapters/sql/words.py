"""The word index over titles, headings and texts of chunks, in the same database and transaction.

SQLite has FTS5 for it, PostgreSQL `adapters.sql.word_vectors`. Words are stemmed (Porter) and lose their diacritics.
Chinese, Japanese and Korean runs are indexed as pairs of characters, since no blanks cut them into words. A chunk's
words go with it: by a trigger in SQLite, by a foreign key in PostgreSQL.
"""

import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from sqlalchemy import bindparam, text

from adapters.sql import word_vectors
from adapters.sql.transaction import Transaction
from adapters.sql.word_vectors import Term
from domain.documents import Hit
from domain.ids import DocumentId
from domain.places import Part
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
"""Plain values: FTS5 would write its index out after each row of an INSERT that reads."""

_RENAME = text(
    "UPDATE chunk_words SET title = :title WHERE rowid IN (SELECT number FROM chunk WHERE document_id = :document_id)"
)

_SEARCH = text(
    "SELECT chunk.id AS id, bm25(chunk_words, 2.0, 1.5, 1.0) AS cost FROM chunk_words "
    "JOIN chunk ON chunk.number = chunk_words.rowid "
    "WHERE chunk_words MATCH :query AND chunk.document_id IN :documents AND chunk.section BETWEEN :first AND :last "
    "ORDER BY cost, chunk.number LIMIT :limit"
).bindparams(bindparam("documents", expanding=True))

_SIZE = text("SELECT rowid FROM chunk_words ORDER BY rowid DESC LIMIT 1")
"""The newest row's number: how many chunks there are, and were."""

_COUNT = text(
    "SELECT wanted.value AS term, (SELECT count(*) FROM ("
    "SELECT 1 FROM chunk_words WHERE chunk_words MATCH wanted.value LIMIT :most"
    ")) AS places FROM json_each(:terms) AS wanted"
)

_FEW = 3000
"""Chunks that may be weighed for one query whatever the store's size; a book has about two thousand."""

_SHARE = 0.1
"""The share of a large store that may be weighed for one query."""

_LAST = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Entry:
    """What is searched of one chunk; `number` is its row."""

    number: int
    title: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Among:
    """What is searched: documents, or a part of one of them."""

    documents: Sequence[DocumentId]
    part: Part | None = None

    @property
    def parameters(self) -> dict[str, Any]:
        """The documents, and the first and last section, as a statement is given them."""
        if self.part is None:
            return {"documents": list(self.documents), "first": 0, "last": _LAST}
        documents = [self.part.document_id] if self.part.document_id in self.documents else []
        return {"documents": documents, "first": self.part.first, "last": self.part.last}


def add(transaction: Transaction, entries: Sequence[Entry]) -> None:
    """Index the words of chunks that are not indexed yet; their numbers were read within the scope."""
    rows = [
        {"number": one.number, "title": _cut(one.title), "heading": _cut(one.heading), "text": _cut(one.text)}
        for one in entries
    ]
    if not rows:
        return
    if transaction.is_postgres:
        word_vectors.add(transaction, rows)
    else:
        transaction.write(_INSERT, rows)


def rename(transaction: Transaction, document_id: DocumentId, title: str) -> None:
    """Let the document's chunks be found by its new title."""
    if transaction.is_postgres:
        word_vectors.rename(transaction, document_id, _cut(title))
    else:
        transaction.write(_RENAME, {"title": _cut(title), "document_id": document_id})


def search(transaction: Transaction, query: str, among: Among, *, limit: int) -> list[Hit]:
    """Rank the chunks that hold any of the query's words by BM25; a query without words finds nothing.

    PostgreSQL has no BM25; its rank is told in `adapters.sql.word_vectors`.
    """
    terms = _terms(query)
    places = among.parameters
    if not terms or not places["documents"]:
        return []
    if transaction.is_postgres:
        return word_vectors.search(transaction, terms, places, limit=limit)
    found = transaction.read(_SEARCH, {"query": _bounded(transaction, terms), "limit": limit, **places})
    return [Hit(row.id, -row.cost) for row in found]


def _bounded(transaction: Transaction, terms: Sequence[Term]) -> str:
    """Give the expression that finds the terms, weighing no more than a share of a large store.

    The rarest words choose the chunks and all words rank them, as in WAND (Broder and others, CIKM 2003). FTS5 sums
    its BM25 over the phrases of an expression: what chooses is named once again to rank, so what only ranks is named
    twice there.
    """
    wanted = [_to_match(one) for one in terms]
    size = transaction.read(_SIZE).scalar() or 0
    most = max(_FEW, int(size * _SHARE))
    if size <= most:
        return _any(wanted)
    counted = transaction.read(_COUNT, {"terms": json.dumps(wanted), "most": most + 1})
    rarest = sorted((row.places, row.term) for row in counted if row.places)
    sums = accumulate(places for places, _ in rarest)
    choosing = [term for total, (_, term) in zip(sums, rarest, strict=True) if total <= most]
    choosing = choosing or [term for _, term in rarest[:1]]
    others = [term for _, term in rarest if term not in choosing]
    if not others:
        return _any(wanted)
    return f"({_any(choosing)}) AND ({_any(choosing + others * 2)})"


def _any(wanted: Sequence[str]) -> str:
    return " OR ".join(wanted)


def to_match(query: str) -> str:
    """Turn what a person typed into an FTS5 expression: its words, quoted, joined by OR; empty when it has none."""
    return _any([_to_match(one) for one in _terms(query)])


def _to_match(term: Term) -> str:
    return f'"{term.text}"*' if term.is_beginning else f'"{term.text}"'


def _terms(query: str) -> list[Term]:
    """Give the words of a query that count."""
    plain = _CONTRACTED.sub("", _plain(query).lower())
    letters = "".join(one if unicodedata.category(one)[0] in "LMN" else " " for one in plain)
    typed = list(dict.fromkeys(letters.split()))
    rare = [word for word in typed if word not in FUNCTION_WORDS]
    return [term for word in rare or typed for term in _parts(word)][:_MOST_WORDS]


def _parts(word: str) -> list[Term]:
    """Cut a word into its parts; a lone character of an unspaced script also finds the pairs that it begins."""
    terms = []
    for part in re.split(f"({_UNSPACED.pattern})", word):
        if _UNSPACED.fullmatch(part) and len(part) > 1:
            terms += [Term(pair) for pair in _pairs(part)]
        elif part:
            terms.append(Term(part, is_beginning=_UNSPACED.fullmatch(part) is not None))
    return terms


def _cut(value: str) -> str:
    """Write unspaced runs as pairs of characters; the last one also stands alone, to be found by itself."""
    return _UNSPACED.sub(lambda run: " " + " ".join([*_pairs(run[0]), run[0][-1]]) + " ", _plain(value))


def _pairs(run: str) -> list[str]:
    return [run[index : index + 2] for index in range(len(run) - 1)]


def _plain(value: str) -> str:
    """Undo ligatures, wide letters and soft hyphens, which typesetting puts into words."""
    return unicodedata.normalize("NFKC", value).replace("\u00ad", "")
