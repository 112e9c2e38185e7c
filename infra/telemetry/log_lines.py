"""Read what the processes of a data folder logged, oldest first, and follow it."""

from __future__ import annotations

import heapq
import json
import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

LEVELS = ("debug", "info", "warning", "error", "critical")
"""From the least to the gravest."""

NOISE = frozenset({"mode.timers", "aiokafka.consumer.group_coordinator", "kafka.conn"})
"""Loggers of libraries whose warnings nobody acts on: `quipu health` tells what they hint at."""

_KAFKA = re.compile(r"(?P<at>\S+Z) (?P<level>[A-Z]+) (?P<logger>\S+) (?P<text>.*)")
_KAFKA_LEVELS = {"WARN": "warning", "FATAL": "critical", "TRACE": "debug"}
_OWN_KEYS = ("event", "level", "timestamp", "logger")
_EARLIEST = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, order=True)
class LogLine:
    """Hold a line of a log. `at`: UTC; `values`: what was logged with the event, by name."""

    at: datetime
    process: str
    level: str
    event: str
    logger: str
    values: tuple[tuple[str, str], ...] = ()


def parse_line(text: str, process: str, former: datetime = _EARLIEST) -> LogLine:
    """Read a line of a process. A line of another form, as a traceback, takes the time `former`."""
    try:
        content = json.loads(text)
    except ValueError:
        return _of_kafka(text, process, former)
    if not isinstance(content, dict):
        return LogLine(former, process, "info", text, "")
    return LogLine(
        _time(content.get("timestamp"), former),
        process,
        str(content.get("level", "info")),
        str(content.get("event", "")),
        str(content.get("logger", "")),
        tuple((key, _value(value)) for key, value in content.items() if key not in _OWN_KEYS),
    )


def _of_kafka(text: str, process: str, former: datetime) -> LogLine:
    match = _KAFKA.fullmatch(text)
    if match is None:
        return LogLine(former, process, "info", text, "")
    level = _KAFKA_LEVELS.get(match["level"], match["level"].lower())
    return LogLine(_time(match["at"], former), process, level, match["text"], match["logger"])


def _time(text: object, former: datetime) -> datetime:
    try:
        at = datetime.fromisoformat(str(text))
    except ValueError:
        return former
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _value(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class LogFilter:
    """Say which lines are shown. `least`: a level; `since`: UTC; no process: all."""

    processes: frozenset[str] = frozenset()
    least: str = "info"
    since: datetime = _EARLIEST
    with_noise: bool = False

    def takes(self, line: LogLine) -> bool:
        """Say whether a line is shown."""
        level = LEVELS.index(line.level) if line.level in LEVELS else 1
        return (
            level >= LEVELS.index(self.least)
            and line.at >= self.since
            and (self.with_noise or line.logger not in NOISE)
        )


def log_files(folder: Path, processes: frozenset[str] = frozenset()) -> dict[str, Path]:
    """Return the present log of each process, by name, sorted."""
    return {
        path.stem: path
        for path in sorted(folder.glob("*.log"))
        if not processes or path.stem in processes
    }


def read_lines(folder: Path, filter_: LogFilter) -> Iterator[LogLine]:
    """Yield the lines of all logs by time: of each, its former file and the present one."""
    logs = [_lines_of(name, path) for name, path in log_files(folder, filter_.processes).items()]
    return (line for line in heapq.merge(*logs, key=lambda line: line.at) if filter_.takes(line))


def _lines_of(process: str, path: Path) -> Iterator[LogLine]:
    at = _EARLIEST
    for file in (path.with_name(f"{path.name}.1"), path):
        if file.exists():
            with file.open(encoding="utf-8", errors="replace") as lines:
                for text in lines:
                    line = parse_line(text.rstrip("\n"), process, at)
                    at = max(at, line.at)
                    yield line


def follow(
    folder: Path,
    filter_: LogFilter,
    is_over: Callable[[], bool],
    pause_s: float = 0.3,
) -> Iterator[LogLine]:
    """Yield what is logged from now on, until `is_over` says so.

    A file that begins again, because it was full, is read from its beginning.
    """
    places = {name: path.stat().st_size for name, path in log_files(folder).items()}
    while not is_over():
        new = sorted(_appended(folder, filter_, places), key=lambda line: line.at)
        yield from (line for line in new if filter_.takes(line))
        if not new:
            time.sleep(pause_s)


def _appended(folder: Path, filter_: LogFilter, places: dict[str, int]) -> Iterator[LogLine]:
    """Yield the whole lines behind the places, and move these."""
    for name, path in log_files(folder, filter_.processes).items():
        if path.stat().st_size < places.get(name, 0):
            places[name] = 0
        with path.open(encoding="utf-8", errors="replace", newline="\n") as file:
            file.seek(places.get(name, 0))
            for text in _whole_lines(file):
                yield parse_line(text, name, datetime.now(UTC))
            places[name] = file.tell()


def _whole_lines(file: TextIO) -> Iterator[str]:
    while True:
        place = file.tell()
        text = file.readline()
        if not text.endswith("\n"):
            file.seek(place)  # a part of a line: it is read when it is whole
            return
        yield text.rstrip("\n")


def last_lines(lines: Iterator[LogLine], count: int) -> Sequence[LogLine]:
    """Return the last so many lines; 0: all of them."""
    listed = list(lines)
    return listed[-count:] if count else listed
