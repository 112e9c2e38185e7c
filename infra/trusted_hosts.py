"""Decide whether a request names this server in its Host header. Pure.

A page of another site can rebind its own name to this machine (DNS rebinding), so a request must
name a host that is ours.
"""

from __future__ import annotations

import re
from collections.abc import Collection

_HOST = re.compile(r"(?P<name>\[[0-9a-f:.]+\]|[a-z0-9_.-]+)(:[0-9]{1,5})?")


def host_name(host: str) -> str:
    """Return the name in a Host header without its port; empty where it cannot be one."""
    match = _HOST.fullmatch(host.strip().lower())
    return match["name"].strip("[]") if match else ""


def is_trusted_host(host: str | None, trusted: Collection[str]) -> bool:
    """Say whether a Host header names this server. None: there is no header."""
    return host is not None and host_name(host) in trusted
