"""`quipu node reconcile`: a country proves its own records, without store and foreign keys."""

from __future__ import annotations

import sys
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

import click

from infra.command_line import argument, command, json_option, option
from infra.errors import LogUnavailableError
from infra.option_types import seconds
from infra.settings import Settings
from infra.terminal import echo_json
from producers.cli import render_report
from producers.cli.enrolment_words import moment_text, newer_than_mechanism
from producers.cli.render_config import print_table
from producers.delivery.kafka_connection import KafkaUnavailableError
from producers.node import CountryNode
from producers.own_proof import CordProof, OwnProof, prove_own_records
from schemas import words
from schemas.i18n import UserMessage, _, pgettext

EXIT_DIFFERENT = 1
_COLUMNS = (
    _("cord"),
    pgettext("column", "taken"),
    pgettext("column", "refused"),
    pgettext("column", "sealed"),
    pgettext("column", "accepted"),
    _("duplic."),
    pgettext("column", "pending"),
    pgettext("column", "rejected"),
    pgettext("column", "stored"),
    _("agrees"),
)


@command(
    "reconcile",
    help=_("Prove that every record of a node is in the log, answered, and stored or rejected."),
)
@argument("node")
@json_option
@option(
    "--wait",
    type=seconds(),
    default=0.0,
    help=_("Seconds to wait until everything agrees."),
)
@click.pass_obj
def node_reconcile(settings: Settings, node: str, as_json: bool, wait: float) -> None:
    """Compare the outbox with the log and with what the mechanism states."""
    try:
        with CountryNode(settings, node) as opened:
            proof = prove_own_records(opened, wait)
    except KafkaUnavailableError as error:
        raise LogUnavailableError(
            _("Kafka does not answer or lacks quipu.config ({error}).", error=error),
            _("Start everything with `quipu up` (or check QUIPU_KAFKA), and repeat."),
        ) from error
    if as_json:
        echo_json(_as_json(proof))
    else:
        _print(settings, proof)
    if not proof.holds:
        sys.exit(EXIT_DIFFERENT)


def _print(settings: Settings, proof: OwnProof) -> None:
    lang = settings.lang
    if proof.cords:
        print_table(lang, _COLUMNS, map(_cells, proof.cords), numbers=range(1, len(_COLUMNS) - 1))
    for line in _lines(proof, lang):
        render_report.print_message(lang, line)


def _cells(cord: CordProof) -> list[str]:
    counts = cord.counts
    numbers = (
        counts.taken,
        counts.refused,
        counts.sealed,
        counts.accepted,
        counts.duplicate,
        counts.pending,
        counts.rejected,
    )
    stored = str(cord.stated["stored"]) if cord.stated else "-"
    mark = "✗" if cord.differences else "✓"
    return [counts.cord, *map(str, numbers), stored, mark]


def _lines(proof: OwnProof, lang: str) -> list[UserMessage]:
    """Say what does not agree and what to do, then what was rejected, then the verdict."""
    lines: list[UserMessage] = []
    for cord in proof.cords:
        for difference in cord.differences[:1]:
            what = difference.what.in_language(lang)
            amounts = f"{difference.amount} ≠ {difference.other_amount}"
            lines.append(
                _("{cord}: {what}: {amounts}", cord=cord.counts.cord, what=what, amounts=amounts)
            )
            lines.append(difference.remedy)
    for problem, remedy in proof.problems:
        lines += [problem, remedy]
    for code, number in sorted(proof.rejected.items()):
        meaning = words.message(code, lang)
        lines.append(
            _("Rejected: {number} × {code} ({meaning})", number=number, code=code, meaning=meaning)
        )
    if proof.is_newer:
        lines.append(newer_than_mechanism(proof.release))
    if proof.holds and proof.stated_at is not None:
        lines.append(
            _(
                "Proved: everything is in the log, answered, and stored or rejected. "
                "The mechanism signed it at {moment} UTC.",
                moment=moment_text(proof.stated_at),
            )
        )
    return lines


def _as_json(proof: OwnProof) -> dict[str, Any]:
    stated_at = proof.stated_at
    return {
        "holds": proof.holds,
        "stated_at": datetime.fromtimestamp(stated_at / 1000, UTC).isoformat()
        if stated_at is not None
        else None,
        "mechanism_release": proof.release,
        "problems": [str(problem) for problem, _remedy in proof.problems],
        "rejected": dict(proof.rejected),
        "cords": [
            {
                **cord.counts._asdict(),
                "stated": cord.stated,
                "differences": [
                    {name: str(value) for name, value in asdict(difference).items()}
                    for difference in cord.differences
                ],
            }
            for cord in proof.cords
        ],
    }
