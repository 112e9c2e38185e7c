"""Describe who asks over HTTP, as the gate found it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import cast

from starlette.requests import HTTPConnection

from consumers.identity.account import UserAccount
from consumers.identity.scopes import Scope
from schemas.release.rules import EMBEDDED_PURPOSE

_KEY = "caller"


class Way(StrEnum):
    """Say how somebody proved who asks."""

    SESSION = "session"
    TOKEN = "token"  # noqa: S105 - a name, no secret
    GATEWAY = "gateway"


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks, how that is known, and what for.

    `csrf`: what forms of this caller carry; empty for a token. `secret`: of the session.
    `purpose`: of a query of this caller unless it says another.
    """

    account: UserAccount
    way: Way
    scopes: frozenset[Scope]
    csrf: str = ""
    secret: str = ""
    purpose: str = EMBEDDED_PURPOSE

    @property
    def must_change_password(self) -> bool:
        """Say whether the caller may do nothing before the password is changed."""
        return self.way is Way.SESSION and self.account.must_change_password


def put_caller(connection: HTTPConnection, caller: Caller | None) -> None:
    """Keep who asks with the request."""
    connection.scope[_KEY] = caller


def caller_of(connection: HTTPConnection) -> Caller | None:
    """Return who asks; None where nobody is signed in, or no gate stands before the route."""
    return cast("Caller | None", connection.scope.get(_KEY))
