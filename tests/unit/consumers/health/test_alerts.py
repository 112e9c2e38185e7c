"""Alerts open once, are repeated, end, and reach a real HTTP and a real SMTP server over TLS."""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import replace
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from consumers.health.acknowledgements import make_acknowledgements
from consumers.health.alert_files import AlertState, read_alerts, write_alerts
from consumers.health.alert_senders import (
    AlertSender,
    alert_lines,
    alert_message,
    make_senders,
    webhook_content,
)
from consumers.health.alerts import (
    Alert,
    AlertKind,
    AlertPolicy,
    OpenAlert,
    due_alerts,
    known_parts,
)
from consumers.health.evaluate import evaluate
from consumers.health.facts import Facts, Flood, Unavailable
from consumers.health.monitor import Monitor
from consumers.health.state_files import add_acknowledgements, read_memory
from consumers.health.thresholds import Degree
from consumers.senders.message_senders import (
    MailSender,
    MessageNotSentError,
    OutgoingMessage,
    WebhookSender,
)
from infra.alert_access import AlertAccess
from infra.settings import Settings
from tests.support.certificates import TestAuthority
from tests.support.message_servers import mail_server, webhook_server
from tests.unit.consumers.health.test_health import NOW, good, process, with_node

POLICY = AlertPolicy(Degree.ACT_NOW, 3_600_000)
FORK = with_node(codes={"FORK": 1}, rejected_at={"FORK": 7})
HOUR = 3_600_000


def alert(kind: AlertKind = AlertKind.OPENED) -> Alert:
    (finding,) = evaluate(FORK).findings
    remedy = None if kind == AlertKind.RESOLVED else finding.remedy
    return Alert(kind, str(finding.key), finding.degree, finding.message, remedy, NOW, NOW)


def step(
    present: dict[str, OpenAlert], facts: Facts, at: int
) -> tuple[list[AlertKind], dict[str, OpenAlert]]:
    facts = replace(facts, at=at)
    alerts, now_open = due_alerts(present, evaluate(facts).findings, at, POLICY, known_parts(facts))
    return [due.kind for due in alerts], now_open


def test_an_alert_opens_once_is_repeated_comes_again_with_a_new_cause_and_ends() -> None:
    kinds, present = step({}, FORK, NOW)
    assert kinds == [AlertKind.OPENED]
    kinds, present = step(present, FORK, NOW + HOUR - 1)
    assert kinds == []
    kinds, present = step(present, FORK, NOW + HOUR)
    assert kinds == [AlertKind.REPEATED]
    again = with_node(codes={"FORK": 2}, rejected_at={"FORK": 8})
    kinds, present = step(present, again, NOW + HOUR + 1)
    assert kinds == [AlertKind.OPENED]
    kinds, present = step(present, good(1), NOW + HOUR + 2)
    assert (kinds, present) == ([AlertKind.RESOLVED], {})


def test_what_is_not_known_is_not_over_and_what_has_another_cause_is_not_either() -> None:
    _kinds, present = step({}, FORK, NOW)
    blind = replace(
        good(1), store=Unavailable("away"), nodes=Unavailable("away"), refused=Unavailable("away")
    )
    kinds, present = step(present, blind, NOW + 1)
    assert kinds == [AlertKind.OPENED], "only that the store is unavailable"
    assert len(present) == 2
    down = replace(good(), processes=[process("sink", alive=False, pid=None)])
    _kinds, present = step({}, down, NOW)
    kinds, present = step(present, replace(down, kafka=Unavailable("away")), NOW + 1)
    assert kinds == [AlertKind.OPENED], "the process is a consequence now, and not over"
    assert len(present) == 2


def test_what_was_acknowledged_says_so_once_and_floods_are_never_sent() -> None:
    _kinds, present = step({}, FORK, NOW)
    known = make_acknowledgements(evaluate(FORK).findings, "ana", "secret", NOW, NOW + HOUR)
    findings = evaluate(FORK, acknowledgements=known).findings
    alerts, now_open = due_alerts(present, findings, NOW + 1, POLICY, known_parts(FORK))
    assert [due.kind for due in alerts] == [AlertKind.ACKNOWLEDGED]
    text = json.dumps(webhook_content(alerts[0])) + "".join(alert_lines(alerts[0], "es"))
    assert "ana" not in text.replace("anal", "") and "secret" not in text
    assert now_open == {}
    flood = replace(good(), floods=[Flood("CO", "MALO", 51, 3)])
    watch = AlertPolicy(Degree.WATCH, HOUR)
    assert due_alerts({}, evaluate(flood).findings, NOW, watch, known_parts(flood)) == ([], {})


def test_a_restart_that_heals_and_a_process_that_just_starts_again_wake_nobody() -> None:
    from tests.unit.consumers.health.test_verdicts import ended

    for facts in (ended(23), ended(23, recovered_s=None)):
        assert step({}, facts, NOW) == ([], {})


def test_a_webhook_gets_signed_json_over_tls_and_not_without_the_right_certificate(
    tmp_path: Path,
) -> None:
    authority = TestAuthority(tmp_path, "ca")
    secret = tmp_path / "secret"
    secret.write_text("open sesame\n")
    with webhook_server(authority) as (url, received):
        access = AlertAccess(webhook=url, webhook_secret_file=secret, ca_file=authority.file)
        WebhookSender(access, url).send(alert_message(alert(), "es"))
        content = json.loads(received.bodies[0])
        assert (content["kind"], content["degree"], content["version"]) == ("opened", "act_now", 1)
        assert content["message"]["es"].startswith("ACTÚE YA: ")
        digest = hmac.new(b"open sesame", received.bodies[0], hashlib.sha256).hexdigest()
        assert received.headers[0]["X-Quipu-Signature"] == f"sha256={digest}"
        assert received.headers[0]["Content-Type"] == "application/json"
        received.status = 500
        with pytest.raises(MessageNotSentError, match="HTTP 500"):
            WebhookSender(access, url).send(alert_message(alert(), "es"))
        with pytest.raises(MessageNotSentError):
            WebhookSender(AlertAccess(webhook=url), url).send(alert_message(alert(), "es"))


def test_mail_goes_by_tls_with_a_password_from_a_file(tmp_path: Path) -> None:
    authority = TestAuthority(tmp_path, "ca")
    password = tmp_path / "password"
    password.write_text("pass\n")
    with mail_server(authority) as (port, received):
        access = AlertAccess(
            mail_to=("guardia@example.org", "jefe@example.org"),
            mail_from="quipu@example.org",
            smtp=f"127.0.0.1:{port}",
            smtp_user="quipu",
            smtp_password_file=password,
            ca_file=authority.file,
        )
        MailSender(access, access.mail_to).send(alert_message(alert(), "es"))
        commands = received.commands
        assert commands.index("STARTTLS") < next(
            number for number, line in enumerate(commands) if line.startswith("AUTH")
        )
        mail = message_from_bytes(received.bodies[0], policy=default)
        assert mail["Subject"].startswith("[Quipu] ACTÚE YA: co-institucion-00: FORK 1")
        assert mail["To"] == "guardia@example.org, jefe@example.org"
        assert "Qué hacer: " in mail.get_content()
        with pytest.raises(MessageNotSentError):
            MailSender(replace(access, ca_file=None), access.mail_to).send(
                alert_message(alert(), "es")
            )


def test_a_message_keeps_no_line_break_that_somebody_wrote_into_a_name(tmp_path: Path) -> None:
    bad = with_node(name="x\nBcc: all@example.org", codes={"FORK": 1})
    (finding,) = evaluate(bad).findings
    forged = replace(alert(), message=finding.message)
    with mail_server(TestAuthority(tmp_path, "ca")) as (port, received):
        access = AlertAccess(
            mail_to=("a@example.org",),
            mail_from="q@example.org",
            smtp=f"127.0.0.1:{port}",
            smtp_tls="none",
        )
        MailSender(access, access.mail_to).send(alert_message(forged, "en"))
        assert message_from_bytes(received.bodies[0])["Bcc"] is None


def test_the_monitor_remembers_and_sends_until_somebody_takes_it(tmp_path: Path) -> None:
    with webhook_server(None) as (url, received):
        access = AlertAccess(webhook=url)
        settings = Settings(home=tmp_path, alert_access=access)
        received.status = 503
        Monitor(settings, make_senders(access, "en")).look(FORK)
        assert len(read_alerts(settings).waiting) == 1
        received.status = 200
        monitor = Monitor(settings, make_senders(access, "en"))
        monitor.look(replace(FORK, at=NOW + 10_000))
        assert read_alerts(settings).waiting == []
        assert [json.loads(body)["kind"] for body in received.bodies] == ["opened", "opened"]
        assert len({json.loads(body)["id"] for body in received.bodies}) == 1
        assert read_memory(settings, NOW + 10_000).is_kept
        findings = evaluate(FORK).findings
        add_acknowledgements(
            settings, make_acknowledgements(findings, "ana", "x", NOW, NOW + HOUR), NOW
        )
        monitor.look(replace(FORK, at=NOW + 20_000))
        monitor.look(replace(good(1), at=NOW + 30_000))
        assert [json.loads(body)["kind"] for body in received.bodies[2:]] == ["acknowledged"]


class Picky:
    """A receiver that refuses the first message, or does not answer to it."""

    name = "mail"

    def __init__(self, is_refused: bool) -> None:
        self.messages: list[OutgoingMessage] = []
        self.is_refused = is_refused

    def send(self, message: OutgoingMessage) -> None:
        self.messages.append(message)
        if len(self.messages) == 1:
            raise MessageNotSentError("no", is_refused=self.is_refused)


@pytest.mark.parametrize("is_refused", [True, False])
def test_an_alert_that_a_receiver_refuses_keeps_no_other_back(
    tmp_path: Path, is_refused: bool
) -> None:
    settings, sender = Settings(home=tmp_path), Picky(is_refused)
    due = [alert(), alert(AlertKind.RESOLVED)]
    write_alerts(settings, AlertState().with_due({}, due, ["mail"]))
    monitor = Monitor(settings, [AlertSender(sender, "en")])
    monitor.look(good(1))
    assert len(sender.messages) == (2 if is_refused else 1), "who does not answer is left alone"
    monitor.look(good(1))
    assert {message.id for message in sender.messages} == {item.id for item in due}
    assert read_alerts(settings).waiting == []


def test_alerts_outlive_the_monitor_and_old_ones_are_dropped(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    _kinds, present = step({}, FORK, NOW)
    state = AlertState().with_due(present, [alert(), alert(AlertKind.RESOLVED)], ["mail"])
    write_alerts(settings, state)
    assert read_alerts(settings) == state
    assert state.without_old(NOW + 86_400_001).waiting == []


def test_settings_that_would_send_a_password_in_clear_are_refused() -> None:
    cases = [
        {"alert_webhook": "http://example.org/x"},
        {"alert_smtp": "mail.example.org:25"},
        {
            "alert_smtp": "mail.example.org:25",
            "alert_mail_to": "a@b.c",
            "alert_mail_from": "q@b.c",
            "alert_smtp_tls": "none",
        },
        {"alert_degree": "always"},
        {"alert_repeat_minutes": "0"},
    ]
    for values in cases:
        with pytest.raises(ValueError, match="alert_"):
            AlertAccess.read(values.get, Path("/"))
    values = {
        "alert_smtp": "mail.example.org:587",
        "alert_mail_to": "a@b.c, d@b.c",
        "alert_mail_from": "q@b.c",
        "alert_smtp_password_file": "password",
    }
    access = AlertAccess.read(values.get, Path("/home"))
    assert (access.smtp_host, access.smtp_port) == ("mail.example.org", 587)
    assert access.smtp_password_file == Path("/home/password")
    variables = access.environ()
    assert AlertAccess.read(lambda key: variables.get(f"QUIPU_{key.upper()}"), Path("/")) == access
