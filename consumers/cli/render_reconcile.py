"""Show the reconciliation as a table: what agrees is short, a difference says what to do."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from consumers.maintenance.reconcile import CordReconciliation
from schemas.i18n import _, ngettext, pgettext

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


def print_reconciliations(console: Console, lang: str, cords: Sequence[CordReconciliation]) -> None:
    """Print a line for each cord, then the first difference of each that does not hold."""
    if not cords:
        console.print(_("Nothing to prove yet: nothing was published.").in_language(lang))
        return
    table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 1, 0, 0))
    table.add_column(_("cord").in_language(lang), no_wrap=True)
    for heading in COLUMNS:
        table.add_column(heading.in_language(lang), justify="right")
    table.add_column("")
    for cord in cords:
        mark = Text("✓", style="green") if cord.holds else Text("✗", style="bold red")
        table.add_row(cord.cord, *_counts(cord), mark)
    console.print(table)
    _print_differences(console, lang, cords)


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
        return
    verdict = ngettext(
        "Proved: nothing lost, nothing duplicated. ({count} cord)",
        "Proved: nothing lost, nothing duplicated. ({count} cords)",
        count=len(cords),
    )
    console.print(Text(verdict.in_language(lang), style="green"))
