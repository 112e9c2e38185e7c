"""Decide whether a request comes from a page of this server. Pure.

A form of another site must not be taken for ours, so a browser must say that it comes from here:
what it does not say counts as foreign.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit


def is_own_page(headers: Mapping[str, str], own_origin: str | None) -> bool:
    """Say whether a browser sent this from a page of ours, by Sec-Fetch-Site and Origin.

    `own_origin`: of the address as people type it, where a gateway changes the Host header.
    """
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is None and origin is None:
        return False
    if site is not None and site != "same-origin":
        return False
    return origin is None or origin == own_origin or _netloc(origin) == headers.get("host")


def origin_of(url: str | None) -> str | None:
    """Return scheme and host of an address, as browsers write an origin."""
    if url is None:
        return None
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _netloc(origin: str) -> str | None:
    parts = urlsplit(origin)
    return parts.netloc if parts.scheme in ("http", "https") and parts.netloc else None
