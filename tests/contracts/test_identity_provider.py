"""The school's own sign-in, against a provider that speaks OpenID Connect over HTTP and lies in every way it can."""

import base64
import json
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from joserfc.jwk import ECKey, OctKey, RSAKey

from adapters.identity.fetching import Fetcher
from adapters.identity.oidc import Client, OpenIdProvider
from domain.addresses import is_safe
from domain.errors import Invalid, NotSignedIn, Transient
from domain.ports import IdentityProvider, SchoolIdentity
from tests.conftest import FixedClock
from tests.scripted_provider import CLIENT_ID, CLIENT_SECRET, Key, Reply, ScriptedProvider, scripted_provider

CALLBACK = "https://margent.school.example/sign-in/school/callback"
AGAIN = "Signing in with your school account did not work. Try again."


@pytest.fixture(scope="module")
def rsa() -> RSAKey:
    return RSAKey.generate_key(2048)


@pytest.fixture
def school(clock: FixedClock, rsa: RSAKey) -> Iterator[ScriptedProvider]:
    with scripted_provider(clock, rsa) as school:
        yield school


@pytest.fixture
def provider(school: ScriptedProvider, clock: FixedClock) -> OpenIdProvider:
    return make(school, clock)


def make(school: ScriptedProvider, clock: FixedClock, *, seconds: float = 20) -> OpenIdProvider:
    client = Client(CLIENT_ID, CLIENT_SECRET)
    return OpenIdProvider(school.issuer, client, clock, fetcher=Fetcher(seconds=seconds))


def sign_in(provider: IdentityProvider, school: ScriptedProvider, **claims: object) -> SchoolIdentity:
    address, state = provider.begin(CALLBACK)
    return provider.finish(CALLBACK, school.allow(address, **claims), state)  # type: ignore[arg-type]


def refusal(work: Callable[[], object]) -> str:
    """Give the code with which somebody is refused, in the one sentence there is for it."""
    with pytest.raises(NotSignedIn) as caught:
        work()
    assert caught.value.message == AGAIN
    return caught.value.code


def test_the_provider_says_who_it_is(provider: OpenIdProvider, school: ScriptedProvider) -> None:
    """The identity is issuer and subject, with the address and whether it was verified."""
    found = sign_in(provider, school, email="Ada@school.example", email_verified=True, name="Ada")

    assert found == SchoolIdentity(f"{school.issuer} s-1", "Ada@school.example", is_email_verified=True, name="Ada")


def test_each_time_has_secrets_of_its_own(provider: OpenIdProvider) -> None:
    """State, nonce and challenge differ each time; the verifier stays with the browser."""
    (one, kept), (other, _) = provider.begin(CALLBACK), provider.begin(CALLBACK)
    first, second = (dict(parse_qsl(urlsplit(address).query)) for address in (one, other))

    assert all(first[name] != second[name] for name in ("state", "nonce", "code_challenge"))
    assert first["tenant"] == "1"
    assert json.loads(kept)[2] not in one


@pytest.mark.parametrize(
    ("claims", "email", "is_verified"),
    [
        ({}, "", False),
        ({"email": "a@b.example"}, "a@b.example", False),
        ({"email": "a@b.example", "email_verified": False}, "a@b.example", False),
        ({"email": "a@b.example", "email_verified": "true"}, "a@b.example", True),
        ({"email": "a@b.example", "email_verified": "yes"}, "a@b.example", False),
        ({"email": "a@b.example", "email_verified": 1}, "a@b.example", False),
        ({"email": 5, "email_verified": True}, "", False),
        ({"email": "a" * 300, "email_verified": True}, "", False),
    ],
)
def test_an_address_is_verified_when_the_provider_says_so(
    provider: OpenIdProvider,
    school: ScriptedProvider,
    claims: dict[str, object],
    email: str,
    is_verified: bool,  # noqa: FBT001 - pytest gives it by name
) -> None:
    """Only the plain word that it was verified counts."""
    found = sign_in(provider, school, **claims)

    assert (found.email, found.is_email_verified, found.name) == (email, is_verified, "")


def test_keys_on_elliptic_curves_are_taken(clock: FixedClock) -> None:
    """A token that is signed with ES256 is as good."""
    with scripted_provider(clock, ECKey.generate_key("P-256")) as school:
        school.algorithm = "ES256"

        assert sign_in(make(school, clock), school).subject.endswith(" s-1")


def test_the_secret_is_sent_as_the_provider_wants_it(school: ScriptedProvider, clock: FixedClock) -> None:
    """By HTTP Basic unless the provider takes it in the form alone."""
    sign_in(make(school, clock), school)
    school.description = {"token_endpoint_auth_methods_supported": ["client_secret_post"]}
    sign_in(make(school, clock), school)

    assert [word for word in school.asked if word in {"basic", "post"}] == ["basic", "post"]


def test_a_client_that_the_provider_does_not_know_is_refused(school: ScriptedProvider, clock: FixedClock) -> None:
    """Without the right secret no code is redeemed."""
    stranger = OpenIdProvider(school.issuer, Client(CLIENT_ID), clock)

    assert refusal(lambda: sign_in(stranger, school)) == "code_refused"


WRONG_CLAIMS: list[dict[str, object]] = [
    {"nonce": "another"},
    {"nonce": None},
    {"iss": "https://evil.example"},
    {"iss": None},
    {"aud": "another client"},
    {"aud": None},
    {"aud": [CLIENT_ID, "another client"]},
    {"aud": [CLIENT_ID, "another client"], "azp": "another client"},
    {"azp": "another client"},
    {"exp": 1},
    {"exp": None},
    {"exp": "soon"},
    {"iat": 32503680000},
    {"iat": None},
    {"nbf": 32503680000},
    {"sub": None},
    {"sub": ""},
    {"sub": 5},
    {"sub": "x" * 256},
]


@pytest.mark.parametrize("claims", WRONG_CLAIMS, ids=str)
def test_a_token_that_says_something_wrong_is_refused(
    provider: OpenIdProvider, school: ScriptedProvider, claims: dict[str, object]
) -> None:
    """Another nonce, issuer or audience, a time that has passed or not come, or no subject: nobody is let in."""
    school.claims = claims

    assert refusal(lambda: sign_in(provider, school)) == "bad_token"


def test_several_audiences_are_taken_when_it_was_issued_to_us(
    provider: OpenIdProvider, school: ScriptedProvider
) -> None:
    """A token for others too, whose authorized party is this installation, is good."""
    school.claims = {"aud": [CLIENT_ID, "another client"], "azp": CLIENT_ID}

    assert sign_in(provider, school).subject


def test_clocks_may_differ_by_a_minute(provider: OpenIdProvider, school: ScriptedProvider, clock: FixedClock) -> None:
    """A token that ran out half a minute ago is good; one that did two minutes ago is not."""
    now = int(clock.now().timestamp())

    school.claims = {"exp": now - 30}
    assert sign_in(provider, school).subject
    school.claims = {"exp": now - 120}
    assert refusal(lambda: sign_in(provider, school)) == "bad_token"


def _none(token: str) -> str:
    """Sign with nothing at all."""
    header = base64.urlsafe_b64encode(b'{"alg":"none"}').rstrip(b"=").decode()
    return f"{header}.{token.split('.')[1]}."


def _changed(token: str) -> str:
    """Put another subject into a signed token."""
    head, body, signature = token.split(".")
    claims = json.loads(base64.urlsafe_b64decode(body + "=="))
    changed = base64.urlsafe_b64encode(json.dumps({**claims, "sub": "admin"}).encode()).rstrip(b"=").decode()
    return f"{head}.{changed}.{signature}"


@pytest.mark.parametrize("forge", [_none, _changed, lambda _: "", lambda _: "a.b.c", lambda _: "é", lambda t: t[:-9]])
def test_a_token_without_a_good_signature_is_refused(
    provider: OpenIdProvider, school: ScriptedProvider, forge: Callable[[str], str]
) -> None:
    """Unsigned, changed, cut off or no token at all: nobody is let in."""
    school.forge = forge

    assert refusal(lambda: sign_in(provider, school)) == "bad_token"


@pytest.mark.parametrize(
    ("algorithm", "key"),
    [
        ("HS256", OctKey.import_key(CLIENT_SECRET.encode() * 2)),
        ("RS384", RSAKey.generate_key(2048)),
        ("RS256", RSAKey.generate_key(2048)),
    ],
)
def test_other_algorithms_and_unknown_keys_are_refused(
    provider: OpenIdProvider, school: ScriptedProvider, algorithm: str, key: Key
) -> None:
    """A key that the provider does not publish, or a way to sign that is not on the list, is worth nothing."""
    school.signing, school.algorithm = key, algorithm
    key.ensure_kid()
    if algorithm == "RS384":
        school.published = [key]

    assert refusal(lambda: sign_in(provider, school)) == "bad_token"


def test_new_keys_are_fetched_when_a_token_needs_them(
    provider: OpenIdProvider, school: ScriptedProvider, rsa: RSAKey
) -> None:
    """After the provider changed its key, the next sign-in fetches the keys once more; the one after does not."""
    sign_in(provider, school)
    new = RSAKey.generate_key(2048)
    new.ensure_kid()
    school.signing, school.published = new, [new, rsa]

    sign_in(provider, school)
    sign_in(provider, school)

    assert school.asked.count("/keys") == 2


def test_a_key_that_was_taken_back_is_forgotten_within_the_hour(
    provider: OpenIdProvider, school: ScriptedProvider, clock: FixedClock
) -> None:
    """Keys are kept for an hour."""
    sign_in(provider, school)
    school.published = [RSAKey.generate_key(2048)]
    clock.move(timedelta(hours=1))

    assert refusal(lambda: sign_in(provider, school)) == "bad_token"


def test_a_code_is_good_for_one_time(provider: OpenIdProvider, school: ScriptedProvider) -> None:
    """Who comes back twice with the same code is refused the second time."""
    address, state = provider.begin(CALLBACK)
    query = school.allow(address)
    provider.finish(CALLBACK, query, state)

    assert refusal(lambda: provider.finish(CALLBACK, query, state)) == "code_refused"


def test_what_belongs_to_another_browser_is_refused(provider: OpenIdProvider, school: ScriptedProvider) -> None:
    """A code that another browser was given does not fit: neither with its state, nor with one's own."""
    (mine, my_state), (theirs, _) = provider.begin(CALLBACK), provider.begin(CALLBACK)
    my_query, their_query = school.allow(mine), school.allow(theirs, subject="s-2")

    assert refusal(lambda: provider.finish(CALLBACK, their_query, my_state)) == "bad_state"
    mixed = {**their_query, "state": my_query["state"]}
    assert refusal(lambda: provider.finish(CALLBACK, mixed, my_state)) == "code_refused"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"state": "made up"}, "bad_state"),
        ({"state": "é"}, "bad_state"),
        ({"state": None}, "bad_state"),
        ({"iss": "https://evil.example"}, "other_issuer"),
        ({"error": "access_denied"}, "declined"),
        ({"code": None}, "no_code"),
        ({"code": "made up"}, "code_refused"),
    ],
)
def test_a_query_that_is_not_as_it_should_be_is_refused(
    provider: OpenIdProvider, school: ScriptedProvider, changes: dict[str, str | None], code: str
) -> None:
    """A made-up state or code, another issuer, or somebody who said no: nobody is let in."""
    address, state = provider.begin(CALLBACK)
    query = school.allow(address) | changes

    assert refusal(lambda: provider.finish(CALLBACK, _without_none(query), state)) == code


def _without_none(query: Any) -> dict[str, str]:
    return {name: value for name, value in query.items() if value is not None}


def test_an_address_that_was_not_agreed_on_is_refused(provider: OpenIdProvider, school: ScriptedProvider) -> None:
    """The code is bound to the address that the browser was to come back to."""
    address, state = provider.begin(CALLBACK)

    assert refusal(lambda: provider.finish("https://evil.example/", school.allow(address), state)) == "code_refused"


BROKEN: list[tuple[str, Reply]] = [
    (path, reply)
    for path in ("/.well-known/openid-configuration", "/keys", "/token")
    for reply in (
        Reply(500),
        Reply(200, (b"no json",)),
        Reply(200, (b"[1]",)),
        Reply(200, (b"[" * 100_000,)),
        Reply(200, (b"\xff",)),
        Reply(200, (b" " * 1024,) * 600),
        Reply(200, (b" ",) * 60, pause=0.05),
        Reply(200, (b"{}",), pause=0.5),
    )
] + [(path, Reply(302, headers={"location": "/"})) for path in ("/.well-known/openid-configuration", "/keys")]


@pytest.mark.parametrize(("path", "reply"), BROKEN, ids=lambda value: str(value)[:60])
def test_a_provider_that_is_down_or_endless_is_given_up(
    school: ScriptedProvider, clock: FixedClock, path: str, reply: Reply
) -> None:
    """Errors, what is no JSON, what is too large, too slow, or leads elsewhere: people are asked to try later."""
    provider = make(school, clock, seconds=0.3)
    school.replies[path] = reply

    with pytest.raises(Transient) as caught:
        sign_in(provider, school)

    assert caught.value.code in {"school_sign_in_down", "school_sign_in_broken"}


@pytest.mark.parametrize(
    "description",
    [
        {"issuer": "https://evil.example"},
        {"issuer": None},
        {"token_endpoint": "http://evil.example/token"},
        {"jwks_uri": None},
        {"authorization_endpoint": "javascript:alert(1)"},
    ],
    ids=str,
)
def test_a_description_that_leads_astray_is_not_followed(
    provider: OpenIdProvider, school: ScriptedProvider, description: dict[str, object]
) -> None:
    """Another issuer, or an address that is not safe: nobody is sent anywhere."""
    school.description = description

    with pytest.raises(Transient, match="not set up"):
        provider.begin(CALLBACK)


@pytest.mark.parametrize("keys", [b'{"keys": []}', b'{"keys": [1]}', b'{"keys": [{"kty": "RSA"}]}', b'{"keys": 5}'])
def test_keys_that_are_none_are_said_to_be_none(
    provider: OpenIdProvider, school: ScriptedProvider, keys: bytes
) -> None:
    """A set of keys without a whole key ends in a sentence."""
    school.replies["/keys"] = Reply(200, (keys,))

    with pytest.raises(Transient, match="no keys"):
        provider.begin(CALLBACK)


def test_the_provider_can_be_asked_whether_it_is_there(school: ScriptedProvider, clock: FixedClock) -> None:
    """Asking fetches everything anew; when nobody listens, it says so."""
    provider = make(school, clock)
    provider.ping()
    provider.ping()
    assert school.asked.count("/keys") == 2

    nobody = OpenIdProvider("http://127.0.0.1:9", Client(CLIENT_ID), clock)
    with pytest.raises(Transient, match="does not answer"):
        nobody.ping()


SAFE = {
    "https://login.school.example": True,
    "https://login.school.example:8443/realms/one": True,
    "http://127.0.0.1:9000": True,
    "http://localhost": True,
    "http://[::1]:9000": True,
    "http://login.school.example": False,
    "http://127.0.0.1.evil.example": False,
    "https://user:secret@login.school.example": False,
    "https://": False,
    "https://a.example:99999": False,
    "ftp://a.example": False,
    "": False,
}


@pytest.mark.parametrize(("address", "expected"), list(SAFE.items()))
def test_only_safe_addresses_are_asked(
    clock: FixedClock,
    address: str,
    expected: bool,  # noqa: FBT001 - pytest gives it by name
) -> None:
    """A provider has an https address, or is on this machine."""
    assert is_safe(address) == expected
    with nullcontext() if expected else pytest.raises(Invalid, match="https://"):
        OpenIdProvider(address, Client(CLIENT_ID), clock)
