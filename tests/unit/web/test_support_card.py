"""The card of support is in one language, and its numbers can be called."""

import pytest

from domain.care import Severity, Worry
from safety.wording import Place, list_helplines, supportive_text
from web.support_card import card_of

WORRY = Worry(Severity.HIGH, "suicide", "en.rule")


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("de", "ltr"), ("ar", "rtl"), ("zh", "ltr")])
def test_heading_language_and_direction_are_the_texts(language: str, direction: str) -> None:
    """A card over a German text has a German heading."""
    card = card_of(supportive_text(WORRY, language=language))

    assert (card.language, card.direction) == (language, direction)
    assert ("You matter" in card.heading) == (language == "en")


@pytest.mark.parametrize("language", ["en", "ja", "ar", "ko"])
@pytest.mark.parametrize("country", sorted({line.country for line in list_helplines()}))
def test_every_number_can_be_called(country: str, language: str) -> None:
    """The link holds what is dialled; the text keeps the number as it is written."""
    card = card_of(supportive_text(WORRY, language=language, at=Place(country)))

    for line in list_helplines():
        if line.country == country:
            dialled = line.number.replace(" ", "").replace("-", "")
            link = f'<a href="tel:{dialled}" dir="ltr">{line.number}</a>'
            assert any(link in paragraph for paragraph in card.paragraphs)


def test_emergency_numbers_and_the_directory_are_links() -> None:
    """Without a country there are the emergency numbers and the address; minutes are no number."""
    text = "".join(card_of(supportive_text(WORRY)).paragraphs)

    assert [number for number in ("112", "911") if f'href="tel:{number}"' in text] == ["112", "911"]
    assert '<a href="https://findahelpline.com" rel="noopener noreferrer">https://findahelpline.com</a>' in text
    assert text.count("tel:") == 2


def test_what_is_no_number_and_what_is_no_text_of_ours_is_shown_as_it_is() -> None:
    """Two digits are not called, and nothing is let through unescaped."""
    card = card_of("Call 12 or <b>116 111</b>.\n\nSee https://findahelpline.com.\n\n<i>1234</i>")

    assert card.paragraphs[0] == ('Call 12 or &lt;b&gt;<a href="tel:116111" dir="ltr">116 111</a>&lt;/b&gt;.')
    assert card.paragraphs[1].endswith("</a>.")
    assert card.paragraphs[2] == "&lt;i&gt;1234&lt;/i&gt;"
    assert card_of("Call 116 111.").paragraphs[0] == "Call 116 111."
