"""The language of a reading is told by script and by common words."""

import pytest

from ingest.language import detect_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The leaf is the part of the plant that makes food for it, and it is green.", "en"),
        ("Das Blatt ist der Teil der Pflanze, der die Nahrung für sie macht, und es ist grün.", "de"),
        ("La feuille est la partie de la plante qui fait sa nourriture, et elle est verte.", "fr"),
        ("La hoja es la parte de la planta que hace su comida, y es verde por la clorofila.", "es"),
        ("La foglia è la parte della pianta che fa il suo cibo, ed è verde per la clorofilla.", "it"),
        ("A folha é a parte da planta que faz a comida para ela, e não é vermelha, mas verde.", "pt"),
        ("Het blad is het deel van de plant dat het voedsel voor de plant maakt, en het is groen.", "nl"),
        ("葉は植物の食べ物を作る部分です。", "ja"),
        ("叶子是植物制造食物的部分。", "zh"),
        ("잎은 식물의 음식을 만드는 부분이다.", "ko"),
        ("الورقة هي جزء النبات الذي يصنع الغذاء.", "ar"),
        ("Лист — это часть растения, которая делает пищу.", "ru"),
        ("zxcv qwer asdf", "und"),
        ("1 + 1 = 2", "und"),
        ("", "und"),
    ],
)
def test_the_language_is_found_or_not_known(text: str, language: str) -> None:
    """A clear text gets its language, anything else is undetermined."""
    assert detect_language([text]) == language
