"""infra.telemetry.log_lines: what processes logged, by time, whatever wrote it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from infra.cli.root import main
from infra.telemetry.log_lines import LogFilter, LogLine, follow, parse_line, read_lines

START = datetime(2025, 11, 30, 3, 0, tzinfo=UTC)


def record(seconds: int, event: str, level: str = "info", **values: object) -> str:
    at = (START + timedelta(seconds=seconds)).isoformat()
    content = {"event": event, "level": level, "timestamp": at, "logger": "streams", **values}
    return json.dumps(content) + "\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    logs = tmp_path / "logs"
    logs.mkdir()
    (logs / "worker-1.log.1").write_text(record(0, "began") + record(2, "working", lag=7))
    (logs / "worker-1.log").write_text(
        record(4, "failed", "error") + "Traceback (most recent call last):\n  boom\n"
    )
    (logs / "sink.log").write_text(record(1, "rows", rows=5) + record(3, "slow", "warning"))
    (logs / "kafka-server.log").write_text(
        "2025-11-30T03:00:05.100Z WARN kafka.server Disk is full\n"
    )
    return logs


def events(lines: Iterator[LogLine]) -> list[str]:
    return [line.event for line in lines]


def test_all_logs_are_one_by_time_and_a_traceback_stays_with_its_line(folder: Path) -> None:
    assert events(read_lines(folder, LogFilter())) == [
        "began",
        "rows",
        "working",
        "slow",
        "failed",
        "Traceback (most recent call last):",
        "  boom",
        "Disk is full",
    ]


def test_process_level_and_moment_narrow_it(folder: Path) -> None:
    assert events(read_lines(folder, LogFilter(least="warning"))) == [
        "slow",
        "failed",
        "Disk is full",
    ]
    since = START + timedelta(seconds=3)
    only = LogFilter(frozenset({"sink"}), since=since)
    assert events(read_lines(folder, only)) == ["slow"]


def test_what_libraries_warn_of_is_left_out_unless_asked_for(folder: Path) -> None:
    noise = {"event": "Timer livelock", "level": "warning", "logger": "mode.timers"}
    with (folder / "sink.log").open("a") as file:
        file.write(json.dumps({**noise, "timestamp": START.isoformat()}) + "\n")
    assert "Timer livelock" not in events(read_lines(folder, LogFilter()))
    assert "Timer livelock" in events(read_lines(folder, LogFilter(with_noise=True)))


def test_it_follows_whole_lines_also_after_the_file_began_again(folder: Path) -> None:
    path = folder / "sink.log"
    steps: Iterator[Callable[[], int]] = iter(
        [
            lambda: path.open("a").write(record(6, "more")),
            lambda: path.open("a").write('{"event": "ha'),
            lambda: path.open("a").write('lf", "level": "info"}\n'),
            lambda: path.write_text(record(7, "again")),
        ]
    )

    def is_over() -> bool:
        step = next(steps, None)
        if step is not None:
            step()
        return step is None

    assert events(follow(folder, LogFilter(), is_over, 0)) == ["more", "half", "again"]


@given(st.text(max_size=80))
def test_any_line_can_be_read(text: str) -> None:
    line = parse_line(text, "sink", START)
    assert line.process == "sink"
    assert line.at.tzinfo is not None


def quipu(home: Path, *arguments: str) -> Result:
    return CliRunner(env={"QUIPU_HOME": str(home), "QUIPU_LANG": "en"}).invoke(
        main, ["logs", *arguments]
    )


def test_the_command_shows_the_last_lines_and_names_what_is_there(folder: Path) -> None:
    shown = quipu(folder.parent, "--lines", "2", "worker-1", "--level", "error")
    assert shown.output == "11-30 03:00:04 worker-1     error    failed\n"
    as_json = quipu(folder.parent, "--json", "sink", "--lines", "1")
    assert json.loads(as_json.output)["event"] == "slow"
    assert "lag=7" in quipu(folder.parent, "worker-1").output
    unknown = quipu(folder.parent, "nothing")
    assert (unknown.exit_code, "sink, worker-1" in unknown.output) == (2, True)
    assert quipu(folder.parent, "--since", "yesterday").exit_code == 2
    assert quipu(folder.parent, "--since", "99999d").exit_code == 0
    assert quipu(folder.parent, "--since", "10m").output == ""


def test_what_a_log_holds_does_not_control_the_terminal(folder: Path) -> None:
    (folder / "sink.log").write_text(record(0, "\x1b]0;owned\x07"))
    assert "\x1b" not in quipu(folder.parent, "sink").output
