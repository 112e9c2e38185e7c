"""`quipu notices`: how somebody is notified of hits, and that an authority knows of a hit."""

from __future__ import annotations

from contextlib import closing
from dataclasses import asdict, replace

import click

from consumers.cli.reader_options import (
    QueryContext,
    gathered,
    not_found,
    resolve_id,
    with_query_options,
)
from consumers.identity.local_access import existing_identity
from consumers.notices.notice_words import SEVERITY_WORDS, way_label
from consumers.notices.settings import SEVERITY_ORDER, NoticeSettings, NoticeWay
from consumers.notices.settings_store import NoticeSettingsStore
from consumers.serving.cli_session import CHANNEL, FIRST_ANSWER_S, open_queries
from consumers.serving.query_pool import open_pool
from consumers.serving.question import COMMAND_WITHIN_S, Question, asking
from infra.coded_options import WordChoice
from infra.command_line import argument, group, option
from infra.terminal import echo_json
from schemas.i18n import LANGUAGES, UserMessage, _

_HOUR = click.IntRange(0, 23)
Choices = dict[str, object]


@group("notices", help=_("How you are notified of hits of your authority."))
def notices_group() -> None:
    """Group the commands about notices."""


@notices_group.command("show", help=_("Show how you are notified."))
@with_query_options
def show_command(context: QueryContext) -> None:
    """Show what the account chose."""
    with existing_identity(context.settings) as identity:
        settings = NoticeSettingsStore(identity.store).of(context.reader.person)
    _show(context, settings)


def _choices(
    way: str | None,
    mail: str | None,
    uses_webhook: bool | None,
    least: str | None,
    notice_lang: str | None,
) -> Choices:
    chosen: Choices = {
        "way": None if way is None else NoticeWay(way),
        "mail": mail,
        "uses_webhook": uses_webhook,
        "least": least,
        "lang": notice_lang,
    }
    return {name: value for name, value in chosen.items() if value is not None}


def _hours(quiet_from: int | None, quiet_until: int | None, digest_hour: int | None) -> Choices:
    chosen = {"quiet_from": quiet_from, "quiet_until": quiet_until, "digest_hour": digest_hour}
    return {name: value for name, value in chosen.items() if value is not None}


@notices_group.command("set", help=_("Choose how you are notified; what is left out stays."))
@gathered(
    "choices",
    _choices,
    option(
        "--way",
        type=WordChoice("notice_way", [str(way) for way in NoticeWay]),
        help=_("At once, once a day, or never."),
    ),
    option("--mail", help=_("Address of mail; empty: no mail.")),
    option("--webhook/--no-webhook", "uses_webhook", default=None, help=_("Use the webhook, too.")),
    option("--least", type=WordChoice("severity", SEVERITY_ORDER), help=_("Lowest severity.")),
    option("--notice-lang", type=click.Choice(LANGUAGES), help=_("Language of the notices.")),
)
@gathered(
    "hours",
    _hours,
    option("--quiet-from", type=_HOUR, help=_("Send nothing from this local hour on.")),
    option("--quiet-until", type=_HOUR, help=_("Until this local hour; equal: never quiet.")),
    option("--digest-hour", type=_HOUR, help=_("Local hour of the daily notice.")),
)
@with_query_options
def set_command(context: QueryContext, choices: Choices, hours: Choices) -> None:
    """Choose how the account is notified. Raises NoticeSettingsError."""
    with existing_identity(context.settings) as identity:
        store = NoticeSettingsStore(identity.store)
        choice = replace(store.of(context.reader.person), **{**choices, **hours})  # type: ignore[arg-type]
        settings = store.put(choice)
    _show(context, settings)


@notices_group.command("ack", help=_("Say that your authority knows of a hit."))
@argument("id_", metavar="ID")
@with_query_options
def ack_command(context: QueryContext, id_: str) -> None:
    """Acknowledge a hit, so that it goes to no alternate contact. Raises NoAuthorityError."""
    with open_queries(context.settings) as queries:
        _kind, full_id = resolve_id(queries, id_, context, ("indicator",))
    with (
        closing(open_pool(context.settings, FIRST_ANSWER_S)) as pool,
        asking(Question(within_s=COMMAND_WITHIN_S)),
    ):
        is_recorded = pool.acknowledge(context.reader, full_id, CHANNEL)
    if not is_recorded:
        raise not_found(id_)
    click.echo(_("Recorded. It takes effect in a moment.").in_language(context.lang))


def _show(context: QueryContext, settings: NoticeSettings) -> None:
    if context.as_json:
        echo_json(asdict(settings))
        return
    for heading, text in _lines(settings):
        shown = text.in_language(context.lang) if isinstance(text, UserMessage) else text
        click.echo(f"{heading.in_language(context.lang)}: {shown}")


def _lines(settings: NoticeSettings) -> list[tuple[UserMessage, UserMessage | str]]:
    is_quiet = settings.quiet_from != settings.quiet_until
    hours = f"{settings.quiet_from:02}:00–{settings.quiet_until:02}:00"
    return [
        (_("When you are notified"), way_label(settings)),
        (_("Mail"), settings.mail or "—"),
        (_("Webhook"), _("yes") if settings.uses_webhook else _("no")),
        (_("Lowest severity"), SEVERITY_WORDS[settings.least]),
        (_("Quiet hours"), hours if is_quiet else "—"),
    ]


commands: list[click.Command] = [notices_group]
