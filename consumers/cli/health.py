"""`quipu health`: the health of the system on one screen."""

from __future__ import annotations

import logging
import sys

import click

from consumers.health.collector import CLI_TIMEOUT_S, FactsCollector
from consumers.health.evaluate import evaluate
from consumers.health.json_report import to_report
from consumers.health.state_files import read_acknowledgements, read_memory
from consumers.health.terminal import HealthScreen
from infra.command_line import command, json_option, option
from infra.option_types import number
from infra.settings import Settings
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
    "--timeout",
    type=number(0.5, 60),
    default=CLI_TIMEOUT_S,
    show_default=True,
    help=_("Seconds to wait."),
)
@click.pass_obj
def health_command(settings: Settings, as_json: bool, everything: bool, timeout: float) -> None:
    """Works without Kafka or the store: what does not answer is shown as unknown."""
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


commands: list[click.Command] = [health_command]
