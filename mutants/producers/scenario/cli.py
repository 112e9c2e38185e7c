"""`quipu scenario`: write a scenario's files."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from infra.errors import QuipuError, Words
from infra.settings import Settings
from producers.scenario.generate import generate

EVERY = 2000  # records


class ScenarioError(QuipuError):
    """The folder cannot be written, or holds something else."""

    code = "SCENARIO"


@click.command()
@click.option(
    "--records",
    type=click.IntRange(1, 10_000_000),
    default=10_000,
    show_default=True,
    help="Registros distintos. | Distinct records.",
)
@click.option(
    "--seed",
    default="2018",
    show_default=True,
    help="La misma semilla da los mismos bytes. | The same seed gives the same bytes.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    required=True,
    help="Carpeta nueva, o de un escenario anterior. | A new folder, or an earlier scenario's.",
)
@click.pass_obj
def scenario(settings: Settings, records: int, seed: str, out: Path) -> None:
    """Escribe un año de cuatro países (armas, personas, dinero, fronteras), con su verdad. | A year
    of four countries, and its truth.
    """
    started = time.monotonic()
    with _watching(records) as progress:
        try:
            manifest = generate(records, seed, out, progress)
        except OSError as error:
            raise _refused(out, error) from error
    click.echo(_told(manifest, out, time.monotonic() - started).text(settings.lang))


@contextmanager
def _watching(records: int) -> Iterator[Callable[[int], None]]:
    """A bar on a terminal, nothing elsewhere."""
    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as bar:
        task = bar.add_task("2018", total=records)
        yield lambda done: bar.update(task, completed=done) if done % EVERY == 0 else None


def _told(manifest: Mapping[str, Any], out: Path, seconds: float) -> Words:
    files, rows = manifest["files"], sum(one["rows"] for one in manifest["files"])
    owed, things, first = (
        sum(one["indicators"] for one in manifest["expected"]),
        sum(manifest["things"].values()),
        files[0],
    )
    publish = (
        f"quipu publish {out / first['file']} --node {first['node']} --mapping {first['mapping']}"
    )
    return Words(
        f"{out}: {len(files)} archivos, {rows} filas, {things} cosas conocidas; la verdad debe {owed} indicadores. {seconds:.1f} s\n"
        f"Qué contiene y qué ruido lleva: {out / 'README.md'}\nLo que sigue: {publish}",
        f"{out}: {len(files)} files, {rows} rows, {things} things known; the truth owes {owed} indicators. {seconds:.1f} s\n"
        f"What is in them, and the noise: {out / 'README.md'}\nNext: {publish}",
    )


def _refused(out: Path, error: OSError) -> ScenarioError:
    if isinstance(error, FileExistsError | NotADirectoryError):
        return ScenarioError(
            Words(
                f"{out} contiene algo que no es un escenario.",
                f"{out} holds something that is no scenario.",
            ),
            Words("Elija otra carpeta con --out.", "Choose another folder with --out."),
        )
    return ScenarioError(
        Words(
            f"No se puede escribir en {out}: {error.strerror}.",
            f"{out} cannot be written: {error.strerror}.",
        ),
        Words(
            "Revise permisos y espacio en disco, y repita.",
            "See to permissions and disk space, and repeat.",
        ),
    )


commands: list[click.Command] = [scenario]
