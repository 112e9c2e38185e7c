"""`quipu token`: the tokens of programs and of this machine's users."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from consumers.cli.administration import administered, opened
from consumers.identity.account import AccountError
from consumers.identity.local_access import LOCAL, ensure_token, write_private
from consumers.identity.scopes import Scope, parse_scopes
from consumers.identity.tokens import MAX_DAYS, Token
from infra.command_line import argument, group, option
from infra.list_file import csv_option, moment, write_csv
from infra.list_table import print_rows
from infra.local_user import owner_name
from infra.settings import Settings
from infra.terminal import make_console
from schemas.i18n import _

_SCOPES = ", ".join(scope.value for scope in Scope)


@group("token", help=_("Manage the tokens of programs and of the command line."))
def token_group() -> None:
    """Group the commands about tokens."""


@token_group.command("make", help=_("Make a token for an account; it is shown once."))
@argument("account", metavar="ACCOUNT")
@option(
    "--scopes",
    default=Scope.READ.value,
    show_default=True,
    metavar="A,B",
    help=_("What for: {names}.", names=_SCOPES),
)
@option(
    "--days",
    type=click.IntRange(1, MAX_DAYS),
    default=90,
    show_default=True,
    help=_("Days until it expires."),
)
@option("--label", default="", help=_("What it is for, in your words."))
@option("--file", type=click.Path(path_type=Path), help=_("Write it to this file instead (0600)."))
@option("--here", is_flag=True, help=_("Keep it on this machine for `quipu … --as`."))
@click.pass_obj
def make_command(
    settings: Settings,
    account: str,
    scopes: str,
    days: int,
    label: str,
    file: Path | None,
    here: bool,
) -> None:
    """Print the token, or write it into a file that only its owner may read."""
    with administered(settings) as (identity, actor):
        token = identity.tokens.make(account, parse_scopes(scopes.split(",")), days, actor, label)
    target = settings.token_file(account) if here else file
    if target is None:
        click.echo(token)
        return
    write_private(target.absolute(), token)
    click.echo(_("Written to {path}.", path=target).in_language(settings.lang))


@token_group.command("list", help=_("List the tokens, without their secrets."))
@csv_option
@click.pass_obj
def list_command(settings: Settings, csv_path: Path | None) -> None:
    """Print a table of all tokens and whether they are valid, or write it into a file."""
    with administered(settings) as (identity, _actor):
        tokens, now = identity.tokens.all(), identity.store.now()
    if csv_path:
        cells = (_cells(token, token.is_valid(now)) for token in tokens)
        write_csv(csv_path, _COLUMNS, cells, settings.lang)
        return
    headings = (_("account"), _("scopes"), _("expires"), _("last use"), _("state"))
    texts = ["id", *(heading.in_language(settings.lang) for heading in headings)]
    rows = (_row(token, token.is_valid(now), settings.lang) for token in tokens)
    print_rows(make_console(highlight=False), texts, rows)


@token_group.command("revoke", help=_("Revoke a token at once."))
@argument("id_", metavar="ID")
@click.pass_obj
def revoke_command(settings: Settings, id_: str) -> None:
    """Revoke the token with this id, as `quipu token list` shows it."""
    with administered(settings) as (identity, actor):
        identity.tokens.revoke(id_, actor)
    click.echo(_("Revoked.").in_language(settings.lang))


@token_group.command("local", help=_("Renew the token of the owner of this data folder."))
@click.pass_obj
def local_command(settings: Settings) -> None:
    """Replace the owner's token; it needs no token, because the files are the owner's."""
    with opened(settings) as identity:
        settings.token_file(LOCAL).unlink(missing_ok=True)
        ensure_token(settings, identity, LOCAL, owner_name())
    if not settings.token_file(LOCAL).exists():
        raise AccountError(
            _("The account {name} cannot have a token.", name=owner_name()),
            _("An administrator changes it: quipu user change {name}", name=owner_name()),
        )
    click.echo(_("Written to {path}.", path=settings.token_file(LOCAL)).in_language(settings.lang))


def _row(token: Token, is_valid: bool, lang: str) -> list[str]:
    valid = _("valid") if is_valid else _("not valid")
    return [
        token.id,
        f"{token.account} {token.label}".strip(),
        ", ".join(sorted(token.scopes)),
        _day(token.expires_at),
        _day(token.used_at),
        valid.in_language(lang),
    ]


_COLUMNS = (
    *("id", "account", "label", "scopes"),
    *("created_at", "expires_at", "revoked_at", "used_at", "is_valid"),
)


def _cells(token: Token, is_valid: bool) -> list[object]:
    times = (token.created_at, token.expires_at, token.revoked_at, token.used_at)
    scopes = sorted(scope.value for scope in token.scopes)
    return [token.id, token.account, token.label, scopes, *map(moment, times), is_valid]


def _day(ms: int | None) -> str:
    return "—" if ms is None else f"{datetime.fromtimestamp(ms / 1000, UTC):%Y-%m-%d}"


commands: list[click.Command] = [token_group]
