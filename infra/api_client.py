"""Connect to the own API: the one way for every process and command of this machine."""

from __future__ import annotations

import ssl
from pathlib import Path

import httpx

from infra.api_access import is_private_way
from infra.errors import NotRunningError, QuipuError, SettingsError
from infra.keys.credentials import read_password
from infra.settings import Settings
from schemas.i18n import _

_ANY_HOST = frozenset({"0.0.0.0", "::"})  # noqa: S104 - compared with, never listened on

_BUSY = frozenset({httpx.codes.TOO_MANY_REQUESTS, httpx.codes.SERVICE_UNAVAILABLE})


def api_url(settings: Settings) -> str:
    """Return the address of the API from this machine. Raises NotRunningError.

    An API of another machine is asked at its `api_url`.
    """
    access = settings.api_access
    if access.url is not None and not access.may_listen(settings.api_host):
        return access.url
    host = "127.0.0.1" if settings.api_host in _ANY_HOST else settings.api_host
    shown = f"[{host}]" if ":" in host else host
    return f"{access.scheme}://{shown}:{settings.api_port}"


def open_api(
    settings: Settings,
    token_file: Path | None = None,
    timeout: float = 5.0,
    headers: dict[str, str] | None = None,
) -> httpx.Client:
    """Return a client of the own API. `token_file`: of the token that says who asks; `timeout`: s.

    Raises NotRunningError, KeyringError where the file cannot be used, SettingsError where the
    token would cross a network in clear.
    """
    base = api_url(settings)
    if not is_private_way(base):
        raise plain_network(base)
    own = {} if token_file is None else {"Authorization": f"Bearer {read_password(token_file)}"}
    return httpx.Client(
        base_url=base,
        headers={**own, **(headers or {})},
        timeout=timeout,
        verify=_own_certificate(settings),
        trust_env=False,
    )


def explain_http_error(error: httpx.HTTPError) -> QuipuError:
    """Return what an unusable answer of the API means, or its silence, and what to do."""
    if not isinstance(error, httpx.HTTPStatusError):
        return NotRunningError(
            _("The API of the exchange does not answer ({error}).", error=type(error).__name__),
            _("Look at `quipu health`; then try again."),
            "API_AWAY",
        )
    status = error.response.status_code
    if status in _BUSY:
        return NotRunningError(
            _("The API of the exchange is too busy to answer (HTTP {status}).", status=status),
            _("Wait a minute and try again; `quipu health` says what is late."),
            "API_BUSY",
        )
    return NotRunningError(
        _("The API of the exchange refused the question (HTTP {status}).", status=status),
        _("`quipu logs api` says why."),
        "API_REFUSED",
    )


def plain_network(address: str) -> SettingsError:
    """Return the error for an API over a network without TLS."""
    return SettingsError(
        _("Passwords and tokens would cross the network in clear to {address}.", address=address),
        _("Set api_cert_file and api_key_file, or let the API listen on 127.0.0.1."),
        "API_PLAIN",
    )


def _own_certificate(settings: Settings) -> ssl.SSLContext | bool:
    """Trust the API's own certificate and no other, whatever name this machine is called by."""
    certificate = settings.api_access.cert_file
    if certificate is None:
        return True
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.load_verify_locations(certificate)
    context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    return context
