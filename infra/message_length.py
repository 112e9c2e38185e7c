"""Refuse a request that says its length in two ways. Pure.

A gateway in front may believe the one and this server the other: then what follows in the body is
answered as the next request, perhaps of somebody else (RFC 9112, section 6.1). h11 refuses lengths
that differ, and codings it does not know; both headers together it takes.
"""

from __future__ import annotations

from collections.abc import Mapping

CLOSE = {"Connection": "close"}
"""Headers of the refusal: nothing that follows on the connection is read."""


def has_two_lengths(headers: Mapping[str, str]) -> bool:
    """Say whether a request has Content-Length and Transfer-Encoding."""
    return "content-length" in headers and "transfer-encoding" in headers
