"""Keep a sign-in that waits for the OIDC provider in a cookie of the browser.

The cookie has a random secret, an expiry and the page to return to, under a MAC. State, nonce and
PKCE verifier are derived from its secret by a key of the server. So nothing is stored, whoever
begins many sign-ins fills nothing, and no other browser can finish this one.
"""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass

from consumers.identity.secret_tokens import form_token, new_secret, same

MAX_BACK = 1_000


@dataclass(frozen=True, slots=True)
class PendingSignIn:
    """A sign-in that waits. `back`: the requested page; `expires_at`: ms since 1970 UTC."""

    secret: str
    expires_at: int
    back: str

    @classmethod
    def begin(cls, back: str, expires_at: int) -> PendingSignIn:
        """Begin a sign-in with a new secret; a page with a very long address is forgotten."""
        return cls(new_secret(), expires_at, back if len(back) <= MAX_BACK else "/")

    def derived(self, key: bytes, purpose: str) -> str:
        """Return the state, nonce or verifier: 64 hexadecimal digits that only the server makes."""
        return form_token(key, f"oidc\0{purpose}\0{self.secret}")

    def cookie(self, key: bytes) -> str:
        """Write it for the browser."""
        content = json.dumps([self.secret, self.expires_at, self.back]).encode()
        text = base64.urlsafe_b64encode(content).decode().rstrip("=")
        return f"{text}.{_mac(key, text)}"


def read_pending(cookie: str, key: bytes, now: int) -> PendingSignIn | None:
    """Read what `PendingSignIn.cookie` wrote; None where it is not ours, or too old."""
    text, _dot, mac = cookie.partition(".")
    if not same(mac, _mac(key, text)):
        return None
    try:
        content = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except binascii.Error:
        return None
    pending = PendingSignIn(*json.loads(content))
    return pending if now < pending.expires_at else None


def _mac(key: bytes, text: str) -> str:
    return form_token(key, f"oidc\0cookie\0{text}")
