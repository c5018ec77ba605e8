"""A service that is killed in the middle goes on where it was, and doubles nothing."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from reportlab.lib.pagesizes import A5
from reportlab.pdfgen.canvas import Canvas

from tests.conftest import MODELS, ROOT

_PATIENCE_SECONDS = 120
_ACCOUNT = {"email": "ada@school.example", "password": "a long password"}


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Settings of a school's installation, on a free port, with one teacher."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {
        **os.environ,
        "MARGENT_DATA_DIR": str(tmp_path / "data"),
        "MARGENT_MODELS_DIR": str(MODELS),
        "MARGENT_PORT": str(port),
        "MARGENT_PROFILE": "school",
    }
    options = ["--name", "Ada", "--email", _ACCOUNT["email"], "--role", "teacher", "--password", _ACCOUNT["password"]]
    command = [sys.executable, "-m", "margent", "person", "add", *options]
    subprocess.run(command, env=settings, cwd=ROOT, check=True, capture_output=True)
    return settings


def test_ingest_survives_being_killed(environment: dict[str, str], tmp_path: Path) -> None:
    """Killed while it makes vectors, the service finishes the reading after a restart: each chunk and vector once."""
    paper = _long_paper(tmp_path / "paper.pdf", pages=40)
    with _service(environment) as (client, process):
        document_id = _upload(client, paper)
        _wait(lambda: _read(client, document_id)["status"] == "searchable")
        process.send_signal(signal.SIGKILL)
        process.wait()

    with _service(environment) as (client, _process):
        _wait(lambda: _read(client, document_id)["status"] == "ready")
        documents = client.get("/api/v1/documents").json()

    assert [view["document"]["id"] for view in documents] == [document_id]
    with sqlite3.connect(tmp_path / "data" / "margent.db") as database:
        spans = database.execute("SELECT page, start, end FROM chunk").fetchall()
        (words,) = database.execute("SELECT count(*) FROM chunk_words").fetchone()
    assert len(spans) == len(set(spans)) == words >= 40
    assert _count_vectors(tmp_path / "data" / "vectors") == len(spans)


def test_a_second_service_on_the_same_data_is_refused(environment: dict[str, str]) -> None:
    """Two processes on one folder would give wrong answers, so the second says why it stops."""
    with _service(environment):
        second = subprocess.run(
            [sys.executable, "-m", "margent", "serve"], env=environment, cwd=ROOT, capture_output=True, check=False
        )

    assert second.returncode == 1
    assert b"Another Margent already uses this data folder." in second.stderr


@contextmanager
def _service(environment: dict[str, str]) -> Iterator[tuple[httpx.Client, subprocess.Popen[bytes]]]:
    """Run the service; the client is signed in once it answers."""
    process = subprocess.Popen(
        [sys.executable, "-m", "margent", "serve"], env=environment, cwd=ROOT, stdout=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{environment['MARGENT_PORT']}"
    try:
        with httpx.Client(base_url=address, timeout=30) as client:
            _wait(lambda: _answers(client))
            token = client.post("/api/v1/session", json=_ACCOUNT).raise_for_status().json()["token"]
            client.headers["Authorization"] = f"Bearer {token}"
            yield client, process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        process.wait(timeout=30)


def _answers(client: httpx.Client) -> bool:
    try:
        return client.get("/healthz").is_success
    except httpx.TransportError:
        return False


def _upload(client: httpx.Client, paper: Path) -> str:
    with paper.open("rb") as stream:
        answer = client.post("/api/v1/documents", files={"files": (paper.name, stream, "application/pdf")})
    uploads: list[dict[str, Any]] = answer.raise_for_status().json()
    document: dict[str, str] = uploads[0]["document"]
    return document["id"]


def _read(client: httpx.Client, document_id: str) -> dict[str, Any]:
    view = client.get(f"/api/v1/documents/{document_id}").raise_for_status().json()
    document: dict[str, Any] = view["document"]
    assert document["status"] not in {"failed", "cancelled"}, document
    return document


def _wait(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < deadline, "It did not happen in time."
        time.sleep(0.05)


def _count_vectors(folder: Path) -> int:
    import chromadb
    from chromadb.config import Settings

    client = chromadb.PersistentClient(str(folder), Settings(anonymized_telemetry=False))
    count: int = client.get_collection("chunks", embedding_function=None).count()
    return count


def _long_paper(file: Path, *, pages: int) -> Path:
    """A PDF whose pages hold about two chunks of different sentences each."""
    canvas = Canvas(str(file), pagesize=A5, invariant=True)
    for page in range(pages):
        canvas.setFont("Times-Roman", 9)
        for line in range(30):
            words = f"On page {page} line {line} tells of river {page * 31 + line}, which flows past town {line}."
            canvas.drawString(40, 560 - line * 17, words)
        canvas.showPage()
    canvas.save()
    return file
