"""`quipu user`: the accounts of people and programs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from consumers.cli.administration import administered
from consumers.identity.account import AccountState, UserAccount, roles
from consumers.identity.passwords import one_time_password
from infra.coded_options import CodedNames, CodedText, WordChoice
from infra.command_line import argument, group, option
from infra.list_file import csv_option, moment, write_csv
from infra.list_table import print_rows
from infra.settings import Settings
from infra.terminal import make_console
from schemas.i18n import UserMessage, _
from schemas.release.rules import TLP

_FIELDS = (
    option(
        "--country",
        type=CodedText("country"),
        metavar="COUNTRY",
        help=_("Country, such as CO; MEC is the mechanism."),
    ),
    option("--authority", metavar="A", help=_("Authority, such as PONAL.")),
    option(
        "--roles",
        type=CodedNames("role"),
        metavar="A,B",
        help=_("Roles: {names}.", names=", ".join(roles())),
    ),
    option("--clearance", type=WordChoice("tlp", TLP), help=_("Highest TLP level.")),
    option("--groups", metavar="A,B", help=_("Sharing groups.")),
    option("--exercises", metavar="A,B", help=_("Exercises.")),
)
_name = argument("name", metavar="NAME")
_ACCOUNT_HEADINGS = (
    *(_("account"), _("country"), _("authority"), _("roles"), _("clearance"), _("groups")),
    _("state"),
)
_AUDIT_HEADINGS = (_("when UTC"), _("who"), _("what"), _("account"), _("address"))

_AUDIT_COLUMNS = ("at", "actor", "act", "subject", "address", "detail")


def _with_fields(function: Callable[..., Any]) -> Callable[..., Any]:
    for add_option in reversed(_FIELDS):
        function = add_option(function)
    return function


@group("user", help=_("Manage the accounts of people and programs."))
def user_group() -> None:
    """Group the commands about accounts."""


@user_group.command("add", help=_("Add an account; its one-time password is shown once."))
@_name
@_with_fields
@option("--program", is_flag=True, help=_("For a program: without a password, only tokens."))
@click.pass_obj
def add_command(settings: Settings, /, name: str, program: bool, **fields: str | None) -> None:
    """Add an account; a person must change the one-time password at the first sign-in."""
    account = _with(
        UserAccount(name, "", clearance="GREEN", must_change_password=not program), fields
    )
    password = None if program else one_time_password()
    with administered(settings) as (identity, actor):
        identity.accounts.add(account, actor, password)
    _show_password(settings, name, password)


@user_group.command("list", help=_("List the accounts."))
@csv_option
@click.pass_obj
def list_command(settings: Settings, csv_path: Path | None) -> None:
    """Print a table of all accounts, or write it into a file."""
    with administered(settings) as (identity, _actor):
        accounts = identity.accounts.all()
    if csv_path:
        names = [field.name for field in fields(UserAccount)]
        rows = ([getattr(account, name) for name in names] for account in accounts)
        write_csv(csv_path, names, rows, settings.lang)
        return
    _print_rows(
        settings, _ACCOUNT_HEADINGS, (_account_row(account, settings.lang) for account in accounts)
    )


@user_group.command("change", help=_("Change an account; its sessions end."))
@_name
@_with_fields
@option("--enable", is_flag=True, help=_("Let a disabled account sign in again."))
@click.pass_obj
def change_command(settings: Settings, /, name: str, enable: bool, **fields: str | None) -> None:
    """Change the fields that are given; the others stay."""
    with administered(settings) as (identity, actor):
        account = _with(identity.accounts.get(name), fields)
        if enable:
            account = replace(account, state=AccountState.ACTIVE)
        identity.accounts.change(account, actor)
    click.echo(_("Changed. The person signs in again.").in_language(settings.lang))


@user_group.command("disable", help=_("Disable an account: its sessions and tokens end at once."))
@_name
@click.pass_obj
def disable_command(settings: Settings, name: str) -> None:
    """Disable an account; it stays in the list, because the ledger names it."""
    with administered(settings) as (identity, actor):
        identity.accounts.disable(name, actor)
    click.echo(_("Disabled.").in_language(settings.lang))


@user_group.command("password", help=_("Give an account a new one-time password; it unlocks it."))
@_name
@click.pass_obj
def password_command(settings: Settings, name: str) -> None:
    """Set a one-time password and forget former failures to sign in."""
    password = one_time_password()
    with administered(settings) as (identity, actor):
        identity.accounts.set_password(name, password, actor, must_change=True)
        identity.sign_in.release(name)
    _show_password(settings, name, password)


@user_group.command("log", help=_("Show sign-ins, refusals and changes, newest first."))
@option("--limit", type=click.IntRange(1, 10_000), default=50, help=_("How many at most."))
@csv_option
@click.pass_obj
def log_command(settings: Settings, limit: int, csv_path: Path | None) -> None:
    """Print the newest lines of the audit, or write them into a file."""
    with administered(settings) as (identity, _actor):
        rows = identity.store.rows("audit", (limit,))
    if csv_path:
        dated = ((moment(at), *rest) for at, *rest in rows)
        write_csv(csv_path, _AUDIT_COLUMNS, dated, settings.lang)
        return
    _print_rows(settings, _AUDIT_HEADINGS, (_audit_row(*row) for row in rows))


def _with(account: UserAccount, fields: dict[str, str | None]) -> UserAccount:
    """Return the account with the fields that were given."""
    changes: dict[str, Any] = {}
    for name, value in fields.items():
        if value is None:
            continue
        if name in ("roles", "groups", "exercises"):
            changes[name] = frozenset(part.strip() for part in value.split(",") if part.strip())
        elif name == "country":
            changes[name] = value.upper()
        else:
            changes[name] = value or None
    return replace(account, **changes)


def _show_password(settings: Settings, name: str, password: str | None) -> None:
    if password is None:
        text = _("Added. Make a token: quipu token make {name}", name=name)
    else:
        text = _(
            "One-time password of {name}, shown this once: {password}\n"
            "The person changes it at the first sign-in.",
            name=name,
            password=password,
        )
    click.echo(text.in_language(settings.lang))


def _account_row(account: UserAccount, lang: str) -> list[str]:
    state = _("active") if account.state is AccountState.ACTIVE else _("disabled")
    return [
        account.name,
        account.country,
        account.authority or "—",
        ", ".join(sorted(account.roles)),
        account.clearance,
        ", ".join(sorted(account.groups | account.exercises)) or "—",
        state.in_language(lang),
    ]


def _audit_row(at: int, actor: str, act: str, subject: str, address: str, detail: str) -> list[str]:
    when = datetime.fromtimestamp(at / 1000, UTC)
    return [f"{when:%Y-%m-%d %H:%M:%S}", actor, f"{act} {detail}".strip(), subject, address]


def _print_rows(
    settings: Settings, headings: Iterable[UserMessage], rows: Iterable[Sequence[str]]
) -> None:
    texts = [heading.in_language(settings.lang) for heading in headings]
    print_rows(make_console(highlight=False), texts, rows)


commands: list[click.Command] = [user_group]
