"""`quipu health`: the health of the system on one screen."""

from __future__ import annotations

import logging
import sys

import click

from consumers.health.alert_files import read_week
from consumers.health.collector import CLI_TIMEOUT_S, FactsCollector
from consumers.health.evaluate import evaluate
from consumers.health.json_report import to_report
from consumers.health.state_files import (
    read_acknowledgements,
    read_former_memory,
    read_memory,
)
from consumers.health.terminal import HealthScreen
from consumers.health.week_lines import week_lines
from infra.clock import now_ms
from infra.command_line import command, json_option, option
from infra.option_types import number
from infra.settings import Settings
from infra.terminal import echo_json
from schemas.i18n import _


@command(
    "health",
    help=_("Show the health of the system."),
    exit_codes=_("Exit code: 0 good or only reported, 1 watch, 2 act now or not possible now."),
)
@json_option
@option(
    "--all",
    "everything",
    is_flag=True,
    help=_("Show all findings."),
)
@option(
    "--week",
    "is_week",
    is_flag=True,
    help=_("Show the figures of seven days, and what ended in them."),
)
@option(
    "--timeout",
    type=number(0.5, 60),
    default=CLI_TIMEOUT_S,
    show_default=True,
    help=_("Seconds to wait."),
)
@click.pass_obj
def health_command(
    settings: Settings, as_json: bool, everything: bool, is_week: bool, timeout: float
) -> None:
    """Works without Kafka or the store: what does not answer is shown as unknown."""
    if is_week:
        _show_week(settings, as_json)
        return
    for client in (
        "kafka",
        "clickhouse_driver",
    ):  # what they complain of is on the screen, as unknown and why
        logging.getLogger(client).setLevel(logging.CRITICAL)
    facts = FactsCollector(settings).facts(timeout)
    memory = read_memory(settings, facts.at)
    health = evaluate(facts, memory, read_acknowledgements(settings))
    if as_json:
        click.echo(to_report(facts, health).model_dump_json(indent=2))
    else:
        colour = sys.stdout.isatty()
        for line in HealthScreen(facts, health, settings.lang, colour).lines(
            None if everything else 24
        ):
            click.echo(line)
    sys.stdout.flush()
    sys.exit(health.degree.exit_code)


def _show_week(settings: Settings, as_json: bool) -> None:
    """Show the figures of seven days, and the findings that ended in them."""
    now, week = now_ms(), read_week(settings)
    ended = read_former_memory(settings, now).ended
    if as_json:
        echo_json(
            {
                "buckets": [{"at": bucket.at, **bucket.values} for bucket in week.buckets],
                "ended": [
                    {
                        "finding": episode.key,
                        "message": episode.message.in_language("en"),
                        "since_at": episode.since_at,
                        "until_at": episode.until_at,
                    }
                    for episode in ended
                ],
            }
        )
        return
    for line in week_lines(week, ended, now, settings.lang):
        click.echo(line)


commands: list[click.Command] = [health_command]
