"""Name cookies so that no other host can plant one, where TLS is there (prefix `__Host-`)."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.responses import Response

from infra.api_access import ApiAccess

_HOST = "__Host-"
"""Browsers take such a cookie from this host alone, over TLS, for all paths (RFC 6265bis)."""


def cookie_prefix(access: ApiAccess) -> str:
    """Return what the names of our cookies begin with."""
    return _HOST if access.is_secure else ""


def own_cookies(cookies: Mapping[str, str], prefix: str) -> dict[str, str]:
    """Return our cookies without the prefix; others are left out."""
    return {
        name.removeprefix(prefix): content
        for name, content in cookies.items()
        if name.startswith(prefix)
    }


def forget_cookie(response: Response, name: str, prefix: str) -> None:
    """Delete a cookie of ours; browsers obey only with the attributes that its name demands."""
    response.delete_cookie(f"{prefix}{name}", path="/", secure=bool(prefix), httponly=True)
