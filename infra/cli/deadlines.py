"""`quipu deadline`: by when requests and alerts are to be answered, and who decided so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from pathlib import Path

import click

from consumers.presentation.course_words import DEADLINES, kind_name
from infra.clock import now_ms
from infra.command_line import argument, group, json_option, language_of, option
from infra.list_file import csv_option, moment, write_csv
from infra.local_user import owner_name
from infra.option_types import parse_duration
from infra.registry import config_writer
from infra.registry.deadlines import (
    DeadlineChange,
    deadline_changes,
    deadlines_in_effect,
    founded_deadlines,
    set_deadline,
)
from infra.settings import Settings
from infra.terminal import echo_json
from producers.cli.render_config import decision_text, print_change, print_table
from producers.cli.render_report import print_message
from schemas.deadlines import Minutes
from schemas.i18n import UserMessage, _, ngettext

NONE = ("none", "ninguno")
HOUR, DAY = 60, 1_440


class _Length(click.ParamType):
    """A time such as 15m, 8h or 90d in minutes, or `none` for no deadline (-1)."""

    name = "text"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> int:
        """Return whole minutes. Raises click.BadParameter."""
        if isinstance(value, int):
            return value
        text = str(value).strip().lower()
        if text in NONE:
            return NO_LENGTH
        length = parse_duration(text)
        if length is None or length % timedelta(minutes=1) or not length:
            refusal = _("`{text}` is no time: write 15m, 8h, 90d, or none.", text=text[:40])
            context = ctx or click.get_current_context()
            raise click.BadParameter(refusal.in_language(language_of(context)), context, param)
        return length // timedelta(minutes=1)


NO_LENGTH = -1
_LENGTH = _Length()


@group("deadline", help=_("Deadlines of requests and alerts: list, change."))
def deadline_group() -> None:
    """Group the commands about deadlines."""


@deadline_group.command("list", help=_("List by when requests and alerts are to be answered."))
@option("--history", is_flag=True, help=_("Also who changed the deadlines, when and why."))
@json_option
@csv_option
@click.pass_obj
def deadline_list(settings: Settings, history: bool, as_json: bool, csv_path: Path | None) -> None:
    """Show the deadlines in effect now, and the decisions about them."""
    config = config_writer.read_config_history(settings)
    times = deadlines_in_effect(config.at(now_ms()).deadlines)
    changes = list(deadline_changes(config))
    lang = settings.lang
    if csv_path:
        names = ("deadline", "urgent_minutes", "normal_minutes")
        write_csv(csv_path, names, ((name, *times[name]) for name in times), lang)
        return
    if as_json:
        echo_json({"deadlines": _by_name(times), "history": [_as_json(item) for item in changes]})
        return
    headings = (_("deadline"), _("of what"), _("what is done"), _("urgent"), _("others"))
    print_table(lang, headings, (_row(name, times[name], lang) for name in times), main=1)
    for change in changes if history else changes[-1:]:
        for line in _lines(change):
            print_message(lang, line)


@deadline_group.command("set", help=_("Announce a deadline, with the reason."))
@argument("name", metavar="DEADLINE", type=click.Choice(sorted(founded_deadlines())))
@option("--urgent", type=_LENGTH, metavar="TIME", help=_("For urgent ones: 15m, 8h, 90d or none."))
@option("--normal", type=_LENGTH, metavar="TIME", help=_("For the others; likewise."))
@option("--reason", required=True, help=_("Why, such as the law."))
@click.pass_obj
def deadline_set(
    settings: Settings, name: str, urgent: int | None, normal: int | None, reason: str
) -> None:
    """Write the deadline to config; it holds for what the log takes after the notice period."""
    if urgent is None and normal is None:
        raise click.UsageError("--urgent, --normal")
    former = deadlines_in_effect(config_writer.read_config(settings).deadlines)[name]
    minutes = Minutes(_chosen(urgent, former.urgent), _chosen(normal, former.normal))
    written = set_deadline(settings, name, minutes, owner_name(), reason)
    print_change(settings, written, _("The deadline is announced, in effect {since}."))
    if written.holds_from:
        print_message(settings.lang, _("What was sent before keeps its own."))


def _chosen(given: int | None, former: int | None) -> int | None:
    if given is None:
        return former
    return None if given == NO_LENGTH else given


def _row(name: str, minutes: Minutes, lang: str) -> list[str]:
    kind, _dot, deadline = name.partition(".")
    lengths = [length_text(length).in_language(lang) for length in minutes]
    return [name, kind_name(kind, lang), DEADLINES[deadline].in_language(lang), *lengths]


def length_text(minutes: int | None) -> UserMessage:
    """Write a number of minutes in days, hours or minutes: the largest that divides it."""
    if minutes is None:
        return _("none")
    if minutes % DAY == 0:
        return ngettext("{count} day", "{count} days", minutes // DAY)
    if minutes % HOUR == 0:
        return _("{count} h", count=minutes // HOUR)
    return _("{minutes} min", minutes=minutes)


def _lines(change: DeadlineChange) -> Iterable[UserMessage]:
    table = change.table
    yield decision_text(change.since, table.author, table.reason)
    for name, minutes in sorted(change.table.changes.items()):
        yield _(
            "  {name}: urgent {urgent}, others {normal}",
            name=name,
            urgent=length_text(minutes.urgent),
            normal=length_text(minutes.normal),
        )


def _by_name(times: Mapping[str, Minutes]) -> list[dict[str, object]]:
    return [{"name": name, **minutes._asdict()} for name, minutes in times.items()]


def _as_json(change: DeadlineChange) -> dict[str, object]:
    """Give a decision for programs: what it changed from what lifecycles say."""
    since = moment(change.since)
    return {
        "since": since.isoformat() if since else None,
        "author": change.table.author,
        "reason": change.table.reason,
        "deadlines": _by_name(change.table.changes),
    }


commands: list[click.Command] = [deadline_group]
