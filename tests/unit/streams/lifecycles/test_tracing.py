"""Laws of streams.lifecycles.tracing: order, doubling, other countries, marks not read in full."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from streams.lifecycles.model import Party
from streams.lifecycles.tracing import (
    ComputedTrace,
    LinkKind,
    TraceOutcome,
    WeaponTrail,
    compute_trace,
)

PERU, COLOMBIA = Party("PE", "SUCAMEC"), Party("CO", "PONAL")
WEAPON = {"make": "Taurus", "serial": "TKZ1", "country_of_manufacture": "BR", "year": 2011}
STATUSES = ("REGISTERED", "IMPORTED", "EXPORTED", "STOLEN", "LOST", "SEIZED")


def record(number: int, status: str, day: str = "2015-03-01", name: str = "Juana") -> WeaponTrail:
    payload = {"status": status, "weapon": WEAPON, "possessor": {"given_names": name}}
    return WeaponTrail(f"e{number}", "weapon_record", PERU, day, number, True, payload)


@st.composite
def trails(draw: st.DrawFn) -> list[WeaponTrail]:
    """Some records of two countries, in which one thing is said more than once."""
    trail = []
    for number in range(draw(st.integers(0, 6))):
        base = record(
            number,
            draw(st.sampled_from(STATUSES)),
            draw(st.sampled_from(["2012-01-01", "2014-05-05"])),
            draw(st.sampled_from(["Juana", "Pedro", ""])),
        )
        owner, certain = draw(st.sampled_from([PERU, COLOMBIA])), draw(st.booleans())
        trail.append(replace(base, owner=owner, is_certain=certain))
    return trail


@given(st.data())
def test_any_order_and_doubling_of_records_gives_the_same_answer(data: st.DataObject) -> None:
    trail = data.draw(trails())
    copies = data.draw(st.lists(st.sampled_from(trail), max_size=3)) if trail else []
    shuffled = data.draw(st.permutations([*trail, *copies]))
    assert compute_trace("PE", shuffled) == compute_trace("PE", trail)


@given(trails())
def test_records_of_another_country_change_no_answer(trail: list[WeaponTrail]) -> None:
    own = [item for item in trail if item.owner == PERU]
    assert compute_trace("PE", trail) == compute_trace("PE", own)


@given(trails())
def test_a_holder_is_named_only_by_a_lawful_record_whose_marks_were_read(
    trail: list[WeaponTrail],
) -> None:
    computed = compute_trace("PE", trail)
    naming = [
        item
        for item in trail
        if item.owner == PERU
        and item.is_certain
        and item.payload["status"] in ("REGISTERED", "IMPORTED", "EXPORTED")
        and item.payload["possessor"] != {"given_names": ""}
    ]
    assert (computed.outcome is TraceOutcome.IDENTIFIED) == bool(naming)
    assert (computed.holder is not None) == bool(naming)


def test_nothing_on_record_is_not_found_and_a_theft_alone_identifies_nobody() -> None:
    nothing = ComputedTrace(TraceOutcome.NOT_FOUND, None, (), None, (), ())
    assert compute_trace("PE", []) == nothing
    stolen = compute_trace("PE", [record(1, "STOLEN")])
    assert (stolen.outcome, stolen.holder, stolen.statuses) == (
        TraceOutcome.PARTIAL,
        None,
        ("STOLEN",),
    )


def test_the_chain_goes_from_the_maker_to_the_last_holder() -> None:
    link = {
        "date": "2012-02-03",
        "from_country": "PE",
        "from": "Armería",
        "to_country": "PE",
        "to": "Juana",
        "document": "Licencia 1",
    }
    former = WeaponTrail(
        "t1", "trace_result", PERU, "2016-01-01", 9, True, {"weapon": WEAPON, "chain": [link]}
    )
    trail = [
        record(1, "REGISTERED", "2012-02-03"),
        record(2, "REGISTERED", "2016-02-03", "Pedro"),
        record(3, "IMPORTED", "2011-09-14", "Armería"),
        former,
    ]
    computed = compute_trace("PE", trail)
    assert [(item.kind, item.day, item.taker) for item in computed.links] == [
        (LinkKind.MADE, "2011", ""),
        (LinkKind.IMPORTED, "2011-09-14", "Armería"),
        (LinkKind.SOLD, "2012-02-03", "Juana"),
        (LinkKind.HELD, "2012-02-03", "Juana"),
        (LinkKind.HELD, "2016-02-03", "Pedro"),
    ]
    assert computed.holder == {"given_names": "Pedro"}
    assert computed.records == ("e3", "e1", "t1", "e2"), "in the order of what happened"
