"""What a PageFetcher gives and refuses, over real sockets to a small web on this machine."""

import gzip
import logging
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from threading import Event

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.pages.lines import Line, resolve
from adapters.pages.public import Address, is_public, to_address
from adapters.pages.web import PublicWeb
from domain.errors import MargentError, Transient
from tests.certificates import make_certificate
from tests.scripted_web import Reply, SmallWeb, scripted_web

HERE = ip_address("127.0.0.1")
PAGE = b"<html><body><p>Leaves take in light.</p></body></html>"
LIMIT = 100_000


def look_up_here(_host: str, _port: int, _seconds: float) -> list[str]:
    """Say of every host that it is this machine; the real resolver is tested by itself."""
    return [str(HERE)]


def is_here(address: Address) -> bool:
    """Let this machine through, and the public web."""
    return address == HERE or is_public(address)


@pytest.fixture
def web() -> Iterator[SmallWeb]:
    with scripted_web(leaf=Reply((PAGE,))) as running:
        yield running


@pytest.fixture
def fetcher(web: SmallWeb) -> PublicWeb:
    return PublicWeb(ports=frozenset({web.port}), look_up=look_up_here, may_reach=is_here)


def refusal(fetcher: PublicWeb, url: str, *, limit: int = LIMIT) -> MargentError:
    with pytest.raises(MargentError) as caught:
        fetcher.fetch(url, limit=limit)
    return caught.value


def test_a_page_comes_with_its_address_and_a_name(web: SmallWeb, fetcher: PublicWeb) -> None:
    """The words after # are the browser's alone; the name gets the ending of what it is."""
    page = fetcher.fetch(f" http://books.example:{web.port}/leaf#roots ", limit=LIMIT)

    assert (page.url, page.filename, page.content) == (f"http://books.example:{web.port}/leaf", "leaf.html", PAGE)


def test_nothing_tells_who_asks(web: SmallWeb, fetcher: PublicWeb, monkeypatch: pytest.MonkeyPatch) -> None:
    """The host is named, there is no cookie, also after one was set, and no proxy of the environment is used."""
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    web.replies["/first"] = Reply((), 302, {"location": "/leaf", "set-cookie": "who=me"})

    fetcher.fetch(f"http://books.example:{web.port}/first", limit=LIMIT)

    heads = [head for _, head in web.asked]
    assert [head["host"] for head in heads] == [f"books.example:{web.port}"] * 2
    assert all(set(head) == {"host", "user-agent", "accept", "accept-encoding"} for head in heads)
    assert {head["user-agent"] for head in heads} == {"Margent"}


def test_redirects_are_followed_to_where_the_page_is(web: SmallWeb, fetcher: PublicWeb) -> None:
    """Five of them; the address that is kept is the last one."""
    for number in range(5):
        web.replies[f"/{number}"] = Reply((), 301, {"location": f"/{number + 1}"})
    web.replies["/5"] = Reply((PAGE,))

    assert fetcher.fetch(f"http://a.example:{web.port}/0", limit=LIMIT).url == f"http://a.example:{web.port}/5"


def test_redirects_end(web: SmallWeb, fetcher: PublicWeb) -> None:
    """A page that leads to itself is given up after the first and five more."""
    web.replies["/loop"] = Reply((), 307, {"location": "/loop"})

    assert refusal(fetcher, f"http://a.example:{web.port}/loop").code == "no_such_page"
    assert len(web.asked) == 6


@pytest.mark.parametrize(
    "target",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://10.0.0.1/",
        "https://[::1]/",
        "http://192.168.1.1:80/",
        "file:///etc/passwd",
        "ftp://a.example/",
        "http://user@a.example/",
        "http://a.example:22/",
        "//[fe80::1]/",
        "http://xn--a/",
        "http://a.example:b/",
        "//" + "é" * 80,
    ],
)
def test_a_redirect_is_judged_like_an_address(web: SmallWeb, target: str) -> None:
    """What a page leads to is looked up and judged anew."""
    web.replies["/out"] = Reply((), 302, {"location": target})
    ports = frozenset({80, 443, web.port})
    fetcher = PublicWeb(ports=ports, look_up=_here_or_itself, may_reach=is_here)

    error = refusal(fetcher, f"http://books.example:{web.port}/out")

    assert error.code in {"no_such_page", "bad_address"}
    assert len(web.asked) == 1


def _here_or_itself(host: str, port: int, seconds: float) -> list[str]:
    return [str(HERE)] if host == "books.example" else resolve(host, port, seconds)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0x7f.1",
        "017700000001",
        "0",
        "localhost",
        "localhost.",
        "LOCALHOST",
        "10.1.2.3",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.0.1",
        "100.64.0.1",
        "169.254.169.254",
        "192.0.0.8",
        "198.18.0.1",
        "203.0.113.9",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "192.88.99.1",
        "168.63.129.16",
        "161.26.0.10",
        "166.9.0.1",
        "100.100.100.200",
        "192.0.0.192",
        "[fd00:ec2::254]",
        "[64:ff9b::168.63.129.16]",
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::127.0.0.1]",
        "[::ffff:0:127.0.0.1]",
        "[64:ff9b::127.0.0.1]",
        "[64:ff9b::a9fe:a9fe]",
        "[64:ff9b:1::1]",
        "[2002:7f00:1::]",
        "[2001:0:4136:e378::1]",
        "[2001:db8::1]",
        "[fe80::1]",
        "[fec0::1]",
        "[fc00::1]",
        "[fd12:3456::1]",
        "[ff02::1]",
        "[100::1]",
        "[3fff::1]",
    ],
)
def test_no_address_of_an_inner_network_is_reached(host: str) -> None:
    """Whatever way it is written, the system's own reading of it is judged; hosts are not told from each other."""
    error = refusal(PublicWeb(), f"http://{host}/")

    assert error.code == "no_such_page"
    assert error.message.endswith("Save the page in your browser and upload the file.")


@pytest.mark.parametrize("address", ["8.8.8.8", "172.32.0.1", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_addresses_of_the_public_web_are_known(address: str) -> None:
    """Also inside of the forms that carry an address of the older network."""
    assert is_public(ip_address(address))


@pytest.mark.parametrize("text", ["fe80::1%nowhere%", "", "here"])
def test_what_is_no_address_is_none(text: str) -> None:
    """A resolver that answers with something else leads nowhere."""
    assert to_address(text) is None
    assert refusal(PublicWeb(look_up=lambda *_: [text]), "http://a.example/").code == "no_such_page"


def test_a_zone_is_no_part_of_the_web() -> None:
    """An address that holds in one network alone is refused with its zone."""
    assert refusal(PublicWeb(look_up=lambda *_: ["fe80::1%lo"]), "http://a.example/").code == "no_such_page"


def test_one_bad_address_of_a_host_is_enough() -> None:
    """A host that is on the public web and in an inner network is on neither."""
    fetcher = PublicWeb(look_up=lambda *_: ["8.8.8.8", "10.0.0.1"])

    assert refusal(fetcher, "http://a.example/").code == "no_such_page"


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "10.0.0.1", "localhost"])
def test_an_address_that_is_plainly_not_of_the_web_is_called_so(host: str) -> None:
    """Whoever wrote it knows that it is of an inner network."""
    fetcher = PublicWeb(look_up=lambda *_: ["127.0.0.1"])

    assert refusal(fetcher, f"http://{host}/").message.startswith("This address is not on the public web")


def test_a_name_that_nobody_has_and_an_inner_one_are_not_told_apart() -> None:
    """Both are not known to the public web: which names an inner network has is not told."""
    inner = refusal(PublicWeb(look_up=lambda *_: ["10.0.0.1"]), "http://books.example/").message

    assert inner == refusal(PublicWeb(look_up=_not_there), "http://books.example/").message
    assert inner.startswith("The public web does not know a site of this name.")


def test_a_host_is_looked_up_once_and_that_address_is_connected_to(web: SmallWeb) -> None:
    """A name that means another machine the second time it is asked gains nothing by it."""
    answers = iter([[str(HERE)], ["127.0.0.9"]])
    judged: list[Address] = []

    def look_up(_host: str, _port: int, _seconds: float) -> list[str]:
        return next(answers)

    def may_reach(address: Address) -> bool:
        judged.append(address)
        return address == HERE

    fetcher = PublicWeb(ports=frozenset({web.port}), look_up=look_up, may_reach=may_reach)
    page = fetcher.fetch(f"http://rebinding.example:{web.port}/leaf", limit=LIMIT)

    assert page.content == PAGE
    assert judged == [HERE]
    assert refusal(fetcher, f"http://rebinding.example:{web.port}/leaf").code == "no_such_page"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "not an address",
        "ftp://a.example/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "data:text/html,words",
        "http://",
        "https:///path",
        "http://me:secret@a.example/",
        "http://[::1%25lo]/",
        "http://a\x00b.example/",
        "https://a.example/" + "x" * 2000,
        "http://xn--a/",
        "http://xn--/",
        "\udcff",
    ],
)
def test_what_is_no_address_of_a_page_is_refused(url: str) -> None:
    """Other schemes, names and passwords, and what cannot be read; nothing is looked up."""
    fetcher = PublicWeb(look_up=_never)

    assert refusal(fetcher, url).code == "bad_address"


PIECES = ["xn--", "xn--a", "a", "é", "\u200d", "%", "@", ":", "[", "]", "[::1]", "..", "//", "#", "?", "0x7f"]
PRINTED = st.characters(codec="utf-8", exclude_categories=["C"])
ADDRESSES = st.builds(
    lambda start, parts: start + "".join(parts),
    st.sampled_from(["http://", "https://", "HTTP:", "//", "", "http://xn--"]),
    st.lists(st.sampled_from(PIECES) | st.text(PRINTED, max_size=5), max_size=8),
)


def _not_there(_host: str, _port: int, _seconds: float) -> list[str]:
    raise socket.gaierror(socket.EAI_NONAME, "no")


@given(url=ADDRESSES | st.text())
def test_whatever_somebody_types_has_an_answer(url: str) -> None:
    """It is refused in a sentence, or a host is looked up, which here is none."""
    assert refusal(PublicWeb(look_up=_not_there), url).code in {"bad_address", "no_such_page"}


@given(target=ADDRESSES)
def test_wherever_a_page_leads_there_is_an_answer(leading: tuple[SmallWeb, PublicWeb], target: str) -> None:
    """As with what somebody types; the page on this machine is the only one there is."""
    web, fetcher = leading
    web.replies["/out"] = Reply((), 302, {"location": target.encode().decode("latin-1")})

    assert refusal(fetcher, f"http://books.example:{web.port}/out").code in {"bad_address", "no_such_page"}


@pytest.fixture(scope="module")
def leading() -> Iterator[tuple[SmallWeb, PublicWeb]]:
    """Give a web where only `books.example` is found, and who fetches from it."""

    def look_up(host: str, port: int, seconds: float) -> list[str]:
        return look_up_here(host, port, seconds) if host == "books.example" else _not_there(host, port, seconds)

    with scripted_web() as web:
        yield web, PublicWeb(ports=frozenset({80, 443, web.port}), look_up=look_up, may_reach=is_here)


def _never(_host: str, _port: int, _seconds: float) -> list[str]:
    raise AssertionError


@pytest.mark.parametrize(
    "url", ["http://a.example:22/", "http://a.example:8080/", "https://a.example:0/", "http://a.example:99999/"]
)
def test_other_ports_are_refused(url: str) -> None:
    """A page stands at the ports of the web."""
    assert refusal(PublicWeb(look_up=_never), url).code == "no_such_page"


def test_an_address_may_leave_out_how_it_begins() -> None:
    """What people copy without https:// is taken as if it stood there."""
    asked: list[tuple[str, int]] = []

    def look_up(host: str, port: int, _seconds: float) -> list[str]:
        asked.append((host, port))
        raise socket.gaierror(socket.EAI_NONAME, "no")

    assert refusal(PublicWeb(look_up=look_up), "bücher.example/blatt").code == "no_such_page"
    assert asked == [("xn--bcher-kva.example", 443)]


@pytest.mark.parametrize("error", [socket.gaierror(socket.EAI_AGAIN, "later"), TimeoutError(), OSError("no network")])
def test_without_a_network_it_says_so(error: OSError) -> None:
    """Nobody has to guess whether the address is wrong."""

    def look_up(_host: str, _port: int, _seconds: float) -> list[str]:
        raise error

    found = refusal(PublicWeb(look_up=look_up), "http://a.example/")

    assert (type(found), found.code) == (Transient, "no_connection")
    assert "no connection" in found.message


def test_the_next_address_is_tried(web: SmallWeb) -> None:
    """Of a host with several addresses the first that takes a connection answers."""
    fetcher = PublicWeb(
        ports=frozenset({web.port}),
        look_up=lambda *_: ["::1", "127.0.0.1"],
        may_reach=lambda address: address.is_loopback,
    )

    assert fetcher.fetch(f"http://a.example:{web.port}/leaf", limit=LIMIT).content == PAGE


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (404, "no_such_page"),
        (410, "no_such_page"),
        (304, "no_such_page"),
        (401, "page_closed"),
        (403, "page_closed"),
        (429, "page_down"),
        (500, "page_down"),
        (503, "page_down"),
    ],
)
def test_a_page_that_is_not_given_is_refused(web: SmallWeb, fetcher: PublicWeb, status: int, code: str) -> None:
    """The sentence says whether to check the address, to save the page oneself, or to come again."""
    web.replies["/leaf"] = Reply((b"no",), status)

    assert refusal(fetcher, f"http://a.example:{web.port}/leaf").code == code


def test_a_page_is_bounded(web: SmallWeb, fetcher: PublicWeb) -> None:
    """More than the limit is refused while it comes, whatever the server says of its size."""
    web.replies["/leaf"] = Reply((b"x" * 1000,) * 1000, headers={"content-length": "5"})
    web.replies["/long"] = Reply((b"x" * 1000,) * 1000)

    assert len(fetcher.fetch(f"http://a.example:{web.port}/leaf", limit=LIMIT).content) == 5
    assert refusal(fetcher, f"http://a.example:{web.port}/long").code == "too_large"


def test_a_packed_page_is_unpacked_and_bounded(web: SmallWeb, fetcher: PublicWeb) -> None:
    """What is packed a thousandfold is refused before it fills the memory."""
    packed = {"content-encoding": "gzip", "content-type": "text/html"}
    web.replies["/leaf"] = Reply((gzip.compress(PAGE),), headers=packed)
    web.replies["/bomb"] = Reply((gzip.compress(bytes(50_000_000)),), headers=packed)

    assert fetcher.fetch(f"http://a.example:{web.port}/leaf", limit=LIMIT).content == PAGE
    assert refusal(fetcher, f"http://a.example:{web.port}/bomb").code == "too_large"


@pytest.mark.parametrize(
    ("packing", "content"),
    [("br", b"x"), ("gzip", b"no gzip"), ("gzip", gzip.compress(PAGE)[:-12]), ("gzip", b"")],
    ids=["unknown", "not packed", "cut off", "empty"],
)
def test_a_page_that_is_packed_badly_is_refused(
    web: SmallWeb, fetcher: PublicWeb, packing: str, content: bytes
) -> None:
    """Damaged, cut short, or packed in a way that nobody asked for."""
    web.replies["/leaf"] = Reply((content,), headers={"content-encoding": packing})

    assert "damaged" in refusal(fetcher, f"http://a.example:{web.port}/leaf").message


@pytest.mark.parametrize(
    "reply",
    [
        Reply((b"x",) * 1000, pause=0.02),
        Reply(status=0, pause=0.02),
        Reply((b"never",), pause=60),
    ],
    ids=["body", "head", "silent"],
)
def test_a_page_that_never_ends_is_given_up(web: SmallWeb, reply: Reply) -> None:
    """However slowly its bytes come, in its head or after it, or not at all."""
    web.replies["/leaf"] = reply
    fetcher = PublicWeb(seconds=0.2, ports=frozenset({web.port}), look_up=look_up_here, may_reach=is_here)

    assert refusal(fetcher, f"http://a.example:{web.port}/leaf").code == "page_down"


def test_nobody_there_is_said(fetcher: PublicWeb, web: SmallWeb) -> None:
    """A host that takes no connection is down."""
    free = PublicWeb(ports=frozenset({9}), look_up=look_up_here, may_reach=is_here)

    assert refusal(free, "http://a.example:9/").code == "page_down"
    assert fetcher.fetch(f"http://a.example:{web.port}/leaf", limit=LIMIT).content == PAGE


def test_a_certificate_must_be_the_hosts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is checked for the name that was asked for, though the connection goes to an address."""
    certificate = make_certificate(tmp_path / "server.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with scripted_web(certificate, leaf=Reply((PAGE,))) as web:
        fetcher = PublicWeb(ports=frozenset({web.port}), look_up=look_up_here, may_reach=is_here)

        right = fetcher.fetch(f"https://localhost:{web.port}/leaf", limit=LIMIT)
        wrong = refusal(fetcher, f"https://other.example:{web.port}/leaf")

    assert right.content == PAGE
    assert wrong.code == "page_down"


@pytest.mark.parametrize(
    ("path", "headers", "filename"),
    [
        ("/", {"content-type": "text/html; charset=utf-8"}, "a.example.html"),
        ("/Dr.%20No", {"content-type": "text/html"}, "Dr. No.html"),
        ("/page.htm", {"content-type": "text/html"}, "page.htm"),
        ("/notes.md", {"content-type": "text/plain"}, "notes.md"),
        ("/paper", {"content-type": "application/pdf"}, "paper.pdf"),
        ("/x?y=1", {"content-disposition": 'attachment; filename="../leaf.pdf"'}, "leaf.pdf"),
        ("/x?y=2", {"content-disposition": "attachment; filename=leaf.pdf"}, "leaf.pdf"),
        ("/x?y=3", {"content-disposition": "attachment; filename*=UTF-8''Bl%C3%A4tter.pdf"}, "Blätter.pdf"),
        ("/x?y=4", {"content-disposition": "attachment; filename="}, "x"),
        ("/x?y=5", {}, "x"),
    ],
)
def test_a_file_gets_a_name(
    web: SmallWeb, fetcher: PublicWeb, path: str, headers: dict[str, str], filename: str
) -> None:
    """The server's, else the end of the path, else the host; with the ending of what it is."""
    web.replies[path] = Reply((PAGE,), headers=headers)

    assert fetcher.fetch(f"http://a.example:{web.port}{path}", limit=LIMIT).filename == filename


@pytest.mark.parametrize(
    ("kind", "content", "given"),
    [
        ("text/html; charset=windows-1251", "Листья".encode("cp1251"), b"\xef\xbb\xbf" + "Листья".encode()),
        ("text/html; charset=utf-8", "Листья".encode(), "Листья".encode()),
        ("text/html; charset=nowhere-1", b"leaves", b"leaves"),
        ("text/html; charset=ascii", b"\xff", b"\xff"),
        ("text/html; charset=latin-1", b"\xef\xbb\xbfleaves", b"\xef\xbb\xbfleaves"),
        ("application/pdf; charset=latin-1", b"\xff", b"\xff"),
    ],
)
def test_a_text_keeps_the_encoding_that_the_server_says(
    web: SmallWeb, fetcher: PublicWeb, kind: str, content: bytes, given: bytes
) -> None:
    """Only the server may know it; where it is wrong the bytes stay as they are."""
    web.replies["/leaf"] = Reply((content,), headers={"content-type": kind})

    assert fetcher.fetch(f"http://a.example:{web.port}/leaf", limit=LIMIT).content == given


def test_no_address_is_logged(web: SmallWeb, fetcher: PublicWeb, caplog: pytest.LogCaptureFixture) -> None:
    """What somebody reads on the web is nobody's business, whatever the library under it would tell."""
    caplog.set_level(logging.INFO)

    fetcher.fetch(f"http://a.example:{web.port}/leaf", limit=LIMIT)

    assert not caplog.records


@pytest.mark.parametrize("host", ["a" * 70 + ".example", "."])
def test_a_name_that_no_host_can_have_is_not_there(host: str) -> None:
    """The system's resolver is not even asked."""
    with pytest.raises(socket.gaierror):
        resolve(host, 80, 5)


def test_a_resolver_that_is_silent_is_given_up() -> None:
    """The system's own patience is far longer."""
    waited = Event()

    with pytest.raises(TimeoutError):
        resolve("a.example", 80, 0.01, system=lambda *_, **__: waited.wait(5) and [])

    waited.set()


def test_a_line_that_is_over_before_it_is_connected_hangs_up() -> None:
    """Whoever connects too late is cut off at once."""
    line, (own, other) = Line(), socket.socketpair()
    with own, other, closing_line(line):
        line.hang_up()
        line.note("connection.connect_tcp.complete", {"return_value": Stream(own)})

        assert other.recv(1) == b""


@dataclass(frozen=True)
class Stream:
    """A connection as httpcore hands it on."""

    own: socket.socket

    def get_extra_info(self, _name: str) -> socket.socket:
        """Give the socket."""
        return self.own


@contextmanager
def closing_line(line: Line) -> Iterator[None]:
    """Let the line go at the end."""
    yield
    line.let_go()
