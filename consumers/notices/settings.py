"""What a person wants to be notified of, and how. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from infra.errors import QuipuError
from schemas.i18n import UserMessage, _

SEVERITY_ORDER = ("low", "medium", "high")
LONGEST_ADDRESS = 254
_ADDRESS = re.compile(r"[\w.+'&~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,188}[A-Za-z0-9])?", re.ASCII)
"""What a mail's header cannot read otherwise: no encoded word, group, comment or route."""


class NoticeSettingsError(QuipuError):
    """Settings of notices cannot be as somebody wants them."""

    code = "NOTICE_SETTINGS"


class NoticeWay(StrEnum):
    """Say when somebody is notified: as it comes, once a day, or never."""

    NEVER = "never"
    AT_ONCE = "at_once"
    DIGEST = "digest"


@dataclass(frozen=True, slots=True)
class NoticeSettings:
    """What a person wants. Hours are local to the person's country, 0 to 23.

    `mail`: an address, or empty; `uses_webhook`: to the exchange's own webhook, too; `least`: the
    lowest severity; `quiet_from`, `quiet_until`: nothing is sent between them; equal hours mean
    never quiet; `since`: what came before is not sent (ms since 1970 UTC).
    """

    person: str
    way: NoticeWay = NoticeWay.NEVER
    mail: str = ""
    uses_webhook: bool = False
    least: str = "low"
    quiet_from: int = 0
    quiet_until: int = 0
    digest_hour: int = 7
    lang: str = "es"
    since: int = 0

    @property
    def channels(self) -> tuple[str, ...]:
        """The channels that are wanted: mail, webhook."""
        if self.way is NoticeWay.NEVER:
            return ()
        channels = (("mail", bool(self.mail)), ("webhook", self.uses_webhook))
        return tuple(name for name, is_wanted in channels if is_wanted)

    def is_quiet(self, hour: int) -> bool:
        """Say whether nothing is sent at this local hour."""
        begin, end = self.quiet_from, self.quiet_until
        return begin <= hour < end if begin <= end else not end <= hour < begin


def check_settings(settings: NoticeSettings) -> NoticeSettings:
    """Return the settings where each can be. Raises NoticeSettingsError."""
    is_address = len(settings.mail) <= LONGEST_ADDRESS and _ADDRESS.fullmatch(settings.mail)
    _require(
        not settings.mail or bool(is_address),
        _("`{mail}` is not one address of mail.", mail=settings.mail[:LONGEST_ADDRESS]),
        _("Write one address, such as ana.rojas@policia.example."),
    )
    _require(
        settings.least in SEVERITY_ORDER,
        _("`{severity}` is no severity.", severity=settings.least[:40]),
        _("Choose among: {names}.", names=", ".join(SEVERITY_ORDER)),
    )
    for hour in (settings.quiet_from, settings.quiet_until, settings.digest_hour):
        _require(
            0 <= hour <= 23,
            _("{hour} is no hour of the day.", hour=hour),
            _("Write a whole hour from 0 to 23."),
        )
    _require(
        settings.way is NoticeWay.NEVER or bool(settings.channels),
        _("Nothing says where to send notices."),
        _("Give an address of mail, or choose the webhook."),
    )
    return settings


def _require(holds: bool, message: UserMessage, remedy: UserMessage) -> None:
    if not holds:
        raise NoticeSettingsError(message, remedy)
