"""A small OIDC provider on loopback: discovery, authorization with PKCE, tokens, keys.

It speaks HTTP as a real one does; authlib makes the code challenge, joserfc signs. A test says whom
it signs in, and what it does wrong.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlencode

import uvicorn
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response
from joserfc import jwt
from joserfc.jwk import RSAKey

from tests.support.engines import eventually

CLIENT, SECRET = "quipu", "the-secret-of-this-client-0123456789"


@dataclass
class OidcProvider:
    """The provider: `claims` of the person it signs in, `faults` that its ID tokens have."""

    port: int
    claims: dict[str, Any] = field(default_factory=dict)
    faults: dict[str, Any] = field(default_factory=dict)
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "first"}))
    signing: Any = None
    algorithm: str = "RS256"
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    exchanged: list[dict[str, str]] = field(default_factory=list)

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def app(self) -> FastAPI:
        app = FastAPI()
        app.get("/.well-known/openid-configuration")(self.configuration)
        app.get("/authorize")(self.authorize)
        app.post("/token")(self.token)
        app.get("/keys")(self.keys)
        return app

    def configuration(self) -> dict[str, str]:
        return {
            "issuer": self.faults.get("issuer", self.issuer),
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
        }

    def keys(self) -> dict[str, Any]:
        return {"keys": [self.key.as_dict(private=False)]}

    def authorize(self, request: Request) -> Response:
        query = dict(request.query_params)
        assert query["response_type"] == "code"
        assert query["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe(16)
        self.codes[code] = query
        answer = {"code": code, "state": query["state"], "iss": self.issuer}
        return RedirectResponse(f"{query['redirect_uri']}?{urlencode(answer)}", 303)

    async def token(self, request: Request) -> Response:
        form = {key: values[0] for key, values in parse_qs((await request.body()).decode()).items()}
        question = self.codes.pop(form["code"], None)
        challenge = create_s256_code_challenge(form.get("code_verifier", ""))
        if question is None or challenge != question["code_challenge"]:
            return JSONResponse({"error": "invalid_grant"}, 400)
        if not request.headers.get("authorization", "").startswith("Basic "):
            return JSONResponse({"error": "invalid_client"}, 401)
        self.exchanged.append(form)
        return JSONResponse(
            {
                "access_token": secrets.token_urlsafe(16),
                "token_type": "Bearer",
                "expires_in": 60,
                "id_token": self.id_token(question["nonce"]),
            }
        )

    def id_token(self, nonce: str) -> str:
        now = int(time.time())
        body = {"iss": self.issuer, "aud": CLIENT, "sub": "7", "iat": now, "exp": now + 60}
        body |= {"nonce": nonce, **self.claims, **self.faults}
        for name in [name for name, value in body.items() if value is None]:
            del body[name]
        key = self.signing or self.key
        header = {"alg": self.algorithm, "kid": "first"}
        if isinstance(key, bytes):
            return signed_by_shared_key(header, body, key)
        return jwt.encode(header, body, key, algorithms=[self.algorithm])


def signed_by_shared_key(header: dict[str, Any], body: dict[str, Any], key: bytes) -> str:
    """An ID token by HMAC, or with an empty signature where the key is empty."""
    signed = ".".join(_base64(json.dumps(part).encode()) for part in (header, body))
    mac = hmac.new(key, signed.encode(), hashlib.sha256).digest() if key else b""
    return f"{signed}.{_base64(mac)}"


def _base64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


@contextmanager
def running_provider() -> Iterator[OidcProvider]:
    """Run the provider in a thread for the time of the block."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    provider = OidcProvider(port)
    server = uvicorn.Server(uvicorn.Config(provider.app(), port=port, log_config=None))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    eventually(lambda: server.started, "the provider answers")
    yield provider
    server.should_exit = True
    thread.join(10)
