"""Finds the unit and the chapter that chunks stand in, without loading any text."""

from collections.abc import Sequence

from sqlalchemy import bindparam, text

from adapters.sql.transaction import Transaction
from domain.ids import ChunkId, DocumentId
from domain.places import Place

_AT_ONCE = 500
"""Chunks asked about in one statement: databases bound how many values it may have."""

_PLACES = text(
    "WITH place AS ("
    "  SELECT chunk.id, chunk.document_id, chunk.ordinal, coalesce("
    "    (SELECT unit.ordinal FROM section AS unit WHERE unit.document_id = chunk.document_id AND unit.is_unit"
    "     AND unit.ordinal <= chunk.section AND unit.last >= chunk.section ORDER BY unit.ordinal DESC LIMIT 1),"
    "    chunk.section) AS unit"
    "  FROM chunk WHERE chunk.id IN :chunk_ids AND chunk.document_id IN :documents"
    ") SELECT place.id, place.document_id, place.ordinal, place.unit,"
    "  (SELECT around.ordinal FROM section AS around WHERE around.document_id = place.document_id"
    "   AND around.ordinal < place.unit AND around.last >= place.unit ORDER BY around.ordinal DESC LIMIT 1) AS chapter"
    " FROM place"
).bindparams(bindparam("chunk_ids", expanding=True), bindparam("documents", expanding=True))


def list_places(
    transaction: Transaction, chunk_ids: Sequence[ChunkId], document_ids: Sequence[DocumentId]
) -> list[Place]:
    """Say where the chunks stand, in the order asked for, leaving out those of other documents or gone."""
    if not document_ids:
        return []
    found: dict[str, Place] = {}
    for start in range(0, len(chunk_ids), _AT_ONCE):
        asked = {"chunk_ids": list(chunk_ids[start : start + _AT_ONCE]), "documents": list(document_ids)}
        rows = transaction.read(_PLACES, asked)
        found.update((row.id, Place(row.id, row.document_id, row.ordinal, row.unit, row.chapter)) for row in rows)
    return [found[one] for one in chunk_ids if one in found]
