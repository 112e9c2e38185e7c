"""Show a person what the demo does, and decide whether all its results are right."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from types import FrameType

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from consumers.identity.demo_accounts import demo_account_name, make_demo_accounts
from consumers.identity.identity import open_identity
from consumers.presentation.wording import thing_label
from consumers.query.explanations.grammar import finish
from infra import data_folder as home
from infra import logging_setup
from infra.api_client import api_url
from infra.cli import demo_case
from infra.command_line import command, option
from infra.list_table import print_rows
from infra.orchestration.up_output import UpOutput
from infra.settings import Settings
from infra.terminal import make_console
from producers.ingest.report import RunReport
from producers.scenario.demo import demo, demo_plots
from producers.scenario.truth import score
from schemas.i18n import UserMessage, _, ngettext, number_text, pgettext
from schemas.model import COUNTRIES
from schemas.release.rules import MECHANISM
from schemas.words import event_type

ANSWER_COUNTS: Mapping[str, Callable[[int], UserMessage]] = {
    "accepted": lambda count: ngettext("{count:,} accepted", "{count:,} accepted", count),
    "duplicate": lambda count: ngettext("{count:,} duplicate", "{count:,} duplicates", count),
    "pending": lambda count: ngettext("{count:,} pending", "{count:,} pending", count),
    "rejected": lambda count: ngettext("{count:,} rejected", "{count:,} rejected", count),
    "refused": lambda count: ngettext("{count:,} refused", "{count:,} refused", count),
    "unanswered": lambda count: ngettext("{count:,} unanswered", "{count:,} unanswered", count),
}
LEAST_PERSONS = 4
"""Findings on persons that no equal number joins, without which the demo has failed."""
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@command(
    "demo",
    help=_("Run the whole system with made-up data of four countries."),
)
@option(
    "--records",
    type=click.IntRange(1_000, 10_000_000),
    default=10_000,
    show_default=True,
    help=_("Records."),
)
@option("--seed", default="2018", show_default=True, help=_("Seed."))
@option(
    "--exit",
    "leave",
    is_flag=True,
    default=lambda: os.environ.get("DEMO_EXIT", "") not in ("", "0"),
    help=_("Check and stop (or DEMO_EXIT=1)."),
)
@click.pass_obj
def demo_command(settings: Settings, records: int, seed: str, leave: bool) -> None:
    """End with exit code 0 only if the demo's results are right.

    The indicators are exactly those that the truth owes with certainty, nothing of the exercise
    shows in the real world, no finding on a person is invented, each step of the case shows what
    it should to whom it should, and `quipu reconcile` holds.
    """
    demo.forget(settings)
    home.prepare(settings)
    logging_setup.configure(
        True, stream=(settings.logs_dir / "demo.log").open("a", encoding="utf-8")
    )
    stop = threading.Event()
    for number in SIGNALS:
        signal.signal(number, _stopper(stop))
    sys.exit(0 if Demo(settings, make_console(), stop).run(records, seed, leave) else 1)


def _stopper(stop: threading.Event) -> "signal._HANDLER":
    def on_signal(number: int, _frame: FrameType | None) -> None:
        if stop.is_set() or number != signal.SIGINT:
            stop.set()
            return
        stop.set()
        raise KeyboardInterrupt

    return on_signal


class Demo:
    """Show the demo on a console."""

    def __init__(self, settings: Settings, console: Console, stop: threading.Event) -> None:
        """Keep the console and the event that stops the demo."""
        self._settings, self._console, self._stop = settings, console, stop
        self._password = ""

    def run(self, records: int, seed: str, leave: bool) -> bool:
        """Run the demo and return whether all results are right."""
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
                founder=demo.found_demo_mechanism,
            ) as stack:
                self._settings = stack.settings
                good = self._show(records, seed)
                if not leave:
                    self._next_steps()
                    self._stop.wait()
                progress.stopping()
        except KeyboardInterrupt:
            self._console.print(self._text(_("Interrupted; everything has stopped.")))
            return False
        progress.stopped()
        return good

    def _show(self, records: int, seed: str) -> bool:
        self._heading(_("Scenario: 2018 in four countries"))
        folder, manifest = demo.make_scenario(self._settings, records, seed)
        self._say(
            _(
                "{records:,} records in {files} files of {nodes} institutions; "
                "{exercise_records} belong to an exercise",
                records=manifest["records"],
                files=len(manifest["files"]),
                nodes=len(manifest["nodes"]),
                exercise_records=manifest["exercise_records"],
            ),
        )
        demo.admit(self._settings, manifest)
        with open_identity(self._settings) as identity:
            self._password = make_demo_accounts(self._settings, identity, manifest["exercise"])
        self._heading(_("The nodes publish"))
        published = demo.publish(self._settings, folder, manifest, self._published)
        outcome = demo.look(self._settings, folder, manifest, published.counts["accepted"])
        outcome.canary_s = demo.canary(self._settings, folder)
        self._story(outcome)
        self._person_story(outcome)
        self._plot_story(outcome)
        is_case_right = self._case()
        self._tables(outcome, published)
        return self._judge(outcome, published) and is_case_right

    def _published(self, node: str, reports: Sequence[RunReport]) -> None:
        """Print a node's line, once all of its files are answered."""
        counts: Counter[str] = Counter()
        for report in reports:
            counts.update(report.counts())
        text = ", ".join(
            self._text(ANSWER_COUNTS[name](count)) for name, count in counts.items() if count
        )
        files = self._text(ngettext("file", "files", len(reports)))
        self._console.print(
            f"  {node:<15} {len(reports):>2} {files + ':':<9} {text}", markup=False, highlight=False
        )

    def _story(self, outcome: demo.Outcome) -> None:
        self._heading(_("What no country sees alone"))
        for number, indicator in enumerate(outcome.story, 1):
            sentence = indicator["sentence"][self._settings.lang]
            self._tell(number, sentence, "", f"show {indicator['id'][:8]}")

    def _person_story(self, outcome: demo.Outcome) -> None:
        """Show persons whom no equal number joins, and why they are taken for one."""
        lang = self._settings.lang
        self._heading(_("Persons whom no document and no number joins"))
        for number, finding in enumerate(outcome.person_story, 1):
            explanation = finding["explanation"]
            reasons = [
                feature["text"][lang]
                for feature in explanation["features"]
                if feature["weight"] > 0
            ]
            why = f"{explanation['confidence'][lang]} {finish(', '.join(reasons), lang)}"
            self._tell(number, finding["sentence"][lang], why, f"person {finding['person']}")

    def _plot_story(self, outcome: demo.Outcome) -> None:
        """Show plots that only many records show, each with the truth."""
        lang = self._settings.lang
        self._heading(_("What only many records show"))
        for number, story in enumerate(_plots_of(outcome).story, 1):
            finding = story.finding
            compared = _(
                "{confidence} The truth: {plot}; {shared} of its {records} records are shown.",
                confidence=finding["explanation"]["confidence"][lang],
                plot=demo_plots.plot_title(story.plot, lang),
                shared=story.shared,
                records=len(story.plot.records),
            )
            command = f"rule-findings --rule {finding['rule']}"
            self._tell(number, finding["sentence"][lang], self._text(compared), command)

    def _case(self) -> bool:
        """Tell one case step by step, and check what each country sees of it."""
        self._heading(_("One case, from the alert at night to the joint investigation"))
        began, steps = time.monotonic(), []
        with demo_case.open_desks(self._settings) as desks:
            case = demo_case.DemoCase(desks, partial(demo_case.mechanism_sees, self._settings))
            for number, step in enumerate(case.steps(), 1):
                wrong = "" if step.is_right else self._text(_("WRONG: it should show otherwise."))
                self._tell(number, self._text(step.text), wrong, step.command)
                steps.append(step)
        right = sum(step.is_right for step in steps)
        return self._mark(
            right == demo_case.STEPS,
            _(
                "the case: {right} of {count} steps right, in {seconds:.1f} s",
                right=right,
                count=demo_case.STEPS,
                seconds=time.monotonic() - began,
            ),
        )

    def _tell(self, number: int, sentence: str, why: str, command: str) -> None:
        """Print a numbered sentence, why it is so, and the command that shows more, unbroken."""
        table = Table.grid(padding=(0, 1))
        table.add_column(justify="right", style="bold", width=3)
        table.add_column(overflow="fold")
        table.add_row(f"{number:>2}.", Text(sentence))
        if why:
            table.add_row("", Text(why, style="dim"))
        self._console.print(table)
        line = Text(f"    {self._quipu()} {command}", style="dim")
        self._console.print(line, soft_wrap=True)

    def _tables(self, outcome: demo.Outcome, published: demo.Published) -> None:
        self._heading(_("The figures"))
        countries = sorted({country for country, _ in outcome.events})
        rows = []
        for kind in sorted({kind for _country, kind in outcome.events}):
            name = event_type(kind, self._settings.lang)
            counts = (outcome.events.get((country, kind), 0) for country in countries)
            rows.append([name, *self._numbers(counts)])
        self._table(_("Events"), countries, rows)
        self._rules(outcome)
        total = sum(published.counts.values())
        self._say(
            _(
                "{total:,} records published and answered in {seconds:.1f} s; queries "
                "show all of them {visible_s:.1f} s after the last answer; a single "
                "record, from file to query: {canary_s:.2f} s",
                total=total,
                seconds=published.seconds,
                visible_s=outcome.visible_s,
                canary_s=outcome.canary_s,
            ),
        )

    def _rules(self, outcome: demo.Outcome) -> None:
        """Compare what each rule found with the known answers."""
        compared, lang = _looked(outcome), self._settings.lang
        names = (
            pgettext("plural", "certain"),
            _("expected"),
            _("errors"),
            pgettext("plural", "possible"),
        )
        rows = []
        titles = {
            indicator["rule"]: indicator["title"][lang]
            for indicator in outcome.indicators
            if indicator["grade"] == "certain"
        }
        for rule in compared.rules:
            sure, maybe = compared.of(rule, "certain"), compared.of(rule, "possible")
            counts = (
                sure.found_count,
                sure.owed,
                len(sure.invented) + len(sure.missed),
                maybe.found_count,
            )
            rows.append([_rule_title(rule, titles, lang), *self._numbers(counts)])
        self._table(_("Indicators"), [self._text(name) for name in names], rows)

    def _table(
        self, title: UserMessage, columns: Sequence[str], rows: Iterable[Sequence[str]]
    ) -> None:
        headings = [self._text(title), *columns]
        print_rows(self._console, headings, rows, range(1, len(headings)), main=0)
        self._console.print()

    def _numbers(self, counts: Iterable[int]) -> list[str]:
        return [number_text(count, ",", self._settings.lang) for count in counts]

    def _judge(self, outcome: demo.Outcome, published: demo.Published) -> bool:
        self._heading(_("Check"))
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
            self._persons(outcome),
            self._plots(outcome),
            self._mark(
                not published.refused,
                _("no record refused or rejected"),
            ),
            self._mark(
                done.returncode == 0,
                _("quipu reconcile: nothing lost, nothing duplicated"),
            ),
        ]
        if done.returncode:
            self._console.print(done.stdout + done.stderr, markup=False, highlight=False)
        self._recall(compared)
        return all(good)

    def _recall(self, compared: score.Comparison) -> None:
        """Say how much of what is true was found, by kind of thing."""
        certain, possible = compared.certain, compared.possible
        self._say(
            _(
                "precision: certain {certain:.3f}, possible {possible:.3f}. {hidden} real matches "
                "stay hidden by typing errors and lost digits",
                certain=certain.precision,
                possible=possible.precision,
                hidden=compared.hidden_pairs,
            ),
        )
        names = (
            pgettext("plural", "certain"),
            _("recall"),
            pgettext("plural", "possible"),
            _("recall"),
            pgettext("plural", "hidden"),
        )
        rows = [
            [thing_label(row.kind, self._settings.lang), *self._pair_figures(row)]
            for row in compared.kinds
        ]
        self._table(_("True pairs of records"), [self._text(name) for name in names], rows)

    def _pair_figures(self, row: score.KindRecall) -> list[str]:
        figures = (
            (row.certain_owed, ","),
            (row.certain, ".3f"),
            (row.possible_owed, ","),
            (row.possible, ".3f"),
            (row.hidden, ","),
        )
        return [number_text(figure, form, self._settings.lang) for figure, form in figures]

    def _certain(self, compared: score.Comparison) -> bool:
        """Check that the certain indicators are exactly those owed, and that no trap has sprung."""
        certain = compared.certain
        good = self._mark(
            certain.exact and certain.found_count > 0,
            _(
                "certain: {right:,} of {owed:,} expected; false {invented}, missed {missed}",
                right=certain.right,
                owed=certain.owed,
                invented=len(certain.invented),
                missed=len(certain.missed),
            ),
        )
        for finding in (*certain.invented[:3], *certain.missed[:3]):
            self._console.print(
                f"      {finding[0]} {sorted(finding[2])}", style="red", markup=False
            )
        for name, finding in compared.sprung[:3]:
            self._console.print(
                self._text(
                    _("      trap `{name}`: {name_of_trap}", name=name, name_of_trap=finding[0])
                ),
                style="red",
                markup=False,
            )
        return good

    def _exercise(self, outcome: demo.Outcome) -> bool:
        """Check that the exercise shows to those who take part, and nowhere in the real world."""
        drill = outcome.exercise
        if drill is None:
            raise RuntimeError("looked at no exercise")
        return self._mark(
            not outcome.leaked and drill.certain.exact,
            _(
                "real data do not show the exercise; its participants see its {right:,} indicators",
                right=drill.certain.found_count,
            ),
        )

    def _persons(self, outcome: demo.Outcome) -> bool:
        """Check that no finding on a person is invented, and that enough have no equal number."""
        compared = outcome.persons
        if compared is None:
            raise RuntimeError("looked at no persons")
        good = self._mark(
            not compared.invented and len(compared.unequal_found) >= LEAST_PERSONS,
            _(
                "persons: {found:,} of {owed:,} true pairs; false {invented}. No equal number "
                "joins {unequal} of them, of which {unequal_found} are found (recall {recall:.2f})",
                found=len(compared.joined),
                owed=len(compared.owed.pairs),
                invented=len(compared.invented),
                unequal=len(compared.owed.unequal),
                unequal_found=len(compared.unequal_found),
                recall=compared.unequal_recall,
            ),
        )
        for rule, references in compared.invented[:3]:
            self._console.print(f"      {rule} {sorted(references)}", style="red", markup=False)
        return good

    def _plots(self, outcome: demo.Outcome) -> bool:
        """Check that every plot is found, and that nothing else is."""
        plots = _plots_of(outcome)
        return self._mark(
            plots.owed > 0 and plots.found_count == plots.owed and not plots.wrong,
            _(
                "plots of many records: {found} of {owed} found; false {wrong}",
                found=plots.found_count,
                owed=plots.owed,
                wrong=plots.wrong,
            ),
        )

    def _cli(self) -> list[str]:
        return ["--home", str(self._settings.home), "--lang", self._settings.lang]

    def _quipu(self) -> str:
        return f".venv/bin/quipu --home {_short(self._settings.home)}"

    def _next_steps(self) -> None:
        self._heading(
            _("Continue in another terminal (Ctrl-C here stops everything)"),
        )
        quipu = self._quipu()
        for line in (
            f"{quipu} indicators --as CO/analyst/AMBER",
            f"{quipu} show ID --as CO/analyst/AMBER",
            f"{quipu} hits --node pe-pnp",
            f"{quipu} reconcile",
        ):
            self._console.print(f"  {line}", markup=False, highlight=False, soft_wrap=True)
        base = api_url(self._settings)
        self._say(_("the page: {base}/   the API: {base}/docs", base=base))
        self._say(
            _(
                "sign in as {names}; the password of each: {password}",
                names=", ".join(demo_account_name(code) for code in (*COUNTRIES, MECHANISM)),
                password=self._password,
            )
        )

    def _heading(self, text: UserMessage) -> None:
        self._console.print(f"\n[bold]{self._text(text)}[/bold]")

    def _say(self, text: UserMessage) -> None:
        self._console.print(f"  {self._text(text)}", markup=False, highlight=False, soft_wrap=True)

    def _mark(self, good: bool, text: UserMessage) -> bool:
        self._console.print(
            f"  {'[green]✓[/green]' if good else '[red]✗[/red]'} {self._text(text)}",
            highlight=False,
            soft_wrap=True,
        )
        return good

    def _text(self, text: UserMessage) -> str:
        return text.in_language(self._settings.lang)


def _looked(outcome: demo.Outcome) -> score.Comparison:
    if outcome.comparison is None:
        raise RuntimeError("looked at nothing")
    return outcome.comparison


def _plots_of(outcome: demo.Outcome) -> demo_plots.PlotOutcome:
    if outcome.plots is None:
        raise RuntimeError("looked at no plots")
    return outcome.plots


def _rule_title(rule: str, titles: Mapping[str, str], lang: str) -> str:
    """Return the title of a rule for several kinds of things, without one's name."""
    several = {"thing-in-two-countries": _("The same thing in cases of two countries")}
    return several[rule].in_language(lang) if rule in several else titles.get(rule, rule)


def _short(home: Path) -> str:
    """Return the data folder as one would type it from here."""
    here = Path.cwd()
    return str(home.relative_to(here)) if home.is_relative_to(here) else str(home)


commands: list[click.Command] = [demo_command]
