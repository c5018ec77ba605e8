"""A turn with the model: what is asked once, at the same time, within the allowance, and no longer than wanted."""

import json
import threading
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from adapters.sql.store import SqlStore
from domain.documents import Document
from domain.errors import Cancelled
from domain.ids import DocumentId, stable_id
from domain.interactions import Interaction
from domain.material import Artifact, Kind, Writer
from domain.outcomes import Outcome, Served
from domain.ports import ModelReply
from domain.scope import EVERYTHING
from generators.budget import Cap, Caps, Prices
from generators.evidence import gather_for
from generators.kinds.registry import KINDS
from generators.model.at_once import Stopped
from generators.model.kept import Replies
from generators.model.model_writer import write_with_model
from generators.model.turn import begin
from generators.pipeline import Tools, generate
from generators.record import Record
from prompts.library import Rendered
from safety.injection import fence
from tests.builders import NOW, a_document, a_person
from tests.conftest import FixedClock
from tests.pipeline_tools import a_request, reply, save_plants
from tests.scripted_server import Fail, Meet, Reply, Say, ScriptedServer

GOOD = {
    "text": "The chloroplast is a small green body inside the cells of a leaf.",
    "sources": [3],
    "is_key_point": True,
    "is_gist": True,
}
LONG = [f"Plant number {n} in the green house grows {n} leaves in every single week of May." for n in range(120)]


def make(tools: Tools, document: Document, kind: Kind = Kind.SUMMARY, **changes: Any) -> Outcome:
    """Make something as the job does, which asks for nobody."""
    return generate(replace(a_request(document, kind), **{"person": None, **changes}), KINDS[kind], tools)


def artifact_of(outcome: Outcome) -> Artifact:
    assert isinstance(outcome, Served)
    return outcome.artifact


def records(tools: Tools, document: Document) -> list[Interaction]:
    with tools.store(EVERYTHING) as work:
        return work.interactions.list_for(document.id)


def sent(endpoint: ScriptedServer) -> list[str]:
    return [request["messages"][1]["content"].replace("\u02c6", " ") for request in endpoint.requests]


def with_asking(tools: Tools, **changes: Any) -> Tools:
    return replace(tools, asking=replace(tools.asking, **changes))


def quoting(first: int = 0) -> Callable[[str], str]:
    """Answer with the first sentence of the piece that is asked about."""

    def answer(user: str) -> str:
        lines = user.replace("\u02c6", " ").splitlines()
        line = next(one for one in lines if one.startswith("["))
        number, _, words = line.partition("] ")
        return reply(sentences=[{**GOOD, "text": words, "sources": [int(number[1:]) + first]}])

    return answer


@pytest.fixture
def long(model_tools: Tools) -> Document:
    """A reading of one long section, of three pieces."""
    return save_plants(model_tools, texts=[" ".join(LONG)])


class TestKept:
    """What is kept of a model's replies."""

    def test_the_same_is_not_asked_twice(self, model_tools: Tools, plants: Document, endpoint: ScriptedServer) -> None:
        """A second time the kept reply is read, at no cost; the record says which model it was."""
        endpoint.script = [Say(reply(sentences=[GOOD]))]

        first, second = artifact_of(make(model_tools, plants)), artifact_of(make(model_tools, plants))

        assert len(endpoint.requests) == 1
        assert (first.units, first.evidence_hash) == (second.units, second.evidence_hash)
        record = records(model_tools, plants)[-1]
        assert (record.tokens_in, record.tokens_out, record.cost) == (0, 0, 0)
        assert (record.provenance.model, record.outcome) == ("scripted-1", "served")

    def test_who_asks_again_gets_another_answer(
        self, model_tools: Tools, plants: Document, endpoint: ScriptedServer
    ) -> None:
        """A person who has an aid made anew is not given the kept reply; the new one is kept from then on."""
        other = {**GOOD, "text": "Chlorophyll is the green pigment.", "sources": [4]}
        endpoint.script = [Say(reply(sentences=[GOOD])), Say(reply(sentences=[other]))]
        make(model_tools, plants)

        fresh = artifact_of(make(model_tools, plants, person=a_person()))

        assert [unit.claim.text for unit in fresh.units] == [other["text"]]
        assert artifact_of(make(model_tools, plants)).units == fresh.units
        assert len(endpoint.requests) == 2

    def test_what_fitted_in_the_end_is_kept(
        self, model_tools: Tools, plants: Document, endpoint: ScriptedServer
    ) -> None:
        """A reply that had to be asked for twice is kept as the answer to the first question."""
        endpoint.script = [Say("babble"), Say(reply(sentences=[GOOD]))]
        make(model_tools, plants)

        make(model_tools, plants)

        assert len(endpoint.requests) == 2

    @pytest.mark.parametrize("kind", [Kind.ANSWER, Kind.HINTS, Kind.EXPLANATION])
    def test_what_is_made_for_one_person_is_not_kept(
        self, model_tools: Tools, endpoint: ScriptedServer, kind: Kind, tmp_path: Path
    ) -> None:
        """Nothing of an answer, a hint or an explanation is kept, and asking again asks the model again."""
        plants = save_plants(model_tools)
        endpoint.script = [Say(reply(sentences=[], hints=[]))]
        for _ in range(2):
            make(model_tools, plants, kind, person=a_person(), section=None, text="What is transpiration?")

        engine = create_engine(f"sqlite:///{tmp_path / 'margent.db'}")
        with engine.connect() as connection:
            kept = connection.execute(text("SELECT count(*) FROM kept_reply")).scalar_one()
        engine.dispose()
        assert (kept, len(endpoint.requests)) == (0, 2)

    def test_marks_of_fences_change_no_key(self, store: SqlStore, clock: FixedClock) -> None:
        """The random marks around material do not count; its words, the prompt, the model and the reading do."""
        kept = Replies(store, EVERYTHING, a_document(), clock)
        other = replace(kept, document=a_document(id=DocumentId(stable_id("other"))))

        def key(replies: Replies = kept, *, words: str = "Plants grow.", checksum: str = "c", model: str = "m") -> str:
            return replies.key_of(Rendered("Rules.", fence(words), "summary", 1, checksum), {"type": "object"}, model)

        assert key() == key()
        assert len({key(), key(words="Plants."), key(checksum="d"), key(model="n"), key(other)}) == 5

    def test_nothing_is_kept_about_a_reading_that_is_gone(self, store: SqlStore, clock: FixedClock) -> None:
        """A reply that comes after its reading was deleted is not kept."""
        gone = Replies(store, EVERYTHING, a_document(), clock)

        gone.keep("k" * 64, ModelReply("{}", "m", 1, 1))

        assert gone.find("k" * 64) is None


class TestAtOnce:
    """Several pieces at the same time."""

    def test_pieces_are_asked_about_at_the_same_time(
        self, model_tools: Tools, long: Document, endpoint: ScriptedServer
    ) -> None:
        """Three questions are out at once, and the answers stand in the order of the reading."""
        endpoint.script = [Meet(threading.Barrier(3), Reply(quoting()))]

        artifact = artifact_of(make(model_tools, long))

        assert len(endpoint.requests) == len(artifact.units) == 3
        starts = [unit.claim.citations[0].span.start for unit in artifact.units]
        assert starts == sorted(starts)
        assert artifact.provenance.writer is Writer.MODEL

    def test_each_piece_mends_its_own(self, model_tools: Tools, long: Document, endpoint: ScriptedServer) -> None:
        """What has no support is sent back with the piece that it came from, and no other piece is asked again."""

        def answer(user: str) -> str:
            if "[120]" in user and "Reply again" not in user:
                return reply(sentences=[{**GOOD, "text": "Napoleon sold the plants.", "sources": [120]}])
            return quoting()(user)

        endpoint.script = [Reply(answer)]

        artifact = artifact_of(make(model_tools, long))

        again = [words for words in sent(endpoint) if "Napoleon" in words]
        assert (len(endpoint.requests), len(again)) == (4, 1)
        assert "[120]" in again[0]
        assert artifact.dropped == 0

    def test_when_one_piece_fails_no_more_is_asked(
        self, model_tools: Tools, long: Document, endpoint: ScriptedServer
    ) -> None:
        """The first piece gets no answer: the others are not asked about, and the built-in writer writes it all."""
        endpoint.script = [Fail(404)]

        artifact = artifact_of(make(with_asking(model_tools, at_once=1), long))

        assert len(endpoint.requests) == 1
        assert artifact.provenance.writer is Writer.BUILT_IN

    def test_a_failure_stops_the_repairs_of_others(
        self, model_tools: Tools, long: Document, endpoint: ScriptedServer
    ) -> None:
        """While one piece fails for good, another whose reply does not fit asks no second time."""
        failed = threading.Event()

        def answer(user: str) -> str:
            if "[1]" in user:
                failed.set()
                return "x" * 60_001
            assert failed.wait(10)
            return "y" * 60_001

        endpoint.script = [Reply(answer)]

        artifact_of(make(with_asking(model_tools, at_once=3), long))

        assert len(endpoint.requests) <= 3 * 2
        assert all(record.outcome != "served" for record in records(model_tools, long)[:-1])

    def test_a_cancelled_job_asks_nothing_more(
        self, model_tools: Tools, long: Document, endpoint: ScriptedServer
    ) -> None:
        """Before each question it is asked whether anybody waits; what was spent is on record, and nothing is held."""
        asked = []

        def go_on() -> None:
            asked.append(1)
            if len(asked) > 1:
                raise Cancelled("Somebody cancelled this.")

        endpoint.script = [Reply(quoting())]
        tools = with_asking(model_tools, at_once=1, go_on=go_on)

        with pytest.raises(Cancelled):
            make(tools, long)

        (record,) = records(tools, long)
        assert (len(endpoint.requests), record.tokens_in, record.failure) == (1, 11, "cancelled")
        assert tools.budget.held == 0


def test_a_turn_that_was_stopped_asks_nothing(
    model_tools: Tools, plants: Document, endpoint: ScriptedServer, clock: FixedClock
) -> None:
    """Once another piece has failed, a turn raises instead of asking, and nothing is held."""
    request, kind = replace(a_request(plants), person=None), KINDS[Kind.SUMMARY]
    evidence = gather_for(request, model_tools.store, model_tools.retriever).evidence
    with Record(request, model_tools.store, clock, model_tools.consents) as record:
        turn = begin(kind, request, evidence, record=record, tools=model_tools)
        turn.stopped.set()

        with pytest.raises(Stopped):
            write_with_model(kind, model_tools.parser.parse(evidence), turn)

    assert (endpoint.requests, model_tools.budget.held) == ([], 0)


class TestCosts:
    """What a turn costs."""

    def test_the_cost_is_on_record(self, model_tools: Tools, plants: Document, endpoint: ScriptedServer) -> None:
        """11 tokens sent at 2 a million and 7 back at 0.5 cost 26 millionths, rounded up."""
        endpoint.script = [Say(reply(sentences=[GOOD]))]
        budget = replace(model_tools.budget, prices=Prices(Decimal(2), Decimal("0.5")))

        make(replace(model_tools, budget=budget), plants)

        assert [record.cost for record in records(model_tools, plants)] == [26]

    @pytest.mark.parametrize(
        "caps",
        [Caps(overall=Cap(cost=26)), Caps(of_class=Cap(cost=26)), Caps(of_class=Cap(tokens=18))],
        ids=["everybody's money", "the class's money", "the class's tokens"],
    )
    def test_over_a_cap_the_built_in_writer_takes_over(
        self, model_tools: Tools, plants: Document, endpoint: ScriptedServer, caps: Caps
    ) -> None:
        """When a cap is reached the model is not asked, and the aid says so; the aid is not final."""
        endpoint.script = [Say(reply(sentences=[GOOD]))]
        budget = replace(model_tools.budget, caps=caps, prices=Prices(Decimal(2), Decimal("0.5")))
        tools = replace(model_tools, budget=budget)
        make(tools, plants)

        artifact = artifact_of(make(tools, plants, section=1))

        assert len(endpoint.requests) == 1
        assert "allowance" in artifact.provenance.note
        assert records(tools, plants)[1].failure == "over_budget"

    def test_pieces_at_once_do_not_pass_a_cap_together(
        self, model_tools: Tools, long: Document, endpoint: ScriptedServer
    ) -> None:
        """With an allowance of one token, one of three pieces is asked about: each sees what the others hold."""
        endpoint.script = [Reply(quoting())]
        budget = replace(model_tools.budget, caps=Caps(overall=Cap(tokens=1)))

        artifact = artifact_of(make(replace(model_tools, budget=budget), long))

        assert len(endpoint.requests) == 1
        assert "allowance" in artifact.provenance.note


class TestWindow:
    """What fits into the model."""

    def test_a_small_window_makes_smaller_pieces(
        self, model_tools: Tools, long: Document, endpoint: ScriptedServer
    ) -> None:
        """Every question with its answer fits into the window, by a count that is never too low."""
        endpoint.script = [Reply(quoting())]

        make(with_asking(model_tools, window=5000), long)

        assert len(endpoint.requests) > 3
        assert {request["max_completion_tokens"] for request in endpoint.requests} == {1666}

    def test_too_small_a_window_asks_nothing(
        self, model_tools: Tools, plants: Document, endpoint: ScriptedServer
    ) -> None:
        """Where not one sentence fits beside the rules, the built-in writer writes and says why."""
        artifact = artifact_of(make(with_asking(model_tools, window=1024), plants))

        assert endpoint.requests == []
        assert "takes in too little text" in artifact.provenance.note
        assert [record.failure for record in records(model_tools, plants)] == ["does_not_fit", ""]

    def test_what_was_left_out_is_told(self, model_tools: Tools, endpoint: ScriptedServer) -> None:
        """A sentence that is too long for the model is left out of the question, and the aid says so."""
        endless = " and ".join(f"photosynthesising chloroplasts{n}" for n in range(48))
        document = save_plants(model_tools, texts=[f"{LONG[0]} The gardener counted {endless}. {LONG[1]}"])
        endpoint.script = [Say(reply(sentences=[{**GOOD, "text": LONG[0], "sources": [1]}]))]

        artifact = artifact_of(make(with_asking(model_tools, window=3400), document))

        assert artifact.provenance.writer is Writer.MODEL
        assert artifact.provenance.note.startswith("1 of 3 sentences did not fit into the language model")
        assert "chloroplasts" not in sent(endpoint)[0]

    def test_a_question_is_asked_about_what_fits(
        self, model_tools: Tools, long: Document, endpoint: ScriptedServer
    ) -> None:
        """An answer is asked for once, whatever was found, and says how much of it did not fit."""
        line = {"text": LONG[0], "sources": [1]}
        endpoint.script = [Say(reply(sentences=[line]))]

        outcome = make(
            model_tools, long, Kind.ANSWER, person=a_person(), section=None, text="How does plant number 0 grow?"
        )

        assert len(endpoint.requests) == 1
        assert "did not fit into the language model" in artifact_of(outcome).provenance.note


def test_a_reply_has_a_time_and_a_reading(
    model_tools: Tools, plants: Document, endpoint: ScriptedServer, clock: FixedClock
) -> None:
    """What is kept says when it came, from which model, and about which reading."""
    endpoint.script = [Say(reply(sentences=[GOOD]))]
    replies = Replies(model_tools.store, EVERYTHING, plants, clock)

    replies.keep("k" * 64, ModelReply("{}", "m", 5, 5))

    assert replies.find("k" * 64) == ModelReply("{}", "m", 0, 0)
    with model_tools.store(EVERYTHING) as work:
        kept = work.interactions.find_reply("k" * 64)
    assert kept is not None
    assert (kept.document_id, kept.at, json.loads(kept.text)) == (plants.id, NOW, {})
