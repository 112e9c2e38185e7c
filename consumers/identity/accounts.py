"""Add, list and change accounts and their passwords."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from consumers.identity.account import (
    AccountError,
    AccountState,
    UserAccount,
    check_account,
)
from consumers.identity.passwords import Passwords, check_password
from consumers.identity.store import IdentityStore
from schemas.i18n import _


class Accounts:
    """The accounts of a store. `actor` names who changes them, for the audit."""

    def __init__(self, store: IdentityStore, passwords: Passwords) -> None:
        """Keep the store, and what hashes passwords."""
        self._store = store
        self._passwords = passwords

    def add(self, account: UserAccount, actor: str, password: str | None = None) -> None:
        """Add an account; without a password it signs in by tokens only.

        Raises AccountError where a field cannot be, or the name is taken by an account or a group.
        """
        check_account(account)
        if password is not None:
            check_password(password, account.name)
        hash_ = None if password is None else self._passwords.hash(password)
        with self._store.transaction():
            self._require_free(account)
            now = self._store.now()
            values = (account.name, *_columns(account), account.must_change_password, hash_)
            self._store.change("add_account", (*values, now, now))
            self._store.audit(actor, "account added", account.name, detail=_describe(account))

    def change(self, account: UserAccount, actor: str) -> None:
        """Give an account other fields; its sessions end, so that nobody keeps what is gone.

        Raises AccountError where there is none, or a field cannot be.
        """
        check_account(account)
        with self._store.transaction():
            self.get(account.name)
            self._require_no_group_named_so(account)
            values = (*_columns(account), self._store.now(), account.name)
            self._store.change("change_account", values)
            self._store.change("delete_sessions_of", (account.name,))
            if account.state is AccountState.DISABLED:
                self._store.change("revoke_tokens_of", (self._store.now(), account.name))
            self._store.audit(actor, "account changed", account.name, detail=_describe(account))

    def disable(self, name: str, actor: str) -> None:
        """Disable an account: its sessions and tokens end. Raises AccountError if there is none."""
        self.change(replace(self.get(name), state=AccountState.DISABLED), actor)

    def set_password(self, name: str, password: str, actor: str, must_change: bool = False) -> None:
        """Set a password; every session of the account ends. Raises AccountError."""
        check_password(password, name)
        hash_ = self._passwords.hash(password)
        with self._store.transaction():
            self.get(name)
            self._store.change("set_password", (hash_, must_change, self._store.now(), name))
            self._store.change("delete_sessions_of", (name,))
            self._store.audit(actor, "password set", name)

    def get(self, name: str) -> UserAccount:
        """Return an account. Raises AccountError where there is none."""
        account = self.find(name)
        if account is None:
            raise AccountError(
                _("There is no account `{name}`.", name=name),
                _("See the list: quipu user list"),
                "NO_ACCOUNT",
            )
        return account

    def find(self, name: str) -> UserAccount | None:
        """Return an account, None where there is none of this name."""
        rows = self._store.rows("account", (name,))
        return _account(rows[0]) if rows else None

    def all(self) -> list[UserAccount]:
        """List all accounts by name."""
        return [_account(row) for row in self._store.rows("accounts")]

    def _require_free(self, account: UserAccount) -> None:
        if self.find(account.name) is not None:
            raise AccountError(
                _("There is an account `{name}` already.", name=account.name),
                _("Choose another name, or change it: quipu user change {name}", name=account.name),
                "ACCOUNT_EXISTS",
            )
        self._require_no_group_named_so(account)

    def _require_no_group_named_so(self, account: UserAccount) -> None:
        """Keep names and groups apart: an event names its readers as @name for both."""
        others = [other for other in self.all() if other.name != account.name]
        groups = account.groups.union(*(other.groups for other in others))
        names = {account.name, *(other.name for other in others)}
        for name in sorted(names & groups):
            raise AccountError(
                _("`{name}` would be the name of an account and of a group.", name=name),
                _("Choose another name: records for @{name} would reach both.", name=name),
                "NAME_IS_GROUP",
            )


def account_to_json(account: UserAccount) -> str:
    """Write an account as a session keeps it that a provider's claims made."""
    return json.dumps([account.name, *_columns(account)])


def account_from_json(text: str) -> UserAccount:
    """Read an account that `account_to_json` wrote."""
    return _account((*json.loads(text), 0))


def _columns(account: UserAccount) -> tuple[Any, ...]:
    """Return the columns of an account after its name, up to its state."""
    return (
        account.country,
        account.authority,
        _list(account.roles),
        account.clearance,
        _list(account.groups),
        _list(account.exercises),
        account.state.value,
    )


def _account(row: tuple[Any, ...]) -> UserAccount:
    name, country, authority, roles, clearance, groups, exercises, state, must_change = row
    return UserAccount(
        name,
        country,
        authority,
        frozenset(json.loads(roles)),
        clearance,
        frozenset(json.loads(groups)),
        frozenset(json.loads(exercises)),
        AccountState(state),
        bool(must_change),
    )


def _list(names: Iterable[str]) -> str:
    return json.dumps(sorted(names))


def _describe(account: UserAccount) -> str:
    parts = (account.country, account.authority or "-", "+".join(sorted(account.roles)))
    groups = ",".join(sorted(account.groups))
    return f"{'/'.join(parts)}/{account.clearance} groups={groups} state={account.state.value}"
