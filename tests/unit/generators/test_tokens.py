"""How many tokens a text is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generators.model.tokens import count_tokens
from safety.injection import MARK


@pytest.mark.parametrize(
    ("text", "measured"),
    [
        pytest.param(
            "Photosynthesis is the process by which green plants make sugar from light, water and carbon dioxide.",
            56,
            id="en",
        ),
        pytest.param(
            "Die Fotosynthese ist der Vorgang, bei dem grüne Pflanzen aus Licht und Wasser Zucker herstellen.",
            64,
            id="de",
        ),
        pytest.param(
            "La photosynthèse est le processus par lequel les plantes produisent du sucre à partir de la lumière.",
            67,
            id="fr",
        ),
        pytest.param(
            "La fotosíntesis es el proceso por el cual las plantas verdes producen azúcar a partir de la luz.",
            72,
            id="es",
        ),
        pytest.param("Fotosentez, yeşil bitkilerin ışıktan, sudan ve karbondioksitten şeker üretmesidir.", 55, id="tr"),
        pytest.param("Thực vật tạo ra đường từ ánh sáng, nước và khí cacbonic.", 56, id="vi"),
        pytest.param(
            "Растения получают энергию от солнечного света и создают сахар из воды и углекислого газа.", 75, id="ru"
        ),
        pytest.param("Τα φυτά παράγουν ζάχαρη από το φως, το νερό και το διοξείδιο του άνθρακα.", 91, id="el"),
        pytest.param("تصنع النباتات السكر من الضوء والماء وثاني أكسيد الكربون.", 61, id="ar"),
        pytest.param("צמחים יוצרים סוכר מאור, מים ופחמן דו-חמצני.", 58, id="he"),
        pytest.param("पौधे सूर्य के प्रकाश, जल और कार्बन डाइऑक्साइड से शर्करा बनाते हैं।", 94, id="hi"),
        pytest.param("植物利用光、水和二氧化碳制造糖分，这个过程叫做光合作用。", 47, id="zh"),
        pytest.param("植物は光と水と二酸化炭素から糖を作り、この過程を光合成と呼ぶ。", 50, id="ja"),
        pytest.param("식물은 빛과 물과 이산화탄소로 당을 만든다.", 43, id="ko"),
        pytest.param("พืชสร้างน้ำตาลจากแสง น้ำ และคาร์บอนไดออกไซด์", 53, id="th"),
        pytest.param("In 1984 it was 3.14159 and 27 182 818, then 1,000,000 or 12:45 on 01/02/2003.", 73, id="numbers"),
        pytest.param(
            "The energy is $E = mc^2$, and $\\frac{1}{2}mv^2$ with $v_0 = \\sqrt{2gh}$ m/s.", 65, id="formula"
        ),
    ],
)
def test_a_sentence_is_never_counted_short(text: str, measured: int) -> None:
    """As it goes out, a sentence counts at least what the greediest of three vocabularies made of it, at most twice.

    Counted with the vocabularies of GPT-4 (cl100k), GPT-4o (o200k) and Llama 2.
    """
    sent = f"[12] {text}\n".replace(" ", MARK)

    assert measured <= count_tokens(sent) <= 2.2 * measured


def test_nothing_is_no_token() -> None:
    """An empty text has none."""
    assert count_tokens("") == 0


@given(one=st.text(), other=st.text())
def test_a_text_is_no_less_than_its_parts(one: str, other: str) -> None:
    """Two lines count what they count apart with their line end, but for rounding."""
    apart = count_tokens(one) + count_tokens("\n") + count_tokens(other)

    assert apart - 2 <= count_tokens(f"{one}\n{other}") <= apart
