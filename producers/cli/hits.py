"""`quipu hits`: show the hits of a node, and whom to call; note who took one in hand."""

from contextlib import closing
from dataclasses import asdict, dataclass
from getpass import getuser
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from infra.clock import now_ms
from infra.coded_options import WordChoice
from infra.command_line import command, json_option, node_option, option
from infra.keys import keyring
from infra.list_file import csv_option, write_csv
from infra.option_types import CURSOR
from infra.settings import Settings
from infra.terminal import echo_error, echo_json
from producers.cli import render_report
from producers.cli.render_hits import HIT_COLUMNS, SEVERITIES, hit_cells, lines_of, urgency
from producers.errors import OutboxBusyError
from producers.model import Reason
from producers.node import CountryNode
from producers.outbox.hit_acknowledgements import acknowledge_hit
from producers.outbox.hits import MAX_PAGE, HitPage, NodeHit, cursor_for_newest, hits_since
from producers.outbox.store import Outbox
from schemas.i18n import _

_LEFT_OUT = _("Records marked H2 may not be passed on, so they are not in this file.")


@command(
    "hits",
    help=_("List indicators with your own records, and whom to call."),
)
@node_option
@option(
    "--since",
    type=CURSOR,
    help=_("Show what follows this cursor; otherwise the newest."),
)
@option(
    "--limit",
    type=click.IntRange(1, MAX_PAGE),
    default=50,
    show_default=True,
    help=_("How many."),
)
@option("--live", is_flag=True, help=_("Only those that have not ended."))
@option("--unread", is_flag=True, help=_("Only those that nobody acknowledged."))
@option(
    "--severity", type=WordChoice("severity", list(SEVERITIES)), help=_("Only of this severity.")
)
@option(
    "--acknowledge",
    metavar="ID",
    help=_("Note that you took the hit in hand; it is not unread any more until it changes."),
)
@option("--by", metavar="NAME", help=_("Who took it in hand; otherwise your user name."))
@json_option
@csv_option
@click.pass_obj
def hits_command(
    settings: Settings,
    /,
    node: str,
    as_json: bool,
    csv_path: Path | None,
    acknowledge: str | None,
    **options: Any,
) -> None:
    """Show the hits that count first: live ones by severity, the newest first; ended ones last.

    It reads new hits first if the node is free; else the process that holds it does. Without Kafka
    it shows what was read the last time.
    """
    if acknowledge is not None:
        _acknowledge(settings, node, acknowledge, options["by"] or getuser())
        return
    chosen = HitChoice(**{name: value for name, value in options.items() if name != "by"})
    away, page = _look(settings, node, chosen)
    if csv_path:
        shown = sorted((hit for hit in page.hits if "H2" not in hit.handling), key=urgency)
        cells = (hit_cells(hit, settings.lang) for hit in shown)
        write_csv(csv_path, HIT_COLUMNS, cells, settings.lang)
        echo_error(_LEFT_OUT.in_language(settings.lang))
        return
    if as_json:
        echo_json(asdict(page))
        return
    _show(page, node, settings.lang, render_report.make_console())
    if away:
        render_report.print_message(
            settings.lang,
            _("Kafka does not answer ({away}): these are the last hits received.", away=away),
        )


@dataclass(frozen=True, slots=True)
class HitChoice:
    """Which hits the command shows; the names are those of its options."""

    since: int | None
    limit: int
    live: bool
    unread: bool
    severity: str | None

    def read(self, outbox: Outbox) -> HitPage:
        """Read the page: what follows the cursor, or the newest. Raises OutboxError."""
        if not (self.live or self.unread or self.severity):
            since = cursor_for_newest(outbox, self.limit) if self.since is None else self.since
            return hits_since(outbox, since, self.limit)
        matches, cursor, more = list[NodeHit](), self.since or 0, True
        while more and (self.since is None or len(matches) <= self.limit):
            page = hits_since(outbox, cursor)
            matches += filter(self._fits, page.hits)
            cursor, more = page.next, page.more
        if self.since is None or len(matches) <= self.limit:
            return HitPage(matches[-self.limit :], cursor, False)
        shown = matches[: self.limit]
        return HitPage(shown, shown[-1].cursor, True)

    def _fits(self, hit: NodeHit) -> bool:
        return (
            (hit.status == "live" or not self.live)
            and (hit.acknowledged_at is None or not self.unread)
            and self.severity in (None, hit.severity)
        )


def _acknowledge(settings: Settings, node: str, digits: str, person: str) -> None:
    keyring.node_key_ids(settings, node)
    with closing(Outbox(settings.node_dir(node) / "outbox.db")) as outbox:
        changed = acknowledge_hit(outbox, digits, person, now_ms())
    render_report.print_message(
        settings.lang,
        _("Acknowledged by {person}.", person=person)
        if changed
        else _("It was acknowledged before."),
    )


def _look(settings: Settings, node: str, chosen: HitChoice) -> tuple[Reason, HitPage]:
    """Read hits. Returns why Kafka does not answer (or empty), and the page.

    Raises KeyringError, OutboxError, and what keeps the node from receiving.
    """
    try:
        with CountryNode(settings, node, holder_label="quipu hits") as country:
            country.send(0)
            return country.progress.unavailable, chosen.read(country.outbox)
    except OutboxBusyError:
        with closing(Outbox(settings.node_dir(node) / "outbox.db")) as outbox:
            return "", chosen.read(outbox)


def _show(page: HitPage, node: str, lang: str, console: Console) -> None:
    for hit in sorted(page.hits, key=urgency):
        for text in lines_of(hit, lang):
            console.print(text, soft_wrap=True, highlight=False)
        console.print()
    if not page.hits:
        render_report.print_message(lang, _("No new hit."))
    elif page.more:
        render_report.print_message(
            lang,
            _("There is more: quipu hits --node {node} --since {next}", node=node, next=page.next),
        )


commands: list[click.Command] = [hits_command]
