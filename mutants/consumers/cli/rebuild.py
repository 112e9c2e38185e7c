"""`quipu rebuild` on the command line."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from consumers.maintenance.rebuild import RebuildOutcome, rebuild
from infra.errors import Words
from infra.settings import Settings

DIFFERENT = 1


@click.command(
    "rebuild",
    help="Rehace todo desde el registro, lo compara y lo pone a servir. | Make everything anew from the log, compare, swap.",
)
@click.option(
    "--keep-old/--drop-old",
    default=False,
    show_default=True,
    help="Qué se hace con la generación anterior. | What becomes of the old one.",
)
@click.option(
    "--patience",
    type=float,
    default=600.0,
    show_default=True,
    help="Segundos sin avance que se toleran. | Seconds without progress.",
)
@click.option(
    "--accept",
    is_flag=True,
    help="Poner a servir aunque difiera: una regla nueva, una base perdida. | Let it serve though it differs: a new rule, a lost database.",
)
@click.option("--json", "as_json", is_flag=True, help="Para programas. | For programs.")
@click.option("--lang", type=click.Choice(["es", "en"]), help="Idioma. | Language.")
@click.pass_obj
def rebuild_command(
    settings: Settings,
    keep_old: bool,
    patience: float,
    accept: bool,
    as_json: bool,
    lang: str | None,
) -> None:
    """Exit code 0 where the new generation serves: the tables are equal, or their difference was
    accepted. Else 1.
    """
    spoken = lang or settings.lang
    console = Console(highlight=False, stderr=as_json)

    def tell(words: Words) -> None:
        console.print(words.text(spoken))

    outcome = rebuild(settings, tell, drop_old=not keep_old, patience_s=patience, accept=accept)
    if as_json:
        click.echo(json.dumps({**asdict(outcome), "equal": outcome.equal}, indent=2))
    else:
        _print(console, spoken, outcome)
    if outcome.serves_from is None:
        sys.exit(DIFFERENT)


def _print(console: Console, lang: str, outcome: RebuildOutcome) -> None:
    english = lang == "en"
    table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    for heading in ("table" if english else "tabla", f"g{outcome.old}", f"g{outcome.new}", ""):
        table.add_column(heading)
    for one in outcome.tables:
        mark = Text("=", style="green") if one.equal else Text("≠", style="bold red")
        table.add_row(one.table, str(one.old_rows), str(one.new_rows), mark)
    console.print(table)
    for one in outcome.tables:
        for number, rows in ((outcome.old, one.only_old), (outcome.new, one.only_new)):
            for row in rows:
                console.print(
                    Text(
                        f"{one.table}: {'only in' if english else 'solo en'} g{number}: {row}",
                        style="red",
                    ),
                    soft_wrap=True,
                )
    if outcome.serves_from is not None:
        console.print(f"{outcome.seconds:.0f} s")
        return
    console.print(
        f"The tables differ; generation {outcome.old} goes on serving. Was a rule added, or a database lost? Then: quipu rebuild --accept. "
        f"If not, report the rows above. Erasures do not reach generation {outcome.new}: repeat soon."
        if english
        else f"Las tablas difieren; la generación {outcome.old} sigue sirviendo. ¿Se agregó una regla o se perdió una base? Entonces: "
        f"quipu rebuild --accept. Si no, avise con las filas de arriba. Las supresiones no llegan a la {outcome.new}: repita pronto."
    )
