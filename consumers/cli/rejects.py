"""`quipu rejects`: list, explain, redrive."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

import click
import orjson
from rich.console import Console
from rich.table import Table
from rich.text import Text

from consumers.maintenance.rejects import (
    Reject,
    RejectFilter,
    RetryPath,
    by_retry_path,
    count_rejects,
    find_rejects,
    matching_id,
)
from consumers.presentation.as_of import parse_since
from consumers.sink.reread_request import request_reread
from infra.clickhouse.client import Client, connect
from infra.clickhouse.migrations import database_of
from infra.command_line import group, json_option, option
from infra.errors import QuipuError
from infra.exchange_log import generation
from infra.settings import Settings
from schemas import words
from schemas.i18n import UserMessage, _
from schemas.words.stable_codes import STABLE_CODES

SHOWN = 20
_CODE = option("--code", default="", help=_("Only this code."))
_NODE = option("--node", default="", help=_("Only this node."))
_SINCE = option("--since", help=_("Recorded since (UTC)."))

WAY_WORDS: dict[RetryPath, UserMessage] = {
    "itself": _(
        "It is processed as soon as config brings the schema. If this release "
        "has it, `quipu found` announces it."
    ),
    "sender": _(
        "The sender corrects it and publishes the file again; accepted records "
        "are not repeated. Nobody else can, because the content is sealed."
    ),
    "reread": _(
        "The sink reads again from there: quipu rejects redrive --yes (after you remove the cause)."
    ),
    "rebuild": _("quipu rebuild, after you remove the cause."),
    "none": _("Nothing to try again: the message is from no known node, or it is a repetition."),
}


@group(
    "rejects",
    invoke_without_command=True,
    help=_("Count, explain and retry what was not accepted."),
)
@_CODE
@_NODE
@_SINCE
@json_option
@click.pass_context
def rejects_group(context: click.Context, /, **options: Any) -> None:
    """Without a further word: list."""
    if context.invoked_subcommand is None:
        context.invoke(list_command, **options, limit=SHOWN)


@rejects_group.command(
    "list",
    help=_("Count by node and code, and list the newest."),
)
@_CODE
@_NODE
@_SINCE
@option(
    "--limit",
    type=click.IntRange(0, 100_000),
    default=SHOWN,
    show_default=True,
    help=_("How many to list."),
)
@json_option
@click.pass_obj
def list_command(
    settings: Settings, code: str, node: str, since: str | None, limit: int, as_json: bool
) -> None:
    with _tables(settings) as client:
        found = find_rejects(client, _wanted(code, node, since))
    if as_json:
        counts = [
            {"node": of, "verdict": verdict, "code": name, "count": number}
            for of, verdict, name, number in count_rejects(found)
        ]
        click.echo(
            orjson.dumps(
                {"counts": counts, "rejects": [_plain(one) for one in found[:limit]]},
                option=orjson.OPT_INDENT_2,
            ).decode()
        )
        return
    _Shown(settings.lang).listing(found, limit)


@rejects_group.command(
    "explain",
    help=_("Explain one, by event id or topic/partition/offset, or a code."),
)
@click.argument("what", metavar="ID|CODE")
@click.pass_obj
def explain_command(settings: Settings, what: str) -> None:
    shown = _Shown(settings.lang)
    is_code = what.upper() in STABLE_CODES
    with _tables(settings) as client:
        found = find_rejects(client, RejectFilter(code=what.upper() if is_code else ""))
    if is_code:
        shown.code(what.upper(), found)
        return
    matching = matching_id(found, what)
    if not matching:
        raise _nothing(what)
    for one in matching[:SHOWN]:
        shown.one(one, _in_outbox(settings, one))


@rejects_group.command(
    "redrive",
    help=_("Show what can be tried again, and how; --yes does what can be done here."),
)
@_CODE
@_NODE
@_SINCE
@option("--yes", is_flag=True, help=_("Make the sink read the messages again."))
@click.pass_obj
def redrive_command(settings: Settings, code: str, node: str, since: str | None, yes: bool) -> None:
    """Changes no verdict: consumers/maintenance/rejects.py says why."""
    shown = _Shown(settings.lang)
    with _tables(settings) as client:
        ways = by_retry_path(find_rejects(client, _wanted(code, node, since)))
    if not ways:
        shown.say(_("Nothing to try again."))
    for way, found in ways.items():
        shown.way(way, found, _files(settings, found) if way == "sender" else [])
    if yes and "reread" in ways:
        asked = request_reread(
            settings, ((one.topic, one.partition, one.offset) for one in ways["reread"])
        )
        places = ", ".join(
            f"{topic}/{partition} ≥ {offset}"
            for topic, parts in asked.items()
            for partition, offset in parts.items()
        )
        shown.say(_("The sink will read again: {places}", places=places))


class _Shown:
    """On the terminal, in one language."""

    def __init__(self, lang: str) -> None:
        self._lang = lang
        self._console = Console(highlight=False)

    def say(self, text: UserMessage, style: str = "") -> None:
        self._console.print(Text(text.in_language(self._lang), style=style))

    def listing(self, found: Sequence[Reject], limit: int) -> None:
        if not found:
            self.say(_("No rejects."))
            return
        table = self._table(_("node"), _("verdict"), _("code"), _("count"), _("what it is"))
        for node, verdict, code, number in count_rejects(found):
            table.add_row(
                node or "—",
                words.verdict(verdict, self._lang),
                code,
                str(number),
                words.message(code, self._lang),
            )
        self._console.print(table)
        if limit:
            self._console.print()
            self._newest(found[:limit])
            self.say(
                _(
                    "Show one in full: quipu rejects explain {id}",
                    id=found[0].id[-8:] or found[0].position,
                ),
                "dim",
            )

    def _newest(self, found: Sequence[Reject]) -> None:
        table = self._table(_("recorded UTC"), _("node"), _("code"), _("where"))
        for one in found:
            where = f"{one.cord} {one.sequence}/{one.item}" if one.what == "item" else one.position
            table.add_row(_utc(one.recorded_at), one.node or "—", one.code, where)
        self._console.print(table)

    def code(self, code: str, found: Sequence[Reject]) -> None:
        self._console.print(Text(f"{code}: {words.message(code, self._lang)}", style="bold"))
        self._console.print(f"  {words.remedy(code, self._lang)}")
        nodes = ", ".join(
            f"{node or '—'} {number}" for node, _, _, number in count_rejects(found)[:SHOWN]
        )
        self.say(
            _("  In the tables now: {count}. {nodes}", count=len(found), nodes=nodes),
        )
        if found:
            self.say(
                _("  The newest: quipu rejects explain {place}", place=found[0].position),
            )

    def one(self, one: Reject, at_node: str | None) -> None:
        field = one.detail if one.what == "item" else ""
        self._console.print(
            Text(f"{one.code}: {words.message(one.code, self._lang, field=field)}", style="bold")
        )
        what = _("item of a bundle") if one.what == "item" else _("whole message")
        facts = [
            (
                _("What"),
                f"{what.in_language(self._lang)}, {words.verdict(one.verdict, self._lang).lower()}",
            ),
            (_("Node"), one.node or "—"),
            (_("Where"), one.position),
            (_("Cord"), f"{one.cord} {one.sequence}, item {one.item}" if one.cord else ""),
            (_("Event"), one.id),
            (_("Recorded"), f"{_utc(one.recorded_at)} UTC"),
            (_("Detail"), one.detail if one.what == "message" else ""),
            (_("Remedy"), words.remedy(one.code, self._lang)),
            (_("The sender"), self._told(one, at_node)),
            (_("Try again"), WAY_WORDS[one.retry_path].in_language(self._lang)),
        ]
        for name, value in facts:
            if value:
                self._console.print(
                    Text.assemble((f"  {name.in_language(self._lang):<13}", "dim"), value)
                )

    def _told(self, one: Reject, at_node: str | None) -> str:
        if not one.told:
            return _("nothing: its sender is not known, or it is not the sender's").in_language(
                self._lang
            )
        field = f" ({one.detail})" if one.what == "item" and one.detail else ""
        told = _(
            "receipt {verdict} {code}{field}", verdict=one.verdict, code=one.code, field=field
        ).in_language(self._lang)
        if at_node is None:
            return told
        in_outbox = at_node or _("not read yet")
        return told + _("; its outbox has: {verdict}", verdict=in_outbox).in_language(self._lang)

    def way(
        self, way: RetryPath, found: Sequence[Reject], files: Sequence[tuple[str, str, int]]
    ) -> None:
        counts = ", ".join(
            f"{code} {number}" for _, _, code, number in count_rejects(found)[:SHOWN]
        )
        self._console.print(Text(f"{len(found)}: {counts}", style="bold"))
        self._console.print(f"  → {WAY_WORDS[way].in_language(self._lang)}")
        for node, file, number in files:
            self.say(
                _(
                    "    {number} of {file}: quipu publish {file} --node {node} --mapping M",
                    number=number,
                    file=file,
                    node=node,
                ),
            )

    def _table(self, *headings: UserMessage) -> Table:
        table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
        for heading in headings:
            table.add_column(heading.in_language(self._lang), overflow="fold")
        return table


@contextmanager
def _tables(settings: Settings) -> Iterator[Client]:
    client = connect(settings, database_of(generation.current_generation(settings)))
    try:
        yield client
    finally:
        client.disconnect()


def _in_outbox(settings: Settings, one: Reject) -> str | None:
    """What the node's outbox says of the item, empty where it has read no receipt of it; None where
    the outbox is not here.
    """
    path = settings.node_dir(one.node) / "outbox.db"
    if one.what != "item" or not path.exists():
        return None
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=5)) as database:
        sql = "SELECT ifnull(verdict, ''), code FROM items WHERE cord = ? AND sequence = ? AND item = ?"
        found = database.execute(sql, (one.cord, one.sequence, one.item)).fetchone()
    return " ".join(found).strip() if found else ""


def _files(settings: Settings, found: Sequence[Reject]) -> list[tuple[str, str, int]]:
    """Node, file it came from, how many of its items: as far as the outboxes are here."""
    files: dict[tuple[str, str], int] = {}
    for node in sorted({one.node for one in found}):
        path = settings.node_dir(node) / "outbox.db"
        if not path.exists():
            continue
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=5)) as database:
            sql = "SELECT name FROM items JOIN files USING (file) WHERE cord = ? AND sequence = ? AND item = ?"
            for one in found:
                row = (
                    database.execute(sql, (one.cord, one.sequence, one.item)).fetchone()
                    if one.node == node
                    else None
                )
                if row:
                    files[node, row[0]] = files.get((node, row[0]), 0) + 1
    return [(node, file, number) for (node, file), number in sorted(files.items())]


def _wanted(code: str, node: str, since: str | None) -> RejectFilter:
    return RejectFilter(code.upper(), node, parse_since(since))


def _plain(one: Reject) -> dict[str, Any]:
    return {**asdict(one), "place": one.position, "way": one.retry_path, "told": one.told}


def _utc(millis: int) -> str:
    return f"{datetime.fromtimestamp(millis / 1000, UTC):%Y-%m-%d %H:%M:%S}"


def _nothing(what: str) -> QuipuError:
    return QuipuError(
        _("No reject or pending item is `{what}`.", what=what),
        _("See the list: quipu rejects. What was accepted: quipu show."),
        "NOT_FOUND",
    )


commands: list[click.Command] = [rejects_group]
