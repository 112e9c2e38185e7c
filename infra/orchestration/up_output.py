"""Print what `quipu up` does: one line per unit, in Spanish or English."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import click

from infra.api_client import api_url
from infra.settings import Settings
from infra.supervisor import UnitEvent
from schemas.i18n import UserMessage, _

_TITLES: Mapping[str, UserMessage] = {
    "kafka": _("Kafka (the log)"),
    "clickhouse": _("ClickHouse (the queries)"),
    "topics": _("topics"),
    "founding": _("founding (keys and config)"),
    "migrations": _("tables"),
    "accounts": _("accounts"),
    "worker": _("worker"),
    "sink": _("sink"),
    "hits": _("hits"),
    "checkpoints": _("signed checkpoints"),
    "api": _("API"),
    "canary": _("canary"),
    "monitor": _("monitor (health and alerts)"),
}
NAMES = tuple(_TITLES)
"""Every kind of unit, in their order; a stream worker's unit is ``worker-N``."""

_READY = _("ready in {seconds} s")
_DIED = _("stopped unexpectedly ({detail}); restarting")
_RESTARTED = _("running again after {seconds} s")
_STOPPED = _("stopped in {seconds} s")
_KILLED = _("did not answer: killed{why}")
_OF_KIND = {
    "ready": _READY,
    "died": _DIED,
    "restarted": _RESTARTED,
    "stopped": _STOPPED,
    "killed": _KILLED,
}
_MARKS = {"ready": "✓", "died": "✗", "restarted": "✓", "stopped": "·", "killed": "✗"}
_COLORS = {"✓": "green", "✗": "red"}
_WIDTH = 34


class UpOutput:
    """Print lines for events; several threads may call it."""

    def __init__(self, settings: Settings, quiet: bool = False) -> None:
        """Print to stdout in the language of the settings; `quiet` leaves out what goes well."""
        self._settings, self._lang, self._quiet = settings, settings.lang, quiet
        self._lock = threading.Lock()
        self._downloading = False

    def begin(self) -> None:
        """Print the data folder, before anything starts."""
        self._say(click.style(_("Starting Quipu").in_language(self._lang), bold=True))
        self._say("  " + _("data folder: {home}", home=self._settings.home).in_language(self._lang))

    def rights_mended(self, entries: int) -> None:
        """Print one line where the data folder was open to other users until now."""
        if entries:
            text = _(
                "Other users of this machine could read {entries} files and folders here; "
                "now only you can.",
                entries=entries,
            )
            self._say(f"  ! {text.in_language(self._lang)}", even_if_quiet=True)

    def on_event(self, event: UnitEvent) -> None:
        """Print one line for what matters to a person; a failure or restart has the time."""
        message = _OF_KIND.get(event.kind)
        if message is None:
            return
        why = f" ({event.detail})" if event.detail else ""
        text = message.with_values(
            seconds=self._seconds(event.seconds), detail=event.detail, why=why
        ).in_language(self._lang)
        when = (
            f"  {datetime.now().astimezone():%H:%M:%S}"
            if event.kind in ("died", "restarted", "killed")
            else ""
        )
        mark = _MARKS[event.kind]
        name = title(event.name, self._lang)
        self._say(
            f"  {click.style(mark, fg=_COLORS.get(mark))} {name:<{_WIDTH}} {text}{when}",
            event.kind == "died",
        )

    def on_download(self, fetched_bytes: int, total: int) -> None:
        """Print one line when the download of the jars begins, and one when it ends."""
        if fetched_bytes == total:
            self._say("  ✓ " + _("Kafka downloaded").in_language(self._lang))
        elif not self._downloading:
            self._downloading = True
            text = _("↓ downloading Kafka, 43 MB, only this time (usually less than a minute) …")
            self._say(f"  {text.in_language(self._lang)}")

    def up(self, settings: Settings, names: frozenset[str]) -> None:
        """Print where it listens, where its logs are, how to stop it."""
        lines = [f"Kafka {settings.kafka}"] if "kafka" in names else []
        if "clickhouse" in names:
            lines.append(f"ClickHouse {settings.clickhouse_host}:{settings.clickhouse_port}")
        if "api" in names:
            where = api_url(settings)
            lines.append(
                _("the page {where}/   API {where}/docs", where=where).in_language(self._lang)
            )
        self._say(
            click.style(_("Running.").in_language(self._lang), bold=True)
            + " "
            + "  ·  ".join(lines)
        )
        self._say("  " + _("logs: {folder}", folder=settings.logs_dir).in_language(self._lang))
        stop = _("to stop: Ctrl-C here, or `quipu down` in another terminal")
        self._say(f"  {stop.in_language(self._lang)}")

    def first_sign_in(self, settings: Settings, path: Path, shown: bool) -> None:
        """Say how the first administrator signs in. `shown`: print the password, too."""
        where = f"{api_url(settings)}/sign-in"
        if shown:
            text = _(
                "first sign-in at {where}: account admin, one-time password {password}",
                where=where,
                password=path.read_text(encoding="utf-8").strip(),
            )
        else:
            text = _(
                "first sign-in at {where}: account admin, one-time password in {path}",
                where=where,
                path=path,
            )
        self._say(f"  {text.in_language(self._lang)}", even_if_quiet=True)

    def stopping(self) -> None:
        """Print once that a signal arrived."""
        text = _("Stopping … (Ctrl-C again forces it; no data are lost)")
        self._say(f"\n{text.in_language(self._lang)}")

    def stopped(self) -> None:
        """Print the last line: everything has stopped."""
        self._say(_("Stopped; the data are kept.").in_language(self._lang))

    def _seconds(self, seconds: float) -> str:
        text = f"{seconds:.1f}"
        return text if self._lang == "en" else text.replace(".", ",")

    def _say(self, line: str, even_if_quiet: bool = False) -> None:
        if self._quiet and not even_if_quiet:
            return
        with self._lock:
            click.echo(line)


def title(name: str, lang: str) -> str:
    """Name a unit for people: `worker-2` is `procesador 2` in Spanish."""
    kind, _, number = name.partition("-")
    words = _TITLES.get(kind)
    return name if words is None else f"{words.in_language(lang)} {number}".strip()
