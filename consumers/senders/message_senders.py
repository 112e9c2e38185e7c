"""Send a message out: to a webhook over HTTP, or by mail. Both are one interface.

Alerts to operators and notices to persons go this way. Who makes the message answers for what is
in it: a channel carries it as it is.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import smtplib
import ssl
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Protocol

import httpx

from infra.alert_access import AlertAccess

TIMEOUT_S = 10.0
_REFUSED = frozenset({400, 413, 422})
"""What a webhook answers to a message that it will never take."""
LONGEST_SUBJECT = 200
SIGNATURE_HEADER = "X-Quipu-Signature"
"""Of the body: `sha256=` and its HMAC with the secret that both sides know."""


@dataclass(frozen=True, slots=True)
class OutgoingMessage:
    """A message. `id`: the same however often it is sent, so that a receiver drops copies.

    `subject`, `lines`: for people; `content`: for programs, written as JSON; `at`: ms since 1970
    UTC.
    """

    id: str
    subject: str
    lines: Sequence[str]
    content: Mapping[str, object]
    at: int


class MessageSender(Protocol):
    """Send one message, or raise MessageNotSentError."""

    name: str

    def send(self, message: OutgoingMessage) -> None:
        """Send the message. Raises MessageNotSentError."""


class MessageNotSentError(Exception):
    """A receiver did not take a message; it is sent again later.

    `is_refused`: it refused this message or this address, so it may take others.
    """

    def __init__(self, reason: str, *, is_refused: bool = False) -> None:
        """Say why; `is_refused` where others may be taken."""
        super().__init__(reason)
        self.is_refused = is_refused


class WebhookSender:
    """Posts JSON to an address; with a secret, signs the body."""

    name = "webhook"

    def __init__(self, access: AlertAccess, url: str) -> None:
        """`url`: https, or http on the loopback interface."""
        self._url, self._access = url, access

    def send(self, message: OutgoingMessage) -> None:
        """Post the message. Raises MessageNotSentError where the answer is no success."""
        body = json.dumps(message.content, ensure_ascii=False).encode()
        headers = {"Content-Type": "application/json"}
        try:
            secret = _secret(self._access.webhook_secret_file)
            if secret:
                digest = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
                headers[SIGNATURE_HEADER] = f"sha256={digest}"
            with httpx.stream(
                "POST",
                self._url,
                content=body,
                headers=headers,
                timeout=TIMEOUT_S,
                verify=_tls(self._access.ca_file),
            ) as answer:  # its body may be of any length, and is not read
                status = answer.status_code
        except (httpx.HTTPError, OSError, ValueError) as error:
            raise MessageNotSentError(f"webhook: {type(error).__name__}") from error
        if not httpx.codes.is_success(status):
            raise MessageNotSentError(f"webhook: HTTP {status}", is_refused=status in _REFUSED)


class MailSender:
    """Sends mail by SMTP, protected by TLS except on the loopback interface."""

    name = "mail"

    def __init__(self, access: AlertAccess, receivers: Sequence[str]) -> None:
        """`access`: the mail server; `receivers`: addresses."""
        self._access, self._receivers = access, receivers

    def send(self, message: OutgoingMessage) -> None:
        """Hand the mail to the server. Raises MessageNotSentError."""
        try:
            mail = self._mail(message)
        except ValueError as error:
            raise MessageNotSentError(f"mail: {type(error).__name__}", is_refused=True) from error
        try:
            with self._connected() as server:
                server.send_message(mail)
        except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError) as error:
            raise MessageNotSentError(f"mail: {type(error).__name__}", is_refused=True) from error
        except (smtplib.SMTPException, OSError, ValueError) as error:
            raise MessageNotSentError(f"mail: {type(error).__name__}") from error

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

    def _mail(self, message: OutgoingMessage) -> EmailMessage:
        mail = EmailMessage()
        subject = " ".join(message.subject.split())  # a name may hold a line break
        mail["Subject"] = f"[Quipu] {subject}"[:LONGEST_SUBJECT]
        mail["From"] = self._access.mail_from or ""
        mail["To"] = ", ".join(self._receivers)
        mail["Date"] = format_datetime(datetime.fromtimestamp(message.at / 1000, UTC))
        mail["Message-ID"] = f"<{message.id}@quipu.invalid>"
        mail.set_content("\n".join(message.lines) + "\n")
        return mail


def _secret(path: Path | None) -> str:
    """Read a secret of one line; empty where none is configured. Raises OSError, ValueError."""
    return "" if path is None else path.read_text(encoding="utf-8").strip()


def _tls(ca_file: Path | None) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=None if ca_file is None else str(ca_file))
