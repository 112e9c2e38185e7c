"""A person's address of mail is that address alone, whatever the person writes.

Who may choose an address must not add receivers, headers or another way to a notice.
"""

from __future__ import annotations

from email import message_from_bytes
from email.policy import SMTP
from email.utils import getaddresses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consumers.notices.settings import (
    NoticeSettings,
    NoticeSettingsError,
    NoticeWay,
    check_settings,
)
from consumers.senders.message_senders import MailSender, OutgoingMessage
from infra.alert_access import AlertAccess

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
