"""The language of a reading is told by script and by CLD2; a section's where it surely differs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.documents import Heading, Page, Position, Range, Section
from domain.ids import DocumentId
from ingest.language import detect_language, mark_languages

ID = DocumentId("d" * 32)
ENGLISH = "The leaf is the part of the plant that makes food for it out of light, water and air, and it is green. "
GERMAN = "Das Blatt ist der Teil der Pflanze, der aus Licht, Wasser und Luft die Nahrung für sie macht, und ist grün. "


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (ENGLISH, "en"),
        (GERMAN, "de"),
        ("La feuille est la partie de la plante qui fait sa nourriture, et elle est verte.", "fr"),
        ("La hoja es la parte de la planta que hace su comida, y es verde por la clorofila.", "es"),
        ("La foglia è la parte della pianta che fa il suo cibo, ed è verde per la clorofilla.", "it"),
        ("A folha é a parte da planta que faz a comida para ela, e não é vermelha, mas verde.", "pt"),
        ("Het blad is het deel van de plant dat het voedsel voor de plant maakt, en het is groen.", "nl"),
        ("葉は植物の食べ物を作る部分です。", "ja"),
        ("叶子是植物制造食物的部分。", "zh"),
        ("잎은 식물의 음식을 만드는 부분이다.", "ko"),
        ("העלה הוא החלק של הצמח שמכין את המזון.", "he"),
        ("ใบไม้เป็นส่วนของพืชที่สร้างอาหาร", "th"),
        ("Το φύλλο είναι το μέρος του φυτού που κάνει την τροφή.", "el"),
        ("الورقة هي جزء النبات الذي يصنع الغذاء.", "ar"),
        ("Лист — это часть растения, которая делает пищу.", "ru"),
        ("Listek je del rastline, ki izdeluje hrano za vso rastlino iz svetlobe in vode.", "sl"),
        ("zxcv qwer asdf", "und"),
        ("1 + 1 = 2", "und"),
        ("", "und"),
        ("How do leaves make sugar?", "en"),
    ],
)
def test_the_language_is_found_or_not_known(text: str, language: str) -> None:
    """A clear text gets its language, anything else is undetermined."""
    assert detect_language([text]) == language


def test_most_of_the_text_decides() -> None:
    """A page in another language changes nothing about a book."""
    assert detect_language([GERMAN * 5, *[ENGLISH * 5] * 5]) == "en"


@given(st.text(max_size=300))
def test_any_text_has_a_language_or_none(text: str) -> None:
    """No sign whatever is too much for it: the answer is a code of letters."""
    assert detect_language([text]).isalpha()


def _section(ordinal: int, start: tuple[int, int], end: tuple[int, int]) -> Section:
    title = f"Part {ordinal}"
    return Section(ID, ordinal, ordinal, 1, title, (title,), Position(*start), Position(*end), is_unit=True)


def test_a_section_says_when_it_is_in_another_language() -> None:
    """Only where it is long enough to be sure, within a page or over its end."""
    first, second = ENGLISH * 3 + GERMAN * 3, GERMAN[:40]
    pages = [Page(1, first, (Heading(1, "Part 0", Range(0, 6)),)), Page(2, second + ENGLISH * 2), Page(3, "Kurz.")]
    cut = len(ENGLISH) * 3
    sections = [
        _section(0, (1, 0), (1, cut)),
        _section(1, (1, cut), (2, 40)),
        _section(2, (2, 40), (3, 0)),
        _section(3, (3, 0), (3, 5)),
        _section(4, (1, cut), (3, 5)),
    ]

    marked = mark_languages(sections, pages, "en")

    assert [section.language for section in marked] == ["", "de", "", "", "de"]
