"""Note who of the authority took a hit in hand; it stays in this node's outbox."""

import re

from producers.errors import NodeError
from producers.outbox.sql import sql
from producers.outbox.store import Outbox
from schemas.i18n import _

_DIGITS = re.compile(r"[0-9a-f]+")


def acknowledge_hit(outbox: Outbox, digits: str, person: str, now: int) -> int:
    """Note that a person took a hit in hand at `now` (ms since 1970 UTC); return how many changed.

    `digits`: the indicator's id or its first digits. Raises NodeError where no hit, or several
    indicators, begin so.
    """
    pattern = f"{digits.replace('-', '').lower()}%"
    matches = outbox.rows(sql("hits_like"), (pattern,)) if _DIGITS.fullmatch(pattern[:-1]) else []
    if len(matches) != 1:
        raise NodeError(
            _("No single hit begins with {digits}.", digits=digits),
            _("See the indicators with `quipu hits`, and write more digits."),
            "NOT_FOUND",
        )
    with outbox.transaction() as connection:
        return connection.execute(sql("acknowledge_hits"), (person, now, pattern)).rowcount
