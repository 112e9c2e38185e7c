"""`quipu watch`: publish the files that are left in a folder."""

import time
from collections.abc import Callable, Iterator
from functools import partial
from io import StringIO
from pathlib import Path
from typing import Any

import click

from infra.command_line import command, node_option, option
from infra.garbage_collection import collect_rarely
from infra.option_types import seconds
from infra.settings import Settings
from infra.terminal import make_console
from producers.cli import render_report
from producers.cli.stop_signal import ended_by_signal
from producers.errors import NodeError
from producers.folder_watch.watcher import (
    POLL_EVERY_S,
    SETTLED_S,
    FolderWatcher,
    ProcessedFile,
    Route,
)
from producers.ingest.ingest_counts import MAX_REPORTED_REFUSALS
from producers.ingest.report import RunReport
from producers.mapping.loader import load_file_mapping
from producers.node import CountryNode
from producers.retention import expire_daily
from schemas import words
from schemas.codes import code_lists
from schemas.i18n import _


@command(
    "watch",
    help=_("Publish the files that arrive in a folder."),
)
@node_option
@option(
    "--folder",
    required=True,
    type=click.Path(path_type=Path),
    metavar="D",
    help=_("The folder."),
)
@option(
    "--map",
    "maps",
    multiple=True,
    metavar="'P=M'",
    help=_("Mapping M for names P."),
)
@option("--mapping", metavar="M", help=_("Mapping of all other files."))
@option(
    "--correct",
    "corrections",
    multiple=True,
    metavar="'P=R'",
    help=_("Files named P are corrections with reason R."),
)
@option(
    "--settled",
    type=seconds(),
    default=SETTLED_S,
    show_default=True,
    help=_("Seconds without growth before a file is read."),
)
@option("--once", is_flag=True, help=_("End after the present files."))
@click.pass_obj
def watch_command(
    settings: Settings,
    /,
    node: str,
    folder: Path,
    maps: tuple[str, ...],
    corrections: tuple[str, ...],
    **options: Any,
) -> None:
    """Watch the folder until stopped.

    With --once it ends when all files are ingested and sent, or Kafka does not answer.
    """
    routes = list(_routes(maps, options["mapping"], corrections))
    folder.mkdir(parents=True, exist_ok=True)
    with (
        ended_by_signal(),
        CountryNode(settings, node, holder_label=f"quipu watch, {folder}") as country,
        country.delivery.running(),
    ):
        country.read_config()
        collect_rarely()
        watch = FolderWatcher(
            country,
            folder,
            routes,
            _announce(settings.lang),
            lambda report: report_text(report, settings.lang),
            options["settled"],
            keep_house=partial(expire_daily, country),
        )
        watch.begin()
        if not options["once"]:
            watch.run_forever()
        while watch.scan():
            time.sleep(min(POLL_EVERY_S, options["settled"] / 2))
        country.send(0)
        watch.update_reports(now=True)


def _routes(
    maps: tuple[str, ...], other: str | None, corrections: tuple[str, ...]
) -> Iterator[Route]:
    """Load the mappings that the options name. Raises MappingError, NodeError, click.UsageError."""
    reasons = dict(_pair(text, "--correct") for text in corrections)
    for reason in reasons.values():
        if reason not in code_lists()["correction_reason"].codes:
            raise _no_reason(reason)
    plain = [*(_pair(text, "--map") for text in maps), *([("*", other)] if other else [])]
    if not plain:
        raise click.UsageError("--mapping, --map")
    names: dict[str, list[str]] = {}
    for pattern, name in plain:
        names.setdefault(pattern, []).append(name)
    loaded = [(pattern, load_file_mapping(*group)) for pattern, group in names.items()]
    for pattern, reason in reasons.items():
        yield from (
            Route(pattern, mapping, reason) for named, mapping in loaded if named in (pattern, "*")
        )
    yield from (Route(pattern, mapping) for pattern, mapping in loaded)


def _pair(text: str, option: str) -> tuple[str, str]:
    pattern, mark, value = text.rpartition("=")
    if not (mark and pattern and value):
        raise click.BadParameter(f"{text!r} ≠ 'armas-*.csv=…'", param_hint=option)
    return pattern, value


def _announce(lang: str) -> Callable[[ProcessedFile], None]:
    def tell(processed: ProcessedFile) -> None:
        tally = processed.report.ingested
        if processed.reason:
            render_report.print_message(
                lang,
                _(
                    "✗ {moved}: {reason}",
                    moved=processed.moved,
                    reason=words.message(processed.reason, lang),
                ),
            )
            return
        mend = f" → {processed.refused.name}" if processed.refused else ""
        render_report.print_message(
            lang,
            _(
                "✓ {moved}: {sealed:,} sealed, {repeated:,} repeated, {refused:,} refused{mend}",
                moved=processed.moved,
                sealed=tally.sealed,
                repeated=tally.repeated,
                refused=tally.refused,
                mend=mend,
            ),
        )

    return tell


def _no_reason(reason: str) -> NodeError:
    known = ", ".join(code_lists()["correction_reason"].codes)
    return NodeError(
        _("`{reason}` is not a reason.", reason=reason),
        _("Use one of: {known}.", known=known),
        "UNKNOWN_CODE",
    )


def report_text(report: RunReport, lang: str) -> str:
    """Render a report for the file next to the ingested one: every item, 120 columns."""
    text = StringIO()
    console = make_console(file=text, width=120)
    render_report.print_report(report, lang, False, console, most=MAX_REPORTED_REFUSALS)
    return text.getvalue()


commands: list[click.Command] = [watch_command]
