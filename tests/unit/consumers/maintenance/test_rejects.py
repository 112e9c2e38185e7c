"""How each reject could be tried again, and what its sender was told:
consumers/maintenance/rejects.py says why.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from consumers.maintenance.rejects import (
    Reject,
    by_retry_path,
    count_rejects,
    matching_id,
)

ID = "8a1d0003-0000-8000-8000-00000000abcd"
ITEM = Reject(
    "item",
    "co-x",
    "rejected",
    "UNKNOWN_CODE",
    "status",
    5,
    "quipu.bundles.co",
    0,
    7,
    3,
    "co-x/routine/1",
    9,
    ID,
)
BUNDLE = Reject(
    "message", "co-x", "rejected", "FORK", "…", 5, "quipu.bundles.co", 0, 8, -1, "", 0, ""
)


@pytest.mark.parametrize(
    ("reject", "way", "has_receipt"),
    [
        (ITEM, "sender", True),
        (replace(ITEM, verdict="pending", code="UNKNOWN_SCHEMA"), "itself", True),
        (BUNDLE, "sender", True),
        (replace(BUNDLE, node=""), "none", False),
        (replace(BUNDLE, topic="quipu.config", node="", code="CONFIG_REFUSED"), "none", False),
        (replace(BUNDLE, topic="quipu.keys.co", node=""), "none", False),
        (replace(BUNDLE, topic="quipu.accepted.co.g3", node=""), "reread", False),
        (replace(BUNDLE, topic="quipu.evidence.g3", node=""), "reread", False),
        (replace(BUNDLE, topic="quipu.observations.g3", node=""), "rebuild", False),
    ],
)
def test_the_way_and_what_was_told(reject: Reject, way: str, has_receipt: bool) -> None:
    assert (reject.retry_path, reject.has_receipt) == (way, has_receipt)
    assert by_retry_path([reject]) == {way: [reject]}


def test_one_is_found_by_either_end_of_its_id_or_by_its_place() -> None:
    for id_ in ("8a1d0003", "abcd", "quipu.bundles.co/0/7/3", "quipu.bundles.co/0/7"):
        assert matching_id([ITEM, BUNDLE], id_) == [ITEM]
    assert matching_id([ITEM, BUNDLE], "quipu.bundles.co/0/8") == [BUNDLE]
    assert matching_id([ITEM, BUNDLE], "quipu.bundles.co/0") == [ITEM, BUNDLE]
    assert matching_id([ITEM, BUNDLE], "ffff") == []


def test_they_are_counted_the_most_first() -> None:
    assert count_rejects([BUNDLE, ITEM, ITEM]) == [
        ("co-x", "rejected", "UNKNOWN_CODE", 2),
        ("co-x", "rejected", "FORK", 1),
    ]
