"""A stored version is read from the one text that repeats its columns."""

from __future__ import annotations

import orjson
import pytest

from consumers.store.sql import MIGRATIONS
from consumers.store.stored_versions import CONTENT_COLUMNS, stored_version

VALUES = dict.fromkeys(CONTENT_COLUMNS) | {
    "id": "0b0e2f70-0000-0000-0000-000000000001",
    "recipients": ["ALL"],
    "occurred_from": 1_764_547_200_000,
    "sequence": 2**63 + 1,
}


@pytest.mark.parametrize("in_quotes", [False, True])
def test_numbers_are_read_with_quotes_and_without(in_quotes: bool) -> None:
    written = {
        name: str(value) if in_quotes and isinstance(value, int) else value
        for name, value in VALUES.items()
    }
    content = orjson.dumps([written[name] for name in CONTENT_COLUMNS]).decode()
    row = {"content": content, "payload": "{}", "item": 3}
    assert stored_version(row) == {**row, **VALUES}


def test_a_text_of_other_columns_is_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        stored_version({"content": "[1, 2]"})


def test_the_migration_names_the_columns_in_this_order() -> None:
    text = (MIGRATIONS / "0024_version_content.sql").read_text()
    expression = text.partition("toJSONString(tuple(")[2].partition(")) CODEC")[0]
    for wrapper in ("UUIDNumToString(", "toUnixTimestamp64Milli("):
        expression = expression.replace(wrapper, "")
    assert [name.strip() for name in expression.replace(")", "").split(",")] == [*CONTENT_COLUMNS]
