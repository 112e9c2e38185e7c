"""Accounts for tests: a clock that a test turns, and readers who are signed in."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from consumers.identity.account import UserAccount
from consumers.identity.identity import IdentityService
from consumers.identity.store import IdentityStore

PASSWORD = "puente sobre el apurímac"


@dataclass
class TurnedClock:
    """A clock that stands still until a test turns it; ms since 1970 UTC."""

    at: int = 1_800_000_000_000

    def __call__(self) -> int:
        return self.at

    def turn(self, seconds: float) -> None:
        self.at += int(seconds * 1000)


def identity_of(folder: Path, clock: TurnedClock) -> IdentityService:
    return IdentityService(IdentityStore(folder / "access" / "identity.sqlite", clock))


def analyst(name: str = "ana.rojas", **fields: object) -> UserAccount:
    """A Colombian analyst with clearance AMBER."""
    values: dict[str, object] = {
        "country": "CO",
        "authority": "PONAL",
        "roles": frozenset({"analyst"}),
        "clearance": "AMBER",
        "groups": frozenset({"frontera"}),
    }
    return UserAccount(name, **(values | fields))  # type: ignore[arg-type]
