"""A node's review dates: listed, extended, and expired by itself, from its outbox alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import structlog.testing
from click.testing import CliRunner, Result

from consumers.health.facts import OutboxStatus
from consumers.health.local_probe import outboxes
from infra.cli.root import main
from infra.settings import Settings
from producers.mapping.loader import load_mapping
from producers.node import ControlStatement, CountryNode
from producers.outbox.retention import LOG_TIME, items_to_review, log_day
from producers.outbox.store import Outbox
from producers.retention import expire, expire_daily
from tests.support.node import NODE, NOTICES, offline, row, weapons, write

APPENDED = datetime(2020, 5, 10, tzinfo=UTC)
DUE = date(2030, 5, 10)
"""Of a weapon: ten years."""
NOTICE_HEADER = "REF,NAMES,SURNAME,SECOND,BIRTH,ACTION\n"


def millis(day: date | datetime) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp() * 1000)


@contextmanager
def outbox_of(settings: Settings) -> Iterator[Outbox]:
    with closing(Outbox(settings.node_dir(NODE) / "outbox.db")) as outbox:
        yield outbox


def accept_all(settings: Settings, appended: date | datetime = APPENDED) -> None:
    """Note that all that waits was appended and accepted on a day."""
    with outbox_of(settings) as outbox, outbox.transaction() as connection:
        connection.execute(
            "UPDATE bundles SET recorded_at = ?, state = 'answered' WHERE recorded_at IS NULL",
            (millis(appended),),
        )
        connection.execute("UPDATE items SET verdict = 'accepted' WHERE verdict IS NULL")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A node that sent two weapons, both accepted in May 2020."""
    settings = offline(tmp_path / "home")
    with CountryNode(settings, NODE) as node:
        node.ingest_file(write(tmp_path, row(1), row(2)), weapons(tmp_path))
    accept_all(settings)
    return settings


@pytest.fixture
def node(settings: Settings) -> Iterator[CountryNode]:
    """The open node; its clock and the log stand at the day of `turn`."""
    with CountryNode(settings, NODE, clock=lambda: 4_000_000_000.0) as node:
        yield node


def turn(settings: Settings, day: date) -> None:
    """Let the node have seen a message of the log of this day."""
    with outbox_of(settings) as outbox:
        outbox.set_setting(LOG_TIME, str(millis(day)))


def retention(settings: Settings, *options: str) -> Result:
    command = ["--home", str(settings.home), "retention", *options, "--node", NODE, "--lang", "en"]
    return CliRunner(env={"COLUMNS": "80"}).invoke(main, command)


def listed(settings: Settings) -> list[tuple[str, str, str]]:
    answer = json.loads(retention(settings, "list", "--json").stdout)
    return [(item["reference"], item["review_date"], item["status"]) for item in answer["records"]]


def extended(settings: Settings, reference: str, until: str) -> Result:
    target = ("--reference", reference, "--type", "weapon_record", "--until", until)
    return retention(settings, "extend", *target, "--reason", "OPEN_PROCEEDING")


@pytest.fixture
def clock_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine's clock runs far ahead of the log."""
    monkeypatch.setattr("producers.cli.retention.now_ms", lambda: millis(date(2090, 1, 1)))


@pytest.mark.usefixtures("clock_ahead")
def test_a_record_is_listed_four_months_before_its_review_date(settings: Settings) -> None:
    turn(settings, date(2030, 1, 9))
    assert listed(settings) == []
    turn(settings, date(2030, 1, 10))
    assert sorted(listed(settings)) == [
        ("R-1", "2030-05-10", "soon"),
        ("R-2", "2030-05-10", "soon"),
    ]
    assert retention(settings, "list").exit_code == 0
    turn(settings, DUE)
    overdue = retention(settings, "list")
    assert overdue.exit_code == 1
    assert "overdue" in overdue.output
    assert max(map(len, overdue.output.splitlines())) <= 80


def test_health_counts_what_the_node_noted_also_when_the_node_does_not_run_again(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def counted(today: date) -> tuple[int, int]:
        monkeypatch.setattr("consumers.health.local_probe.now_ms", lambda: millis(today))
        status = outboxes(settings)[NODE]
        assert isinstance(status, OutboxStatus)
        return status.overdue, status.soon

    turn(settings, date(2030, 2, 1))
    assert counted(date(2030, 2, 1)) == (0, 0)
    with CountryNode(settings, NODE, clock=lambda: millis(date(2030, 2, 1)) / 1000) as node:
        node.send(0)
    assert counted(date(2030, 2, 1)) == (0, 2)
    assert counted(DUE) == (2, 0)
    turn(settings, DUE)
    with CountryNode(settings, NODE, clock=lambda: millis(DUE) / 1000) as node:
        assert expire(node) == 2
    assert counted(DUE) == (0, 0)


@pytest.mark.usefixtures("clock_ahead")
def test_a_record_whose_marks_do_not_open_stays_and_the_others_expire(settings: Settings) -> None:
    turn(settings, DUE)
    with outbox_of(settings) as outbox, outbox.transaction() as connection:
        connection.execute(
            "INSERT OR REPLACE INTO retention_terms (item, sealed) "
            "SELECT id, x'00' FROM items ORDER BY id LIMIT 1"
        )
    assert len(listed(settings)) == 1
    with (
        structlog.testing.capture_logs() as logs,
        CountryNode(settings, NODE, clock=lambda: millis(DUE) / 1000) as node,
    ):
        assert node.send(0).unsent == 0
        assert expire(node) == 1
        assert expire(node) == 0
    assert "review_marks_unreadable" in [entry["event"] for entry in logs]


def test_a_clock_that_runs_ahead_makes_nothing_expire(
    settings: Settings, node: CountryNode
) -> None:
    turn(settings, date(2029, 1, 1))
    assert log_day(node.outbox, millis(date(2090, 1, 1))) == date(2029, 1, 1)
    assert expire(node) == 0


def test_a_log_that_runs_ahead_of_the_clock_makes_nothing_expire_either(
    settings: Settings,
) -> None:
    turn(settings, date(2090, 1, 1))
    with CountryNode(settings, NODE, clock=lambda: millis(date(2029, 1, 1)) / 1000) as node:
        assert expire(node) == 0


@pytest.mark.usefixtures("clock_ahead")
def test_an_extension_keeps_the_record_and_the_others_expire(settings: Settings) -> None:
    turn(settings, date(2030, 5, 1))
    assert extended(settings, "R-1", "2035-01-01").exit_code == 0
    accept_all(settings, date(2030, 5, 1))
    turn(settings, date(2034, 12, 1))
    assert listed(settings) == [
        ("R-2", "2030-05-10", "overdue"),
        ("R-1", "2035-01-01", "soon"),
    ]
    with CountryNode(settings, NODE, clock=lambda: millis(date(2034, 12, 1)) / 1000) as node:
        assert expire_daily(node) == 1
        assert expire_daily(node) == 0
    assert listed(settings) == [("R-1", "2035-01-01", "soon")]


@pytest.mark.parametrize("until", ["2030-05-10", "2040-05-02", "2020-01-01"])
@pytest.mark.usefixtures("clock_ahead")
def test_an_extension_into_the_past_or_beyond_a_period_is_refused(
    settings: Settings, until: str
) -> None:
    turn(settings, date(2030, 5, 1))
    refused = extended(settings, "R-1", until)
    assert refused.exit_code != 0
    assert "2030-05-10" in refused.output
    assert "2040-05-01" in refused.output


@pytest.mark.usefixtures("clock_ahead")
def test_a_rejected_extension_keeps_nothing(settings: Settings) -> None:
    turn(settings, date(2030, 5, 1))
    assert extended(settings, "R-1", "2035-01-01").exit_code == 0
    with outbox_of(settings) as outbox, outbox.transaction() as connection:
        connection.execute("UPDATE items SET verdict = 'rejected' WHERE verdict IS NULL")
    assert {day for _reference, day, _status in listed(settings)} == {"2030-05-10"}


@pytest.mark.usefixtures("clock_ahead")
def test_what_a_content_says_decides_on_its_period_and_is_in_no_file_in_clear(
    tmp_path: Path,
) -> None:
    settings = offline(tmp_path / "home")
    mapping = tmp_path / "notices.toml"
    action = '"action" = "ACTION"\n"person.given_names"'
    mapping.write_text(NOTICES.replace('"person.given_names"', action, 1), encoding="utf-8")
    source = tmp_path / "notices.csv"
    actions = ("discreet_check", "detain", "locate")
    lines = "".join(
        f"N-{at},ANA,QUISPE,MAMANI,01/02/1980,{action}\n" for at, action in enumerate(actions)
    )
    source.write_text(NOTICE_HEADER + lines, encoding="utf-8")
    with CountryNode(settings, NODE) as node:
        report = node.ingest_file(source, load_mapping(str(mapping)))
        assert report.ingested.sealed == len(actions)
    accept_all(settings)
    turn(settings, date(2025, 5, 10))
    assert listed(settings) == [
        ("N-0", "2021-05-10", "overdue"),
        ("N-2", "2023-05-10", "overdue"),
        ("N-1", "2025-05-10", "overdue"),
    ]
    with outbox_of(settings) as outbox:
        rows = outbox.rows("SELECT sealed FROM retention_terms")
    assert len(rows) == len(actions)
    assert not any(action.encode() in bytes(sealed) for action in actions for (sealed,) in rows)


def test_an_erasure_removes_what_the_outbox_keeps_for_reviews(
    settings: Settings, node: CountryNode
) -> None:
    target = node.id_of_reference("weapon_record", "R-1")
    assert node.submit_statement(ControlStatement("erasure", target, "EXPIRED")) == []
    left = items_to_review(node.outbox, node.keys, date(2090, 1, 1))
    assert [item.id for item in left] == [node.id_of_reference("weapon_record", "R-2")]


@pytest.mark.usefixtures("clock_ahead")
def test_run_erases_what_is_overdue_once_and_says_so(settings: Settings) -> None:
    turn(settings, DUE)
    tried = json.loads(retention(settings, "run", "--dry-run", "--json").output)
    assert (len(tried["overdue"]), tried["erased"]) == (2, 0)


def test_a_statement_of_the_api_cannot_extend(node: CountryNode) -> None:
    event = {"reference": "X", "payload": {"target": "0" * 32}, "envelope": {}}
    [result] = node.publish_events("retention_extension", [event])
    assert result.outcome == "refused"
