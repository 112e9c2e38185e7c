"""Run the engines: `quipu up`, `quipu status`, `quipu down`."""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time
from collections.abc import Mapping
from types import FrameType
from typing import Any

import click
import psutil

from consumers.identity.sign_in import first_password_file
from infra import data_folder, logging_setup
from infra.command_line import command, json_option, option
from infra.doctor.check import CheckResult
from infra.doctor.members import check_members
from infra.errors import HomeError
from infra.file_lock import is_locked
from infra.kafka_access import ProcessName
from infra.option_types import seconds
from infra.orchestration.up_output import NAMES, UpOutput, title
from infra.settings import Settings
from infra.supervisor import rotating_output
from schemas.i18n import _

NOTHING_RUNS, SOMETHING_DOWN = 1, 3
_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@command(
    "up",
    help=_("Start everything and keep it running."),
)
@option(
    "--workers",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    help=_("Workers to run in parallel."),
)
@option("--quiet", is_flag=True, help=_("Print only what fails."))
@option("--only", metavar="A,B", help=_("Only these parts: {names}.", names=",".join(NAMES)))
@click.pass_obj
def up_command(settings: Settings, workers: int, quiet: bool, only: str | None) -> None:
    """Run until SIGINT, SIGTERM or SIGHUP; a second one kills what still runs."""
    from infra.orchestration import (
        stack as up,
    )  # here, because the other commands need not wait for the engines' libraries

    progress = UpOutput(settings, quiet)
    mended = data_folder.prepare(settings)
    _configure_log(settings)
    stop = threading.Event()
    stacks: list[up.RunningStack] = []

    def on_signal(_number: int, _frame: FrameType | None) -> None:
        for stack in stacks if stop.is_set() else ():
            stack.supervisor.kill_now()
        stop.set()

    for number in _SIGNALS:
        signal.signal(number, on_signal)
    progress.begin()
    progress.rights_mended(mended)
    parts = only.split(",") if only else None
    with up.running(
        settings, parts, workers, progress.on_event, progress.on_download, interrupted=stop.is_set
    ) as stack:
        stacks.append(stack)
        if not stop.is_set():
            progress.up(stack.settings, frozenset(stack.children()))
            first_password = first_password_file(settings.access_dir)
            if "api" in stack.children() and first_password.exists():
                # not on a log that others keep: there the file's name is enough
                progress.first_sign_in(stack.settings, first_password, sys.stdout.isatty())
        stop.wait()
        progress.stopping()
    progress.stopped()


@command(
    "status",
    help=_("Show what runs."),
    exit_codes=_(
        "Exit code: 0 all processes run, 1 nothing runs, 2 wrong use, 3 a process is down."
    ),
)
@json_option
@click.pass_obj
def status_command(settings: Settings, as_json: bool) -> None:
    """Read run/up.json and check whether those processes live."""
    state = _state(settings)
    if as_json:
        click.echo(json.dumps(state))
    else:
        _print_state(settings, state)
        if state["running"]:
            _print_members(settings)
    if not state["running"]:
        sys.exit(NOTHING_RUNS)
    if not all(child["alive"] for child in state["children"].values()):
        sys.exit(SOMETHING_DOWN)


@command(
    "down",
    help=_("Stop the `quipu up` of this folder and wait."),
)
@option(
    "--timeout",
    type=seconds(1),
    default=90.0,
    show_default=True,
    help=_("Seconds to wait."),
)
@click.pass_obj
def down_command(settings: Settings, timeout: float) -> None:
    """Send SIGTERM and wait until the folder's lock is free."""
    if not _runs(settings):
        click.echo(_("Nothing runs.").in_language(settings.lang))
        return
    pid = int(str(data_folder.read_run_state(settings)["pid"]))
    os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + timeout
    while _runs(settings):
        if time.monotonic() > deadline:
            raise HomeError(
                _("Process {pid} did not end in {timeout:.0f} s.", pid=pid, timeout=timeout),
                _("Look at {logs_dir}; or: kill -9 {pid}", logs_dir=settings.logs_dir, pid=pid),
                "DOWN_TIMEOUT",
            )
        time.sleep(0.1)
    click.echo(_("Stopped.").in_language(settings.lang))


commands: list[click.Command] = [up_command, status_command, down_command]


def _configure_log(settings: Settings) -> None:
    """Send the log to its file, so that no restart is forgotten, and to stderr.

    On a terminal the lines for people are enough.
    """
    path = settings.logs_dir / "up.log"
    rotating_output.rotate(path)
    file = path.open("a", encoding="utf-8")
    if sys.stderr.isatty() and not settings.log_json:
        logging_setup.configure(as_json=True, stream=file, level=settings.log_level)
    else:
        logging_setup.configure(settings.log_json, level=settings.log_level, file=file)


def _runs(settings: Settings) -> bool:
    return is_locked(settings.run_dir / "lock")


def _state(settings: Settings) -> dict[str, Any]:
    """Return `{home, running, pid, at, children: {name: {pid, restarts, alive}}, addresses}`."""
    run_state = data_folder.read_run_state(settings) if _runs(settings) else {}
    children = run_state.get("children") or {}
    if not isinstance(children, Mapping):
        raise TypeError(f"{settings.run_dir / 'up.json'}: children is {type(children).__name__}")
    endpoints = settings.configured.with_fallback(settings.discovered)
    return {
        "home": str(settings.home),
        "running": bool(run_state),
        "pid": run_state.get("pid"),
        "at": run_state.get("at"),
        "children": {
            name: {**child, "alive": _alive(child["pid"])} for name, child in children.items()
        },
        "addresses": {
            "kafka": endpoints.kafka,
            "clickhouse": _text(endpoints.clickhouse),
            "api": _text(endpoints.api),
        },
    }


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _alive(pid: int | None) -> bool:
    if pid is None or not psutil.pid_exists(pid):
        return False
    return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)


def _print_members(settings: Settings) -> None:
    """Name each process of any machine with which something is wrong, and what to do."""
    for check in check_members(settings.acting_as(ProcessName.TOPICS)):
        if check.result is CheckResult.WARNING:
            click.echo(click.style(f"! {check.seen.in_language(settings.lang)}", fg="yellow"))
            if check.remedy is not None:
                click.echo(f"  {check.remedy.in_language(settings.lang)}")


def _print_state(settings: Settings, state: Mapping[str, Any]) -> None:
    lang = settings.lang
    if not state["running"]:
        text = _("Nothing runs for {home}. Start it with `quipu up`.", home=settings.home)
        click.echo(text.in_language(lang))
        return
    click.echo(_("Running").in_language(lang) + f": {settings.home} (pid {state['pid']})")
    for name, child in state["children"].items():
        alive = _("alive") if child["alive"] else _("DOWN")
        again = _("restarts").in_language(lang)
        address = state["addresses"].get(name) or ""
        columns = [
            f"  {title(name, lang):<34}",
            f"{alive.in_language(lang):<6}",
            f"pid {child['pid']!s:<8}",
            f"{again} {child['restarts']} ",
            address,
        ]
        line = " ".join(str(column) for column in columns)
        click.echo(click.style(line, fg=None if child["alive"] else "red"))
