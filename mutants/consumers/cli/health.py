"""`quipu health`, and `quipu rejects`."""

from __future__ import annotations

import logging
import sys

import click

from consumers.cli.rejects import rejects_group
from consumers.health.collector import CLI_TIMEOUT_S, FactsCollector
from consumers.health.evaluate import evaluate
from consumers.health.json_report import to_report
from consumers.health.terminal import HealthScreen
from infra.settings import Settings


@click.command(
    "health",
    help="La salud de la línea. Código de salida: 0 bien, 1 atención, 2 mal. | The line's health. Exit: 0 good, 1 attention, 2 bad.",
)
@click.option("--json", "as_json", is_flag=True, help="Para programas. | For programs.")
@click.option(
    "--all",
    "everything",
    is_flag=True,
    help="Todo lo hallado, aunque no quepa. | All findings, even if they do not fit.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(0.5, 60),
    default=CLI_TIMEOUT_S,
    show_default=True,
    help="Segundos que se espera. | Seconds to wait.",
)
@click.option("--lang", type=click.Choice(["es", "en"]), help="Idioma. | Language.")
@click.pass_obj
def health_command(
    settings: Settings, as_json: bool, everything: bool, timeout: float, lang: str | None
) -> None:
    """Works while Kafka or the store is away: what cannot be had is shown as not known."""
    for client in (
        "kafka",
        "clickhouse_driver",
    ):  # what they complain of is on the screen, as unknown and why
        logging.getLogger(client).setLevel(logging.CRITICAL)
    facts = FactsCollector(settings).facts(timeout)
    health = evaluate(facts)
    if as_json:
        click.echo(to_report(facts, health).model_dump_json(indent=2))
    else:
        colour = sys.stdout.isatty()
        for line in HealthScreen(facts, health, lang or settings.lang, colour).lines(
            None if everything else 24
        ):
            click.echo(line)
    sys.stdout.flush()
    sys.exit(health.level)


commands: list[click.Command] = [health_command, rejects_group]
