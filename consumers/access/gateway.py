"""Believe the identity headers of a gateway that proves itself, and of nobody else.

A gateway signs people in and says who asks: `X-Quipu-Reader: CO/analyst/AMBER`, and if it likes
`X-Quipu-Person`, `X-Quipu-Groups`, `X-Quipu-Exercise`. It proves itself by the secret of
`api_gateway_secret_file` in `X-Quipu-Gateway`, or by a certificate of `api_client_ca_file`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from consumers.identity.account import UserAccount
from consumers.identity.secret_tokens import same
from infra.api_access import ApiAccess
from infra.errors import QuipuError
from infra.keys.credentials import read_password
from schemas.i18n import _
from schemas.release.reader_text import parse_reader

SECRET_HEADER = "x-quipu-gateway"  # noqa: S105 - the header's name
READER, PERSON, GROUPS, EXERCISE = (
    f"x-quipu-{name}" for name in ("reader", "person", "groups", "exercise")
)
IDENTITY_HEADERS = frozenset({SECRET_HEADER, READER, PERSON, GROUPS})
MIN_SECRET = 32
CERTIFICATE_KEY = "client_certificate"
"""Where the server puts the subject of a client's certificate: in the state of the request."""


class GatewayRefusedError(QuipuError):
    """Identity headers came from one who does not prove to be the gateway."""

    code = "GATEWAY"


class Gateway:
    """The gateway that is configured, if any."""

    def __init__(self, access: ApiAccess) -> None:
        """Keep the settings; the secret is read when it is first needed."""
        self._access = access

    def account(self, headers: Mapping[str, str], certificate: str | None) -> UserAccount | None:
        """Return whom the gateway names; None where no header says anything of identity.

        `certificate`: subject of the client's verified certificate. Raises GatewayRefusedError
        where the headers are not the gateway's, ReaderRefusedError where they name nobody.
        """
        if IDENTITY_HEADERS.isdisjoint(headers):
            return None
        if not self._proves_itself(headers, certificate):
            raise GatewayRefusedError(
                _("Headers say who asks, but they do not come from the gateway."),
                _("Sign in on the page, or send a token: Authorization: Bearer …"),
            )
        if READER not in headers:
            return None
        reader = parse_reader(headers[READER])
        exercise = headers.get(EXERCISE)
        return UserAccount(
            headers.get(PERSON) or reader.person,
            reader.country,
            reader.authority,
            reader.roles,
            reader.clearance,
            frozenset(part.strip() for part in headers.get(GROUPS, "").split(",") if part.strip()),
            frozenset({exercise} if exercise else ()),
        )

    def _proves_itself(self, headers: Mapping[str, str], certificate: str | None) -> bool:
        if certificate is not None and self._access.client_ca_file is not None:
            return True
        secret = self._secret
        return secret is not None and same(headers.get(SECRET_HEADER, ""), secret)

    @cached_property
    def _secret(self) -> str | None:
        path = self._access.gateway_secret_file
        if path is None:
            return None
        secret = read_password(path)
        if len(secret) < MIN_SECRET:
            raise GatewayRefusedError(
                _("The gateway's secret in {path} is too short.", path=path),
                _("Write {least} random letters or more into it.", least=MIN_SECRET),
            )
        return secret
