"""How a node's command line looks: the progress, the table of a report, and its items, in Spanish
or English.
"""

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

from infra.errors import Words
from producers.ingest.report import OUTCOMES, Item, Progress, Report
from schemas import words

FIRST = 20
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
def watching(lang: str, shown: bool, console: Console) -> Iterator[Any]:
    """A line that tells how far it is, on a terminal; elsewhere only that Kafka is away. Gives the
    function that takes the progress.
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
    said = [""]

    def watch(progress: Progress) -> None:
        bar.update(
            task,
            description=_line(progress, lang),
            total=progress.sealed or None,
            completed=progress.answered,
        )
        if progress.away and progress.away != said[0]:
            console.print(f"[yellow]{_away(progress.away, lang)}[/yellow]", soft_wrap=True)
        elif said[0] and not progress.away:
            console.print(Words("Kafka responde de nuevo.", "Kafka answers again.").text(lang))
        said[0] = progress.away

    if not shown or not console.is_terminal:
        yield watch if shown else lambda progress: None
        return
    with bar:
        yield watch


def _line(progress: Progress, lang: str) -> str:
    if progress.erasing:
        return Words(
            f"{progress.erasing} supresiones en curso (un minuto o más)",
            f"{progress.erasing} erasures under way (a minute or more)",
        ).text(lang)
    return Words(
        f"{progress.rows:,} leídos · {progress.sealed:,} sellados · {progress.answered:,} respondidos",
        f"{progress.rows:,} read · {progress.sealed:,} sealed · {progress.answered:,} answered",
    ).text(lang)


def _away(why: str, lang: str) -> str:
    short = why.splitlines()[0][:100]
    return Words(
        f"Kafka no responde ({short}). Lo tomado está a salvo en el buzón; se sigue intentando (Ctrl-C para dejarlo).",
        f"Kafka does not answer ({short}). What was taken is safe in the outbox; trying on (Ctrl-C to leave it).",
    ).text(lang)


def report(found: Report, lang: str, every: bool, console: Console, most: int = FIRST) -> None:
    """The table, then item by item what was not simply accepted: what must be looked at, at most so
    many, or `every` one.
    """
    counts = found.counts()
    what = Words("registro", "record") if found.tally.rows == 1 else Words("registros", "records")
    table = Table(
        title=f"{found.node} · {found.tally.rows:,} {what.text(lang)}", title_justify="left"
    )
    for outcome in OUTCOMES:
        table.add_column(
            words.verdict(outcome, lang),
            justify="right",
            style=_STYLES[outcome] if counts[outcome] else "dim",
        )
    table.add_row(*(f"{counts[outcome]:,}" for outcome in OUTCOMES))
    if found.tally.rows:
        console.print(table)
    _items(found, lang, every, console, most)
    for line in _notes(found, lang, counts):
        console.print(line, soft_wrap=True)


def _items(found: Report, lang: str, every: bool, console: Console, most: int) -> None:
    """Refused and rejected ones first; what was taken in before is only counted, unless all is
    asked for.
    """
    told = list(found.items(every))
    told.sort(key=lambda item: (ORDER.index(item.outcome), item.line))
    shown = told if every else told[:most]
    for item in shown:
        console.print(
            " ".join(item_words(item, lang)), soft_wrap=True, highlight=False, markup=False
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
    if len(told) > len(shown):
        rest = len(told) - len(shown)
        console.print(
            Words(
                f"… y {rest:,} más: repita con --all.", f"… and {rest:,} more: repeat with --all."
            ).text(lang)
        )


def item_words(item: Item, lang: str) -> Iterator[str]:
    """An item in words: where, what, why, what stood there."""
    yield (
        Words(f"línea {item.line}", f"line {item.line}").text(lang)
        if item.line
        else Words("archivo", "file").text(lang)
    )
    if item.field:
        name = words.field(item.field, lang)
        column = f"{Words('columna', 'column').text(lang)} {item.column}" if item.column else ""
        where = ", ".join(
            part for part in (item.field if name != item.field else "", column) if part
        )
        yield f"· {name} ({where})" if where else f"· {name}"
    if not item.code:
        yield f"· {words.verdict(item.outcome, lang)}"
        return
    yield f"· {item.code} · {words.message(item.code, lang, detail=in_language(item.detail, lang))}"
    if item.seen:
        yield f"· «{item.seen}»"


def in_language(detail: str, lang: str) -> str:
    """One of the two languages of a `español | English` text; a text in one only as it is."""
    spanish, bar, english = detail.partition(" | ")
    return english if bar and lang == "en" else spanish


def _notes(found: Report, lang: str, counts: dict[str, int]) -> Iterator[str]:
    if found.interrupted:
        yield Words(
            "Interrumpido. Lo sellado está en el buzón; repita la misma orden para terminar.",
            "Interrupted. What was sealed is in the outbox; repeat the same command to finish.",
        ).text(lang)
    if found.unsent:
        yield Words(
            f"{found.unsent:,} paquetes esperan en el buzón: quipu send {found.node}",
            f"{found.unsent:,} bundles wait in the outbox: quipu send {found.node}",
        ).text(lang)
    refused = found.refused_whole()
    if refused:
        yield Words(
            f"{refused:,} registros van en paquetes rehusados enteros; remediada la causa, salen otra vez: quipu send {found.node}",
            f"{refused:,} records are in bundles refused whole; once the cause is mended, they go out again: quipu send {found.node}",
        ).text(lang)
    if counts["unanswered"] > refused and not found.unsent:
        waiting = counts["unanswered"] - refused
        yield Words(
            f"{waiting:,} registros están en Kafka y el mecanismo aún no responde: quipu send {found.node}",
            f"{waiting:,} records are in Kafka and the mechanism has not answered yet: quipu send {found.node}",
        ).text(lang)
    if found.erasures:
        yield Words(
            f"{found.erasures} supresiones siguen en curso (un minuto o más): quipu send {found.node} --wait",
            f"{found.erasures} erasures go on (a minute or more): quipu send {found.node} --wait",
        ).text(lang)


def nodes(rows: list[dict[str, Any]], lang: str, console: Console) -> None:
    """`quipu node list`."""
    heads = Words(
        "nodo,país,autoridad,partición,llaves,épocas,aquí",
        "node,country,authority,partition,keys,epochs,here",
    ).text(lang)
    table = Table()
    for head in heads.split(","):
        table.add_column(head, no_wrap=True)
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


def outbox(rows: list[dict[str, Any]], lang: str, console: Console) -> None:
    """`quipu outbox`: a column a cord."""
    spanish = (
        "tomados",
        "no admitidos",
        "sellados",
        "aceptados",
        "duplicados",
        "pendientes",
        "rechazados",
        "sin respuesta",
    )
    names = (
        "taken",
        "refused",
        "sealed",
        "accepted",
        "duplicate",
        "pending",
        "rejected",
        "unanswered",
    )
    table = Table("", *(row["cord"] for row in rows))
    for name, word in zip(names, names if lang == "en" else spanish, strict=True):
        table.add_row(word, *(f"{row[name]:,}" for row in rows))
    console.print(table)


def say(lang: str, es: str, en: str) -> None:
    """A line on the screen."""
    click.echo(Words(es, en).text(lang))


def console() -> Console:
    """As wide as the terminal; 100 columns elsewhere, or what COLUMNS says."""
    return (
        Console() if sys.stdout.isatty() else Console(width=int(os.environ.get("COLUMNS", "100")))
    )
