"""Say where alerts go: a webhook, mail, or both; nobody where nothing is configured.

Secrets are named by the path of their file. Nothing leaves this machine in clear: without TLS a
receiver is on the loopback interface.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from infra.api_access import LOOPBACK_HOSTS, is_private_way

_FILES = ("alert_webhook_secret_file", "alert_smtp_password_file", "alert_ca_file")
_TEXTS = (
    "alert_webhook",
    "alert_mail_to",
    "alert_mail_from",
    "alert_smtp",
    "alert_smtp_tls",
    "alert_smtp_user",
    "alert_degree",
    "alert_repeat_minutes",
)
_MOST_MINUTES = 7 * 24 * 60


@dataclass(frozen=True)
class AlertAccess:
    """Hold where alerts go, and how; None: not configured.

    `smtp`: host:port; `smtp_tls`: tls, starttls or none; `degree`: the least that is sent, act_now
    or watch; `repeat_minutes`: after how long an alert that lasts is sent again.
    """

    webhook: str | None = None
    webhook_secret_file: Path | None = None
    mail_to: tuple[str, ...] = ()
    mail_from: str | None = None
    smtp: str | None = None
    smtp_tls: str = "starttls"
    smtp_user: str | None = None
    smtp_password_file: Path | None = None
    ca_file: Path | None = None
    degree: str = "act_now"
    repeat_minutes: int = 60

    @classmethod
    def read(cls, text: Callable[[str], str | None], home: Path) -> AlertAccess:
        """Read the settings. `text` gives the value of a key. Raises ValueError with the reason."""
        files = {
            key.removeprefix("alert_"): None if (path := text(key)) is None else home / path
            for key in _FILES
        }
        minutes = text("alert_repeat_minutes") or "60"
        if not minutes.isdecimal() or not 0 < int(minutes) <= _MOST_MINUTES:
            raise ValueError(f"alert_repeat_minutes: {minutes!r} ≠ 1…{_MOST_MINUTES}")
        receivers = (text("alert_mail_to") or "").split(",")
        return cls(
            webhook=text("alert_webhook"),
            **files,
            mail_to=tuple(address.strip() for address in receivers if address.strip()),
            mail_from=text("alert_mail_from"),
            smtp=text("alert_smtp"),
            smtp_tls=text("alert_smtp_tls") or "starttls",
            smtp_user=text("alert_smtp_user"),
            degree=text("alert_degree") or "act_now",
            repeat_minutes=int(minutes),
        )._checked()

    @property
    def smtp_host(self) -> str:
        """The host of the mail server; empty where none is configured."""
        return (self.smtp or "").rpartition(":")[0].strip("[]")

    @property
    def smtp_port(self) -> int:
        """The port of the mail server; 0 where none is configured."""
        return int((self.smtp or "0").rpartition(":")[2])

    def environ(self) -> dict[str, str]:
        """Return the environment variables from which another process reads the same."""
        values: dict[str, object] = {
            key: getattr(self, key.removeprefix("alert_")) for key in (*_TEXTS, *_FILES)
        }
        values["alert_mail_to"] = ",".join(self.mail_to)
        if self == NO_ALERTS:
            return {}
        return {f"QUIPU_{key.upper()}": str(value) for key, value in values.items() if value}

    def _checked(self) -> AlertAccess:
        if self.webhook is not None and not is_private_way(self.webhook):
            raise ValueError(f"alert_webhook: {self.webhook!r} ≠ https://…")
        if self.degree not in ("act_now", "watch"):
            raise ValueError(f"alert_degree: {self.degree!r} ∉ {{act_now, watch}}")
        if self.smtp_tls not in ("tls", "starttls", "none"):
            raise ValueError(f"alert_smtp_tls: {self.smtp_tls!r} ∉ {{tls, starttls, none}}")
        if self.mail_to or self.mail_from or self.smtp:
            self._check_mail()
        return self

    def _check_mail(self) -> None:
        values = {
            "alert_mail_to": self.mail_to,
            "alert_mail_from": self.mail_from,
            "alert_smtp": self.smtp,
        }
        missing = [key for key, value in values.items() if not value]
        if missing:
            raise ValueError(f"{', '.join(missing)} = ∅")
        if not (self.smtp or "").rpartition(":")[2].isdecimal() or not self.smtp_host:
            raise ValueError("alert_smtp ≠ host:port")
        if self.smtp_tls == "none" and self.smtp_host not in LOOPBACK_HOSTS:
            raise ValueError(f"alert_smtp_tls: none, {self.smtp_host}")
        if any(
            "\n" in address or "\r" in address for address in (*self.mail_to, self.mail_from or "")
        ):
            raise ValueError("alert_mail_to, alert_mail_from")


NO_ALERTS = AlertAccess()
"""Nobody is told anything; `quipu health` and the page show all."""
