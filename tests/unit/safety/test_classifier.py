"""The vote where grammars are silent. Content warning: suicide, self-harm, abuse, violence."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.care import Severity, Who, Worry
from safety.classifier import CATEGORIES, KINDS, Classifier, is_known_language, kind_of
from safety.grave_words import has_grave_word
from safety.linear import Linear, features, windows
from safety.normalise import plain
from safety.screening import Screener

BITS = 12


@pytest.fixture(scope="module")
def classifier() -> Classifier:
    return Classifier()


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("somehow i only think of killing myself all day long", "suicide"),
        ("i want to die and be gone for good tonight", "suicide"),
        ("quiero morirme, no aguanto más la vida", "suicide"),
        ("ich möchte nicht mehr leben und will sterben", "suicide"),
        ("меня бьет отчим каждый день, боюсь идти домой", "abuse"),
        ("我不想活了，想自杀", "suicide"),
        ("私はリストカットをやめられない", "self_harm"),
        ("my best friend keeps cutting herself and wants to die", "friend"),
    ],
)
def test_danger_is_voted_for(classifier: Classifier, text: str, category: str) -> None:
    """Words of danger in many languages get a vote that names what it is about."""
    worry = classifier.vote(plain(text))

    assert worry is not None
    assert worry.subject == category
    assert worry.rule == f"classifier.{category}"
    assert worry.who is (Who.OTHER if category == "friend" else Who.SELF)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "what is the area of a circle with radius four",
        "my phone died during the quiz and i am so annoyed",
        "Romeo drinks the poison in the last act, why?",
        "how do I stop a thread in python",
        "we lost the match but the coach was proud of us",
        "die Klausur morgen macht mich nervös",
        "明日は数学のテストがあります",
        "mia",
        "soon",
        "Ana García",
    ],
)
def test_school_life_gets_no_vote(classifier: Classifier, text: str) -> None:
    """Homework, games and small sorrows get none."""
    assert classifier.vote(plain(text)) is None


def test_a_buried_sentence_counts_as_much(classifier: Classifier) -> None:
    """A sentence on page 300 is heard, and the text around it does not thin it out."""
    page = "Plants take up water. The roots are long. "

    assert classifier.vote(plain(page * 60 + "i want to kill myself tonight. " + page * 60)) is not None


def test_a_language_without_a_grammar_is_named_so() -> None:
    """The record says that no grammar knows the language."""
    eager = Classifier(thresholds=dict.fromkeys(KINDS, -100.0))

    worry = eager.vote(plain("μου λείπει η ζωή μου και θέλω να φύγω"))

    assert worry is not None
    assert worry.rule.startswith("classifier.unknown_language.")


@pytest.mark.parametrize(
    ("text", "is_known"),
    [
        ("i lost my book and i cant find it", True),
        ("no entiendo la tarea de mañana", True),
        ("не понимаю задание по алгебре", True),
        ("我不懂第三题", True),
        ("Ολοι με κοροϊδευουν στο σχολειο", False),
        ("אני לא רוצה לחזור הביתה", False),
        ("mimi sitaki kuishi tena duniani kabisa", False),
        ("ok", True),
    ],
)
def test_known_languages_are_told_by_letters_and_common_words(text: str, is_known: bool) -> None:  # noqa: FBT001
    """Scripts and the commonest words say whether a grammar could have spoken; two words are too few to tell."""
    assert is_known_language(plain(text)) is is_known


def test_kinds_of_windows() -> None:
    """English with a grave word needs less than other English, and other languages are a kind of their own."""
    kinds = [kind_of(text) for text in ("i want to kill it with my team", "i want to go out with you", "ya tvoi drug")]

    assert kinds == ["grave", "plain", "other"]
    assert has_grave_word("我想死")
    assert not has_grave_word("the heart pumps")


def test_the_screener_asks_only_where_its_grammars_are_silent(tmp_path: Path, classifier: Classifier) -> None:
    """A grammar's sign stands; the vote is heard where there is none."""
    (tmp_path / "en.yaml").write_text(
        "language: en\nrules: [{name: a, subject: abuse, severity: low, phrases: [purple rain]}]\n", "utf-8"
    )
    screener = Screener(tmp_path, vote=classifier)

    by_grammar, by_vote = (screener.screen(text) for text in ("purple rain, i want to kill myself", "i want to die"))

    assert by_grammar is not None
    assert by_grammar.rule == "en.a"
    assert by_vote is not None
    assert by_vote.rule == "classifier.suicide"


def test_levels_grow(classifier: Classifier) -> None:
    """What is under way is rated above a passing wish."""
    votes = [
        classifier.vote(plain(text))
        for text in ("i wish i was never born", "im on the bridge and about to jump, goodbye everyone this is it")
    ]

    passing, under_way = (vote.severity if isinstance(vote, Worry) else None for vote in votes)

    assert passing is Severity.LOW
    assert under_way in {Severity.HIGH, Severity.IMMINENT}


def test_shipped_weights_are_small_and_whole() -> None:
    """The weights that travel with the package are below five megabytes each and have the heads they need."""
    folder = Path(__file__).parents[3] / "safety" / "weights"

    assert {"crisis.npz", "orders.npz"} <= {path.name for path in folder.iterdir()}
    assert all(path.stat().st_size < 5_000_000 for path in folder.iterdir())
    assert set(CATEGORIES) < set(Linear(folder / "crisis.npz").heads)


@given(st.text(max_size=200), st.text(max_size=200))
def test_features_are_places_in_the_table(left: str, right: str) -> None:
    """Each place is named once, in order, within the table; the same text has the same places."""
    places = features(left, BITS)

    assert list(places) == sorted(set(places.tolist()))
    assert all(0 <= place < 2**BITS for place in places.tolist())
    assert (places.tolist() == features(right, BITS).tolist()) or left.split() != right.split()


@given(st.lists(st.text("ab |", max_size=40), max_size=12))
def test_every_word_is_in_a_window(parts: list[str]) -> None:
    """No word of a text is left out, and no window is empty."""
    view = " ".join(" ".join(parts).split())

    found = windows(view)

    assert set(view.replace("|", " ").split()) == {word for window in found for word in window.split()}


def test_a_text_without_end_is_read_in_bounded_time() -> None:
    """However long a text is, no more than some hundred windows of it are judged."""
    assert len(windows(" | ".join(f"word{number}" for number in range(5000)))) <= 400
    assert len(windows(" ".join(f"word{number}" for number in range(5000)))) > 100
