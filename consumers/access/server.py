"""Let uvicorn speak TLS, and tell the gate of a client's verified certificate."""

from __future__ import annotations

import asyncio
import ssl
from typing import Any

from consumers.access.gateway import CERTIFICATE_KEY
from infra.api_access import ApiAccess
from infra.web_connections import SERVER_OPTIONS, BoundedProtocol

CIPHERS = "ECDHE+AESGCM:ECDHE+CHACHA20"
"""Of TLS 1.2: authenticated, with forward secrecy. TLS 1.3 has no others."""


class CertifiedProtocol(BoundedProtocol):
    """HTTP whose requests carry the subject of the client's verified certificate."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Keep the subject of the certificate for every request of the connection."""
        super().connection_made(transport)
        tls = transport.get_extra_info("ssl_object")
        certificate = tls.getpeercert() if tls is not None else None
        if certificate:
            subject = ", ".join(f"{key}={value}" for ((key, value),) in certificate["subject"])
            self.app_state = {**self.app_state, CERTIFICATE_KEY: subject}


def server_options(access: ApiAccess) -> dict[str, Any]:
    """Return what uvicorn needs, for TLS too where a certificate is configured.

    A client's certificate is requested where a CA is configured, and is verified if it is given:
    programs with tokens need none.
    """
    options = dict(SERVER_OPTIONS)
    if access.cert_file is not None:
        options |= {
            "ssl_certfile": str(access.cert_file),
            "ssl_keyfile": str(access.key_file),
            "ssl_ciphers": CIPHERS,
        }
    if access.client_ca_file is not None:
        options |= {
            "ssl_ca_certs": str(access.client_ca_file),
            "ssl_cert_reqs": ssl.CERT_OPTIONAL,
            "http": CertifiedProtocol,
        }
    return options
