"""The word index in PostgreSQL: a `tsvector` a chunk, its title's words marked A, its heading's B.

A chunk's score is the sum over the query's words of how rare the word is among the readings that are searched (the
weight of BM25) times PostgreSQL's own rank, which counts a word's repetitions less and less and long chunks less.
Row-level security lets no index be asked before it, so the readings' chunks are looked through one by one.
"""

import unicodedata
from collections.abc import Mapping, Sequence

from sqlalchemy import text

from adapters.sql.transaction import Transaction
from adapters.sql.word_cutting import Term
from domain.documents import Hit
from domain.ids import DocumentId

_INSERT = text(
    "INSERT INTO chunk_words (number, words) "
    "SELECT chunk.number, setweight(to_tsvector('margent', :title), 'A') || "
    "setweight(to_tsvector('margent', :heading), 'B') || to_tsvector('margent', :text) "
    "FROM chunk WHERE chunk.number = :number"
)

_RENAME = text(
    "UPDATE chunk_words SET words = setweight(to_tsvector('margent', :title), 'A') || ts_filter(words, '{b,d}') "
    "WHERE number IN (SELECT number FROM chunk WHERE document_id = :document_id)"
)

_SEARCH = text(
    "WITH term AS ("
    "  SELECT DISTINCT to_tsquery('margent', one) AS wanted FROM unnest(CAST(:terms AS text[])) AS one"
    "), place AS ("
    "  SELECT chunk.id, chunk.number, chunk_words.words FROM chunk JOIN chunk_words USING (number)"
    "  WHERE chunk.document_id = ANY(CAST(:documents AS text[])) AND chunk.section BETWEEN :first AND :last"
    "), found AS ("
    "  SELECT place.*, term.wanted, count(*) OVER (PARTITION BY term.wanted) AS places"
    "  FROM place JOIN term ON place.words @@ term.wanted"
    ")"
    # the weights of unmarked words, C, B and A; 1 lets a chunk's length count against it, by its logarithm
    " SELECT id, sum(ln(1 + (everything.places - found.places + 0.5) / (found.places + 0.5))"
    "   * ts_rank('{0.5, 0.5, 0.75, 1.0}', words, wanted, 1)) AS score"
    " FROM found, (SELECT count(*) AS places FROM place) AS everything"
    " GROUP BY id, number ORDER BY score DESC, number LIMIT :limit"
)


def add(transaction: Transaction, rows: Sequence[Mapping[str, object]]) -> None:
    """Index words that `adapters.sql.words` has cut."""
    transaction.write(_INSERT, [{name: _spelled(value) for name, value in row.items()} for row in rows])


def rename(transaction: Transaction, document_id: DocumentId, title: str) -> None:
    """Let the document's chunks be found by its new title."""
    transaction.write(_RENAME, {"title": _spelled(title), "document_id": document_id})


def search(transaction: Transaction, terms: Sequence[Term], places: Mapping[str, object], *, limit: int) -> list[Hit]:
    """Rank the chunks that hold any of the terms; `places` names documents and a first and last section."""
    wanted = [f"'{one.text}':*" if one.is_beginning else f"'{one.text}'" for one in terms]
    values = {"terms": [_unaccented(one) for one in wanted], "limit": limit, **places}
    return [Hit(row.id, float(row.score)) for row in transaction.read(_SEARCH, values)]


def _spelled(value: object) -> object:
    """Leave letters, marks and digits: PostgreSQL would read an address or a number into anything else."""
    if not isinstance(value, str):
        return value
    return "".join(one if unicodedata.category(one)[0] in "LMN" else " " for one in _unaccented(value.lower()))


def _unaccented(value: str) -> str:
    """Take the accents off letters, as FTS5 does; vowel signs of other scripts stay."""
    apart = unicodedata.normalize("NFD", value)
    return unicodedata.normalize("NFC", "".join(one for one in apart if not "\u0300" <= one <= "\u036f"))
