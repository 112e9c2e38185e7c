"""An event type is its schema: checked, written, read and observed without code of its own."""

import json
import re
from typing import Any

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from schemas.avro.codec import log_format
from schemas.avro.schema_walk import ATTRIBUTES
from schemas.errors import BrokenFormatError, ConfigRefusedError, UnknownFormatError
from schemas.event.envelope import validate_envelope as envelope_problems
from schemas.event.event_type import EVENTS, EventType, event_type, released_types
from schemas.examples import example

TYPES = sorted(path.stem for path in EVENTS.glob("*.avsc"))

GUN_TYPE = {
    "type": "record",
    "name": "Gun",
    "observed": "weapon",
    "fields": [
        {"name": name, "type": ["null", "string"], "default": None}
        for name in ("kind", "type", "make", "calibre", "serial")
    ],
}
TEXTS = {"type": "array", "items": "string"}
MADE_UP: dict[str, Any] = {
    "type": "record",
    "name": "made_up",
    "fields": [
        {"name": "colour", "type": "string", "codes": "colour", "required": True, "trait": True},
        {"name": "when", "type": ["null", "string"], "default": None, "date": True},
        {"name": "count", "type": ["null", "long"], "default": None, "minimum": 1, "maximum": 9},
        {"name": "hash", "type": {"type": "string", "pattern": "[a-f]{2}"}},
        {"name": "tags", "type": TEXTS, "codes": "colour", "default": []},
        {"name": "parts", "required": True, "type": {"type": "array", "items": {
            "type": "record", "name": "Part", "fields": [
                {"name": "side", "type": ["null", "string"], "default": None, "trait": True},
                {"name": "gun", "type": ["null", GUN_TYPE]},
                {"name": "spares", "type": {"type": "array", "items": "Gun"}, "default": []},
                {"name": "notes", "type": {"type": "map", "values": "double"}, "default": {}},
            ]}}},
    ],
}  # fmt: skip
LISTS = {"colour": frozenset({"red", "blue"})}
GUN = {"kind": "firearm", "type": "PISTOL", "make": "Glock", "calibre": "9", "serial": "AHX123"}


@pytest.fixture
def made_up() -> EventType:
    return EventType(json.dumps(MADE_UP), LISTS)


def record(**changes: Any) -> dict[str, Any]:
    return {
        "colour": "red",
        "hash": "ab",
        "parts": [{"side": "left", "gun": GUN, "spares": [{**GUN, "serial": "AHX124"}]}],
        **changes,
    }


def test_a_made_up_type_needs_no_code(made_up: EventType) -> None:
    assert made_up.validate(record()) == []
    read = made_up.read(made_up.write(record()))
    assert made_up.validate(read) == []
    assert [(thing.value, thing.traits) for thing in made_up.observe(read)] == [
        ("AHX123|GLOCK|PISTOL", {"colour": "red", "side": "left", "calibre": "9X19"}),
        ("AHX124|GLOCK|PISTOL", {"colour": "red", "side": "left", "calibre": "9X19"}),
    ]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"colour": None}, ("MISSING_FIELD", "colour", "")),
        ({"colour": "  "}, ("MISSING_FIELD", "colour", "")),
        ({"colour": "green"}, ("UNKNOWN_CODE", "colour", "colour: green")),
        ({"colour": ["red"]}, ("UNKNOWN_CODE", "colour", "colour: ['red']")),
        ({"when": "2018-02-30"}, ("IMPOSSIBLE_DATE", "when", "YYYY-MM-DD")),
        ({"count": 0}, ("BAD_NUMBER", "count", "whole number 1..9")),
        ({"count": True}, ("BAD_NUMBER", "count", "whole number 1..9")),
        ({"count": "3"}, ("BAD_NUMBER", "count", "whole number 1..9")),
        ({"hash": None}, ("MISSING_FIELD", "hash", "")),
        ({"hash": "zz"}, ("BROKEN_FORMAT", "hash", "pattern [a-f]{2}")),
        ({"tags": ["red", "green"]}, ("UNKNOWN_CODE", "tags[1]", "colour: green")),
        ({"tags": "red"}, ("BROKEN_FORMAT", "tags", "array")),
        ({"parts": []}, ("MISSING_FIELD", "parts", "")),
        ({"tags": None}, ("MISSING_FIELD", "tags", "")),
        ({"parts": [{"gun": 7}]}, ("BROKEN_FORMAT", "parts[0].gun", "record")),
        ({"parts": [{"gun": {"serial": 7}}]}, ("BROKEN_FORMAT", "parts[0].gun.serial", "string")),
        (
            {"parts": [{"notes": {"a": float("nan")}}]},
            ("BAD_NUMBER", "parts[0].notes.a", "number .."),
        ),
        ({"stranger": 1}, ("BROKEN_FORMAT", "stranger", "not in the schema")),
    ],
)
def test_each_attribute_is_kept_and_names_its_field(
    made_up: EventType, changes: dict[str, Any], expected: tuple[str, str, str]
) -> None:
    assert [tuple(problem) for problem in made_up.validate(record(**changes))] == [expected]


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"colour": " "},
        {"colour": "green"},
        {"when": "2018-02-30"},
        {"count": 0},
        {"count": 2**33},
        {"hash": "zz"},
        {"hash": ""},
        {"tags": ["red", "green"]},
        {"parts": []},
        {"parts": [{"notes": {"a": float("nan")}}]},
    ],
)
def test_of_a_payload_that_was_read_the_same_is_told_as_of_any_other(
    made_up: EventType, changes: dict[str, Any]
) -> None:
    read = made_up.read(made_up.write(record(**changes)))
    assert made_up.validate_decoded(read) == made_up.validate(read)
    assert (made_up.validate(read) == []) == (changes == {})


def test_what_is_too_deep_for_a_glance_is_looked_at_closely() -> None:
    inner: Any = {"type": "string", "codes": "colour"}
    value: Any = "red"
    for _ in range(15):
        inner, value = {"type": "array", "items": inner}, [value]
    text = json.dumps(
        {
            "type": "record",
            "name": "Deep",
            "fields": [{"name": "lists", "type": inner, "codes": "colour"}],
        }
    )
    deep = EventType(text, lists=LISTS)
    assert deep.validate_decoded({"lists": value}) == []
    bad = json.loads(json.dumps(value).replace("red", "green"))
    assert deep.validate_decoded({"lists": bad}) == deep.validate({"lists": bad}) != []


def test_a_bad_value_beneath_a_personal_field_is_never_shown() -> None:
    payload = example("weapon_record").payload
    payload["possessor"]["role"] = "Juana Condori Mamani"
    payload["found"]["latitude"] = 912.5
    problems = event_type("weapon_record").validate(payload)
    assert [tuple(problem) for problem in problems] == [
        ("UNKNOWN_CODE", "possessor.role", "person_role"),
        ("BAD_NUMBER", "found.latitude", "number -90..90"),
    ]


anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.binary(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(
            st.sampled_from(["weapon", "items", "serial", "kind", "x"]), inner, max_size=3
        )
    ),
    max_leaves=8,
)


@given(st.sampled_from(TYPES), st.data())
def test_any_value_in_a_payload_is_checked_without_an_error_and_what_passes_is_written(
    name: str, data: st.DataObject
) -> None:
    kind, payload = event_type(name), example(name).payload
    field, value = data.draw(st.sampled_from(sorted(payload))), data.draw(anything)
    problems = kind.validate({**payload, field: value})
    event(f"refused: {bool(problems)}")
    if problems:
        assert {re.split(r"\W", problem.field)[0] for problem in problems} == {field}
    else:
        read = kind.read(kind.write({**payload, field: value}))
        assert kind.validate_decoded(read) == []
        assert {key: read[key] for key in payload if key != field} == {
            key: payload[key] for key in payload if key != field
        }
        assert kind.observe(read) == kind.observe({**payload, field: value})


@pytest.mark.parametrize("name", TYPES)
def test_every_field_has_values_that_pass_and_values_that_do_not(name: str) -> None:
    kind, payload = event_type(name), example(name).payload
    assert kind.validate(payload) == []
    for field in payload:
        assert kind.validate({**payload, field: object()}), field


def test_a_record_that_is_none_is_one_problem(made_up: EventType) -> None:
    assert made_up.validate([])[0].code == "BROKEN_FORMAT"  # type: ignore[arg-type]


def test_one_thing_named_twice_is_observed_once(made_up: EventType) -> None:
    assert len(made_up.observe(record(parts=[{"gun": GUN}, {"gun": GUN}]))) == 1


@pytest.mark.parametrize(
    ("attribute", "value", "statement"),
    [
        ("codes", "no_such_list", "no code list"),
        ("pattern", "(", "regular expression"),
        ("observed", "unicorn", "unicorn"),
    ],
)
def test_an_attribute_that_cannot_be_kept_is_refused_at_once(
    attribute: str, value: str, statement: str
) -> None:
    text = json.dumps(
        {
            "type": "record",
            "name": "x",
            "fields": [{"name": "a", "type": "string", attribute: value}],
        }
    )
    with pytest.raises(ConfigRefusedError, match=statement):
        EventType(text)


def test_a_record_that_holds_itself_is_refused() -> None:
    text = json.dumps(
        {"type": "record", "name": "x", "fields": [{"name": "a", "type": ["null", "x"]}]}
    )
    with pytest.raises(ConfigRefusedError, match="itself"):
        EventType(text)


def test_an_unknown_event_type_says_which_there_are() -> None:
    with pytest.raises(ConfigRefusedError, match="weapon_record"):
        event_type("../log/event")


def test_another_formats_bytes_are_told_from_broken_ones() -> None:
    with pytest.raises(UnknownFormatError):
        event_type("weapon_record").read(event_type("seizure").write(example("seizure").payload))
    with pytest.raises(BrokenFormatError):
        event_type("weapon_record").read(
            event_type("weapon_record").write(example("weapon_record").payload)[:-1]
        )


@pytest.mark.parametrize("name", TYPES)
def test_every_type_has_an_example_that_is_valid_and_round_trips(name: str) -> None:
    envelope, payload = example(name)
    kind = event_type(name)
    assert kind.validate(payload) == []
    assert kind.read(kind.write(payload)) == payload
    assert envelope["type"] == name
    assert envelope_problems(envelope, envelope["reported_at"]) == []
    event = {"envelope": envelope, "schema": kind.fingerprint, "sealed": b"x", "key_hash": None}
    assert log_format("event").read(log_format("event").write(event)) == event


def test_the_example_seizure_speaks_of_the_example_weapon() -> None:
    stolen = event_type("weapon_record").observe(example("weapon_record").payload)
    seized = event_type("seizure").observe(example("seizure").payload)
    assert stolen[0][:4] == seized[0][:4] == ("weapon", "", "TK247185|TAURUS|PISTOL", "certain")
    assert stolen[0].traits == {"status": "STOLEN", "calibre": "9X19"}


@pytest.mark.parametrize(
    ("name", "field", "value", "thing"),
    [
        (
            "person_notice",
            "phones",
            [{"number": "3114829375", "country": "CO", "imei": None, "use": None}],
            ("phone", "", "+573114829375"),
        ),
        (
            "entity_notice",
            "documents",
            [{"country": "CO", "type": "tax_id", "number": "860034313"}],
            ("document", "CO", "tax_id|860034313"),
        ),
        (
            "weapon_record",
            "vehicles",
            [{"country": "CO", "plate": "KLM482"}],
            ("plate", "CO", "KLM482"),
        ),
    ],
)
def test_what_stands_next_to_the_subject_of_a_record_is_observed(
    name: str, field: str, value: list[dict[str, str | None]], thing: tuple[str, str, str]
) -> None:
    kind, payload = event_type(name), example(name).payload
    whole = [{**dict.fromkeys(_fields_of(kind, field)), **part} for part in value]
    observed = kind.observe({**payload, field: whole})
    assert thing in {(item.kind, item.issuer, item.value) for item in observed}
    assert thing not in {
        (item.kind, item.issuer, item.value) for item in kind.observe({**payload, field: None})
    }


def _fields_of(kind: Any, name: str) -> list[str]:
    """List the fields of the records in a list of a type."""
    fields = {field["name"]: field["type"] for field in kind.format.definition["fields"]}
    parts = fields[name] if isinstance(fields[name], list) else [fields[name]]
    array = next(part for part in parts if isinstance(part, dict))
    items = array["items"]
    return [field["name"] for field in items["fields"]] if isinstance(items, dict) else []


def test_released_types_are_found_by_their_fingerprint() -> None:
    assert {kind.name for kind in released_types().values()} == set(TYPES)
    assert all(kind.fingerprint == key for key, kind in released_types().items())


def _records(type_: Any, names: dict[str, Any]) -> list[dict[str, Any]]:
    """Every record of a schema, those beneath it written out where the schema only names them
    again.
    """
    if isinstance(type_, list):
        return [matches for branch in type_ for matches in _records(branch, names)]
    if not isinstance(type_, dict):
        return []
    if type_["type"] == "record":
        inner = [(field, _records(field["type"], names)) for field in type_["fields"]]
        names[type_["name"]] = {
            **type_,
            "fields": [{**field, "type": _written_out(field["type"], names)} for field, _ in inner],
        }
        return [names[type_["name"]], *(matches for _, records in inner for matches in records)]
    return _records(type_.get("items", type_.get("values")), names)


def _written_out(type_: Any, names: dict[str, Any]) -> Any:
    if isinstance(type_, list):
        return [_written_out(branch, names) for branch in type_]
    if isinstance(type_, str):
        return names.get(type_, type_)
    inner = next((key for key in ("items", "values") if key in type_), None)
    return (
        {**type_, inner: _written_out(type_[inner], names)}
        if inner
        else names.get(type_.get("name"), type_)
    )


def test_a_common_record_is_the_same_in_every_schema() -> None:
    seen: dict[str, dict[str, Any]] = {}
    for name in TYPES:
        for matches in _records(
            json.loads((EVENTS / f"{name}.avsc").read_text(encoding="utf-8")), {}
        )[1:]:
            assert seen.setdefault(matches["name"], matches) == matches
    assert {
        "Weapon",
        "Person",
        "Place",
        "Document",
        "Vehicle",
        "Phone",
        "Account",
        "ChainLink",
    } <= seen.keys()


def test_every_attribute_is_documented() -> None:
    readme = (EVENTS / "README.md").read_text(encoding="utf-8")
    assert all(f"`{name}" in readme for name in ATTRIBUTES)


@pytest.mark.parametrize("name", TYPES)
def test_what_a_source_may_leave_out_may_be_left_out(name: str) -> None:
    for matches in _records(json.loads((EVENTS / f"{name}.avsc").read_text(encoding="utf-8")), {}):
        for field in matches["fields"]:
            left_out = field.get("required") or "default" in field
            assert left_out or field["type"] == "long" or field["type"]["type"] == "fixed", field[
                "name"
            ]  # a node's clock, an id
