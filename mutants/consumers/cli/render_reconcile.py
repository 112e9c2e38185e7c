"""The proof as a table for people: what agrees is short, the first difference says what to do."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from consumers.maintenance.reconcile import CordReconciliation

COLUMNS = (
    ("recib.", "taken"),
    ("no adm.", "refused"),
    ("sellad.", "sealed"),
    ("acept.", "accepted"),
    ("duplic.", "duplic."),
    ("pend.", "pending"),
    ("rechaz.", "rejected"),
    ("guard.", "stored"),
)


def print_proof(console: Console, lang: str, proofs: Sequence[CordReconciliation]) -> None:
    """One line a cord, then the first difference of each that does not hold, then the verdict."""
    english = lang == "en"
    if not proofs:
        console.print(
            "Nothing to prove yet: nothing was published."
            if english
            else "Nada que probar todavía: no se publicó nada."
        )
        return
    table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 1, 0, 0))
    table.add_column("cord", no_wrap=True)
    for es, en in COLUMNS:
        table.add_column(en if english else es, justify="right")
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
                f"{proof.cord}: {first.what.text(lang)}: {first.left} ≠ {first.right}",
                style="bold red",
            )
        )
        console.print(f"  {first.remedy.text(lang)}")
    if wrong:
        console.print(
            Text(
                f"{len(wrong)} of {len(proofs)} cords do not agree."
                if lang == "en"
                else f"{len(wrong)} de {len(proofs)} cords no cuadran.",
                style="bold",
            )
        )
        return
    verdict = (
        "Proved: nothing lost, nothing doubled."
        if lang == "en"
        else "Probado: nada perdido, nada duplicado."
    )
    console.print(Text(f"{verdict} ({len(proofs)} cords)", style="green"))
