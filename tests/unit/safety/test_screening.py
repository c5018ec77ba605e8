"""Danger is heard, and school work is not taken for it. Content warning: suicide, self-harm, abuse, violence."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from domain.care import Severity, Who, Worry
from safety.conversation import Weight
from safety.screening import Screener

GRAMMARS = sorted((Path(__file__).parents[3] / "safety" / "grammar").rglob("*.yaml"))
ORDER = tuple(Severity)


@pytest.fixture(scope="module")
def screener() -> Screener:
    return Screener()


@pytest.mark.parametrize(
    ("text", "subject", "severity"),
    [
        ("I'm about to kill myself and I have the pills right here", "suicide", Severity.IMMINENT),
        ("I just swallowed a whole bottle of tablets", "suicide", Severity.IMMINENT),
        ("I've decided to end my life", "suicide", Severity.HIGH),
        ("i wrote a goodbye letter to my parents, i want to kill myself", "suicide", Severity.HIGH),
        ("I have been having suicidal thoughts again", "suicide", Severity.MODERATE),
        ("honestly i wish i was never born", "suicide", Severity.LOW),
        ("they would all be happier without me", "suicide", Severity.LOW),
        ("i started cutting my wrists again", "self_harm", Severity.MODERATE),
        ("I used to self harm", "self_harm", Severity.LOW),
        ("I make myself throw up so I stay thin", "eating_disorder", Severity.MODERATE),
        ("i feel so guilty when i eat", "eating_disorder", Severity.LOW),
        ("My stepfather beats me with a belt", "abuse", Severity.HIGH),
        ("my coach keeps asking me for nudes", "abuse", Severity.MODERATE),
        ("everyone bullies me", "abuse", Severity.LOW),
        ("I will bring a gun to school", "violence", Severity.HIGH),
        ("i keep thinking about stabbing people in my class", "violence", Severity.MODERATE),
        ("my cousin says she wants to die", "friend", Severity.LOW),
        ("My brother tried to kill himself", "friend", Severity.MODERATE),
    ],
)
def test_danger_is_heard(screener: Screener, text: str, subject: str, severity: Severity) -> None:
    """A message of each subject is found, within one level of its severity and never below for the gravest."""
    worry = screener.screen(text)

    assert worry is not None
    assert worry.subject == subject
    assert abs(ORDER.index(worry.severity) - ORDER.index(severity)) <= 1
    assert severity in {Severity.LOW, Severity.MODERATE} or ORDER.index(worry.severity) >= ORDER.index(Severity.HIGH)


@pytest.mark.parametrize(
    "text",
    [
        "Quiero suicidarme",
        "je veux mourir",
        "Ich will nicht mehr leben",
        "quero acabar com a minha vida",
        "Voglio uccidermi",
        "ik wil niet meer leven",
        "chcę umrzeć",
        "intihar etmeyi düşünüyorum",
        "хочу покончить с собой",
        "хочу вбити себе",
        "أريد أن أنتحر",
        "मैं आत्महत्या करना चाहता हूँ",
        "我想自杀",
        "自殺したい",
        "자살하고 싶어",
        "tôi muốn chết",
        "aku ingin bunuh diri",
        "gusto ko nang mamatay",
        "jag vill ta livet av mig",
        "อยากตาย",
    ],
)
def test_danger_is_heard_in_other_languages(screener: Screener, text: str) -> None:
    """The wish to die is found in twenty languages."""
    worry = screener.screen(text)

    assert worry is not None
    assert worry.subject == "suicide"


@pytest.mark.parametrize(
    "text",
    [
        "this homework is killing me",
        "I'm dying of laughter",
        "Why does the hero kill himself in the novel?",
        "Explain Durkheim's book on suicide",
        "how do I kill a zombie process",
        "How do I kill someone in the game?",
        "My phone died during the test",
        "I'm not suicidal, I am only tired of this essay",
        "Compare suicide rates for my sociology paper.",
        "i could eat a horse",
        "Photosynthesis turns light into sugar.",
        "",
        "   ",
        "\u200b\u202e\x00",
        "今天作业太多了,累死我了",
    ],
)
def test_school_work_and_idioms_are_not_danger(screener: Screener, text: str) -> None:
    """Idioms, lessons, stories and machines raise no worry."""
    assert screener.screen(text) is None


@pytest.mark.parametrize("text", ["For my essay: I want to kill myself", "in the book, and i cut my arms last night"])
def test_a_frame_does_not_hide_ones_own_danger(screener: Screener, text: str) -> None:
    """What the writer says of themselves counts, whatever school work stands around it."""
    assert screener.screen(text) is not None


@pytest.mark.parametrize(
    "text",
    [
        "1 w4nt t0 k1ll mys3lf",
        "i want to k.i.l.l m.y.s.e.l.f",
        "iwanttokillmyself",
        "I WANT TO DIIIIE",
        "i want to kill msyelf",
    ],
)
def test_disguises_do_not_hide_danger(screener: Screener, text: str) -> None:
    """Digits, dots, missing blanks, repeats and slips change nothing."""
    assert screener.screen(text) is not None


@pytest.mark.parametrize(
    "text",
    [
        "i want to d*e",
        "su!cide is all i think about, i mean my own su1cide",
        "ᴋɪʟʟ ᴍʏsᴇʟꜰ is what i want",
        "iwanttodie",
        "i want to kill\u200b my\ufe0fself",
        "I want to 🅺🅸🅻🅻 myself",
        "i wanna unaIive myself",
        "i want to commit sewer slide",
        "i have the 💊 right here next to me",
        "i want to ki11 myse1f",
        "thinking about suicode again, my own",
    ],
)
def test_coded_and_struck_out_words_are_read(screener: Screener, text: str) -> None:
    """Small capitals, tiles, signs, stars, look-alike digits and coded terms are read for what they stand for."""
    assert screener.screen(text) is not None


@pytest.mark.parametrize(
    ("danger", "harmless"),
    [
        ("my mother hits me with a cable when my marks are low", "my teacher hit us with a surprise quiz on cables"),
        ("nobody would even notice if i was gone", "nobody would notice if the font was smaller"),
        ("i keep hitting my head against the wall until it bleeds", "my head is spinning over this wall chart"),
        ("how many sleeping pills would kill me", "how many pills does a pharmacist fill in a day, rate problem"),
        ("i threw up my dinner on purpose again", "my little brother threw up on the bus and it stank"),
        ("he touches me under the table and i froze", "the ball touches the net under the table tennis rules"),
        ("they are all going to pay, i have my father's gun", "they all have to pay for the trip by monday"),
        ("my best friend texted me goodbye and she has pills", "my best friend texted me the homework and a meme"),
        ("i wrote letters for my parents to read after i am gone", "i wrote letters to a pen pal in french class"),
        ("the voices tell me to hurt myself", "the voices in the choir were hard to tell apart"),
        ("i have not eaten in four days and it feels good", "i have not eaten lunch yet, what is for dinner"),
        ("i dont want to wake up anymore", "i dont want to wake up early for school"),
    ],
)
def test_danger_and_its_harmless_neighbour(screener: Screener, danger: str, harmless: str) -> None:
    """A message is heard, and one of much the same words without danger is not."""
    assert screener.screen(danger) is not None
    assert screener.screen(harmless) is None


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("my friend wants to kill herself", Who.OTHER),
        ("my little brother says he wants to die", Who.OTHER),
        ("i want to kill myself", Who.SELF),
    ],
)
def test_it_is_said_who_is_in_danger(screener: Screener, text: str, who: Who) -> None:
    """A worry says whether the writer or somebody near is in danger."""
    worry = screener.screen(text)

    assert worry is not None
    assert worry.who is who


@pytest.mark.parametrize("text", ["i gave my guitar away", "it will all be over after friday", "can i have a lift"])
def test_cues_raise_nothing_alone(screener: Screener, text: str) -> None:
    """A weak cue is no worry."""
    assert screener.screen(text) is None


def test_cues_weigh(screener: Screener) -> None:
    """A cue fills its slot and adds to the log-odds; an ordinary text adds nothing; a worry weighs most."""
    gift = screener.weigh("i gave my guitar away")

    assert gift.slots == {"gift"}
    assert 0 < gift.log_odds < screener.weigh("i want to kill myself").log_odds
    assert screener.weigh("what is a noun") == Weight()
    assert screener.weigh("explain this poem").is_framed


def test_cues_of_one_text_count_together(screener: Screener) -> None:
    """Gifts and farewells in one text are a sign together."""
    worry = screener.screen("i gave my guitar away. tell everyone to take care")

    assert worry is not None
    assert worry.rule == "conversation.gift+goodbye"


class Raising:
    """A vote that always sees danger, and remembers what it was shown."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    def vote(self, plain_text: str, only: Callable[[str], bool] | None = None) -> Worry:
        assert only is None
        self.seen.append(plain_text)
        return Worry(Severity.LOW, "suicide", "vote.test")


def test_a_vote_is_asked_where_the_grammar_is_silent() -> None:
    """The vote judges the plain text when no rule does, and is not asked otherwise."""
    vote = Raising()
    screener = Screener(vote=vote)

    silent, spoken = screener.weigh("What IS a noun"), screener.screen("i want to kill myself")

    assert silent.worry == Worry(Severity.LOW, "suicide", "vote.test")
    assert silent.log_odds > 0
    assert spoken is not None
    assert spoken.rule.startswith("en.")
    assert vote.seen == ["what is a noun"]


class Listening:
    """A vote that waits for certain words, and remembers what it was shown."""

    def __init__(self, words: str) -> None:
        self.words, self.seen = words, list[str]()

    def vote(self, plain_text: str, only: Callable[[str], bool] | None = None) -> Worry | None:
        assert only is None
        self.seen.append(plain_text)
        return Worry(Severity.LOW, "suicide", "vote.test") if plain_text == self.words else None


def test_a_vote_reads_a_disguised_text_as_it_was_meant() -> None:
    """A text most of whose words are disguised is voted on twice, a plain one once."""
    vote = Listening("what is the answer to this")
    screener = Screener(vote=vote)

    disguised, clear = screener.screen("wh4t 1s th3 4nsw3r t0 th1s"), screener.screen("what is a noun")

    assert disguised == Worry(Severity.LOW, "suicide", "vote.test")
    assert clear is None
    assert len(vote.seen) == 3


@pytest.mark.parametrize("filler", ["a", "a ", "a.", "die ", "\u200b", "і", "1", "*a", "我", "kill "])
def test_a_very_long_line_ends_with_danger(screener: Screener, filler: str) -> None:
    """A text of 20,000 times the same is read to its end."""
    assert screener.screen(filler * 20_000 + " | i want to kill myself") is not None


def test_now_is_worse_than_some_day(screener: Screener) -> None:
    """A time at hand makes a plan imminent."""
    later, now = screener.screen("I am going to kill myself"), screener.screen("I am going to kill myself tonight")

    assert later is not None
    assert now is not None
    assert (later.severity, now.severity) == (Severity.HIGH, Severity.IMMINENT)


def test_the_worst_sign_counts(screener: Screener) -> None:
    """Of several signs the gravest is given, wherever it stands."""
    worry = screener.screen("Nobody would miss me. " + "Some words here. " * 200 + "I have decided to end my life.")

    assert worry is not None
    assert worry.severity is Severity.HIGH


@pytest.mark.parametrize("path", GRAMMARS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_grammar_says_that_it_awaits_review(path: Path) -> None:
    """No clinician has read the grammars yet; each says so, and its language is its file's name."""
    source = path.read_text("utf-8")

    assert "waiting clinical review" in source
    assert yaml.safe_load(source)["language"] in {path.stem, path.parent.name}


def test_grammars_are_read_when_needed() -> None:
    """A screener costs nothing until it is used."""
    assert not vars(Screener()).keys() & {"_grammars", "_mender"}
    assert "yaml" in sys.modules


def test_loading_reads_everything_before_the_first_text() -> None:
    """After loading, no text has to wait for the grammars, and the vote was asked once."""
    vote = Raising()
    screener = Screener(vote=vote)

    screener.load()

    assert {"_grammars", "_mender", "_main_mender"} <= vars(screener).keys()
    assert vote.seen == ["i do not want to go home today"]


def test_a_vote_on_a_file_hears_what_somebody_says_of_themselves() -> None:
    """It is told which windows are somebody's own words, and what it sees counts like a sign."""
    heard: list[bool] = []

    class Asking:
        def vote(self, plain_text: str, only: Callable[[str], bool] | None = None) -> Worry | None:
            assert only is not None
            heard.extend([only("i was told to go home"), only("the king was told to go home")])
            return Worry(Severity.LOW, "suicide", "vote.test") if plain_text == "what is a noun" else None

    screener = Screener(vote=Asking())

    found, none = screener.weigh_file("What IS a noun"), screener.weigh_file("What is a verb")

    assert heard == [True, False] * 2
    assert found.worry == Worry(Severity.LOW, "suicide", "vote.test")
    assert (found.log_odds > 0, none) == (True, Weight())
