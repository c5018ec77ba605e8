"""Marks the pages of a reading whose words, seen or hidden, read like orders to a machine: a sign, for people to judge.

It happens once the reading can be used, and changes nothing about it: what a reading says is data, orders included.
"""

from domain.documents import Document
from domain.ports import Store
from domain.scope import EVERYTHING
from safety.injection_signs import InjectionSigns


def mark_orders(document: Document, store: Store, signs: InjectionSigns) -> None:
    """Look through the pages one by one and keep which of them have signs."""
    numbers = [number for number in range(1, document.page_count + 1) if _has_orders(document, number, store, signs)]
    if not numbers:
        return
    with store(EVERYTHING) as work:
        work.readings.mark_orders(document.id, numbers)
        work.commit()


def _has_orders(document: Document, number: int, store: Store, signs: InjectionSigns) -> bool:
    # nothing is held open while a page is looked at
    with store(EVERYTHING) as work:
        page = work.readings.find_page(document.id, number)
    return page is not None and signs.signs("\n".join((page.text, *page.hidden))).is_sign
