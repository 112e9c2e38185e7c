"""Look for notices again and again, in a thread of the process that sends hits.

That process works once in the exchange, so nobody is notified by two. Where its machine has no
accounts, only alternate contacts are notified. A look that fails is repeated, and stops no hit.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack, closing
from dataclasses import replace
from threading import Event, Thread

import structlog

from consumers.hits.decide import Owner
from consumers.identity.account import AccountState
from consumers.identity.identity import open_identity
from consumers.identity.store import STORE_NAME
from consumers.ledger.writer import DisclosureLedger
from consumers.notices.desk import Escalation, NoticeChannels, NoticeDesk, Subscriber
from consumers.notices.settings_store import NoticeSettingsStore
from consumers.notices.store_sources import StoreSources
from consumers.query.query_layer import QueryLayer
from consumers.runtime.serving_config import ServingConfig
from consumers.senders.message_senders import MailSender, WebhookSender
from infra.clickhouse.client import connect
from infra.clickhouse.migrations import database_of
from infra.clickhouse.users import StoreUser
from infra.clock import now_ms
from infra.keys.keyring import load_mechanism_keys
from infra.settings import Settings
from schemas.exchange_config import Contact
from schemas.release.rules import EMBEDDED_PURPOSE

log = structlog.get_logger(__name__)

EVERY_S = 10.0
MINUTE_MS = 60_000
JOIN_S = 15.0


class NoticeThread:
    """Notifies persons as long as it is open. `config` is what holds now; replace it at will."""

    def __init__(self, settings: Settings, config: ServingConfig) -> None:
        """`config`: with the generation that serves."""
        self.config = config
        self._settings = settings
        self._stop = Event()
        self._thread = Thread(target=self._run, name="notices", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """End the thread after the message that is under way."""
        self._stop.set()
        self._thread.join(JOIN_S)

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                self._look_until_a_fault()
            except Exception as error:  # noqa: BLE001 - a fault of notices stops no hit
                log.warning("notices_interrupted", error=repr(error), consequence="tried again")
            self._stop.wait(EVERY_S)

    def _look_until_a_fault(self) -> None:
        settings = self._settings
        with ExitStack() as stack:
            ledger = stack.enter_context(closing(DisclosureLedger(settings)))
            database = database_of(self.config.generation)
            client = connect(settings, StoreUser.READER, database)
            stack.callback(client.disconnect)
            secret = load_mechanism_keys(settings).thing_secret
            sources = StoreSources(
                client,
                lambda: QueryLayer(client, self.config, secret),
                ledger,
            )
            desk = NoticeDesk(settings, sources, notice_channels(settings))
            while not self._stop.is_set():
                desk.look(subscribers(settings), escalations(self.config, settings.lang), now_ms())
                self._stop.wait(EVERY_S)


def notice_channels(settings: Settings) -> NoticeChannels:
    """Return the channels of alerts, which carry notices too."""
    access = settings.alert_access
    return NoticeChannels(
        None if access.smtp is None else lambda address: MailSender(access, [address]),
        None if access.webhook is None else WebhookSender(access, access.webhook),
        settings.api_access.url or f"http://{settings.api_host}:{settings.api_port}",
    )


def subscribers(settings: Settings) -> list[Subscriber]:
    """Return who wants notices and may sign in, each with what the account may see."""
    if not (settings.access_dir / STORE_NAME).exists():
        return []
    with open_identity(settings) as identity:
        accounts = {account.name: account for account in identity.accounts.all()}
        chosen = NoticeSettingsStore(identity.store).every()
    return [
        Subscriber(choice, account.reader(EMBEDDED_PURPOSE))
        for choice in chosen
        if choice.channels
        and (account := accounts.get(choice.person)) is not None
        and account.state is AccountState.ACTIVE
    ]


def escalations(config: ServingConfig, lang: str) -> list[Escalation]:
    """Return the alternate contacts that config names for authorities."""
    return list(_escalations(config.contacts.values(), lang))


def _escalations(contacts: Iterable[Contact], lang: str) -> Iterable[Escalation]:
    for contact in contacts:
        if contact.alternate_mail and contact.escalate_after_minutes:
            desk = Owner(contact.country, contact.authority, None).reader
            name = f"alternate of {contact.country}/{contact.authority}"
            yield Escalation(
                replace(desk, person=name),
                contact.alternate_mail,
                contact.escalate_after_minutes * MINUTE_MS,
                lang,
            )
