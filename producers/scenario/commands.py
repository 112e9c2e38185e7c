"""`quipu scenario`: write a scenario's files."""

import time
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from producers.scenario.demo_command import demo_command
from producers.scenario.generate import generate

EVERY = 2000


@click.command()
@click.option(
    "--records", type=click.IntRange(1, 1_000_000), default=10_000, show_default=True, help="Registros distintos / distinct records"
)
@click.option("--seed", default="2018", show_default=True, help="La misma semilla da los mismos bytes / the same seed gives the same bytes")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="Carpeta nueva, o de un escenario anterior / a new folder, or an earlier scenario's",
)
def scenario(records: int, seed: str, out: Path) -> None:
    """Escribe un año de armas e incautaciones de cuatro países, con su verdad. / A year of weapons and seizures, and the truth of it."""
    console = Console(stderr=True)
    started = time.monotonic()
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    ) as bar:
        task = bar.add_task("2018", total=records)
        try:
            manifest = generate(records, seed, out, lambda done: bar.update(task, completed=done) if done % EVERY == 0 else None)
        except OSError as error:
            raise click.ClickException(f"{out}: {error.strerror or error}") from error
    rows = sum(one["rows"] for one in manifest["files"])
    owed = sum(one["indicators"] for one in manifest["expected"])
    taken = time.monotonic() - started
    click.echo(f"{out}: {len(manifest['files'])} files, {rows} rows, {manifest['weapons']} weapons, {owed} indicators owed ({taken:.1f} s)")


commands: list[click.Command] = [scenario, demo_command]
