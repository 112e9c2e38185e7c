"""Say how often checkpoints are signed, and when one is too old."""

from __future__ import annotations

from schemas.topics import DISCLOSURES

EVERY_S = 300.0
LEDGER_EVERY_S = 86_400.0
"""Nodes see how much a tree grew. The ledger grows by one entry when a record meets a hidden one,
so it is signed once a day, among the questions of everybody.
"""
_TOO_OLD_AFTER_PERIODS = 3


def period_of(topic: str) -> float:
    """Return after how many seconds a topic that grew is signed again."""
    return LEDGER_EVERY_S if topic == DISCLOSURES else EVERY_S


def is_too_old(topic: str, unsigned_s: float) -> bool:
    """Say whether a message waits too long for a checkpoint, after so many seconds."""
    return unsigned_s > _TOO_OLD_AFTER_PERIODS * period_of(topic)
