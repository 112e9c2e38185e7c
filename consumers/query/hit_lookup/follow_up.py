"""Draft the request that follows a hit, for `quipu publish`. Pure.

The request itself is an event of the one who asks. The owner decides on it there; both name the
reference of the hit look-up.
"""

from __future__ import annotations

from dataclasses import dataclass

from consumers.query.hit_lookup.asked import AskedHit
from infra.errors import QuipuError
from schemas.i18n import _


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What a request that follows a hit says of it: the beginning of a row to publish."""

    type: str
    case_reference: str
    country: str
    authority: str
    recipients: list[str]
    purpose: str
    legal_basis: str


def draft_follow_up(hit: AskedHit | None, owner: str) -> FollowUp:
    """Return the draft of a request to one owner (COUNTRY/AUTHORITY), or to the only one.

    Raises QuipuError NOT_FOUND where there was no hit, HIT_OWNER where the owner is not one of it.
    """
    if hit is None or not hit.is_hit:
        raise QuipuError(
            _("You have no hit with this reference."),
            _("See yours with `quipu hit-lookup asked --mine`."),
            "NOT_FOUND",
        )
    if owner not in hit.owners and (owner or len(hit.owners) != 1):
        raise QuipuError(
            _("Say whom the request goes to.")
            if not owner
            else _("`{owner}` did not answer.", owner=owner[:80]),
            _("Add --to with one of: {names}.", names=", ".join(hit.owners)),
            "HIT_OWNER",
        )
    return FollowUp(
        "assistance_request",
        hit.reference,
        hit.country,
        hit.authority or "",
        [owner or hit.owners[0]],
        hit.purpose or "",
        hit.legal_basis,
    )
