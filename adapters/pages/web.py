"""Fetches pages of the public web, and reaches nothing else: no school's own network, no machine's own services.

A host's address is looked up once for each step, judged, and that very address is connected to; so it is again after
every redirect. Nothing is sent that tells who asks, and nothing is taken from the environment.
"""

import socket
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from adapters.answers import BadPacking, TooMuch, TooSlow, read_within
from adapters.pages.lines import Line, open_line, resolve
from adapters.pages.naming import name_file, to_utf8
from adapters.pages.public import Address, is_public, to_address
from domain.errors import Invalid, MargentError, TooLarge, Transient
from domain.ports import FetchedPage

if TYPE_CHECKING:
    import ssl

    import httpx

_SECONDS = 20.0
_MOST_REDIRECTS = 5
_MOST_ADDRESSES = 3
_LONGEST_URL = 2000
_WEB_PORTS = frozenset({80, 443})
_PORT_OF = {"http": 80, "https": 443}
_REDIRECTS = {301, 302, 303, 307, 308}
_INSTEAD = "Save the page in your browser and upload the file."
_HEADERS = {"User-Agent": "Margent", "Accept": "text/html, application/xhtml+xml, */*;q=0.8", "Accept-Encoding": "gzip"}
Resolver = Callable[[str, int, float], list[str]]


@dataclass(frozen=True, slots=True)
class _Answer:
    """What a server said: where to look instead, or what stands there."""

    next_url: "httpx.URL | None" = None
    page: FetchedPage | None = None


class PublicWeb:
    """A `domain.ports.PageFetcher` over HTTP and HTTPS: five redirects, ports 80 and 443, 20 seconds in all."""

    def __init__(
        self,
        *,
        seconds: float = _SECONDS,
        ports: frozenset[int] = _WEB_PORTS,
        look_up: Resolver = resolve,
        may_reach: Callable[[Address], bool] = is_public,
    ) -> None:
        """Look hosts up with `look_up`, and connect to addresses that `may_reach` lets through."""
        self._seconds = seconds
        self._ports = ports
        self._look_up = look_up
        self._may_reach = may_reach

    def fetch(self, url: str, *, limit: int) -> FetchedPage:
        """Fetch a page or file of at most `limit` bytes, also unpacked. Raises Invalid, TooLarge or Transient."""
        until = time.monotonic() + self._seconds
        at = self._checked(_parse(url))
        for _ in range(_MOST_REDIRECTS + 1):
            answer = self._ask(at, until, limit)
            if answer.page:
                return answer.page
            assert answer.next_url is not None
            at = self._checked(answer.next_url)
        raise Invalid(f"This address leads on and on. {_INSTEAD}", field="url", code="no_such_page")

    def _checked(self, url: "httpx.URL") -> "httpx.URL":
        """Give the address of a step if it is one of the web. Raises Invalid."""
        host = _host(url)
        if url.scheme not in _PORT_OF or not host or "%" in host or len(str(url)) > _LONGEST_URL:
            raise _bad_address()
        if url.userinfo:
            message = "There is a name or a password in this address. Take it out: only pages for everybody are read."
            raise Invalid(message, field="url", code="bad_address")
        if _port(url) not in self._ports:
            raise _not_public()
        return url

    def _ask(self, url: "httpx.URL", until: float, limit: int) -> _Answer:
        """Ask the first address of the host that takes a connection."""
        import httpx

        for address in self._addresses(url, until):
            try:
                return self._ask_address(url, address, until, limit)
            except (httpx.ConnectError, httpx.ConnectTimeout):
                continue
            # a connection that is hung up ends in any of these
            except (httpx.HTTPError, httpx.InvalidURL, OSError, RuntimeError, ValueError):
                break
            except TooSlow:
                break
            except TooMuch:
                message = f"This page is larger than {limit // 1_000_000} MB. Take a smaller one, or a part of it."
                raise TooLarge(message) from None
            except BadPacking:
                raise Invalid(f"This page came in a damaged form. {_INSTEAD}", field="url") from None
        raise Transient(f"This page does not answer now. Try again later. {_INSTEAD}", code="page_down")

    def _addresses(self, url: "httpx.URL", until: float) -> list[Address]:
        """Look the host up. Raises Invalid when any of its addresses is not of the public web, or there is none."""
        try:
            found = self._look_up(url.raw_host.decode("ascii"), _port(url), max(until - time.monotonic(), 0.1))
        except socket.gaierror as error:
            if error.errno == socket.EAI_AGAIN:
                raise _no_connection() from None
            raise _no_such_host() from None
        except OSError:
            raise _no_connection() from None
        addresses = [to_address(one) for one in dict.fromkeys(found)]
        public = [one for one in addresses if one is not None and self._may_reach(one)]
        if not public or len(public) < len(addresses):
            is_plain = to_address(url.host) is not None or url.host == "localhost"
            raise _not_public() if is_plain else _no_such_host()
        return public[:_MOST_ADDRESSES]

    def _ask_address(self, url: "httpx.URL", address: Address, until: float, limit: int) -> _Answer:
        import httpx

        left = max(until - time.monotonic(), 0.1)
        host = f"[{address}]" if address.version == 6 else str(address)
        with httpx.HTTPTransport(verify=self._trust, trust_env=False) as transport, open_line(left) as line:
            answer = transport.handle_request(_request(url, host, line, left))
            with closing(answer):
                read = _read(url, answer, until, limit)
            # an answer of unknown length ends where the line does
            if line.is_over:
                raise TooSlow
            return read

    @cached_property
    def _trust(self) -> "ssl.SSLContext":
        import httpx

        return httpx.create_ssl_context()


def _request(url: "httpx.URL", host: str, line: Line, seconds: float) -> "httpx.Request":
    """Make a request to an address, which says whom it is for and asks for the certificate of that host."""
    import httpx

    return httpx.Request(
        "GET",
        url.copy_with(host=host, fragment=None),
        headers={"Host": url.netloc.decode("ascii"), **_HEADERS},
        extensions={
            "timeout": dict.fromkeys(("connect", "read", "write", "pool"), seconds),
            "sni_hostname": url.raw_host.decode("ascii"),
            "trace": line.note,
        },
    )


def _read(url: "httpx.URL", answer: "httpx.Response", until: float, limit: int) -> _Answer:
    if answer.status_code in _REDIRECTS and "location" in answer.headers:
        return _Answer(next_url=_join(url, answer.headers["location"]))
    if error := _refusal(answer.status_code):
        raise error
    packing = answer.headers.get("content-encoding", "")
    content = read_within(answer.iter_raw(), packing=packing, most=limit, until=until)
    kind = answer.headers.get("content-type", "")
    filename = name_file(url.path, url.host, kind, answer.headers.get("content-disposition", ""))
    return _Answer(page=FetchedPage(str(url.copy_with(fragment=None)), filename, to_utf8(content, kind)))


def _refusal(status: int) -> MargentError | None:
    """Say what a status other than success means for the person."""
    if 200 <= status < 300:
        return None
    if status in {401, 402, 403, 407, 451}:
        message = f"This page is not open to everybody. If you may read it: {_INSTEAD[0].lower()}{_INSTEAD[1:]}"
        return Invalid(message, field="url", code="page_closed")
    if status in {408, 425, 429} or status >= 500:
        return Transient(f"This page does not answer now. Try again later. {_INSTEAD}", code="page_down")
    return _no_such_page()


def _parse(url: str) -> "httpx.URL":
    import httpx

    text = url.strip()
    try:
        return httpx.URL(text if "://" in text else f"https://{text}")
    except (httpx.InvalidURL, UnicodeError, ValueError):
        raise _bad_address() from None


def _join(url: "httpx.URL", location: str) -> "httpx.URL":
    """Give the address that a page leads to. Raises Invalid where it is none."""
    import httpx

    try:
        return url.join(location)
    except (httpx.InvalidURL, UnicodeError, ValueError):
        raise _no_such_page() from None


def _host(url: "httpx.URL") -> str:
    """Give the host in people's letters; a name that stands for none (`xn--a`) is no host. Raises Invalid."""
    try:
        return url.host
    except UnicodeError:
        raise _bad_address() from None


def _port(url: "httpx.URL") -> int:
    return _PORT_OF[url.scheme] if url.port is None else url.port


def _bad_address() -> Invalid:
    message = "This is no address of a web page. It should begin with https://"
    return Invalid(f"{message} or http://, and have no blanks in it.", field="url", code="bad_address")


def _no_such_page() -> Invalid:
    message = f"This address leads to no page on the public web. Check it. {_INSTEAD}"
    return Invalid(message, field="url", code="no_such_page")


def _no_such_host() -> Invalid:
    """Say the same of names that nobody has and of those that only an inner network knows: these are not told."""
    message = f"The public web does not know a site of this name. Check how it is written. {_INSTEAD}"
    return Invalid(message, field="url", code="no_such_page")


def _not_public() -> Invalid:
    message = f"This address is not on the public web, so it is not opened. {_INSTEAD}"
    return Invalid(message, field="url", code="no_such_page")


def _no_connection() -> Transient:
    return Transient(f"There is no connection to the web now. {_INSTEAD}", code="no_connection")
