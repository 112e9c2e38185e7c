"""A mark of a watch-list that could never match is refused when it is written."""

from __future__ import annotations

import pytest

from consumers.query.work.drafts import MARK_KINDS, mark_draft
from infra.errors import QuipuError

WATCH_LIST = "5ed15ad0-0000-8000-8000-000000000001"


@pytest.mark.parametrize(
    "mark",
    [
        {"kind": "name", "name": "Quispe Mamani, Rosa", "born": "31/02/1984"},
        {"kind": "name", "name": "de la"},
        {"kind": "name", "name": "??? ???"},
        {"kind": "plate", "number": "SIN DATOS", "country": "PE"},
        {"kind": "mercurio", "number": "1"},
    ],
    ids=lambda mark: " ".join(mark.values()),
)
def test_what_no_record_could_name_is_refused(mark: dict[str, str]) -> None:
    with pytest.raises(QuipuError):
        mark_draft(WATCH_LIST, mark)


def test_a_name_and_a_number_are_taken_as_written() -> None:
    name = mark_draft(WATCH_LIST, {"kind": "name", "name": "Quispe Mamani, Rosa", "born": "1984"})
    plate = mark_draft(WATCH_LIST, {"kind": "plate", "number": "ABC-123", "country": "PE"})
    assert {"name", "plate"} <= set(MARK_KINDS)
    assert (name.content["name"], name.content["born"]) == ("Quispe Mamani, Rosa", "1984")
    assert plate.content["number"] == "ABC-123"
