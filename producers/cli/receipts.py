"""`quipu receipts`: what became of the records that a node published."""

from collections import Counter
from contextlib import closing
from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from infra.clock import now_ms
from infra.coded_options import CodedText, WordChoice
from infra.command_line import command, json_option, node_option, option
from infra.keys import keyring
from infra.keys.keyring import NodeKeys
from infra.list_file import csv_option, moment, write_csv
from infra.list_table import ListColumn, print_list
from infra.option_types import CURSOR
from infra.settings import Settings
from infra.terminal import echo_json
from producers.cli import render_report
from producers.cli.named_item import ItemName, check_type, event_id_of, named_item
from producers.errors import config_never_read
from producers.outbox.erasure_certificate import read_finished_erasure, write_certificate
from producers.outbox.receipts import (
    MAX_PAGE,
    VERDICTS,
    Receipt,
    ReceiptPage,
    changes_since,
    receipts_by_id,
    receipts_by_reference,
    with_references,
)
from producers.outbox.row_history import ERASED
from producers.outbox.store import Outbox
from schemas import words
from schemas.i18n import _, ngettext, number_text


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
@option("--verdict", type=WordChoice("verdict", VERDICTS), help=_("Only these."))
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
@option(
    "--type",
    "type_",
    type=CodedText("event_type"),
    metavar="T",
    help=_("Event type of the reference."),
)
@option(
    "--certificate",
    "wants_certificate",
    is_flag=True,
    help=_("Print a signed certificate of the erasure of one item, for a court."),
)
@json_option
@csv_option
@click.pass_obj
def receipts_command(
    settings: Settings,
    /,
    node: str,
    as_json: bool,
    csv_path: Path | None,
    wants_certificate: bool,
    **filters: Any,
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
        waiting = outbox.count_unanswered()
    if csv_path:
        write_csv(csv_path, _COLUMNS_OF_FILE, map(_cells, page.receipts), settings.lang)
        return
    if as_json:
        echo_json(asdict(page))
        return
    _show_page(page, settings.lang)
    if waiting:
        text = ngettext(
            "{count:,} record waits for an answer: quipu send {node}",
            "{count:,} records wait for an answer: quipu send {node}",
            waiting,
            node=node,
        )
        render_report.print_message(settings.lang, text)


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
        receipts = receipts_by_id(outbox, [event_id_of(options.id_)])
    elif options.reference:
        if options.type_:
            check_type(outbox, options.type_)
        receipts = receipts_by_reference(outbox, keys, options.reference, options.type_)
    else:
        page = changes_since(outbox, options.since, options.limit, verdict)
        return replace(page, receipts=with_references(outbox, keys, page.receipts))
    chosen = [receipt for receipt in receipts if not verdict or receipt.verdict == verdict]
    if options.reference:  # who names it may read it, of an erased item too
        named = [replace(receipt, reference=options.reference) for receipt in chosen]
    else:
        named = with_references(outbox, keys, chosen)
    return ReceiptPage(named, options.since, False)


def _certificate(outbox: Outbox, keys: NodeKeys, options: ReceiptOptions, lang: str) -> str:
    """Write the certificate of the item that the options name. Raises NodeError, OutboxError."""
    config = outbox.node_config()
    target = named_item(outbox, keys, ItemName(options.id_, options.reference, options.type_))
    erasure = read_finished_erasure(outbox, target)
    if config is None:
        raise config_never_read(keys.node)
    return write_certificate(erasure, config, keys, now_ms(), lang)


def _show_page(page: ReceiptPage, lang: str) -> None:
    """Print a line an item; a narrow terminal gets fewer columns rather than cut ones."""
    if not page.receipts:
        render_report.print_message(lang, _("No answers yet."))
        return
    print_list(render_report.make_console(), _columns(lang), page.receipts)
    counts = Counter(receipt.verdict for receipt in page.receipts)
    totals = (
        f"{words.verdict(name, lang)}: {number_text(counts[name], ',', lang)}"
        for name in VERDICTS
        if counts[name]
    )
    click.echo(" · ".join(totals))
    if page.more:
        render_report.print_message(lang, _("There is more: --since {next}", next=page.next))


_COLUMNS_OF_FILE = tuple(field.name for field in fields(Receipt))
_MOMENTS = frozenset({"sealed_at", "recorded_at", "withdrawn_at"})


def _cells(receipt: Receipt) -> list[object]:
    """Give an answer for a file, its times as moments."""
    return [moment(value) if name in _MOMENTS else value for name, value in asdict(receipt).items()]


def _columns(lang: str) -> list[ListColumn[Receipt]]:
    return [
        ListColumn(
            _("reference").in_language(lang), lambda receipt: receipt.reference or receipt.id[-8:]
        ),
        ListColumn(
            _("type").in_language(lang),
            lambda receipt: words.event_type(receipt.type, lang),
            is_extra=True,
        ),
        ListColumn(
            _("verdict").in_language(lang), lambda receipt: _outcome(receipt, lang), is_main=True
        ),
        ListColumn(_("source").in_language(lang), _origin),
        ListColumn(_("sealed, UTC").in_language(lang), lambda receipt: _moment(receipt.sealed_at)),
        ListColumn(_("id").in_language(lang), lambda receipt: receipt.id, is_extra=True),
    ]


def _outcome(receipt: Receipt, lang: str) -> str:
    """Say what the mechanism answered and why, and what became of the item since."""
    parts = [words.verdict(receipt.verdict, lang)]
    if receipt.code:
        parts.append(words.message(receipt.code, lang, field=receipt.field))
    if receipt.withdrawn_at is not None:
        parts.append(_withdrawn(receipt, receipt.withdrawn_at, lang))
    return "; ".join(parts)


def _moment(at: int) -> str:
    return datetime.fromtimestamp(at / 1000, UTC).strftime("%Y-%m-%d %H:%M")


def _withdrawn(receipt: Receipt, since: int, lang: str) -> str:
    """Say why and when the item was retracted or erased."""
    if receipt.withdrawn == ERASED:
        return _("erased {moment}", moment=_moment(since)).in_language(lang)
    return _(
        "retracted {moment}: {reason}",
        moment=_moment(since),
        reason=words.value("retraction_reason", receipt.withdrawn, lang),
    ).in_language(lang)


def _origin(receipt: Receipt) -> str:
    """Name file and line with a space between, where a narrow column breaks."""
    return f"{receipt.file}: {receipt.line}" if receipt.line else receipt.file


commands: list[click.Command] = [receipts_command]
