"""Pages are read however they lie, and each word knows where it stands."""

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from domain.documents import Box
from ingest.recognition.contract import RecognisedPage
from ingest.recognition.engine import Program, Run
from ingest.recognition.preparing import Prepared, turn
from ingest.recognition.reading import TesseractRecogniser
from tests.scans import PLANTS, WATER, draw_page

WORDS = re.findall(r"\w+", " ".join((*PLANTS, *WATER)).lower())


def _said(page: RecognisedPage) -> list[str]:
    return re.findall(r"\w+", " ".join(line.text for line in page.lines).lower())


def _turned(page: Image.Image, degrees: float) -> Image.Image:
    return turn(Prepared(page, page.width, page.height), degrees).image


def _inside(box: Box, page: Image.Image, *, margin: int) -> tuple[slice, slice]:
    """Give the rows and columns of pixels that a box covers, with a margin around."""
    rows = slice(int(box.top * page.height) - margin, int(box.bottom * page.height) + 1 + margin)
    return rows, slice(int(box.left * page.width) - margin, int(box.right * page.width) + 1 + margin)


@pytest.mark.parametrize("degrees", [0.0, 90.0, 184.0, -7.0])
def test_a_page_is_read_however_it_lies(recogniser: TesseractRecogniser, page: Image.Image, degrees: float) -> None:
    """Upright, on either side, head down or askew: all words come, in order, and surely."""
    recognised = recogniser.recognise(_turned(page, degrees), languages=["en"])

    assert _said(recognised) == WORDS
    assert recognised.confidence > 0.9
    assert recognised.language == "en"


@pytest.mark.parametrize("degrees", [0.0, 270.0])
def test_words_know_where_they_stand(recogniser: TesseractRecogniser, page: Image.Image, degrees: float) -> None:
    """The place of a word on the page as it was given holds dark points; the margins hold no word."""
    turned = _turned(page, degrees)

    recognised = recogniser.recognise(turned, languages=["en"])

    dark = np.asarray(turned) < 128
    for word in (word for line in recognised.lines for word in line.words):
        assert dark[_inside(word.box, turned, margin=0)].mean() > 0.1
        dark[_inside(word.box, turned, margin=2)] = False
    assert dark.mean() < 0.0005


def test_a_page_in_the_shade_is_read(recogniser: TesseractRecogniser, page: Image.Image) -> None:
    """A photo that is dark on one side gives all its words."""
    shade = np.linspace(1.0, 0.35, page.width)[None, :]
    photo = Image.fromarray((np.asarray(page) * shade).astype(np.uint8))

    recognised = recogniser.recognise(photo, languages=["en"])

    assert _said(recognised) == WORDS


def test_a_grainy_page_is_read(recogniser: TesseractRecogniser, page: Image.Image) -> None:
    """Specks all over the paper are smoothed away."""
    grain = np.random.default_rng(1).random((page.height, page.width))
    grainy = np.where(grain < 0.02, 0, np.where(grain > 0.98, 255, np.asarray(page))).astype(np.uint8)

    recognised = recogniser.recognise(Image.fromarray(grainy), languages=["en"])

    assert len(set(_said(recognised)) & set(WORDS)) > 0.9 * len(set(WORDS))


def test_the_language_of_a_page_is_noticed(recogniser: TesseractRecogniser) -> None:
    """A German page that was taken for English is read again with the letters of German."""
    german = (
        "Die Pflanzen müssen für ihre Nahrung",
        "das Licht der Sonne nutzen. Sie können",
        "es in den grünen Blättern, und geben",
        "der Luft den Sauerstoff zurück, den die",
        "Menschen und die größeren Tiere brauchen.",
    )

    recognised = recogniser.recognise(draw_page(german), languages=["en"])

    assert recognised.language == "de"
    assert {"müssen", "für", "können", "grünen", "blättern", "größeren"} <= set(_said(recognised))


def test_an_unknown_language_is_read_as_english(recogniser: TesseractRecogniser, page: Image.Image) -> None:
    """A language that is not installed, or none that there is, does not stop recognition."""
    recognised = recogniser.recognise(page, languages=["xx", "mt"])

    assert _said(recognised) == WORDS


def test_a_page_head_down_is_read_without_knowledge_of_orientation(
    recogniser: TesseractRecogniser, page: Image.Image
) -> None:
    """Where nothing tells which way up a page is, head down is tried."""
    program = recogniser.run.program
    letters = {name: folder for name, folder in program.letters.items() if name != "osd"}
    plain = TesseractRecogniser(replace(recogniser.run, program=Program(program.path, letters)))

    recognised = plain.recognise(_turned(page, 180.0), languages=["en"])

    assert _said(recognised) == WORDS


def test_an_empty_page_has_no_words(recogniser: TesseractRecogniser) -> None:
    """Of a blank sheet nothing is made up."""
    recognised = recogniser.recognise(Image.new("L", (1400, 1800), 255), languages=["en"])

    assert recognised.lines == ()
    assert recognised.confidence == 0.0


def test_small_letters_are_read_larger(recogniser: TesseractRecogniser) -> None:
    """A page of small letters within a large picture is read twice as large where that comes out better."""
    small = draw_page(PLANTS, WATER, size=8)
    sheet = Image.new("L", (1500, 1500), 255)
    sheet.paste(small, (200, 200))

    recognised = recogniser.recognise(sheet, languages=["en"])

    assert len(set(_said(recognised)) & set(WORDS)) > 0.9 * len(set(WORDS))


def _told(folder: Path, script: str) -> TesseractRecogniser:
    """Give a recogniser with a program that tells a script and is unsure of everything but Russian."""
    row = "printf '5\\t1\\t1\\t1\\t1\\t1\\t10\\t10\\t50\\t20\\t%s\\t%s\\n'"
    path = folder / "tesseract"
    path.write_text(
        "#!/bin/sh\n"
        'cat > /dev/null\ncase "$*" in\n'
        f"*'--psm 0'*) printf 'Rotate: 0\\nScript: {script}\\n';;\n"
        f"*'-l rus'*) {row} 95 слово;;\n"
        f"*) {row} 20 cnobo;;\nesac\n",
        encoding="utf-8",
    )
    path.chmod(0o755)
    letters = dict.fromkeys(("eng", "rus", "osd"), folder)
    return TesseractRecogniser(Run(Program(path, letters), seconds=5, memory_bytes=500_000_000))


@pytest.mark.parametrize(("script", "language", "word"), [("Cyrillic", "ru", "слово"), ("Latin", "en", "cnobo")])
def test_the_script_of_a_page_chooses_its_language(tmp_path: Path, script: str, language: str, word: str) -> None:
    """A page in a script that its language is not written in is read in one that is; else it stays as it is."""
    recogniser = _told(tmp_path, script)

    recognised = recogniser.recognise(Image.new("L", (1400, 1800), 255), languages=["en"])

    assert recognised.language == language
    assert [line.text for line in recognised.lines] == [word]
