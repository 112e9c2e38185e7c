"""Name what a token may be used for. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from consumers.identity.account import AccountError, UserAccount
from schemas.i18n import _


class Scope(StrEnum):
    """Name one kind of question that a token may ask."""

    READ = "read"
    """Questions about records, things, indicators and disclosures."""
    OPERATE = "operate"
    """The figures of the system's health."""
    METRICS = "metrics"
    """The same figures for Prometheus."""
    HEARTBEAT = "heartbeat"
    """Whether a heartbeat of a canary arrived."""
    ADMINISTER = "administer"
    """Accounts and tokens, on the command line."""


def scopes_of(account: UserAccount) -> frozenset[Scope]:
    """Return every scope that a token of this account may have.

    Everybody may ask: what of it is shown, the release rules decide.
    """
    scopes = {Scope.READ}
    if account.operates:
        scopes |= {Scope.OPERATE, Scope.METRICS, Scope.HEARTBEAT}
    if account.administers:
        scopes.add(Scope.ADMINISTER)
    return frozenset(scopes)


def parse_scopes(names: Iterable[str]) -> frozenset[Scope]:
    """Read names of scopes. Raises AccountError for one that there is not, and for none."""
    texts = [name.strip() for name in names if name.strip()]
    unknown = sorted(set(texts) - {scope.value for scope in Scope})
    if unknown or not texts:
        raise AccountError(
            _("There is no scope `{names}`.", names=", ".join(unknown)),
            _("Choose among: {names}.", names=", ".join(scope.value for scope in Scope)),
            "SCOPE",
        )
    return frozenset(Scope(text) for text in texts)
