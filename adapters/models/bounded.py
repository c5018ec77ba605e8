"""Answers of an endpoint, up to a size: one that never ends must not fill the memory."""

from collections.abc import Iterator

import httpx

MOST_BYTES = 4_000_000
"""Bytes of an answer; the longest that fits a prompt's own limit is far below it."""


class BoundedTransport(httpx.HTTPTransport):
    """Reads an answer up to `MOST_BYTES`, as its bytes come over the line."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request. Reading its answer raises ReadError past the size, and for one that is packed."""
        response = super().handle_request(request)
        if response.headers.get("content-encoding", "identity") != "identity":
            response.close()
            raise httpx.ReadError("The answer is packed, though that was not asked for.", request=request)
        assert isinstance(response.stream, httpx.SyncByteStream)
        response.stream = _Bounded(response.stream, request)
        return response


class _Bounded(httpx.SyncByteStream):
    def __init__(self, stream: httpx.SyncByteStream, request: httpx.Request) -> None:
        self._stream = stream
        self._request = request

    def __iter__(self) -> Iterator[bytes]:
        size = 0
        for piece in self._stream:
            size += len(piece)
            if size > MOST_BYTES:
                raise httpx.ReadError("The answer is too long.", request=self._request)
            yield piece

    def close(self) -> None:
        self._stream.close()
