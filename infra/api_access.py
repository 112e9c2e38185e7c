"""Say how the API is reached and whom it believes: hosts, TLS, gateway, OIDC provider.

| environment                     | quipu.toml              | meaning                              |
|---------------------------------|-------------------------|--------------------------------------|
| `QUIPU_API_HOSTS`               | api_hosts               | names under which it is asked, A,B   |
| `QUIPU_API_URL`                 | api_url                 | its address as people type it        |
| `QUIPU_API_CERT_FILE`           | api_cert_file           | TLS: certificate chain, PEM          |
| `QUIPU_API_KEY_FILE`            | api_key_file            | TLS: private key, PEM                |
| `QUIPU_API_CLIENT_CA_FILE`      | api_client_ca_file      | CA of the gateway's certificate      |
| `QUIPU_API_GATEWAY_SECRET_FILE` | api_gateway_secret_file | secret that the gateway shows        |
| `QUIPU_OIDC_ISSUER`             | oidc_issuer             | the provider's address               |
| `QUIPU_OIDC_CLIENT_ID`          | oidc_client_id          | as the provider knows this API       |
| `QUIPU_OIDC_CLIENT_SECRET_FILE` | oidc_client_secret_file | the secret of this client            |
| `QUIPU_OIDC_CLAIMS_FILE`        | oidc_claims_file        | TOML: what claims mean here          |

Files are named by path, from the data folder where the path is relative. Without TLS the API
listens on the loopback interface only: no password crosses a network in clear.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

LOOPBACK_HOSTS = frozenset({"localhost", "127.0.0.1", "::1"})
_FILES = (
    "api_cert_file",
    "api_key_file",
    "api_client_ca_file",
    "api_gateway_secret_file",
    "oidc_client_secret_file",
    "oidc_claims_file",
)


@dataclass(frozen=True)
class ApiAccess:
    """Hold how the API is reached and whom it believes; None: not configured.

    `hosts`: names besides those of the loopback interface; `url`: without a slash at its end.
    """

    hosts: tuple[str, ...] = ()
    url: str | None = None
    cert_file: Path | None = None
    key_file: Path | None = None
    client_ca_file: Path | None = None
    gateway_secret_file: Path | None = None
    oidc_issuer: str | None = None
    oidc_client_id: str | None = None
    oidc_client_secret_file: Path | None = None
    oidc_claims_file: Path | None = None

    @classmethod
    def read(cls, text: Callable[[str], str | None], home: Path) -> ApiAccess:
        """Read the settings. `text` gives the value of a key. Raises ValueError with the reason."""
        files = {
            key.removeprefix("api_"): None if (path := text(key)) is None else _path(home, path)
            for key in _FILES
        }
        hosts = tuple(
            name.strip().lower() for name in (text("api_hosts") or "").split(",") if name.strip()
        )
        url = (text("api_url") or "").rstrip("/") or None
        return cls(
            hosts,
            url,
            **files,
            oidc_issuer=text("oidc_issuer"),
            oidc_client_id=text("oidc_client_id"),
        )._checked()

    @property
    def scheme(self) -> str:
        """The scheme of the API's own address: https where it has a certificate."""
        return "https" if self.cert_file else "http"

    @property
    def is_secure(self) -> bool:
        """Say whether people reach it by https: by its own certificate, or by a gateway's."""
        return self.cert_file is not None or (self.url or "").startswith("https://")

    @property
    def trusted_hosts(self) -> frozenset[str]:
        """Every name under which the API answers, without ports."""
        own = {urlsplit(self.url).hostname or ""} if self.url else set()
        return LOOPBACK_HOSTS | set(self.hosts) | own

    def may_listen(self, host: str) -> bool:
        """Say whether no password crosses a network in clear where the API listens on a host."""
        return host in LOOPBACK_HOSTS or self.cert_file is not None

    def environ(self) -> dict[str, str]:
        """Return the environment variables from which another process reads the same."""
        values = {
            "api_hosts": ",".join(self.hosts),
            **{key: getattr(self, key.removeprefix("api_")) for key in ("api_url", *_FILES)},
            "oidc_issuer": self.oidc_issuer,
            "oidc_client_id": self.oidc_client_id,
        }
        return {f"QUIPU_{key.upper()}": str(value) for key, value in values.items() if value}

    def _checked(self) -> ApiAccess:
        _together(api_cert_file=self.cert_file, api_key_file=self.key_file)
        if self.client_ca_file and not self.cert_file:
            raise ValueError("api_client_ca_file: api_cert_file = ∅")
        if self.oidc_issuer or self.oidc_client_id or self.oidc_claims_file:
            _together(
                oidc_issuer=self.oidc_issuer,
                oidc_client_id=self.oidc_client_id,
                oidc_claims_file=self.oidc_claims_file,
                api_url=self.url,
            )
        for key, url in (("api_url", self.url), ("oidc_issuer", self.oidc_issuer)):
            _check_url(key, url)
        return self


LOOPBACK_ACCESS = ApiAccess()
"""On the loopback interface, with accounts and tokens only."""


def is_private_way(url: str) -> bool:
    """Say whether nobody on the way can read along: https, or http on the loopback interface."""
    parts = urlsplit(url)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK_HOSTS)


def _together(**values: object) -> None:
    if any(values.values()) and not all(values.values()):
        missing = [key for key, value in values.items() if not value]
        raise ValueError(f"{', '.join(missing)} = ∅")


def _check_url(key: str, url: str | None) -> None:
    """Refuse an address that a password or code would cross in clear."""
    if url is not None and not is_private_way(url):
        raise ValueError(f"{key}: {url!r} ≠ https://…")


def _path(home: Path, text: str) -> Path:
    path = Path(text).expanduser()
    return path if path.is_absolute() else home / path
