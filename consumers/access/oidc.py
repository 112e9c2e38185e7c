"""Sign people in at an OIDC provider: authorization code with PKCE, state and nonce.

Authlib and joserfc speak the protocol. What they leave to the caller is checked here: the state
belongs to the browser that began it, the issuer of the answer (RFC 9207), the algorithms of the
signature, and issuer, audience, expiry and nonce of the ID token.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from threading import Lock
from typing import Any

import httpx
import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet

from consumers.access.claims import ClaimsMapping, account_from_claims, read_claims_mapping
from consumers.access.pending_sign_in import PendingSignIn, read_pending
from consumers.identity.account import UserAccount
from consumers.identity.identity import IdentityService
from consumers.identity.secret_tokens import same
from infra.api_access import ApiAccess, is_private_way
from infra.errors import QuipuError
from infra.keys.credentials import read_password
from schemas.i18n import _

ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA"]
"""Signatures by a private key only: neither `none` nor a shared secret."""
REQUEST_MS = 600_000
METADATA_S = 3_600.0
TIMEOUT_S = 5.0
LEEWAY_S = 60
_PROTOCOL_ERRORS = (
    AuthlibBaseError,
    JoseError,
    requests.RequestException,
    KeyError,
    ValueError,
)
SCOPE = "openid profile email"


class OidcRefusedError(QuipuError):
    """The provider did not sign somebody in, or its answer cannot be believed."""

    code = "OIDC"


class SignInByProvider:
    """Signs people in at the configured provider; threads may share it."""

    def __init__(self, access: ApiAccess, identity: Callable[[], IdentityService]) -> None:
        """`identity` returns the accounts. The provider is asked at the first sign-in."""
        self._issuer, self._client_id = access.oidc_issuer or "", access.oidc_client_id or ""
        self._access = access
        self._identity = identity
        self._lock = Lock()
        self._metadata: tuple[float, dict[str, Any]] | None = None
        self._keys: KeySet | None = None

    def begin(self, back: str) -> tuple[str, str]:
        """Return the address of the provider's page, and the secret for the browser's cookie.

        Raises OidcRefusedError where the provider does not answer.
        """
        store = self._identity().store
        pending = PendingSignIn.begin(back, store.now() + REQUEST_MS)
        key = store.form_key()
        with self._client() as client:
            address, _state = client.create_authorization_url(
                self._endpoint("authorization_endpoint"),
                state=pending.derived(key, "state"),
                nonce=pending.derived(key, "nonce"),
                code_verifier=pending.derived(key, "verifier"),
            )
        return str(address), pending.cookie(key)

    def finish(self, answer: Mapping[str, str], browser: str) -> tuple[UserAccount, str]:
        """Return whom the provider signed in, and the requested page.

        `answer`: parameters with which the browser came back; `browser`: its cookie. Raises
        OidcRefusedError, ClaimsError, AccountError.
        """
        store = self._identity().store
        key = store.form_key()
        pending = read_pending(browser, key, store.now())
        if pending is None or not same(answer.get("state", ""), pending.derived(key, "state")):
            raise _refused("state")
        if "error" in answer or "code" not in answer:
            raise _refused(f"{answer.get('error', 'code = ∅')}"[:100])
        if answer.get("iss", self._issuer) != self._issuer:
            raise _refused("iss")
        nonce, verifier = (pending.derived(key, name) for name in ("nonce", "verifier"))
        claims = self._claims(answer["code"], nonce, verifier)
        account = account_from_claims(self._mapping(), claims, self._issuer)
        return account, pending.back

    def _claims(self, code: str, nonce: str, verifier: str) -> Mapping[str, Any]:
        """Fetch the ID token for a code, and return its claims once all of them hold."""
        try:
            with self._client() as client:
                token = client.fetch_token(
                    self._endpoint("token_endpoint"),
                    code=code,
                    code_verifier=verifier,
                    timeout=TIMEOUT_S,
                    allow_redirects=False,
                )
            return self._verified(token, nonce)
        except _PROTOCOL_ERRORS as error:
            raise _refused(f"{type(error).__name__}: {error}"[:200]) from error

    def _verified(self, token: Mapping[str, Any], nonce: str) -> Mapping[str, Any]:
        try:
            decoded = jwt.decode(token["id_token"], self._key_set(), algorithms=ALGORITHMS)
        except InvalidKeyIdError:  # the provider has changed its keys
            decoded = jwt.decode(token["id_token"], self._key_set(True), algorithms=ALGORITHMS)
        claims = CodeIDToken(
            decoded.claims,
            decoded.header,
            {
                "iss": {"essential": True, "value": self._issuer},
                "aud": {"essential": True, "value": self._client_id},
                "nonce": {"essential": True, "value": nonce},
                "sub": {"essential": True},
            },
            {"nonce": nonce, "client_id": self._client_id, **_only(token, "access_token")},
        )
        claims.validate(leeway=LEEWAY_S)
        return dict(claims)

    def _client(self) -> OAuth2Session:
        secret = self._access.oidc_client_secret_file
        session = OAuth2Session(
            self._client_id,
            read_password(secret) if secret is not None else None,
            token_endpoint_auth_method="client_secret_basic" if secret is not None else "none",
            scope=SCOPE,
            redirect_uri=f"{self._access.url}/sign-in/callback",
            code_challenge_method="S256",
        )
        session.trust_env = False
        return session

    def _endpoint(self, name: str) -> str:
        address = str(self._load_metadata().get(name, ""))
        if not is_private_way(address):
            raise _refused(f"{name}: {address!r} ≠ https")
        return address

    def _load_metadata(self) -> dict[str, Any]:
        with self._lock:
            if self._metadata is None or time.monotonic() - self._metadata[0] > METADATA_S:
                content = _fetch(f"{self._issuer.rstrip('/')}/.well-known/openid-configuration")
                if content.get("issuer") != self._issuer:
                    raise _refused("issuer")
                self._metadata, self._keys = (time.monotonic(), content), None
            return self._metadata[1]

    def _key_set(self, again: bool = False) -> KeySet:
        address = self._endpoint("jwks_uri")
        with self._lock:
            if self._keys is None or again:
                self._keys = KeySet.import_key_set(_fetch(address))  # type: ignore[arg-type]
            return self._keys

    def _mapping(self) -> ClaimsMapping:
        path = self._access.oidc_claims_file
        if path is None:
            raise _refused("oidc_claims_file = ∅")
        return read_claims_mapping(path)


def _fetch(address: str) -> dict[str, Any]:
    try:
        answer = httpx.get(address, timeout=TIMEOUT_S, trust_env=False).raise_for_status()
        content = answer.json()
    except (httpx.HTTPError, ValueError) as error:
        raise _refused(f"{address}: {type(error).__name__}") from error
    if not isinstance(content, dict):
        raise _refused(address)
    return content


def _only(token: Mapping[str, Any], name: str) -> dict[str, Any]:
    return {name: token[name]} if name in token else {}


def _refused(why: str) -> OidcRefusedError:
    return OidcRefusedError(
        _("Your institution's sign-in did not succeed ({why}).", why=why),
        _("Begin again on the sign-in page. If it happens again, tell the administrator."),
    )
