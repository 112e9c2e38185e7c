"""Show the reconciliation as a table: what agrees is short, a difference says what to do."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from consumers.maintenance.reconcile import CordReconciliation, ReconcileReport
from infra.list_table import print_rows
from schemas.i18n import UserMessage, _, ngettext, pgettext

COLUMNS = (
    pgettext("column", "taken"),
    pgettext("column", "refused"),
    pgettext("column", "sealed"),
    pgettext("column", "accepted"),
    _("duplic."),
    pgettext("column", "pending"),
    pgettext("column", "rejected"),
    pgettext("column", "stored"),
)


def print_report(console: Console, lang: str, report: ReconcileReport) -> None:
    """Print a line for each cord, then what keeps the proof from being whole, or that it is."""
    cords = report.cords
    if not cords:
        console.print(_("Nothing to prove yet: nothing was published.").in_language(lang))
        return
    headings = [_("cord"), *COLUMNS]
    rows: list[list[str | Text]] = [[cord.cord, *_counts(cord), _mark(cord)] for cord in cords]
    texts = [*(heading.in_language(lang) for heading in headings), ""]
    print_rows(console, texts, rows, numbers=range(1, len(headings)))
    _print_differences(console, lang, cords)
    _print_waiting(console, lang, report)
    _print_rejected(console, lang, report)
    if report.holds:
        console.print(Text(_verdict(report).in_language(lang), style="green"))


def _mark(cord: CordReconciliation) -> Text:
    return Text("✓", style="green") if cord.holds else Text("✗", style="bold red")


def _counts(cord: CordReconciliation) -> list[str]:
    node, mechanism = cord.node, cord.mechanism
    taken_in = [str(node.submitted), str(node.refused)] if node else ["—", "—"]
    counts = node or mechanism
    verdicts = (
        counts.sealed,
        counts.accepted,
        counts.duplicate,
        counts.pending,
        counts.rejected,
    )
    return [*taken_in, *(str(number) for number in verdicts), str(mechanism.stored)]


def _print_differences(console: Console, lang: str, cords: Sequence[CordReconciliation]) -> None:
    different = [cord for cord in cords if not cord.holds]
    for cord in different:
        first = cord.differences[0]
        line = f"{cord.cord}: {first.what.in_language(lang)}: {first.amount} ≠ {first.other_amount}"
        console.print(Text(line, style="bold red"))
        console.print(f"  {first.remedy.in_language(lang)}")
    if different:
        summary = _(
            "{wrong} of {total} cords do not agree.", wrong=len(different), total=len(cords)
        )
        console.print(Text(summary.in_language(lang), style="bold"))


def _print_waiting(console: Console, lang: str, report: ReconcileReport) -> None:
    for group, number in report.waiting.items():
        text = _(
            "{number} messages wait for {group}, which stands still.", number=number, group=group
        )
        remedy = _("See `quipu health`: the process is not running, or works on something else.")
        console.print(Text(text.in_language(lang), style="bold red"))
        console.print(f"  {remedy.in_language(lang)}")


def _print_rejected(console: Console, lang: str, report: ReconcileReport) -> None:
    items, messages = report.rejected_items, sum(count.number for count in report.rejected_messages)
    if items or messages:
        text = _(
            "Rejected by the mechanism: {items} items, and {messages} whole messages ({codes}).",
            items=items,
            messages=messages,
            codes=", ".join(sorted({count.code for count in report.rejected_messages})) or "—",
        )
        remedy = _("See each with its reason: quipu rejects.")
        console.print(Text(text.in_language(lang), style="yellow"))
        console.print(f"  {remedy.in_language(lang)}")


def _verdict(report: ReconcileReport) -> UserMessage:
    count = len(report.cords)
    if report.is_proved:
        return ngettext(
            "Proved: nothing lost, nothing duplicated. ({count} cord)",
            "Proved: nothing lost, nothing duplicated. ({count} cords)",
            count=count,
        )
    return ngettext(
        "Nothing lost or duplicated among what was not rejected. ({count} cord)",
        "Nothing lost or duplicated among what was not rejected. ({count} cords)",
        count=count,
    )
