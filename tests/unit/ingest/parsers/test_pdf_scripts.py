"""Scripts that run from right to left, that have no blanks, and hyphens of every kind."""

from pathlib import Path

import pytest

from ingest.parsers.pdf.parser import open_pdf
from ingest.parsers.pdf.text import Reader
from tests.unit.ingest.papers import read, write_letters

HEBREW = "שלום עולם טוב"
ARABIC = "مرحبا بالعالم"


def _words(text: str, right: float) -> list[tuple[float, float, str]]:
    """Draw each word for itself, from the right, its letters as they stand from left to right."""
    puts = []
    for word in text.split():
        right -= 7 * len(word)
        puts.append((right, 700.0, word[::-1]))
        right -= 4
    return puts


@pytest.mark.parametrize("text", [HEBREW, ARABIC], ids=["hebrew", "arabic"])
@pytest.mark.parametrize("way", ["line", "words", "letters"])
def test_text_from_right_to_left_is_read_in_order(tmp_path: Path, text: str, way: str) -> None:
    """However a program draws it, the text is in the order in which people read it."""
    puts = {
        "line": [(100.0, 700.0, text[::-1])],
        "words": _words(text, 300),
        "letters": [(300.0 - 7 * index, 700.0, letter) for index, letter in enumerate(text) if letter != " "],
    }[way]

    assert read(write_letters(tmp_path / "a.pdf", puts)).pages[0].text == text


@pytest.mark.parametrize(
    ("drawn", "text"),
    [
        ("הבוט איה 2024 תנש", "שנת 2024 היא טובה"),
        ("ןאכ English הלימה", "המילה English כאן"),
        ("The word םולש means peace", "The word שלום means peace"),
        ("\ufeea\ufe91", "به"),
        ("\ufefb", "لا"),
    ],
    ids=["number", "word", "word in english", "shapes", "ligature"],
)
def test_numbers_words_and_shapes_are_kept_in_place(tmp_path: Path, drawn: str, text: str) -> None:
    """Numbers and words of other scripts stay where they belong, and shapes become letters."""
    assert read(write_letters(tmp_path / "a.pdf", [(100, 700, drawn)])).pages[0].text == text


def test_paragraphs_from_right_to_left_end_on_the_left(tmp_path: Path) -> None:
    """A line that ends early on the left, after a full stop, ends the paragraph."""
    texts = [HEBREW + " " + HEBREW, "עולם טוב.", HEBREW + " עולם"]
    puts = [(400.0 - 5.5 * len(text), 700.0 - 12 * index, text[::-1]) for index, text in enumerate(texts)]

    assert read(write_letters(tmp_path / "a.pdf", puts)).pages[0].text == f"{texts[0]} {texts[1]}\n\n{texts[2]}"


@pytest.mark.parametrize("joined", ["\u0644\u0627", "\u0628\u064a\u0628"], ids=["lam and alef", "three letters"])
def test_the_letters_of_one_glyph_keep_their_order(tmp_path: Path, joined: str) -> None:
    """A glyph that stands for several letters is not turned when the line is."""
    path = write_letters(tmp_path / "a.pdf", [(100, 700, "\u0645X\u0633")], means={"X": joined})

    assert read(path).pages[0].text == f"\u0633{joined}\u0645"


def test_lines_of_scripts_without_blanks_are_joined_without(tmp_path: Path) -> None:
    """Chinese lines go on without a blank."""
    puts = [(72.0, 700.0, "植物需要陽光和"), (72.0, 688.0, "水才能生長。")]

    assert read(write_letters(tmp_path / "a.pdf", puts)).pages[0].text == "植物需要陽光和水才能生長。"


@pytest.mark.parametrize("hyphen", ["-", "\xad", "\u2010", "\xac"], ids=["hyphen", "soft", "true", "old"])
def test_words_broken_with_any_hyphen_are_mended(tmp_path: Path, hyphen: str) -> None:
    """Whatever sign a program puts at the line end, the word is one again."""
    puts = [(72.0, 700.0, f"la photo est une image de la lu{hyphen}"), (72.0, 688.0, "mière du soleil")]

    assert "de la lumière du soleil" in read(write_letters(tmp_path / "a.pdf", puts)).pages[0].text


def test_soft_hyphens_within_words_are_left_out(tmp_path: Path) -> None:
    """A place where a word might have been broken is no character of it."""
    assert (
        read(write_letters(tmp_path / "a.pdf", [(72, 700, "wonder\xadful plants")])).pages[0].text == "wonderful plants"
    )


def test_lines_from_right_to_left_begin_on_the_right(tmp_path: Path) -> None:
    """The edges of a line are where it stands; its beginning and end follow the reading."""
    document = open_pdf(write_letters(tmp_path / "a.pdf", [(100, 700, HEBREW[::-1])]))

    (line,) = Reader(document).read(1).lines

    assert line.left < line.right
    assert (line.begin, line.end) == (-line.right, -line.left)
