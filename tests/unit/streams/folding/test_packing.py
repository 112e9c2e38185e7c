"""State is typed, and what is written in another layout is never read as this one."""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec
import pytest

from streams.correlation.stored_observation import OBSERVATIONS
from streams.correlation.thing_classes import SUMMARY, ThingSummary
from streams.folding.packing import LAYOUT, Packing
from streams.intake.bundle_chain import CORD_STATE, CordState
from streams.intake.event_versions import EVENT_VERSIONS
from streams.intake.pending_items import PENDING_ITEM, PENDING_QUOTA
from streams.linking.blocks import BLOCKS
from streams.linking.members import MEMBERS
from streams.linking.pair_states import PAIR_STATE

LAYOUTS: tuple[Packing[Any], ...] = (
    CORD_STATE,
    EVENT_VERSIONS,
    OBSERVATIONS,
    PENDING_ITEM,
    PENDING_QUOTA,
    SUMMARY,
    MEMBERS,
    BLOCKS,
    PAIR_STATE,
)
DIGEST_OF_LAYOUT = {"8-msgpack": "73e0b9c9254d45ef"}


def _describe(type_: msgspec.inspect.Type) -> str:
    """The fields of a struct, in their order, with their types."""
    if isinstance(type_, msgspec.inspect.UnionType):
        return " | ".join(sorted(_describe(part) for part in type_.types))
    if isinstance(type_, msgspec.inspect.ListType):
        return f"list[{_describe(type_.item_type)}]"
    if isinstance(type_, msgspec.inspect.DictType):
        return f"dict[{_describe(type_.key_type)}, {_describe(type_.value_type)}]"
    fields = getattr(type_, "fields", ())
    inner = ", ".join(f"{field.name}: {_describe(field.type)}" for field in fields)
    return f"{type(type_).__name__}({inner})"


def test_a_changed_layout_has_a_new_name_so_that_old_state_is_rebuilt() -> None:
    text = "\n".join(_describe(msgspec.inspect.type_info(packing.type)) for packing in LAYOUTS)
    digest = hashlib.sha256(text.encode()).hexdigest()[:16]
    assert {LAYOUT: digest} == DIGEST_OF_LAYOUT, (
        "the layout of the state has changed: give packing.LAYOUT a new name, and note its digest"
    )


def test_what_was_packed_is_unpacked_with_its_types() -> None:
    state = CordState(7, bytes(32), ((1, 2), (5, 5)))
    assert CORD_STATE.unpack(CORD_STATE.pack(state)) == state
    summary = ThingSummary(2, ("a", "b"))
    assert SUMMARY.unpack(SUMMARY.pack(summary)) == summary


def test_values_of_another_type_are_refused() -> None:
    with pytest.raises(msgspec.DecodeError):
        CORD_STATE.unpack(EVENT_VERSIONS.pack(["no", "cord"]))
    with pytest.raises(msgspec.DecodeError):
        OBSERVATIONS.unpack(b"\xc1")
