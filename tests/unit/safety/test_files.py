"""What stands in files is heard where a person says it of themselves. Content warning: suicide, self-harm, abuse."""

import pytest

from safety.grammars import load_grammars
from safety.linear import windows
from safety.normalise import plain
from safety.own_words import OwnWords, says_i
from safety.screening import InFiles, Screener
from tests.unit.safety.test_languages import CASES, GRAMMARS, SPOKEN

NOTES = (
    "Cells are the smallest units of life. Each has a membrane, which lets water and sugar pass. Plants have walls "
    "around their cells, and green grains in which light becomes sugar."
)
HIDDEN = {
    "en": "I can't do this any more. I want to die.",
    "de": "Ich kann nicht mehr. Ich will sterben.",
    "fr": "Je n'en peux plus. Je veux mourir ce soir.",
    "es": "No puedo más. Quiero morirme esta noche.",
    "it": "Non ce la faccio più, voglio morire.",
    "pt": "Não aguento mais, quero morrer.",
    "pl": "Nie mam już siły, chcę umrzeć.",
    "tr": "Artık dayanamıyorum, ölmek istiyorum.",
    "ru": "Я больше не могу. Я хочу умереть.",
    "ar": "لا أريد أن أعيش بعد اليوم",
    "zh": "我不想活了。",
    "ja": "もう死にたいです。",
}
PROSE = [
    # letters of formulas, in which another language's short forms stand
    "Let ts be the time, and take t = ts at the end of each step. The points with i in 0 and 1 to n are cut.",
    "The product of A and B ts a matrix, as the proof of the theorem shows for every i in the set.",
    # a third person, of whom a book tells
    "Both speeds are negative, meaning that there is no reason for the stone to go on living on the shelf.",
    "The widow could not go on and wanted to end it all, the chapter says.",
    "Part of the population moves to the other side of the river, and reproduction ends there.",
    # half a sentence at the end of a line
    "The programme keeps a list of all the packages on the machine, and it\nends them one by one at the end of a day.",
]


@pytest.fixture(scope="module", name="files")
def a_reader_of_files() -> InFiles:
    reader = InFiles(Screener())
    reader.load()
    return reader


@pytest.mark.parametrize("language", HIDDEN)
@pytest.mark.parametrize("form", ["line", "end", "middle"])
def test_what_somebody_hides_in_notes_is_found(files: InFiles, language: str, form: str) -> None:
    """A line of a diary amid notes, or the last sentence of an essay, is heard in any language."""
    said = HIDDEN[language]
    text = {"line": f"{NOTES}\n{said}\n{NOTES}", "end": f"{NOTES} {said}", "middle": f"{NOTES} {said} {NOTES}"}[form]

    assert files.weigh(text).worry is not None


@pytest.mark.parametrize(("language", "family"), CASES)
def test_each_family_is_found_in_a_file(files: InFiles, language: str, family: str) -> None:
    """A sentence of each family counts at the end of notes too."""
    assert files.weigh(f"{NOTES} {SPOKEN[language][family][0]}").worry is not None


@pytest.mark.parametrize("number", range(len(PROSE)))
def test_prose_of_books_is_silent(files: InFiles, number: int) -> None:
    """Formulas, third persons and broken lines are nobody's cry for help."""
    assert files.weigh(PROSE[number]).worry is None


def test_a_sign_weighs_as_much_as_in_a_message(files: InFiles) -> None:
    """What a file says adds to a conversation as a message does; without a sign it adds nothing."""
    said = files.weigh(f"{NOTES} {HIDDEN['en']}")

    assert said.log_odds > 0
    assert files.weigh(NOTES).log_odds == 0


@pytest.mark.parametrize(
    ("words", "is_said"),
    [
        ("i want to go home", True),
        ("nobody asked me", True),
        ("for each i in the set", False),
        ("the sum over i", False),
        ("take i x times", False),
        ("the stone falls", False),
    ],
)
def test_a_letter_of_a_formula_is_nobody(words: str, *, is_said: bool) -> None:
    """`i` is a person where a verb follows."""
    assert says_i(words.split()) is is_said


@pytest.mark.parametrize(
    ("text", "is_own"),
    [
        ("I was told to leave my home.", True),
        ("The king was told to leave his home.", False),
        ("ich mag nicht mehr leben", True),
        ("eine stetige abbildung mit kompaktem bild ist gleichmassig stetig", False),
        ("我不想活了", True),
        ("随机梯度下降使用每个样本更新参数", False),
        ("zu p", False),
    ],
)
def test_own_words_are_told_from_a_lessons(text: str, *, is_own: bool) -> None:
    """In English by the person, elsewhere by words that people use of danger."""
    own_words = OwnWords(load_grammars(GRAMMARS))

    assert own_words.is_own(windows(plain(text))[0]) is is_own
