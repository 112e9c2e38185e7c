"""assess: whether a rule holds on a thing, as of a moment, for a reader, and why."""

from __future__ import annotations

from typing import Any

import pytest

from schemas.ids import indicator_id
from schemas.model import (
    EpochMs,
    EventId,
    Grade,
    Label,
    Offset,
    PartitionNumber,
    Position,
    Reader,
    ThingKey,
)
from schemas.release.reader_text import parse_reader
from streams.correlation.assess import Indicator, indicator_for, indicators_for
from streams.correlation.evidence_rows import EvidenceRow
from streams.rules import read_rule_book
from tests.support.signed_bundles import MECHANISM_READER

BOOK = read_rule_book()
THING = ThingKey(b"t" * 16)
STOLEN = "stolen-weapon-seized-abroad"
REGISTERED = "registered-weapon-seized-abroad"
TWO = "weapon-in-two-countries"
READER = parse_reader("PE/analyst/AMBER")


def add(
    event: int,
    country: str,
    status: str,
    rule: str = STOLEN,
    grade: Grade = "certain",
    **changes: Any,
) -> EvidenceRow:
    """A row at the position of its event's number, in the first role that it fills."""
    type_ = changes.pop("type", "weapon_record")
    traits = {"status": status, "calibre": "9X19", **changes.pop("traits", {})}
    traits = {name: value for name, value in traits.items() if value}
    label = changes.pop(
        "label", Label(country, "A", ("ALL",), "GREEN", (), None, "investigation", None)
    )
    role = changes.pop("role", None) or BOOK.by_id[rule].roles_of(type_, traits)[0]
    certainty = changes.pop("certainty", "certain")
    at = changes.pop("at", event)
    return EvidenceRow(
        "add",
        indicator_id(rule, grade, THING),
        rule,
        1,
        grade,
        "weapon",
        THING,
        EventId(event.to_bytes(16, "big")),
        role,
        certainty,
        BOOK.by_id[rule].weigh(role, certainty, traits),
        Position(at, "quipu.bundles.co", PartitionNumber(0), at, 0),
        type_,
        country,
        label,
        None,
        None,
        traits,
    )


def withdraw(row: EvidenceRow, at: int) -> EvidenceRow:
    fields = {name: getattr(row, name) for name in row.__slots__}
    return EvidenceRow(
        **{
            **fields,
            "op": "withdraw",
            "position": Position(
                EpochMs(at), "quipu.bundles.co", PartitionNumber(0), Offset(at), 0
            ),
            "label": None,
            "traits": {},
        }
    )


def see(*rows: EvidenceRow, reader: Reader = READER, as_of: int | None = None) -> Indicator | None:
    return indicator_for(rows, reader, as_of, BOOK)


LOST = add(1, "CO", "STOLEN")
SEIZED = add(2, "EC", "SEIZED")


def test_a_pair_across_a_border_holds_and_says_why() -> None:
    indicator = see(LOST, SEIZED)
    assert indicator is not None
    assert (
        indicator.rule,
        indicator.rule_version,
        indicator.grade,
        indicator.status,
        indicator.severity,
    ) == (
        STOLEN,
        1,
        "certain",
        "live",
        "high",
    )
    assert [
        (int.from_bytes(member.row.event_id, "big"), member.row.role, dict(member.row.weights))
        for member in indicator.evidence
    ] == [
        (1, "lost", {"lost": 3.0, "certain": 2.0, "calibre": 0.5}),
        (2, "seized", {"seized": 2.5, "certain": 2.0, "calibre": 0.5}),
    ]
    assert (indicator.pairs, indicator.members, indicator.score) == (1, 2, 10.0)
    assert (indicator.first_recorded, indicator.last_recorded) == (1, 2)
    assert (
        indicator.explanation["es"]
        == "Un arma denunciada como perdida o robada en Colombia fue incautada en Ecuador."
    )
    assert (
        indicator.explanation["en"]
        == "A weapon reported lost or stolen in Colombia was seized in Ecuador."
    )


def test_one_country_alone_or_one_role_alone_is_nothing() -> None:
    assert see(LOST, add(2, "CO", "SEIZED")) is None
    assert see(LOST, add(2, "EC", "STOLEN")) is None
    assert see() is None


def test_order_and_copies_of_rows_do_not_matter() -> None:
    assert see(SEIZED, LOST, LOST, SEIZED) == see(LOST, SEIZED)


def test_the_past_stays_askable() -> None:
    rows = [LOST, SEIZED, withdraw(LOST, 5)]
    assert see(*rows, as_of=1) is None
    assert see(*rows, as_of=2) == see(*rows, as_of=4) == see(LOST, SEIZED)
    assert see(*rows, as_of=5) is see(*rows) is None


def test_a_seizure_of_any_kind_counts_as_seized() -> None:
    assert see(LOST, add(2, "EC", "", type="seizure")) is not None


def test_calibres_must_be_equal_or_adjacent_and_adjacency_is_not_chained() -> None:
    def of(calibre: str, event: int, country: str, status: str) -> EvidenceRow:
        return add(event, country, status, traits={"calibre": calibre})

    assert see(of("223 REMINGTON", 1, "CO", "STOLEN"), of("5.56X45", 2, "EC", "SEIZED")) is not None
    assert see(of("7.62X51", 1, "CO", "STOLEN"), of("7.62X39", 2, "EC", "SEIZED")) is None
    bridge = of("7.62", 3, "EC", "STOLEN")
    assert see(of("7.62X51", 1, "CO", "STOLEN"), of("7.62X39", 2, "EC", "SEIZED"), bridge) is None
    indicator = see(of("7.62X51", 1, "CO", "STOLEN"), of("7.62X39", 2, "PE", "SEIZED"), bridge)
    assert indicator is not None
    assert [member.row.country for member in indicator.evidence] == ["PE", "EC"]


def test_an_unknown_calibre_is_possible_only() -> None:
    unknown = add(2, "EC", "SEIZED", grade="possible", traits={"calibre": ""})
    assert see(add(1, "CO", "STOLEN", grade="possible"), unknown) is not None
    assert see(LOST, add(2, "EC", "SEIZED", traits={"calibre": ""})) is None


def test_a_possible_indicator_needs_a_certain_member_and_says_that_it_is_possible() -> None:
    possible = add(2, "EC", "SEIZED", grade="possible", certainty="possible")
    indicator = see(add(1, "CO", "STOLEN", grade="possible"), possible)
    assert indicator is not None
    assert indicator.explanation["es"].startswith("Posible, sin certeza: un arma")
    assert indicator.title["en"].endswith("(possible)")
    assert see(add(1, "CO", "STOLEN", grade="possible", certainty="possible"), possible) is None


def test_two_certain_members_are_no_evidence_of_a_possible_indicator() -> None:
    assert (
        see(add(1, "CO", "STOLEN", grade="possible"), add(2, "EC", "SEIZED", grade="possible"))
        is None
    )


@pytest.mark.parametrize("rule", [REGISTERED, TWO])
def test_who_exported_a_weapon_may_keep_its_registration(rule: str) -> None:
    registered, seized = add(1, "CO", "REGISTERED", rule), add(2, "EC", "SEIZED", rule)
    assert see(registered, seized) is not None
    assert see(registered, seized, add(3, "CO", "EXPORTED", rule)) is None
    assert see(registered, seized, add(3, "EC", "EXPORTED", rule)) is not None
    assert see(registered, seized, withdraw(add(3, "CO", "EXPORTED", rule), 4)) is not None


def test_an_export_does_not_excuse_a_theft() -> None:
    indicator = see(
        add(1, "CO", "STOLEN", TWO), add(2, "EC", "SEIZED", TWO), add(3, "CO", "EXPORTED", TWO)
    )
    assert indicator is not None
    assert (indicator.pairs, indicator.members) == (1, 2)


def test_a_mirrored_pair_is_counted_once() -> None:
    indicator = see(
        add(1, "CO", "STOLEN", TWO), add(2, "EC", "SEIZED", TWO), add(3, "PE", "SEIZED", TWO)
    )
    assert indicator is not None
    assert (indicator.pairs, indicator.members) == (3, 3)
    assert indicator.explanation["es"] == "La misma arma consta en Colombia, Ecuador y Perú."


def test_members_outside_every_pair_are_no_evidence() -> None:
    indicator = see(LOST, SEIZED, add(3, "EC", "STOLEN"))
    assert indicator is not None
    assert [int.from_bytes(member.row.event_id, "big") for member in indicator.evidence] == [1, 2]


def many(count: int, first: int = 100) -> list[EvidenceRow]:
    return [add(first + number, "EC", "SEIZED") for number in range(count)]


def seen_events(indicator: Indicator | None) -> list[int]:
    assert indicator is not None
    return [int.from_bytes(member.row.event_id, "big") for member in indicator.evidence]


def test_a_hub_says_who_shares_the_value_until_it_shrinks() -> None:
    at_cap = [LOST, *many(49)]
    indicator = see(*at_cap)
    assert indicator is not None
    assert (indicator.status, indicator.pairs) == ("live", 49)
    over = [*at_cap, add(500, "EC", "SEIZED")]
    hub = see(*over)
    assert hub is not None
    assert (hub.status, hub.pairs, hub.score, hub.members) == ("hub", 0, 0.0, 51)
    assert seen_events(hub) == [1, 100, 101, 102, 103, 104], "a tenth of a hub of who crowds it"
    assert hub.explanation["es"].startswith("Más de 50 registros comparten este valor.")
    shrunk = see(*over, withdraw(over[-1], 600))
    assert shrunk is not None
    assert (shrunk.status, shrunk.evidence) == ("live", indicator.evidence)
    assert see(*over, withdraw(over[-1], 600), as_of=550) == hub


def test_who_crowds_a_thing_is_set_aside_and_the_others_stay() -> None:
    assert see(LOST, add(2, "PE", "SEIZED"), *many(49)) == see(LOST, add(2, "PE", "SEIZED"))


def test_a_hub_of_many_countries_shows_all_that_pairs() -> None:
    crowd = [
        add(100 + number, ("BO", "CO", "EC", "PE")[number % 4], ("SEIZED", "STOLEN")[number // 30])
        for number in range(60)
    ]
    hub = see(*crowd)
    assert hub is not None
    assert (hub.status, hub.members, len(hub.evidence)) == ("hub", 60, 60)


def test_a_crowd_shows_first_what_pairs_with_the_others() -> None:
    other_calibre = [
        add(100 + number, "EC", "SEIZED", traits={"calibre": ".38"}) for number in range(60)
    ]
    assert seen_events(see(LOST, add(999, "EC", "SEIZED"), *other_calibre)) == [1, 999]


def test_a_hub_is_one_by_its_released_members_alone() -> None:
    """Counted before release, 50 events of one's own on a thing would tell whether anybody hides
    one more.
    """
    closed = Label("CO", "PONAL", ("CO",), "RED", (), None, "investigation", None)
    hidden = [add(number, "EC", "SEIZED", label=closed) for number in range(100, 160)]
    assert see(LOST, SEIZED, *hidden) == see(LOST, SEIZED)
    assert see(*hidden) is None


def test_a_reader_sees_what_the_released_evidence_supports() -> None:
    closed = Label("EC", "POLICIA", ("CO",), "AMBER", ("H2",), None, "investigation", None)
    rows = [LOST, add(2, "EC", "SEIZED", label=closed)]
    assert see(*rows, reader=parse_reader("PE/analyst/RED")) is None
    indicator = see(*rows, reader=parse_reader("CO/analyst/AMBER"))
    assert indicator is not None
    assert (indicator.marking.tlp, indicator.marking.handling) == ("AMBER", ("H2",))
    assert [member.markings for member in indicator.evidence] == [(), ("H2",)]


def test_exercise_and_real_never_mix() -> None:
    drill = Label("EC", "POLICIA", ("ALL",), "GREEN", (), None, "investigation", "SIMULACRO")
    assert see(LOST, add(2, "EC", "SEIZED", label=drill)) is None
    assert (
        see(
            LOST,
            add(2, "EC", "SEIZED", label=drill),
            reader=parse_reader("PE/analyst/RED", exercise="SIMULACRO"),
        )
        is None
    )


def test_assess_all_parts_rows_by_indicator() -> None:
    both = [add(1, "CO", "STOLEN", TWO), add(2, "EC", "SEIZED", TWO), LOST, SEIZED]
    assert {indicator.rule for indicator in indicators_for(both, MECHANISM_READER, None, BOOK)} == {
        STOLEN,
        TWO,
    }
