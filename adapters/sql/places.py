"""Finds the unit and the chapter that chunks stand in, without loading any text."""

import json
from collections.abc import Sequence

from sqlalchemy import TextClause, bindparam, text

from adapters.sql.transaction import Transaction
from domain.ids import ChunkId, DocumentId
from domain.places import Place


def list_places(
    transaction: Transaction, chunk_ids: Sequence[ChunkId], document_ids: Sequence[DocumentId]
) -> list[Place]:
    """Say where the chunks stand, in the order asked for, leaving out those of other documents or gone."""
    if not document_ids:
        return []
    asked = {"chunk_ids": json.dumps(chunk_ids), "documents": list(document_ids)}
    rows = transaction.read(_IN_POSTGRES if transaction.is_postgres else _IN_SQLITE, asked)
    found = {row.id: Place(row.id, row.document_id, row.ordinal, row.unit, row.chapter) for row in rows}
    return [found[one] for one in chunk_ids if one in found]


_PLACES = (
    "WITH place AS MATERIALIZED ("
    "  SELECT chunk.id, chunk.document_id, chunk.ordinal, coalesce("
    "    (SELECT unit.ordinal FROM section AS unit WHERE unit.document_id = chunk.document_id AND unit.is_unit"
    "     AND unit.ordinal <= chunk.section AND unit.last >= chunk.section ORDER BY unit.ordinal DESC LIMIT 1),"
    "    chunk.section) AS unit"
    "  FROM {wanted} CROSS JOIN chunk WHERE chunk.id = wanted.value AND chunk.document_id IN :documents"
    ") SELECT place.id, place.document_id, place.ordinal, place.unit,"
    "  (SELECT around.ordinal FROM section AS around WHERE around.document_id = place.document_id"
    "   AND around.ordinal < place.unit AND around.last >= place.unit ORDER BY around.ordinal DESC LIMIT 1) AS chapter"
    " FROM place"
)
"""The cross join lets SQLite go by the wanted ids: it would rather go through all chunks of these documents."""


def _statement(wanted: str) -> TextClause:
    return text(_PLACES.format(wanted=wanted)).bindparams(bindparam("documents", expanding=True))


_IN_SQLITE = _statement("json_each(:chunk_ids) AS wanted")
_IN_POSTGRES = _statement("json_array_elements_text(CAST(:chunk_ids AS json)) AS wanted (value)")
