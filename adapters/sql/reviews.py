"""What writers made, sealed, and what reviewers said of it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, case, exists, func, insert, select

from adapters.sql.codec import to_provenance
from adapters.sql.interactions import from_row
from adapters.sql.safety_tables import output, review_mark
from adapters.sql.schema import document, interaction
from adapters.sql.sealing import Sealer, place_of
from adapters.sql.transaction import Transaction
from domain.ids import InteractionId
from domain.material import Writer
from domain.outcomes import Escalated
from domain.review import Criteria, Output, Reviewable, ReviewMark, Tally, maker_of

_OUTPUT = ("id", "whose_id", "at", "digest", "withheld")
_MARK = ("output_id", "by_id", "is_good", "reason", "at")


class SqlReviews:
    """A `domain.safety_repositories.ReviewRepository`."""

    def __init__(self, transaction: Transaction, sealer: Sealer) -> None:
        """Work within this transaction."""
        self._transaction = transaction
        self._sealer = sealer

    def add_output(self, value: Output) -> None:
        """Keep an output, sealed."""
        sealed = self._sealer.seal(value.text, person_id=value.whose_id, place=_place(value.id))
        row = {name: getattr(value, name) for name in _OUTPUT} | {"text": sealed}
        self._transaction.write(insert(output).values(row))

    def find_output(self, output_id: InteractionId) -> Output | None:
        """Give an output or None. Raises KeyMissing when its text cannot be opened."""
        row = self._transaction.read(select(output).where(output.c.id == output_id)).first()
        return None if row is None else self._to_output(row)

    def save_mark(self, value: ReviewMark) -> None:
        """Keep a mark in place of the reviewer's earlier one."""
        row = {name: getattr(value, name) for name in _MARK}
        key = {name: row.pop(name) for name in ("output_id", "by_id")}
        self._transaction.put(review_mark, key, row)

    def search(self, criteria: Criteria, *, limit: int, offset: int = 0) -> list[Reviewable]:
        """List exchanges, newest first; those that ended with words of support are never among them."""
        query = _reviewables().where(*_conditions(criteria)).limit(limit).offset(offset)
        order = [func.random()] if criteria.is_sample else [interaction.c.at.desc(), interaction.c.number.desc()]
        rows = self._transaction.read(query.order_by(*order))
        return [
            Reviewable(from_row(row), row.has_text, row.withheld or 0, row.good, row.bad, row.reading or "")
            for row in rows
        ]

    def tally(self) -> list[Tally]:
        """Sum up outputs and marks by what made them."""
        shown = _reviewables().where(output.c.id.is_not(None)).subquery()
        query = select(
            shown.c.provenance,
            func.count().label("outputs"),
            *(func.sum(shown.c[name]).label(name) for name in ("withheld", "good", "bad")),
        ).group_by(shown.c.provenance)
        sums: dict[str, Counter[str]] = {}
        for row in self._transaction.read(query):
            counts = {name: int(getattr(row, name)) for name in ("outputs", "withheld", "good", "bad")}
            sums.setdefault(maker_of(to_provenance(row.provenance)), Counter()).update(counts)
        return [
            Tally(name, found["outputs"], found["withheld"], found["good"], found["bad"])
            for name, found in sorted(sums.items())
        ]

    def list_marks(self, output_ids: Sequence[InteractionId]) -> list[ReviewMark]:
        """List the marks on these outputs, newest first."""
        query = select(review_mark).where(review_mark.c.output_id.in_(output_ids))
        rows = self._transaction.read(query.order_by(review_mark.c.at.desc(), review_mark.c.by_id))
        return [ReviewMark(**{name: getattr(row, name) for name in _MARK}) for row in rows]

    def _to_output(self, row: Row[Any]) -> Output:
        text = self._sealer.open(row.text, person_id=row.whose_id, place=_place(row.id))
        return Output(text=text, **{name: getattr(row, name) for name in _OUTPUT})


def _reviewables() -> Select[Any]:
    marks = (
        select(
            review_mark.c.output_id,
            func.sum(case((review_mark.c.is_good, 1), else_=0)).label("good"),
            func.sum(case((review_mark.c.is_good, 0), else_=1)).label("bad"),
        )
        .group_by(review_mark.c.output_id)
        .subquery()
    )
    return (
        select(
            interaction,
            output.c.withheld,
            output.c.id.is_not(None).label("has_text"),
            func.coalesce(marks.c.good, 0).label("good"),
            func.coalesce(marks.c.bad, 0).label("bad"),
            document.c.title.label("reading"),
        )
        .select_from(interaction)
        .outerjoin(document, document.c.id == interaction.c.document_id)
        .outerjoin(output, output.c.id == interaction.c.id)
        .outerjoin(marks, marks.c.output_id == interaction.c.id)
    )


def _conditions(criteria: Criteria) -> Iterator[ColumnElement[bool]]:
    yield interaction.c.outcome != Escalated.__name__.lower()
    if criteria.kind is not None:
        yield interaction.c.kind == criteria.kind.value
    if criteria.outcome:
        yield interaction.c.outcome == criteria.outcome
    if criteria.made_by:
        yield _is_made_by(criteria.made_by)
    if criteria.class_id is not None:
        yield document.c.class_id == criteria.class_id
    if criteria.is_withheld:
        yield output.c.withheld > 0
    if criteria.is_unmarked:
        yield ~exists().where(review_mark.c.output_id == interaction.c.id)


def _is_made_by(maker: str) -> ColumnElement[bool]:
    """Whether what `adapters.sql.codec` wrote of the provenance names this maker."""
    if maker == Writer.BUILT_IN.value:
        part = f'"writer":"{maker}"'
    else:
        prompt, _, version = maker.partition("@")
        part = f'"writer":"{Writer.MODEL.value}","prompt":"{prompt}","prompt_version":{version},'
    return interaction.c.provenance.contains(part, autoescape=True)


def _place(output_id: str) -> str:
    return place_of("output", output_id, "text")
