"""The sink reads labels from the table of a message, and from the rows of the first version."""

from __future__ import annotations

import pytest

from consumers.sink.table_rows import Batch
from schemas.avro.codec import RELEASED_FOLDER, Format, Record, log_format
from schemas.errors import BrokenFormatError
from schemas.release import label_codec
from schemas.release.label_table import label_of, tabulate_labels
from tests.support import derived

THING, EVENT = derived.id16("thing"), derived.id16("event")
OTHER_LABEL = label_codec.write({**derived.LABEL, "tlp": "RED"})

pytestmark = pytest.mark.parametrize("name", ["observations", "evidence"])


def message(name: str) -> Record:
    """Three rows with labels in them, two of these equal, and one without."""
    if name == "evidence":
        make = [derived.evidence_row(THING, THING, EVENT, at, op="add") for at in range(4)]
        value = derived.evidence(make)
    else:
        make = [derived.observation(THING, EVENT, index) for index in range(4)]
        value = derived.observations(7, make)
    record: Record = log_format(name).read(value)
    record["rows"][1]["label"] = OTHER_LABEL
    record["rows"][3] |= {"op": "withdraw", "label": None}
    return record


def batch_of(name: str, value: bytes) -> Batch:
    batch = Batch()
    add = batch.add_observations if name == "observations" else batch.add_evidence
    add(value)
    return batch


def test_rows_that_name_their_label_are_as_rows_that_hold_it(name: str) -> None:
    record, form = message(name), log_format(name)
    tabulated = {**record, **tabulate_labels(record["rows"])}
    assert len(tabulated["labels"]) == 2
    assert [label_of(tabulated["labels"], row) for row in tabulated["rows"]] == [
        row["label"] for row in record["rows"]
    ]
    assert batch_of(name, form.write(tabulated)) == batch_of(name, form.write(record))
    assert len(batch_of(name, form.write(tabulated))) == 4


@pytest.mark.parametrize("index", [-1, 2, 2**31 - 1])
def test_a_label_that_the_message_has_not_refuses_the_message(name: str, index: int) -> None:
    record = message(name)
    tabulated = {**record, **tabulate_labels(record["rows"])}
    tabulated["rows"][0]["label_index"] = index
    with pytest.raises(BrokenFormatError):
        batch_of(name, log_format(name).write(tabulated))
    with pytest.raises(BrokenFormatError):
        label_of(tabulated["labels"], tabulated["rows"][0])


def test_bytes_of_the_first_version_are_read_as_before(name: str) -> None:
    record, form = message(name), log_format(name)
    (former,) = (RELEASED_FOLDER / name).glob("1-*.avsc")
    old_bytes = Format[Record](former.read_text(encoding="utf-8")).write(record)
    assert old_bytes[:10] != form.header
    assert batch_of(name, old_bytes) == batch_of(name, form.write(record))
    assert form.read(old_bytes)["labels"] == []
