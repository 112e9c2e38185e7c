"""`quipu demo`: what the demo tells a person, and when it is content with itself."""

import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import FrameType

import click
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from infra import data_folder as home
from infra import logging_setup
from infra.errors import HomeError, Words
from infra.orchestration.up_output import UpOutput
from infra.settings import Settings
from producers.ingest.report import Report
from producers.scenario.demo import demo
from producers.scenario.truth import score
from schemas.words import event_type

ANSWERS = {
    "accepted": Words("aceptados", "accepted"),
    "duplicate": Words("repetidos", "duplicates"),
    "pending": Words("pendientes", "pending"),
    "rejected": Words("rechazados", "rejected"),
    "refused": Words("no admitidos", "refused"),
    "unanswered": Words("sin respuesta", "unanswered"),
}
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@click.command(
    "demo",
    help="Cuatro países publican y sale lo que cruza fronteras. | Four countries publish, what crosses borders comes out.",
)
@click.option(
    "--records",
    type=click.IntRange(1_000, 10_000_000),
    default=10_000,
    show_default=True,
    help="Registros. | Records.",
)
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
    """Exit code 0 only if the indicators are exactly those that the truth owes with certainty,
    nothing of the exercise shows in the real world, and `quipu reconcile` holds."""
    try:
        demo.forget(settings)
    except FileExistsError as error:
        raise HomeError(
            Words(f"{settings.home} contiene algo que no es de la demostración.", str(error)),
            Words(
                "Elija otra carpeta: quipu --home CARPETA demo",
                "Choose another folder: quipu --home DIR demo",
            ),
            "HOME_IN_USE",
        ) from error
    home.prepare(settings)
    logging_setup.configure(
        True, stream=(settings.logs_dir / "demo.log").open("a", encoding="utf-8")
    )
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
        from infra.orchestration import (
            stack as up,
        )  # here, so that other commands need not wait for the engines' libraries

        progress = UpOutput(self._settings)
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
            self._console.print(
                self._text("Interrumpido; todo se detuvo.", "Interrupted; everything has stopped.")
            )
            return False
        progress.stopped()
        return good

    def _show(self, records: int, seed: str) -> bool:
        self._heading("Escenario: 2018 en cuatro países", "Scenario: 2018 in four countries")
        folder, manifest = demo.make_scenario(self._settings, records, seed)
        self._say(
            f"{records:,} registros en {len(manifest['files'])} archivos de {len(manifest['nodes'])} instituciones; "
            f"{manifest['exercise_records']} son de un simulacro",
            f"{records:,} records in {len(manifest['files'])} files of {len(manifest['nodes'])} institutions; "
            f"{manifest['exercise_records']} belong to an exercise",
        )
        demo.admit(self._settings, manifest)
        self._heading("Los nodos publican", "The nodes publish")
        published = demo.publish(self._settings, folder, manifest, self._published)
        outcome = demo.look(self._settings, folder, manifest, published.counts["accepted"])
        outcome.canary_s = demo.canary(self._settings, folder)
        self._story(outcome)
        self._tables(outcome, published)
        return self._judge(outcome, published)

    def _published(self, node: str, reports: Sequence[Report]) -> None:
        """A node's line, once all of its files are answered."""
        counts: Counter[str] = Counter()
        for report in reports:
            counts.update(report.counts())
        said = ", ".join(
            f"{count:,} {ANSWERS[name].text(self._settings.lang)}"
            for name, count in counts.items()
            if count
        )
        files = (
            self._text("archivos", "files") if len(reports) > 1 else self._text("archivo", "file")
        )
        self._console.print(
            f"  {node:<15} {len(reports):>2} {files + ':':<9} {said}", markup=False, highlight=False
        )

    def _story(self, outcome: demo.Outcome) -> None:
        self._heading("Lo que ningún país veía solo", "What no country saw alone")
        told = Table.grid(padding=(0, 1))
        told.add_column(justify="right", style="bold")
        told.add_column(overflow="fold")
        for number, (one, sentence) in enumerate(outcome.story, 1):
            told.add_row(
                f" {number:>2}.",
                Text(sentence if self._settings.lang == "es" else one["sentence"]["en"]),
            )
            told.add_row("", Text(f"{self._quipu()} show {one['id'][:8]}", style="dim"))
        self._console.print(told)

    def _tables(self, outcome: demo.Outcome, published: demo.Published) -> None:
        self._heading("Las cifras", "The figures")
        countries = sorted({country for country, _ in outcome.events})
        events = self._table("Eventos", "Events", countries)
        for kind in sorted({kind for _, kind in outcome.events}):
            name = event_type(kind, self._settings.lang)
            events.add_row(
                name, *(f"{outcome.events.get((country, kind), 0):,}" for country in countries)
            )
        self._console.print(events, self._rules(outcome))
        total = sum(published.counts.values())
        self._say(
            f"{total:,} registros publicados y respondidos en {published.seconds:.1f} s; "
            f"todo consultable {outcome.visible_s:.1f} s después de la última respuesta; "
            f"un registro suelto, del archivo a la consulta: {outcome.canary_s:.2f} s",
            f"{total:,} records published and answered in {published.seconds:.1f} s; "
            f"all of it to be asked {outcome.visible_s:.1f} s after the last answer; "
            f"a single record, from file to query: {outcome.canary_s:.2f} s",
        )

    def _rules(self, outcome: demo.Outcome) -> Table:
        """What each rule found beside what the truth owes."""
        compared, lang = _looked(outcome), self._settings.lang
        names = (
            ("ciertos", "certain"),
            ("debidos", "owed"),
            ("errores", "errors"),
            ("posibles", "possible"),
        )
        table = self._table("Indicadores", "Indicators", [self._text(*each) for each in names])
        titles = {
            one["rule"]: one["title"][lang]
            for one in outcome.indicators
            if one["grade"] == "certain"
        }
        for rule in compared.rules:
            sure, maybe = compared.of(rule, "certain"), compared.of(rule, "possible")
            counts = (sure.found, sure.owed, len(sure.invented) + len(sure.missed), maybe.found)
            table.add_row(_rule_title(rule, titles, lang), *(f"{count:,}" for count in counts))
        return table

    def _table(self, spanish: str, english: str, columns: Sequence[str]) -> Table:
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
        table.add_column(self._text(spanish, english))
        for name in columns:
            table.add_column(name, justify="right")
        return table

    def _judge(self, outcome: demo.Outcome, published: demo.Published) -> bool:
        self._heading("Comprobación", "Check")
        compared = _looked(outcome)
        done = subprocess.run(
            [sys.executable, "-m", "infra.cli", *self._cli(), "reconcile"],
            capture_output=True,
            text=True,
            check=False,
        )
        good = [
            self._certain(compared),
            self._exercise(outcome),
            self._mark(
                not published.refused,
                "ningún registro rehusado ni rechazado",
                "no record refused or rejected",
            ),
            self._mark(
                done.returncode == 0,
                "quipu reconcile: nada perdido, nada doblado",
                "quipu reconcile: nothing lost, nothing doubled",
            ),
        ]
        if done.returncode:
            self._console.print(done.stdout + done.stderr, markup=False, highlight=False)
        possible, hidden = compared.possible, compared.hidden_pairs
        self._say(
            f"aparte, posibles: precisión {possible.precision:.3f}, cobertura {possible.recall:.3f}; "
            f"{hidden} coincidencias reales quedan ocultas por errores de digitación",
            f"apart, possible ones: precision {possible.precision:.3f}, recall {possible.recall:.3f}; "
            f"{hidden} real matches stay hidden by typing errors",
        )
        return all(good)

    def _certain(self, compared: score.Comparison) -> bool:
        """Exactly those owed, and no trap has sprung."""
        certain = compared.certain
        good = self._mark(
            certain.exact and certain.found > 0,
            f"ciertos: {certain.right:,} de {certain.owed:,} debidos; inventados {len(certain.invented)}, perdidos {len(certain.missed)}",
            f"certain: {certain.right:,} of {certain.owed:,} owed; invented {len(certain.invented)}, missed {len(certain.missed)}",
        )
        for one in (*certain.invented[:3], *certain.missed[:3]):
            self._console.print(f"      {one[0]} {sorted(one[2])}", style="red", markup=False)
        for name, one in compared.sprung[:3]:
            self._console.print(
                self._text(f"      trampa «{name}»: {one[0]}", f"      trap `{name}`: {one[0]}"),
                style="red",
                markup=False,
            )
        return good

    def _exercise(self, outcome: demo.Outcome) -> bool:
        """Nothing of it in the real world; all of it for those who take part."""
        drill = outcome.exercise
        if drill is None:
            raise RuntimeError("looked at no exercise")
        return self._mark(
            not outcome.leaked and drill.certain.exact,
            f"el simulacro no aparece en el mundo real; quien participa ve sus {drill.certain.found:,} indicadores",
            f"the exercise does not show in the real world; those in it see its {drill.certain.found:,} indicators",
        )

    def _cli(self) -> list[str]:
        return ["--home", str(self._settings.home), "--lang", self._settings.lang]

    def _quipu(self) -> str:
        return f".venv/bin/quipu --home {_short(self._settings.home)}"

    def _next_steps(self) -> None:
        self._heading(
            "Siga usted, en otra terminal (Ctrl-C aquí lo detiene todo)",
            "Go on, in another terminal (Ctrl-C here stops all)",
        )
        quipu = self._quipu()
        for line in (
            f"{quipu} indicators --as CO/analyst/AMBER",
            f"{quipu} show ID --as CO/analyst/AMBER",
            f"{quipu} hits --node pe-sucamec",
            f"{quipu} reconcile",
        ):
            self._console.print(f"  {line}", markup=False, highlight=False, soft_wrap=True)
        base = f"http://{self._settings.api_host}:{self._settings.api_port}"
        self._say(
            f"la página: {base}/   la API: {base}/docs", f"the page: {base}/   the API: {base}/docs"
        )

    def _heading(self, spanish: str, english: str) -> None:
        self._console.print(f"\n[bold]{self._text(spanish, english)}[/bold]")

    def _say(self, spanish: str, english: str) -> None:
        self._console.print(
            f"  {self._text(spanish, english)}", markup=False, highlight=False, soft_wrap=True
        )

    def _mark(self, good: bool, spanish: str, english: str) -> bool:
        self._console.print(
            f"  {'[green]✓[/green]' if good else '[red]✗[/red]'} {self._text(spanish, english)}",
            highlight=False,
            soft_wrap=True,
        )
        return good

    def _text(self, spanish: str, english: str) -> str:
        return Words(spanish, english).text(self._settings.lang)


def _looked(outcome: demo.Outcome) -> score.Comparison:
    if outcome.comparison is None:
        raise RuntimeError("looked at nothing")
    return outcome.comparison


def _rule_title(rule: str, titles: Mapping[str, str], lang: str) -> str:
    """Of a rule for several kinds of things, without one's name."""
    several = {
        "thing-in-two-countries": Words(
            "La misma cosa en casos de dos países", "The same thing in cases of two countries"
        )
    }
    return several[rule].text(lang) if rule in several else titles.get(rule, rule)


def _short(home: Path) -> str:
    """As one would type it from here."""
    here = Path.cwd()
    return str(home.relative_to(here)) if home.is_relative_to(here) else str(home)


commands: list[click.Command] = [demo_command]
