"""`quipu up` as people run it: a process of its own, real engines, signals and kills."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from kafka import TopicPartition

from infra import settings as settings_module
from infra.clickhouse.client import connect
from infra.clickhouse.users import StoreUser
from infra.kafka.clients import open_consumer, open_producer
from infra.kafka_access import ProcessName
from infra.settings import Settings
from tests.support.engines import eventually, processes_of
from tests.support.patience import patience

pytestmark = pytest.mark.integration

QUIPU = (sys.executable, "-m", "infra.cli")
PARTS = "kafka,clickhouse,topics"
TOPIC = "quipu.config"


class Up:
    """One `quipu up` of one data folder; what it printed is in ``printed``."""

    def __init__(self, home: Path) -> None:
        self.home, self.printed = home, home.with_suffix(".out")
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, parts: str = PARTS) -> None:
        with self.printed.open("wb") as out:
            command = [*QUIPU, "--home", str(self.home), "--lang", "en", "up", "--only", parts]
            self.process = subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL)
        eventually(
            lambda: "\nRunning." in self.text() or self.ended(),
            f"quipu up is ready: {self.text()}",
            90,
        )

    def ended(self) -> bool:
        return self.process is None or self.process.poll() is not None

    def text(self) -> str:
        return self.printed.read_text() if self.printed.exists() else ""

    def end(self, number: int = signal.SIGTERM) -> int:
        assert self.process
        self.process.send_signal(number)
        return self.process.wait(patience(60))

    def settings(self) -> Settings:
        return settings_module.load({"QUIPU_HOME": str(self.home)}).acting_as(ProcessName.BROKER)

    def state(self) -> dict[str, Any]:
        state: dict[str, Any] = json.loads(run(self.home, "status", "--json").stdout)
        return state


def run(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [*QUIPU, "--home", str(home), "--lang", "en", *arguments]
    return subprocess.run(
        command, capture_output=True, text=True, timeout=patience(60), check=False
    )


@pytest.fixture
def up(tmp_path: Path) -> Iterator[Up]:
    item = Up(tmp_path / "home")
    yield item
    if not item.ended():
        item.end(signal.SIGKILL)


def put(settings: Settings, value: bytes) -> None:
    producer = open_producer(settings.kafka)
    producer.send(TOPIC, value=value, partition=0).get(timeout=30)
    producer.close()
    client = connect(settings, StoreUser.MIGRATOR)
    client.execute("CREATE DATABASE IF NOT EXISTS quipu_kept")
    client.execute(
        "CREATE TABLE IF NOT EXISTS quipu_kept.rows (x String) ENGINE = MergeTree ORDER BY x"
    )
    client.insert("quipu_kept.rows", ["x"], [[value.decode()]])
    client.disconnect()


def stored_state(settings: Settings) -> tuple[list[bytes], list[str]]:
    """What the topic and the table hold."""
    consumer = open_consumer(settings.kafka, enable_auto_commit=False)
    partition = TopicPartition(TOPIC, 0)
    consumer.assign([partition])
    consumer.seek_to_beginning(partition)
    end, values = consumer.end_offsets([partition])[partition], []
    while consumer.position(partition) < end:
        values += [
            record.value
            for records in consumer.poll(timeout_ms=1000).values()
            for record in records
        ]
    consumer.close()
    client = connect(settings, StoreUser.MIGRATOR)
    rows = [row[0] for row in client.execute("SELECT x FROM quipu_kept.rows ORDER BY x")]
    client.disconnect()
    return values, rows


def test_it_starts_answers_and_stops_leaving_no_process_and_keeping_the_data(up: Up) -> None:
    up.start()
    put(up.settings(), b"one")
    assert run(up.home, "status").returncode == 0
    assert up.end(signal.SIGTERM) == 0
    assert processes_of(up.home) == []
    assert run(up.home, "status").returncode == 1
    up.start()
    assert stored_state(up.settings()) == ([b"one"], ["one"])
    assert up.end(signal.SIGINT) == 0
    assert processes_of(up.home) == []


def test_init_ends_and_doctor_examines_what_runs(up: Up) -> None:
    prepared = run(up.home, "init")
    assert (prepared.returncode, prepared.stdout) == (0, "The exchange is prepared.\n")
    assert processes_of(up.home) == []
    assert run(up.home, "doctor").returncode == 1  # nothing runs
    up.start()
    examined = run(up.home, "doctor")
    assert examined.returncode == 0, examined.stdout
    assert [line[:1] for line in examined.stdout.splitlines()].count("✗") == 0
    assert "The topics of the log are set as they must be." in examined.stdout
    assert "answers migrator" in examined.stdout
    assert up.end(signal.SIGTERM) == 0


def test_a_killed_supervisor_leaves_no_process_and_loses_no_data(up: Up) -> None:
    up.start()
    put(up.settings(), b"one")
    up.end(signal.SIGKILL)
    eventually(lambda: processes_of(up.home) == [], "all children ended with the supervisor", 10)
    assert run(up.home, "status").returncode == 1
    up.start()
    assert stored_state(up.settings()) == ([b"one"], ["one"])


@pytest.mark.parametrize("name", ["kafka", "clickhouse"])
def test_a_killed_engine_is_started_again_and_said_and_its_data_are_there(
    up: Up, name: str
) -> None:
    up.start()
    put(up.settings(), b"one")
    former = up.state()["children"][name]["pid"]
    os.kill(former, signal.SIGKILL)
    eventually(lambda: "running again" in up.text(), f"{name} came back: {up.text()}", 60)
    assert "stopped unexpectedly (signal SIGKILL)" in up.text()
    now = up.state()["children"][name]
    assert now["alive"]
    assert now["pid"] != former
    assert now["restarts"] == 1
    assert stored_state(up.settings()) == ([b"one"], ["one"])


def test_down_stops_it_and_a_second_up_is_refused_with_its_pid(up: Up) -> None:
    up.start("clickhouse")
    second = run(up.home, "up", "--only", "clickhouse")
    assert second.returncode == 2
    assert up.process
    assert f"(pid {up.process.pid})" in " ".join(second.stderr.split())  # lines are wrapped
    assert run(up.home, "down").returncode == 0
    assert up.process
    assert up.process.wait(patience(10)) == 0
    assert processes_of(up.home) == []


def test_a_folder_of_a_newer_release_is_refused_with_the_reason(up: Up) -> None:
    up.home.mkdir()
    (up.home / "VERSION").write_text("99\n")
    refused = run(up.home, "up")
    assert refused.returncode == 2
    assert "HOME_NEWER" in refused.stderr
    assert "format 99" in refused.stderr
