"""The rules, one `.toml` each, parsed and checked."""

from dataclasses import dataclass


@dataclass(frozen=True)
class RuleBook:
    """All rules that hold."""


def rules() -> RuleBook:
    """The rules of this folder."""
    return RuleBook()
