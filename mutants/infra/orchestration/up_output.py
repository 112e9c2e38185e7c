"""What `quipu up` tells a person: one calm line a unit, in Spanish or English."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from datetime import datetime

import click

from infra.errors import Words
from infra.settings import Settings
from infra.supervisor import UnitEvent

_TITLES: Mapping[str, Words] = {
    "kafka": Words("Kafka (el registro)", "Kafka (the log)"),
    "clickhouse": Words("ClickHouse (las consultas)", "ClickHouse (the queries)"),
    "topics": Words("tópicos", "topics"),
    "founding": Words("fundación (claves y configuración)", "founding (keys and config)"),
    "migrations": Words("tablas", "tables"),
    "worker": Words("procesador", "processor"),
    "sink": Words("almacenador", "sink"),
    "hits": Words("avisos de coincidencia", "hit receipts"),
    "api": Words("API", "API"),
    "canary": Words("canario", "canary"),
}
NAMES = tuple(_TITLES)
"""Every kind of unit, in their order; a stream worker's unit is ``worker-N``."""

_READY = Words("listo en {seconds} s", "ready in {seconds} s")
_DIED = Words(
    "terminó solo ({detail}); se reinicia", "ended by itself ({detail}); it is being restarted"
)
_RESTARTED = Words("de nuevo en marcha, en {seconds} s", "up again, in {seconds} s")
_STOPPED = Words("detenido en {seconds} s", "stopped in {seconds} s")
_KILLED = Words("no respondía: se terminó a la fuerza{why}", "did not answer: ended by force{why}")
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
    """Prints lines for events; may be called by several threads."""

    def __init__(self, settings: Settings, quiet: bool = False) -> None:
        self._settings, self._lang, self._quiet = settings, settings.lang, quiet
        self._lock = threading.Lock()
        self._downloading = False

    def begin(self) -> None:
        """The data folder, before anything starts."""
        self._say(click.style(Words("Quipu arranca", "Quipu starts").text(self._lang), bold=True))
        self._say(
            f"  {Words('carpeta de datos', 'data folder').text(self._lang)}: {self._settings.home}"
        )

    def on_event(self, event: UnitEvent) -> None:
        """One line for what matters to a person; a death or restart also tells the time."""
        words = _OF_KIND.get(event.kind)
        if words is None:
            return
        why = f" ({event.detail})" if event.detail else ""
        text = words.text(self._lang).format(
            seconds=self._seconds(event.seconds), detail=event.detail, why=why
        )
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

    def on_download(self, there: int, total: int) -> None:
        """The jars, fetched once: one line at the beginning, one at the end."""
        if there == total:
            self._say(f"  ✓ {Words('Kafka descargado', 'Kafka fetched').text(self._lang)}")
        elif not self._downloading:
            self._downloading = True
            text = Words(
                "↓ descargando Kafka, 43 MB, solo esta vez (suele tardar menos de un minuto) …",
                "↓ fetching Kafka, 43 MB, this once (usually less than a minute) …",
            )
            self._say(f"  {text.text(self._lang)}")

    def up(self, settings: Settings, names: frozenset[str]) -> None:
        """Where it listens, where its logs are, how to stop it."""
        lines = [f"Kafka {settings.kafka}"] if "kafka" in names else []
        if "clickhouse" in names:
            lines.append(f"ClickHouse {settings.clickhouse_host}:{settings.clickhouse_port}")
        if "api" in names:
            where = f"http://{settings.api_host}:{settings.api_port}"
            lines.append(
                Words(
                    f"la página {where}/   API {where}/docs",
                    f"the page {where}/   API {where}/docs",
                ).text(self._lang)
            )
        self._say(
            click.style(Words("En marcha.", "Up.").text(self._lang), bold=True)
            + " "
            + "  ·  ".join(lines)
        )
        self._say(f"  {Words('registros', 'logs').text(self._lang)}: {settings.logs_dir}")
        stop = Words(
            "para detener: Ctrl-C aquí, o «quipu down» en otra terminal",
            "to stop: Ctrl-C here, or `quipu down` in another terminal",
        )
        self._say(f"  {stop.text(self._lang)}")

    def stopping(self) -> None:
        """Said once, when a signal came."""
        text = Words(
            "Deteniendo … (otra vez Ctrl-C: a la fuerza; los datos no se pierden)",
            "Stopping … (Ctrl-C again: by force; no data are lost)",
        )
        self._say(f"\n{text.text(self._lang)}")

    def stopped(self) -> None:
        """The last line."""
        self._say(
            Words("Detenido; los datos quedan guardados.", "Stopped; the data are kept.").text(
                self._lang
            )
        )

    def _seconds(self, seconds: float) -> str:
        text = f"{seconds:.1f}"
        return text if self._lang == "en" else text.replace(".", ",")

    def _say(self, line: str, even_if_quiet: bool = False) -> None:
        if self._quiet and not even_if_quiet:
            return
        with self._lock:
            click.echo(line)


def title(name: str, lang: str) -> str:
    """A unit's name for people: ``worker-2`` → ``procesador 2``."""
    kind, _, number = name.partition("-")
    words = _TITLES.get(kind)
    return name if words is None else f"{words.text(lang)} {number}".strip()
