"""Show what the processes of this data folder logged: `quipu logs`."""

from __future__ import annotations

import signal
from collections.abc import Iterable
from datetime import UTC, datetime
from types import FrameType

import click

from infra.command_line import argument, command, json_option, option
from infra.errors import QuipuError
from infra.option_types import parse_duration
from infra.settings import Settings
from infra.telemetry.log_lines import (
    LEVELS,
    LogFilter,
    LogLine,
    follow,
    last_lines,
    log_files,
    read_lines,
)
from infra.terminal import echo_json
from schemas.hidden_characters import make_visible
from schemas.i18n import _

_COLOURS = {"warning": "yellow", "error": "red", "critical": "red"}


@command("logs", help=_("Show what the processes logged, and follow it."))
@argument("process", nargs=-1)
@option("--follow", "-f", "follows", is_flag=True, help=_("Show new lines until Ctrl-C."))
@option("--since", metavar="AGE", help=_("Since so long ago: 30s, 10m, 2h, 7d; or a time (UTC)."))
@option(
    "--level",
    type=click.Choice(LEVELS),
    default="info",
    show_default=True,
    help=_("The least level."),
)
@option(
    "--lines",
    type=click.IntRange(0),
    default=50,
    show_default=True,
    help=_("So many of the last lines; 0: all."),
)
@option("--all", "with_noise", is_flag=True, help=_("Warnings of libraries too."))
@json_option
@click.pass_obj
def logs_command(
    settings: Settings,
    process: tuple[str, ...],
    follows: bool,
    since: str | None,
    level: str,
    lines: int,
    with_noise: bool,
    as_json: bool,
) -> None:
    """Print the last lines by time, then those that come."""
    processes = _known(settings, process)
    filter_ = LogFilter(processes, level, _since(since, datetime.now(UTC)), with_noise)
    _print(last_lines(read_lines(settings.logs_dir, filter_), lines), as_json)
    if not follows:
        return
    ends: list[int] = []

    def end(number: int, _frame: FrameType | None) -> None:
        ends.append(number)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, end)
    _print(follow(settings.logs_dir, filter_, lambda: bool(ends)), as_json)


def _known(settings: Settings, processes: tuple[str, ...]) -> frozenset[str]:
    present = log_files(settings.logs_dir)
    unknown = [name for name in processes if name not in present]
    if unknown or not present:
        raise QuipuError(
            _(
                "There is no log of {names} in {folder}.",
                names=", ".join(unknown) or "quipu up",
                folder=settings.logs_dir,
            ),
            _("Logs there: {names}.", names=", ".join(present) or "–"),
            "NO_LOG",
        )
    return frozenset(processes)


def _since(text: str | None, now: datetime) -> datetime:
    """Return the moment. Raises QuipuError AS_OF for what is neither an age nor a time."""
    if text is None:
        return datetime.min.replace(tzinfo=UTC)
    age = parse_duration(text)
    if age is not None:
        return now - age
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise QuipuError(
            _("`{text}` is neither an age nor a time.", text=text),
            _("Write 10m, 2h or 2026-11-30T03:00 (UTC)."),
            "AS_OF",
        ) from error
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _print(lines: Iterable[LogLine], as_json: bool) -> None:
    for line in lines:
        if as_json:
            echo_json(
                {
                    "at": line.at.isoformat(),
                    "process": line.process,
                    "level": line.level,
                    "event": line.event,
                    "logger": line.logger,
                    "values": dict(line.values),
                }
            )
        else:
            click.echo(_text(line))


def _text(line: LogLine) -> str:
    values = " ".join(f"{name}={value}" for name, value in line.values if name != "worker")
    level = click.style(f"{line.level:<8}", fg=_COLOURS.get(line.level))
    at = line.at.strftime("%m-%d %H:%M:%S")
    return f"{at} {line.process:<12} {level} {make_visible(f'{line.event} {values}'.rstrip())}"


commands: list[click.Command] = [logs_command]
