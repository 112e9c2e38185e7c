"""Make random secrets and the hashes under which they are stored. Pure but for the random source.

A secret has 256 bits, so a plain SHA-256 of it cannot be turned back. Passwords are people's own
and short: they are hashed by `consumers.identity.passwords`.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

SECRET_BYTES = 32
PREFIX = "quipu_"
"""Begins every token, so that scanners find one that was published by mistake."""


def new_secret() -> str:
    """Return a random secret of 256 bits as text of 43 letters."""
    return secrets.token_urlsafe(SECRET_BYTES)


def new_token() -> str:
    """Return a random token of a program."""
    return PREFIX + new_secret()


def hash_secret(secret: str) -> bytes:
    """Return the SHA-256 under which a secret is stored and looked up."""
    return hashlib.sha256(secret.encode("utf-8", "surrogateescape")).digest()


def form_token(key: bytes, subject: str) -> str:
    """Return the token that every form of a session carries. `subject`: the session, or a person.

    Only who has the key can make it, and it fits no other session.
    """
    return hmac.new(key, subject.encode("utf-8", "surrogateescape"), hashlib.sha256).hexdigest()


def same(first: str, second: str) -> bool:
    """Compare two secrets in constant time."""
    return hmac.compare_digest(
        first.encode("utf-8", "surrogateescape"), second.encode("utf-8", "surrogateescape")
    )
