"""A national export that repeats its records with marks, from the file to the indicators."""

from __future__ import annotations

from pathlib import Path

import pytest

from producers.node import CountryNode
from tests.support.node import HEADER, MAPPING, row
from tests.support.pipeline_harness import Pipeline, codes

pytestmark = pytest.mark.integration

CO, EC = "co-ponal", "ec-policia"
VERSIONS = """
[versions]
[[versions.marks]]
column = "NOVEDAD"
in = ["MODIFICADO"]
means = "correction"
reason = "TYPING_ERROR"
[[versions.marks]]
column = "NOVEDAD"
in = ["LEVANTADO"]
means = "lifting"
"""


def publish(pipeline: Pipeline, folder: Path, serial: str, mark: str) -> list[tuple[int, str, str]]:
    """Publish an export of one record from Colombia. Gives what was not simply accepted."""
    mapping, path = folder / "export.toml", folder / "export.csv"
    mapping.write_text(MAPPING + VERSIONS, encoding="utf-8")
    line = row(960, serial).rstrip("\n") + f",{mark}\n"
    path.write_text(HEADER.rstrip("\n") + ",NOVEDAD\n" + line, encoding="utf-8")
    with CountryNode(pipeline.settings, CO) as country:
        return codes(country.publish(path, str(mapping)))


def countries(pipeline: Pipeline, serial: str) -> set[str]:
    """Name the countries whose records are evidence of an indicator."""
    indicators = pipeline.indicators(serial)
    return {piece.country for indicator in indicators for piece in indicator.evidence}


def test_an_export_that_repeats_its_records_corrects_and_withdraws_them(
    pipeline: Pipeline, tmp_path: Path
) -> None:
    serial, mistyped = "VRS440011", "VRS440010"
    pipeline.publish(EC, row(960, serial, "seized"))
    assert publish(pipeline, tmp_path, mistyped, "") == []
    assert publish(pipeline, tmp_path, serial, "MODIFICADO") == []
    pipeline.eventually(
        lambda: countries(pipeline, serial) == {"CO", "EC"}, "the correction is compared"
    )
    assert publish(pipeline, tmp_path, serial, "LEVANTADO") == []
    pipeline.eventually(lambda: pipeline.indicators(serial) == [], "the lifted record is withdrawn")
    event_history = pipeline.history(pipeline.id_of(CO, "R-960"))
    assert event_history is not None
    assert (event_history.status, len(event_history.versions)) == ("retracted", 2)
    assert publish(pipeline, tmp_path, serial, "LEVANTADO") == [
        (2, "duplicate", "ALREADY_RETRACTED")
    ]
