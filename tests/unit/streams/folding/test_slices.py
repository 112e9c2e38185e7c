"""How a fold is cut into slices changes nothing of what it gives."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.model import Output
from streams.folding import slices
from streams.folding.overlay import Overlay, Step
from streams.folding.slices import SlicedFold, SlicedWork, merge_slices
from streams.intake.fold import IntakeInputs
from streams.intake.parsed_bundle import parse_bundles
from streams.rules import RuleHistory
from tests.support.pipeline import Memory, Pipeline
from tests.support.signed_bundles import ExchangeBuilder, Item, colombia, control, seizure, weapon

_ITEMS = st.one_of(
    st.builds(lambda n: weapon(f"W-{n}", "STOLEN", f"AB{n:04d}?"), st.integers(0, 9)),
    st.builds(lambda n: weapon(f"W-{n}", "SEIZED", f"AB{n:05d}"), st.integers(0, 9)),
    st.builds(
        lambda n, m: seizure(f"S-{n}", [f"AB{k:05d}" for k in range(m)]),
        st.integers(0, 3),
        st.integers(1, 9),
    ),
)


def run(
    world: ExchangeBuilder, monkeypatch: pytest.MonkeyPatch, units: int, handed_over: int
) -> Pipeline:
    """Run the log in one batch, its slices written one by one, with slices of so many units."""
    monkeypatch.setattr(slices, "SLICE_UNITS", units)
    monkeypatch.setattr(slices, "HANDED_OVER_UNITS", handed_over)
    line = world.pipeline()
    memory = line.memory("quipu.bundles.co", 0)
    inputs = IntakeInputs(world.config, world.key_lists)
    write_slices(
        line,
        memory,
        SlicedFold(
            lambda get, scan: line.intake.fold_slices(parse_bundles(world.log), inputs, get, scan)
        ),
    )
    rules = RuleHistory.of_book(line.book)
    for partition in range(4):
        messages = line.observations(partition)
        if messages:
            memory = line.memory(messages[0].topic, partition)
            fold = SlicedFold(
                lambda get, scan, messages=messages: line.things.fold_slices(  # type: ignore[misc]
                    messages, get, scan, rules
                )
            )
            write_slices(line, memory, fold)
    return line


def write_slices(line: Pipeline, memory: Memory, fold: SlicedFold) -> None:
    for part in fold.slices(memory.get, memory.scan):
        line.write(part.step.outputs)
        memory.write(part.step)


@settings(max_examples=25, deadline=None)
@given(
    bundles=st.lists(st.lists(_ITEMS, min_size=1, max_size=6), min_size=1, max_size=5),
    erased=st.booleans(),
    units=st.integers(1, 60),
    handed_over=st.integers(1, 120),
)
def test_slices_of_any_size_give_the_same_outputs_and_state(
    bundles: list[list[Item]], erased: bool, units: int, handed_over: int
) -> None:
    co = colombia()
    world = ExchangeBuilder(co)
    for items in bundles:
        world.publish(co, *items)
    if erased:
        world.publish(co, control("erasure", "E-1", co.id_of(bundles[0][0])))
    with pytest.MonkeyPatch.context() as monkeypatch:
        whole = run(world, monkeypatch, 10**9, 10**9)
        sliced = run(world, monkeypatch, units, handed_over)
    assert {name: memory.rows for name, memory in sliced.state.items()} == {
        name: memory.rows for name, memory in whole.state.items()
    }
    for name in ("accepted", "receipt", "reject", "observations"):
        assert sliced.records(name) == whole.records(name)
    assert sliced.evidence() == whole.evidence()


def test_turns_come_after_so_many_units_and_changes_when_the_message_is_complete() -> None:
    overlay = Overlay(lambda _key: None, lambda _prefix: iter(()))
    work = SlicedWork(overlay)
    assert not work.count(slices.SLICE_UNITS - 1)
    overlay.put(b"a", b"1")
    assert work.count(1)
    assert work.turn() == (Step(), 0, 0)
    output = Output("topic", 0, None, b"value")
    work.add([output])
    assert work.count(slices.HANDED_OVER_UNITS)
    heavy = slices.SLICE_UNITS + slices.HANDED_OVER_UNITS - slices.USUAL_UNITS
    assert work.turn() == (Step({}, [output]), 0, heavy)
    assert list(work.complete(1)) == []
    assert work.hand_over() == (Step({b"a": b"1"}, []), 1, 0)
    assert overlay.get(b"a") == b"1"
    assert work.hand_over().step == Step()


def test_many_units_of_complete_messages_are_handed_over_between_them() -> None:
    overlay = Overlay(lambda _key: None, lambda _prefix: iter(()))
    work = SlicedWork(overlay)
    overlay.put(b"a", b"1")
    work.count(slices.HANDED_OVER_UNITS)
    (part,) = work.complete(3)
    assert part.step.changes == {b"a": b"1"}
    assert part.messages == 3


def test_slices_merge_into_one_step() -> None:
    outputs = [Output("topic", 0, None, bytes([number])) for number in range(2)]
    parts = [
        slices.Slice(Step({b"a": b"1", b"b": b"1"}, [outputs[0]]), 1),
        slices.Slice(Step({b"a": None}, [outputs[1]]), 2),
    ]
    assert merge_slices(parts) == Step({b"a": None, b"b": b"1"}, outputs)
