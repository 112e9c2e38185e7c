"""A desk tells by mail what its channel may carry, notes it first, and goes on after a restart."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from uuid import UUID

import pytest

from consumers.identity.store import IdentityStore
from consumers.ledger.writer import LedgerUnavailableError
from consumers.notices.decide import (
    LEAST_GAP_MS,
    HitNotice,
    NewsKind,
    NoticeHit,
    NoticeKind,
    PersonState,
)
from consumers.notices.desk import (
    RETRY_MS,
    Escalation,
    NoticeChannels,
    NoticeDesk,
    Subscriber,
    questions_of,
)
from consumers.notices.settings import NoticeSettings, NoticeSettingsError, NoticeWay
from consumers.notices.settings_store import NoticeSettingsStore
from consumers.notices.state_file import NAME
from consumers.notices.store_sources import disclosed_notice
from consumers.senders.message_senders import (
    MailSender,
    MessageNotSentError,
    OutgoingMessage,
    WebhookSender,
)
from infra.alert_access import AlertAccess
from infra.settings import Settings
from schemas.i18n import _
from schemas.model import Reader
from tests.support.certificates import TestAuthority
from tests.support.message_servers import mail_server, webhook_server

START = 1_800_000_000_000
DAY = 86_400_000
SECRET = "Juan Quispe con una pistola"
ANA = Reader("ana.rojas", "CO", "PONAL", purpose="investigation")
WANTS = NoticeSettings("ana.rojas", NoticeWay.AT_ONCE, "ana@policia.example", lang="en")
DESK = replace(ANA, person="alternate of CO/PONAL")
ESCALATION = Escalation(DESK, "jefe@policia.example", 3_600_000, "es")


@dataclass
class MadeUpSources:
    """What the store and the ledger would say."""

    news: Sequence[NoticeHit] = ()
    over: frozenset[str] = frozenset()
    known: Mapping[str, PersonState] = field(default_factory=dict)
    recorded: list[tuple[str, HitNotice]] = field(default_factory=list)
    is_ledger_away: bool = False

    def hits(self, reader: Reader) -> Sequence[NoticeHit]:
        return self.news

    def ended(self, reader: Reader, indicators: Collection[str]) -> Collection[str]:
        return self.over & set(indicators)

    def states(self) -> Mapping[str, PersonState]:
        return self.known

    def record(self, reader: Reader, notice: HitNotice) -> None:
        if self.is_ledger_away:
            raise LedgerUnavailableError(_("away"), _("wait"))
        self.recorded.append((reader.person, notice))


class Outbox:
    """A channel that keeps what it is given, or refuses it."""

    name = "mail"

    def __init__(self) -> None:
        self.taken: list[tuple[str, OutgoingMessage]] = []
        self.is_refusing = False

    def to(self, address: str) -> OutboxTo:
        return OutboxTo(self, address)


@dataclass
class OutboxTo:
    """The channel for one address."""

    outbox: Outbox
    address: str
    name: str = "mail"

    def send(self, message: OutgoingMessage) -> None:
        if self.outbox.is_refusing:
            raise MessageNotSentError("refused")
        self.outbox.taken.append((self.address, message))


def hit(indicator: str = "a", at: int = START, tlp: str = "AMBER") -> NoticeHit:
    return NoticeHit(at, indicator, "high", tlp, sentence={"es": SECRET, "en": SECRET})


def desk(tmp_path: Path, sources: MadeUpSources, outbox: Outbox) -> NoticeDesk:
    channels = NoticeChannels(outbox.to, None, "https://quipu.example")
    return NoticeDesk(Settings(home=tmp_path), sources, channels)


def look(tested: NoticeDesk, now: int, wants: NoticeSettings = WANTS) -> int:
    return tested.look([Subscriber(wants, ANA)], [], now)


def test_a_restart_at_any_point_sends_each_message_once(tmp_path: Path) -> None:
    sources, outbox = MadeUpSources([hit()]), Outbox()
    assert look(desk(tmp_path, sources, outbox), START) == 1
    for later in (START + 1, START + LEAST_GAP_MS, START + 10 * LEAST_GAP_MS):
        assert look(desk(tmp_path, sources, outbox), later) == 0
    assert [address for address, _message in outbox.taken] == ["ana@policia.example"]
    assert len(sources.recorded) == 1


def test_what_a_server_refuses_is_sent_by_the_next_process(tmp_path: Path) -> None:
    sources, outbox = MadeUpSources([hit()]), Outbox()
    outbox.is_refusing = True
    first = desk(tmp_path, sources, outbox)
    look(first, START)
    outbox.is_refusing = False
    look(first, START + 1_000)
    assert outbox.taken == [] and first.waiting == 1, "a server that failed is left alone"
    look(desk(tmp_path, sources, outbox), START + RETRY_MS)
    assert len(outbox.taken) == 1 and len(sources.recorded) == 1


def test_what_the_ledger_cannot_record_is_not_sent(tmp_path: Path) -> None:
    sources, outbox = MadeUpSources([hit()], is_ledger_away=True), Outbox()
    with pytest.raises(LedgerUnavailableError):
        look(desk(tmp_path, sources, outbox), START)
    assert outbox.taken == []
    sources.is_ledger_away = False
    look(desk(tmp_path, sources, outbox), START + 1)
    assert len(outbox.taken) == 1


def test_a_desk_without_its_file_knows_from_the_ledger_what_was_told(tmp_path: Path) -> None:
    sources = MadeUpSources([hit(), hit("b")], known={"ana.rojas": PersonState({"a": START})})
    outbox = Outbox()
    (tmp_path / "health").mkdir()
    tested = desk(tmp_path, sources, outbox)
    look(tested, START)
    assert [[known.indicator for known in notice.hits] for _who, notice in sources.recorded] == [
        ["b"]
    ]
    (Settings(home=tmp_path).health_dir / NAME).write_text("{", encoding="utf-8")
    look(desk(tmp_path, sources, outbox), START + 2 * LEAST_GAP_MS)
    assert len(sources.recorded) == 2, "a damaged file counts as lost"


def test_an_unacknowledged_hit_goes_to_the_alternate_contact_in_time_and_once(
    tmp_path: Path,
) -> None:
    sources, outbox = MadeUpSources([hit("a"), replace(hit("b"), is_acknowledged=True)]), Outbox()
    early, late = START + ESCALATION.after_ms - 1, START + ESCALATION.after_ms
    assert desk(tmp_path, sources, outbox).look([], [ESCALATION], early) == 0
    for now in (late, late + 1, late + LEAST_GAP_MS):
        desk(tmp_path, sources, outbox).look([], [ESCALATION], now)
    ((address, message),) = outbox.taken
    assert address == "jefe@policia.example"
    assert "1" in message.subject and SECRET not in str(message)
    ((person, notice),) = sources.recorded
    assert (person, questions_of(notice)) == ("alternate of CO/PONAL", ["notice escalated"])


def test_nobody_is_notified_through_a_channel_that_is_not_there(tmp_path: Path) -> None:
    sources, channels = MadeUpSources([hit()]), NoticeChannels(None, None, "https://quipu.example")
    tested = NoticeDesk(Settings(home=tmp_path), sources, channels)
    assert tested.look([Subscriber(WANTS, ANA)], [ESCALATION], START + DAY) == 0
    assert (sources.recorded, tested.waiting) == ([], 0)
    look(desk(tmp_path, sources, Outbox()), START + DAY)
    assert len(sources.recorded) == 1, "once there is one, what came meanwhile is sent"


def test_the_ledger_names_what_is_new_and_what_is_over_apart(tmp_path: Path) -> None:
    sources, outbox = MadeUpSources([hit("a")]), Outbox()
    look(desk(tmp_path, sources, outbox), START)
    sources.news, sources.over = [hit("b", START + LEAST_GAP_MS)], frozenset({"a"})
    look(desk(tmp_path, sources, outbox), START + LEAST_GAP_MS)
    notice = sources.recorded[1][1]
    entries = disclosed_notice(ANA, notice)
    assert [(list(entry.questions), list(entry.indicators)) for entry in entries] == [
        (["notice"], ["b"]),
        (["notice ended"], ["a"]),
    ]


def test_the_ledger_names_a_record_of_a_watch_list_as_a_record() -> None:
    record = replace(hit(str(UUID(int=5))), kind=NewsKind.RECORD, owner=("PE", "SUCAMEC"))
    (entry,) = disclosed_notice(ANA, HitNotice("ana", NoticeKind.NEWS, [record], (), START))
    (shown,) = entry.events
    assert (shown.id, shown.recorded_at, shown.country, shown.authority) == (
        record.indicator,
        START,
        "PE",
        "SUCAMEC",
    )
    assert not entry.indicators


def test_a_mail_reaches_a_real_server_and_says_no_more_than_it_may(tmp_path: Path) -> None:
    authority = TestAuthority(tmp_path, "ca")
    with mail_server(authority) as (port, received):
        access = AlertAccess(
            smtp=f"127.0.0.1:{port}",
            mail_from="quipu@mecanismo.example",
            mail_to=("turno@mecanismo.example",),
            ca_file=authority.file,
        )
        channels = NoticeChannels(
            lambda address: MailSender(access, [address]), None, "https://quipu.example"
        )
        tested = NoticeDesk(Settings(home=tmp_path), MadeUpSources([hit()]), channels)
        look(tested, START)
        assert tested.waiting == 0
    (body,) = received.bodies
    mail = message_from_bytes(body, policy=default)
    assert mail["To"] == "ana@policia.example"
    text = f"{mail['Subject']} {mail.get_content()}"
    assert "1 new match of severity high." in text
    assert "https://quipu.example" in text
    assert SECRET not in text and "AMBER" not in text


def test_the_webhook_gets_the_same_signed(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("s3cret\n", encoding="utf-8")
    with webhook_server(None) as (url, received):
        access = AlertAccess(webhook=url, webhook_secret_file=secret)
        channels = NoticeChannels(None, WebhookSender(access, url), "https://quipu.example")
        tested = NoticeDesk(Settings(home=tmp_path), MadeUpSources([hit(tlp="RED")]), channels)
        look(tested, START, replace(WANTS, mail="", uses_webhook=True))
        assert tested.waiting == 0
    content = json.loads(received.bodies[0])
    assert content["person"] == "ana.rojas" and content["kind"] == "news"
    assert "severity" not in str(content) and SECRET not in str(content)
    assert any(name.lower() == "x-quipu-signature" for name in received.headers[0])


def test_settings_survive_and_begin_when_they_are_chosen(tmp_path: Path) -> None:
    store = IdentityStore(tmp_path / "identity.sqlite", clock=lambda: START)
    own = NoticeSettingsStore(store)
    assert own.of("ana.rojas") == NoticeSettings("ana.rojas")
    stored = own.put(replace(WANTS, since=5))
    assert stored.since == START
    store.now = lambda: START + 1
    assert own.put(replace(stored, least="high")).since == START, "what goes on is not begun again"
    assert own.every() == [replace(stored, least="high")]
    with pytest.raises(NoticeSettingsError):
        own.put(replace(stored, mail="no address"))
    store.close()
