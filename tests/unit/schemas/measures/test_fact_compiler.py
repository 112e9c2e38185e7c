"""What can be counted of a payload follows from the marks of its schema alone."""

import json
from copy import deepcopy
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from producers.scenario import data as scenario_data
from schemas.errors import ConfigRefusedError
from schemas.event.event_type import EVENTS, event_type
from schemas.examples import example
from schemas.measures import FactLine
from schemas.measures.fact_compiler import MAX_LINES, compile_facts
from schemas.measures.units import UNITS, to_amount


def text(name: str, **marks: Any) -> dict[str, Any]:
    return {"name": name, "type": ["null", "string"], "default": None, **marks}


def number(name: str, **marks: Any) -> dict[str, Any]:
    return {"name": name, "type": ["null", "double"], "default": None, **marks}


def record(name: str, *fields: dict[str, Any]) -> dict[str, Any]:
    return {"type": "record", "name": name, "fields": list(fields)}


def list_of(name: str, item: dict[str, Any], **marks: Any) -> dict[str, Any]:
    return {"name": name, "type": {"type": "array", "items": item}, "default": [], **marks}


SEIZURES = Path(scenario_data.__path__[0]) / "co-seizures-2018.json"
LOAD = record(
    "Load",
    text("mineral", dimension="mineral"),
    number("weight", measure={"unit": "unit"}),
    text("unit", codes="unit", dimension="unit"),
    number("price", measure={"currency": "currency"}),
    text("currency", codes="currency"),
)
DREDGE = record(
    "dredge_stopped",
    text("source_reference", personal=True),
    text("river", dimension="river"),
    {"name": "crew", "type": ["null", "int"], "default": None, "measure": "unit"},
    {"name": "engine", "type": record("Engine", text("make", dimension="engine_make"))},
    list_of("loads", LOAD),
    list_of("boats", record("Boat", text("kind", dimension="boat")), measure="unit"),
    {
        "name": "from",
        "type": ["null", record("Side", text("country", codes="country", dimension="country"))],
        "default": None,
        "dimension": "from",
    },
    {"name": "to", "type": ["null", "Side"], "default": None, "dimension": "to"},
)
STOPPED = {
    "source_reference": "D-1",
    "river": "Río  CAQUETÁ",
    "crew": 4,
    "engine": {"make": "Yamaha"},
    "loads": [
        {"mineral": "Oro", "weight": 250.0, "unit": "g", "price": 9.5, "currency": "PEN"},
        {"mineral": "piedras", "weight": 2.0, "unit": "t", "price": None, "currency": None},
        {"mineral": "oro", "weight": None, "unit": None, "price": None, "currency": None},
        {"mineral": "oro", "weight": 5.0, "unit": None, "price": 5.0, "currency": None},
    ],
    "boats": [{"kind": "Peque-peque"}, {"kind": None}],
    "from": {"country": "PE"},
    "to": {"country": "BR"},
}


def facts(definition: dict[str, Any], payload: dict[str, Any]) -> list[FactLine]:
    compiled = compile_facts(deepcopy(definition))
    assert compiled is not None
    return compiled(payload)


def test_a_made_up_type_brings_its_own_measures_and_dimensions() -> None:
    lines = facts(DREDGE, STOPPED)
    of_record = {
        "river": "rio caqueta",
        "engine_make": "yamaha",
        "from_country": "PE",
        "to_country": "BR",
    }
    assert lines[0] == FactLine(dimensions=of_record)
    assert [
        (line.element, line.measure, line.amount, line.currency, line.usable) for line in lines[1:]
    ] == [
        ("crew", "pieces", Decimal(4), "", ""),
        ("loads", "mass", Decimal("0.25"), "", ""),
        ("loads", "money", Decimal("9.5"), "PEN", ""),
        ("loads", "mass", Decimal(2000), "", "no_code"),
        ("loads", "", 0, "", "no_amount"),
        ("loads", "", 0, "", "no_unit"),
        ("loads", "", 0, "", "no_unit"),
        ("boats", "pieces", 1, "", ""),
        ("boats", "pieces", 1, "", ""),
    ]
    assert lines[2].dimensions == {**of_record, "mineral": "gold", "unit": "g"}
    assert lines[8].dimensions == {**of_record, "boat": "peque peque"}
    assert lines[9].dimensions == of_record


def test_a_schema_without_marks_has_nothing_to_count() -> None:
    assert compile_facts(record("plain", text("title"))) is None


@pytest.mark.parametrize(
    ("field", "reason"),
    [
        (text("name", personal=True, dimension="name"), "personal"),
        (text("weight", measure="kg"), "a string is no measure"),
        (number("weight", measure="stone"), "'stone' is no unit"),
        (number("weight", measure={"unit": "nowhere"}), "'nowhere', which is no field"),
        (number("weight", measure={"kind": "river"}), "names unit or currency"),
        (number("weight", measure=["kg"]), "names unit or currency"),
        (number("weight", dimension="weight"), "a double is no dimension"),
        (text("name", dimension="Not a name"), "is no name"),
        (text("name", dimension=7), "is a name"),
        (text("name", dimension={"by": "nowhere", "a": "b"}), "names by a field"),
        (text("name", dimension="river"), "two dimensions river"),
        (list_of("names", {"type": "string"}, dimension="name"), "a list of string bears no mark"),
        (list_of("parts", record("Part", text("kind")), measure="kg"), "is 'unit'"),
        ({"name": "inner", "type": record("Inner", text("kind")), "dimension": {}}, "is a name"),
    ],
)
def test_a_mark_that_is_not_understood_is_refused(field: dict[str, Any], reason: str) -> None:
    with pytest.raises(ConfigRefusedError, match=reason):
        compile_facts(record("refused", text("river", dimension="river"), field))


def test_a_dimension_may_depend_on_a_field_beside_it() -> None:
    mark = {"by": "what", "drug": "drug", "mineral": "mineral"}
    item = record("Item", text("what", dimension="what"), text("description", dimension=mark))
    definition = record("taken", list_of("items", item, measure="unit"))
    items = [
        {"what": "drug", "description": "PBC"},
        {"what": "mineral", "description": "oro"},
        {"what": "vehicle", "description": "camión blanco"},
        {"what": "drug", "description": None},
    ]
    lines = facts(definition, {"items": items})[1:]
    assert [(line.dimensions, line.usable) for line in lines] == [
        ({"what": "drug", "drug": "cocaine_base"}, ""),
        ({"what": "mineral", "mineral": "gold"}, ""),
        ({"what": "vehicle"}, ""),
        ({"what": "drug"}, "no_code"),
    ]


def test_money_of_an_element_is_counted_once() -> None:
    payload = deepcopy(example("seizure").payload)
    cash = {**payload["items"][0], "what": "cash", "description": None}
    payload["items"] = [
        {**cash, "quantity": 5000.0, "unit": "money", "value": 5000.0, "currency": "USD"}
    ]
    lines = facts(event_type("seizure").format.definition, payload)[1:]
    assert [(line.measure, line.amount, line.currency) for line in lines] == [
        ("money", Decimal(5000), "USD")
    ]


def test_a_flood_of_elements_is_bounded_and_says_so() -> None:
    payload = {**STOPPED, "boats": [{"kind": None}] * (MAX_LINES * 2)}
    lines = facts(DREDGE, payload)
    assert len(lines) == MAX_LINES
    assert lines[-1].usable == "no_amount"


def test_the_example_of_a_seizure_says_what_was_seized_where() -> None:
    lines = facts(event_type("seizure").format.definition, example("seizure").payload)
    assert lines[0].dimensions["zone"] == "RURAL"
    drug, weapon, cash = lines[1:]
    assert (drug.measure, drug.amount) == ("mass", Decimal("18.25"))
    assert drug.dimensions["drug"] == "cocaine_base"
    assert (weapon.measure, weapon.dimensions["make"]) == ("pieces", "taurus")
    assert (cash.measure, cash.currency, cash.dimensions["what"]) == ("money", "USD", "cash")


def test_a_thousand_real_seizures_add_up_to_what_their_rows_say() -> None:
    rows = json.loads(SEIZURES.read_text(encoding="utf-8"))
    item = dict.fromkeys(example("seizure").payload["items"][0])
    items = [
        {
            **item,
            "what": "drug",
            "description": row["clase_de_estupefaciente"],
            "quantity": float(row["cantidad"]),
            "unit": "g",
        }
        for row in rows
    ]
    lines = facts(event_type("seizure").format.definition, {"items": items})[1:]
    grams = sum(int(row["cantidad"]) for row in rows)
    assert sum(line.amount for line in lines) == Decimal(grams) / 1000
    assert {line.usable for line in lines} == {""}


def test_money_has_both_its_sides() -> None:
    lines = facts(
        event_type("suspicious_flow").format.definition, example("suspicious_flow").payload
    )
    first = lines[1]
    assert (first.measure, first.amount, first.currency) == ("money", Decimal(9800), "USD")
    sides = {name: first.dimensions[name] for name in ("from_country", "to_country")}
    assert sides == {"from_country": "EC", "to_country": "PE"}
    assert first.dimensions["to_institution"] == "bcp"


@pytest.mark.parametrize("name", sorted(path.stem for path in EVENTS.glob("*.avsc")))
def test_no_personal_text_of_an_example_becomes_a_dimension(name: str) -> None:
    payload = example(name).payload
    compiled = compile_facts(event_type(name).format.definition)
    lines = compiled(payload) if compiled is not None else []
    values = {value for line in lines for value in line.dimensions.values()}
    reference = str(payload.get("source_reference")).casefold()
    assert reference not in values
    assert not [value for value in values if "quispe" in value]


@given(
    st.lists(
        st.tuples(
            st.none() | st.floats(0, 1e6).map(lambda quantity: round(quantity, 3)),
            st.none() | st.sampled_from([*UNITS, "money", "cuarta"]),
            st.none() | st.sampled_from(["USD", "COP", "X"]),
        ),
        max_size=8,
    )
)
def test_each_element_is_counted_once_or_says_why_not(
    rows: list[tuple[float | None, str | None, str | None]],
) -> None:
    item = record(
        "Item",
        number("quantity", measure={"unit": "unit", "currency": "currency"}),
        text("unit"),
        text("currency"),
    )
    names = ("quantity", "unit", "currency")
    payload = {"items": [dict(zip(names, row, strict=True)) for row in rows]}
    lines = facts(record("taken", list_of("items", item)), payload)[1:]
    assert len(lines) == len(rows)
    for (quantity, unit, currency), line in zip(rows, lines, strict=True):
        if quantity is None:
            assert line.usable == "no_amount"
        elif unit == "money":
            assert (line.usable, line.currency) == (
                ("", currency) if currency in ("USD", "COP") else ("no_unit", "")
            )
        elif unit in UNITS:
            assert (line.measure, line.usable) == (UNITS[unit].measure, "")
            assert line.amount == to_amount(quantity, UNITS[unit].factor)
        else:
            assert line.usable == "no_unit"
