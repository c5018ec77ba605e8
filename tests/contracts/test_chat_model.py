"""The contract of `ChatModel`, run against the OpenAI adapter, the real client and an endpoint on this machine."""

import json
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Protocol

import pytest

from adapters.models.openai import OpenAIChatModel
from domain.errors import BadReply, ModelBusy
from domain.ports import ChatModel, ModelRequest
from tests.scripted_server import (
    Busy,
    CutShort,
    Endless,
    Fail,
    Garbage,
    Hang,
    Meet,
    Refuse,
    Reply,
    Say,
    Stream,
    scripted_server,
)

SCHEMA = {
    "type": "object",
    "properties": {"word": {"type": "string"}},
    "required": ["word"],
    "additionalProperties": False,
}
REQUEST = ModelRequest("Rules.", "Material.", "word", SCHEMA, max_tokens=50)
FITTING = '{"word": "leaf"}'


class AModel(Protocol):
    """Makes a model at an address."""

    def __call__(self, base_url: str, timeout_seconds: float = 5.0, *, at_once: int = 3) -> ChatModel: ...


@pytest.fixture
def a_model() -> Iterator[AModel]:
    made: list[OpenAIChatModel] = []

    def make(base_url: str, timeout_seconds: float = 5.0, *, at_once: int = 3) -> ChatModel:
        made.append(
            OpenAIChatModel(
                base_url=base_url, api_key="k", model="any", timeout_seconds=timeout_seconds, at_once=at_once
            )
        )
        return made[-1]

    yield make
    for model in made:
        model.close()


def test_a_reply_comes_back_with_its_cost(a_model: AModel) -> None:
    """A reply holds the model's text, its name and the tokens that the endpoint counted."""
    with scripted_server(Say(FITTING)) as server:
        reply = a_model(server.base_url).ask(REQUEST)

    assert json.loads(reply.text) == {"word": "leaf"}
    assert (reply.model, reply.tokens_in, reply.tokens_out, reply.is_estimated) == ("scripted-1", 11, 7, False)


def test_rules_and_material_go_in_their_own_roles(a_model: AModel) -> None:
    """The rules are the system message, the material the user message, and the schema goes with them."""
    with scripted_server(Say(FITTING)) as server:
        a_model(server.base_url).ask(REQUEST)

    (sent,) = server.requests
    assert [(message["role"], message["content"]) for message in sent["messages"]] == [
        ("system", "Rules."),
        ("user", "Material."),
    ]
    assert sent["response_format"]["json_schema"]["schema"] == SCHEMA


def test_tokens_are_estimated_where_the_endpoint_does_not_count(a_model: AModel) -> None:
    """Without usage in the answer the tokens are estimated, and the reply says so."""
    with scripted_server(Say(FITTING, counts=False)) as server:
        reply = a_model(server.base_url).ask(REQUEST)

    assert reply.is_estimated
    assert (reply.tokens_in, reply.tokens_out) == (4, 4)


def test_an_endpoint_without_json_schema_is_asked_for_a_tool_call(a_model: AModel) -> None:
    """When JSON schema is turned down, the same question goes out as a tool call."""
    with scripted_server(Fail(400), Say(FITTING)) as server:
        reply = a_model(server.base_url).ask(REQUEST)

    assert json.loads(reply.text) == {"word": "leaf"}
    assert server.requests[1]["tools"][0]["function"]["parameters"] == SCHEMA


def test_an_endpoint_without_tools_is_asked_for_plain_json(a_model: AModel) -> None:
    """When a tool call is turned down too, the question asks for a JSON object."""
    with scripted_server(Fail(400), Fail(422), Say(FITTING)) as server:
        reply = a_model(server.base_url).ask(REQUEST)

    assert json.loads(reply.text) == {"word": "leaf"}
    assert server.requests[2]["response_format"] == {"type": "json_object"}


def test_the_way_that_worked_is_remembered(a_model: AModel) -> None:
    """The second question goes straight the way the first one got through."""
    with scripted_server(Fail(400), Say(FITTING)) as server:
        model = a_model(server.base_url)
        model.ask(REQUEST)
        model.ask(REQUEST)

    assert ["tools" in sent for sent in server.requests] == [False, True, True]


def test_an_endpoint_that_takes_no_way_is_busy(a_model: AModel) -> None:
    """When every way is turned down the model counts as busy, and the best way is tried again next time."""
    with scripted_server(Fail(400)) as server:
        model = a_model(server.base_url)
        with pytest.raises(ModelBusy):
            model.ask(REQUEST)
        with pytest.raises(ModelBusy):
            model.ask(REQUEST)

    assert server.requests[3]["response_format"]["type"] == "json_schema"


def test_a_malformed_tool_call_is_handed_on_as_it_is(a_model: AModel) -> None:
    """Arguments that are not JSON come back as text, for the reader of replies to judge."""
    with scripted_server(Fail(400), Say('{"word": ')) as server:
        reply = a_model(server.base_url).ask(REQUEST)

    assert reply.text == '{"word": '


def test_malformed_json_is_handed_on_as_it_is(a_model: AModel) -> None:
    """Text that is not JSON comes back as text, for the reader of replies to judge."""
    with scripted_server(Say("Sure! Here it is")) as server:
        reply = a_model(server.base_url).ask(REQUEST)

    assert reply.text == "Sure! Here it is"


def test_a_busy_endpoint_is_asked_again(a_model: AModel) -> None:
    """Two answers of 429 are waited out, and the third request succeeds."""
    with scripted_server(Fail(429), Fail(429), Say(FITTING)) as server:
        reply = a_model(server.base_url).ask(REQUEST)

    assert len(server.requests) == 3
    assert json.loads(reply.text) == {"word": "leaf"}


def test_an_endpoint_says_when_to_come_back(a_model: AModel) -> None:
    """The time that a busy endpoint names is waited for, and the question asked again."""
    with scripted_server(Busy("0.01"), Say(FITTING)) as server:
        reply = a_model(server.base_url).ask(REQUEST)

    assert len(server.requests) == 2
    assert json.loads(reply.text) == {"word": "leaf"}


def test_threads_ask_at_the_same_time(a_model: AModel) -> None:
    """Three questions are out at once, and each thread gets the answer to its own."""
    echo = Reply(lambda user: json.dumps({"word": user}))
    with scripted_server(Meet(threading.Barrier(3), echo)) as server, ThreadPoolExecutor(3) as threads:
        model = a_model(server.base_url)
        words = ["one", "two", "three"]
        replies = list(threads.map(lambda word: model.ask(replace(REQUEST, user=word)), words))

    assert [json.loads(reply.text)["word"] for reply in replies] == words


def test_no_more_questions_are_out_than_allowed(a_model: AModel) -> None:
    """Of two threads the second waits until the first has its answer."""
    out, most = [0], [0]

    def count(_user: str) -> str:
        out[0] += 1
        most[0] = max(most[0], out[0])
        time.sleep(0.02)
        out[0] -= 1
        return FITTING

    with scripted_server(Reply(count)) as server, ThreadPoolExecutor(2) as threads:
        model = a_model(server.base_url, at_once=1)
        list(threads.map(lambda _: model.ask(REQUEST), range(4)))

    assert (most, len(server.requests)) == ([1], 4)


@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_an_endless_answer_is_given_up(a_model: AModel, encoding: str) -> None:
    """An answer beyond any size, and one that is packed though nobody asked for that, is ModelBusy."""
    with scripted_server(Endless(encoding)) as server, pytest.raises(ModelBusy):
        a_model(server.base_url, timeout_seconds=20).ask(REQUEST)


@pytest.mark.parametrize("status", [401, 404, 429, 500, 503])
def test_an_endpoint_that_keeps_failing_is_busy(a_model: AModel, status: int) -> None:
    """Errors of the endpoint come out as ModelBusy, without the endpoint's own words."""
    with scripted_server(Fail(status, "secret words")) as server, pytest.raises(ModelBusy) as caught:
        a_model(server.base_url).ask(REQUEST)

    assert "secret" not in caught.value.message


def test_a_slow_endpoint_is_busy(a_model: AModel) -> None:
    """An answer that does not come in time is ModelBusy."""
    with scripted_server(Hang(0.5)) as server, pytest.raises(ModelBusy):
        a_model(server.base_url, timeout_seconds=0.05).ask(REQUEST)


def test_an_endpoint_that_is_not_there_is_busy(a_model: AModel) -> None:
    """A closed port is ModelBusy, for a question and for a ping."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        model = a_model(f"http://127.0.0.1:{free.getsockname()[1]}/v1")

        with pytest.raises(ModelBusy):
            model.ask(REQUEST)
        with pytest.raises(ModelBusy):
            model.ping()


@pytest.mark.parametrize("body", [b"{}", b'{"choices": []}', b'{"choices": "x"}', b"[]", b"<html>", b""])
def test_an_answer_of_another_kind_is_busy(a_model: AModel, body: bytes) -> None:
    """A body that is no completion is ModelBusy."""
    with scripted_server(Garbage(body)) as server, pytest.raises(ModelBusy):
        a_model(server.base_url).ask(REQUEST)


def test_a_refusal_is_a_bad_reply(a_model: AModel) -> None:
    """A model that declines gives a BadReply with a code of its own."""
    with scripted_server(Refuse()) as server, pytest.raises(BadReply) as caught:
        a_model(server.base_url).ask(REQUEST)

    assert caught.value.code == "model_declined"


def test_an_answer_cut_for_length_is_a_bad_reply(a_model: AModel) -> None:
    """A model that runs out of tokens gives a BadReply."""
    with scripted_server(CutShort()) as server, pytest.raises(BadReply):
        a_model(server.base_url).ask(REQUEST)


def test_a_stream_gives_the_pieces_in_order(a_model: AModel) -> None:
    """Streaming yields the text piece by piece."""
    with scripted_server(Stream(["Where ", "to look?"])) as server:
        pieces = list(a_model(server.base_url).stream(REQUEST))

    assert pieces == ["Where ", "to look?"]


@pytest.mark.parametrize("step", [Stream(["half"], is_cut=True), Stream(["half"], is_rude=True)])
def test_a_stream_that_breaks_off_is_busy(a_model: AModel, step: Stream) -> None:
    """What came is yielded, then ModelBusy says that it is not all."""
    with scripted_server(step) as server:
        pieces = a_model(server.base_url).stream(REQUEST)

        assert next(pieces) == "half"
        with pytest.raises(ModelBusy):
            next(pieces)


@pytest.mark.parametrize("step", [Say("well"), Fail(404)])
def test_an_endpoint_that_answers_is_well(a_model: AModel, step: Say | Fail) -> None:
    """A ping succeeds when there is an answer, even from an endpoint without a list of models."""
    with scripted_server(step) as server:
        a_model(server.base_url).ping()


def test_the_model_knows_its_name(a_model: AModel) -> None:
    """The name is the one that was configured."""
    assert a_model("http://127.0.0.1:1/v1").name == "any"
