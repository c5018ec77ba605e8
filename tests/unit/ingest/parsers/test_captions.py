"""Captions of recordings: what was said, by whom and when."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.documents import Dropped, Page, PartKind
from ingest.limits import Limits
from ingest.parsers.captions.cues import read_captions
from ingest.parsers.captions.parser import parse_captions
from ingest.parsers.contract import SRT, VTT, Order, Reading
from ingest.parsers.office.text import Tally
from tests.unit.ingest.offices import said
from tests.unit.ingest.papers import Steps


def _read(folder: Path, text: str | bytes, media_type: str = VTT) -> Reading:
    path = folder / "a.vtt"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return parse_captions(Order(path, media_type, Limits()), Steps())


def _speech(page: Page) -> list[tuple[str, str, tuple[float, float] | None]]:
    assert all(part.kind is PartKind.SPEECH for part in page.parts)
    return [(part.label, said(page, part), part.seconds) for part in page.parts]


def _cues(*cues: tuple[float, float, str]) -> str:
    return "WEBVTT\n\n" + "\n\n".join(f"00:{start:06.3f} --> 00:{end:06.3f}\n{text}" for start, end, text in cues)


def test_cues_become_paragraphs(tmp_path: Path) -> None:
    """Cues are joined to what was said; a pause of over two seconds begins a paragraph."""
    text = _cues((1, 3, "Plants make"), (3, 5, "sugar from light."), (7.5, 9, "Now water."))

    page = _read(tmp_path, text).pages[0]

    assert page.text == "Plants make sugar from light.\n\nNow water."
    assert _speech(page) == [("", "Plants make sugar from light.", (1.0, 5.0)), ("", "Now water.", (7.5, 9.0))]


def test_voices_are_told_apart(tmp_path: Path) -> None:
    """A voice is the label of its stretch, and another voice begins a paragraph, within a cue too."""
    text = _cues(
        (1, 2, "<v Ann Lee>Hello &amp; <b>welcome</b>"),
        (2, 3, "<v.loud Ann Lee>to <00:02.500><c.red>all</c>.</v>\n<v Bob>Hi! a < b"),
        (3, 4, "<v Cleo>\nNobody says who."),
    )

    assert [(label, words) for label, words, _ in _speech(_read(tmp_path, text).pages[0])] == [
        ("Ann Lee", "Hello & welcome to all."),
        ("Bob", "Hi! a < b"),
        ("Cleo", "Nobody says who."),
    ]


@pytest.mark.parametrize(
    ("lines", "speech"),
    [
        (("Ann Lee: Hello.", "Bob: Hi.", "Ann Lee: So."), [("Ann Lee", "Hello."), ("Bob", "Hi."), ("Ann Lee", "So.")]),
        (("MS LEE: Hello.", "and more.", "Note: this"), [("MS LEE", "Hello. and more. Note: this")]),
        (("Speaker 1: Hello.", "Speaker 2: Hi."), [("Speaker 1", "Hello."), ("Speaker 2", "Hi.")]),
        ((">> Hello.", "and more.", "&gt;&gt; Hi."), [("", "Hello. and more."), ("", "Hi.")]),
        (("Remember this: water.", "It flows."), [("", "Remember this: water. It flows.")]),
    ],
    ids=["names", "capitals", "numbers", "changes", "no-names"],
)
def test_names_before_the_words(tmp_path: Path, lines: tuple[str, ...], speech: list[tuple[str, str]]) -> None:
    """Names that stand before most cues, or in capitals, are speakers; a colon in a sentence is not."""
    text = _cues(*((second, second + 1, line) for second, line in enumerate(lines)))

    assert [(label, words) for label, words, _ in _speech(_read(tmp_path, text).pages[0])] == speech


def test_rolling_captions_are_said_once(tmp_path: Path) -> None:
    """What rolls over the screen line by line, or grows word by word, is read once."""
    lines = _cues(
        (0, 2, "so today we"), (2, 2.01, "so today we"), (2.01, 4, "so today we\ntalk about plants"),
        (4, 4.01, "talk about plants"), (4.01, 6, "talk about plants\nand light"), (6, 7, " "),
    )  # fmt: skip
    words = _cues((0, 1, "one"), (1, 2, "one two"), (2, 3, "one two three"), (3, 4, "four"))

    rolled, grown = _read(tmp_path, lines), _read(tmp_path, words)

    assert rolled.pages[0].text == "so today we talk about plants and light"
    assert rolled.dropped == (Dropped("repeated_caption", 4, "so today we", "so today we\ntalk about plants"),)
    assert grown.pages[0].text == "one two three four"


def test_words_said_twice_stay(tmp_path: Path) -> None:
    """A cue that comes twice at one moment is read once; words that are said again are read again."""
    text = _cues(
        (0, 1, "No."),
        (0, 1, "No."),
        (1, 2, "No."),
        (5, 6, "No."),
        (8.5, 9, "Well."),
        (9, 9.5, "So."),
        (9.5, 10, "Yes."),
        (10, 11, "And."),
        (11, 12, "Then."),
    )
    untimed = "WEBVTT\n\n00:0x --> 1\nNo.\n\n00:0x --> 1\nNo."

    assert _read(tmp_path, text).pages[0].text == "No. No.\n\nNo.\n\nWell. So. Yes. And. Then."
    assert _read(tmp_path, untimed).pages[0].text == "No."


def test_sounds_are_counted(tmp_path: Path) -> None:
    """Cues that only describe a sound are no speech."""
    reading = _read(tmp_path, _cues((0, 1, "[Music]"), (1, 2, "Hello."), (2, 3, "(applause)"), (3, 4, "♪♪")))

    assert reading.pages[0].text == "Hello."
    assert reading.dropped == (Dropped("sound", 3, "[Music]", "[Music]\n(applause)\n♪♪"),)


def test_chapters_are_headings(tmp_path: Path) -> None:
    """Chapters in notes begin sections; other notes, styles and regions are left out."""
    text = (
        "WEBVTT - A lesson\nKind: captions\n\nSTYLE\n::cue { color: red }\n\nREGION\nid:a\n\nNOTE nothing\n\n"
        "NOTE chapter 1: The leaf\n\nintro\n00:01.000 --> 00:02.000\nGreen.\n\n"
        "NOTE Chapter: Roots\n00:02.000 --> 00:03.000\nBrown.\n\nNOTE chapter The end"
    )

    reading = _read(tmp_path, text)

    page = reading.pages[0]
    assert page.text == "The leaf\n\nGreen.\n\nRoots\n\nBrown.\n\nThe end"
    assert [heading.title for heading in page.headings] == ["The leaf", "Roots", "The end"]
    assert reading.title == "A lesson"


def test_words_that_nobody_is_shown_are_kept_apart(tmp_path: Path) -> None:
    """Notes, settings, names of cues, chapters that another follows and speakers without words are counted whole."""
    text = (
        "WEBVTT\nKind: captions\n\nno cue yet\n\nNOTE one\ntwo\n\nNOTE chapter: First\n\nNOTE chapter: Second\n\n"
        "intro\n00:01.000 --> 00:02.000\n<v Ann>Green.\n\n2\n00:02.000 --> 00:03.000\n<v Bob></v>\n\n"
        "x --> y\n<v Cleo>Brown.\n\nSTYLE\n::cue { color: red }"
    )

    reading = _read(tmp_path, text)

    assert reading.pages[0].text == "Second\n\nGreen.\n\nBrown."
    assert {one.code: one.text for one in reading.dropped} == {
        "comment": "NOTE one two",
        "caption_setting": "Kind: captions\nno cue yet\nFirst\nintro\nSTYLE ::cue { color: red }",
        "speaker": "Bob\nCleo",
    }


def test_a_file_of_chapters(tmp_path: Path) -> None:
    """A file that only lists chapters gives headings."""
    text = (
        "WEBVTT\nKind: chapters\n\n00:00.000 --> 01:00.000\nThe leaf\n\n01:00.000 --> 02:00.000\nRoots\n\n2:0 --> 3:0\n"
    )

    page = _read(tmp_path, text).pages[0]

    assert [heading.title for heading in page.headings] == ["The leaf", "Roots"]
    assert page.parts == ()


def test_subrip_files(tmp_path: Path) -> None:
    """SRT reads alike: numbers, tags and places are no words, a blank line within a cue does not end it."""
    text = (
        "1\r\n00:00:01,000 --> 00:00:02,000\r\n{\\an8}<font color=red>Hello</font> <i>there</i>.\r\n\r\n"
        "2\r\n00:00:02,000 --> 00:00:03,000\r\nOne\r\n\r\nmore.\r\n\r\n3\r\n00:00:03,000 --> 00:00:02,000\r\n1984\r\n"
        "4\r\n00:00:04,5 --> 0:5\r\nThe end.\r\n\r\n5\r\n"
    )

    page = _read(tmp_path, text, SRT).pages[0]

    assert page.text == "Hello there. One more. 1984 The end."
    assert _speech(page) == [("", page.text, (1.0, 5.0))]


def test_broken_times_are_named_and_their_words_kept(tmp_path: Path) -> None:
    """A cue whose times cannot be read keeps its words, without a time; the lines are named."""
    broken = "\n\n".join(f"00:0x:{n} --> no time\nlost {n}" for n in range(7))
    text = f"WEBVTT\n\n00:01.000 --> 00:02.000\nHello.\n\n{broken}\n"

    reading = _read(tmp_path, text)

    assert reading.pages[0].text == "Hello. " + " ".join(f"lost {n}" for n in range(7))
    assert _speech(reading.pages[0]) == [("", reading.pages[0].text, (1.0, 2.0))]
    (problem,) = reading.problems
    assert (problem.page, problem.code) == (1, "broken_times")
    assert "6, 9, 12, 15, 18 and more" in problem.message


def test_few_broken_times(tmp_path: Path) -> None:
    """Where few times are broken, all are named; without any time there is no stretch."""
    reading = _read(tmp_path, "WEBVTT\n\nstray words\n\n1 --> 2\nHello.\nAll.")

    assert (reading.pages[0].text, reading.pages[0].parts) == ("Hello. All.", ())
    assert reading.problems[0].message.endswith("could not be read: 5. The words are kept.")


def test_long_speech_is_cut_into_stretches(tmp_path: Path) -> None:
    """A stretch ends with a sentence after 15 seconds, and before 30 seconds are over."""
    text = _cues(
        *((0, 10, "One."), (10, 20, "Two."), (20, 30, "three"), (30, 40, "four"), (40, 49, "five"), (49, 55, "six."))
    )

    page = _read(tmp_path, text).pages[0]

    assert [seconds for _, _, seconds in _speech(page)] == [(0.0, 20.0), (20.0, 49.0), (49.0, 55.0)]
    assert page.text == "One. Two. three four five six."


def test_long_speech_is_cut_into_paragraphs(tmp_path: Path) -> None:
    """A paragraph ends with a sentence after 600 characters, and without one after 1,500."""
    words = "word " * 30
    sentences = _cues(*((n, n + 1, f"{n} {words}end.") for n in range(6)))
    endless = _cues(*((n, n + 1, f"{n} {words}") for n in range(12)))

    assert [len(part) for part in _read(tmp_path, sentences).pages[0].text.split("\n\n")] == [627, 313]
    assert len(_read(tmp_path, endless).pages[0].text.split("\n\n")) == 2


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_captions_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    """Letters with accents are read in whatever encoding the file has."""
    assert _read(tmp_path, _cues((0, 1, "Où est l'été ?")).encode(encoding)).pages[0].text == "Où est l'été ?"


def test_a_file_without_words(tmp_path: Path) -> None:
    """A file without cues has no pages."""
    assert _read(tmp_path, "WEBVTT\n\n1\n").pages == ()


@given(st.lists(st.sampled_from(["WEBVTT", "", "NOTE a", "1", "00:01.000 --> 00:02.000", "x --> y", "<v A>b", "c."])))
def test_any_lines_are_read(lines: list[str]) -> None:
    """Whatever the order of lines, reading ends, and times never run backwards within a cue."""
    captions = read_captions("\n".join(lines), Tally())

    assert all(cue.seconds is None or cue.seconds[0] <= cue.seconds[1] for cue in captions.cues)
    assert len(captions.broken) == sum(line == "x --> y" for line in lines)
