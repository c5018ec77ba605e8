"""In languages without a model of meaning only the reading's own words are supported, and nothing turns them unseen."""

import pytest

from adapters.embeddings.minilm import MiniLM
from domain.claims import Claim
from domain.outcomes import Judgement, Verdict
from safety.claim_words import tokens
from safety.cuts import is_cut
from safety.grounding import Verifier
from safety.turning_words import turning_words
from safety.vetoes import find_vetoes
from tests.builders import some_evidence

LANGUAGES = ("en", "es", "fr", "de", "pt", "it", "nl", "ar", "zh")


@pytest.fixture(scope="module")
def verifier(embedder: MiniLM) -> Verifier:
    return Verifier(embedder)


def judge(verifier: Verifier, text: str, source: str, language: str) -> Judgement:
    evidence = some_evidence(source, language=language)
    return verifier.verify(Claim(text, evidence.cite(0, len(source))), evidence)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_its_lists(language: str) -> None:
    """Denials, quantities, doubts, conditions and restrictions are written down, also for its variants."""
    words = turning_words(f"{language}-XX")

    assert words is not None
    assert words is turning_words(language)
    assert all((words.negations, words.quantities, words.doubts, words.conditions, words.restrictions))


SENTENCES = [
    ("es", "Las plantas verdes hacen azúcar con la luz del sol."),
    ("fr", "Les plantes vertes font du sucre avec la lumière du soleil."),
    ("de", "Grüne Pflanzen machen Zucker mit dem Licht der Sonne."),
    ("pt", "As plantas verdes fazem açúcar com a luz do sol."),
    ("it", "Le piante verdi fanno zucchero con la luce del sole."),
    ("nl", "Groene planten maken suiker met het licht van de zon."),
    ("ar", "تصنع النباتات الخضراء السكر من ضوء الشمس."),
    ("zh", "绿色植物用阳光制造糖。"),
    ("pl", "Zielone rośliny wytwarzają cukier ze światła słońca."),
    ("hi", "हरे पौधे सूर्य के प्रकाश से चीनी बनाते हैं।"),
]


@pytest.mark.parametrize(("language", "sentence"), SENTENCES, ids=[language for language, _ in SENTENCES])
def test_own_words_are_supported_in_every_language(verifier: Verifier, language: str, sentence: str) -> None:
    """A whole sentence of the reading is the reading's own words, whatever the language."""
    judgement = judge(verifier, sentence, f"{sentence} {sentence}", language)

    assert judgement.verdict is Verdict.SUPPORTED


@pytest.mark.parametrize(("language", "sentence"), SENTENCES, ids=[language for language, _ in SENTENCES])
def test_other_words_are_not(verifier: Verifier, language: str, sentence: str) -> None:
    """Where meaning cannot be measured, a claim in other words has no support, and the reason says so."""
    other = " ".join(reversed(sentence.rstrip(".。।").split())) if language != "zh" else "阳光用绿色植物制造糖。"

    judgement = judge(verifier, other, sentence, language)

    assert judgement.verdict is not Verdict.SUPPORTED
    assert judgement.reasons


TURNED = [
    ("es", "las ballenas son peces", "No es cierto que las ballenas son peces."),
    ("es", "las aves vuelan", "Algunas de las aves vuelan."),
    ("es", "las calles se mojan", "Si llueve, las calles se mojan."),
    ("fr", "les baleines sont des poissons", "Personne ne croit que les baleines sont des poissons."),
    ("fr", "des oiseaux volent", "Certains des oiseaux volent."),
    ("de", "Wale sind Fische", "Niemand sagt, kein Wal und nicht alle Wale sind Fische."),
    ("de", "Vögel fliegen", "Nur manche Vögel fliegen."),
    ("de", "Wal: Fisch", "Der Wal ist kein Fisch."),
    ("pt", "as baleias são peixes", "Não é verdade que as baleias são peixes."),
    ("it", "le balene sono pesci", "Non è vero che le balene sono pesci."),
    ("nl", "walvissen zijn vissen", "Het is niet waar dat walvissen zijn vissen."),
    ("ar", "الحيتان أسماك", "ليس صحيحا أن الحيتان أسماك."),
    ("zh", "鲸鱼是鱼", "不能说鲸鱼是鱼。"),
    ("zh", "鸟会飞", "只有某些鸟会飞。"),
    ("pl", "wieloryby są rybami", "Nieprawda, że wieloryby są rybami."),
    ("en", "the street is wet", "If it rains, the street is wet."),
    ("en", "birds can fly", "Birds can fly, unless they are penguins."),
    ("en", "The drug stops pain", "The drug stops pain in adults only."),
    ("en", "the price was 5", "In May the price was 5 million dollars."),
    ("en", "million dollars were lost", "In May five million dollars were lost."),
    ("en", "the lake has 12", "There the lake has 12 fish."),
    ("en", "living things", "Stones are non-living things."),
    ("en", "Heat is good", "Heat is good-natured."),
    ("en", "the mean was 5", "In spring the mean was −5."),
    ("en", "it costs five", "There it costs five hundred euros."),
]


@pytest.mark.parametrize(
    ("language", "text", "source"), TURNED, ids=[f"{one[0]}-{at}" for at, one in enumerate(TURNED)]
)
def test_what_is_turned_is_no_cut(language: str, text: str, source: str) -> None:
    """A run of the source's words that a denial, a quantity, a condition or a cut number turns is not its own."""
    assert not is_cut(text, source, language=language)


def test_a_cited_part_of_a_denial_supports_nothing(verifier: Verifier) -> None:
    """A citation that leaves the denial of its sentence out is read with the whole sentence."""
    source = "It is not true that the Earth is flat."
    evidence = some_evidence(source)
    at = source.index("the Earth")

    judgement = verifier.verify(Claim("The Earth is flat.", evidence.cite(at, len(source))), evidence)

    assert judgement.verdict is not Verdict.SUPPORTED


@pytest.mark.parametrize(
    ("one", "other"),
    [("٣٫٥", "3.5"), ("１２", "12"), ("3,5", "3.5"), ("1,200", "1200"), ("1'200", "1200"), ("−5", "-5"), ("٪", "%")],
)
def test_numbers_meet_in_any_script(one: str, other: str) -> None:
    """Digits of any script, decimal commas and separators of thousands give one value."""
    assert tokens(one)[0].key == tokens(other)[0].key


@pytest.mark.parametrize(
    ("one", "other"), [("3,5", "35"), ("1.000", "1"), ("-5", "5"), ("12th", "12"), ("½", "1"), ("三", "二")]
)
def test_other_numbers_stay_apart(one: str, other: str) -> None:
    """A comma is not dropped, nor a sign, nor what makes an ordinal."""
    assert tokens(one)[0].key != tokens(other)[0].key


CHANGED = [
    ("de", "Der See ist 3,5 km lang.", "Der See ist 35 km lang."),
    ("fr", "Le lac mesure 3,5 km.", "Le lac mesure 3,6 km."),
    ("ar", "طول البحيرة ٣٫٥ كم.", "طول البحيرة ٤٫٥ كم."),
    ("zh", "水在100度沸腾。", "水在90度沸腾。"),
    ("es", "Curie nació en 1867.", "Curie nació en 1876."),
    ("it", "Il lago è lungo 12 km.", "Il lago è lungo 12 m."),
]


@pytest.mark.parametrize(
    ("language", "source", "text"), CHANGED, ids=[f"{one[0]}-{at}" for at, one in enumerate(CHANGED)]
)
def test_changed_numbers_and_units_contradict(verifier: Verifier, language: str, source: str, text: str) -> None:
    """Where the source gives another number or unit, the claim is contradicted, in any language."""
    assert judge(verifier, text, source, language).verdict is Verdict.CONTRADICTED


@pytest.mark.parametrize(
    ("language", "text", "source"),
    [
        ("es", "Los peces no respiran aire.", "Los peces respiran aire."),
        ("de", "Fische atmen keine Luft.", "Fische atmen Luft."),
        ("fr", "Tous les poissons nagent.", "Les poissons nagent."),
        ("nl", "Alleen vissen zwemmen.", "Vissen zwemmen."),
    ],
)
def test_denials_and_quantities_are_named(language: str, text: str, source: str) -> None:
    """What a claim denies or counts otherwise is given as the reason, in each language with lists."""
    assert find_vetoes(text, source, language=language)


def test_a_language_without_lists_keeps_the_exact_checks() -> None:
    """Numbers and names are looked up even where nobody has written down the turning words."""
    assert find_vetoes("Jezioro ma 35 km.", "Jezioro ma 3,5 km.", language="pl")
    assert not find_vetoes("Jezioro ma 35 km.", "Jezioro ma tylko 35 km.", language="pl")
