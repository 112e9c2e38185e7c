"""`quipu retention`: until when records are kept, by whom they are extended, what expires."""

from __future__ import annotations

import sys
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from infra.clock import now_ms
from infra.coded_options import CodedText
from infra.command_line import group, json_option, node_option, option
from infra.confirmation import YES, require_confirmation
from infra.keys import keyring
from infra.list_file import csv_option, write_csv
from infra.local_user import owner_name
from infra.option_types import DAY, seconds
from infra.registry import config_writer, retention
from infra.settings import Settings
from infra.terminal import echo_json
from producers.cli import render_report
from producers.cli.code_option import reason_option
from producers.cli.named_item import ItemName, named_item
from producers.cli.render_config import print_change
from producers.cli.render_retention import (
    ITEM_COLUMNS,
    change_as_json,
    item_as_json,
    item_cells,
    overdue_facts,
    print_items,
    print_periods,
    print_run,
)
from producers.errors import NodeError
from producers.node import DEFAULT_WAIT_S, CountryNode
from producers.outbox.retention import (
    ReviewedItem,
    items_to_review,
    log_day,
    reviewed_item,
    with_references,
)
from producers.outbox.store import Outbox
from producers.retention import MOST_AT_ONCE, expire, extend
from schemas import ids
from schemas.i18n import _
from schemas.retention import RetentionPeriod, ReviewStatus, latest_extension

MOST_SHOWN = 20


@group("retention", help=_("Review dates of records: list, extend, let expire; the periods."))
def retention_group() -> None:
    """Group the commands about how long records are kept."""


@retention_group.command("list", help=_("List a node's records that are due, or due soon."))
@node_option
@option("--all", "every", is_flag=True, help=_("List every item, not only the first 20."))
@json_option
@csv_option
@click.pass_obj
def retention_list(
    settings: Settings, node: str, every: bool, as_json: bool, csv_path: Path | None
) -> None:
    """Only reads the outbox. Exit code 1 where a record is overdue."""
    keys = keyring.load_node_keys(settings, node)
    with closing(Outbox(settings.node_dir(node) / "outbox.db")) as outbox:
        today = log_day(outbox, now_ms())
        items = items_to_review(outbox, keys, today)
        is_whole = every or as_json or csv_path is not None
        shown = with_references(outbox, keys, items if is_whole else items[:MOST_SHOWN])
    if csv_path:
        write_csv(csv_path, ITEM_COLUMNS, map(item_cells, shown), settings.lang)
    elif as_json:
        echo_json({"day": today.isoformat(), "records": [item_as_json(item) for item in shown]})
    else:
        print_items(shown, len(items), today, settings.lang)
    sys.exit(int(any(item.status is ReviewStatus.OVERDUE for item in items)))


@retention_group.command("extend", help=_("Keep a record for longer, with a reason."))
@node_option
@option("--id", "id_", metavar="ID", help=_("The event's id."))
@option("--reference", metavar="R", help=_("Or its source reference, with --type."))
@option("--type", "type_", type=CodedText("event_type"), metavar="T", help=_("Event type."))
@option("--until", required=True, metavar="DATE", type=DAY, help=_("The new review date."))
@reason_option("extension_reason")
@option("--note", help=_("Note (sealed)."))
@option("--decided-by", help=_("Who reviewed the record (sealed)."))
@json_option
@click.pass_obj
def retention_extend(settings: Settings, /, node: str, until: datetime, **options: Any) -> None:
    """Publish the extension, after a check that the period allows it."""
    keys = keyring.load_node_keys(settings, node)
    with closing(Outbox(settings.node_dir(node) / "outbox.db")) as outbox:
        target = named_item(outbox, keys, ItemName.of_options(options))
        today = log_day(outbox, now_ms())
        item = reviewed_item(outbox, keys, target, today)
    day = until.date()
    _check_extension(item, day, today)
    with CountryNode(settings, node) as country:
        refusals = extend(
            country, target, day, options["reason"], options["note"], options["decided_by"]
        )
    if refusals:
        raise NodeError(
            _("The extension is refused: {code}.", code=refusals[0].code),
            _("See what it means with `quipu rejects explain {code}`.", code=refusals[0].code),
            refusals[0].code,
        )
    if options["as_json"]:
        echo_json({"id": ids.to_uuid_text(target), "review_date": day.isoformat()})
        return
    text = _("The record is kept until {day}. The extension is sealed and sent.", day=day)
    render_report.print_message(settings.lang, text)


@retention_group.command("run", help=_("Erase a node's records whose review date is past."))
@node_option
@option("--dry-run", is_flag=True, help=_("Only say what would be erased."))
@YES
@option(
    "--timeout",
    type=seconds(),
    default=DEFAULT_WAIT_S,
    show_default=True,
    help=_("Seconds to wait for answers."),
)
@json_option
@click.pass_obj
def retention_run(
    settings: Settings,
    node: str,
    dry_run: bool,
    is_confirmed: bool,
    timeout: float,
    as_json: bool,
) -> None:
    """Erase what is overdue, as its owner. `quipu watch` and `quipu serve` do it by themselves."""
    due = _overdue(settings, node)
    if dry_run or not due:
        print_run(settings, node, (due, 0), as_json)
        return
    require_confirmation(lambda: overdue_facts(due, settings.lang), is_confirmed, settings.lang)
    with CountryNode(settings, node) as country:
        erased = expire(country, timeout)
    print_run(settings, node, (due, erased), as_json)


@retention_group.command("periods", help=_("List for how long records are kept."))
@option("--history", is_flag=True, help=_("Also who changed the periods, when and why."))
@json_option
@csv_option
@click.pass_obj
def retention_periods(
    settings: Settings, history: bool, as_json: bool, csv_path: Path | None
) -> None:
    """Show the periods in effect, and those that are announced."""
    config = config_writer.read_config_history(settings)
    table = config.at(now_ms()).retention
    changes = list(retention.retention_changes(config))
    if csv_path:
        write_csv(csv_path, RetentionPeriod._fields, sorted(table.periods), settings.lang)
        return
    if as_json:
        echo_json(
            {
                "periods": [period._asdict() for period in table.periods],
                "history": [change_as_json(change) for change in changes],
            }
        )
        return
    print_periods(table, settings.lang)
    for change in changes if history else changes[-1:]:
        moment = datetime.fromtimestamp(change.since / 1000).astimezone()
        text = _(
            "Since {moment:%Y-%m-%d %H:%M}, by {author}: {reason}",
            moment=moment,
            author=change.table.author,
            reason=change.table.reason,
        )
        render_report.print_message(settings.lang, text)


@retention_group.command("set", help=_("Announce for how long records of a type are kept."))
@option(
    "--type",
    "type_",
    type=CodedText("event_type"),
    default="",
    metavar="T",
    help=_("Event type; otherwise all without a period of their own."),
)
@option("--field", default="", help=_("A field of the content that decides, with --value."))
@option("--value", default="", help=_("Its value, a code."))
@option("--months", required=True, type=click.IntRange(1, 600), help=_("For so many months."))
@option("--reason", required=True, help=_("Why, such as the law."))
@click.pass_obj
def retention_set(
    settings: Settings, type_: str, field: str, value: str, months: int, reason: str
) -> None:
    """Write the periods to config; they hold for all records, old ones too."""
    period = RetentionPeriod(type_, field, value, months)
    written = retention.set_period(settings, period, owner_name(), reason)
    print_change(settings, written, _("The period is announced, in effect {since}."))


def _overdue(settings: Settings, node: str) -> list[ReviewedItem]:
    keys = keyring.load_node_keys(settings, node)
    with closing(Outbox(settings.node_dir(node) / "outbox.db")) as outbox:
        items = items_to_review(outbox, keys, log_day(outbox, now_ms()))
        due = [item for item in items if item.status is ReviewStatus.OVERDUE]
        return with_references(outbox, keys, due[:MOST_AT_ONCE])


def _check_extension(item: ReviewedItem | None, day: date, today: date) -> None:
    """Refuse an extension of nothing, into the past, or beyond one period. Raises NodeError."""
    if item is None:
        raise NodeError(
            _("This node has no accepted record of that name that is kept."),
            _("Check the node, --reference and --type, or --id."),
            "UNKNOWN_TARGET",
        )
    latest = latest_extension(today, item.months)
    if item.review < day <= latest:
        return
    raise NodeError(
        _(
            "The record is kept until {review}; today it can be extended to {latest} at most.",
            review=item.review,
            latest=latest,
        ),
        _("Give --until a day after the first and not after the second."),
        "EXTENSION_REFUSED",
    )


commands: list[click.Command] = [retention_group]
