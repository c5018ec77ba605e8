"""Full stops that end no sentence."""

import pytest

from domain.sentences import inner_stops


@pytest.mark.parametrize(
    ("text", "language", "inner"),
    [
        ("Am 14. Juli 1789. Dann", "de", 1),
        ("Den 5. Mai kom.", "da", 1),
        ("En el año 14. Luego", "es", 0),
        ("Dr. Meier kam, d.h. er", "de", 3),
        ("le chap. suivant. Puis", "fr", 1),
        ("J. R. Tolkien", "sv", 1),
        ("on the 14. July, z.B. this", "en", 0),
    ],
    ids=["ordinal", "danish", "no-ordinals", "short-forms", "small-letter", "initials", "english"],
)
def test_what_ends_no_sentence(text: str, language: str, inner: int) -> None:
    """Ordinals, short forms and stops before small letters are told from ends, by the language's own habit."""
    stops = set(inner_stops(text, language))

    assert len(stops) == inner
    assert all(text[stop] == "." for stop in stops)
