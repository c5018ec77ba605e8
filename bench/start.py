"""What the service costs before anybody has asked for anything; prints one line of JSON.

python -m bench.start
"""

import gzip
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

_PORT = 8765
_PAGES = ("/", "/sign-in")


def main() -> None:
    """Start the service twice on a fresh folder; measure the second start."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "MARGENT_DATA_DIR": folder, "MARGENT_PORT": str(_PORT), "MARGENT_PROFILE": "demo"}
        for _ in range(2):
            began = time.perf_counter()
            process = subprocess.Popen(
                [sys.executable, "-m", "margent", "serve"], env=environment, stdout=subprocess.DEVNULL
            )
            _wait(f"http://127.0.0.1:{_PORT}/healthz")
            wall = time.perf_counter() - began
            cpu, memory = _used(process.pid)
            weights = {page: _weight(page) for page in _PAGES}
            process.send_signal(signal.SIGINT)
            process.wait(30)
    print(json.dumps({"cpu_s": cpu, "rss_mb": memory, "wall_s": round(wall, 2), "first_load_kb": weights}))


def _wait(url: str) -> None:
    deadline = time.perf_counter() + 180
    while time.perf_counter() < deadline:
        try:
            urllib.request.urlopen(url, timeout=2).close()  # noqa: S310 - our own address
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.02)
        else:
            return
    sys.exit("The service did not start.")


def _used(pid: int) -> tuple[float, int]:
    """Give processor seconds (children too) and resident megabytes of a process."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    ticks = sum(int(fields[index]) for index in (11, 12, 13, 14))
    status = Path(f"/proc/{pid}/status").read_text()
    memory = re.search(r"VmRSS:\s+(\d+)", status)
    assert memory is not None
    return round(ticks / os.sysconf("SC_CLK_TCK"), 2), int(memory[1]) // 1024


def _weight(page: str) -> float:
    """Give the kilobytes on the wire of a first load: the page and what it links to, compressed as served."""
    html, size = _get(page)
    for link in set(re.findall(r'(?:href|src)="(/static/[^"]+)"', html)):
        size += _get(link)[1]
    return round(size / 1000, 1)


def _get(path: str) -> tuple[str, int]:
    request = urllib.request.Request(f"http://127.0.0.1:{_PORT}{path}", headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 - our own address
        body, heads = answer.read(), str(answer.headers)
        is_packed = answer.headers.get("Content-Encoding") == "gzip"
    text = (gzip.decompress(body) if is_packed else body).decode()
    return text, len(body) + len(heads)


if __name__ == "__main__":
    main()
