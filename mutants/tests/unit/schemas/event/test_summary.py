"""A few words that tell an event."""

from schemas.event.summary import summary
from schemas.examples import example


def test_a_summary_tells_the_fields_that_the_schema_names_through_lists_too() -> None:
    weapon = example("weapon_record").payload
    assert summary("weapon_record", weapon)[0] == weapon["weapon"]["make"]
    assert weapon["weapon"]["serial"] in summary("weapon_record", weapon)
    two = {
        "items": [
            {"description": "BASE DE COCA", "quantity": 2.0, "unit": "g"},
            {"description": "HEROINA", "quantity": None},
        ]
    }
    assert summary("seizure", two) == ["BASE DE COCA", "HEROINA", "2", "g"]


def test_what_is_empty_or_unknown_has_no_summary() -> None:
    assert summary("weapon_record", {}) == []
    assert summary("no_such_type", {"x": 1}) == []
