"""The TypedDicts of the log are those of its schemas, and mypy reads them."""

from __future__ import annotations

from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest

from schemas.avro import log_records, record_types
from schemas.avro.codec import LOG_FOLDER, log_format
from schemas.avro.sample_records import samples
from schemas.errors import ConfigRefusedError

NAMES = sorted(path.stem for path in LOG_FOLDER.glob("*.avsc"))


def test_the_written_file_is_that_of_the_schemas() -> None:
    assert record_types.main(["--check"]) == 0


def fits(value: Any, type_: Any) -> bool:
    """Compare a value with an annotation, records within records included."""
    if type_ is None or type_ is NoneType:
        return value is None
    if get_origin(type_) in (UnionType, Union):
        return any(fits(value, branch) for branch in get_args(type_))
    if get_origin(type_) is list:
        return all(fits(item, get_args(type_)[0]) for item in value)
    if get_origin(type_) is dict:
        return all(fits(item, get_args(type_)[1]) for item in value.values())
    if get_args(type_):
        return isinstance(value, str)  # a closed set: a sample's text is none of its values
    if hasattr(type_, "__annotations__"):
        hints = get_type_hints(type_)
        return (
            isinstance(value, dict)
            and value.keys() == hints.keys()
            and all(fits(value[key], hints[key]) for key in hints)
        )
    return isinstance(value, type_)


@pytest.mark.parametrize("name", NAMES)
def test_what_a_format_reads_has_the_fields_that_its_type_says(name: str) -> None:
    format_ = log_format(name)
    type_ = getattr(log_records, f"{format_.name}Record")
    records = samples(format_)
    assert records
    for record in records:
        assert fits(format_.read(format_.write(record)), type_)


def test_a_type_that_no_typeddict_expresses_is_refused() -> None:
    definition = {"name": "R", "fields": [{"name": "f", "type": {"type": "enum", "symbols": []}}]}
    with pytest.raises(ConfigRefusedError):
        record_types.RecordTypes().add("r.avsc", definition)
