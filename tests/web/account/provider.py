"""A tiny sign-in of an organisation (OpenID Connect): real HTTP, real RS256, every mistake on demand."""

import json
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

from tests.engine.world import NOW, WANG

CLIENT, SECRET = "duban", "a secret: with/odd &characters"
CODE = "code-1"


@dataclass(slots=True)
class Organisation:
    """What the sign-in says: ``wrong`` changes the claims of its token, ``lies`` what it says of itself."""

    issuer: str = ""
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "1"}))
    signs_with: RSAKey | None = None
    wrong: dict[str, Any] = field(default_factory=dict)
    lies: dict[str, Any] = field(default_factory=dict)
    told: dict[str, Any] = field(default_factory=dict)
    asked: dict[str, str] = field(default_factory=dict)
    codes: set[str] = field(default_factory=lambda: {CODE})

    def visited(self, address: str) -> str:
        """Let somebody prove who they are; return the query with which they are sent back."""
        self.asked = dict(parse_qsl(urlsplit(address).query))
        return f"code={CODE}&state={self.asked['state']}"

    def about(self) -> dict[str, Any]:
        """Return what the sign-in says of itself."""
        pages = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys"}
        pages["userinfo_endpoint"] = "userinfo"
        about = {name: f"{self.issuer}/{page}" for name, page in pages.items()}
        return {"issuer": self.issuer, **about, **self.lies}

    def tokens(self, form: dict[str, list[str]], authorization: str) -> dict[str, Any] | None:
        """Exchange a code, once, for a token; None for anybody else's."""
        pair = b64decode(authorization.removeprefix("Basic ")).decode()
        challenge = urlsafe_b64encode(sha256(form["code_verifier"][0].encode()).digest()).decode().rstrip("=")
        known = pair == "duban:a%20secret%3A%20with%2Fodd%20%26characters"
        if not known or form["code"][0] not in self.codes or challenge != self.asked["code_challenge"]:
            return None
        self.codes.clear()
        return {"access_token": "access", "token_type": "Bearer", "id_token": self._identity()}

    def _identity(self) -> str:
        now = int(NOW.timestamp())
        claims = {"iss": self.issuer, "aud": CLIENT, "sub": "7", "iat": now, "exp": now + 300}
        claims |= {"nonce": self.asked["nonce"], "email": WANG, "email_verified": True} | self.wrong
        given = {name: value for name, value in claims.items() if value is not None}
        return jwt.encode({"alg": "RS256", "kid": "1"}, given, self.signs_with or self.key)


@contextmanager
def organisation() -> Iterator[Organisation]:
    """Run the sign-in on a free port until the block ends."""
    one = Organisation()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            pages = {
                "/.well-known/openid-configuration": one.about(),
                "/keys": {"keys": [one.key.as_dict(private=False)]},
                "/userinfo": one.told if self.headers["authorization"] == "Bearer access" else None,
            }
            self._answer(pages.get(self.path))

        def do_POST(self) -> None:
            form = parse_qs(self.rfile.read(int(self.headers["content-length"])).decode())
            self._answer(one.tokens(form, self.headers["authorization"]), 400)

        def _answer(self, value: object, otherwise: int = 404) -> None:
            body = json.dumps(value).encode()
            self.send_response(otherwise if value is None else 200)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        one.issuer = f"http://127.0.0.1:{server.server_port}"
        Thread(target=server.serve_forever, daemon=True).start()
        yield one
        server.shutdown()
