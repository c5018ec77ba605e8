"""Text files come in many encodings; all are read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.parsers.decoding import decode, is_text

RUSSIAN = "Растения делают себе пищу из света, воды и воздуха. Это происходит в листьях. " * 5
JAPANESE = "植物は光と水と空気から自分の食べ物を作ります。これは葉の中で行われます。" * 5


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be", "cp1252"])
def test_western_text_is_read_in_every_usual_encoding(encoding: str) -> None:
    """Accents survive, whatever the encoding."""
    text = "La mémoire à court terme, où naît l’idée: «Grüße»."

    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(("text", "encoding"), [(RUSSIAN, "cp1251"), (RUSSIAN, "koi8-r"), (JAPANESE, "shift_jis")])
def test_other_scripts_are_recognised(text: str, encoding: str) -> None:
    """A text in another script is read in the encoding that makes words of it."""
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize(
    "text",
    ["Plants make food from light.", RUSSIAN, "النباتات تصنع غذاءها من الضوء.", "Ok"],
    ids=["en", "ru", "ar", "short"],
)
def test_wide_characters_are_known_without_a_mark(text: str, encoding: str) -> None:
    """Two or four bytes to a character are text, though their bytes would be valid UTF-8 with signs in it."""
    data = text.encode(encoding)

    assert decode(data) == text
    assert is_text(data)


def test_numbers_in_four_bytes_are_no_text() -> None:
    """Small numbers of a program look like wide characters and are none."""
    assert not is_text(b"".join(number.to_bytes(4, "little") for number in range(9)) * 9)
    assert not is_text(bytes(400))


def test_line_ends_and_control_characters_are_tidied() -> None:
    """Line ends are line feeds, and control characters are gone."""
    assert decode(b"a\r\nb\rc\fd\x00\x07e\tf") == "a\nb\nc\nde\tf"


def test_a_character_cut_at_the_end_does_no_harm() -> None:
    """The first bytes of a file may end in the middle of a character."""
    assert decode("naïve é".encode()[:-1]).startswith("naïve")


@given(st.binary(max_size=300))
def test_any_bytes_give_text(data: bytes) -> None:
    """Decoding never fails, and never lets a NUL through."""
    assert "\x00" not in decode(data)
