"""Records of a finding stand side by side, and what differs comes first."""

from __future__ import annotations

from dataclasses import replace

from consumers.console.record_comparison import MOST_RECORDS, compare_records
from consumers.query.views import EventView


def event_view() -> EventView:
    """An event of which nothing is known but its fields."""
    return EventView(
        **dict.fromkeys(EventView.__dataclass_fields__, ""),  # type: ignore[arg-type]
    )


def _records(*serials: str) -> list[EventView]:
    return [
        replace(
            event_view(),
            type="weapon_record",
            payload={"status": "STOLEN", "weapon": {"serial": serial, "make": "Taurus"}},
        )
        for serial in serials
    ]


def test_what_differs_comes_first_and_writing_alone_is_no_difference() -> None:
    compared = compare_records(_records("ab-123", "AB123", "AB124"), "es")
    assert compared is not None
    assert [field.differs for field in compared.fields] == [True, False, False]
    assert compared.fields[0].texts == ["ab-123", "AB123", "AB124"]
    same = compare_records(_records("ab-123", "AB 123"), "es")
    assert same is not None
    assert not any(field.differs for field in same.fields)


def test_one_record_or_an_erased_one_is_not_compared() -> None:
    erased = replace(event_view(), payload=None)
    assert compare_records(_records("1"), "es") is None
    assert compare_records([*_records("1"), erased], "es") is None


def test_records_that_do_not_fit_are_counted() -> None:
    compared = compare_records(_records(*"123456789"), "es")
    assert compared is not None
    assert len(compared.records) == MOST_RECORDS
    assert compared.left_out == 3
