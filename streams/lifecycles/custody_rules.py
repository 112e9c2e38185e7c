"""Define exhibits and the acts of their custody: which act may follow which, and by whom. Pure.

An exhibit is named by the authority that registered it and its number there. Only who holds it
seals, examines or hands it over; only the authority that it is handed to receives it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from streams.lifecycles.model import Party, Payload


class ExhibitState(StrEnum):
    """Name where an exhibit is. NEW: no act counts yet."""

    NEW = "NEW"
    HELD = "HELD"
    HANDED_OVER = "HANDED_OVER"
    RETURNED = "RETURNED"
    DESTROYED = "DESTROYED"


class CustodyRole(StrEnum):
    """Name who takes an act: who holds the exhibit, or who is to receive it."""

    HOLDER = "holder"
    ADDRESSEE = "addressee"


class CustodyRefusal(StrEnum):
    """Name why an act counts for nothing."""

    NO_STEP = "NO_STEP"
    UNKNOWN_ACT = "UNKNOWN_ACT"
    GAP = "GAP"
    IMPOSSIBLE = "IMPOSSIBLE"
    NOT_HOLDER = "NOT_HOLDER"
    NOT_ADDRESSEE = "NOT_ADDRESSEE"
    INCOMPLETE = "INCOMPLETE"
    NO_PART = "NO_PART"
    CIRCULAR = "CIRCULAR"


class CustodyWarning(StrEnum):
    """Name what is to be looked at in an act that counts."""

    OTHER_SEAL = "OTHER_SEAL"
    OTHER_HASH = "OTHER_HASH"
    EARLIER = "EARLIER"


class ExhibitKey(NamedTuple):
    """Name an exhibit: the authority in whose register it is, and its number there."""

    authority: Party
    number: str

    def __str__(self) -> str:
        """Write it as EC/FGE 7."""
        return f"{self.authority} {self.number}"


@dataclass(frozen=True, slots=True)
class CustodyRule:
    """Say who may take an act after which states, and the state that it leads to.

    `to`: None where the state stays; `needs`: fields that the act must have.
    """

    act: str
    by: CustodyRole
    after: frozenset[ExhibitState]
    to: ExhibitState | None
    needs: tuple[str, ...]


_NEW, _HELD, _ON_ITS_WAY = ExhibitState.NEW, ExhibitState.HELD, ExhibitState.HANDED_OVER


def _by_holder(
    act: str, *needs: str, after: Iterable[ExhibitState] = (_HELD,), to: ExhibitState | None = None
) -> CustodyRule:
    return CustodyRule(act, CustodyRole.HOLDER, frozenset(after), to, ("at", *needs))


RULES: Sequence[CustodyRule] = (
    _by_holder("COLLECTED", after=[_NEW], to=_HELD),
    _by_holder("REGISTERED", after=[_NEW, _HELD], to=_HELD),
    _by_holder("SEALED", "seal"),
    _by_holder("TRANSFERRED", "handed_to", to=_ON_ITS_WAY),
    CustodyRule("RECEIVED", CustodyRole.ADDRESSEE, frozenset({_ON_ITS_WAY}), _HELD, ("at",)),
    _by_holder("EXAMINED"),
    _by_holder("STORED", "place"),
    _by_holder("PRESENTED"),
    _by_holder("RETURNED", "grounds", to=ExhibitState.RETURNED),
    _by_holder("DESTROYED", "grounds", to=ExhibitState.DESTROYED),
)
"""The acts, codes of the list custody_act. Who registers an exhibit holds it before the first."""
RULE_OF: Mapping[str, CustodyRule] = {rule.act: rule for rule in RULES}


HasPart = Callable[[Party], bool]
"""Says whether an authority can take steps of the investigation."""


@dataclass(frozen=True, slots=True)
class ExhibitEvent:
    """Hold the entries of one event. `at`: ms since 1970 UTC, when the log had it.

    `is_counted`: whether the investigation counts this step.
    """

    id: str
    author: Party
    at: int
    is_counted: bool
    entries: Sequence[Payload]


@dataclass(frozen=True, slots=True)
class ExhibitAct:
    """Hold an act as it was judged. `state`, `holder`: after it; `detail`: of the refusal."""

    event: str
    author: Party
    at: int
    act: str
    entry: Payload
    state: ExhibitState
    holder: Party
    refusal: CustodyRefusal | None = None
    detail: str = ""
    warnings: tuple[CustodyWarning, ...] = ()


@dataclass(frozen=True, slots=True)
class NextAct:
    """Hold an act that may be taken now, by whom, and the fields that it needs."""

    act: str
    party: Party
    needs: tuple[str, ...]


@dataclass(slots=True)
class Exhibit:
    """Hold where an exhibit is, and its chain of custody, refused acts too.

    `addressee`: who is to receive it; `last`: the event of the last act that counts.
    """

    key: ExhibitKey
    holder: Party
    state: ExhibitState = ExhibitState.NEW
    addressee: Party | None = None
    kind: str = ""
    description: str = ""
    seal: str = ""
    hash: str = ""
    last: str | None = None
    acts: list[ExhibitAct] = field(default_factory=list)

    def next_acts(self) -> Iterator[NextAct]:
        """Yield the acts that may be taken now."""
        for rule in RULES:
            party = self.holder if rule.by is CustodyRole.HOLDER else self.addressee
            if self.state in rule.after and party is not None:
                yield NextAct(rule.act, party, rule.needs)
