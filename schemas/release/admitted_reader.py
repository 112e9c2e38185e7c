"""Decide what a reader of a partner may ask at all: what its admission says. Pure.

`release` then decides on each label. A member's reader and the mechanism's are as they are.
"""

from collections.abc import Mapping
from dataclasses import replace

from schemas.event.admission import Partner
from schemas.model import COUNTRIES, Reader
from schemas.release.rules import MECHANISM, TLP


def admitted_reader(reader: Reader, partners: Mapping[str, Partner], now: int) -> Reader:
    """Return the reader with what the admission leaves of its clearance.

    Without an admission that holds at `now` (ms since 1970 UTC) no role is left, so nothing is
    released, not even what the partner itself sent. Where config admits nobody, an older release
    founded the exchange: there the accounts of partners decide, as before.
    """
    if reader.country in (*COUNTRIES, MECHANISM) or not partners:
        return reader
    partner = partners.get(reader.country)
    if partner is None or not partner.is_admitted(now):
        return replace(reader, roles=frozenset(), groups=frozenset())
    ranks = {level: rank for rank, level in enumerate(TLP)}
    lowest = min((reader.clearance, partner.sees), key=lambda level: ranks.get(level, 0))
    return replace(reader, clearance=lowest)
