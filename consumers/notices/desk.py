"""Look what is new for whom, and send it: one look is a function of log, settings and clock.

A notice is noted in the file, then in the disclosure ledger, and only then sent. Where the process
dies in between, the next one continues: the message keeps its id, so a copy is dropped by the
receiver.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC
from typing import NamedTuple, Protocol

import structlog

from consumers.notices.decide import (
    HitNotice,
    NoticeHit,
    NoticeKind,
    PersonState,
    due_escalation,
    due_notice,
    is_time,
)
from consumers.notices.notice_words import notice_message
from consumers.notices.settings import NoticeSettings
from consumers.notices.state_file import NoticeState, WaitingMessage, read_state, write_state
from consumers.senders.message_senders import MessageNotSentError, MessageSender
from infra.settings import Settings
from schemas.model import Reader
from schemas.time_zones import zone_of

log = structlog.get_logger(__name__)

RETRY_MS = 60_000
"""After how long a channel that failed, or an address that was refused, is tried again."""
EVERY_RECEIVER = ""


class Subscriber(NamedTuple):
    """A person who wants notices, with the most that the account may see."""

    settings: NoticeSettings
    reader: Reader


class Escalation(NamedTuple):
    """Whom an authority's hits go to where nobody acknowledges them. `reader`: its duty desk."""

    reader: Reader
    mail: str
    after_ms: int
    lang: str

    @property
    def person(self) -> str:
        """Name who is notified, for the state and the ledger."""
        return self.reader.person


class NoticeSources(Protocol):
    """What a look asks. Each answer is what is released to the reader, and nothing else."""

    def hits(self, reader: Reader) -> Sequence[NoticeHit]:
        """Return the newest hits of the reader's authority that the reader may see."""

    def ended(self, reader: Reader, indicators: Collection[str]) -> Collection[str]:
        """Return those of these hits that do not hold for the reader any more."""

    def states(self) -> Mapping[str, PersonState]:
        """Return what the ledger says that was sent to each person."""

    def record(self, reader: Reader, notice: HitNotice) -> None:
        """Write into the ledger that a reader is notified. Raises LedgerUnavailableError."""


@dataclass(frozen=True, slots=True)
class NoticeChannels:
    """What sends. `mail`: makes the sender for an address; None: not configured."""

    mail: Callable[[str], MessageSender] | None
    webhook: MessageSender | None
    address: str

    def has(self, channel: str) -> bool:
        """Say whether a channel is configured: else nobody is notified through it."""
        return (self.mail if channel == "mail" else self.webhook) is not None


class NoticeDesk:
    """Notifies persons of what is new; not for two threads at once."""

    def __init__(
        self, settings: Settings, sources: NoticeSources, channels: NoticeChannels
    ) -> None:
        """Begin with what a former desk, or else the ledger, says was sent."""
        self._settings, self._sources, self._channels = settings, sources, channels
        self._state = read_state(settings) or NoticeState(sources.states())
        self._failed_at: dict[tuple[str, str], int] = {}

    def look(
        self, subscribers: Sequence[Subscriber], escalations: Sequence[Escalation], now: int
    ) -> int:
        """Notify of what is due, and try what waits; return how many notices were made."""
        count = 0
        for subscriber in subscribers:
            count += self._tell(subscriber, now)
        for escalation in escalations:
            count += self._escalate(escalation, now)
        self._deliver(now)
        return count

    @property
    def waiting(self) -> int:
        """How many messages no channel has taken yet."""
        return len(self._state.waiting)

    def _tell(self, subscriber: Subscriber, now: int) -> bool:
        settings, reader = subscriber
        state = self._state.persons.get(settings.person, PersonState())
        zone = zone_of(reader.country) or UTC
        receivers = [
            (name, settings.mail if name == "mail" else "")
            for name in settings.channels
            if self._channels.has(name)
        ]
        if not receivers or not is_time(settings, state, now, zone):
            return False
        hits = self._sources.hits(reader)
        alive = {hit.indicator for hit in hits}
        ended = self._sources.ended(reader, state.hits.keys() - alive - state.ended)
        notice = due_notice(settings, hits, ended, state, now, zone)
        if notice is None:
            return False
        self._note(notice, reader, receivers, settings.lang)
        return True

    def _escalate(self, escalation: Escalation, now: int) -> bool:
        reader = escalation.reader
        if not self._channels.has("mail"):
            return False
        state = self._state.persons.get(escalation.person, PersonState())
        hits = self._sources.hits(reader)
        notice = due_escalation(escalation.person, hits, state, escalation.after_ms, now)
        if notice is None:
            return False
        self._note(notice, reader, [("mail", escalation.mail)], escalation.lang)
        return True

    def _note(
        self, notice: HitNotice, reader: Reader, receivers: Sequence[tuple[str, str]], lang: str
    ) -> None:
        """Note a notice in the ledger, and that it waits. Raises LedgerUnavailableError.

        The ledger comes first. A process that dies before the file is written makes the same
        notice again.
        """
        self._sources.record(reader, notice)
        message = notice_message(notice, lang, self._channels.address)
        state = self._state.persons.get(notice.person, PersonState()).after(notice)
        waiting = [WaitingMessage(channel, address, message) for channel, address in receivers]
        self._state = NoticeState(
            {**self._state.persons, notice.person: state}, [*self._state.waiting, *waiting]
        )
        write_state(self._settings, self._state)

    def _deliver(self, now: int) -> None:
        """Try what waits, in its order; what fails is left alone for a while.

        That is the channel, or an address alone where the server refuses it: no person's address
        keeps the messages of others back.
        """
        if not self._state.waiting:
            return
        self._failed_at = {
            place: at for place, at in self._failed_at.items() if now - at < RETRY_MS
        }
        left = []
        for waiting in self._state.waiting:
            places = [(waiting.channel, name) for name in (EVERY_RECEIVER, waiting.receiver)]
            if any(place in self._failed_at for place in places):
                left.append(waiting)
                continue
            try:
                self._sender_of(waiting).send(waiting.message)
                log.info("notice_sent", channel=waiting.channel, notice=waiting.message.id)
            except MessageNotSentError as error:
                place = waiting.receiver if error.is_refused else EVERY_RECEIVER
                self._failed_at[waiting.channel, place] = now
                left.append(waiting)
                log.warning("notice_not_sent", channel=waiting.channel, reason=str(error))
        self._state = NoticeState(self._state.persons, left).without_old(now)
        write_state(self._settings, self._state)

    def _sender_of(self, waiting: WaitingMessage) -> MessageSender:
        """Return what sends it. Raises MessageNotSentError where nothing is configured."""
        if waiting.channel == "mail" and self._channels.mail is not None:
            return self._channels.mail(waiting.receiver)
        if waiting.channel == "webhook" and self._channels.webhook is not None:
            return self._channels.webhook
        raise MessageNotSentError(f"{waiting.channel}: not configured")


def questions_of(notice: HitNotice) -> list[str]:
    """Return how the ledger names the parts of a notice."""
    if notice.kind is NoticeKind.ESCALATION:
        return ["notice escalated"]
    return [
        name for name, shown in (("notice", notice.hits), ("notice ended", notice.ended)) if shown
    ]
