"""The recognising process: takes numbers of pages, a line each, and answers each with a line of JSON.

Started by `ingest.recognition.pool` as `python -m ingest.recognition.worker ORDER`; it ends when no more numbers come.
"""

import json
import os
import resource
import sys
import warnings
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import TextIO

from domain.errors import Invalid, TooLarge
from ingest.limits import Limits
from ingest.parsers import wire
from ingest.parsers.bounds import bound_process, lower
from ingest.recognition.contract import Recogniser
from ingest.recognition.engine import Program, Run
from ingest.recognition.layout import compose
from ingest.recognition.opening import Pages
from ingest.recognition.reading import TesseractRecogniser

_LIBRARIES = ("PIL.Image", "PIL.ImageOps", "PIL.ImageFile", "PIL.ImageFilter", "numpy", "pypdfium2")
_POLITE = 5
"""How much this work steps back behind pages that people wait for."""


# what follows bounds the very process it runs in; the tests of the pool see it from outside
def main(arguments: list[str]) -> None:  # pragma: no cover
    """Recognise the pages whose numbers come in."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    order = json.loads(arguments[0])
    limits = Limits(**order["limits"])
    for library in _LIBRARIES:
        import_module(library)
    os.nice(_POLITE)
    warnings.simplefilter("ignore")
    bound_process(limits.recognise_memory_bytes, limits.recognise_seconds)
    run = Run(Program.from_data(order["program"]), limits.recognise_seconds, limits.recognise_memory_bytes)
    pages = Pages(Path(order["path"]), order["media_type"])
    recogniser = TesseractRecogniser(run)
    answer(_numbers(limits), pages, recogniser, out, languages=order["languages"])
    os._exit(0)


# the same
def _numbers(limits: Limits) -> Iterable[int]:  # pragma: no cover
    """Yield the numbers that come in, and give each page its own processor time."""
    for line in sys.stdin:
        used = resource.getrusage(resource.RUSAGE_SELF)
        lower(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime) + limits.recognise_seconds + 1)
        yield int(line)


def answer(numbers: Iterable[int], pages: Pages, recogniser: Recogniser, out: TextIO, *, languages: list[str]) -> None:
    """Write for each number its page, or the code and the sentence of why there is none."""
    for number in numbers:
        try:
            said = {
                "page": wire.page_to_data(
                    compose(number, recogniser.recognise(pages.open(number), languages=languages))
                )
            }
        except Invalid as error:
            said = {"failed": wire.error_to_data(error)}
        except MemoryError:
            said = {"failed": wire.error_to_data(TooLarge("This page takes too much memory to recognise."))}
        out.write(json.dumps(said) + "\n")
        out.flush()


# the same
if __name__ == "__main__":  # pragma: no cover
    main(sys.argv[1:])
