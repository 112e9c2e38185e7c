"""`quipu reconcile`: the proof that nothing was lost and nothing doubled."""

from __future__ import annotations

import sys
import time
from dataclasses import asdict
from typing import Any

import click
from pydantic import TypeAdapter

from consumers.cli.render_reconcile import print_report
from consumers.maintenance.reconcile import (
    CordReconciliation,
    OutboxCounts,
    ReconcileReport,
    reconcile,
    rejected_messages,
)
from consumers.runtime.consumer_lag import lag, standing_groups
from infra.clickhouse.client import connect
from infra.clickhouse.migrations import database_of
from infra.clickhouse.users import StoreUser
from infra.command_line import command, json_option, option
from infra.exchange_log import generation
from infra.option_types import seconds
from infra.settings import Settings
from infra.terminal import make_console
from schemas.i18n import _

EXIT_DIFFERENT = 1
RETRY_S = 0.5


@command("reconcile", help=_("Prove that nothing was lost or duplicated. Exit code 0 if so."))
@json_option
@option(
    "--wait",
    "wait_s",
    type=seconds(),
    default=0.0,
    help=_("Seconds to wait until everything agrees."),
)
@click.pass_obj
def reconcile_command(settings: Settings, as_json: bool, wait_s: float) -> None:
    """Compare node and mechanism for each cord, and name the first difference."""
    report = _reconcile_until(settings, wait_s)
    if as_json:
        click.echo(TypeAdapter(dict[str, Any]).dump_json(_as_json(report), indent=2).decode())
    else:
        print_report(make_console(highlight=False), settings.lang, report)
    if not report.holds:
        sys.exit(EXIT_DIFFERENT)


def _reconcile_until(settings: Settings, wait_s: float) -> ReconcileReport:
    """Reconcile again until everything holds, for `wait_s` seconds at most."""
    serving = generation.current_generation(settings)
    client = connect(settings, StoreUser.READER, database_of(serving))
    deadline = time.monotonic() + wait_s
    try:
        while True:
            waiting = standing_groups(lambda: lag(settings, serving))
            report = ReconcileReport(
                reconcile(settings, client), rejected_messages(client), waiting
            )
            if report.holds or time.monotonic() >= deadline:
                return report
            time.sleep(min(RETRY_S, max(0.0, deadline - time.monotonic())))
    finally:
        client.disconnect()


def _as_json(report: ReconcileReport) -> dict[str, Any]:
    return {
        "proved": report.is_proved,
        "holds": report.holds,
        "cords": [_cord_as_json(cord) for cord in report.cords],
        "rejected_messages": [count._asdict() for count in report.rejected_messages],
        "waiting": dict(report.waiting),
    }


def _cord_as_json(cord: CordReconciliation) -> dict[str, Any]:
    differences = [
        {
            "what": str(difference.what),
            "left": difference.amount,
            "right": difference.other_amount,
            "remedy": str(difference.remedy),
        }
        for difference in cord.differences
    ]
    return {
        "cord": cord.cord,
        "holds": cord.holds,
        "node": _node_as_json(cord.node) if cord.node else None,
        "mechanism": asdict(cord.mechanism),
        "differences": differences,
    }


def _node_as_json(node: OutboxCounts) -> dict[str, Any]:
    counts = asdict(node)
    return {"taken": counts.pop("submitted"), **counts}


commands: list[click.Command] = [reconcile_command]
