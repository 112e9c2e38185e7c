"""Describe accounts of persons and programs, and check their fields. Pure.

A name of an account has no `@`, because an event names its readers as `@name`. So a name must not
be a sharing group's either. A person whom an OIDC provider signs in always has an `@` in the name:
such a person is reached by groups only.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from infra.errors import QuipuError
from schemas.codes import code_sets
from schemas.i18n import UserMessage, _
from schemas.model import COUNTRIES, Reader
from schemas.release.rules import TLP

ADMINISTRATOR = "administrator"
OPERATOR = "operator"
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,62}")
_PROVIDER_NAME = re.compile(r"[^\s@,/\x00-\x1f]{1,128}@[a-z0-9][a-z0-9.:-]{0,127}")
_GROUP = re.compile(r"[^\s@,/][^@,/\x00-\x1f]{0,63}")


class AccountError(QuipuError):
    """An account cannot be as required, or there is none."""

    code = "ACCOUNT"


class AccountState(StrEnum):
    """Say whether an account may sign in."""

    ACTIVE = "active"
    DISABLED = "disabled"


@dataclass(frozen=True, slots=True)
class UserAccount:
    """Describe who may ask, and the most that this one may see.

    `country`: a member's, a partner's or MEC; `clearance`: a TLP level; `exercises`: those that the
    holder takes part in.
    """

    name: str
    country: str
    authority: str | None = None
    roles: frozenset[str] = frozenset()
    clearance: str = "GREEN"
    groups: frozenset[str] = frozenset()
    exercises: frozenset[str] = frozenset()
    state: AccountState = AccountState.ACTIVE
    must_change_password: bool = False

    def reader(self, purpose: str | None = None, exercise: str | None = None) -> Reader:
        """Return the widest reader that this account is. `purpose`: of this query."""
        return Reader(
            self.name,
            self.country,
            self.authority,
            self.roles,
            self.clearance,
            self.groups,
            purpose,
            exercise,
        )

    @property
    def operates(self) -> bool:
        """Say whether the account may see the figures of the system."""
        return not self.roles.isdisjoint({OPERATOR, ADMINISTRATOR})

    @property
    def administers(self) -> bool:
        """Say whether the account may change accounts and tokens."""
        return ADMINISTRATOR in self.roles


def check_account(account: UserAccount, from_provider: bool = False) -> UserAccount:
    """Return the account where all of its fields can be. Raises AccountError.

    `from_provider`: an OIDC provider names the person, so the name has an `@`.
    """
    _require(
        (_PROVIDER_NAME if from_provider else _NAME).fullmatch(account.name) is not None,
        _("`{name}` cannot be the name of an account.", name=account.name),
        _("Write 2 to 63 small letters, digits, dots, hyphens or underscores, such as ana.rojas."),
    )
    _require_code("country", account.country, (*COUNTRIES, *sorted(code_sets()["partner"])))
    _require_code("clearance", account.clearance, TLP)
    _require(
        bool(account.roles),
        _("The account {name} has no role.", name=account.name),
        _("Give one at least: {roles}.", roles=", ".join(roles())),
    )
    for role in sorted(account.roles):
        _require_code("role", role, roles())
    _require_groups(account.groups)
    _require_groups(account.exercises)
    _require_groups([account.authority] if account.authority is not None else [])
    return account


def roles() -> list[str]:
    """List every role that an account may have."""
    return sorted(code_sets()["role"])


def _require_groups(names: Iterable[str]) -> None:
    for name in names:
        _require(
            _GROUP.fullmatch(name) is not None,
            _("`{name}` cannot be the name of a group, an exercise or an authority.", name=name),
            _("Use at most 64 characters, without @, comma or slash."),
        )


def _require_code(field: str, value: str, allowed: Collection[str]) -> None:
    _require(
        value in allowed,
        _("`{value}` is no {field}.", value=value, field=field),
        _("Choose among: {names}.", names=", ".join(allowed)),
    )


def _require(holds: bool, message: UserMessage, remedy: UserMessage) -> None:
    if not holds:
        raise AccountError(message, remedy)
