"""No identifier leaves the house, whatever is asked; `make proof-bytes` sends ten thousand requests."""

from tests.egress_proof import ENTRIES, run, without_redactor

SEED = 7
PLAN = {
    "one exchange with the model": 90,
    "streamed answer": 40,
    "question about a reading": 20,
    "hints for an own question": 10,
    "hints for a quiz": 15,
    "study aids of a marked reading": 15,
    "the services the faces call": 8,
    "upload": 2,
}


def test_no_identifier_leaves_by_any_entry() -> None:
    """Of 200 random requests no identifier is in any byte to the model or in any line of the log, however coded."""
    assert set(PLAN) == set(ENTRIES)

    result = run(PLAN, seed=SEED)

    assert result.requests.total() == 200
    assert result.asked_of_model > 150
    assert result.hits == []


def test_the_search_finds_what_leaves() -> None:
    """With the redactor taken out, the identifiers are found: the proof can fail."""
    result = run({name: 3 for name in ENTRIES if name != "upload"}, seed=SEED, way_out=without_redactor)

    assert {hit.partition(":")[0] for hit in result.hits} >= {"one exchange with the model", "question about a reading"}
