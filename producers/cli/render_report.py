"""Print what a node's commands show: progress, reports and their items, nodes, outboxes."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar
from rich.table import Table

from infra import terminal
from producers.ingest.report import OUTCOMES, ReportItem, RunProgress, RunReport
from schemas import words
from schemas.i18n import UserMessage, _, in_language, ngettext

PREVIEW_ROWS = 20
ORDER = ("refused", "rejected", "pending", "unanswered", "duplicate", "accepted")
_STYLES = {
    "accepted": "green",
    "duplicate": "dim",
    "pending": "yellow",
    "refused": "red",
    "rejected": "red",
    "unanswered": "yellow",
}


@contextmanager
def progress_line(lang: str, shown: bool, console: Console) -> Iterator[Any]:
    """Show the progress in one line on a terminal; elsewhere only that Kafka does not answer.

    Yields the function that receives the progress.
    """
    bar = Bar(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TimeElapsedColumn(),
        console=console,
        transient=True,
    )
    task = bar.add_task("", total=None)
    announced = [""]

    def watch(progress: RunProgress) -> None:
        bar.update(
            task,
            description=_line(progress, lang),
            total=progress.sealed or None,
            completed=progress.answered,
        )
        if progress.unavailable and progress.unavailable != announced[0]:
            console.print(f"[yellow]{_away(progress.unavailable, lang)}[/yellow]", soft_wrap=True)
        elif announced[0] and not progress.unavailable:
            console.print(_("Kafka answers again.").in_language(lang))
        announced[0] = progress.unavailable

    if not shown or not console.is_terminal:
        yield watch if shown else lambda progress: None
        return
    with bar:
        yield watch


def _line(progress: RunProgress, lang: str) -> str:
    if progress.erasing:
        return ngettext(
            "{count} erasure under way (a minute or more)",
            "{count} erasures under way (a minute or more)",
            progress.erasing,
        ).in_language(lang)
    return _(
        "{rows:,} read · {sealed:,} sealed · {answered:,} answered",
        rows=progress.rows,
        sealed=progress.sealed,
        answered=progress.answered,
    ).in_language(lang)


def _away(why: str, lang: str) -> str:
    short = why.splitlines()[0][:100]
    return _(
        "Kafka does not answer ({short}). Your records are safe in the outbox. "
        "Retrying (Ctrl-C to stop).",
        short=short,
    ).in_language(lang)


def print_report(
    report: RunReport, lang: str, every: bool, console: Console, most: int = PREVIEW_ROWS
) -> None:
    """Print the table of a report, then the items that need attention.

    It prints at most `most` items, or every item that was not simply accepted.
    """
    counts = report.counts()
    title = ngettext(
        "{node} · {count:,} record",
        "{node} · {count:,} records",
        report.ingested.rows,
        node=report.node,
    )
    table = Table(title=title.in_language(lang), title_justify="left")
    for outcome in OUTCOMES:
        table.add_column(
            words.verdict(outcome, lang),
            justify="right",
            style=_STYLES[outcome] if counts[outcome] else "dim",
        )
    table.add_row(*(f"{counts[outcome]:,}" for outcome in OUTCOMES))
    if report.ingested.rows:
        console.print(table)
    _items(report, lang, every, console, most)
    for line in _notes(report, lang, counts):
        console.print(line, soft_wrap=True)


def _items(report: RunReport, lang: str, every: bool, console: Console, most: int) -> None:
    """Print refused and rejected items first.

    Known items are only counted, unless `every` item is wanted.
    """
    items = list(report.items(every))
    items.sort(key=lambda item: (ORDER.index(item.outcome), item.line))
    shown = items if every else items[:most]
    for item in shown:
        console.print(
            " ".join(describe_item(item, lang)), soft_wrap=True, highlight=False, markup=False
        )
    for code in dict.fromkeys(
        item.code for item in shown if item.outcome != "duplicate" and item.code
    ):
        console.print(
            f"→ {code}: {words.remedy(code, lang)}",
            soft_wrap=True,
            highlight=False,
            markup=False,
            style="bold",
        )
    if len(items) > len(shown):
        rest = len(items) - len(shown)
        console.print(_("… and {rest:,} more: repeat with --all.", rest=rest).in_language(lang))


def describe_item(item: ReportItem, lang: str) -> Iterator[str]:
    """An item in words: where, what, why, what stood there."""
    yield (
        _("line {line}", line=item.line).in_language(lang)
        if item.line
        else _("file").in_language(lang)
    )
    if item.field:
        name = words.field(item.field, lang)
        column = _("column {name}", name=item.column).in_language(lang) if item.column else ""
        where = ", ".join(
            part for part in (item.field if name != item.field else "", column) if part
        )
        yield f"· {name} ({where})" if where else f"· {name}"
    if not item.code:
        yield f"· {words.verdict(item.outcome, lang)}"
        return
    yield f"· {item.code} · {words.message(item.code, lang, detail=in_language(item.detail, lang))}"
    if item.offending_value:
        yield f"· «{item.offending_value}»"


def _notes(report: RunReport, lang: str, counts: dict[str, int]) -> Iterator[str]:
    if report.interrupted:
        yield _(
            "Interrupted. Sealed records are in the outbox; repeat the command to finish."
        ).in_language(lang)
    if report.unsent:
        yield ngettext(
            "{count:,} bundle waits in the outbox: quipu send {node}",
            "{count:,} bundles wait in the outbox: quipu send {node}",
            report.unsent,
            node=report.node,
        ).in_language(lang)
    refused = report.refused_whole()
    if refused:
        yield ngettext(
            "{count:,} record is in a rejected bundle. Correct the cause, then send it again: "
            "quipu send {node}",
            "{count:,} records are in rejected bundles. Correct the cause, then send them again: "
            "quipu send {node}",
            refused,
            node=report.node,
        ).in_language(lang)
    if counts["unanswered"] > refused and not report.unsent:
        yield ngettext(
            "{count:,} record is in Kafka without an answer yet: quipu send {node}",
            "{count:,} records are in Kafka without an answer yet: quipu send {node}",
            counts["unanswered"] - refused,
            node=report.node,
        ).in_language(lang)
    if report.erasures:
        yield ngettext(
            "{count} erasure is under way (a minute or more): quipu send {node} --wait",
            "{count} erasures are under way (a minute or more): quipu send {node} --wait",
            report.erasures,
            node=report.node,
        ).in_language(lang)


def print_nodes(rows: list[dict[str, Any]], lang: str, console: Console) -> None:
    """Print the table of `quipu node list`."""
    table = Table()
    for heading in (
        _("node"),
        _("country"),
        _("authority"),
        _("partition"),
        _("keys"),
        _("epochs"),
        _("here"),
    ):
        table.add_column(heading.in_language(lang), no_wrap=True)
    for row in rows:
        keys = "\n".join(f"{key['key_id']}{' ✗' if key['revoked'] else ''}" for key in row["keys"])
        epochs = "\n".join(f"{lane} {epoch}" for lane, epoch in row["epochs"].items())
        table.add_row(
            row["node"],
            row["country"],
            row["authority"],
            str(row["partition"]),
            keys,
            epochs,
            "✓" if row["here"] else "",
        )
    console.print(table)


def print_outbox(rows: list[dict[str, Any]], lang: str, console: Console) -> None:
    """`quipu outbox`: a column a cord."""
    headings = {
        "taken": _("taken"),
        "refused": _("refused"),
        "sealed": _("sealed"),
        "accepted": _("accepted"),
        "duplicate": _("duplicates"),
        "pending": _("pending"),
        "rejected": _("rejected"),
        "unanswered": _("unanswered"),
    }
    table = Table("", *(row["cord"] for row in rows))
    for name, heading in headings.items():
        table.add_row(heading.in_language(lang), *(f"{row[name]:,}" for row in rows))
    console.print(table)


def print_message(lang: str, text: UserMessage) -> None:
    """A line on the screen."""
    click.echo(text.in_language(lang))


def make_console() -> Console:
    """As wide as the terminal; 100 columns elsewhere, or what COLUMNS says."""
    return (
        terminal.make_console()
        if sys.stdout.isatty()
        else terminal.make_console(width=int(os.environ.get("COLUMNS", "100")))
    )
