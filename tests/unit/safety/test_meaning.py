"""The vote by meaning. Content warning: suicide, self-harm, abuse."""

from pathlib import Path

import pytest

from adapters.embeddings.minilm import MiniLM
from domain.care import Who
from safety.classifier import KINDS, Classifier
from safety.meaning import HEADS, Meaning, sort_of
from safety.normalise import plain

PAGE = "Plants take up water. The roots are long. My teacher drew them on the board and we copied it. "


@pytest.fixture(scope="module")
def meaning(embedder: MiniLM) -> Meaning:
    """The vote where the letters never speak up, so that meaning alone is heard."""
    return Meaning(embedder, Classifier(thresholds=dict.fromkeys(KINDS, 1000.0)))


@pytest.mark.parametrize(
    "text",
    [
        "everyone at home would be better off if i just was not around any more",
        "theres nothing left for me here, i already wrote the letters and tonight i will be gone",
        "my stepdad comes into my room at night and i am scared to tell anybody",
    ],
)
def test_danger_without_a_telling_word_is_heard(meaning: Meaning, text: str) -> None:
    """What is said in other words than a grammar's gets a vote that names what it is about."""
    worry = meaning.vote(plain(text))

    assert worry is not None
    assert worry.rule == f"meaning.{worry.subject}"


@pytest.mark.parametrize(
    "text",
    ["", "how do i find the slope of a line", "we lost the final and i was so sad on the bus", "mañana tengo examen"],
)
def test_school_life_gets_no_vote(meaning: Meaning, text: str) -> None:
    """Homework, small sorrows and languages that the encoder does not know get none."""
    assert meaning.vote(plain(text)) is None


def test_a_long_text_is_heard_by_its_gravest_windows(meaning: Meaning) -> None:
    """A sentence amid pages is encoded by itself; hundreds of windows are not."""
    text = plain(PAGE * 30 + "i want to end my life tonight and nobody will stop me. " + PAGE * 30)

    pieces = meaning.pieces(text)

    assert 1 <= len(pieces) <= 2
    assert "end my life tonight" in pieces[0]
    assert meaning.vote(text) is not None


def test_a_friend_in_danger_is_told_apart(meaning: Meaning) -> None:
    """The vote says that it is about somebody near."""
    worry = meaning.vote(
        plain("my best friend told me she took a lot of pills yesterday and made me swear not to tell")
    )

    assert worry is not None
    assert worry.who is Who.OTHER


def test_letters_are_heard_first_and_alone_without_an_encoder(tmp_path: Path, embedder: MiniLM) -> None:
    """Where the letters speak up theirs is the word; where the models are not there, theirs is the only one."""
    sentence = plain("somehow i only think of killing myself all day long")
    eager = Classifier(thresholds=dict.fromkeys(KINDS, -100.0))
    silent = Classifier(thresholds=dict.fromkeys(KINDS, 1000.0))

    heard = Meaning(embedder, eager).vote(sentence)

    assert heard is not None
    assert heard.rule.startswith("classifier.")
    assert Meaning(MiniLM(tmp_path), silent).vote(sentence) is None


def test_pieces_are_sorted_by_whom_they_are_of() -> None:
    """What nobody says of themselves needs more than what somebody does; grave words need least."""
    assert [sort_of(piece) for piece in ("good to know", "i went out", "i want to kill time")] == [
        "of nobody",
        "plain",
        "grave",
    ]


def test_the_weights_have_a_row_for_each_head(meaning: Meaning) -> None:
    """Danger, each category and each level."""
    odds = meaning.odds([plain("i see no future for me")])

    assert odds.shape == (1, len(HEADS))
    assert odds[0][0] > 0


def test_what_letters_alone_say_of_english_is_borne_out(embedder: MiniLM) -> None:
    """A plain statement that only its letters are like danger is none; where meaning agrees, theirs is the word."""
    eager = Meaning(embedder, Classifier(thresholds=dict.fromkeys(KINDS, -1.0)))

    assert eager.vote(plain("They make food.")) is None
    heard = eager.vote(plain("somehow i only think of killing myself all day long"))
    assert heard is not None
    assert heard.rule.startswith("classifier.")


def test_in_files_only_some_windows_are_heard(embedder: MiniLM) -> None:
    """Of the windows that are somebody's own; another language's are for the letters, English ones for both."""
    text = plain("The river is long. i want to end my life tonight and nobody will stop me. The lake is deep.")
    meaning = Meaning(embedder)
    letters = Meaning(embedder, Classifier(thresholds=dict.fromkeys(KINDS, -100.0)))
    foreign = plain("ich mag nicht mehr leben")

    assert meaning.vote(text, lambda window: "my life" in window) is not None
    assert letters.vote(foreign, lambda _: True) is not None
    assert letters.vote(foreign, lambda _: False) is None
    assert letters.vote(plain("The river is long and slow."), lambda _: False) is None
