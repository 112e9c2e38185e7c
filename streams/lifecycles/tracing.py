"""Compute from a country's records what it would answer to the trace of a weapon. Pure.

Nothing is stored: the answer is computed when somebody reads, from what is released to them. It
is a proposal until a person of that country confirms or corrects it by a record.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from streams.lifecycles.model import Party, Payload

LAWFUL = frozenset({"REGISTERED", "EXPORTED", "IMPORTED"})
"""Statuses of a weapon that is lawfully held or traded."""


class LinkKind(StrEnum):
    """Name the links of a trace, in the order of a weapon's life."""

    MADE = "MADE"
    EXPORTED = "EXPORTED"
    IMPORTED = "IMPORTED"
    SOLD = "SOLD"
    HELD = "HELD"


class TraceOutcome(StrEnum):
    """Name the outcomes of a trace, codes of the list trace_outcome."""

    IDENTIFIED = "IDENTIFIED"
    PARTIAL = "PARTIAL"
    NOT_FOUND = "NOT_FOUND"


class TraceBasis(StrEnum):
    """Name how an answer was found, codes of the list trace_basis."""

    CONFIRMED = "CONFIRMED"
    CORRECTED = "CORRECTED"
    RESEARCHED = "RESEARCHED"


@dataclass(frozen=True, slots=True)
class WeaponTrail:
    """Hold a record on the weapon. `day`: when it happened, else when the log had it (ISO 8601).

    `is_certain`: whether the marks were read in full; `type`: weapon_record or trace_result.
    """

    event: str
    type: str
    owner: Party
    day: str
    at: int
    is_certain: bool
    payload: Payload


@dataclass(frozen=True, slots=True)
class TraceLink:
    """Hold one link of the chain. `event`: the record that says so; `giver`, `taker`: in words."""

    kind: LinkKind
    day: str
    from_country: str
    giver: str
    to_country: str
    taker: str
    document: str
    event: str


@dataclass(frozen=True, slots=True)
class ComputedTrace:
    """Hold what a country's records answer. `holder`: the last lawful one, as it is recorded.

    `statuses`: what the records say of the weapon (LOST, STOLEN ...), the newest last.
    """

    outcome: TraceOutcome
    weapon: Payload | None
    links: tuple[TraceLink, ...]
    holder: Payload | None
    statuses: tuple[str, ...]
    records: tuple[str, ...]


def compute_trace(country: str, trail: Iterable[WeaponTrail]) -> ComputedTrace:
    """Return what the records of a country answer, whatever their order; copies count once.

    A holder is identified only by a record whose marks were read in full.
    """
    own = {item.event: item for item in trail if item.owner.country == country}
    ordered = sorted(own.values(), key=lambda item: (item.day, item.at, item.event))
    holders = [item for item in ordered if item.is_certain and _holder_of(item)]
    last = holders[-1] if holders else None
    outcome = TraceOutcome.NOT_FOUND
    if ordered:
        outcome = TraceOutcome.IDENTIFIED if last else TraceOutcome.PARTIAL
    links: dict[tuple[str, ...], TraceLink] = {}
    for link in _links(ordered):
        links.setdefault(_content(link), link)
    return ComputedTrace(
        outcome=outcome,
        weapon=_weapon_of(last or ordered[-1]) if ordered else None,
        links=tuple(sorted(links.values(), key=_place)),
        holder=_holder_of(last) if last else None,
        statuses=tuple(dict.fromkeys(filter(None, (_text(i.payload, "status") for i in ordered)))),
        records=tuple(item.event for item in ordered),
    )


def holder_name(person: object) -> str:
    """Return the name of a holder as it is recorded; empty where nobody is named."""
    if not isinstance(person, Mapping):
        return ""
    names = (
        _text(person, name)
        for name in ("name", "given_names", "first_surname", "second_surname", "alias")
    )
    return " ".join(filter(None, names))


def stated_links(event: str, payload: Payload) -> Iterator[TraceLink]:
    """Yield the transfers that a signed answer has, as they were written."""
    chain = payload.get("chain")
    for part in chain if isinstance(chain, list) else ():
        if isinstance(part, Mapping):
            yield TraceLink(
                LinkKind.SOLD,
                _text(part, "date"),
                _text(part, "from_country"),
                _text(part, "from"),
                _text(part, "to_country"),
                _text(part, "to"),
                _text(part, "document"),
                event,
            )


def _content(link: TraceLink) -> tuple[str, ...]:
    """Return what a link says: records that say the same make one link."""
    day = "" if link.kind is LinkKind.MADE else link.day
    says = (link.kind, day, link.from_country, link.giver, link.to_country, link.taker)
    return (*says, link.document)


def _place(link: TraceLink) -> tuple[int, str, tuple[str, ...], str]:
    return [*LinkKind].index(link.kind), link.day, _content(link), link.event


def _links(ordered: Iterable[WeaponTrail]) -> Iterator[TraceLink]:
    for item in ordered:
        yield from _of_markings(item)
        if item.type == "trace_result":
            yield from stated_links(item.event, item.payload)
        else:
            yield from _of_status(item)


def _of_markings(item: WeaponTrail) -> Iterator[TraceLink]:
    """Yield who made and who imported it, as the weapon is marked."""
    weapon = _weapon_of(item)
    if made_in := _text(weapon, "country_of_manufacture"):
        year = weapon.get("year")
        day = str(year) if isinstance(year, int) else ""
        make = _text(weapon, "make")
        yield TraceLink(LinkKind.MADE, day, made_in, make, "", "", "", item.event)
    importer, mark = _text(weapon, "importer"), _text(weapon, "import_mark")
    if importer or mark:
        yield TraceLink(LinkKind.IMPORTED, "", "", "", "", importer, mark, item.event)


def _of_status(item: WeaponTrail) -> Iterator[TraceLink]:
    """Yield what a register says happened to it."""
    status, country = _text(item.payload, "status"), item.owner.country
    name = holder_name(item.payload.get("possessor"))
    if status == "EXPORTED":
        yield TraceLink(LinkKind.EXPORTED, item.day, country, name, "", "", "", item.event)
    elif status == "IMPORTED":
        yield TraceLink(LinkKind.IMPORTED, item.day, "", "", country, name, "", item.event)
    elif status == "REGISTERED":
        yield TraceLink(LinkKind.HELD, item.day, "", "", country, name, "", item.event)


def _holder_of(item: WeaponTrail) -> Payload | None:
    """Return the lawful holder whom a record names: not who lost it, nor from whom it was seized.

    A record of a theft or loss names who reported it; so only registers and former answers count.
    """
    if item.type == "trace_result":
        person = item.payload.get("holder")
    elif _text(item.payload, "status") in LAWFUL:
        person = item.payload.get("possessor")
    else:
        return None
    return person if isinstance(person, Mapping) and holder_name(person) else None


def _weapon_of(item: WeaponTrail) -> Payload:
    weapon = item.payload.get("weapon")
    return weapon if isinstance(weapon, Mapping) else {}


def _text(values: Mapping[str, object], name: str) -> str:
    value = values.get(name)
    return value if isinstance(value, str) else ""
