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

from consumers.cli.reader_options import parse_as_of
from consumers.maintenance.rejects import (
    Reject,
    RejectFilter,
    RetryPath,
    ask_reread,
    by_retry_path,
    count_rejects,
    find_rejects,
    matching_id,
)
from infra.clickhouse.client import Client, connect
from infra.clickhouse.migrations import database_of
from infra.errors import QuipuError, Words
from infra.exchange_log import generation
from infra.settings import Settings
from schemas import words

SHOWN = 20
_CODE = click.option("--code", default="", help="Solo este código. | Only this code.")
_NODE = click.option("--node", default="", help="Solo este nodo. | Only this node.")
_SINCE = click.option(
    "--since", help="Registrado desde: 2018-07-01[T14:30] (UTC). | Recorded since (UTC)."
)
_JSON = click.option("--json", "as_json", is_flag=True, help="Para programas. | For programs.")
_LANG = click.option("--lang", type=click.Choice(["es", "en"]), help="Idioma. | Language.")

WAY_WORDS: dict[RetryPath, Words] = {
    "itself": Words(
        "Se toma solo cuando la configuración traiga el esquema. ¿Lo trae esta versión? «quipu found» lo anuncia.",
        "Taken up by itself once config brings the schema. Does this release have it? `quipu found` announces it.",
    ),
    "sender": Words(
        "Su remitente lo corrige donde haga falta y publica otra vez el archivo; lo ya aceptado no se repite. Nadie más puede: va sellado.",
        "Its sender corrects what needs it and publishes the file again; what was accepted is not repeated. Nobody else can: it is sealed.",
    ),
    "reread": Words(
        "El sink vuelve a leer desde allí: quipu rejects redrive --yes (después de arreglar la causa).",
        "The sink reads again from there: quipu rejects redrive --yes (once the cause is mended).",
    ),
    "rebuild": Words(
        "quipu rebuild, después de arreglar la causa.", "quipu rebuild, once the cause is mended."
    ),
    "none": Words(
        "No hay nada que reintentar: no es un mensaje de un nodo que se conozca, o ya estaba.",
        "Nothing to try again: it is no known node's message, or it was there already.",
    ),
}


@click.group(
    "rejects",
    invoke_without_command=True,
    help="Lo que no se tomó: contado, explicado, reintentado. | What was not taken: counted, explained, redriven.",
)
@_CODE
@_NODE
@_SINCE
@_JSON
@_LANG
@click.pass_context
def rejects_group(context: click.Context, /, **options: Any) -> None:
    """Without a further word: list."""
    if context.invoked_subcommand is None:
        context.invoke(list_command, **options, limit=SHOWN)


@rejects_group.command(
    "list",
    help="Contados por nodo y código, y los más nuevos. | Counted by node and code, and the newest.",
)
@_CODE
@_NODE
@_SINCE
@click.option(
    "--limit",
    type=click.IntRange(0, 100_000),
    default=SHOWN,
    show_default=True,
    help="Cuántos se listan. | How many to list.",
)
@_JSON
@_LANG
@click.pass_obj
def list_command(
    settings: Settings,
    code: str,
    node: str,
    since: str | None,
    limit: int,
    as_json: bool,
    lang: str | None,
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
    _Shown(lang or settings.lang).listing(found, limit)


@rejects_group.command(
    "explain",
    help="Uno, por id de evento o tópico/partición/posición, o un código. | One, by event id or topic/partition/offset, or a code.",
)
@click.argument("what", metavar="ID|CODE")
@_LANG
@click.pass_obj
def explain_command(settings: Settings, what: str, lang: str | None) -> None:
    shown = _Shown(lang or settings.lang)
    is_code = what.upper() in words.load_table("stable_codes")
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
    help="Qué se puede reintentar y cómo; --yes hace lo que puede hacerse aquí. | What can be tried again, and how.",
)
@_CODE
@_NODE
@_SINCE
@click.option(
    "--yes", is_flag=True, help="Pedir al sink que lea otra vez. | Ask the sink to read again."
)
@_LANG
@click.pass_obj
def redrive_command(
    settings: Settings, code: str, node: str, since: str | None, yes: bool, lang: str | None
) -> None:
    """Changes no verdict: consumers/maintenance/rejects.py says why."""
    shown = _Shown(lang or settings.lang)
    with _tables(settings) as client:
        ways = by_retry_path(find_rejects(client, _wanted(code, node, since)))
    if not ways:
        shown.say("Nada que reintentar.", "Nothing to try again.")
    for way, found in ways.items():
        shown.way(way, found, _files(settings, found) if way == "sender" else [])
    if yes and "reread" in ways:
        asked = ask_reread(settings, ways["reread"])
        places = ", ".join(
            f"{topic}/{partition} ≥ {offset}"
            for topic, parts in asked.items()
            for partition, offset in parts.items()
        )
        shown.say(
            f"Pedido al sink: leer otra vez {places}", f"Asked of the sink: read again {places}"
        )


class _Shown:
    """On the terminal, in one language."""

    def __init__(self, lang: str) -> None:
        self._lang = lang
        self._console = Console(highlight=False)

    def say(self, es: str, en: str, style: str = "") -> None:
        self._console.print(Text(Words(es, en).text(self._lang), style=style))

    def listing(self, found: Sequence[Reject], limit: int) -> None:
        if not found:
            self.say("Ningún rechazo.", "No rejects.")
            return
        table = self._table(
            "nodo|node", "veredicto|verdict", "código|code", "n", "qué es|what it is"
        )
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
                f"Uno entero: quipu rejects explain {found[0].id[-8:] or found[0].position}",
                f"One in full: quipu rejects explain {found[0].id[-8:] or found[0].position}",
                "dim",
            )

    def _newest(self, found: Sequence[Reject]) -> None:
        table = self._table(
            "registrado UTC|recorded UTC", "nodo|node", "código|code", "dónde|where"
        )
        for one in found:
            where = f"{one.cord} {one.sequence}/{one.item}" if one.what == "item" else one.position
            table.add_row(_utc(one.recorded_at), one.node or "—", one.code, where)
        self._console.print(table)

    def code(self, code: str, found: Sequence[Reject]) -> None:
        self.say(
            f"{code}: {words.message(code, 'es')}", f"{code}: {words.message(code, 'en')}", "bold"
        )
        self._console.print(f"  {words.remedy(code, self._lang)}")
        nodes = ", ".join(
            f"{node or '—'} {number}" for node, _, _, number in count_rejects(found)[:SHOWN]
        )
        self.say(
            f"  Ahora en las tablas: {len(found)}. {nodes}",
            f"  In the tables now: {len(found)}. {nodes}",
        )
        if found:
            self.say(
                f"  El último: quipu rejects explain {found[0].position}",
                f"  The last: quipu rejects explain {found[0].position}",
            )

    def one(self, one: Reject, at_node: str | None) -> None:
        field = one.detail if one.what == "item" else ""
        self._console.print(
            Text(f"{one.code}: {words.message(one.code, self._lang, field=field)}", style="bold")
        )
        what = (
            ("registro de un paquete", "item of a bundle")
            if one.what == "item"
            else ("mensaje entero", "whole message")
        )
        facts = [
            (
                ("Qué", "What"),
                f"{Words(*what).text(self._lang)}, {words.verdict(one.verdict, self._lang).lower()}",
            ),
            (("Nodo", "Node"), one.node or "—"),
            (("Dónde", "Where"), one.position),
            (("Cuerda", "Cord"), f"{one.cord} {one.sequence}, item {one.item}" if one.cord else ""),
            (("Evento", "Event"), one.id),
            (("Registrado", "Recorded"), f"{_utc(one.recorded_at)} UTC"),
            (("Detalle", "Detail"), one.detail if one.what == "message" else ""),
            (("Qué hacer", "Remedy"), words.remedy(one.code, self._lang)),
            (("Al remitente", "The sender"), self._told(one, at_node)),
            (("Reintentar", "Trying again"), WAY_WORDS[one.retry_path].text(self._lang)),
        ]
        for names, value in facts:
            if value:
                self._console.print(
                    Text.assemble((f"  {Words(*names).text(self._lang):<13}", "dim"), value)
                )

    def _told(self, one: Reject, at_node: str | None) -> str:
        if not one.told:
            return Words(
                "nada: no se sabe de quién es, o no es suyo",
                "nothing: whose it is is not known, or it is not the sender's",
            ).text(self._lang)
        field = f" ({one.detail})" if one.what == "item" and one.detail else ""
        told = Words(
            f"recibo {one.verdict} {one.code}{field}", f"receipt {one.verdict} {one.code}{field}"
        ).text(self._lang)
        if at_node is None:
            return told
        return told + Words(
            f"; su buzón dice: {at_node or 'aún no leído'}",
            f"; its outbox says: {at_node or 'not read yet'}",
        ).text(self._lang)

    def way(
        self, way: RetryPath, found: Sequence[Reject], files: Sequence[tuple[str, str, int]]
    ) -> None:
        counts = ", ".join(
            f"{code} {number}" for _, _, code, number in count_rejects(found)[:SHOWN]
        )
        self._console.print(Text(f"{len(found)}: {counts}", style="bold"))
        self._console.print(f"  → {WAY_WORDS[way].text(self._lang)}")
        for node, file, number in files:
            self.say(
                f"    {number} de {file}: quipu publish {file} --node {node} --mapping M",
                f"    {number} of {file}: quipu publish {file} --node {node} --mapping M",
            )

    def _table(self, *headings: str) -> Table:
        table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
        for heading in headings:
            es, _, en = heading.partition("|")
            table.add_column(Words(es, en or es).text(self._lang), overflow="fold")
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
    day = f"{since}T00:00" if since and len(since) == len("2018-07-01") else since
    return RejectFilter(code.upper(), node, parse_as_of(day) or 0)


def _plain(one: Reject) -> dict[str, Any]:
    return {**asdict(one), "place": one.position, "way": one.retry_path, "told": one.told}


def _utc(millis: int) -> str:
    return f"{datetime.fromtimestamp(millis / 1000, UTC):%Y-%m-%d %H:%M:%S}"


def _nothing(what: str) -> QuipuError:
    return QuipuError(
        Words(
            f"Ningún rechazo ni pendiente es «{what}».",
            f"No reject and nothing pending is `{what}`.",
        ),
        Words(
            "Vea la lista: quipu rejects. Lo aceptado: quipu show.",
            "See the list: quipu rejects. What was accepted: quipu show.",
        ),
        "NOT_FOUND",
    )
