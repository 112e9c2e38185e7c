"""Make the reader of a query from an account, and from less where the query asks so. Pure.

A query may name a part of what its account may see, never more: fewer roles, a lower clearance,
fewer groups, no authority. It says what it is for, and in which exercise of the account it takes
part.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from consumers.identity.account import UserAccount
from infra.errors import QuipuError
from schemas.codes import code_sets
from schemas.errors import ReaderRefusedError
from schemas.i18n import UserMessage, _
from schemas.model import Reader
from schemas.release.reader_text import parse_reader
from schemas.release.rules import EMBEDDED_PURPOSE, TLP


class WiderReaderError(QuipuError):
    """A query asks for more than its account may see."""

    code = "WIDER"


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What a query asks to be less than its account; None leaves it as it is.

    `as_reader`: COUNTRY/role/CLEARANCE or COUNTRY/AUTHORITY/role/CLEARANCE.
    """

    as_reader: str | None = None
    groups: frozenset[str] | None = None
    purpose: str = EMBEDDED_PURPOSE
    exercise: str | None = None


def narrow(account: UserAccount, narrowing: Narrowing) -> Reader:
    """Return the reader of a query.

    Raises WiderReaderError where it asks for more than the account has, ReaderRefusedError where it
    names no possible reader or purpose.
    """
    if narrowing.purpose and narrowing.purpose not in code_sets()["purpose"]:
        raise ReaderRefusedError(
            _(
                "{problem}; use one of {allowed}",
                problem=_("`{value}` is not a purpose", value=narrowing.purpose),
                allowed=", ".join(sorted(code_sets()["purpose"])),
            )
        )
    if narrowing.exercise is not None and narrowing.exercise not in account.exercises:
        raise _wider(account, _("exercise {name}", name=narrowing.exercise))
    reader = account.reader(narrowing.purpose or None, narrowing.exercise)
    requested = reader if narrowing.as_reader is None else parse_reader(narrowing.as_reader)
    authority, roles, clearance = requested.authority, requested.roles, requested.clearance
    groups = account.groups if narrowing.groups is None else narrowing.groups
    excess = _excess(account, requested, groups)
    if excess is not None:
        raise _wider(account, excess)
    return Reader(
        account.name,
        account.country,
        authority,
        roles,
        clearance,
        groups,
        reader.purpose,
        reader.exercise,
    )


def enter_exercise(account: UserAccount, reader: Reader, exercise: str) -> Reader:
    """Return a reader of an account as it takes part in an exercise. Raises WiderReaderError."""
    if exercise not in account.exercises:
        raise _wider(account, _("exercise {name}", name=exercise))
    return replace(reader, exercise=exercise)


def parse_names(text: str) -> frozenset[str]:
    """Read names that are separated by commas."""
    return frozenset(part.strip() for part in text.split(",") if part.strip())


def _excess(account: UserAccount, requested: Reader, groups: frozenset[str]) -> UserMessage | None:
    """Name the first thing that is more than the account has."""
    if requested.country != account.country:
        return _("country {name}", name=requested.country)
    if requested.authority not in (None, account.authority):
        return _("authority {name}", name=requested.authority)
    if not requested.roles <= account.roles:
        return _("role {name}", name=", ".join(sorted(requested.roles - account.roles)))
    if TLP.index(requested.clearance) > TLP.index(account.clearance):
        return _("clearance {name}", name=requested.clearance)
    if not groups <= account.groups:
        return _("group {name}", name=", ".join(sorted(groups - account.groups)))
    return None


def _wider(account: UserAccount, what: UserMessage) -> WiderReaderError:
    return WiderReaderError(
        _("The account {name} does not have this: {what}.", name=account.name, what=what),
        _(
            "A query can only ask for less than its account may see. Leave it out, or ask the "
            "administrator for it."
        ),
    )
