"""`quipu canary`."""

from __future__ import annotations

import signal
from datetime import UTC, datetime

import click

from infra.errors import Words
from infra.settings import Settings
from producers.canary import EVERY_S, Canary


@click.command(
    "canary",
    help="Latidos de un nodo, medidos hasta la consulta. Ctrl-C termina. | A node's heartbeats, timed up to the query.",
)
@click.option("--node", required=True, metavar="N", help="El nodo. | The node.")
@click.option(
    "--every",
    type=click.FloatRange(1),
    default=EVERY_S,
    show_default=True,
    help="Segundos entre latidos. | Seconds between beats.",
)
@click.option("--count", type=click.IntRange(1), help="Cuántos y terminar. | How many, then end.")
@click.option("--lang", type=click.Choice(["es", "en"]), help="Idioma. | Language.")
@click.pass_obj
def canary_command(
    settings: Settings, node: str, every: float, count: int | None, lang: str | None
) -> None:
    """One line a heartbeat. `quipu up` keeps one by itself where QUIPU_CANARY names a node."""
    spoken, told = lang or settings.lang, 0

    def tell(sequence: int, seconds: float | None, why: str) -> None:
        nonlocal told
        told += 1
        at = f"{datetime.now(UTC):%H:%M:%S}"
        if why:
            click.echo(
                f"{at} ✗ {Words('latido omitido', 'heartbeat left out').text(spoken)}: {why}"
            )
        elif seconds is None:
            click.echo(
                f"{at} ? {sequence}: {Words('la API no responde: sin medida', 'the API does not answer: not measured').text(spoken)}"
            )
        else:
            click.echo(
                f"{at} ✓ {sequence}: {seconds:.2f} s {Words('del nodo a la consulta', 'from the node to the query').text(spoken)}"
            )
        if count is not None and told >= count:
            canary.stop.set()

    canary = Canary(settings, node, every, tell)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: canary.stop.set())
    canary.run()


commands: list[click.Command] = [canary_command]
