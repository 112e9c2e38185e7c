"""Say that an authority knows of a hit: an entry of the ledger, which ends its deadline."""

from __future__ import annotations

from consumers.query.disclosed import Disclosed
from consumers.query.indicators import IndicatorView
from consumers.query.views import to_epoch_ms
from infra.errors import QuipuError
from schemas.i18n import _
from schemas.model import Reader

ACKNOWLEDGED = "acknowledged"
"""How the ledger names it."""


class NoAuthorityError(QuipuError):
    """An account of no authority acknowledges something for one."""

    code = "NO_AUTHORITY"


def require_authority(reader: Reader) -> None:
    """Refuse a reader of no authority. Raises NoAuthorityError."""
    if not reader.authority:
        raise NoAuthorityError(
            _("Your account belongs to no authority, so no hit is addressed to you."),
            _("Ask a person of the authority, or have your account changed."),
        )


def acknowledgement(reader: Reader, view: IndicatorView) -> Disclosed:
    """Return what the ledger records where a reader acknowledges a hit."""
    entry = Disclosed(reader, None)
    entry.questions[ACKNOWLEDGED] = None
    entry.indicators[view.id] = to_epoch_ms(view.last_recorded)
    return entry
