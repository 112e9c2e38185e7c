"""`quipu hits`: what the mechanism told this node of indicators, and whom to call; to be read at
three in the morning.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime

import click
from rich.console import Console
from rich.text import Text

from infra.errors import Words
from infra.settings import Settings
from producers.cli import render_report
from producers.cli.contacts import in_words
from producers.errors import OutboxError
from producers.node import CountryNode
from producers.outbox.hits import MOST, Hit, HitPage, OtherRecords, OwnRecord, before_newest, page
from producers.outbox.store import Outbox
from schemas import words
from schemas.codes import code_lists

_SEVERITY = {
    "high": Words("ALTA", "HIGH"),
    "medium": Words("media", "medium"),
    "low": Words("baja", "low"),
}
_STYLE = {"high": "bold red", "medium": "bold yellow", "low": "bold"}


@click.command(
    "hits",
    help="Indicadores en que hay registros propios, y a quién llamar. | Indicators with records of ours, and whom to call.",
)
@click.option("--node", required=True, metavar="N", help="El nodo. | The node.")
@click.option(
    "--since",
    type=int,
    help="El cursor: lo que siga a este; si no, lo último. | The cursor: what follows it; else the newest.",
)
@click.option(
    "--limit",
    type=click.IntRange(1, MOST),
    default=50,
    show_default=True,
    help="Cuántos. | How many.",
)
@click.option("--json", "as_json", is_flag=True, help="Para programas. | For programs.")
@click.option("--lang", type=click.Choice(["es", "en"]), help="Idioma. | Language.")
@click.pass_obj
def hits_command(
    settings: Settings, node: str, since: int | None, limit: int, as_json: bool, lang: str | None
) -> None:
    """The newest last. Listens first where the node is free; else the process that holds it does.
    Without Kafka: as of the last time.
    """
    away, found = _look(settings, node, since, limit)
    if as_json:
        click.echo(json.dumps(asdict(found), ensure_ascii=False))
        return
    _show(found, node, lang or settings.lang, render_report.console())
    if away:
        render_report.say(
            lang or settings.lang,
            f"Kafka no responde ({away}): esto es lo último que se oyó.",
            f"Kafka does not answer ({away}): this is what was heard last.",
        )


def _look(settings: Settings, node: str, since: int | None, limit: int) -> tuple[str, HitPage]:
    """Why Kafka does not answer, or empty; the hits. Raises KeyringError, OutboxError, what keeps
    the node from listening.
    """
    try:
        with CountryNode(settings, node, what="quipu hits") as country:
            country.send(0)
            return country.progress.away, _page(country.outbox, since, limit)
    except OutboxError as error:
        if error.code != "OUTBOX_BUSY":
            raise
    outbox = Outbox(settings.node_dir(node) / "outbox.db")
    try:
        return "", _page(outbox, since, limit)
    finally:
        outbox.close()


def _page(outbox: Outbox, since: int | None, limit: int) -> HitPage:
    return page(outbox, before_newest(outbox, limit) if since is None else since, limit)


def _show(found: HitPage, node: str, lang: str, console: Console) -> None:
    for one in found.hits:
        for text in _lines(one, lang):
            console.print(text, soft_wrap=True, highlight=False)
        console.print()
    if not found.hits:
        render_report.say(lang, "Ninguna coincidencia nueva.", "No new hit.")
    elif found.more:
        render_report.say(
            lang,
            f"Hay más: quipu hits --node {node} --since {found.next}",
            f"There is more: quipu hits --node {node} --since {found.next}",
        )


def _lines(one: Hit, lang: str) -> Iterator[Text]:
    def word(es: str, en: str) -> str:
        return Words(es, en).text(lang)

    yield _head(one, lang)
    if one.status == "live":
        yield Text(f"  {one.sentence[lang]}")
    else:
        yield Text(
            f"  {word('Ya no se sostiene: no actúe por él.', 'It holds no more: do not act on it.')}"
        )
    yield Text(f"  {word('Registros de su autoridad', 'Records of your authority')}:", style="dim")
    for own in one.own:
        yield Text(f"    {_own(own, lang)}")
    if one.others:
        yield Text(f"  {word('También tienen registros', 'Records are also with')}:", style="dim")
    for other in one.others:
        yield from _other(other, lang)
    yield from _markings(one, lang)
    yield Text(
        f"  {word('Indicador', 'Indicator')} {one.indicator} · {word('avisado', 'told')} {_moment(one.heard_at)}",
        style="dim",
    )


def _head(one: Hit, lang: str) -> Text:
    gone = one.status == "gone"
    head = Text("○ " if gone else "● ", style="dim" if gone else _STYLE.get(one.severity, "bold"))
    if one.exercise:
        head.append(
            Words(f"EJERCICIO «{one.exercise}» · ", f"EXERCISE `{one.exercise}` · ").text(lang),
            style="bold magenta",
        )
    if gone:
        head.append(Words("TERMINÓ · ", "ENDED · ").text(lang))
    elif one.severity in _SEVERITY:
        head.append(f"{_SEVERITY[one.severity].text(lang)} · ")
    return head.append(one.title[lang])


def _own(own: OwnRecord, lang: str) -> str:
    taken = f"{own.file}:{own.line}" if own.line else own.file
    origin = taken or Words(
        "de otro nodo de la autoridad", "of another node of the authority"
    ).text(lang)
    occurred = "" if own.occurred is None else _moment(own.occurred)[:10]
    return " · ".join(filter(None, [words.event_type(own.type, lang), origin, occurred, own.event]))


def _other(other: OtherRecords, lang: str) -> Iterator[Text]:
    count = (
        Words("1 registro", "1 record")
        if other.records == 1
        else Words(f"{other.records} registros", f"{other.records} records")
    )
    line = Text(
        f"    {words.value('country', other.country, lang)}, {other.authority}: {count.text(lang)} → "
    )
    yield line.append(_call(other, lang), style="bold")
    for code in other.markings:
        yield Text(f"      {_marking(code, lang)}", style="bold yellow")


def _call(other: OtherRecords, lang: str) -> str:
    if other.contact is None:
        return Words(
            "nadie anotado a quien llamar; pregunte al mecanismo",
            "nobody to call is written down; ask the mechanism",
        ).text(lang)
    call = Words("llame a ", "call ").text(lang) + in_words(other.contact)
    if (other.contact.country, other.contact.authority) != (other.country, other.authority):
        return (
            Words("nadie anotado; el mecanismo: ", "nobody written down; the mechanism: ").text(
                lang
            )
            + call
        )
    return call


def _markings(one: Hit, lang: str) -> Iterator[Text]:
    if one.status == "live":
        yield Text(f"  TLP:{one.tlp}", style="bold")
        told = {code for other in one.others for code in other.markings}
        for code in one.handling:
            if code not in told and code != "H3":
                yield Text(f"  {_marking(code, lang)}", style="yellow")
        for condition in one.conditions:
            yield Text(f"  H3: {condition}", style="yellow")


def _marking(code: str, lang: str) -> str:
    return (
        f"{code}: {words.value('handling', code, lang)}"
        if code in code_lists()["handling"].codes
        else code
    )


def _moment(ms: int) -> str:
    return datetime.fromtimestamp(ms / 1000, UTC).strftime("%Y-%m-%d %H:%M UTC")


commands: list[click.Command] = [hits_command]
