"""Write each label once in a message of rows, and find the label of a row again.

A label may be as long as a hundred rows without it, and most rows of a message have the same one.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from schemas.avro.row_format import table_entry


def tabulate_labels(rows: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Give the fields `labels` and `rows` of a message, in which rows name labels by index."""
    indexes: dict[bytes | None, int | None] = {None: None}
    labels: list[bytes] = []
    indexed = []
    for row in rows:
        label = row["label"]
        if label not in indexes:
            indexes[label] = len(labels)
            labels.append(label)
        indexed.append({**row, "label": None, "label_index": indexes[label]})
    return {"labels": labels, "rows": indexed}


def label_of(labels: Sequence[bytes], row: Mapping[str, Any]) -> bytes | None:
    """Find the framed label of a row; the first version of the format has it in the row.

    Raises BrokenFormatError for an index that the message has no label for.
    """
    index: int | None = row["label_index"]
    if index is not None:
        return table_entry(labels, index)
    label: bytes | None = row["label"]
    return label
