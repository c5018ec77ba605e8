"""Looks for made-up identifiers in every byte that leaves the house: `python -m bench.proof_bytes`, `make proof-bytes`.

Ten thousand requests through every entry, with what is sent back, errors, retries and streams; the endpoint's bytes and
the log are searched in raw, percent-, base64-, JSON- and UTF-16-encoded form. Then a few hundred with the redactor
taken out, which must be seen. The identifiers are of the sorts that the detectors claim: what has a shape, names that
are introduced, and names of the class's people; how many other names are found is the personal data bench's figure.
"""

import sys
import time

from tests.egress_proof import Result, installation, send, without_redactor

SEED = 20260901
PLAN = {
    "one exchange with the model": 6200,
    "streamed answer": 1800,
    "question about a reading": 700,
    "hints for an own question": 200,
    "hints for a quiz": 300,
    "study aids of a marked reading": 600,
    "the services the faces call": 170,
    "upload": 30,
}
CHECKED = {name: 20 for name in PLAN if name != "upload"}


def main() -> None:
    began = time.monotonic()
    with installation(seed=SEED) as house:
        result = send(house, PLAN)
        took = time.monotonic() - began
        naked = send(without_redactor(house), CHECKED)
    print("| entry | requests |\n|---|---|")
    for name, count in result.requests.items():
        print(f"| {name} | {count:,} |")
    print(f"{_said(result)} in {took:.0f} s")
    print(f"With the redactor taken out: {_said(naked)}")
    print("\n".join(result.hits[:20]))
    sys.exit(bool(result.hits) or not naked.hits)


def _said(result: Result) -> str:
    asked = f"{result.requests.total():,} requests, {result.asked_of_model:,} calls to the model"
    return f"{asked}, {result.bytes_seen / 1e6:,.1f} MB searched: {len(result.hits):,} identifiers found"


if __name__ == "__main__":
    main()
