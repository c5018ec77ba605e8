"""The school's own sign-in by OpenID Connect: authorization code with PKCE, and a signed token about who it is.

After OpenID Connect Core 1.0 (3.1), PKCE (RFC 7636), and the mix-up check of RFC 9207.
"""

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from adapters.identity.fetching import Fetcher
from domain.addresses import is_safe
from domain.clock import Clock
from domain.errors import Invalid, NotSignedIn, Transient
from domain.ports import SchoolIdentity

if TYPE_CHECKING:
    from joserfc.jwk import KeySet
    from joserfc.jwt import Token

_ALGORITHMS = ("RS256", "ES256")
_SCOPE = "openid email profile"
_LEEWAY_SECONDS = 60
"""How far the provider's clock may be off."""

_KEPT = timedelta(hours=1)
"""How long the provider's description and keys are kept; an unknown key is looked for at once."""

_LONGEST_SUBJECT = 255
"""Characters, after OpenID Connect Core 1.0 (2)."""

_LONGEST_EMAIL = 254
_BAD_TOKEN = "bad_token"  # noqa: S105 - the code of an error


@dataclass(frozen=True, slots=True)
class Client:
    """What the provider knows of this installation. `secret` is empty where the provider gave none."""

    id: str
    secret: str = ""


@dataclass(frozen=True, slots=True)
class _Description:
    """What the provider says of itself."""

    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    takes_basic: bool


@dataclass(frozen=True, slots=True)
class _Kept:
    """A description with its keys."""

    description: _Description
    keys: "KeySet"
    until: datetime


@dataclass(frozen=True, slots=True)
class _State:
    """What has to be the same when the browser comes back."""

    state: str
    nonce: str
    verifier: str


class OpenIdProvider:
    """A `domain.ports.IdentityProvider`. Nothing is fetched and no library is loaded before it is needed."""

    def __init__(self, issuer: str, client: Client, clock: Clock, *, fetcher: Fetcher | None = None) -> None:
        """Use the provider at `issuer`. Raises Invalid for an address that is neither https nor this machine's."""
        if not is_safe(issuer):
            raise Invalid("MARGENT_OIDC_ISSUER must be an address that begins with https://.", code="bad_issuer")
        self._issuer = issuer
        self._client = client
        self._clock = clock
        self._fetcher = fetcher or Fetcher()
        self._kept: _Kept | None = None

    def begin(self, callback: str) -> tuple[str, str]:
        """Give the address to send the browser to, and the secret state to keep until it comes back.

        Raises Transient when the provider does not answer.
        """
        endpoint = self._known().description.authorization_endpoint
        state = _State(*(secrets.token_urlsafe(32) for _ in range(3)))
        query = {
            "response_type": "code",
            "client_id": self._client.id,
            "redirect_uri": callback,
            "scope": _SCOPE,
            "state": state.state,
            "nonce": state.nonce,
            "code_challenge": _challenge(state.verifier),
            "code_challenge_method": "S256",
        }
        address = f"{endpoint}{'&' if '?' in endpoint else '?'}{urlencode(query)}"
        return address, json.dumps([state.state, state.nonce, state.verifier])

    def finish(self, callback: str, query: Mapping[str, str], state: str) -> SchoolIdentity:
        """Check what the browser came back with. Raises NotSignedIn when anything about it is wrong.

        Raises Transient when the provider does not answer.
        """
        kept = _State(*json.loads(state))
        if not hmac.compare_digest(query.get("state", "").encode(), kept.state.encode()):
            raise _refused("bad_state")
        if "iss" in query and query["iss"] != self._issuer:
            raise _refused("other_issuer")
        if "error" in query:
            raise _refused("declined")
        if not query.get("code"):
            raise _refused("no_code")
        claims = self._check(self._redeem(callback, query["code"], kept.verifier), kept.nonce)
        return _identity(self._issuer, claims)

    def ping(self) -> None:
        """Raise Transient when the provider does not answer, or not as an OpenID provider does."""
        self._kept = None
        self._known()

    def _redeem(self, callback: str, code: str, verifier: str) -> str:
        """Change the code for the token about who it is."""
        description = self._known().description
        fields = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": callback,
            "client_id": self._client.id,
            "code_verifier": verifier,
        }
        login = None
        if self._client.secret and description.takes_basic:
            login = (self._client.id, self._client.secret)
        elif self._client.secret:
            fields["client_secret"] = self._client.secret
        status, body = self._fetcher.post(description.token_endpoint, fields, login=login)
        token = body.get("id_token")
        if status != 200 or not isinstance(token, str):
            raise _refused("code_refused")
        return token

    def _check(self, token: str, nonce: str) -> Mapping[str, Any]:
        from joserfc.errors import JoseError
        from joserfc.jwt import JWTClaimsRegistry

        rules = JWTClaimsRegistry(
            now=int(self._clock.now().timestamp()),
            leeway=_LEEWAY_SECONDS,
            iss={"essential": True, "value": self._issuer},
            aud={"essential": True, "value": self._client.id},
            # with several audiences it has to be issued to us
            azp={"value": self._client.id},
            nonce={"essential": True, "value": nonce},
            sub={"essential": True},
            exp={"essential": True},
            iat={"essential": True},
        )
        try:
            claims = self._verify(token).claims
            rules.validate(claims)
        except (JoseError, ValueError, TypeError) as error:
            raise _refused(_BAD_TOKEN) from error
        if isinstance(claims["aud"], list) and len(claims["aud"]) > 1 and "azp" not in claims:
            raise _refused(_BAD_TOKEN)
        return claims

    def _verify(self, token: str) -> "Token":
        """Check the signature; with a key that is not known, fetch the keys once more."""
        from joserfc import jwt
        from joserfc.errors import BadSignatureError, InvalidKeyIdError

        try:
            return jwt.decode(token, self._known().keys, algorithms=_ALGORITHMS)
        except (InvalidKeyIdError, BadSignatureError):
            self._kept = None
            return jwt.decode(token, self._known().keys, algorithms=_ALGORITHMS)

    def _known(self) -> _Kept:
        kept, now = self._kept, self._clock.now()
        if kept is None or kept.until <= now:
            description = self._describe()
            kept = self._kept = _Kept(description, self._load_keys(description.jwks_uri), now + _KEPT)
        return kept

    def _describe(self) -> _Description:
        found = self._fetcher.get(f"{self._issuer.rstrip('/')}/.well-known/openid-configuration")
        endpoints = [found.get(name) for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")]
        if found.get("issuer") != self._issuer or not all(is_safe(one) for one in endpoints):
            raise Transient("The school's sign-in is not set up as it should be.", code="school_sign_in_broken")
        ways = found.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        authorization, token, jwks = map(str, endpoints)
        return _Description(authorization, token, jwks, takes_basic="client_secret_basic" in ways)

    def _load_keys(self, address: str) -> "KeySet":
        from joserfc.errors import JoseError
        from joserfc.jwk import KeySet

        found: Any = self._fetcher.get(address)
        try:
            return KeySet.import_key_set(found)
        except (JoseError, LookupError, TypeError, ValueError, AttributeError) as error:
            message = "The school's sign-in gives no keys that can be used."
            raise Transient(message, code="school_sign_in_broken") from error


def _identity(issuer: str, claims: Mapping[str, Any]) -> SchoolIdentity:
    subject, email, name = (claims.get(key) for key in ("sub", "email", "name"))
    if not isinstance(subject, str) or not 0 < len(subject) <= _LONGEST_SUBJECT:
        raise _refused(_BAD_TOKEN)
    is_usable = isinstance(email, str) and len(email) <= _LONGEST_EMAIL
    verified = claims.get("email_verified")
    return SchoolIdentity(
        subject=f"{issuer} {subject}",
        email=str(email) if is_usable else "",
        # some providers write the truth as a word
        is_email_verified=is_usable and (verified is True or verified == "true"),
        name=name if isinstance(name, str) else "",
    )


def _refused(code: str) -> NotSignedIn:
    return NotSignedIn("Signing in with your school account did not work. Try again.", code=code)


def _challenge(verifier: str) -> str:
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
