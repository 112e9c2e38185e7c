"""A node refuses what its register of agreements and of partners would have rejected."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from producers.events.draft import EventOrigin, build_draft
from producers.model import Draft
from producers.node_config import NodeConfig
from schemas.event.admission import FOUNDED_AGREEMENTS, Admission, Partner
from schemas.event.event_type import event_type
from tests.support.node import weapons

REGISTER = Admission(
    {basis.code: basis for basis in FOUNDED_AGREEMENTS},
    {"BR": Partner("BR", "PE", ("weapon_record",), "GREEN", None)},
)


@pytest.mark.parametrize(
    ("country", "crime", "code"),
    [
        ("CO", "09012", ""),
        ("CO", "0204", "NO_AGREEMENT"),
        ("BR", "09012", "NO_AGREEMENT"),
        ("AR", "09012", "TYPE_NOT_ADMITTED"),
    ],
)
def test_a_draft_is_refused_with_the_code_of_the_mechanism(
    tmp_path: Path, country: str, crime: str, code: str
) -> None:
    origin = EventOrigin("n", country, "A", b"secret", admission=REGISTER)
    mapping = weapons(tmp_path)
    cells = {"REF": "1", "MAKE": "GLOCK", "SERIAL": "ABC1", "STATUS": "stolen"}
    mapped = mapping.apply({**cells, "DATE": "02/03/2018", "NOTE": ""}, 2)
    assert not isinstance(mapped, list)
    mapped.envelope["crime"] = crime
    draft = build_draft(mapped, origin, event_type("weapon_record"), 1_600_000_000_000)
    assert isinstance(draft, Draft) == (code == "")
    assert isinstance(draft, Draft) or [refusal.code for refusal in draft] == [code]


def test_the_register_is_kept_with_the_nodes_config() -> None:
    config = NodeConfig("BR", "PF", 0, 1, {"routine": 1, "urgent": 1}, {}, {})
    read = NodeConfig.from_json(replace(config, admission=REGISTER, host="PE").to_json())
    assert (read.admission, read.host, read.home) == (REGISTER, "PE", "PE")
    assert config.home == "BR"
