"""Print the review dates of a node's records, what expires, and the periods of config."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from infra.registry.retention import RetentionChange
from infra.settings import Settings
from infra.terminal import echo_json
from producers.cli import render_report
from producers.cli.render_config import print_table
from producers.outbox.retention import ReviewedItem
from schemas import ids, words
from schemas.i18n import UserMessage, _, ngettext
from schemas.retention import RetentionTable, ReviewStatus

STATUS_WORDS: Mapping[ReviewStatus, UserMessage] = {
    ReviewStatus.OVERDUE: _("overdue"),
    ReviewStatus.SOON: _("soon due"),
    ReviewStatus.KEPT: _("kept"),
}


ITEM_COLUMNS = ("id", "type", "reference", "review_date", "status", "extended")
"""Columns of a file of items, as `item_as_json` names them."""


def print_items(shown: Sequence[ReviewedItem], count: int, today: date, lang: str) -> None:
    """Print some of `count` items, or that there are none."""
    if not shown:
        text = _("No record of this node is due before four months from {day}.", day=today)
        render_report.print_message(lang, text)
        return
    headings = (_("review date"), _("status"), _("type"), _("reference"))
    rows = (
        (
            item.review.isoformat(),
            STATUS_WORDS[item.status].in_language(lang),
            words.event_type(item.type, lang),
            item.reference or ids.to_uuid_text(item.id),
        )
        for item in shown
    )
    print_table(lang, headings, rows, main=3)
    if count > len(shown):
        more = _("{count:,} in all; --all lists every one.", count=count)
        render_report.print_message(lang, more)


def print_periods(table: RetentionTable, lang: str) -> None:
    """Print for how long each type is kept."""
    rows = (
        (
            words.event_type(period.type, lang)
            if period.type
            else _("all others").in_language(lang),
            f"{period.field} = {period.value}" if period.field else "",
            str(period.months),
        )
        for period in sorted(table.periods)
    )
    print_table(lang, (_("type"), _("where"), _("months")), rows, numbers=(2,), main=0)


def change_as_json(change: RetentionChange) -> dict[str, object]:
    """Give a decision about the periods for programs."""
    return {
        "since": change.since,
        "author": change.table.author,
        "reason": change.table.reason,
        "periods": [period._asdict() for period in change.table.periods],
    }


def item_as_json(item: ReviewedItem) -> dict[str, object]:
    """Give an item for programs."""
    return {
        "id": ids.to_uuid_text(item.id),
        "type": item.type,
        "reference": item.reference,
        "review_date": item.review.isoformat(),
        "status": str(item.status),
        "extended": item.extended,
    }


def item_cells(item: ReviewedItem) -> Sequence[object]:
    """Give an item for a file, in the order of ITEM_COLUMNS."""
    return tuple(item_as_json(item).values())


def overdue_facts(due: Sequence[ReviewedItem], lang: str) -> list[UserMessage]:
    """Say what would be erased, type by type, and that it cannot be undone."""
    counts: dict[str, int] = {}
    for item in due:
        counts[item.type] = counts.get(item.type, 0) + 1
    facts = [
        ngettext(
            "{count:,} record overdue: {name}",
            "{count:,} records overdue: {name}",
            count,
            name=words.event_type(name, lang),
        )
        for name, count in sorted(counts.items())
    ]
    last = _("They are erased. Nobody can read their content again, this node included.")
    return [*facts, last]


def print_run(
    settings: Settings, node: str, done: tuple[Sequence[ReviewedItem], int], as_json: bool
) -> None:
    """Print what is overdue and how many erasures were sealed. `done`: both."""
    due, erased = done
    if as_json:
        echo_json({"overdue": [item_as_json(item) for item in due], "erased": erased})
        return
    if not due:
        render_report.print_message(settings.lang, _("No record of this node is overdue."))
        return
    if erased:
        text = ngettext(
            "{count:,} record expired: its erasure is sealed. `quipu send {node} --wait` ends it.",
            "{count:,} records expired: their erasures are sealed. `quipu send {node} --wait` ends "
            "them.",
            erased,
            node=node,
        )
        render_report.print_message(settings.lang, text)
        return
    for fact in overdue_facts(due, settings.lang)[:-1]:
        render_report.print_message(settings.lang, fact)
