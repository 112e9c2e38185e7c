"""streams.lifecycles.completeness: what article 18(15) of UNTOC asks of a request."""

from __future__ import annotations

import pytest

from schemas.examples import example
from streams.lifecycles.completeness import Omission, gaps

REQUEST = example("assistance_request").payload


def test_the_example_lacks_nothing() -> None:
    assert gaps(REQUEST) == []


@pytest.mark.parametrize(
    ("change", "gap"),
    [
        (
            {"requesting": {**REQUEST["requesting"], "authority": None}},
            Omission("a", "requesting.authority"),
        ),
        ({"matter": None}, Omission("b", "matter")),
        ({"conducting": {"authority": "X"}}, Omission("b", "conducting.functions")),
        ({"facts": None}, Omission("c", "facts")),
        ({"assistance_details": None}, Omission("d", "assistance_details")),
        ({"persons": []}, Omission("e", "persons", is_required=False)),
        ({"aim": None}, Omission("f", "aim")),
    ],
)
def test_each_letter_names_the_field_that_lacks(change: dict[str, object], gap: Omission) -> None:
    assert gaps({**REQUEST, **change}) == [gap]


def test_service_of_documents_needs_no_summary_of_facts() -> None:
    assert gaps({**REQUEST, "facts": None, "assistance": ["SERVICE"]}) == []
