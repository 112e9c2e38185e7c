"""Attacks on notices, by a person who may choose an address and by who answers at one.

Who may choose an address must not add receivers, headers or another way to a notice, and must not
keep the notices of others back. What receives notices must not hold up who sends them.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from email import message_from_bytes
from email.policy import SMTP
from email.utils import getaddresses
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consumers.notices.decide import HitNotice, NoticeHit, PersonState
from consumers.notices.desk import RETRY_MS, NoticeChannels, NoticeDesk, Subscriber
from consumers.notices.settings import (
    NoticeSettings,
    NoticeSettingsError,
    NoticeWay,
    check_settings,
)
from consumers.senders.message_senders import (
    TIMEOUT_S,
    MailSender,
    OutgoingMessage,
    WebhookSender,
)
from infra.alert_access import AlertAccess
from infra.settings import Settings
from schemas.model import Reader
from tests.support.certificates import TestAuthority
from tests.support.message_servers import mail_server, webhook_server

NOW = 1_800_000_000_000
READER = Reader("ana", "CO", "PONAL", purpose="investigation")
MESSAGE = OutgoingMessage("1", "One hit\r\nBcc: b@x.example", ["A line"], {}, 1_540_000_000_000)
SENDER = "quipu@mec.example"
HOSTILE = (
    "=?utf-8?q?b=40x.example=2C?=@a.example",
    "a@a.example\r\nBcc: b@x.example",
    "a@a.example, b@x.example",
    "group:b@x.example",
    "(b@x.example)a@a.example",
    "b%x.example@a.example",
    "x.example!b@a.example",
    "a\x00b@a.example",
    "\u202ea@a.example",
    '"b@x.example"@a.example',
)


class OneHit:
    """What the store and the ledger would say: one hit for everybody."""

    def hits(self, reader: Reader) -> Sequence[NoticeHit]:
        return [NoticeHit(NOW, "a", "high", "AMBER", sentence={"es": "x", "en": "x"})]

    def ended(self, reader: Reader, indicators: Collection[str]) -> Collection[str]:
        return ()

    def states(self) -> Mapping[str, PersonState]:
        return {}

    def record(self, reader: Reader, notice: HitNotice) -> None:
        """Take the notice as one that the ledger has."""


def chosen(address: str) -> bool:
    """Whether somebody may choose this address."""
    try:
        check_settings(NoticeSettings("ana", NoticeWay.AT_ONCE, address))
    except NoticeSettingsError:
        return False
    return True


def receivers(address: str) -> list[str]:
    """To whom a mail to this address goes, by its envelope and as its readers see it."""
    mail = MailSender(AlertAccess(mail_from=SENDER), [address])._mail(MESSAGE)
    assert set(mail.keys()) == {
        *("Subject", "From", "To", "Date", "Message-ID"),
        *("Content-Type", "Content-Transfer-Encoding", "MIME-Version"),
    }
    read = message_from_bytes(mail.as_bytes(policy=SMTP), policy=SMTP)
    shown = [known.addr_spec for known in read["To"].addresses]
    return [*(own for _name, own in getaddresses([str(mail["To"])])), *shown]


@pytest.mark.parametrize("address", HOSTILE)
def test_what_could_mean_another_receiver_is_refused(address: str) -> None:
    assert not chosen(address)


@pytest.mark.parametrize(
    "address", ["ana.rojas@policia.example", "o'neill+quipu@a-b.example", "A_1@x.example"]
)
def test_an_ordinary_address_is_taken(address: str) -> None:
    assert chosen(address)


@given(st.text(max_size=40) | st.from_regex(r"[!-~]{1,20}@[a-z.]{1,9}", fullmatch=True))
def test_a_mail_goes_to_the_address_that_was_chosen_and_to_nobody_else(address: str) -> None:
    if address and chosen(address):
        assert receivers(address) == [address, address]


def test_an_address_that_the_server_refuses_keeps_no_notice_from_others(tmp_path: Path) -> None:
    """One refusal stopped the mail of everybody for as long as the message was tried, three days."""
    authority = TestAuthority(tmp_path, "ca")
    mallory, ana = "mallory@policia.example", "ana@policia.example"
    subscribers = [
        Subscriber(NoticeSettings(mail[:3], NoticeWay.AT_ONCE, mail), replace(READER, person=mail))
        for mail in (mallory, ana)
    ]
    with mail_server(authority) as (port, received):
        received.refused = mallory
        access = AlertAccess(mail_from=SENDER, smtp=f"127.0.0.1:{port}", ca_file=authority.file)
        channels = NoticeChannels(
            lambda mail: MailSender(access, [mail]), None, "https://q.example"
        )
        desk = NoticeDesk(Settings(home=tmp_path), OneHit(), channels)
        for now in (NOW, NOW + RETRY_MS - 1, NOW + RETRY_MS):
            desk.look(subscribers, [], now)
        assert len(received.bodies) == 1, "Ana has hers, at once and once"
        tries = [line for line in received.commands if f"TO:<{mallory}>" in line]
        assert len(tries) == 2, "the refused one is tried again, once a minute"
        assert desk.waiting == 1


def test_a_receiver_whose_answer_does_not_end_holds_nobody_up() -> None:
    with webhook_server(None) as (url, received):
        received.is_endless = True
        began = time.monotonic()
        WebhookSender(AlertAccess(webhook=url), url).send(MESSAGE)
        received.is_endless = False
    assert time.monotonic() - began < TIMEOUT_S
    assert len(received.bodies) == 1
