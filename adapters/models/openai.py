"""A language model behind any OpenAI-compatible endpoint, through langchain-openai: the one way out.

Threads may ask at the same time; no more questions are out at once than is allowed. Structured output is asked for in
the best way that the endpoint accepts (JSON schema, then a tool call, then plain JSON), and what worked is remembered.
"""

import json
from collections.abc import Iterator, Mapping
from functools import cached_property
from threading import BoundedSemaphore, Lock
from typing import TYPE_CHECKING, Any, NoReturn

from domain.errors import BadReply, ModelBusy
from domain.ports import ModelReply, ModelRequest

if TYPE_CHECKING:
    import httpx
    from langchain_core.messages import AIMessage
    from langchain_openai import ChatOpenAI

_CONNECT_SECONDS = 2.0
_RETRIES = 2
_LETTERS_A_TOKEN = 4
"""English text has about four letters a token; used where an endpoint does not count."""

_MISSHAPEN = (AttributeError, LookupError, TypeError, ValueError)
"""What the client raises when the body is JSON but no completion, or no JSON at all."""

_WAYS = ("json_schema", "function_calling", "json_mode")
_BUSY = "The language model does not answer now. Try again later."


class OpenAIChatModel:
    """Asks one model. The client is made, and its libraries are loaded, at the first question."""

    def __init__(
        self, *, base_url: str, api_key: str, model: str, timeout_seconds: float = 60.0, at_once: int = 3
    ) -> None:
        """Use `model` at `base_url`; a reply that takes longer than the timeout is given up.

        Of all threads' questions `at_once` are out at a time; the others wait their turn.
        """
        self._base_url = base_url
        self._api_key = api_key
        self._model = model
        self._timeout_seconds = timeout_seconds
        self._way = _WAYS[0]
        self._turns = BoundedSemaphore(at_once)
        self._opening = Lock()

    @property
    def name(self) -> str:
        """The model's name at its endpoint."""
        return self._model

    def ask(self, request: ModelRequest) -> ModelReply:
        """Get one reply. Raises ModelBusy (refused, timed out, cut off) or BadReply (declined, or too long)."""
        with self._turns:
            return self._ask(request)

    def _ask(self, request: ModelRequest) -> ModelReply:
        client = self._open()
        import httpx
        import openai

        for way in _WAYS[_WAYS.index(self._way) :]:
            try:
                message = client.invoke(_messages(request), **_options(way, request))
            except (openai.BadRequestError, openai.UnprocessableEntityError):
                continue
            except openai.LengthFinishReasonError as error:
                raise BadReply("The language model's answer was too long and was cut off.") from error
            except (openai.OpenAIError, httpx.HTTPError, *_MISSHAPEN) as error:
                _raise_busy(error)
            self._way = way
            return self._reply(request, message)
        raise ModelBusy("The language model does not take this kind of request.")

    def stream(self, request: ModelRequest) -> Iterator[str]:
        """Yield the reply's text as it comes. Raises ModelBusy when it breaks off."""
        client = self._open()
        import httpx
        import openai

        is_whole = False
        try:
            for chunk in client.stream(_messages(request), max_tokens=request.max_tokens):
                is_whole = is_whole or bool(chunk.response_metadata.get("finish_reason"))
                if chunk.text:
                    yield str(chunk.text)
        except (openai.OpenAIError, httpx.HTTPError, *_MISSHAPEN) as error:
            _raise_busy(error)
        if not is_whole:
            raise ModelBusy("The language model's answer broke off.")

    def ping(self) -> None:
        """Raise ModelBusy when the endpoint does not answer. One that has no list of models is well."""
        client = self._open()
        import openai

        try:
            client.root_client.with_options(max_retries=0).models.list()
        except openai.NotFoundError:
            return
        except openai.OpenAIError as error:
            _raise_busy(error)

    def close(self) -> None:
        """Close the connections to the endpoint."""
        self._connections.close()

    def _open(self) -> "ChatOpenAI":
        """Give the client; the first of several threads makes it, and loads its libraries."""
        with self._opening:
            return self._client

    @cached_property
    def _connections(self) -> "httpx.Client":
        import httpx

        from adapters.models.bounded import BoundedTransport

        timeout = httpx.Timeout(self._timeout_seconds, connect=_CONNECT_SECONDS)
        return httpx.Client(timeout=timeout, transport=BoundedTransport(), headers={"accept-encoding": "identity"})

    @cached_property
    def _client(self) -> "ChatOpenAI":
        from langchain_openai import ChatOpenAI
        from pydantic import SecretStr

        return ChatOpenAI(
            base_url=self._base_url,
            api_key=SecretStr(self._api_key or "none"),
            model=self._model,
            temperature=0,
            timeout=self._connections.timeout,
            http_client=self._connections,
            max_retries=_RETRIES,
            stream_usage=True,
            use_responses_api=False,
        )

    def _reply(self, request: ModelRequest, message: "AIMessage") -> ModelReply:
        if message.additional_kwargs.get("refusal"):
            raise BadReply("The language model declined to answer.", code="model_declined")
        text = _text(message)
        usage = message.usage_metadata
        return ModelReply(
            text=text,
            model=str(message.response_metadata.get("model_name") or self._model),
            tokens_in=usage["input_tokens"] if usage else _estimate(request.system + request.user),
            tokens_out=usage["output_tokens"] if usage else _estimate(text),
            is_estimated=usage is None,
        )


def _raise_busy(error: Exception) -> NoReturn:
    """Hide what the endpoint said: it may quote the request."""
    raise ModelBusy(_BUSY) from error


def _messages(request: ModelRequest) -> list[tuple[str, str]]:
    return [("system", request.system), ("user", request.user)]


def _options(way: str, request: ModelRequest) -> Mapping[str, Any]:
    """Say how the reply is to be shaped."""
    named = {"name": request.reply_name}
    if way == "json_schema":
        schema = {**named, "schema": dict(request.reply_schema), "strict": True}
        shape: dict[str, Any] = {"response_format": {"type": "json_schema", "json_schema": schema}}
    elif way == "function_calling":
        function = {**named, "parameters": dict(request.reply_schema)}
        shape = {
            "tools": [{"type": "function", "function": function}],
            "tool_choice": {"type": "function", "function": named},
        }
    else:
        shape = {"response_format": {"type": "json_object"}}
    return {**shape, "max_tokens": request.max_tokens}


def _text(message: "AIMessage") -> str:
    """Give the reply's JSON, from its text or from its tool call."""
    if message.tool_calls:
        return json.dumps(message.tool_calls[0]["args"])
    if message.invalid_tool_calls:
        return str(message.invalid_tool_calls[0]["args"] or "")
    return str(message.text)


def _estimate(text: str) -> int:
    return -(-len(text) // _LETTERS_A_TOKEN)
