"""Send alerts out: to a webhook over HTTP, and by mail. Both are one interface.

A message names parts, codes and nodes; it holds no content of a record, no name of a person, and
no reason that somebody wrote.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import smtplib
import socket
import ssl
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Protocol

import httpx

from consumers.health.alerts import Alert, AlertKind
from consumers.health.finding_texts import DEGREE_NAMES
from consumers.health.json_report import LEVELS
from infra.alert_access import AlertAccess
from schemas.i18n import UserMessage, _

TIMEOUT_S = 10.0
SIGNATURE_HEADER = "X-Quipu-Signature"
"""Of the body: `sha256=` and its HMAC with the secret that both sides know."""
_TITLES: dict[AlertKind, UserMessage] = {
    AlertKind.OPENED: _("{degree}: {message}"),
    AlertKind.REPEATED: _("still {degree}: {message}"),
    AlertKind.ACKNOWLEDGED: _("somebody knows it: {message}"),
    AlertKind.RESOLVED: _("over: {message}"),
}


class AlertSender(Protocol):
    """Send one alert, or raise AlertNotSentError."""

    name: str

    def send(self, alert: Alert) -> None:
        """Send the alert. Raises AlertNotSentError."""


class AlertNotSentError(Exception):
    """A receiver did not take an alert; it is sent again later."""


def alert_title(alert: Alert, lang: str) -> str:
    """Say an alert in one line."""
    return (
        _TITLES[alert.kind]
        .with_values(degree=DEGREE_NAMES[alert.degree], message=alert.message)
        .in_language(lang)
    )


def alert_lines(alert: Alert, lang: str) -> list[str]:
    """Say an alert in full: what, since when, what to do, and which machine says so."""
    since = datetime.fromtimestamp(alert.since_at / 1000, UTC)
    lines = [
        alert_title(alert, lang),
        _("Since {moment} UTC.", moment=f"{since:%Y-%m-%d %H:%M:%S}").in_language(lang),
    ]
    if alert.remedy is not None:
        lines.append(_("What to do: {remedy}", remedy=alert.remedy).in_language(lang))
    lines.append(
        _(
            "Part: {subject}. Seen by {machine}. See all: quipu health.",
            subject=alert.subject,
            machine=socket.gethostname(),
        ).in_language(lang)
    )
    return lines


class WebhookSender:
    """Posts JSON to an address; with a secret, signs the body."""

    name = "webhook"

    def __init__(self, access: AlertAccess, url: str) -> None:
        """`url`: https, or http on the loopback interface."""
        self._url, self._access = url, access

    def send(self, alert: Alert) -> None:
        """Post the alert. Raises AlertNotSentError where the answer is no success."""
        body = json.dumps(webhook_content(alert), ensure_ascii=False).encode()
        headers = {"Content-Type": "application/json"}
        try:
            secret = _secret(self._access.webhook_secret_file)
            if secret:
                digest = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
                headers[SIGNATURE_HEADER] = f"sha256={digest}"
            answer = httpx.post(
                self._url,
                content=body,
                headers=headers,
                timeout=TIMEOUT_S,
                verify=_tls(self._access.ca_file),
            )
        except (httpx.HTTPError, OSError, ValueError) as error:
            raise AlertNotSentError(f"webhook: {type(error).__name__}") from error
        if not answer.is_success:
            raise AlertNotSentError(f"webhook: HTTP {answer.status_code}")


class MailSender:
    """Sends mail by SMTP, protected by TLS except on the loopback interface."""

    name = "mail"

    def __init__(self, access: AlertAccess, lang: str) -> None:
        """`lang`: of the text, es or en."""
        self._access, self._lang = access, lang

    def send(self, alert: Alert) -> None:
        """Hand the mail to the server. Raises AlertNotSentError."""
        try:
            with self._connected() as server:
                server.send_message(self._message(alert))
        except (smtplib.SMTPException, OSError, ValueError) as error:
            raise AlertNotSentError(f"mail: {type(error).__name__}") from error

    def _connected(self) -> smtplib.SMTP:
        access = self._access
        context = _tls(access.ca_file)
        server: smtplib.SMTP
        if access.smtp_tls == "tls":
            server = smtplib.SMTP_SSL(
                access.smtp_host, access.smtp_port, timeout=TIMEOUT_S, context=context
            )
        else:
            server = smtplib.SMTP(access.smtp_host, access.smtp_port, timeout=TIMEOUT_S)
        if access.smtp_tls == "starttls":
            server.starttls(context=context)
        if access.smtp_user:
            server.login(access.smtp_user, _secret(access.smtp_password_file))
        return server

    def _message(self, alert: Alert) -> EmailMessage:
        message = EmailMessage()
        title = " ".join(alert_title(alert, self._lang).split())  # a name may hold a line break
        message["Subject"] = f"[Quipu] {title}"[:200]
        message["From"] = self._access.mail_from or ""
        message["To"] = ", ".join(self._access.mail_to)
        message["Date"] = format_datetime(datetime.fromtimestamp(alert.at / 1000, UTC))
        message["Message-ID"] = f"<{alert.id}@quipu.invalid>"
        message.set_content("\n".join(alert_lines(alert, self._lang)) + "\n")
        return message


def make_senders(access: AlertAccess, lang: str) -> list[AlertSender]:
    """Return a sender for each receiver that is configured."""
    senders: list[AlertSender] = []
    if access.webhook is not None:
        senders.append(WebhookSender(access, access.webhook))
    if access.mail_to:
        senders.append(MailSender(access, lang))
    return senders


def webhook_content(alert: Alert) -> dict[str, object]:
    """Return what a webhook receives; `version` rises when a field changes its meaning."""
    return {
        "version": 1,
        "id": alert.id,
        "kind": alert.kind,
        "degree": LEVELS[alert.degree],
        "subject": alert.subject,
        "finding": alert.key,
        "message": {lang: alert_title(alert, lang) for lang in ("es", "en")},
        "remedy": None
        if alert.remedy is None
        else {lang: alert.remedy.in_language(lang) for lang in ("es", "en")},
        "since_at": alert.since_at,
        "at": alert.at,
        "machine": socket.gethostname(),
    }


def _secret(path: Path | None) -> str:
    """Read a secret of one line; empty where none is configured. Raises OSError, ValueError."""
    return "" if path is None else path.read_text(encoding="utf-8").strip()


def _tls(ca_file: Path | None) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=None if ca_file is None else str(ca_file))
