"""What the product consists of is listed, and its licences permit its use."""

from __future__ import annotations

import json

import pytest

from docs.generate import materials
from docs.generate.materials import Material


def test_every_part_of_the_product_is_in_the_bill_of_materials() -> None:
    written = json.loads(materials.SBOM.read_text(encoding="utf-8"))
    listed = {component["purl"] for component in written["components"]}
    parts = materials.materials()
    missing = {str(part.url) for part in parts} - listed
    assert not missing, "run `make sbom`"
    assert {part.kind for part in parts} == {"pypi", "maven", "npm"}
    assert len(parts) > 120


def test_every_licence_permits_the_use_or_the_reason_is_written_down() -> None:
    parts = materials.materials()
    assert [part.name for part in parts if materials.needs_reason(part)] == []
    assert [part.name for part in parts if not part.licence] == []


@pytest.mark.parametrize(
    "licence", ["GPL-3.0-only", "AGPL-3.0", "SSPL-1.0", "GNU General Public License"]
)
def test_a_part_under_the_gpl_is_noticed(licence: str) -> None:
    assert materials.needs_reason(Material("pypi", "", "some-part", "1", licence))


def test_equal_parts_give_equal_bytes() -> None:
    parts = materials.materials()[:5]
    assert materials.bill_of_materials(parts) == materials.bill_of_materials(list(parts))
    assert "registry" not in materials.bill_of_materials(parts)
