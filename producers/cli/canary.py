"""`quipu canary`: publish heartbeats, and measure how long a query takes to find them."""

from __future__ import annotations

import signal
from datetime import UTC, datetime

import click

from infra.command_line import command, node_option, option
from infra.keys import keyring
from infra.option_types import seconds
from infra.settings import Settings
from producers.canary import EVERY_S, HeartbeatLoop
from schemas.i18n import _


@command(
    "canary",
    help=_("Publish heartbeats of a node and time them up to the query."),
)
@node_option
@option(
    "--every",
    type=seconds(1),
    default=EVERY_S,
    show_default=True,
    help=_("Seconds between heartbeats."),
)
@option("--count", type=click.IntRange(1), help=_("Stop after this many."))
@click.pass_obj
def canary_command(settings: Settings, node: str, every: float, count: int | None) -> None:
    """Print one line a heartbeat. Raises KeyringError for a node that is not here.

    `quipu up` keeps one by itself where QUIPU_CANARY names a node.
    """
    keyring.node_key_ids(settings, node)
    spoken, beats = settings.lang, 0

    def tell(sequence: int, seconds: float | None, why: str) -> None:
        nonlocal beats
        beats += 1
        at = f"{datetime.now(UTC):%H:%M:%S}"
        if why:
            click.echo(_("{at} ✗ heartbeat skipped: {why}", at=at, why=why).in_language(spoken))
        elif seconds is None:
            text = _(
                "{at} ? {sequence}: not measured, because the API does not answer",
                at=at,
                sequence=sequence,
            )
            click.echo(text.in_language(spoken))
        else:
            text = _(
                "{at} ✓ {sequence}: {seconds:.2f} s from the node to the query",
                at=at,
                sequence=sequence,
                seconds=seconds,
            )
            click.echo(text.in_language(spoken))
        if count is not None and beats >= count:
            canary.stop.set()

    canary = HeartbeatLoop(settings, node, every, tell)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: canary.stop.set())
    canary.run()


commands: list[click.Command] = [canary_command]
