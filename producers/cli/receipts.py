"""`quipu receipts`: what became of the records that a node published."""

from collections import Counter
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import click
from rich.table import Table

from infra.clock import now_ms
from infra.command_line import command, json_option, node_option, option
from infra.keys import keyring
from infra.keys.keyring import NodeKeys
from infra.option_types import CURSOR
from infra.settings import Settings
from infra.terminal import echo_json
from producers.cli import render_report
from producers.errors import config_never_read
from producers.outbox.erasure_certificate import read_finished_erasure, write_certificate
from producers.outbox.receipts import (
    MAX_PAGE,
    VERDICTS,
    Receipt,
    ReceiptPage,
    changes_since,
    id_of_reference,
    receipts_by_id,
    receipts_by_reference,
)
from producers.outbox.row_history import ERASED
from producers.outbox.store import Outbox
from schemas import words
from schemas.i18n import _
from schemas.model import EventId


@command(
    "receipts",
    help=_("Show the mechanism's answers to what was published."),
)
@node_option
@option(
    "--reference",
    metavar="R",
    help=_("One item, by its reference."),
)
@option("--id", "id_", metavar="ID", help=_("One event, by its id."))
@option("--verdict", type=click.Choice(VERDICTS), help=_("Only these."))
@option(
    "--since",
    type=CURSOR,
    default=0,
    help=_("Show what follows this cursor."),
)
@option(
    "--limit",
    type=click.IntRange(1, MAX_PAGE),
    default=50,
    show_default=True,
    help=_("How many."),
)
@option("--type", "type_", metavar="T", help=_("Event type of the reference."))
@option(
    "--certificate",
    "wants_certificate",
    is_flag=True,
    help=_("Print a signed certificate of the erasure of one item, for a court."),
)
@json_option
@click.pass_obj
def receipts_command(
    settings: Settings, /, node: str, as_json: bool, wants_certificate: bool, **filters: Any
) -> None:
    """Show receipts as of the last time the node received them.

    It only reads the outbox, so neither Kafka nor a free node is needed.
    """
    keys = keyring.load_node_keys(settings, node)
    options = ReceiptOptions(**filters)
    with closing(Outbox(settings.node_dir(node) / "outbox.db")) as outbox:
        if wants_certificate:
            click.echo(_certificate(outbox, keys, options, settings.lang), nl=False)
            return
        page = _page(outbox, keys, options)
    if as_json:
        echo_json(asdict(page))
        return
    _show_page(page, settings.lang)


@dataclass(frozen=True, slots=True)
class ReceiptOptions:
    """Which receipts the command shows; the names are those of its options."""

    reference: str | None
    id_: str | None
    type_: str | None
    verdict: str | None
    since: int
    limit: int


def _page(outbox: Outbox, keys: NodeKeys, options: ReceiptOptions) -> ReceiptPage:
    verdict = options.verdict or ""
    if options.id_:
        receipts = receipts_by_id(outbox, [_event_id(options.id_)])
    elif options.reference:
        receipts = receipts_by_reference(outbox, keys, options.reference, options.type_)
    else:
        return changes_since(outbox, options.since, options.limit, verdict)
    chosen = [receipt for receipt in receipts if not verdict or receipt.verdict == verdict]
    return ReceiptPage(chosen, options.since, False)


def _event_id(text: str) -> EventId:
    try:
        return EventId(UUID(text).bytes)
    except ValueError as error:
        raise click.BadParameter("UUID?", param_hint="--id") from error


def _certificate(outbox: Outbox, keys: NodeKeys, options: ReceiptOptions, lang: str) -> str:
    """Write the certificate of the item that the options name. Raises NodeError, OutboxError."""
    config = outbox.node_config()
    if options.id_:
        target = _event_id(options.id_)
    elif options.reference and options.type_:
        target = id_of_reference(keys, options.type_, options.reference)
    else:
        raise click.UsageError("--id, --reference + --type")
    erasure = read_finished_erasure(outbox, target)
    if config is None:
        raise config_never_read(keys.node)
    return write_certificate(erasure, config, keys, now_ms(), lang)


def _show_page(page: ReceiptPage, lang: str) -> None:
    table = Table()
    table.add_column("id", no_wrap=True)
    has_withdrawn = any(receipt.withdrawn for receipt in page.receipts)
    headings = [_("type"), _("verdict"), _("reason"), _("source"), _("sealed")]
    for heading in (*headings, _("withdrawn")) if has_withdrawn else headings:
        table.add_column(heading.in_language(lang))
    for receipt in page.receipts:
        sealed = datetime.fromtimestamp(receipt.sealed_at / 1000, UTC).strftime(
            "%Y-%m-%d %H:%M UTC"
        )
        table.add_row(
            receipt.id,
            words.event_type(receipt.type, lang),
            words.verdict(receipt.verdict, lang),
            _reason(receipt, lang),
            _origin(receipt),
            sealed,
            *([_withdrawn(receipt, lang)] if has_withdrawn else []),
        )
    render_report.make_console().print(table)
    counts = Counter(receipt.verdict for receipt in page.receipts)
    totals = (f"{words.verdict(name, lang)}: {counts[name]:,}" for name in VERDICTS if counts[name])
    click.echo(" · ".join(totals))
    if page.more:
        render_report.print_message(lang, _("There is more: --since {next}", next=page.next))


def _reason(receipt: Receipt, lang: str) -> str:
    return words.message(receipt.code, lang, field=receipt.field) if receipt.code else ""


def _withdrawn(receipt: Receipt, lang: str) -> str:
    """Say why and when the item was retracted or erased."""
    if receipt.withdrawn_at is None:
        return ""
    moment = datetime.fromtimestamp(receipt.withdrawn_at / 1000, UTC)
    if receipt.withdrawn == ERASED:
        return _("erased {moment:%Y-%m-%d %H:%M}", moment=moment).in_language(lang)
    return _(
        "retracted {moment:%Y-%m-%d %H:%M}: {reason}",
        moment=moment,
        reason=words.value("retraction_reason", receipt.withdrawn, lang),
    ).in_language(lang)


def _origin(receipt: Receipt) -> str:
    return f"{receipt.file}:{receipt.line}" if receipt.line else receipt.file


commands: list[click.Command] = [receipts_command]
