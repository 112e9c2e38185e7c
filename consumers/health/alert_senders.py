"""Make a message of an alert, and send it to each receiver that is configured.

A message names parts, codes and nodes; it holds no content of a record, no name of a person, and
no reason that somebody wrote.
"""

from __future__ import annotations

import socket
from datetime import UTC, datetime

from consumers.health.alerts import Alert, AlertKind
from consumers.health.finding_texts import DEGREE_NAMES
from consumers.health.json_report import LEVELS
from consumers.senders.message_senders import (
    MailSender,
    MessageSender,
    OutgoingMessage,
    WebhookSender,
)
from infra.alert_access import AlertAccess
from schemas.i18n import UserMessage, _

_TITLES: dict[AlertKind, UserMessage] = {
    AlertKind.OPENED: _("{degree}: {message}"),
    AlertKind.REPEATED: _("still {degree}: {message}"),
    AlertKind.ACKNOWLEDGED: _("somebody knows it: {message}"),
    AlertKind.RESOLVED: _("over: {message}"),
}


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


class AlertSender:
    """Sends alerts in one language through a channel."""

    def __init__(self, sender: MessageSender, lang: str) -> None:
        """`lang`: of the text, es or en."""
        self.name = sender.name
        self._sender, self._lang = sender, lang

    def send(self, alert: Alert) -> None:
        """Send the alert. Raises MessageNotSentError."""
        self._sender.send(alert_message(alert, self._lang))


def alert_message(alert: Alert, lang: str) -> OutgoingMessage:
    """Return an alert as a message."""
    return OutgoingMessage(
        alert.id,
        alert_title(alert, lang),
        alert_lines(alert, lang),
        webhook_content(alert),
        alert.at,
    )


def make_senders(access: AlertAccess, lang: str) -> list[AlertSender]:
    """Return a sender for each receiver that is configured."""
    senders: list[MessageSender] = []
    if access.webhook is not None:
        senders.append(WebhookSender(access, access.webhook))
    if access.mail_to:
        senders.append(MailSender(access, access.mail_to))
    return [AlertSender(sender, lang) for sender in senders]


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
