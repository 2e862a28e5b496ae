"""Logging in with an account elsewhere: OpenID Connect, authorization code with PKCE.

Only signatures with a provider's own key are taken, never a shared word or none. The provider's addresses must be
https, but on this machine itself.
"""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry
from requests import RequestException, Response

from corpus.config import OidcConfig

ALGORITHMS = ["RS256", "PS256", "ES256", "EdDSA"]
DISCOVERY = "/.well-known/openid-configuration"
WAIT_SECONDS = 10
LEEWAY_SECONDS = 60
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


class OidcError(Exception):
    """Somebody could not be logged in; the text is for the log, not for the one at the door."""


@dataclass(frozen=True, slots=True)
class Errand:
    """What must be remembered from sending somebody to the provider until they come back."""

    state: str
    nonce: str
    verifier: str
    back_to: str

    def note(self) -> str:
        """The errand as a text."""
        return json.dumps([self.state, self.nonce, self.verifier, self.back_to])

    @classmethod
    def of(cls, note: str) -> "Errand":
        """The errand in a text. Raises OidcError when there is none."""
        try:
            return cls(*json.loads(note))
        except (ValueError, TypeError) as error:
            raise OidcError("nobody was sent to the provider from here") from error


def send(config: OidcConfig, return_address: str, back_to: str) -> tuple[str, Errand]:
    """Where to send somebody, and what to remember of it. Raises OidcError."""
    errand = Errand(secrets.token_urlsafe(32), secrets.token_urlsafe(32), secrets.token_urlsafe(48), back_to)
    with _client(config, return_address) as client:
        provider = _provider(client, config)
        address, _ = client.create_authorization_url(
            provider["authorization_endpoint"],
            state=errand.state,
            nonce=errand.nonce,
            code_verifier=errand.verifier,
        )
    return str(address), errand


def receive(config: OidcConfig, return_address: str, errand: Errand, given: Mapping[str, str]) -> str:
    """Who came back from the provider, by the configured claim. Raises OidcError, also for one who may not come in."""
    if not secrets.compare_digest(given.get("state", "").encode(), errand.state.encode()):
        raise OidcError("the state is not the one that was sent")
    if "code" not in given:
        raise OidcError(f"the provider says {given.get('error', 'nothing')}")
    with _client(config, return_address) as client:
        provider = _provider(client, config)
        token = _token(client, provider, given["code"], errand)
        keys = _json(client.request("GET", provider["jwks_uri"], withhold_token=True, **_LIMITS))
    return _allowed(config, _claims(config, token, keys, errand.nonce))


_LIMITS: dict[str, Any] = {"timeout": WAIT_SECONDS, "allow_redirects": False}


def _client(config: OidcConfig, return_address: str) -> Any:
    return OAuth2Session(
        config.client_id,
        config.client_secret,
        scope=config.scope,
        redirect_uri=return_address,
        code_challenge_method="S256",
    )


def _provider(client: Any, config: OidcConfig) -> dict[str, Any]:
    """What the provider says of itself."""
    issuer = str(config.issuer)
    address = _safe(f"{issuer.rstrip('/')}{DISCOVERY}", config)
    try:
        told = _json(client.request("GET", address, withhold_token=True, **_LIMITS))
    except RequestException as error:
        raise OidcError(f"the provider does not answer: {error}") from error
    if told.get("issuer") != issuer:
        raise OidcError(f"the provider calls itself {told.get('issuer')!r}, not {issuer!r}")
    needed = ("authorization_endpoint", "token_endpoint", "jwks_uri")
    missing = [name for name in needed if name not in told]
    if missing:
        raise OidcError(f"the provider does not tell its {missing[0]}")
    return {**told, **{name: _safe(told[name], config) for name in needed}}


def _token(client: Any, provider: Mapping[str, Any], code: str, errand: Errand) -> Mapping[str, Any]:
    try:
        token: Mapping[str, Any] = client.fetch_token(
            provider["token_endpoint"],
            code=code,
            grant_type="authorization_code",
            code_verifier=errand.verifier,
            **_LIMITS,
        )
    except (AuthlibBaseError, RequestException, ValueError) as error:
        raise OidcError(f"the provider gives no token: {error}") from error
    return token


def _claims(config: OidcConfig, token: Mapping[str, Any], keys: Mapping[str, Any], nonce: str) -> Mapping[str, Any]:
    """What a token says of somebody, when it is the provider's, for us, now, and for this errand."""
    options = {
        "iss": {"essential": True, "value": config.issuer},
        "aud": {"essential": True, "value": config.client_id},
    }
    given = {"nonce": nonce, "client_id": config.client_id, "access_token": token.get("access_token")}
    try:
        registry = JWSRegistry(algorithms=ALGORITHMS, strict_check_header=False)
        read = jwt.decode(str(token.get("id_token", "")), KeySet.import_key_set(keys), registry=registry)  # type: ignore[arg-type]
        claims = CodeIDToken(read.claims, read.header, options, given)
        claims.validate(leeway=LEEWAY_SECONDS)
    except (JoseError, ValueError, TypeError, KeyError) as error:
        raise OidcError(f"the token is not good: {type(error).__name__} {error}") from error
    told: Mapping[str, Any] = claims
    return told


def _allowed(config: OidcConfig, claims: Mapping[str, Any]) -> str:
    who = claims.get(config.claim)
    if not isinstance(who, str) or who.casefold() not in {user.casefold() for user in config.users}:
        raise OidcError(f"{who!r} is not among the users")
    if config.claim == "email" and claims.get("email_verified") in {False, "false"}:
        raise OidcError(f"the provider has not verified {who!r}")
    return who


def _json(response: Response) -> dict[str, Any]:
    try:
        response.raise_for_status()
        told = response.json()
    except (RequestException, ValueError) as error:
        raise OidcError(f"the provider answers with a fault: {error}") from error
    if not isinstance(told, dict):
        raise OidcError("the provider answers with something else than it should")
    return told


def _safe(address: object, config: OidcConfig) -> str:
    """An address of the provider that may be asked."""
    parts, own = urlsplit(str(address)), urlsplit(str(config.issuer))
    local = parts.hostname in LOOPBACK and own.hostname in LOOPBACK
    if parts.scheme != "https" and not (local and parts.scheme == "http"):
        raise OidcError(f"{address} is not https")
    return str(address)
