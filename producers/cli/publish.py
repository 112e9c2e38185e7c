"""The commands of a country node.

Exit codes: 0 if all is fine, 1 if an item was refused or rejected, 2 if the command could not run
or finish.
"""

import json
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, NoReturn

import click

from infra.coded_options import CodedText, WordChoice
from infra.command_line import argument, command, json_option, node_option, option
from infra.confirmation import YES, require_confirmation
from infra.errors import QuipuError
from infra.garbage_collection import collect_rarely
from infra.keys import keyring
from infra.option_types import seconds
from infra.settings import Settings
from infra.terminal import echo_json, make_console
from producers.cli import render_report
from producers.cli.code_option import reason_option
from producers.cli.conflict_file import copy_conflicts
from producers.cli.named_item import ItemName, named_item, require_standing
from producers.cli.progress import progress_line
from producers.cli.source_file import source_file
from producers.cli.target_facts import file_facts, target_facts
from producers.errors import NodeError
from producers.ingest.report import RunReport
from producers.mapping.loader import load_file_mapping
from producers.mapping.mapping import RowMapping
from producers.node import DEFAULT_WAIT_S, ControlStatement, CountryNode
from producers.outbox.receipts import receipts_by_id
from producers.outbox.sql import sql
from producers.outbox.store import Outbox
from schemas.i18n import _
from schemas.model import LANES, EventId

_ERASING_S = 3.0
_ALL = option(
    "--all",
    "every",
    is_flag=True,
    help=_("List every item, not only the first 20."),
)
_TIMEOUT = option(
    "--timeout",
    type=seconds(),
    default=DEFAULT_WAIT_S,
    show_default=True,
    help=_("Seconds to wait for answers."),
)
_NO_WAIT = option(
    "--no-wait",
    is_flag=True,
    help=_("Send without waiting for answers."),
)
_MAPPING = option(
    "--mapping",
    "mappings",
    required=True,
    multiple=True,
    metavar="M",
    help=_("Name or path of the mapping; several for rows of several shapes."),
)


@command(
    "publish",
    help=_("Publish a file of a national system."),
)
@argument("file", type=source_file)
@node_option
@_MAPPING
@option(
    "--lane", type=WordChoice("lane", LANES), default="routine", show_default=True, help=_("Lane.")
)
@option("--justification", help=_("Why it is urgent."))
@option(
    "--conflicts",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help=_("Copy the rows in conflict to this file, to decide of each."),
)
@_NO_WAIT
@_TIMEOUT
@_ALL
@json_option
@click.pass_obj
def publish_command(
    settings: Settings,
    /,
    file: Path,
    mappings: tuple[str, ...],
    lane: str,
    justification: str | None,
    conflicts: Path | None,
    **options: Any,
) -> None:
    """Ends with what became of every item; interrupted and repeated safely."""

    def run(node: CountryNode, wait: float) -> RunReport:
        file_mapping = load_file_mapping(*mappings)
        if lane == "urgent" and not justification:
            for row_mapping in file_mapping.mappings:
                _require_justification(row_mapping)
        report = node.publish(file, file_mapping, lane, wait, justification)
        if conflicts is not None:
            copy_conflicts(file, file_mapping, report, conflicts, settings.lang)
        return report

    _run(settings, options, run)


@command(
    "correct",
    help=_("Publish corrected versions, by their reference."),
)
@argument("file", type=source_file)
@node_option
@_MAPPING
@reason_option("correction_reason")
@_NO_WAIT
@_TIMEOUT
@_ALL
@json_option
@click.pass_obj
def correct_command(
    settings: Settings, /, file: Path, mappings: tuple[str, ...], reason: str, **options: Any
) -> None:
    """Publish corrected versions of records."""
    file_mapping = load_file_mapping(*mappings)
    _run(settings, options, lambda node, wait: node.correct(file, file_mapping, reason, wait))


def _act_options(type_: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Return a decorator with the options of a retraction or an erasure."""
    options = (
        node_option,
        option("--id", "id_", metavar="ID", help=_("The event's id.")),
        option(
            "--reference",
            metavar="R",
            help=_("Or its source reference, with --type."),
        ),
        option("--type", "type_", type=CodedText("event_type"), metavar="T", help=_("Event type.")),
        reason_option(f"{type_}_reason"),
        option("--note", help=_("Note (sealed).")),
        option("--ordered-by", help=_("Who ordered it (sealed).")),
    )

    def add_options(command: Callable[..., None]) -> Callable[..., None]:
        for decorate in reversed((*options, YES, _NO_WAIT, _TIMEOUT, _ALL, json_option)):
            command = decorate(command)
        return command

    return add_options


@command("retract", help=_("Retract an item that was wrong, or all of a file."))
@option(
    "--file",
    type=source_file,
    metavar="FILE",
    help=_("Or every record of this file, with --mapping."),
)
@option(
    "--mapping",
    "mappings",
    multiple=True,
    metavar="M",
    help=_("Name or path of the mapping of --file."),
)
@_act_options("retraction")
@click.pass_obj
def retract_command(
    settings: Settings, /, file: Path | None, mappings: tuple[str, ...], **options: Any
) -> None:
    """Retract a record that was wrong, or every record of a file."""
    if file is not None:
        _retract_file(settings, file, mappings, options)
    statement = _confirmed_statement(settings, "retraction", options)
    _run(settings, options, lambda node, wait: node.retract(statement, wait))


@command(
    "erase",
    help=_("Erase an item: nobody can read its content again."),
)
@_act_options("erasure")
@click.pass_obj
def erase_command(settings: Settings, /, **options: Any) -> None:
    """Erase a record through all stages, for about a minute.

    With --no-wait the node's next commands advance the stages.
    """
    statement = _confirmed_statement(settings, "erasure", options)

    def run(node: CountryNode, wait: float) -> RunReport:
        report = node.erase(statement, wait)
        return _until_erased(node, report) if wait else report

    _run(settings, options, run)


@command(
    "send",
    help=_("Send what waits in the outbox and read answers."),
)
@argument("node")
@option(
    "--wait",
    "until_done",
    is_flag=True,
    help=_("Wait until nothing is left, erasures included."),
)
@_TIMEOUT
@json_option
@click.pass_obj
def send_command(settings: Settings, /, until_done: bool, **options: Any) -> None:
    """Send what waits in the outbox and read answers."""

    def run(node: CountryNode, wait: float) -> RunReport:
        report = node.send(wait)
        return _until_erased(node, report) if until_done else report

    _run(settings, options, run)


@command("outbox", help=_("Show a node's outbox."))
@argument("node")
@json_option
@click.pass_obj
def outbox_command(settings: Settings, node: str, as_json: bool) -> None:
    """Only reads the outbox: Kafka need not run."""
    keyring.node_key_ids(settings, node)
    with closing(Outbox(settings.node_dir(node) / "outbox.db")) as box:
        cords = box.reconcile_counts()
        states = dict(box.rows(sql("count_bundles_by_state")))
        unfinished = box.rows(sql("count_unfinished_erasures"))[0][0]
    if as_json:
        click.echo(
            json.dumps(
                {"node": node, "cords": cords, "bundles": states, "erasures_left": unfinished}
            )
        )
        return
    render_report.print_outbox(cords, settings.lang, render_report.make_console())
    waiting, unanswered = states.get("sealed", 0), states.get("sent", 0)
    render_report.print_message(
        settings.lang,
        _(
            "Bundles: {waiting} unsent, {unanswered} unanswered, {refused} rejected. "
            "Erasures not finished: {left}.",
            waiting=waiting,
            unanswered=unanswered,
            refused=states.get("refused", 0),
            left=unfinished,
        ),
    )


def _run(
    settings: Settings, options: dict[str, Any], work: Callable[[CountryNode, float], RunReport]
) -> NoReturn:
    """Open the node, do the work under a progress line, show the report, end with the exit code."""
    lang, as_json = settings.lang, bool(options.get("as_json"))
    wait = 0.0 if options.get("no_wait") else float(options["timeout"])
    try:
        with (
            progress_line(lang, not as_json, make_console(stderr=True)) as watch,
            CountryNode(settings, options["node"], watch) as node,
        ):
            collect_rarely()
            report = work(node, wait)
    except QuipuError as error:
        if not as_json:
            raise
        echo_json(_error_record(error, lang))
        sys.exit(2)
    if as_json:
        echo_json(report.as_json())
    else:
        render_report.print_report(
            report, lang, bool(options.get("every")), render_report.make_console()
        )
    sys.exit(_exit_code(report))


def _error_record(error: QuipuError, lang: str) -> dict[str, str]:
    return {
        "error": error.code,
        "message": error.message.in_language(lang),
        "remedy": error.remedy.in_language(lang),
    }


def _exit_code(report: RunReport) -> int:
    """Give the exit code of a report.

    It is 1 if something was refused or rejected, 2 if the run did not finish (interrupted, or
    without Kafka), else 0.
    """
    if not report.all_fine():
        return 1
    return 2 if report.interrupted or report.unsent else 0


def _until_erased(node: CountryNode, report: RunReport) -> RunReport:
    """Advance the erasures until they are done.

    Ctrl-C leaves them to the node's next command.
    """
    try:
        while report.erasures and not report.interrupted:
            time.sleep(_ERASING_S)
            report = report.after(node.send(_ERASING_S))
    except KeyboardInterrupt:
        return report
    return report


def _confirmed_statement(
    settings: Settings, type_: str, options: dict[str, Any]
) -> ControlStatement:
    """Read the statement, and show a person on a terminal what it will hit.

    Raises NodeError, KeyringError, OutboxError; click.Abort where the person says no.
    """
    keys = keyring.load_node_keys(settings, options["node"])
    with closing(Outbox(settings.node_dir(keys.node) / "outbox.db")) as outbox:
        target = named_item(outbox, keys, ItemName.of_options(options))
        require_standing(outbox, type_, target)
        versions = receipts_by_id(outbox, [target])
    require_confirmation(
        lambda: target_facts(type_, target, versions, settings.lang),
        options["is_confirmed"],
        settings.lang,
    )
    return ControlStatement(
        type_, target, options["reason"], options["note"], options["ordered_by"]
    )


def _retract_file(
    settings: Settings, file: Path, mappings: tuple[str, ...], options: dict[str, Any]
) -> NoReturn:
    """Retract every record of a file; a person on a terminal is shown how many rows it has."""
    if not mappings or options["id_"] or options["reference"]:
        text = _("With --file give --mapping too, and neither --id nor --reference.")
        raise click.UsageError(text.in_language(settings.lang))
    file_mapping = load_file_mapping(*mappings)
    require_confirmation(
        lambda: file_facts(file, file_mapping), options["is_confirmed"], settings.lang
    )
    statement = ControlStatement(
        "retraction", EventId(bytes(16)), options["reason"], options["note"], options["ordered_by"]
    )
    _run(
        settings,
        options,
        lambda node, wait: node.retract_file(file, file_mapping, statement, wait),
    )


def _require_justification(mapping: RowMapping) -> None:
    """Raise NodeError where nothing would say why the events are urgent."""
    if not mapping.gives("justification"):
        raise NodeError(
            _("The urgent lane needs a reason, and --justification is missing."),
            _('Repeat with --justification "why it cannot wait". Nothing was published.'),
            "MISSING_FIELD",
        )


commands: list[click.Command] = [
    publish_command,
    correct_command,
    retract_command,
    erase_command,
    send_command,
    outbox_command,
]
