"""Personal data that has a shape: addresses of mail and machines, numbers with check digits or a label, keys.

Cheap enough for whole books: each finder runs only where a quick look says that it may find something.
"""

from collections.abc import Iterator

from safety.recognisers.contacts import find_emails, find_machines, find_phones, find_spoken
from safety.recognisers.numbers import find_labelled, find_numbers
from safety.recognisers.phrasebook import load_phrasebook
from safety.recognisers.secret_words import find_keys, find_passwords
from safety.recognisers.spans import Found, overlaps


def find_structured(text: str) -> list[Found]:
    """Find what needs no knowledge of people: safe for readings, whose dates, values and years stay.

    Where two overlap, the surer finder's stays.
    """
    book = load_phrasebook()
    finders: tuple[Iterator[Found], ...] = (
        find_emails(text),
        find_keys(text),
        find_numbers(text, book),
        find_machines(text),
        find_phones(text, book),
    )
    found: list[Found] = []
    for finder in finders:
        found += [piece for piece in finder if not overlaps(piece, found)]
    return sorted(found)


def find_spoken_data(text: str) -> list[Found]:
    """Find passwords, numbers after a label, spelt addresses, accounts and places in what people write."""
    book = load_phrasebook()
    return [*find_passwords(text, book), *find_labelled(text, book), *find_spoken(text, book)]
