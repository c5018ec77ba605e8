"""A recogniser, and a page to recognise."""

import pytest
from PIL import Image

from ingest.recognition.engine import Run, find_program
from ingest.recognition.reading import TesseractRecogniser
from tests.scans import PLANTS, WATER, draw_page


@pytest.fixture(scope="session")
def recogniser() -> TesseractRecogniser:
    program = find_program()
    assert program is not None, "the tests need the extra `ocr`: run `make test`"
    return TesseractRecogniser(Run(program, seconds=40, memory_bytes=1_200_000_000))


@pytest.fixture(scope="session")
def page() -> Image.Image:
    return draw_page(PLANTS, WATER)
