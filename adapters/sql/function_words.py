"""Words of a query that a search without them is no poorer for."""

from collections.abc import Collection, Sequence

from domain.function_words import words_by_language


def without_function_words(words: Sequence[str], languages: Collection[str]) -> list[str]:
    """Leave out the function words of the language that most words of a query speak for; never all of its words.

    English is thought of first, then these languages.
    """
    lists = words_by_language()
    known = [lists[one] for one in ("en", *sorted(languages)) if one in lists]
    idle = max(known, key=lambda one: sum(word in one for word in words))
    return [word for word in words if word not in idle] or list(words)
