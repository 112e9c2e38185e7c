"""producers.cli.field_values: `--set field=value` as the schema says."""

from __future__ import annotations

import pytest

from producers.cli.field_values import field_values
from producers.errors import NodeError


def test_texts_numbers_lists_and_objects_are_read_as_the_schema_says() -> None:
    pairs = [
        *("title=Camión = dos", "answer_minutes=15", 'addressed=[{"country": "CO"}]'),
        *("place.municipality=Tulcán", "place.text="),
    ]
    assert field_values("alert", pairs) == {
        "title": "Camión = dos",
        "answer_minutes": 15,
        "addressed": [{"country": "CO"}],
        "place": {"municipality": "Tulcán", "text": None},
    }
    measures = field_values("assistance_request", ["assistance=SEARCH, SERVICE"])
    assert measures == {"assistance": ["SEARCH", "SERVICE"]}


@pytest.mark.parametrize("pair", ["titel=x", "title", "=x"])
def test_a_field_that_does_not_exist_is_refused_with_those_that_do(pair: str) -> None:
    with pytest.raises(NodeError) as refused:
        field_values("alert", [pair])
    assert "title" in str(refused.value.remedy)
