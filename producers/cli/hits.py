"""`quipu hits`: show the hits of a node, and whom to call.

The text must be clear at three in the morning.
"""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict
from datetime import UTC, datetime

import click
from rich.console import Console
from rich.text import Text

from infra.command_line import command, json_option, node_option, option
from infra.option_types import CURSOR
from infra.settings import Settings
from infra.terminal import echo_json
from producers.cli import render_report
from producers.cli.contacts import in_words
from producers.errors import OutboxBusyError
from producers.node import CountryNode
from producers.outbox.hits import (
    MAX_PAGE,
    HitPage,
    NodeHit,
    OtherRecords,
    OwnRecord,
    cursor_for_newest,
    hits_since,
)
from producers.outbox.store import Outbox
from schemas import words
from schemas.codes import code_lists
from schemas.i18n import _, ngettext

_SEVERITY = {
    "high": _("HIGH"),
    "medium": _("medium"),
    "low": _("low"),
}
_STYLE = {"high": "bold red", "medium": "bold yellow", "low": "bold"}


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
@json_option
@click.pass_obj
def hits_command(
    settings: Settings, node: str, since: int | None, limit: int, as_json: bool
) -> None:
    """Show the newest hits last.

    It reads new hits first if the node is free; else the process that holds it does. Without Kafka
    it shows what was read the last time.
    """
    away, page = _look(settings, node, since, limit)
    if as_json:
        echo_json(asdict(page))
        return
    _show(page, node, settings.lang, render_report.make_console())
    if away:
        render_report.print_message(
            settings.lang,
            _("Kafka does not answer ({away}): these are the last hits received.", away=away),
        )


def _look(settings: Settings, node: str, since: int | None, limit: int) -> tuple[str, HitPage]:
    """Read hits. Returns why Kafka does not answer (or empty), and the page.

    Raises KeyringError, OutboxError, and what keeps the node from receiving.
    """
    try:
        with CountryNode(settings, node, holder_label="quipu hits") as country:
            country.send(0)
            return country.progress.unavailable, _page(country.outbox, since, limit)
    except OutboxBusyError:
        with closing(Outbox(settings.node_dir(node) / "outbox.db")) as outbox:
            return "", _page(outbox, since, limit)


def _page(outbox: Outbox, since: int | None, limit: int) -> HitPage:
    return hits_since(outbox, cursor_for_newest(outbox, limit) if since is None else since, limit)


def _show(page: HitPage, node: str, lang: str, console: Console) -> None:
    for hit in page.hits:
        for text in _lines(hit, lang):
            console.print(text, soft_wrap=True, highlight=False)
        console.print()
    if not page.hits:
        render_report.print_message(lang, _("No new hit."))
    elif page.more:
        render_report.print_message(
            lang,
            _("There is more: quipu hits --node {node} --since {next}", node=node, next=page.next),
        )


def _lines(hit: NodeHit, lang: str) -> Iterator[Text]:
    yield _head(hit, lang)
    if hit.status == "live":
        yield Text(f"  {hit.sentence[lang]}")
    else:
        yield Text("  " + _("No longer valid: do not act on it.").in_language(lang))
    yield Text("  " + _("Records of your authority:").in_language(lang), style="dim")
    for own in hit.own:
        yield Text(f"    {_own(own, lang)}")
    if hit.others:
        yield Text("  " + _("Other authorities with records:").in_language(lang), style="dim")
    for other in hit.others:
        yield from _other(other, lang)
    yield from _markings(hit, lang)
    note = _("Indicator {id} · notified {moment}", id=hit.indicator, moment=_moment(hit.heard_at))
    yield Text("  " + note.in_language(lang), style="dim")


def _head(hit: NodeHit, lang: str) -> Text:
    gone = hit.status == "gone"
    head = Text("○ " if gone else "● ", style="dim" if gone else _STYLE.get(hit.severity, "bold"))
    if hit.exercise:
        head.append(
            _("EXERCISE `{exercise}` · ", exercise=hit.exercise).in_language(lang),
            style="bold magenta",
        )
    if gone:
        head.append(_("ENDED · ").in_language(lang))
    elif hit.severity in _SEVERITY:
        head.append(f"{_SEVERITY[hit.severity].in_language(lang)} · ")
    return head.append(hit.title[lang])


def _own(own: OwnRecord, lang: str) -> str:
    taken = f"{own.file}:{own.line}" if own.line else own.file
    origin = taken or _("of another node of the authority").in_language(lang)
    occurred = "" if own.occurred is None else _moment(own.occurred)[:10]
    return " · ".join(filter(None, [words.event_type(own.type, lang), origin, occurred, own.event]))


def _other(other: OtherRecords, lang: str) -> Iterator[Text]:
    count = ngettext("{count} record", "{count} records", other.records)
    country = words.value("country", other.country, lang)
    line = Text(f"    {country}, {other.authority}: {count.in_language(lang)} → ")
    yield line.append(_call(other, lang), style="bold")
    for code in other.markings:
        yield Text(f"      {_marking(code, lang)}", style="bold yellow")


def _call(other: OtherRecords, lang: str) -> str:
    if other.contact is None:
        return _("no contact is set; ask the mechanism").in_language(lang)
    call = _("call ").in_language(lang) + in_words(other.contact)
    if (other.contact.country, other.contact.authority) != (other.country, other.authority):
        return _("no contact is set; the mechanism: ").in_language(lang) + call
    return call


def _markings(hit: NodeHit, lang: str) -> Iterator[Text]:
    if hit.status == "live":
        yield Text(f"  TLP:{hit.tlp}", style="bold")
        markings = {code for other in hit.others for code in other.markings}
        for code in hit.handling:
            if code not in markings and code != "H3":
                yield Text(f"  {_marking(code, lang)}", style="yellow")
        for condition in hit.conditions:
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
