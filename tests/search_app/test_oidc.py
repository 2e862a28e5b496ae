"""Logging in by OIDC, against a provider that the test starts itself."""

import base64
import hashlib
import json
import re
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from corpus.config import AdminConfig, Config, DocumentsConfig, OidcConfig
from indexer.audit import AUDIT, Audit
from search_app import create_app
from search_app.admin.oidc import OidcError, _safe
from tests.search_app.fakes import FakeEngine
from tests.search_app.invented import entries

ADDRESS = "http://localhost"
RETURN = f"{ADDRESS}/admin/oidc/retur"
WHO = "kari@example.org"


class Provider:
    """A provider that lets everybody in, and lies as a test asks."""

    def __init__(self):
        self.key, self.other = RSAKey.generate_key(2048, {"kid": "k1"}), RSAKey.generate_key(2048, {"kid": "k1"})
        self.issued, self.lies, self.asked = {}, {}, []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_):
                pass

            def do_GET(self):
                outer.asked.append(self.path)
                body = {"/.well-known/openid-configuration": outer.metadata, "/keys": outer.keys}.get(self.path)
                self.answer(*((200, body()) if body else (404, {})))

            def do_POST(self):
                form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
                self.answer(*outer.token({name: values[0] for name, values in form.items()}, self.headers))

            def answer(self, code, body):
                sent = body if isinstance(body, bytes) else json.dumps(body).encode()
                self.send_response(code)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(sent)))
                self.end_headers()
                self.wfile.write(sent)

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def metadata(self):
        told = {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "jwks_uri": f"{self.address}/keys",
        }
        return {name: value for name, value in {**told, **self.lies.get("metadata", {})}.items() if value}

    def keys(self):
        return self.lies.get("keys", {"keys": [self.key.as_dict(private=False)]})

    def signed(self, claims):
        return jwt.encode({"alg": "RS256", "kid": "k1"}, claims, self.key)

    def authorize(self, location):
        """What the provider does when somebody is sent to it: a code for the errand."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(location).query).items()}
        self.issued["code-1"] = asked
        return asked

    def token(self, form, headers):
        asked = self.issued.pop(form.get("code"), None)
        basic = base64.b64decode(headers.get("Authorization", "Basic ").partition(" ")[2]).decode()
        challenge = base64.urlsafe_b64encode(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
        good = asked and basic == "hvavirker:hemmelig" and form["redirect_uri"] == asked["redirect_uri"]
        if not good or challenge.decode().rstrip("=") != asked["code_challenge"]:
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        claims = {
            "iss": self.address, "aud": "hvavirker", "sub": "123", "email": WHO, "email_verified": True,
            "nonce": asked["nonce"], "iat": now, "exp": now + 300,
        }  # fmt: skip
        claims = {k: v for k, v in {**claims, **self.lies.get("claims", {})}.items() if v is not None}
        signed = self.lies.get("sign", lambda claims: jwt.encode({"alg": "RS256", "kid": "k1"}, claims, self.key))(
            claims
        )
        body = {"access_token": "a", "token_type": "Bearer", "expires_in": 60, "id_token": signed}
        return 200, self.lies.get("body", body)


@pytest.fixture(scope="module")
def running():
    provider = Provider()
    yield provider
    provider.server.shutdown()
    provider.server.server_close()


@pytest.fixture
def provider(running):
    running.lies, running.issued, running.asked = {}, {}, []
    return running


@pytest.fixture
def site(provider, tmp_path, vocabulary):
    return make_site(provider, tmp_path, vocabulary)


def make_site(provider, tmp_path, vocabulary, **oidc):
    given = {"issuer": provider.address, "client_id": "hvavirker", "client_secret": "hemmelig", "users": (WHO,)}
    config = Config(
        documents=DocumentsConfig(folder=tmp_path),
        admin=AdminConfig(folder=tmp_path / "admin", address=ADDRESS, secure_cookies=False),
        oidc=OidcConfig(**{**given, **oidc}),
    )
    app = create_app(config, FakeEngine([entry.record() for entry in entries()], vocabulary))
    app.extensions["admin_folder"] = tmp_path / "admin"
    return app


def come_and_go(app, provider, **changed):
    """Go to the provider and come back; the last answer and the client."""
    client = app.test_client()
    asked = provider.authorize(client.get("/admin/oidc?neste=/admin/logg").headers["Location"])
    back = {"code": "code-1", "state": asked["state"], **changed}
    return client.get("/admin/oidc/retur", query_string={k: v for k, v in back.items() if v is not None}), client


def last(app):
    entry = Audit(app.extensions["admin_folder"] / AUDIT).entries()[-1]
    return entry.by, entry.action, entry.told.get("why", "")


def test_somebody_is_sent_with_all_that_is_needed(site, provider):
    client = site.test_client()
    assert 'href="/admin/oidc' in client.get("/admin/inn").text
    location = client.get("/admin/oidc").headers["Location"]
    asked = provider.authorize(location)
    assert location.startswith(f"{provider.address}/authorize?")
    assert (asked["response_type"], asked["client_id"], asked["redirect_uri"]) == ("code", "hvavirker", RETURN)
    assert (asked["scope"], asked["code_challenge_method"]) == ("openid email profile", "S256")
    assert min(len(asked[name]) for name in ("state", "nonce", "code_challenge")) >= 43


def test_somebody_comes_in_and_on_to_where_they_wanted(site, provider):
    response, client = come_and_go(site, provider)
    assert (response.status_code, response.headers["Location"]) == (303, "/admin/logg")
    assert "HttpOnly" in response.headers["Set-Cookie"]
    assert f"Innlogget som {WHO}" in client.get("/admin").text
    assert last(site) == (WHO, "login", "")
    assert not client.get("/admin/inn").text or client.get("/admin/inn").status_code == 303


def test_the_same_errand_is_done_once(site, provider):
    client = site.test_client()
    asked = provider.authorize(client.get("/admin/oidc").headers["Location"])
    back = {"code": "code-1", "state": asked["state"]}
    assert client.get("/admin/oidc/retur", query_string=back).status_code == 303
    provider.issued["code-1"] = asked
    assert client.get("/admin/oidc/retur", query_string=back).status_code == 400


def test_an_errand_belongs_to_one_browser(site, provider):
    asked = provider.authorize(site.test_client().get("/admin/oidc").headers["Location"])
    response = site.test_client().get("/admin/oidc/retur", query_string={"code": "code-1", "state": asked["state"]})
    assert response.status_code == 400
    assert last(site)[2] == "nobody was sent to the provider from here"


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"state": "gjettet"}, "the state is not the one"),
        ({"state": None}, "the state is not the one"),
        ({"code": None, "error": "access_denied"}, "the provider says access_denied"),
        ({"code": "stjålet"}, "gives no token"),
    ],
)
def test_a_wrong_return_is_refused(site, provider, changed, why):
    response, client = come_and_go(site, provider, **changed)
    assert (response.status_code, "Innloggingen lyktes ikke" in response.text) == (400, True)
    assert why in last(site)[2]
    assert client.get("/admin").status_code == 303


SHARED = OctKey.import_key("hemmelig" * 8)
LIES = {
    "another's signature": ({"sign": "other"}, "BadSignature"),
    "no signature": ({"sign": "none"}, "not good"),
    "a shared word": ({"sign": "shared"}, "not good"),
    "not a token": ({"sign": lambda claims: "tull"}, "not good"),
    "another issuer": ({"claims": {"iss": "https://evil.example"}}, "iss"),
    "another audience": ({"claims": {"aud": "noen andre"}}, "aud"),
    "no audience": ({"claims": {"aud": None}}, "aud"),
    "an old token": ({"claims": {"exp": 1}}, "Expired"),
    "another errand": ({"claims": {"nonce": "en annen"}}, "nonce"),
    "no errand": ({"claims": {"nonce": None}}, "nonce"),
    "for another party": ({"claims": {"azp": "noen andre"}}, "azp"),
    "somebody else": ({"claims": {"email": "ola@example.org"}}, "not among the users"),
    "nobody": ({"claims": {"email": None}}, "not among the users"),
    "not verified": ({"claims": {"email_verified": False}}, "has not verified"),
    "no token": ({"body": {"access_token": "a", "token_type": "Bearer"}}, "not good"),
    "keys that are none": ({"keys": {"keys": []}}, "not good"),
    "keys that are no object": ({"keys": [1]}, "something else"),
    "keys that are no JSON": ({"keys": b"<html>"}, "answers with a fault"),
}


def unsigned(claims):
    body = base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")
    return f"eyJhbGciOiJub25lIn0.{body}."


@pytest.mark.parametrize(("lies", "why"), LIES.values(), ids=LIES)
def test_a_token_that_is_not_right_opens_nothing(site, provider, lies, why):
    signers = {
        "other": lambda claims: jwt.encode({"alg": "RS256", "kid": "k1"}, claims, provider.other),
        "shared": lambda claims: jwt.encode({"alg": "HS256"}, claims, SHARED),
        "none": unsigned,
    }  # fmt: skip
    provider.lies = {name: signers.get(lie, lie) if name == "sign" else lie for name, lie in lies.items()}
    response, client = come_and_go(site, provider)
    assert response.status_code == 400
    assert why in last(site)[2]
    assert client.get("/admin").status_code == 303


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"issuer": "https://evil.example"}, "calls itself"),
        ({"jwks_uri": None}, "does not tell its jwks_uri"),
        ({"token_endpoint": "http://evil.example/token"}, "is not https"),
        ({"authorization_endpoint": "javascript:alert(1)"}, "is not https"),
    ],
)
def test_a_provider_that_is_not_itself_is_not_believed(site, provider, told, why):
    provider.lies = {"metadata": told}
    response = site.test_client().get("/admin/oidc")
    assert response.status_code == 400
    assert why in last(site)[2]


def test_a_provider_that_does_not_answer_is_told(provider, tmp_path, vocabulary):
    site = make_site(provider, tmp_path, vocabulary, issuer="http://127.0.0.1:9")
    assert site.test_client().get("/admin/oidc").status_code == 400
    assert "does not answer" in last(site)[2]


def test_who_somebody_is_may_be_told_by_another_claim(provider, tmp_path, vocabulary):
    site = make_site(provider, tmp_path, vocabulary, claim="sub", users=("123",))
    provider.lies = {"claims": {"email_verified": False}}
    assert come_and_go(site, provider)[0].status_code == 303
    assert last(site)[:2] == ("123", "login")


def test_without_users_the_room_is_shut(provider, tmp_path, vocabulary):
    site = make_site(provider, tmp_path, vocabulary, users=())
    for address in ("/admin", "/admin/inn", "/admin/oidc", "/admin/oidc/retur"):
        assert site.test_client().get(address).status_code == 404
    assert provider.asked == []


def test_the_door_offers_no_password_when_none_is_set(site):
    text = site.test_client().get("/admin/inn").text
    assert "Logg inn med konto" in text
    assert 'type="password"' not in text
    csrf = re.search(r'name="csrf"', text)
    assert csrf is None


@pytest.mark.parametrize(
    ("address", "issuer", "safe"),
    [
        ("https://login.example/token", "https://login.example", True),
        ("http://login.example/token", "https://login.example", False),
        ("http://127.0.0.1/token", "https://login.example", False),
        ("http://localhost:5000/token", "http://localhost:5000", True),
        ("ftp://localhost/token", "http://localhost", False),
        (None, "https://login.example", False),
    ],
)
def test_only_https_is_asked(address, issuer, safe):
    if safe:
        assert _safe(address, OidcConfig(issuer=issuer)) == address
    else:
        with pytest.raises(OidcError, match="is not https"):
            _safe(address, OidcConfig(issuer=issuer))
