"""The proof as a table for people: what agrees is short, the first difference says what to do."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from consumers.maintenance.reconcile import CordReconciliation
from schemas.i18n import _, pgettext

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


def print_proof(console: Console, lang: str, proofs: Sequence[CordReconciliation]) -> None:
    """One line a cord, then the first difference of each that does not hold, then the verdict."""
    if not proofs:
        console.print(_("Nothing to prove yet: nothing was published.").in_language(lang))
        return
    table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 1, 0, 0))
    table.add_column("cord", no_wrap=True)
    for heading in COLUMNS:
        table.add_column(heading.in_language(lang), justify="right")
    table.add_column("")
    for proof in proofs:
        table.add_row(
            proof.cord,
            *_counts(proof),
            Text("✓", style="green") if proof.holds else Text("✗", style="bold red"),
        )
    console.print(table)
    _tell_differences(console, lang, proofs)


def _counts(proof: CordReconciliation) -> list[str]:
    node, mechanism = proof.node, proof.mechanism
    taken, refused, sealed = (
        (str(node.taken), str(node.refused), str(node.sealed))
        if node
        else ("—", "—", str(mechanism.sealed))
    )
    one = node or mechanism
    verdicts = (one.accepted, one.duplicate, one.pending, one.rejected)
    return [taken, refused, sealed, *(str(number) for number in verdicts), str(mechanism.stored)]


def _tell_differences(console: Console, lang: str, proofs: Sequence[CordReconciliation]) -> None:
    wrong = [proof for proof in proofs if not proof.holds]
    for proof in wrong:
        first = proof.differences[0]
        console.print(
            Text(
                f"{proof.cord}: {first.what.in_language(lang)}: {first.left} ≠ {first.right}",
                style="bold red",
            )
        )
        console.print(f"  {first.remedy.in_language(lang)}")
    if wrong:
        console.print(
            Text(
                _(
                    "{wrong} of {total} cords do not agree.", wrong=len(wrong), total=len(proofs)
                ).in_language(lang),
                style="bold",
            )
        )
        return
    verdict = _("Proved: nothing lost, nothing doubled.").in_language(lang)
    console.print(Text(f"{verdict} ({len(proofs)} cords)", style="green"))
