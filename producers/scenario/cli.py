"""`quipu scenario`: write a scenario's files."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from infra.command_line import command, option
from infra.errors import QuipuError
from infra.settings import Settings
from infra.system_errors import reason_of
from infra.terminal import make_console
from producers.scenario.generate import generate
from producers.scenario.networks.generate import TRUTH, generate_networks
from schemas.i18n import UserMessage, _

EVERY = 2000  # records


class ScenarioError(QuipuError):
    """The folder cannot be written, or holds something else."""

    code = "SCENARIO"


Write = Callable[[int, str, Path, Callable[[int], None]], dict[str, Any]]
Describe = Callable[[Mapping[str, Any], Path, float], UserMessage]


def _told(manifest: Mapping[str, Any], out: Path, seconds: float) -> UserMessage:
    files, rows = manifest["files"], sum(file["rows"] for file in manifest["files"])
    owed, things, first = (
        sum(item["indicators"] for item in manifest["expected"]),
        sum(manifest["things"].values()),
        files[0],
    )
    publish = (
        f"quipu publish {out / first['file']} --node {first['node']} --mapping {first['mapping']}"
    )
    return _(
        "{out}: {files} files, {rows} rows, {things} known things; {owed} "
        "expected indicators. {seconds:.1f} s\nContent and noise: "
        "{readme}\nNext: {publish}",
        out=out,
        files=len(files),
        rows=rows,
        things=things,
        owed=owed,
        seconds=seconds,
        readme=out / "README.md",
        publish=publish,
    )


def _plots_told(manifest: Mapping[str, Any], out: Path, seconds: float) -> UserMessage:
    files, plots = manifest["files"], manifest["plots"]
    traps = sum(count for kind, count in plots.items() if kind.startswith("trap_"))
    return _(
        "{out}: {files} files, {rows} rows, {plots} plots, {traps} traps. {seconds:.1f} s\n"
        "What is true of each: {truth}",
        out=out,
        files=len(files),
        rows=sum(file["rows"] for file in files),
        plots=sum(plots.values()) - traps - plots.get("everyday", 0),
        traps=traps,
        seconds=seconds,
        truth=out / TRUTH,
    )


SETS: Mapping[str, tuple[Write, Describe]] = {
    "year": (generate, _told),
    "networks": (generate_networks, _plots_told),
}


@command("scenario", help=_("Write a year of data of four countries, with the known answers."))
@option(
    "--records",
    type=click.IntRange(1, 10_000_000),
    default=10_000,
    show_default=True,
    help=_("Distinct records."),
)
@option(
    "--seed",
    default="2018",
    show_default=True,
    help=_("The same seed gives the same bytes."),
)
@option(
    "--out",
    type=click.Path(path_type=Path),
    required=True,
    help=_("A new folder, or an earlier scenario's."),
)
@option(
    "--set",
    "name",
    type=click.Choice(tuple(SETS)),
    default="year",
    show_default=True,
    help=_("year: on things and persons. networks: on what only many records show."),
)
@click.pass_obj
def scenario(settings: Settings, records: int, seed: str, out: Path, name: str) -> None:
    """Write the files of a scenario and say what they hold."""
    started = time.monotonic()
    write, describe = SETS[name]
    with _watching(records) as progress:
        try:
            manifest = write(records, seed, out, progress)
        except OSError as error:
            raise _refused(out, error) from error
    click.echo(describe(manifest, out, time.monotonic() - started).in_language(settings.lang))


@contextmanager
def _watching(records: int) -> Iterator[Callable[[int], None]]:
    """A bar on a terminal, nothing elsewhere."""
    console = make_console(stderr=True)
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


def _refused(out: Path, error: OSError) -> ScenarioError:
    if isinstance(error, FileExistsError | NotADirectoryError):
        return ScenarioError(
            _("{out} has files that are not a scenario.", out=out),
            _("Choose another folder with --out."),
        )
    return ScenarioError(
        _("{out} cannot be written: {strerror}.", out=out, strerror=reason_of(error)),
        _("Check permissions and disk space, and repeat."),
    )


commands: list[click.Command] = [scenario]
