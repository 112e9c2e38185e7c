"""The examples of docs/real-files.md are what the page says: each is read, and what is left out is
reported.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from infra.settings import load
from producers.cli.mapping import mapping_group

DOCS = Path(__file__).parents[4] / "docs"
EXAMPLES = DOCS / "example" / "real-files"
PAGES = [DOCS / "real-files.md", DOCS / "es" / "archivos-reales.md"]


def checked(tmp_path: Path, file: str, *mappings: str) -> tuple[int, list[dict[str, Any]]]:
    """Return the exit code of `quipu mapping check`, and its records."""
    options = [option for name in mappings for option in ("--mapping", str(EXAMPLES / name))]
    done = CliRunner().invoke(
        mapping_group,
        ["check", str(EXAMPLES / file), *options, "--json"],
        obj=load({"QUIPU_HOME": str(tmp_path)}),
    )
    content = json.loads(done.output)
    return done.exit_code, content if isinstance(content, list) else [content]


@pytest.mark.parametrize(
    ("file", "good", "refused", "notices"),
    [
        ("titles-and-totals.xlsx", 2, [], ["ABOVE_HEADER", "FOOTERS_LEFT_OUT"]),
        ("two-row-header.csv", 1, [], []),
        ("no-header.csv", 2, [], []),
        ("name-twice.csv", 1, [], []),
        ("merged-cells.xlsx", 3, [], ["MERGED_CELLS"]),
        ("several-sheets.xlsx", 2, [], ["SHEETS_LEFT_OUT"]),
        ("formula.xlsx", 1, [(2, "BROKEN_LINE", "DOC")], []),
        ("old-workbook.xls", 3, [], ["OLD_SPREADSHEET", "ABOVE_HEADER", "MERGED_CELLS"]),
        ("latin-1.csv", 2, [], []),
        ("old-mac.csv", 2, [], []),
        ("excel-text.csv", 2, [], []),
        ("one-line.json", 2, [], ["ELEMENTS_COUNTED"]),
        ("facts-around.json", 2, [], []),
        ("lists.xml", 2, [], []),
        ("cell-list.csv", 2, [], []),
        ("counts.csv", 2, [], ["FOOTERS_LEFT_OUT"]),
    ],
)
def test_an_example_is_read_as_the_page_says(
    tmp_path: Path, file: str, good: int, refused: list[tuple[int, str, str]], notices: list[str]
) -> None:
    code, (content,) = checked(tmp_path, file, f"{Path(file).stem}.toml")
    problems = content["problems"]
    assert [(item["line"], item["code"], item["column"]) for item in problems] == refused
    assert content["good"] == good
    assert [notice["code"] for notice in content["notices"]] == notices
    assert code == bool(refused)


def test_each_shape_of_a_file_has_its_mapping(tmp_path: Path) -> None:
    names = "many-shapes-incidents.toml", "many-shapes-weapons.toml"
    code, contents = checked(tmp_path, "many-shapes.json", *names)
    assert code == 0
    assert [(content["type"], content["good"]) for content in contents] == [
        ("crime_incident", 1),
        ("weapon_record", 1),
    ]
    (notice,) = contents[0]["notices"]
    assert notice["code"] == "ROWS_LEFT_OUT"


def values(tmp_path: Path, file: str, *path: str) -> list[Any]:
    """Return what stands at a path of each event."""
    _code, (content,) = checked(tmp_path, file, f"{Path(file).stem}.toml")
    collected = []
    for sample in content["samples"]:
        value = sample
        for name in path:
            value = value[name]
        collected.append(value)
    return collected


def test_the_values_are_those_of_the_files(tmp_path: Path) -> None:
    assert values(tmp_path, "facts-around.json", "envelope", "tlp") == ["RED", "RED"]
    assert values(tmp_path, "facts-around.json", "envelope", "occurred_from") == [1615817100000] * 2
    assert values(tmp_path, "lists.xml", "payload", "person", "aliases") == [
        ["Uno", "Primero", "El Uno"],
        ["Dos", "Segundo"],
    ]
    first, second = values(tmp_path, "cell-list.csv", "payload", "phones")
    assert [phone["number"] for phone in [*first, *second]] == [
        "3005550100",
        "3105550100",
        "3205550100",
    ]
    assert values(tmp_path, "merged-cells.xlsx", "payload", "modus_operandi") == [
        "ANTIOQUIA",
        "ANTIOQUIA",
        "CALDAS",
    ]
    (persons,) = values(tmp_path, "two-row-header.csv", "payload", "persons")
    assert [person["document"]["number"] for person in persons] == ["10111222", "10111333"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_example_is_on_the_page_in_both_languages(page: Path) -> None:
    linked = set(re.findall(r"example/real-files/([\w-]+)\.toml\)", page.read_text("utf-8")))
    assert linked == {path.stem for path in EXAMPLES.glob("*.toml")}
