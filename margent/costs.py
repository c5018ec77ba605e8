"""Prices and caps of the model, from the settings."""

from decimal import Decimal

from generators.budget import MILLION, Cap, Caps, Prices
from margent.settings import Settings


def prices_of(settings: Settings) -> Prices:
    """Give what a million tokens cost."""
    return Prices(settings.llm_price_in, settings.llm_price_out)


def currency_of(settings: Settings) -> str:
    """Give the currency that costs are told in; none where the model is free."""
    return settings.llm_currency if settings.llm_price_in or settings.llm_price_out else ""


def caps_of(settings: Settings) -> Caps:
    """Give how much may be used in a day."""
    return Caps(
        person=Cap(settings.tokens_per_person_day, _millionths(settings.cost_per_person_day)),
        of_class=Cap(settings.tokens_per_class_day, _millionths(settings.cost_per_class_day)),
        overall=Cap(settings.tokens_per_day, _millionths(settings.cost_per_day)),
    )


def _millionths(amount: Decimal | None) -> int | None:
    return None if amount is None else int(amount * MILLION)
