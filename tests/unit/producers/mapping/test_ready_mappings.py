"""The ready mappings read the formats that they name, with the marks of the source."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from infra.settings import load
from producers.cli.mapping import mapping_group

DATA = Path(__file__).parent / "data"


def checked(tmp_path: Path, file: str, mapping: str) -> dict[str, Any]:
    """Return what `quipu mapping check` says of a file."""
    done = CliRunner().invoke(
        mapping_group,
        ["check", str(DATA / file), "--mapping", mapping, "--json"],
        obj=load({"QUIPU_HOME": str(tmp_path)}),
    )
    content: dict[str, Any] = json.loads(done.output)
    return content


@pytest.mark.parametrize(
    ("file", "mapping", "good", "problems", "notices"),
    [
        ("misp-event.json", "misp-event", 2, [(4, "BROKEN_LINE", "tlp")], []),
        ("stix-bundle.json", "stix-indicators", 2, [], ["ROWS_LEFT_OUT"]),
        ("interpol-notices.json", "interpol-notices", 2, [], []),
        (
            "un-consolidated-list.xml",
            "un-consolidated-list",
            2,
            [],
            ["DATE_IN_DOUBT"],
        ),
        ("ofac-sdn.xml", "ofac-sdn", 1, [], ["ROWS_LEFT_OUT"]),
    ],
)
def test_a_format_is_read_and_what_is_in_doubt_is_refused_by_name(
    tmp_path: Path,
    file: str,
    mapping: str,
    good: int,
    problems: list[tuple[int, str, str]],
    notices: list[str],
) -> None:
    content = checked(tmp_path, file, mapping)
    assert [(item["line"], item["code"], item["field"]) for item in content["problems"]] == problems
    assert content["good"] == good
    assert [notice["code"] for notice in content["notices"]] == notices


def test_marks_of_misp_and_stix_are_kept(tmp_path: Path) -> None:
    misp = checked(tmp_path, "misp-event.json", "misp-event")["samples"]
    assert [sample["envelope"]["tlp"] for sample in misp] == ["RED", "RED"]
    assert misp[0]["payload"]["indicators"] == [{"kind": "domain", "value": "example.org"}]
    assert misp[0]["envelope"]["occurred_from"] == 1615817100000
    stix = checked(tmp_path, "stix-bundle.json", "stix-indicators")["samples"]
    assert [sample["envelope"]["tlp"] for sample in stix] == ["RED", "AMBER+STRICT"]
    assert stix[0]["payload"]["confidence"] == 70


def test_persons_of_lists_have_their_names_births_and_documents(tmp_path: Path) -> None:
    first, second = (
        sample["payload"]["person"]
        for sample in checked(tmp_path, "interpol-notices.json", "interpol-notices")["samples"]
    )
    assert (first["first_surname"], first["nationalities"]) == ("Uno", ["PE", "BO"])
    assert (second["birth_date"], second["birth_precision"]) == ("1968-01-01", "year")
    sample, _other = checked(tmp_path, "un-consolidated-list.xml", "un-consolidated-list")[
        "samples"
    ]
    assert sample["payload"]["person"]["aliases"] == ["Uno", "Primero"]
    assert sample["payload"]["person"]["documents"] == [
        {"country": "EC", "type": "passport", "number": "AX123457"}
    ]
    assert sample["payload"]["person"]["nationalities"] == ["EC"]
    (sample,) = checked(tmp_path, "ofac-sdn.xml", "ofac-sdn")["samples"]
    assert sample["payload"]["person"]["documents"] == [
        {"country": "CO", "type": "national_id", "number": "10111222"},
        {"type": "passport", "number": "AX123457"},
    ]
    assert sample["payload"]["person"]["birth_date"] == "1970-03-15"
    assert sample["payload"]["person"]["aliases"] == ["EL UNO"]
