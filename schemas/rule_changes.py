"""Say who switched a rule on or off, when and why, as entries of quipu.config state it. Pure."""

from __future__ import annotations

from typing import NamedTuple

from schemas.avro.codec import Record


class RuleChange(NamedTuple):
    """A decision about a rule. `text`: its TOML from then on; empty: it is switched off.

    `since`: ms since 1970 UTC, 0 from the beginning. `author`: an account; author and reason are
    empty in entries of older releases.
    """

    rule: str
    text: str
    since: int
    author: str
    reason: str

    @property
    def is_off(self) -> bool:
        """Say whether the rule is switched off."""
        return not self.text


def rule_change_of(entry: Record, since: int) -> RuleChange:
    """Return the decision of a RuleText or RuleShadow. Older releases wrote no author and reason.

    `since`: from when on the entry is in effect (ms since 1970 UTC).
    """
    return RuleChange(
        entry["rule"], entry["text"], since, entry.get("author", ""), entry.get("reason", "")
    )
