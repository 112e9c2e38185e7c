"""Weapons along the whole pure line, from sealed bundles to indicators: every component of the key
counts, noise does not.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.signed_bundles import (
    MECHANISM_READER,
    ExchangeBuilder,
    colombia,
    control,
    ecuador,
    seizure,
    weapon,
)


def graded_rules(world: ExchangeBuilder, as_of: int | None = None) -> set[tuple[str, str]]:
    return {
        (indicator.rule, indicator.grade)
        for indicator in world.run().indicators(MECHANISM_READER, as_of)
    }


def stolen_and_seized(serial: str = "ABC12345", **changes: Any) -> set[tuple[str, str]]:
    co, ec = colombia(), ecuador()
    world = ExchangeBuilder(co, ec)
    world.publish(co, weapon("1", "STOLEN"))
    world.publish(ec, seizure("2", [serial], **changes))
    return graded_rules(world)


CERTAIN = {("stolen-weapon-seized-abroad", "certain"), ("weapon-in-two-countries", "certain")}
POSSIBLE = {(rule, "possible") for rule, _ in CERTAIN}


@pytest.mark.parametrize("serial", ["ABC12345", "abc-123 45", "ABCI2345", "ABC1234S"])
def test_noise_in_a_serial_does_not_hide_a_weapon(serial: str) -> None:
    assert stolen_and_seized(serial) == CERTAIN


@pytest.mark.parametrize(
    "changes",
    [{"make": "Glock"}, {"type": "REVOLVER"}, {"calibre": ".45 ACP"}, {"serial": "ABC12346"}],
)
def test_each_component_of_the_key_tells_weapons_apart(changes: dict[str, str]) -> None:
    assert stolen_and_seized(**changes) == set()


def test_an_illegible_position_or_an_unknown_calibre_is_possible_only() -> None:
    assert stolen_and_seized("ABC1234?") == stolen_and_seized(calibre=None) == POSSIBLE


def test_two_illegible_serials_meet_once_as_possible_if_they_agree_wholly() -> None:
    co, ec = colombia(), ecuador()
    for serial, grades in (("ABC1234?", POSSIBLE), ("ABC123?5", set())):
        world = ExchangeBuilder(co, ec)
        world.publish(co, weapon("1", "STOLEN", serial="ABC1234?"))
        world.publish(ec, seizure("2", [serial]))
        indicators = world.run().indicators(MECHANISM_READER)
        assert {(indicator.rule, indicator.grade) for indicator in indicators} == grades
        assert len(indicators) == len(grades), "not once on each reading"


@pytest.mark.parametrize("serial", ["UNKNOWN", "S/N", "0000", "BORRADO"])
def test_placeholders_never_match(serial: str) -> None:
    co, ec = colombia(), ecuador()
    world = ExchangeBuilder(co, ec)
    world.publish(co, weapon("1", "STOLEN", serial))
    world.publish(ec, seizure("2", [serial]))
    assert graded_rules(world) == set()


def test_a_correction_that_moves_the_serial_moves_the_indicator_and_keeps_the_past() -> None:
    co, ec = colombia(), ecuador()
    world = ExchangeBuilder(co, ec)
    first = weapon("1", "STOLEN")
    world.publish(co, first)
    before = world.publish(ec, seizure("2", ["ABC12345"], calibre="9 mm")).appended_at
    world.publish(co, weapon("1", "STOLEN", "ZZZ99999", supersedes=first))
    assert graded_rules(world) == set()
    assert graded_rules(world, before) == CERTAIN
    world.publish(co, control("retraction", "r", co.id_of(first)))
    world.publish(ec, seizure("3", ["ZZZ99999"]))
    assert graded_rules(world) == set()
