"""Marks the pages of a reading whose words, seen or hidden, read like orders to a machine: a sign, for people to judge.

It changes nothing about the reading: what a reading says is data, orders included.
"""

from collections.abc import Callable, Sequence

from domain.documents import Document, Page
from domain.jobs import Progress
from domain.ports import Store
from domain.scope import EVERYTHING
from safety.injection_signs import InjectionSigns

_STAGE = "looking for orders"


def mark_orders(
    document: Document, pages: Sequence[Page], store: Store, signs: InjectionSigns, report: Callable[[Progress], None]
) -> None:
    """Look through the pages one by one and keep which of them have signs. Stops where `report` raises."""
    numbers = []
    for done, page in enumerate(pages):
        report(Progress(_STAGE, done, len(pages)))
        if signs.is_marked(page):
            numbers.append(page.number)
    if numbers:
        # nothing was held open while the pages were looked at
        with store(EVERYTHING) as work:
            work.readings.mark_orders(document.id, numbers)
            work.commit()
