"""`quipu rejects`: list, explain, redrive."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

import click
import orjson

from consumers.cli.figure_options import FigureOutput, with_output
from consumers.cli.reader_options import gathered
from consumers.cli.reject_table import rejects_table
from consumers.cli.render_rejects import PREVIEW_ROWS, RejectRenderer, SenderFile
from consumers.exports.formats import export_file
from consumers.maintenance.rejects import (
    Reject,
    RejectFilter,
    by_retry_path,
    count_rejects,
    find_rejects,
    matching_id,
)
from consumers.presentation.as_of import parse_since
from consumers.sink.reread_request import request_reread
from infra.command_line import argument, group, json_option, option
from infra.errors import QuipuError
from infra.exchange_log.serving_tables import open_serving_tables
from infra.list_file import write_file
from infra.outbox_reader import ItemPosition, open_outbox, outbox_paths
from infra.settings import Settings
from schemas.hidden_characters import escape_for_json
from schemas.i18n import _
from schemas.words.stable_codes import STABLE_CODES


def _reject_filter(code: str, node: str, since: str | None) -> RejectFilter:
    return RejectFilter(code=code.upper(), node=node, since=parse_since(since))


_FILTER_OPTIONS = (
    option("--code", default="", help=_("Only this code.")),
    option("--node", default="", help=_("Only this node.")),
    option("--since", help=_("Recorded since (UTC).")),
)
_with_filter = gathered("filter_", _reject_filter, *_FILTER_OPTIONS)


@group(
    "rejects",
    invoke_without_command=True,
    help=_("Count, explain and retry what was not accepted."),
)
@_with_filter
@json_option
@click.pass_context
def rejects_group(click_context: click.Context, /, filter_: RejectFilter, as_json: bool) -> None:
    """List the rejects where no further word is given."""
    if click_context.invoked_subcommand is None:
        _list(click_context.obj, filter_, PREVIEW_ROWS, as_json)


@rejects_group.command("list", help=_("Count by node and code, and list the newest."))
@_with_filter
@option(
    "--limit",
    type=click.IntRange(0, 100_000),
    default=PREVIEW_ROWS,
    show_default=True,
    help=_("How many to list."),
)
@with_output
@json_option
@click.pass_obj
def list_command(
    settings: Settings, filter_: RejectFilter, limit: int, output: FigureOutput, as_json: bool
) -> None:
    """Count the rejects by node and code, and list the newest; a file has all of them."""
    if output.files:
        _write(settings, filter_, output)
    else:
        _list(settings, filter_, limit, as_json)


def _write(settings: Settings, filter_: RejectFilter, output: FigureOutput) -> None:
    with open_serving_tables(settings) as client:
        rejects = find_rejects(client, filter_)
    for format_, path in output.files.items():
        table = rejects_table(rejects, datetime.now(UTC), settings.lang)
        write_file(path, export_file(table, format_).parts)
        click.echo(_("{file} is written.", file=path).in_language(settings.lang), err=True)


def _list(settings: Settings, filter_: RejectFilter, limit: int, as_json: bool) -> None:
    with open_serving_tables(settings) as client:
        rejects = find_rejects(client, filter_)
    if not as_json:
        RejectRenderer(settings.lang).listing(rejects, limit)
        return
    report = {
        "counts": [
            {"node": row.node, "verdict": row.verdict, "code": row.code, "count": row.number}
            for row in count_rejects(rejects)
        ],
        "rejects": [_as_json(reject) for reject in rejects[:limit]],
    }
    click.echo(escape_for_json(orjson.dumps(report, option=orjson.OPT_INDENT_2).decode()))


@rejects_group.command(
    "explain", help=_("Explain one, by event id or topic/partition/offset, or a code.")
)
@argument("subject", metavar="ID|CODE")
@click.pass_obj
def explain_command(settings: Settings, subject: str) -> None:
    """Explain a code, or the rejects that an id names: what happened, and what to do."""
    renderer = RejectRenderer(settings.lang)
    code = subject.upper() if subject.upper() in STABLE_CODES else ""
    with open_serving_tables(settings) as client:
        rejects = find_rejects(client, RejectFilter(code=code))
    if code:
        renderer.code(code, rejects)
        return
    matching = matching_id(rejects, subject)
    if not matching:
        raise _not_found(subject)
    for reject in matching[:PREVIEW_ROWS]:
        renderer.reject(reject, _verdict_in_outbox(settings, reject))


@rejects_group.command(
    "redrive", help=_("Show what can be tried again, and how; --yes does what can be done here.")
)
@_with_filter
@option("--yes", is_flag=True, help=_("Make the sink read the messages again."))
@click.pass_obj
def redrive_command(settings: Settings, filter_: RejectFilter, yes: bool) -> None:
    """Show what can be tried again, and how. No verdict changes: `maintenance.rejects` says why."""
    renderer = RejectRenderer(settings.lang)
    with open_serving_tables(settings) as client:
        groups = by_retry_path(find_rejects(client, filter_))
    if not groups:
        renderer.message(_("Nothing to try again."))
    for path, rejects in groups.items():
        files = _sender_files(settings, rejects) if path == "sender" else []
        renderer.retry_path(path, rejects, files)
    if yes and "reread" in groups:
        positions = [(reject.topic, reject.partition, reject.offset) for reject in groups["reread"]]
        request = request_reread(settings, positions)
        places = ", ".join(
            f"{topic}/{partition} ≥ {offset}"
            for topic, starts in request.items()
            for partition, offset in starts.items()
        )
        renderer.message(_("The sink will read again: {places}", places=places))


def _verdict_in_outbox(settings: Settings, reject: Reject) -> str | None:
    """Return the verdict that the node read of the item, empty where it read none yet.

    None where the outbox is not in this data folder, or it is a whole message.
    """
    path = outbox_paths(settings).get(reject.node)
    if reject.what != "item" or path is None:
        return None
    with open_outbox(path) as outbox:
        return outbox.item_verdict(_position(reject))


def _sender_files(settings: Settings, rejects: Sequence[Reject]) -> list[SenderFile]:
    """Return the files that the items came from, as far as their outboxes are in this folder."""
    paths = outbox_paths(settings)
    counts: Counter[tuple[str, str]] = Counter()
    for node in sorted({reject.node for reject in rejects} & paths.keys()):
        with open_outbox(paths[node]) as outbox:
            for reject in rejects:
                file = outbox.item_file(_position(reject)) if reject.node == node else None
                if file is not None:
                    counts[node, file] += 1
    return [SenderFile(node, file, count) for (node, file), count in sorted(counts.items())]


def _position(reject: Reject) -> ItemPosition:
    return ItemPosition(reject.cord, reject.sequence, reject.item)


def _as_json(reject: Reject) -> dict[str, Any]:
    return {
        **asdict(reject),
        "place": reject.position,
        "way": reject.retry_path,
        "told": reject.has_receipt,
    }


def _not_found(subject: str) -> QuipuError:
    return QuipuError(
        _("No reject or pending item is `{what}`.", what=subject),
        _("See the list: quipu rejects. What was accepted: quipu show."),
        "NOT_FOUND",
    )


commands: list[click.Command] = [rejects_group]
