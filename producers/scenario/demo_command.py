"""`quipu demo`: what the demo tells a person, and when it is content with itself."""

import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from operator import itemgetter
from types import FrameType

import click
from rich.console import Console
from rich.table import Table

from infra import home, log
from infra.errors import HomeError, Words
from infra.progress import Progress
from infra.settings import Settings
from producers.scenario import demo

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@click.command(
    "demo", help="Cuatro países publican y sale lo que cruza fronteras. | Four countries publish, what crosses borders comes out."
)
@click.option("--records", type=click.IntRange(1_000, 10_000_000), default=10_000, show_default=True, help="Registros. | Records.")
@click.option("--seed", default="2018", show_default=True, help="Semilla. | Seed.")
@click.option(
    "--exit",
    "leave",
    is_flag=True,
    default=lambda: os.environ.get("DEMO_EXIT", "") not in ("", "0"),
    help="Comprueba y termina (o DEMO_EXIT=1). | Check and stop (or DEMO_EXIT=1).",
)
@click.pass_obj
def demo_command(settings: Settings, records: int, seed: str, leave: bool) -> None:
    """Exit code 0 only if the indicators are exactly those that the truth owes with certainty, and `quipu reconcile` holds."""
    try:
        demo.forget(settings)
    except FileExistsError as error:
        raise HomeError(
            Words(f"{settings.home} contiene algo que no es de la demostración.", str(error)),
            Words("Elija otra carpeta: quipu --home CARPETA demo", "Choose another folder: quipu --home DIR demo"),
            "HOME_IN_USE",
        ) from error
    home.prepare(settings)
    log.configure(True, stream=(settings.logs_dir / "demo.log").open("a", encoding="utf-8"))
    stop = threading.Event()
    for number in SIGNALS:
        signal.signal(number, _stopper(stop))
    sys.exit(0 if Demo(settings, Console(), stop).run(records, seed, leave) else 1)


def _stopper(stop: threading.Event) -> "signal._HANDLER":
    def on_signal(number: int, _frame: FrameType | None) -> None:
        if stop.is_set() or number != signal.SIGINT:
            stop.set()
            return
        stop.set()
        raise KeyboardInterrupt

    return on_signal


class Demo:
    """The demo on a console. `run` returns whether all was as it must be."""

    def __init__(self, settings: Settings, console: Console, stop: threading.Event) -> None:
        self._settings, self._console, self._stop = settings, console, stop

    def run(self, records: int, seed: str, leave: bool) -> bool:
        from infra import up  # here, so that other commands need not wait for the engines' libraries

        progress = Progress(self._settings)
        progress.begin()
        try:
            with up.running(
                self._settings,
                on_event=progress.on_event,
                on_download=progress.on_download,
                interrupted=self._stop.is_set,
                found=demo.found,
            ) as stack:
                self._settings = stack.settings
                good = self._show(records, seed)
                if not leave:
                    self._next_steps()
                    self._stop.wait()
                progress.stopping()
        except KeyboardInterrupt:
            self._console.print(self._text("Interrumpido; todo se detuvo.", "Interrupted; everything has stopped."))
            return False
        progress.stopped()
        return good

    def _show(self, records: int, seed: str) -> bool:
        self._heading("Escenario: un año (2018) de armas e incautaciones", "Scenario: a year (2018) of weapons and seizures")
        folder, manifest = demo.make_scenario(self._settings, records, seed)
        self._say(f"{records:,} registros en {len(manifest['files'])} archivos", f"{records:,} records in {len(manifest['files'])} files")
        demo.admit(self._settings, manifest)
        self._heading("Los nodos publican", "The nodes publish")
        published = demo.publish(self._settings, folder, manifest, lambda node, text: self._console.print(f"  {node:<18} {text}"))
        outcome = demo.look(self._settings, folder, published.counts["accepted"])
        outcome.canary_s = demo.canary(self._settings, folder)
        self._tables(outcome, published)
        return self._judge(outcome, published)

    def _tables(self, outcome: demo.Outcome, published: demo.Published) -> None:
        self._heading("Lo que hay ahora", "What there is now")
        events = Table(title=self._text("Eventos por país", "Events by country"), title_justify="left")
        for name in (self._text("país", "country"), *demo.TYPES):
            events.add_column(name, justify="left" if name not in demo.TYPES else "right")
        for country in sorted({country for country, _ in outcome.events}):
            events.add_row(country, *(f"{outcome.events.get((country, kind), 0):,}" for kind in demo.TYPES))
        found = Counter((one["rule"], one["grade"]) for one in outcome.indicators)
        titles = {
            one["rule"]: one["title"][self._settings.lang] for one in sorted(outcome.indicators, key=itemgetter("grade"), reverse=True)
        }
        indicators = Table(title=self._text("Indicadores por regla", "Indicators by rule"), title_justify="left")
        for name in (self._text("regla", "rule"), self._text("ciertos", "certain"), self._text("posibles", "possible")):
            indicators.add_column(name, justify="right" if name not in ("regla", "rule") else "left")
        for rule, title in sorted(titles.items()):
            indicators.add_row(title, f"{found[rule, 'certain']:,}", f"{found[rule, 'possible']:,}")
        self._console.print(events, indicators)
        total = sum(published.counts.values())
        self._say(
            f"{total:,} registros publicados y respondidos en {published.seconds:.1f} s; "
            f"todo consultable {outcome.visible_s:.1f} s después de la última respuesta; "
            f"un registro suelto, del archivo a la consulta: {outcome.canary_s:.2f} s",
            f"{total:,} records published and answered in {published.seconds:.1f} s; "
            f"all of it to be asked {outcome.visible_s:.1f} s after the last answer; "
            f"a single record, from file to query: {outcome.canary_s:.2f} s",
        )

    def _judge(self, outcome: demo.Outcome, published: demo.Published) -> bool:
        self._heading("Comprobación", "Check")
        if outcome.comparison is None:
            raise RuntimeError("looked at nothing")
        certain, possible = outcome.comparison.certain, outcome.comparison.possible
        self._mark(
            certain.exact and certain.found > 0,
            f"ciertos: {certain.right:,} de {certain.owed:,} debidos; inventados {len(certain.invented)}, perdidos {len(certain.missed)}",
            f"certain: {certain.right:,} of {certain.owed:,} owed; invented {len(certain.invented)}, missed {len(certain.missed)}",
        )
        for one in (*certain.invented[:3], *certain.missed[:3]):
            self._console.print(f"      {one[0]} {sorted(one[2])}", style="red", markup=False)
        self._say(
            f"  posibles (seriales parciales), aparte: precisión {possible.precision:.3f}, cobertura {possible.recall:.3f}",
            f"  possible (partial serials), apart: precision {possible.precision:.3f}, recall {possible.recall:.3f}",
        )
        self._mark(not published.refused, "ningún registro rehusado ni rechazado", "no record refused or rejected")
        done = subprocess.run([sys.executable, "-m", "infra.cli", *self._cli(), "reconcile"], capture_output=True, text=True, check=False)
        self._mark(done.returncode == 0, "quipu reconcile: nada perdido, nada doblado", "quipu reconcile: nothing lost, nothing doubled")
        if done.returncode:
            self._console.print(done.stdout + done.stderr, markup=False, highlight=False)
        return certain.exact and certain.found > 0 and not published.refused and done.returncode == 0

    def _cli(self) -> list[str]:
        return ["--home", str(self._settings.home), "--lang", self._settings.lang]

    def _next_steps(self) -> None:
        self._heading("Siga usted, en otra terminal (Ctrl-C aquí lo detiene todo)", "Go on, in another terminal (Ctrl-C here stops all)")
        quipu = f".venv/bin/quipu --home {self._settings.home}"
        for line in (
            f"{quipu} indicators --as CO/analyst/AMBER",
            f"{quipu} show ID --as CO/analyst/AMBER",
            f"{quipu} events --country PE --as PE/analyst/AMBER",
            f"{quipu} reconcile",
        ):
            self._console.print(f"  {line}", markup=False, highlight=False, soft_wrap=True)
        self._console.print(f"  http://{self._settings.api_host}:{self._settings.api_port}/docs", markup=False)

    def _heading(self, spanish: str, english: str) -> None:
        self._console.print(f"\n[bold]{self._text(spanish, english)}[/bold]")

    def _say(self, spanish: str, english: str) -> None:
        self._console.print(f"  {self._text(spanish, english)}", markup=False, highlight=False, soft_wrap=True)

    def _mark(self, good: bool, spanish: str, english: str) -> None:
        self._console.print(f"  {'[green]✓[/green]' if good else '[red]✗[/red]'} {self._text(spanish, english)}")

    def _text(self, spanish: str, english: str) -> str:
        return Words(spanish, english).text(self._settings.lang)
