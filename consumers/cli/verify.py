"""`quipu verify`: check that the log and the disclosure ledger only grew, and remember it."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence

import click

from consumers.cli.verify_signing import print_signing, print_witness, signing_as_json
from infra.command_line import command, json_option, option
from infra.errors import SettingsError
from infra.exchange_log.history_check import TopicVerification, accept_loss, verify_log
from infra.exchange_log.log_history import HistoryLoss, PartitionHead
from infra.settings import Settings
from schemas.i18n import UserMessage, _

EXIT_LOST = 1
_HEX_DIGITS = 16


@command(
    "verify",
    help=_(
        "Check that nothing is missing or changed in the log and the ledger. Exit code 0 if so."
    ),
)
@option(
    "--accept-loss",
    "accepted",
    metavar="TOPIC",
    help=_("Accept that this topic lost something: what it is now is remembered."),
)
@option("--reason", default="", help=_("Why the loss is accepted; it is noted with your user."))
@option("--node", metavar="N", help=_("What this node remembers as a witness of the log."))
@json_option
@click.pass_obj
def verify_command(
    settings: Settings, accepted: str | None, reason: str, node: str | None, as_json: bool
) -> None:
    """Read every topic of the log, compare it with the last check, and say what was lost."""
    if node is not None:
        sys.exit(EXIT_LOST if print_witness(settings, node) else 0)
    if accepted is not None:
        _accept(settings, accepted, reason.strip())
        return
    verifications = verify_log(settings)
    losses = [loss for verification in verifications for loss in verification.losses]
    if as_json:
        click.echo(json.dumps([_as_json(verification) for verification in verifications]))
    else:
        _print(settings.lang, verifications)
    if losses:
        sys.exit(EXIT_LOST)


def print_losses(lang: str, losses: Sequence[HistoryLoss]) -> None:
    """Write a line on stderr for each loss."""
    for loss in losses:
        click.echo(f"{loss.place}: {loss.text.in_language(lang)}", err=True)


def _accept(settings: Settings, topic: str, reason: str) -> None:
    if not reason:
        raise SettingsError(
            _("A loss is accepted with a reason."),
            _('Add what happened and who decided: --reason "…"'),
            "REASON_MISSING",
        )
    losses = accept_loss(settings, topic, reason)
    print_losses(settings.lang, losses)
    text = _("Accepted and noted in {folder}.", folder=settings.checkpoints_dir)
    click.echo(text.in_language(settings.lang))


def _print(lang: str, verifications: Sequence[TopicVerification]) -> None:
    for verification in verifications:
        for partition, head in enumerate(verification.record.heads):
            former = verification.former.head(partition) if verification.former else None
            place, root = f"{verification.topic}/{partition}", head.root.hex()[:_HEX_DIGITS]
            growth = "✗" if verification.losses else _growth(former, head).in_language(lang)
            click.echo(f"{place:<24} {head.size:>10} {root}  {growth}")
            print_signing(lang, verification, partition)
    losses = [loss for verification in verifications for loss in verification.losses]
    if not losses:
        click.echo(_("Nothing is missing or changed.").in_language(lang))
        return
    print_losses(lang, losses)
    text = _(
        "The log is not what it was. Stop the exchange, keep the disks as they are, and restore "
        "Kafka's data from the backup. What was remembered stays until somebody accepts the loss."
    )
    click.echo(text.in_language(lang), err=True)


def _growth(former: PartitionHead | None, head: PartitionHead) -> UserMessage:
    if former is None:
        return _("first check: nothing to compare with")
    return _("{count} more than at the last check", count=head.size - former.size)


def _as_json(verification: TopicVerification) -> dict[str, object]:
    identity = verification.record.identity
    return {
        "topic": verification.topic,
        "cluster_id": identity.cluster_id if identity else None,
        "topic_id": identity.topic_id if identity else None,
        "partitions": [
            {"size": head.size, "root": head.root.hex()} for head in verification.record.heads
        ],
        "signing": [signing_as_json(state) for state in verification.signing],
        "losses": [loss._asdict() for loss in verification.losses],
    }


commands: list[click.Command] = [verify_command]
