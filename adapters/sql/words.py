"""The word index over titles, headings and texts of chunks, in the same database and transaction.

SQLite has FTS5 for it, PostgreSQL `adapters.sql.word_vectors`. Words are cut and stemmed by the document's language
(`adapters.sql.word_cutting`), English by the database (Porter), and lose their diacritics. A chunk's words go with
it: by a trigger in SQLite, by a foreign key in PostgreSQL.
"""

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from sqlalchemy import bindparam, text

from adapters.sql import word_vectors
from adapters.sql.transaction import Transaction
from adapters.sql.word_cutting import Cutter, Term, list_terms
from domain.documents import Hit
from domain.ids import DocumentId
from domain.places import Part

_INSERT = text("INSERT INTO chunk_words (rowid, title, heading, text) VALUES (:number, :title, :heading, :text)")
"""Plain values: FTS5 would write its index out after each row of an INSERT that reads."""

_RENAME = text(
    "UPDATE chunk_words SET title = :title WHERE rowid IN (SELECT number FROM chunk WHERE document_id = :document_id)"
)

_NARROW = (
    "SELECT chunk.id AS id, found.cost AS cost FROM ("
    "  SELECT rowid AS number, bm25(chunk_words, 2.0, 1.5, 1.0) AS cost FROM chunk_words"
    # the plus keeps FTS5 from being asked about each number by itself
    "  WHERE chunk_words MATCH :query AND +rowid IN (SELECT number FROM chunk WHERE document_id IN :documents{part})"
    "  ORDER BY cost, rowid LIMIT :limit"
    ") AS found CROSS JOIN chunk WHERE chunk.number = found.number ORDER BY found.cost, found.number"
)
"""Collects the numbers of the documents' chunks first: for documents that hold little of a store."""

_IN_DOCUMENTS = text(_NARROW.format(part="")).bindparams(bindparam("documents", expanding=True))

_IN_PART = text(_NARROW.format(part=" AND section BETWEEN :first AND :last")).bindparams(
    bindparam("documents", expanding=True)
)

_IN_ALL = text(
    "SELECT chunk.id AS id, found.cost AS cost FROM ("
    "  SELECT rowid AS number, bm25(chunk_words, 2.0, 1.5, 1.0) AS cost FROM chunk_words"
    "  WHERE chunk_words MATCH :query ORDER BY cost, rowid LIMIT :most"
    ") AS found CROSS JOIN chunk WHERE chunk.number = found.number AND chunk.document_id IN :documents "
    "ORDER BY found.cost, found.number LIMIT :limit"
).bindparams(bindparam("documents", expanding=True))
"""Looks at whose chunks they are only of the best ones: for documents that hold much of a store."""

_CHUNKS = text(
    "SELECT count(*) FROM (SELECT 1 FROM chunk WHERE document_id IN :documents LIMIT :most) AS some"
).bindparams(bindparam("documents", expanding=True))

_MUCH = 8
"""Documents hold much of a store when they hold one in so many of its chunks."""

_SIZE = text("SELECT rowid FROM chunk_words ORDER BY rowid DESC LIMIT 1")
"""The newest row's number: how many chunks there are, and were."""

_LANGUAGES = text("SELECT DISTINCT language FROM document WHERE id IN :documents ORDER BY language").bindparams(
    bindparam("documents", expanding=True)
)

_COUNT = text(
    "SELECT wanted.value AS term, (SELECT count(*) FROM ("
    "SELECT 1 FROM chunk_words WHERE chunk_words MATCH wanted.value LIMIT :most"
    ")) AS places FROM json_each(:terms) AS wanted"
)

_SIGNED = re.compile("[\u0483-\u1cff\ua66f-\uabff]")
"""Blocks of scripts with signs that stand on letters."""

_PRIVATE = 0xF0000
"""Where Unicode's second area for private use begins."""

_FEW = 1000
"""Chunks that may be weighed for one query whatever the size of the store: half a book."""

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


def add(transaction: Transaction, entries: Sequence[Entry], language: str) -> None:
    """Index the words of chunks that are not indexed yet, of a document in this language."""
    cut = Cutter(language).cut
    rows = [
        {"number": one.number, "title": cut(one.title), "heading": cut(one.heading), "text": cut(one.text)}
        for one in entries
    ]
    if not rows:
        return
    if transaction.is_postgres:
        word_vectors.add(transaction, rows)
    else:
        transaction.write(_INSERT, [{name: _whole(value) for name, value in row.items()} for row in rows])


def rename(transaction: Transaction, document_id: DocumentId, title: str) -> None:
    """Let the document's chunks be found by its new title."""
    language = transaction.read(_LANGUAGES, {"documents": [document_id]}).scalar() or ""
    words = Cutter(language).cut(title)
    if transaction.is_postgres:
        word_vectors.rename(transaction, document_id, words)
    else:
        transaction.write(_RENAME, {"title": _whole(words), "document_id": document_id})


def search(transaction: Transaction, query: str, among: Among, *, limit: int) -> list[Hit]:
    """Rank the chunks that hold any of the query's words by BM25; a query without words finds nothing.

    PostgreSQL has no BM25; its rank is told in `adapters.sql.word_vectors`.
    """
    places = among.parameters
    if not places["documents"]:
        return []
    languages = transaction.read(_LANGUAGES, {"documents": places["documents"]}).scalars().all()
    terms = list_terms(query, languages)
    if not terms:
        return []
    if transaction.is_postgres:
        return word_vectors.search(transaction, terms, places, limit=limit)
    size = transaction.read(_SIZE).scalar() or 0
    values = {"query": _bounded(transaction, terms, size), "limit": limit, **places}
    return [Hit(row.id, -row.cost) for row in _find(transaction, values, size, is_part=among.part is not None)]


def _find(transaction: Transaction, values: Mapping[str, Any], size: int, *, is_part: bool) -> Sequence[Any]:
    if is_part:
        return transaction.read(_IN_PART, values).all()
    most = size // _MUCH
    if transaction.read(_CHUNKS, {"documents": values["documents"], "most": most}).scalar_one() >= most:
        found = transaction.read(_IN_ALL, {**values, "most": values["limit"] * _MUCH}).all()
        if len(found) == values["limit"]:
            return found
    return transaction.read(_IN_DOCUMENTS, values).all()


def _bounded(transaction: Transaction, terms: Sequence[Term], size: int) -> str:
    """Give the expression that finds the terms, weighing no more than a share of a large store.

    The rarest words choose the chunks and all words rank them, as in WAND (Broder and others, CIKM 2003). FTS5 sums
    its BM25 over the phrases of an expression: what chooses is named once again to rank, so what only ranks is named
    twice there.
    """
    wanted = [_to_match(one) for one in terms]
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


def _to_match(term: Term) -> str:
    """Quote a term, so that nothing typed acts as an operator."""
    return f'"{_whole(term.text)}"*' if term.is_beginning else f'"{_whole(term.text)}"'


def _whole(value: Any) -> Any:
    """Write the vowel signs and tone marks of a script as letters for private use: FTS5 would cut words at them.

    The accents that FTS5 takes off by itself, U+0300 to U+036F, stay.
    """
    if not isinstance(value, str) or not _SIGNED.search(value):
        return value
    return "".join(
        chr(_PRIVATE + ord(one)) if _SIGNED.match(one) and unicodedata.category(one)[0] == "M" else one for one in value
    )
