"""A list of known values: what it names, what it may not, and what it takes out of a record."""

from __future__ import annotations

import pytest

from consumers.query.noise.warning_list import (
    MOST_NAMES,
    occurrence_names,
    read_warning_list,
    without_values,
)
from consumers.query.persons.lookup_file import LookupFileError
from streams.rules.detectors.occurrence import RecordedThing, RuleOccurrence, Transfer

THING = "4b1d0002-0000-8000-8000-000000000002"


def test_a_line_names_a_value_or_an_id_and_a_line_that_names_nothing_is_refused() -> None:
    text = (
        "clase;numero;pais;cosa\n"
        "telefono;+51987654321;;\n"
        "placa;ABC123;CO;\n"
        f";;;{THING.upper()}\n"
        "nave;7;;\n"
        ";;;7\n"
    )
    values = read_warning_list(text.encode("cp1252"))
    assert {name.kind for name in values.names} == {"phone", "plate"}
    assert values.ids == {THING}
    assert sorted(values.problems) == [5, 6]
    for text in ("", "kind;weight\nphone;7\n", "kind;number\n" + "phone;+51987654321\n" * 1_001):
        with pytest.raises(LookupFileError):
            read_warning_list(text.encode())


def test_a_list_that_may_name_too_many_things_is_refused() -> None:
    lines = [f"weapon;KX{number:05}" for number in range(MOST_NAMES // 10)]
    with pytest.raises(LookupFileError, match="10,000"):
        read_warning_list("\n".join(("kind;number", *lines)).encode())


def test_what_is_taken_out_leaves_the_rest_of_a_record_in_its_place() -> None:
    names = occurrence_names(read_warning_list(b"kind;number\nphone;+51987654321\n").names)
    ((_kind, phone),) = names
    other, plate = RecordedThing("phone", "+51911111111"), RecordedThing("plate", phone)
    transfer = Transfer("A", "B", "D1", "D2")
    record = RuleOccurrence(
        *("e", "crime_incident", "PE", "PNP", 1, 2),
        fields={"crime": "0401", "from_account": "A", "to_account": "B"},
        things=(RecordedThing("phone", phone), other, plate),
        transfer=transfer,
    )
    rest = without_values(record, names)
    assert rest.things == (RecordedThing("", ""), other, plate)
    assert (rest.fields, rest.transfer) == (record.fields, transfer)
    without_account = without_values(record, {("account", "B"), ("document", "D1")})
    assert without_account.transfer is None
    assert without_account.fields == {"crime": "0401"}
    without_owner = without_values(record, {("document", "D1")})
    assert without_owner.transfer == Transfer("A", "B", "", "D2")
    assert without_values(record, set()) == record
